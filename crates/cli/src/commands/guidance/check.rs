//! `werkbrug guidance check`.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;
use guidance::adviser::{self, Question};
use guidance::barrier::{Diagnosis, SaidBy, Severity};
use guidance::bundle::Bundle;
use guidance::facts::{Fact, Facts};
use guidance::instrument::Place;
use guidance::{Day, GuidanceSet, check, embedded};

use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Folder with a guidance set, instead of the one in the program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Also measure how long loading the set and one advice take.
    #[arg(long, hide = true)]
    timing: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &CheckArguments) -> anyhow::Result<()> {
    let bundle = match &arguments.data {
        None => embedded::bundle(),
        Some(folder) => Bundle::from_folder(folder)
            .with_context(|| format!("cannot use the data in {}", folder.display()))?,
    };
    let mut out = output::standard_output();
    let set = match GuidanceSet::load(&bundle) {
        Ok(set) => set,
        Err(refused) => {
            for fault in &refused.faults {
                writeln!(out, "{fault}")?;
            }
            out.flush()?;
            bail!("the guidance data has {} fault(s)", refused.faults.len());
        }
    };
    let found = check::inventory(&set);
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    } else {
        print(&mut out, &set, &found)?;
    }
    if arguments.timing {
        timing(&mut out, &bundle, &set)?;
    }
    out.flush()?;
    Ok(())
}

fn print(out: &mut impl Write, set: &GuidanceSet, found: &check::Inventory) -> anyhow::Result<()> {
    let (rules, open) = (found.rules, found.rules_unverified);
    writeln!(
        out,
        "rules: {rules}, of which {open} to be checked with the source"
    )?;
    writeln!(
        out,
        "scenarios for may-work: {}, all green",
        found.may_work_scenarios
    )?;
    writeln!(
        out,
        "scenarios for other rules: {}, all green",
        found.other_scenarios
    )?;
    writeln!(out, "clocks: {}", found.clocks)?;
    writeln!(
        out,
        "scenarios for clocks: {}, all green",
        found.clock_scenarios
    )?;
    writeln!(
        out,
        "barriers and parts: {}, each with two instruments or more",
        found.barriers
    )?;
    writeln!(
        out,
        "instruments: {}; funds: {}",
        found.instruments, found.funds
    )?;
    let (evidence, without) = (found.evidence, found.without_evidence);
    writeln!(
        out,
        "evidence records: {evidence}; \"no evidence known\": {without}"
    )?;
    writeln!(
        out,
        "texts: {} in {} languages",
        found.texts, found.languages
    )?;
    for (language, status, count) in set.texts.counts() {
        writeln!(out, "  {language}: {count} {status:?}")?;
    }
    writeln!(out, "words of trades: {}", found.trade_words)?;
    writeln!(out, "municipalities: {}", found.municipalities)?;
    writeln!(out, "professions: {}", found.professions)?;
    Ok(())
}

/// Rounds per measurement; the median is printed.
const ROUNDS: usize = 51;

fn timing(out: &mut impl Write, bundle: &Bundle, set: &GuidanceSet) -> anyhow::Result<()> {
    let load = median(|| GuidanceSet::load(bundle).map(|_| ()).map_err(Into::into))?;
    writeln!(
        out,
        "loading the set with all scenarios and checks: {load} µs"
    )?;
    let date: Day = "2026-11-22".parse()?;
    let facts = Facts::none()
        .with(Fact::Residence, "status_holder")?
        .with(Fact::Housing, "home")?
        .with(Fact::Benefit, "participation_act")?;
    let every: Vec<Diagnosis> = set
        .taxonomy
        .iter()
        .map(|barrier| {
            Ok(Diagnosis {
                code: barrier.code.clone(),
                severity: Severity::try_from(2)?,
                said_by: SaidBy::Klantmanager,
                since: None,
                resolved: None,
            })
        })
        .collect::<anyhow::Result<_>>()?;
    let advice = median(|| {
        let barriers = set.taxonomy.diagnose(&facts, &every, date);
        let question = Question {
            facts: &facts,
            barriers: &barriers,
            openings: &[],
            date,
            place: Place::default(),
        };
        std::hint::black_box(adviser::advise(&set.register, question));
        Ok(())
    })?;
    let count = every.len();
    writeln!(
        out,
        "one advice for a case with all {count} barriers: {advice} µs"
    )?;
    Ok(())
}

/// Median duration in microseconds.
fn median(mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<u128> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        run()?;
        times.push(begin.elapsed().as_micros());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}
