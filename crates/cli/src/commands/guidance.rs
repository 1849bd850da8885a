//! `werkbrug guidance`: rules, clocks, barriers, instruments and advice.

mod advise;
mod check;
mod clocks;
mod cost;
mod decide;
mod diploma;
mod input;
mod inventory;
mod ledger;
mod may_work;
mod place;
mod scan;
mod show;
mod words;

use clap::Subcommand;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum GuidanceCommand {
    /// Say whether and how a person may work on a date.
    MayWork(may_work::MayWorkArguments),
    /// Show the statutory clocks of a case on a date.
    Clocks(clocks::ClocksArguments),
    /// Advise instruments for the barriers of a person, employer or municipality.
    Advise(advise::AdviseArguments),
    /// Accept, change or reject an advised instrument, with a reason.
    Decide(decide::DecideArguments),
    /// Check all data: dates, sources, scenarios, translations, links.
    Check(check::CheckArguments),
    /// Say what income from work does to benefit or reception.
    Income(place::IncomeArguments),
    /// Say whether a placement may be used.
    Placement(place::PlacementArguments),
    /// Say to which region, desk and body a person is sent.
    Route(place::RouteArguments),
    /// Show the route of a foreign diploma.
    Diploma(diploma::DiplomaArguments),
    /// Work out the cost and risk of a year of employment.
    Cost(cost::CostArguments),
    /// Make a plan from a scan of the work floor (W1–W10).
    Scan(scan::ScanArguments),
    /// Check claims of costs on funds.
    Ledger(ledger::LedgerArguments),
    /// Show the words of a trade, Dutch beside another language.
    Words(words::WordsArguments),
    /// Count barriers per municipality and region, with small groups hidden.
    Inventory(inventory::InventoryArguments),
}

/// Runs one of the commands.
pub(crate) fn run(command: GuidanceCommand) -> anyhow::Result<()> {
    match command {
        GuidanceCommand::MayWork(arguments) => may_work::run(&arguments),
        GuidanceCommand::Clocks(arguments) => clocks::run(&arguments),
        GuidanceCommand::Advise(arguments) => advise::run(&arguments),
        GuidanceCommand::Decide(arguments) => decide::run(&arguments),
        GuidanceCommand::Check(arguments) => check::run(&arguments),
        GuidanceCommand::Income(arguments) => place::run_income(&arguments),
        GuidanceCommand::Placement(arguments) => place::run_placement(&arguments),
        GuidanceCommand::Route(arguments) => place::run_route(&arguments),
        GuidanceCommand::Diploma(arguments) => diploma::run(&arguments),
        GuidanceCommand::Cost(arguments) => cost::run(&arguments),
        GuidanceCommand::Scan(arguments) => scan::run(&arguments),
        GuidanceCommand::Ledger(arguments) => ledger::run(&arguments),
        GuidanceCommand::Words(arguments) => words::run(&arguments),
        GuidanceCommand::Inventory(arguments) => inventory::run(&arguments),
    }
}
