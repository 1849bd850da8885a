//! `werkbrug guidance decide`: the klantmanager accepts, changes or rejects an advised instrument.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use guidance::Day;
use guidance::adviser::{self, DecisionReason, Question, Verdict};
use guidance::answer::Speaker;
use guidance::facts::Facts;
use guidance::instrument::Place;
use guidance::profile::ProfileFile;
use serde::Serialize;

use super::input::{self, Common};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DecideArguments {
    /// File with facts and barriers, TOML or JSON, as for `advise`.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Date of the decision.
    #[arg(long)]
    date: Day,
    /// The advised instrument.
    #[arg(long, value_name = "CODE")]
    instrument: String,
    /// Use this instrument instead; needs a reason.
    #[arg(
        long,
        value_name = "CODE",
        requires = "reason",
        conflicts_with = "reject"
    )]
    instead: Option<String>,
    /// Do not use it; needs a reason.
    #[arg(long, requires = "reason")]
    reject: bool,
    /// Why: person_prefers_other, already_running, tried_before, no_place, barrier_wrong,
    /// something_first or other.
    #[arg(long, value_name = "CODE")]
    reason: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Shown<'a> {
    advised: &'a str,
    #[serde(flatten)]
    verdict: &'a Verdict,
    text: &'a str,
    /// The instrument that is used, if one is.
    used: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_text: Option<&'a str>,
}

/// Runs the command.
pub(crate) fn run(arguments: &DecideArguments) -> anyhow::Result<()> {
    let file: ProfileFile = input::read(&arguments.profile)?;
    let facts = Facts::from_written(&file.facts)?;
    let set = arguments.common.set()?;
    let by = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let reason = arguments.reason.as_deref().map(reason).transpose()?;
    let verdict = verdict(arguments, reason)?;
    let date = arguments.date;
    let place = file.municipality.as_deref();
    let region = place.and_then(|code| set.regions.municipality(code, date));
    let question = Question {
        facts: &facts,
        barriers: &file.barrier,
        openings: &file.opening,
        date,
        place: Place {
            municipality: place,
            region: region.map(|found| found.region.as_str()),
        },
    };
    let used = adviser::decide(&set.register, &arguments.instrument, &verdict, question)?;
    let key = match verdict {
        Verdict::Accept => "decision.accept",
        Verdict::Change { .. } => "decision.change",
        Verdict::Reject { .. } => "decision.reject",
    };
    let shown = Shown {
        advised: &arguments.instrument,
        verdict: &verdict,
        text: by.say(key),
        used: used.map(|instrument| instrument.id.as_str()),
        used_text: used.map(|instrument| by.say(&format!("instrument.{}", instrument.id))),
        reason_text: reason.map(|reason| by.say(&format!("decision_reason.{}", reason.code()))),
    };
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        let advised = by.say(&format!("instrument.{}", arguments.instrument));
        write!(out, "{advised}: {}", shown.text)?;
        if let Some(name) = shown.used_text.filter(|_| arguments.instead.is_some()) {
            write!(out, " {name}")?;
        }
        if let Some(reason) = shown.reason_text {
            write!(out, " ({reason})")?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

fn reason(code: &str) -> anyhow::Result<DecisionReason> {
    let mut all = DecisionReason::ALL.into_iter();
    let known = DecisionReason::ALL.map(DecisionReason::code).join(", ");
    all.find(|reason| reason.code() == code)
        .with_context(|| format!("{code:?} is no reason; expected one of {known}"))
}

fn verdict(arguments: &DecideArguments, reason: Option<DecisionReason>) -> anyhow::Result<Verdict> {
    let verdict = match (&arguments.instead, arguments.reject, reason) {
        (None, false, None) => Verdict::Accept,
        (Some(instrument), _, Some(reason)) => Verdict::Change {
            instrument: instrument.clone(),
            reason,
        },
        (None, true, Some(reason)) => Verdict::Reject { reason },
        _ => bail!("a reason belongs to --instead or --reject"),
    };
    Ok(verdict)
}
