//! `werkbrug guidance diploma`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use guidance::Day;
use guidance::answer::Speaker;
use guidance::diploma::{DiplomaCase, DiplomaRoute, ValuationKind, ValuationState};
use guidance::facts::{Facts, Written};
use serde::Deserialize;

use super::input::{self, Common};
use super::show::{cited, euro};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DiplomaArguments {
    /// File with facts and diploma, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// A fact such as diploma_documents=none; may be given more than once.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// Wanted profession: a code such as physician, or an ISCO-08 group such as 2221.
    #[arg(long)]
    profession: Option<String>,
    /// Date asked for.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DiplomaFile {
    #[serde(default)]
    facts: BTreeMap<String, Written>,
    #[serde(default)]
    diploma: DiplomaCase,
}

/// Runs the command.
pub(crate) fn run(arguments: &DiplomaArguments) -> anyhow::Result<()> {
    let mut file: DiplomaFile = match &arguments.file {
        Some(path) => input::read(path)?,
        None => DiplomaFile::default(),
    };
    let mut facts = Facts::from_written(&file.facts)?;
    for (fact, value) in input::facts(&arguments.facts)?.iter() {
        facts.put(fact, value);
    }
    if let Some(profession) = &arguments.profession {
        file.diploma.profession = Some(profession.clone());
    }
    let set = arguments.common.set()?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    if let Some(wanted) = &file.diploma.profession
        && set.diplomas.profession(wanted).is_none()
    {
        let codes: Vec<&str> = set.diplomas.professions().map(|p| p.id.as_str()).collect();
        bail!(
            "the register has no profession {wanted:?}; it has {}",
            codes.join(", ")
        );
    }
    let route = set
        .diplomas
        .route(&facts, &file.diploma, arguments.date, &set.calendar);
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &route)?;
        writeln!(out)?;
    } else {
        print(&mut out, speaker, &route)?;
    }
    out.flush()?;
    Ok(())
}

/// Prints a diploma route.
pub(crate) fn print(
    out: &mut impl Write,
    by: Speaker<'_>,
    route: &DiplomaRoute<'_>,
) -> io::Result<()> {
    if let Some(kind) = route.kind {
        let key = match kind {
            ValuationKind::Diploma => "valuation.diploma",
            ValuationKind::UnfinishedStudy => "valuation.unfinished_study",
            ValuationKind::LevelIndication => "valuation.level_indication",
        };
        write!(out, "{}", by.say(key))?;
        if let Some(cents) = route.fee_cents {
            let fee = if cents == 0 {
                by.say("label.free").to_owned()
            } else {
                euro(cents)
            };
            write!(out, "; {}: {fee}", by.say("label.cost"))?;
        }
        writeln!(out, "; {}", by.say(state_key(route.state)))?;
    }
    if let Some(day) = route.expected_on {
        writeln!(out, "{}: {day}", by.say("label.expected-on"))?;
    }
    if let Some(profession) = route.profession {
        let key = match route.may_start_now {
            Some(true) => "valuation.start-now",
            _ => "valuation.blocked",
        };
        let name = by.say(&format!("profession.{profession}"));
        writeln!(out, "{name}: {}", by.say(key))?;
    }
    for step in &route.steps_open {
        writeln!(out, "- {}", by.say(&format!("recognition.{step}")))?;
    }
    if let Some((level, lacks)) = route.dutch {
        let word = match lacks {
            Some(true) => "label.not-reached",
            Some(false) => "label.reached",
            None => "label.not-known",
        };
        let label = by.say("label.dutch-asked");
        writeln!(out, "{label} {level}: {}", by.say(word))?;
    }
    if !route.meanwhile.is_empty() {
        writeln!(out, "{}:", by.say("label.meanwhile"))?;
    }
    for key in &route.meanwhile {
        writeln!(out, "- {}", by.say(&format!("meanwhile.{key}")))?;
    }
    for (article, link) in route.articles.iter().zip(&route.sources) {
        let cited = cited(&by.title(article), article);
        writeln!(out, "{}: {cited} <{link}>", by.say("label.source"))?;
    }
    if route.needs_check {
        writeln!(out, "{}", by.say("label.check-at-source"))?;
    }
    Ok(())
}

fn state_key(state: ValuationState) -> &'static str {
    match state {
        ValuationState::NotDiscussed => "valuation.not_discussed",
        ValuationState::Advised => "valuation.advised",
        ValuationState::CollectingDocuments => "valuation.collecting_documents",
        ValuationState::Submitted => "valuation.submitted",
        ValuationState::Complete => "valuation.complete",
        ValuationState::Received => "valuation.received",
        ValuationState::Rejected => "valuation.rejected",
    }
}
