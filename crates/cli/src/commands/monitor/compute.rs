//! `werkbrug monitor compute`.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::{Indicator, Registry};
use monitoring::sentence;
use statistics::Confidence;

use super::input::{Others, Records, all_figures};
use crate::output;

/// What to compute.
#[derive(Debug, Args)]
pub(crate) struct ComputeArguments {
    #[command(flatten)]
    records: Records,
    #[command(flatten)]
    others: Others,
    /// Only these people, as in the link of a page: `cohort=2022&sex=woman`.
    #[arg(long, default_value = "", value_name = "CHOICE")]
    filter: Filter,
    /// Only this indicator.
    #[arg(long, value_name = "CODE")]
    indicator: Option<String>,
    /// Every group of every breakdown, and not only everybody.
    #[arg(long)]
    breakdowns: bool,
    /// Confidence level of the intervals, between 0 and 1.
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    /// Print one JSON object per figure with all digits and groups.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &ComputeArguments) -> anyhow::Result<()> {
    let registry = Registry::embedded()?;
    if let Some(code) = &arguments.indicator
        && registry.get(code).is_none()
    {
        let codes: Vec<&str> = registry
            .indicators()
            .iter()
            .map(|i| i.code.as_str())
            .collect();
        bail!(
            "there is no indicator {code:?}; there are: {}",
            codes.join(", ")
        );
    }
    let confidence = Confidence::new(arguments.confidence)?;
    let vault = arguments.records.vault()?;
    let on = if arguments.records.data.is_some() || arguments.records.on_was_given().is_some() {
        Some(arguments.records.month(&vault)?)
    } else {
        None
    };
    let figures = all_figures(
        &vault,
        &registry,
        &arguments.others,
        on,
        &arguments.filter,
        confidence,
    )?;
    let mut out = output::standard_output();
    for indicator in registry.indicators() {
        if arguments
            .indicator
            .as_ref()
            .is_some_and(|code| *code != indicator.code)
        {
            continue;
        }
        let own = figures.iter().filter(|figure| {
            figure.key.indicator == indicator.code
                && (arguments.json || arguments.breakdowns || figure.key.group.is_none())
        });
        if arguments.json {
            for figure in own {
                write_json(&mut out, figure, indicator)?;
            }
        } else {
            write_text(&mut out, own.collect(), indicator)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn write_json(out: &mut impl Write, figure: &Figure, indicator: &Indicator) -> anyhow::Result<()> {
    let mut json = serde_json::to_value(figure)?;
    json["says"] = indicator.says.dutch().into();
    json["says_not"] = indicator.says_not.dutch().into();
    json["proof"] = sentence::evidence_in_dutch(figure.evidence).into();
    writeln!(out, "{json}")?;
    Ok(())
}

fn write_text(
    out: &mut impl Write,
    figures: Vec<&Figure>,
    indicator: &Indicator,
) -> anyhow::Result<()> {
    writeln!(out, "{}. {}", indicator.number, indicator.title.dutch())?;
    for figure in figures {
        let step = figure.evidence.step();
        let number = sentence::number_in_dutch(figure);
        writeln!(out, "  {} [trede {step}] {number}", figure.key)?;
    }
    writeln!(out, "  Zegt: {}", indicator.says.dutch())?;
    writeln!(out, "  Zegt niet: {}\n", indicator.says_not.dutch())?;
    Ok(())
}
