//! `werkbrug guidance scan`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use guidance::Day;
use guidance::answer::{AdviceAnswer, Speaker};
use guidance::barrier::BarrierCode;
use guidance::facts::Facts;
use guidance::scan::{Colour, Measure, Scan};
use serde::Serialize;

use super::input::{self, Common};
use super::show;
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ScanArguments {
    /// File with the colours of W1 to W10, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Date of the plan.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Shown<'a> {
    items: &'a [(BarrierCode, Colour)],
    unknown: &'a [BarrierCode],
    measures: Vec<ShownMeasure<'a>>,
    advice: AdviceAnswer<'a>,
}

#[derive(Serialize)]
struct ShownMeasure<'a> {
    #[serde(flatten)]
    measure: &'a Measure,
    text: &'a str,
}

/// Runs the command.
pub(crate) fn run(arguments: &ScanArguments) -> anyhow::Result<()> {
    let scan: Scan = input::read(&arguments.file)?;
    let facts = Facts::from_written(&scan.facts)?;
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let plan = set
        .measures
        .plan(&set.register, &scan, &facts, arguments.date)?;
    let measures = plan.measures.iter().map(|measure| ShownMeasure {
        measure,
        text: speaker.say(&format!("measure.{}", measure.id)),
    });
    let shown = Shown {
        items: &plan.items,
        unknown: &plan.unknown,
        measures: measures.collect(),
        advice: speaker.advice(&plan.advice),
    };
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        for (code, colour) in shown.items {
            writeln!(
                out,
                "{code} {}: {}",
                speaker.say(&format!("colour.{}", colour.code())),
                speaker.say(&format!("barrier.{code}"))
            )?;
        }
        for shown in &shown.measures {
            let (day, code) = (shown.measure.by_day, &shown.measure.barrier);
            writeln!(out, "{day:>4} {code}: {}", shown.text)?;
        }
        for (index, step) in shown.advice.steps.iter().enumerate() {
            show::step(&mut out, speaker, index + 1, step)?;
        }
    }
    out.flush()?;
    Ok(())
}
