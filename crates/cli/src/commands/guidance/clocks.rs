//! `werkbrug guidance clocks`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use guidance::Day;
use guidance::answer::{Answer, ClockAnswer, Speaker};
use guidance::clock::Case;
use guidance::rule::Topic;
use serde::Serialize;

use super::input::{self, Common};
use super::show;
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ClocksArguments {
    /// File of the case, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    case: PathBuf,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Shown<'a> {
    reference: &'a str,
    date: Day,
    clocks: Vec<ClockAnswer<'a>>,
    sanction: Answer<'a>,
}

/// Runs the command.
pub(crate) fn run(arguments: &ClocksArguments) -> anyhow::Result<()> {
    let case: Case = input::read(&arguments.case)?;
    let facts = case.check()?;
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let results = set.clocks.run(&case, arguments.date, &set.calendar)?;
    let sanction = set.rules.decide(Topic::Sanction, &facts, arguments.date);
    let shown = Shown {
        reference: &case.reference,
        date: arguments.date,
        clocks: speaker.clocks(&results),
        sanction: speaker.answer(Topic::Sanction, &sanction, &facts),
    };
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        for clock in &shown.clocks {
            show::clock(&mut out, speaker, clock)?;
        }
        show::answer(&mut out, speaker, &shown.sanction)?;
    }
    out.flush()?;
    Ok(())
}
