//! `werkbrug guidance placement`, `werkbrug guidance income` and `werkbrug guidance route`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use guidance::Day;
use guidance::agreement::AgreementDetails;
use guidance::answer::Speaker;
use guidance::facts::{Facts, Written};
use guidance::rule::Topic;
use serde::Deserialize;

use super::advise::{route, show_route};
use super::input::{self, Common};
use super::show;
use crate::output;

/// Arguments of `placement`.
#[derive(Debug, Args)]
pub(crate) struct PlacementArguments {
    /// File with the facts of the placement, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// A fact, as name=value; may be given more than once.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    /// Write the agreement to sign, as Markdown, if the placement may be used.
    #[arg(long)]
    agreement: bool,
    #[command(flatten)]
    common: Common,
}

/// Arguments of `income`.
#[derive(Debug, Args)]
pub(crate) struct IncomeArguments {
    /// A fact such as benefit=bijstand, housing=azc or residence=ontheemde; may be given more than
    /// once.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

/// Arguments of `route`.
#[derive(Debug, Args)]
pub(crate) struct RouteArguments {
    /// Municipality (GM…).
    #[arg(long, value_name = "CODE")]
    municipality: String,
    /// A fact such as benefit=ww or housing=home; may be given more than once.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactFile {
    facts: BTreeMap<String, Written>,
    /// What the agreement says of the placement.
    #[serde(default)]
    agreement: AgreementDetails,
}

/// Runs `placement`.
pub(crate) fn run_placement(arguments: &PlacementArguments) -> anyhow::Result<()> {
    let mut facts = input::facts(&arguments.facts)?;
    let mut details = AgreementDetails::default();
    if let Some(path) = &arguments.file {
        let file: FactFile = input::read(path)?;
        details = file.agreement;
        for (fact, value) in Facts::from_written(&file.facts)?.iter() {
            if facts.get(fact).is_none() {
                facts.put(fact, value);
            }
        }
    }
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    if arguments.agreement {
        let mut out = output::standard_output();
        let text = set
            .agreements
            .write(speaker, &facts, &details, arguments.date)?;
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(());
    }
    decide(
        speaker,
        Topic::Placement,
        &facts,
        arguments.date,
        &arguments.common,
    )
}

/// Runs `income`.
pub(crate) fn run_income(arguments: &IncomeArguments) -> anyhow::Result<()> {
    let facts = input::facts(&arguments.facts)?;
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    decide(
        speaker,
        Topic::Income,
        &facts,
        arguments.date,
        &arguments.common,
    )
}

/// Prints what the rules of a topic say.
fn decide(
    speaker: Speaker<'_>,
    topic: Topic,
    facts: &Facts,
    date: Day,
    common: &Common,
) -> anyhow::Result<()> {
    let decision = speaker.set.rules.decide(topic, facts, date);
    let answer = speaker.answer(topic, &decision, facts);
    let mut out = output::standard_output();
    if common.json {
        serde_json::to_writer_pretty(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        show::answer(&mut out, speaker, &answer)?;
    }
    out.flush()?;
    Ok(())
}

/// Runs `route`.
pub(crate) fn run_route(arguments: &RouteArguments) -> anyhow::Result<()> {
    let facts = input::facts(&arguments.facts)?;
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let route = route(speaker, &facts, &arguments.municipality, arguments.date)?;
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &route)?;
        writeln!(out)?;
    } else {
        show_route(&mut out, speaker, &route)?;
    }
    out.flush()?;
    Ok(())
}
