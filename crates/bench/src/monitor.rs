//! A million person-months of invented records, from the bytes of the file to all figures.
//!
//! The file is written with one row per month, the largest form of the same records, and once
//! more with one row per spell; the reading of the file and the computing of all measures with all
//! breakdowns are measured apart.

use clap::Args;
use monitoring::compute::{Query, compute};
use monitoring::filter::Filter;
use monitoring::indicator::Registry;
use monitoring::synthetic::{Course, Plan, Rows, synthesise, write};
use monitoring::vault_file;
use serde::Serialize;
use statistics::Confidence;
use statistics::random::Seed;

use crate::clock::{Clock, memory_mb};

/// How much to invent.
#[derive(Debug, Args)]
pub(crate) struct MonitorArguments {
    /// Fewest person-months.
    #[arg(long, default_value_t = 1_000_000)]
    person_months: u64,
    /// Seed of the invented persons.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// What was found.
#[derive(Serialize)]
struct Report {
    bench: &'static str,
    rows: &'static str,
    persons: usize,
    person_months: u64,
    file_mb: f64,
    figures: usize,
    read_cpu_s: f64,
    compute_cpu_s: f64,
    total_cpu_s: f64,
    total_wall_s: f64,
    resident_mb: f64,
}

/// Runs both forms and prints a line for each.
pub(crate) fn run(arguments: &MonitorArguments) -> anyhow::Result<()> {
    let course = Course::embedded()?;
    let registry = Registry::embedded()?;
    // Permits are spread over five years and followed for two and a half more: 60 months on
    // average.
    let plan = Plan {
        persons: (arguments.person_months / 58) as usize,
        ..Plan::default()
    };
    let persons = synthesise(&course, &plan, Seed(arguments.seed));
    for (rows, name) in [(Rows::Months, "months"), (Rows::Spells, "spells")] {
        let mut file = Vec::new();
        write(&persons, rows, &mut file)?;
        let clock = Clock::start();
        let vault = vault_file::read("bench.csv", file.as_slice())?;
        let read_cpu_s = clock.cpu();
        let query = Query {
            on: plan.until,
            filter: &Filter::default(),
            confidence: Confidence::NINETY_FIVE,
            record_key: None,
        };
        let figures = compute(&vault, &registry, &query)?;
        let report = Report {
            bench: "monitor",
            rows: name,
            persons: vault.persons().len(),
            person_months: vault.person_months(),
            file_mb: file.len() as f64 / 1e6,
            figures: figures.len(),
            read_cpu_s,
            compute_cpu_s: clock.cpu() - read_cpu_s,
            total_cpu_s: clock.cpu(),
            total_wall_s: clock.wall(),
            resident_mb: memory_mb("VmRSS")?,
        };
        anyhow::ensure!(
            report.person_months >= arguments.person_months,
            "only {} person-months",
            report.person_months
        );
        println!("{}", serde_json::to_string(&report)?);
    }
    Ok(())
}
