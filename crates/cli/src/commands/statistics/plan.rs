//! `werkbrug statistics plan`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use statistics::paired;
use statistics::power::{self, NullVariance, Target};

use super::report::{self, ReportOptions};

/// The designs.
#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// Two groups whose shares are to be told apart.
    Shares(SharesArguments),
    /// Matched pairs, analysed with McNemar's test.
    Pairs(PairsPlanArguments),
    /// One share to be estimated within a margin.
    Margin(MarginArguments),
}

#[derive(Debug, Clone, Copy, Args)]
struct TargetOptions {
    /// Two-sided significance level.
    #[arg(long, default_value_t = 0.05)]
    level: f64,
    /// Power aimed at.
    #[arg(long, default_value_t = 0.8)]
    power: f64,
}

/// Arguments of `plan shares`.
#[derive(Debug, Args)]
pub(crate) struct SharesArguments {
    /// Share expected in the first group, between 0 and 1.
    first: f64,
    /// Share expected in the second group, between 0 and 1.
    second: f64,
    #[command(flatten)]
    target: TargetOptions,
    /// Units per group that are available: print the power and what could be found with them.
    #[arg(long, value_name = "UNITS")]
    units: Option<u64>,
    /// Mean number of units per cluster, when whole clusters are assigned.
    #[arg(long, default_value_t = 1.0)]
    cluster_size: f64,
    /// Correlation of units within a cluster, between 0 and 1.
    #[arg(long, default_value_t = 0.0)]
    correlation: f64,
    #[command(flatten)]
    report: ReportOptions,
}

/// Arguments of `plan pairs`.
#[derive(Debug, Args)]
pub(crate) struct PairsPlanArguments {
    /// Difference to be found, such as 0.05.
    difference: f64,
    /// Share of pairs whose halves are expected to differ, at least the difference.
    #[arg(long)]
    discordant: f64,
    #[command(flatten)]
    target: TargetOptions,
    /// Pairs that are available: print the power they give.
    #[arg(long, value_name = "PAIRS")]
    pairs: Option<u64>,
    #[command(flatten)]
    report: ReportOptions,
}

/// Arguments of `plan margin`.
#[derive(Debug, Args)]
pub(crate) struct MarginArguments {
    /// Share expected, between 0 and 1; 0.5 is the safe choice.
    share: f64,
    /// Half the width of the interval, such as 0.05.
    margin: f64,
    /// Size of the population, if it is small.
    #[arg(long, value_name = "UNITS")]
    population: Option<u64>,
    #[command(flatten)]
    report: ReportOptions,
}

/// Prints one plan.
pub(super) fn run(command: &PlanCommand) -> anyhow::Result<()> {
    match command {
        PlanCommand::Shares(arguments) => shares(arguments),
        PlanCommand::Pairs(arguments) => pairs(arguments),
        PlanCommand::Margin(arguments) => margin(arguments),
    }
}

fn shares(arguments: &SharesArguments) -> anyhow::Result<()> {
    let target = Target::new(arguments.target.level, arguments.target.power)?;
    let effect = power::design_effect(arguments.cluster_size, arguments.correlation)?;
    let (first, second) = (arguments.first, arguments.second);
    let plain = power::units_per_group(first, second, target, NullVariance::Pooled)?;
    let needed = plain * effect;
    let mut text = vec![format!(
        "units per group: {} ({}, design effect {})",
        needed.ceil(),
        report::number(needed),
        report::number(effect)
    )];
    let mut result = json!({
        "units_per_group": needed,
        "units_per_group_rounded_up": needed.ceil(),
        "design_effect": effect,
    });
    if let Some(units) = arguments.units {
        let effective = units as f64 / effect;
        let reached = power::power_of_groups(
            first,
            second,
            effective,
            target.level(),
            NullVariance::Pooled,
        )?;
        let found = power::smallest_detectable_share(first, effective, target);
        text.push(format!(
            "power with {units} per group: {}",
            report::number(reached)
        ));
        text.push(format!(
            "smallest second share above the first that {units} per group can find: {}",
            report::or_reason(&found, |share| report::number(*share))
        ));
        result["power"] = json!(reached);
        result["smallest_detectable_share"] = report::json_or_reason(&found, |share| json!(share));
    }
    report::print(arguments.report, &result, &text)
}

fn pairs(arguments: &PairsPlanArguments) -> anyhow::Result<()> {
    let target = arguments.target;
    let (difference, discordant) = (arguments.difference, arguments.discordant);
    let needed = paired::pairs_needed(difference, discordant, target.level, target.power)?;
    let mut text = vec![format!(
        "pairs: {} ({})",
        needed.ceil(),
        report::number(needed)
    )];
    let mut result = json!({ "pairs": needed, "pairs_rounded_up": needed.ceil() });
    if let Some(pairs) = arguments.pairs {
        let reached = paired::power_of_pairs(pairs, difference, discordant, target.level)?;
        text.push(format!(
            "power with {pairs} pairs: {}",
            report::number(reached)
        ));
        result["power"] = json!(reached);
    }
    report::print(arguments.report, &result, &text)
}

fn margin(arguments: &MarginArguments) -> anyhow::Result<()> {
    let confidence = arguments.report.confidence;
    let (share, margin) = (arguments.share, arguments.margin);
    let needed = power::units_for_margin(share, margin, arguments.population, confidence)?;
    let result: Value = json!({ "units": needed, "units_rounded_up": needed.ceil() });
    let text = [format!(
        "units: {} ({})",
        needed.ceil(),
        report::number(needed)
    )];
    report::print(arguments.report, &result, &text)
}
