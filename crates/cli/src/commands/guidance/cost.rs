//! `werkbrug guidance cost`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use guidance::Day;
use guidance::cost::Employment;

use super::input::{self, Common};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct CostArguments {
    /// File with the employment, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Date whose law holds.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub(crate) fn run(arguments: &CostArguments) -> anyhow::Result<()> {
    let employment: Employment = input::read(&arguments.file)?;
    let set = arguments.common.set()?;
    let cost = set.costs.year(&employment, arguments.date)?;
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &cost)?;
        writeln!(out)?;
    } else {
        let texts = &set.texts;
        let warning = texts.words("label.check-at-source", arguments.common.language);
        for line in &cost.lines {
            let note = if line.needs_check { warning } else { "" };
            writeln!(
                out,
                "{:>14} {} ({}) {note}",
                euro(line.cents),
                line.id,
                line.article
            )?;
        }
        writeln!(out, "{:>14} total", euro(cost.total_cents))?;
        writeln!(out, "{:>14} of which sickness", euro(cost.sickness_cents))?;
        for without in &cost.without {
            write!(out, "{:>14} {}: {}", "-", without.id, without.reason)?;
            if let Some(day) = without.last_day {
                write!(out, " ({day})")?;
            }
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn euro(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}€ {},{:02}", cents / 100, cents % 100)
}
