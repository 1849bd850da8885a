//! `werkbrug monitor synthesise`.

use std::path::{Path, PathBuf};

use clap::Args;
use monitoring::month::Month;
use monitoring::synthetic::{self, Course, Plan, Rows};
use statistics::random::Seed;

use crate::output;

/// What to invent.
#[derive(Debug, Args)]
pub(crate) struct SynthesiseArguments {
    /// The same seed gives the same records.
    #[arg(long)]
    seed: u64,
    /// File to write; `-` for standard output.
    #[arg(long, value_name = "FILE.csv")]
    out: PathBuf,
    /// Number of persons.
    #[arg(long, default_value_t = 3000, value_parser = clap::value_parser!(u32).range(6..=2_000_000))]
    persons: u32,
    /// Last month of the records.
    #[arg(long, default_value = "2026-06")]
    until: Month,
    /// One row per month instead of one per spell of equal months.
    #[arg(long)]
    months: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &SynthesiseArguments) -> anyhow::Result<()> {
    let course = Course::embedded()?;
    let plan = Plan {
        persons: arguments.persons as usize,
        until: arguments.until,
        ..Plan::default()
    };
    let persons = synthetic::synthesise(&course, &plan, Seed(arguments.seed));
    let rows = if arguments.months {
        Rows::Months
    } else {
        Rows::Spells
    };
    if arguments.out == Path::new("-") {
        synthetic::write(&persons, rows, output::standard_output())?;
        return Ok(());
    }
    output::write_beside_then_rename(&arguments.out, |to| {
        Ok(synthetic::write(&persons, rows, to)?)
    })?;
    output::note(&format!(
        "{} invented persons in {}",
        persons.len(),
        arguments.out.display()
    ));
    Ok(())
}
