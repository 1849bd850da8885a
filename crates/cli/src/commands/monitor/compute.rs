//! `werkbrug monitor compute`.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::{Indicator, Registry};
use monitoring::person::StatisticsVault;
use monitoring::sentence;
use statistics::Confidence;
use statistics::disclosure::cell_key::RecordKey;
use web::monitor::key::RoundingKey;

use super::input::{AllFigures, Others, Records};
use crate::{installation, output};

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
    /// As the dashboard shows it: counts rounded, small ones hidden, one line of JSON per figure.
    /// Needs the master key of the site; invented records are rounded the same everywhere.
    #[arg(long)]
    public: bool,
    /// Print one JSON object per figure with all digits and groups.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
#[expect(clippy::too_many_lines, reason = "each form of output in its turn")]
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
    let on = if arguments.records.were_named() || arguments.records.on_was_given().is_some() {
        Some(arguments.records.month(&vault)?)
    } else {
        None
    };
    let key = rounding_key(arguments, &vault)?;
    let record_key = key
        .as_ref()
        .map(|key| move |pseudonym: &str| key.of(pseudonym));
    let query = AllFigures {
        vault: &vault,
        registry: &registry,
        others: &arguments.others,
        on,
        filter: &arguments.filter,
        confidence,
        record_key: record_key
            .as_ref()
            .map(|key| key as &dyn Fn(&str) -> RecordKey),
    };
    let figures = query.compute()?;
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
        if arguments.public {
            for figure in own {
                let shown = web::monitor::shown(figure, &registry);
                writeln!(out, "{}", serde_json::to_string(&shown)?)?;
            }
        } else if arguments.json {
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

/// What rounds the counts of the dashboard; `None` when exact ones are asked for.
fn rounding_key(
    arguments: &ComputeArguments,
    vault: &StatisticsVault,
) -> anyhow::Result<Option<RoundingKey>> {
    if !arguments.public {
        return Ok(None);
    }
    if vault.is_invented() || vault.persons().is_empty() {
        return Ok(Some(RoundingKey::of_invented()));
    }
    let found = arguments.records.installation.find()?;
    if !found.has_key() {
        bail!(
            "--public rounds with the secret of the site; name the master key in WERKBRUG_KEY_FILE"
        );
    }
    installation::run(async {
        let application = found.open().await?;
        found.rounding_key(Some(&application)).await
    })
    .map(Some)
}

fn write_json(out: &mut impl Write, figure: &Figure, indicator: &Indicator) -> anyhow::Result<()> {
    let mut json = serde_json::to_value(figure)?;
    json["says"] = indicator.says.dutch().into();
    json["says_not"] = indicator.says_not.dutch().into();
    json["proof"] = sentence::evidence_in_dutch(figure.evidence).into();
    json["method"] = sentence::method_in_dutch(&figure.key.measure).into();
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
        if let Some(method) = sentence::method_in_dutch(&figure.key.measure) {
            writeln!(out, "    {method}")?;
        }
    }
    writeln!(out, "  Zegt: {}", indicator.says.dutch())?;
    writeln!(out, "  Zegt niet: {}\n", indicator.says_not.dutch())?;
    Ok(())
}
