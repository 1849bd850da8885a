//! `werkbrug guidance advise`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use guidance::adviser::{self, Question};
use guidance::answer::{AdviceAnswer, Answer, BarrierAnswer, Speaker};
use guidance::barrier::BarrierCode;
use guidance::diploma::DiplomaRoute;
use guidance::facts::Facts;
use guidance::instrument::Place;
use guidance::language_gap::{LanguageGap, language_gaps};
use guidance::limitation::ShareableLimits;
use guidance::orientation::{Widening, widening};
use guidance::profile::ProfileFile;
use guidance::route::Named;
use guidance::rule::Topic;
use guidance::week::{Clash, clashes};
use guidance::{Day, GuidanceSet};
use serde::Serialize;

use super::input::{self, Common};
use super::{diploma, show};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct AdviseArguments {
    /// File with facts and barriers, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Date of the advice.
    #[arg(long)]
    date: Day,
    /// Municipality (GM…), instead of the one in the file.
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Serialize)]
struct Shown<'a> {
    reference: &'a str,
    date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<ShownRoute<'a>>,
    barriers: Vec<BarrierAnswer<'a>>,
    advice: AdviceAnswer<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diploma: Option<DiplomaRoute<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    language_gaps: Vec<LanguageGap>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clashes: Vec<Clash<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    widening: Vec<Widening<'a>>,
    limits: ShareableLimits,
}

/// Region, desk and responsible body in words.
#[derive(Serialize)]
pub(crate) struct ShownRoute<'a> {
    municipality: Named<'a>,
    region: Named<'a>,
    desk: Answer<'a>,
    responsible: Answer<'a>,
}

/// The route of a person in a municipality, in words.
pub(crate) fn route<'a>(
    speaker: Speaker<'a>,
    facts: &Facts,
    code: &str,
    date: Day,
) -> anyhow::Result<ShownRoute<'a>> {
    let route = speaker.set.route(facts, code, date)?;
    Ok(ShownRoute {
        municipality: route.municipality,
        region: route.region,
        desk: speaker.answer(Topic::RegionalDesk, &route.desk, facts),
        responsible: speaker.answer(Topic::ResponsibleParty, &route.responsible, facts),
    })
}

/// Prints a route.
pub(crate) fn show_route(
    out: &mut impl Write,
    speaker: Speaker<'_>,
    route: &ShownRoute<'_>,
) -> std::io::Result<()> {
    let (place, region) = (route.municipality, route.region);
    let label = speaker.say("label.region");
    writeln!(
        out,
        "{} {}; {label}: {} {}",
        place.code, place.name, region.code, region.name
    )?;
    write!(out, "{}: ", speaker.say("label.desk"))?;
    show::answer(out, speaker, &route.desk)?;
    write!(out, "{}: ", speaker.say("label.responsible"))?;
    show::answer(out, speaker, &route.responsible)
}

/// Runs the command.
pub(crate) fn run(arguments: &AdviseArguments) -> anyhow::Result<()> {
    let file: ProfileFile = input::read(&arguments.profile)?;
    let facts = Facts::from_written(&file.facts)?;
    let set = arguments.common.set()?;
    let named = file.barrier.iter().map(|b| &b.code);
    known(&set, named.chain(file.opening.iter().map(|o| &o.barrier)))?;
    let speaker = Speaker {
        set: &set,
        language: arguments.common.language,
    };
    let date = arguments.date;
    let municipality = arguments
        .municipality
        .as_ref()
        .or(file.municipality.as_ref());
    let route = municipality
        .map(|code| route(speaker, &facts, code, date))
        .transpose()?;
    let barriers = set.taxonomy.diagnose(&facts, &file.barrier, date);
    let question = Question {
        facts: &facts,
        barriers: &barriers,
        openings: &file.opening,
        date,
        place: Place {
            municipality: route.as_ref().map(|r| r.municipality.code),
            region: route.as_ref().map(|r| r.region.code),
        },
    };
    let advice = adviser::advise(&set.register, question);
    let diploma = file.diploma.as_ref();
    let shown = Shown {
        reference: &file.reference,
        date,
        route,
        barriers: speaker.barriers(&barriers),
        advice: speaker.advice(&advice),
        diploma: diploma.map(|case| set.diplomas.route(&facts, case, date, &set.calendar)),
        language_gaps: language_gaps(&facts, &file.language_demand),
        clashes: clashes(&file.lesson, &file.work),
        widening: widening(&file.sectors_ruled_out, &file.sectors_looked_at),
        limits: file.limits.shareable(),
    };
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        print(&mut out, speaker, &shown)?;
    }
    out.flush()?;
    Ok(())
}

fn known<'a>(
    set: &GuidanceSet,
    codes: impl Iterator<Item = &'a BarrierCode>,
) -> anyhow::Result<()> {
    for code in codes {
        if set.taxonomy.get(code).is_none() {
            bail!("there is no barrier {code}");
        }
    }
    Ok(())
}

fn print(out: &mut impl Write, by: Speaker<'_>, shown: &Shown<'_>) -> anyhow::Result<()> {
    if let Some(route) = &shown.route {
        show_route(out, by, route)?;
    }
    writeln!(out, "\n{}:", by.say("label.barriers"))?;
    for barrier in &shown.barriers {
        let code = &barrier.diagnosis.code;
        write!(
            out,
            "- {code} ({}, {}) ",
            barrier.severity_text, barrier.said_by_text
        )?;
        show::words(out, &barrier.text)?;
    }
    writeln!(out, "\n{}:", by.say("label.instruments"))?;
    for (index, step) in shown.advice.steps.iter().enumerate() {
        show::step(out, by, index + 1, step)?;
    }
    if !shown.advice.without_help.is_empty() {
        let codes: Vec<String> = shown
            .advice
            .without_help
            .iter()
            .map(ToString::to_string)
            .collect();
        writeln!(
            out,
            "{}: {}",
            by.say("label.without-help"),
            codes.join(", ")
        )?;
    }
    writeln!(out, "\n{}:", by.say("label.rejected"))?;
    for rejected in &shown.advice.rejected {
        write!(
            out,
            "- [{}] {}: {}",
            rejected.instrument, rejected.name, rejected.reason_text
        )?;
        if let Some(day) = rejected.last_day {
            write!(out, " ({} {day})", by.say("label.last-day"))?;
        }
        writeln!(out, " [{}]", rejected.reason)?;
    }
    print_around(out, by, shown)?;
    writeln!(out, "\n{}", shown.advice.you_decide)?;
    Ok(())
}

/// Prints what stands beside the advice: diploma, language, week, sectors.
fn print_around(out: &mut impl Write, by: Speaker<'_>, shown: &Shown<'_>) -> anyhow::Result<()> {
    if let Some(route) = &shown.diploma {
        writeln!(out)?;
        diploma::print(out, by, route)?;
    }
    for gap in &shown.language_gaps {
        let steps = gap.steps.map_or("?".to_owned(), |steps| steps.to_string());
        let has = gap.has.map_or("?".to_owned(), |level| level.to_string());
        writeln!(
            out,
            "{:?} {}: {} -> {} (+{steps})",
            gap.modality, gap.task, has, gap.asked
        )?;
    }
    for clash in &shown.clashes {
        let (lesson, work) = (clash.lesson, clash.work);
        writeln!(
            out,
            "{:?} {}-{}: {} / {}: {:?}",
            work.day, work.from, work.to, lesson.what, work.what, clash.consequence
        )?;
    }
    for widening in &shown.widening {
        writeln!(out, "{}: {}", widening.sector, by.say(widening.text))?;
    }
    Ok(())
}
