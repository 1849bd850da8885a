//! `werkbrug statistics did`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use statistics::Estimate;
use statistics::difference_in_differences::{
    Comparison, Observation, PanelObservation, Staggered, StaggeredPlan, staggered, two_by_two,
};
use statistics::random::Seed;

use super::input::Columns;
use super::report::{self, ReportOptions};

/// Said with every such comparison.
const CAVEAT: &str = "step 3 of the ladder of evidence: it says by how much more the outcome \
                      changed where the measure began, and proves an effect only if both would \
                      have changed alike without it; effects before the start should be about 0";

/// Arguments of the command.
///
/// With --treated and --after: one observation per line, and the change in the treated group minus
/// the change in the other. With --unit, --period and --start: one unit in one period per line,
/// units starting at different times (start empty for never), after Callaway and Sant'Anna.
#[derive(Debug, Args)]
pub(crate) struct DidArguments {
    /// CSV or XLSX file with a header; - is standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Column with the outcome, a number.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// Column with 1 for the group in which the measure begins.
    #[arg(long, value_name = "COLUMN", required_unless_present = "start")]
    #[arg(requires = "after")]
    treated: Option<String>,
    /// Column with 1 for observations after the measure began.
    #[arg(long, value_name = "COLUMN", requires = "treated")]
    after: Option<String>,
    /// Column with the unit.
    #[arg(long, value_name = "COLUMN", requires = "start")]
    unit: Option<String>,
    /// Column with the period, a whole number such as a year.
    #[arg(long, value_name = "COLUMN", requires = "start")]
    period: Option<String>,
    /// Column with the first period under the measure; empty for units that never begin.
    #[arg(
        long,
        value_name = "COLUMN",
        requires = "unit",
        requires = "period",
        conflicts_with = "treated"
    )]
    start: Option<String>,
    /// Column with what is drawn together, such as the municipality; the unit if not given.
    #[arg(long, value_name = "COLUMN", required_unless_present = "unit")]
    cluster: Option<String>,
    /// With whom units are compared when starts differ.
    #[arg(long, value_enum, default_value_t = With::NotYet)]
    compare: With,
    /// Draws for the intervals when starts differ.
    #[arg(long, default_value_t = 999)]
    resamples: usize,
    /// Seed of the draws.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    report: ReportOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum With {
    /// Those who never begin and those who begin later.
    NotYet,
    /// Only those who never begin.
    Never,
}

/// Prints the effect.
pub(super) fn run(arguments: &DidArguments) -> anyhow::Result<()> {
    let (result, text) = match (&arguments.unit, &arguments.period, &arguments.start) {
        (Some(unit), Some(period), Some(start)) => {
            let found = panel(arguments, [unit, period, start])?;
            (staggered_json(&found), staggered_text(&found))
        }
        _ => {
            let effect = two_periods(arguments)?;
            let text = vec![
                format!("difference in differences: {}", report::estimate(&effect)),
                CAVEAT.to_owned(),
            ];
            let result = json!({
                "effect": report::estimate_json(&effect),
                "evidence": "matched",
                "caveat": CAVEAT,
            });
            (result, text)
        }
    };
    report::print(arguments.report, &result, &text)
}

/// Numbers for texts, in the order in which they first stand.
fn numbered(texts: &[String]) -> Vec<usize> {
    let mut known = BTreeMap::new();
    texts
        .iter()
        .map(|text| {
            let next = known.len();
            *known.entry(text.as_str()).or_insert(next)
        })
        .collect()
}

fn two_periods(arguments: &DidArguments) -> anyhow::Result<Estimate> {
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    let names = [
        arguments.outcome.clone(),
        named(&arguments.treated),
        named(&arguments.after),
        named(&arguments.cluster),
    ];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = Columns::read(&arguments.file, &names)?;
    let outcome = columns.numbers(0, "outcome", "a number", |_| true)?;
    let (treated, after) = (columns.markers(1, "treated")?, columns.markers(2, "after")?);
    let cluster = numbered(&columns.texts(3, "cluster")?);
    let observations: Vec<Observation> = (0..outcome.len())
        .map(|line| Observation {
            treated: treated[line],
            after: after[line],
            cluster: cluster[line],
            outcome: outcome[line],
        })
        .collect();
    Ok(two_by_two(&observations, arguments.report.confidence)?)
}

fn panel(
    arguments: &DidArguments,
    [unit, period, start]: [&String; 3],
) -> anyhow::Result<Staggered> {
    let cluster = arguments.cluster.as_ref().unwrap_or(unit);
    let mut names = vec![
        arguments.outcome.as_str(),
        unit.as_str(),
        period.as_str(),
        start.as_str(),
    ];
    if cluster != unit {
        names.push(cluster);
    }
    let columns = Columns::read(&arguments.file, &names)?;
    let outcome = columns.numbers(0, "outcome", "a number", |_| true)?;
    let units = numbered(&columns.texts(1, "unit")?);
    let whole = |value: f64| value.fract() == 0.0 && value.abs() < 9e15;
    let periods = columns.numbers(2, "period", "a whole number", whole)?;
    let starts = columns.whole_or_empty(3, "start")?;
    let clusters = match names.len() {
        5 => numbered(&columns.texts(4, "cluster")?),
        _ => units.clone(),
    };
    let observations: Vec<PanelObservation> = (0..outcome.len())
        .map(|line| PanelObservation {
            unit: units[line] as u64,
            cluster: clusters[line],
            // Checked above: whole and below 2^53.
            period: periods[line] as i64,
            start: starts[line],
            outcome: outcome[line],
        })
        .collect();
    let plan = StaggeredPlan {
        comparison: match arguments.compare {
            With::NotYet => Comparison::NotYetTreated,
            With::Never => Comparison::NeverTreated,
        },
        resamples: arguments.resamples,
        seed: Seed(arguments.seed),
        confidence: arguments.report.confidence,
    };
    Ok(staggered(&observations, plan)?)
}

fn or_alone(effect: f64, estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(
        || format!("{} (no interval)", report::number(effect)),
        report::estimate,
    )
}

fn staggered_text(found: &Staggered) -> Vec<String> {
    let overall = report::estimate(&found.overall);
    let mut text = vec![format!(
        "effect over all periods after the start: {overall}"
    )];
    text.push("by periods since the start (before it, differences should be about 0):".to_owned());
    for effect in &found.by_exposure {
        let shown = or_alone(effect.effect, effect.estimate.as_ref());
        text.push(format!("  {}: {shown}", effect.exposure));
    }
    text.push("by start and period:".to_owned());
    for effect in &found.effects {
        let shown = or_alone(effect.effect, effect.estimate.as_ref());
        text.push(format!(
            "  started {}, in {}: {shown} ({} against {} units)",
            effect.start, effect.period, effect.treated, effect.compared
        ));
    }
    text.push(CAVEAT.to_owned());
    text
}

fn staggered_json(found: &Staggered) -> Value {
    let estimate = |estimate: &Option<Estimate>| estimate.as_ref().map(report::estimate_json);
    let effects: Vec<Value> = found
        .effects
        .iter()
        .map(|effect| {
            json!({
                "start": effect.start,
                "period": effect.period,
                "treated": effect.treated,
                "compared": effect.compared,
                "effect": effect.effect,
                "estimate": estimate(&effect.estimate),
            })
        })
        .collect();
    let by_exposure: Vec<Value> = found
        .by_exposure
        .iter()
        .map(|effect| {
            json!({
                "exposure": effect.exposure,
                "effect": effect.effect,
                "estimate": estimate(&effect.estimate),
            })
        })
        .collect();
    json!({
        "overall": report::estimate_json(&found.overall),
        "by_exposure": by_exposure,
        "effects": effects,
        "evidence": "matched",
        "caveat": CAVEAT,
    })
}
