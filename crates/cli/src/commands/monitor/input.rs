//! What the commands read: records, reference month, programme.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use application::Context;
use clap::Args;
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::Registry;
use monitoring::month::Month;
use monitoring::person::StatisticsVault;
use monitoring::programme::Programme;
use monitoring::reported::ReportedFigures;
use monitoring::vault_file;
use statistics::Confidence;
use statistics::disclosure::cell_key::RecordKey;
use time::Date;
use time::macros::format_description;

use crate::installation::{self, InstallationArguments};
use crate::{output, tables};

/// Records and reference month.
#[derive(Debug, Args)]
pub(super) struct Records {
    /// CSV or XLSX file with one row per spell of a person (`-` for standard input); without it only
    /// published figures and records of the programme are used. `vault` stands for the statistics
    /// vault of the installation, and so does --database without this.
    #[arg(long, value_name = "FILE.csv")]
    data: Option<PathBuf>,
    /// Reference month or day, such as 2026-06; the last month of the records if not given.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    pub(super) installation: InstallationArguments,
}

impl Records {
    /// Whether records were named.
    pub(super) fn were_named(&self) -> bool {
        self.data.is_some() || self.installation.names_database()
    }

    /// The records; empty without any.
    pub(super) fn vault(&self) -> anyhow::Result<StatisticsVault> {
        let Some(path) = &self.data else {
            return if self.installation.names_database() {
                self.own_vault()
            } else {
                Ok(StatisticsVault::default())
            };
        };
        if path == Path::new("vault") {
            return self.own_vault();
        }
        let table = tables::open(path)?;
        filled(&table.name, vault_file::read(&table.name, table.text)?)
    }

    /// The records that the cases of the installation wrote.
    fn own_vault(&self) -> anyhow::Result<StatisticsVault> {
        let found = self.installation.find()?;
        let records = installation::run(async {
            let application = found.open().await?;
            let read = application.statistics_records(&Context::machine()).await;
            read.context("cannot read the statistics vault")
        })?;
        if records.without_permit > 0 {
            output::warn(&format!(
                "{} persons are left out: nobody wrote down since when they have a permit",
                records.without_permit
            ));
        }
        filled("statistics vault", records.vault)
    }

    /// The reference month.
    pub(super) fn month(&self, vault: &StatisticsVault) -> anyhow::Result<Month> {
        match (&self.on, vault.last_month()) {
            (Some(text), _) => month_of(text),
            (None, Some(last)) => Ok(last),
            (None, None) => bail!("without records, --on DATE is needed"),
        }
    }

    /// Whether a reference month was given.
    pub(super) fn on_was_given(&self) -> Option<&str> {
        self.on.as_deref()
    }
}

fn filled(name: &str, vault: StatisticsVault) -> anyhow::Result<StatisticsVault> {
    if vault.persons().is_empty() {
        bail!("{name}: there is no record in it");
    }
    if vault.is_invented() {
        output::warn("the records are invented; no figure is about real people");
    }
    Ok(vault)
}

fn month_of(text: &str) -> anyhow::Result<Month> {
    match text.parse::<Month>() {
        Ok(month) => Ok(month),
        Err(fault) => match day(text) {
            Ok(day) => Ok(Month::of(day)?),
            Err(_) => Err(fault.into()),
        },
    }
}

/// A day such as 2026-06-30.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| format!("{text:?} is not a day such as 2026-06-30"))
}

/// Figures of others and records of the programme.
#[derive(Debug, Args)]
pub(super) struct Others {
    /// CSV or XLSX file with published figures instead of those that come with the program.
    #[arg(long, value_name = "FILE.csv")]
    published: Option<PathBuf>,
    /// TOML file with records of the programme instead of the actions that come with the program;
    /// `demo` for the invented ones.
    #[arg(long, value_name = "FILE.toml")]
    programme: Option<PathBuf>,
}

impl Others {
    /// Published figures.
    pub(super) fn published(
        &self,
        registry: &Registry,
        confidence: Confidence,
    ) -> anyhow::Result<Vec<Figure>> {
        let reported = match &self.published {
            None => ReportedFigures::embedded(registry)?,
            Some(path) => {
                let table = tables::open(path)?;
                ReportedFigures::read(&table.name, table.text, registry)?
            }
        };
        Ok(reported.figures(registry, confidence))
    }

    /// Records of the programme.
    pub(super) fn programme(&self) -> anyhow::Result<Programme> {
        Ok(match &self.programme {
            None => Programme::embedded()?,
            Some(path) if path == Path::new("demo") => Programme::demo()?,
            Some(path) => {
                let text = fs::read_to_string(path)
                    .with_context(|| format!("cannot open {}", path.display()))?;
                Programme::read(&path.display().to_string(), &text)?
            }
        })
    }
}

/// All figures: from persons, of others, and from the programme.
pub(super) struct AllFigures<'a> {
    /// Persons.
    pub(super) vault: &'a StatisticsVault,
    /// Definitions.
    pub(super) registry: &'a Registry,
    /// Figures of others and records of the programme.
    pub(super) others: &'a Others,
    /// Reference month; without it no figure on persons is computed.
    pub(super) on: Option<Month>,
    /// Which persons.
    pub(super) filter: &'a Filter,
    /// Level of the intervals.
    pub(super) confidence: Confidence,
    /// Secret of a pseudonym, for figures that are to be rounded.
    pub(super) record_key: Option<&'a dyn Fn(&str) -> RecordKey>,
}

impl AllFigures<'_> {
    /// Computes them.
    pub(super) fn compute(&self) -> anyhow::Result<Vec<Figure>> {
        let mut figures = Vec::new();
        if let Some(on) = self.on.filter(|_| !self.vault.persons().is_empty()) {
            let query = monitoring::compute::Query {
                on,
                filter: self.filter,
                confidence: self.confidence,
                record_key: self.record_key,
            };
            figures = monitoring::compute::compute(self.vault, self.registry, &query)?;
        }
        figures.extend(self.others.published(self.registry, self.confidence)?);
        let programme = self.others.programme()?;
        figures.extend(monitoring::programme::figures::compute(
            &programme,
            self.registry,
            self.confidence,
        ));
        Ok(figures)
    }
}
