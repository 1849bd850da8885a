//! `werkbrug monitor release`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use monitoring::indicator::Registry;
use monitoring::release::build::{Order, build};
use monitoring::release::check::check;
use monitoring::release::files::{self, names};
use monitoring::release::{Release, ReleaseLedger};
use statistics::disclosure::policy::Policy;
use time::Date;

use super::input::{Records, day};
use crate::output;

/// Rules there are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PolicyName {
    /// Public release: counts from 10, percentages from a denominator of 50.
    Publicatie,
}

/// What to release.
#[derive(Debug, Args)]
pub(crate) struct ReleaseArguments {
    #[command(flatten)]
    records: Records,
    /// Rules of the release.
    #[arg(long, value_enum)]
    policy: PolicyName,
    /// Folder for the files; it must not hold a release yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Ledger of earlier releases; read if it is there, and written with this release added.
    #[arg(long, value_name = "FILE.json")]
    ledger: Option<PathBuf>,
    /// Name of the release, unique in the ledger; the reference month if not given.
    #[arg(long)]
    name: Option<String>,
    /// Day of the release, such as 2026-07-15.
    #[arg(long, value_name = "DATE", value_parser = day)]
    released_on: Date,
}

/// Runs the command.
pub(crate) fn run(arguments: &ReleaseArguments) -> anyhow::Result<()> {
    if !arguments.records.were_named() {
        bail!("a release needs records: --data FILE.csv, or --data vault");
    }
    let out = &arguments.out;
    if out.join(names::RELEASE).exists() {
        bail!("{} holds a release already", out.display());
    }
    let registry = Registry::embedded()?;
    let vault = arguments.records.vault()?;
    let on = arguments.records.month(&vault)?;
    let mut ledger = match &arguments.ledger {
        Some(path) if path.exists() => read_ledger(path)?,
        _ => ReleaseLedger::default(),
    };
    let PolicyName::Publicatie = arguments.policy;
    let name = arguments.name.clone().unwrap_or_else(|| on.to_string());
    let order = Order {
        name: &name,
        on,
        released_on: arguments.released_on,
        policy_name: "publicatie",
        policy: &Policy::PUBLICATION,
        ledger: &ledger,
    };
    let release = build(&vault, &registry, &order)?;
    let report = check(&release, &ledger);
    if let Some(finding) = report.findings.first() {
        bail!("nothing is released: {}: {}", finding.place, finding.what);
    }
    ledger.releases.push(release.public());
    let internal = out.join(names::INTERNAL);
    fs::create_dir_all(&internal)
        .with_context(|| format!("cannot create {}", internal.display()))?;
    write_all(out, &release, &registry, &ledger)?;
    if let Some(path) = &arguments.ledger {
        write_text(path, &serde_json::to_string_pretty(&ledger)?)?;
    }
    output::note(&format!(
        "{} tables, {} published counts, {} hidden cells, {} tables withheld in {}",
        report.tables,
        report.published,
        release
            .tables
            .iter()
            .map(|table| table.hidden.len())
            .sum::<usize>(),
        release.withheld.len(),
        out.display()
    ));
    Ok(())
}

/// Reads a ledger.
pub(super) fn read_ledger(path: &Path) -> anyhow::Result<ReleaseLedger> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot open {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
}

fn write_all(
    out: &Path,
    release: &Release,
    registry: &Registry,
    ledger: &ReleaseLedger,
) -> anyhow::Result<()> {
    output::write_beside_then_rename(&out.join(names::FIGURES), |to| {
        Ok(files::write_figures(release, to)?)
    })?;
    let internal = out.join(names::INTERNAL);
    output::write_beside_then_rename(&internal.join(names::REASONS), |to| {
        Ok(files::write_reasons(release, to)?)
    })?;
    write_text(
        &internal.join(names::RELEASE),
        &serde_json::to_string_pretty(release)?,
    )?;
    write_text(
        &out.join(names::DEFINITIONS),
        &files::definitions(registry)?,
    )?;
    write_text(&out.join(names::README), &files::readme(release))?;
    write_text(
        &out.join(names::LEDGER),
        &serde_json::to_string_pretty(ledger)?,
    )?;
    // Last, because its presence says that the release is complete.
    write_text(
        &out.join(names::RELEASE),
        &serde_json::to_string_pretty(&release.public())?,
    )
}

fn write_text(path: &Path, text: &str) -> anyhow::Result<()> {
    output::write_beside_then_rename(path, |to| {
        use std::io::Write;
        Ok(writeln!(to, "{text}")?)
    })
}
