//! `werkbrug doctor`: whether an installation is in order, and what to do where it is not.

use std::io::Write;

use anyhow::{Context as _, bail};
use application::{Application, Context};
use clap::Args;
use store::columns::{self, ColumnType};
use store::setting::KEY_CHECK;
use store::{Store, migration};
use vault::keys::MasterKey;

use crate::installation::{self, Installation, InstallationArguments};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    installation: InstallationArguments,
}

/// Findings, in the order in which they build on each other.
#[derive(Default)]
struct Findings {
    lines: Vec<(Verdict, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
}

impl Findings {
    /// Notes an outcome and gives what was found.
    fn note<T>(&mut self, what: &str, outcome: anyhow::Result<(T, String)>) -> Option<T> {
        match outcome {
            Ok((value, detail)) => {
                self.lines
                    .push((Verdict::Good, format!("{what}: {detail}")));
                Some(value)
            }
            Err(error) => {
                self.lines
                    .push((Verdict::Bad, format!("{what}: {error:#}")));
                None
            }
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &DoctorArguments) -> anyhow::Result<()> {
    let mut findings = Findings::default();
    let found = arguments.installation.find().map(|found| {
        let address = found.address.to_string();
        (found, address)
    });
    if let Some(found) = findings.note("configuration", found) {
        installation::run(async {
            examine(&found, &mut findings).await;
            Ok(())
        })?;
    }
    let mut out = output::standard_output();
    for (verdict, line) in &findings.lines {
        let mark = match verdict {
            Verdict::Good => "ok     ",
            Verdict::Bad => "PROBLEM",
        };
        writeln!(out, "{mark}  {line}")?;
    }
    out.flush()?;
    let n = findings
        .lines
        .iter()
        .filter(|(v, _)| *v == Verdict::Bad)
        .count();
    if n > 0 {
        bail!("{n} problems");
    }
    Ok(())
}

async fn examine(found: &Installation, findings: &mut Findings) {
    let key = found.master_key().map(|key| (key, "is there".to_owned()));
    let key = findings.note("master key", key);
    let store = findings.note("database", connect(found).await);
    let Some(store) = store else { return };
    findings.note("schema", schema(&store).await);
    findings.note("columns", declared(&store, found).await);
    let Some(key) = key else { return };
    let application = match Store::open(&found.address).await {
        Ok(store) => fitting(found, store, key).await,
        Err(error) => Err(error.into()),
    };
    let application = application.map(|application| (application, "fits the database".to_owned()));
    if let Some(application) = findings.note("key and database", application) {
        let report = application.verify_audit(&Context::machine(), &[]).await;
        let report = report
            .map(|report| ((), format!("{} entries, unbroken", report.anchor.entries)))
            .map_err(anyhow::Error::from);
        findings.note("audit log", report);
        let organisations = application.list_organisations(&Context::machine()).await;
        let organisations = organisations
            .map(|all| ((), format!("{}", all.len())))
            .map_err(anyhow::Error::from);
        findings.note("organisations", organisations);
    }
}

/// The application, or since when the database has had the key that does not fit.
async fn fitting(
    found: &Installation,
    store: Store,
    key: MasterKey,
) -> anyhow::Result<Application> {
    let since = store::setting::changed_at(&store, KEY_CHECK).await?;
    let application = found.application(store, key).await;
    match since {
        Some(since) => application
            .with_context(|| format!("the database has had its present master key since {since}")),
        None => application,
    }
}

async fn connect(found: &Installation) -> anyhow::Result<(Store, String)> {
    if let store::address::Address::Sqlite(path) = &found.address
        && !path.exists()
    {
        bail!("{} does not exist: run `werkbrug migrate`", path.display());
    }
    let store = Store::connect(&found.address).await?;
    Ok((store, "answers".to_owned()))
}

async fn schema(store: &Store) -> anyhow::Result<((), String)> {
    let state = migration::state(store).await?;
    if state.pending.is_empty() {
        Ok(((), format!("up to date ({})", state.version())))
    } else {
        bail!(
            "{} steps missing: run `werkbrug migrate`",
            state.pending.len()
        )
    }
}

/// Whether the database has the columns that the program declares, and no others.
async fn declared(store: &Store, found: &Installation) -> anyhow::Result<((), String)> {
    let is_sqlite = matches!(found.address, store::address::Address::Sqlite(_));
    let expected = columns::register().expected(|kind| match (kind, is_sqlite) {
        (ColumnType::Integer, true) => "INTEGER",
        (ColumnType::Text, true) => "TEXT",
        (ColumnType::Bytes | ColumnType::Uuid, true) => "BLOB",
        (ColumnType::Integer, false) => "bigint",
        (ColumnType::Text, false) => "text",
        (ColumnType::Bytes, false) => "bytea",
        (ColumnType::Uuid, false) => "uuid",
    });
    let there = columns::of_database(store).await?;
    let differing: Vec<String> = expected
        .iter()
        .filter(|column| !there.contains(column))
        .chain(there.iter().filter(|column| !expected.contains(column)))
        .map(|column| format!("{}.{}", column.table, column.column))
        .collect();
    if differing.is_empty() {
        Ok(((), format!("{} as declared", there.len())))
    } else {
        bail!("not as declared: {}", differing.join(", "))
    }
}
