//! `werkbrug monitor report`.

use std::io::Write;

use clap::Args;
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::Registry;
use monitoring::programme::interviews::{code_counts, publishable_quotes};
use monitoring::programme::report::{ActionReport, report};
use monitoring::programme::{Fictional, Phase, Programme};
use monitoring::sentence;
use statistics::Confidence;
use time::Date;

use super::input::{AllFigures, Others, Records, day};
use crate::output;

/// What to report on.
#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    others: Others,
    /// Day of the report, such as 2026-07-15.
    #[arg(long, value_name = "DATE", value_parser = day)]
    day: Date,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &ReportArguments) -> anyhow::Result<()> {
    let registry = Registry::embedded()?;
    let vault = arguments.records.vault()?;
    let named = arguments.records.were_named();
    let on = named.then(|| arguments.records.month(&vault)).transpose()?;
    let everybody = Filter::default();
    let query = AllFigures {
        vault: &vault,
        registry: &registry,
        others: &arguments.others,
        on,
        filter: &everybody,
        confidence: Confidence::NINETY_FIVE,
        record_key: None,
    };
    let figures = query.compute()?;
    let programme = arguments.others.programme()?;
    let actions = report(&programme, &figures, arguments.day);
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &actions)?;
        writeln!(out)?;
    } else {
        if programme.fictional == Fictional::Yes {
            writeln!(
                out,
                "VERZONNEN GEGEVENS, alleen om te laten zien hoe het werkt.\n"
            )?;
        }
        for action in &actions {
            write_action(&mut out, action, &registry)?;
        }
        write_records(&mut out, &programme)?;
    }
    out.flush()?;
    Ok(())
}

fn write_action(
    out: &mut impl Write,
    report: &ActionReport,
    registry: &Registry,
) -> anyhow::Result<()> {
    let action = &report.action;
    let phase = match report.phase {
        Phase::Planned => "gepland",
        Phase::Running => "loopt",
        Phase::Ended => "afgelopen",
    };
    let until = action
        .until
        .map_or_else(|| "heden of onbekend".to_owned(), |until| until.to_string());
    writeln!(out, "{} ({})", action.title, action.programme)?;
    writeln!(
        out,
        "  Eigenaar: {}. Periode: {} tot {until}, {phase}.",
        action.owner, action.from
    )?;
    write_figures(out, "Bereik", &report.reach, "geen bereikcijfer", registry)?;
    write_figures(out, "Effect", &report.effect, "geen effectmeting", registry)?;
    writeln!(out, "  {}", sentence::evidence_in_dutch(report.evidence))?;
    if let Some(note) = &action.note {
        writeln!(out, "  Let op: {note}")?;
    }
    let unverified = if action.source.verified {
        ""
    } else {
        " (niet nagegaan)"
    };
    writeln!(out, "  Bron: {}{unverified}\n", action.source.title)?;
    Ok(())
}

fn write_figures(
    out: &mut impl Write,
    heading: &str,
    figures: &[Figure],
    none: &str,
    registry: &Registry,
) -> anyhow::Result<()> {
    if figures.is_empty() {
        writeln!(out, "  {heading}: {none}.")?;
    }
    for figure in figures {
        let number = sentence::number_in_dutch(figure);
        let title = registry
            .get(&figure.key.indicator)
            .map_or("", |indicator| indicator.title.dutch());
        writeln!(out, "  {heading}: {title}, {}: {number}", figure.key)?;
    }
    Ok(())
}

fn write_records(out: &mut impl Write, programme: &Programme) -> anyhow::Result<()> {
    for network in &programme.network {
        writeln!(
            out,
            "{}: {}",
            network.title,
            network.participants.join(", ")
        )?;
        for lesson in network.session.iter().flat_map(|session| &session.lessons) {
            writeln!(out, "  Les: {lesson}")?;
        }
        for agreement in &network.agreement {
            let done = agreement
                .done_on
                .map_or_else(|| "open".to_owned(), |day| format!("gedaan op {day}"));
            writeln!(
                out,
                "  Afspraak: {} ({}; {done})",
                agreement.text, agreement.owner
            )?;
        }
    }
    for counted in code_counts(&programme.interview) {
        match counted.interviewed {
            None => writeln!(
                out,
                "Interviews met {}: te weinig om te tonen",
                counted.group
            )?,
            Some(interviewed) => {
                writeln!(out, "Interviews met {}: {interviewed}", counted.group)?;
            }
        }
    }
    for (group, code, words) in publishable_quotes(&programme.interview) {
        writeln!(out, "  {group}, {code}: \"{words}\"")?;
    }
    for adjustment in &programme.adjustment {
        writeln!(
            out,
            "Bijgestuurd op {}: {} Daarom: {}",
            adjustment.on, adjustment.seen, adjustment.changed
        )?;
    }
    for erratum in &programme.erratum {
        writeln!(
            out,
            "Erratum {}: {}: fout: {}; goed: {}",
            erratum.on, erratum.about, erratum.wrong, erratum.right
        )?;
    }
    Ok(())
}
