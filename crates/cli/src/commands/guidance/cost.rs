//! `werkbrug guidance cost`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use guidance::Day;
use guidance::answer::Speaker;
use guidance::cost::Employment;

use super::input::{self, Common};
use super::show::cited;
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
        let by = Speaker {
            set: &set,
            language: arguments.common.language,
        };
        let warning = by.say("label.check-at-source");
        for line in &cost.lines {
            let note = if line.needs_check { warning } else { "" };
            writeln!(
                out,
                "{:>14} {} ({}) {note}",
                euro(line.cents),
                by.say(&format!("cost.{}", line.id)),
                cited(&by.title(line.article), line.article)
            )?;
        }
        let (total, sickness) = (euro(cost.total_cents), euro(cost.sickness_cents));
        writeln!(out, "{total:>14} {}", by.say("label.total"))?;
        writeln!(out, "{sickness:>14} {}", by.say("label.of-which-sickness"))?;
        for without in &cost.without {
            let name = by.say(&format!("cost.{}", without.id));
            let reason = by.say(&format!("reason.{}", without.reason));
            write!(out, "{:>14} {name}: {reason}", "-")?;
            if let Some(day) = without.last_day {
                write!(out, " ({} {day})", by.say("label.last-day"))?;
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
