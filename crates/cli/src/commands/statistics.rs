//! `werkbrug statistics`: the estimators of the monitor, so that every published number can be
//! reproduced from its download.

mod compare;
mod decompose;
mod did;
mod funnel;
mod input;
mod pairs;
mod plan;
mod report;
mod survival;
mod weigh;

use clap::Subcommand;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum StatisticsCommand {
    /// Kaplan-Meier curves, medians, restricted means and the log-rank test from a CSV file.
    Survival(survival::SurvivalArguments),
    /// Two shares: intervals, difference, ratio, tests.
    Compare(compare::CompareArguments),
    /// Paired yes/no outcomes, such as matched pairs: difference, McNemar, net rate.
    Pairs(pairs::PairsArguments),
    /// Split a gap between two groups into composition and rates, or explained and unexplained.
    Decompose(decompose::DecomposeArguments),
    /// Compare treated and untreated units after weighting, with the table that tells whether the
    /// weighting worked.
    Weigh(weigh::WeighArguments),
    /// Differences in differences: two groups and two periods, or starts at different times.
    Did(did::DidArguments),
    /// Compare institutions of different size with control limits instead of a ranking.
    Funnel(funnel::FunnelArguments),
    /// How many units or pairs are needed, and what a given number can show.
    #[command(subcommand)]
    Plan(plan::PlanCommand),
}

/// Runs one of the commands.
pub(crate) fn run(command: StatisticsCommand) -> anyhow::Result<()> {
    match command {
        StatisticsCommand::Survival(arguments) => survival::run(&arguments),
        StatisticsCommand::Compare(arguments) => compare::run(&arguments),
        StatisticsCommand::Pairs(arguments) => pairs::run(&arguments),
        StatisticsCommand::Decompose(arguments) => decompose::run(&arguments),
        StatisticsCommand::Weigh(arguments) => weigh::run(&arguments),
        StatisticsCommand::Did(arguments) => did::run(&arguments),
        StatisticsCommand::Funnel(arguments) => funnel::run(&arguments),
        StatisticsCommand::Plan(command) => plan::run(&command),
    }
}
