//! `werkbrug monitor`: indicators, reach and effect, releases that keep their secrets.

mod check;
mod compute;
mod input;
mod release;
mod report;
mod synthesise;

use clap::Subcommand;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum MonitorCommand {
    /// Compute all indicators from pseudonymous records and published figures. For internal use:
    /// small counts are shown.
    Compute(compute::ComputeArguments),
    /// Make a release: protected tables with the reason for every hidden cell, definitions and a
    /// ledger.
    Release(release::ReleaseArguments),
    /// Prove from the files of a release, and of earlier ones, that no hidden cell can be worked
    /// out.
    CheckRelease(check::CheckArguments),
    /// Report on the actions of the work agenda: owner, period, reach, effect, proof.
    Report(report::ReportArguments),
    /// Write invented records whose employment follows the published course by nationality.
    Synthesise(synthesise::SynthesiseArguments),
}

/// Runs one of the commands.
pub(crate) fn run(command: MonitorCommand) -> anyhow::Result<()> {
    match command {
        MonitorCommand::Compute(arguments) => compute::run(&arguments),
        MonitorCommand::Release(arguments) => release::run(&arguments),
        MonitorCommand::CheckRelease(arguments) => check::run(&arguments),
        MonitorCommand::Report(arguments) => report::run(&arguments),
        MonitorCommand::Synthesise(arguments) => synthesise::run(&arguments),
    }
}
