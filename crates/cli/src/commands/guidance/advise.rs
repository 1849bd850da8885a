//! `werkbrug guidance advise`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use guidance::adviser::{self, Question};
use guidance::answer::{AdviceAnswer, Answer, Asked, BarrierAnswer, Speaker};
use guidance::barrier::BarrierCode;
use guidance::diploma::DiplomaRoute;
use guidance::facts::Facts;
use guidance::instrument::Place;
use guidance::language_gap::{LanguageGap, language_gaps};
use guidance::language_plan::{LanguagePlan, TradeWord};
use guidance::lever_link::{LeverFindings, LinkedLever};
use guidance::limitation::{Pace, ShareableLimits};
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
    /// File with the output of `werkbrug levers`: what the removal of barriers opens.
    #[arg(long, value_name = "FILE")]
    levers: Option<PathBuf>,
    /// Candidate, group or vacancy whose line of that file counts, instead of the reference of the profile.
    #[arg(long, value_name = "ID", requires = "levers")]
    levers_of: Option<String>,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levers: Vec<LinkedLever>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask_for_levers: Vec<Asked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diploma: Option<DiplomaRoute<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    language_gaps: Vec<LanguageGap>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_plan: Option<LanguagePlan<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trade_words: Vec<TradeWord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clashes: Vec<Clash<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    widening: Vec<Widening<'a>>,
    limits: ShareableLimits,
    pace: Pace,
    pace_text: &'a str,
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
    let found = findings(arguments, &set, &file, &facts)?;
    let said = &file.barrier;
    let barriers = set
        .taxonomy
        .diagnose_with_levers(&facts, &found.diagnoses, said, date);
    // What was counted now goes before what the file says of earlier.
    let openings = [found.openings.as_slice(), &file.opening].concat();
    let question = Question {
        facts: &facts,
        barriers: &barriers,
        openings: &openings,
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
        ask_for_levers: speaker.ask(found.levers.iter().flat_map(|lever| &lever.ask)),
        levers: found.levers,
        diploma: diploma.map(|case| set.diplomas.route(&facts, case, date, &set.calendar)),
        language_gaps: language_gaps(&facts, &file.language_demand),
        language_plan: language_plan(&set, &file, &facts, date),
        trade_words: trade_words(speaker, &file)?,
        clashes: clashes(&file.lesson, &file.work),
        widening: widening(&file.sectors_ruled_out, &file.sectors_looked_at),
        limits: file.limits.shareable(),
        pace: file.limits.pace,
        pace_text: speaker.say(&format!("pace.{}", file.limits.pace.code())),
    };
    write(&arguments.common, speaker, &shown)
}

/// Writes the answer in the form asked for.
fn write(common: &Common, by: Speaker<'_>, shown: &Shown<'_>) -> anyhow::Result<()> {
    let mut out = output::standard_output();
    if common.json {
        serde_json::to_writer_pretty(&mut out, shown)?;
        writeln!(out)?;
    } else {
        print(&mut out, by, shown)?;
    }
    out.flush()?;
    Ok(())
}

/// The plan for Dutch at work, where the file names tasks.
fn language_plan<'a>(
    set: &'a GuidanceSet,
    file: &'a ProfileFile,
    facts: &Facts,
    date: Day,
) -> Option<LanguagePlan<'a>> {
    let demands = &file.language_demand;
    (!demands.is_empty()).then(|| set.language.plan(facts, demands, date))
}

/// Words of the trade, where the file names a sector.
fn trade_words<'a>(by: Speaker<'a>, file: &ProfileFile) -> anyhow::Result<Vec<TradeWord<'a>>> {
    let sector = file.sector.as_deref();
    let words = sector.map(|sector| by.set.language.words(sector, by.language));
    Ok(words.transpose()?.unwrap_or_default())
}

/// What the levers of the case say about barriers.
fn findings(
    arguments: &AdviseArguments,
    set: &GuidanceSet,
    file: &ProfileFile,
    facts: &Facts,
) -> anyhow::Result<LeverFindings> {
    let Some(path) = &arguments.levers else {
        return Ok(LeverFindings::default());
    };
    let reports = input::levers(path)?;
    let name = arguments.levers_of.as_ref().unwrap_or(&file.reference);
    let report = input::levers_of(&reports, name)
        .with_context(|| format!("{} has no line for {name:?}", path.display()))?;
    Ok(set.taxonomy.find_levers(report, facts, arguments.date))
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
    if !shown.ask_for_levers.is_empty() {
        writeln!(out, "{}:", by.say("label.missing"))?;
    }
    for asked in &shown.ask_for_levers {
        writeln!(out, "- {} [{}]", asked.words(), asked.fact)?;
    }
    if shown.pace != Pace::Normal {
        writeln!(out, "{}: {}", by.say("label.pace"), shown.pace_text)?;
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

/// Prints the plan for Dutch at work.
fn print_plan(
    out: &mut impl Write,
    by: Speaker<'_>,
    plan: &LanguagePlan<'_>,
) -> anyhow::Result<()> {
    writeln!(out, "\n{}:", by.say("label.language-plan"))?;
    for planned in &plan.steps {
        let step = planned.step;
        let who = by.say(&format!("party.{}", step.who.code()));
        let words = by.words(&format!("plan.{}", step.id));
        write!(out, "- {} {} ({who}): ", by.say("label.week"), step.by_week)?;
        show::words(out, &words)?;
        if let Some(instrument) = &step.instrument {
            writeln!(out, "  {}", by.say(&format!("instrument.{instrument}")))?;
        }
    }
    Ok(())
}

/// Prints what stands beside the advice: diploma, language, week, sectors.
fn print_around(out: &mut impl Write, by: Speaker<'_>, shown: &Shown<'_>) -> anyhow::Result<()> {
    if let Some(route) = &shown.diploma {
        writeln!(out)?;
        diploma::print(out, by, route)?;
    }
    if !shown.language_gaps.is_empty() {
        writeln!(out, "\n{}:", by.say("label.language-gap"))?;
    }
    for gap in &shown.language_gaps {
        let (modality, task) = (
            by.say(&format!("modality.{}", gap.modality.code())),
            &gap.task,
        );
        let has = gap.has.map_or("?".to_owned(), |level| level.to_string());
        write!(out, "- {task}: {modality} {has} → {}", gap.asked)?;
        if let Some(steps) = gap.steps {
            write!(out, " ({}: {steps})", by.say("label.steps-to-go"))?;
        }
        writeln!(out)?;
    }
    if let Some(plan) = &shown.language_plan {
        print_plan(out, by, plan)?;
    }
    if !shown.trade_words.is_empty() {
        writeln!(out, "\n{}:", by.say("label.trade-words"))?;
        super::words::print(out, &shown.trade_words)?;
    }
    if !shown.clashes.is_empty() {
        writeln!(out, "\n{}:", by.say("label.clashes"))?;
    }
    for clash in &shown.clashes {
        let (lesson, work) = (clash.lesson, clash.work);
        let day = by.say(&format!("weekday.{}", work.day.code()));
        let what = by.say(&format!("clash.{}", clash.consequence.code()));
        let (from, to) = (work.from, work.to);
        writeln!(
            out,
            "- {day} {from}-{to}: {} / {}: {what}",
            lesson.what, work.what
        )?;
    }
    for widening in &shown.widening {
        writeln!(out, "{}: {}", widening.sector, by.say(widening.text))?;
    }
    Ok(())
}
