//! `werkbrug retention`: removing what was kept long enough.

use std::io::Write;

use application::{Context, RetentionRun};
use clap::{Args, Subcommand};

use crate::installation::{self, InstallationArguments};
use crate::output;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// Remove what the declared terms no longer allow to keep. `werkbrug serve` does so every day.
    Run(RunArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Say what would be removed and remove nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs one of the commands.
pub(crate) fn run(command: &RetentionCommand) -> anyhow::Result<()> {
    match command {
        RetentionCommand::Run(arguments) => installation::run(apply(arguments)),
    }
}

async fn apply(arguments: &RunArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let (run, word) = if arguments.dry_run {
        (RetentionRun::Count, "to remove")
    } else {
        (RetentionRun::Remove, "removed")
    };
    let applied = application
        .apply_retention(&Context::machine(), run)
        .await?;
    let mut out = output::standard_output();
    for one in applied {
        let days = one.term.days().unwrap_or_default();
        let term = one.term.code();
        writeln!(out, "{term:<12} {days:>5} days  {:>8} {word}", one.n_rows)?;
    }
    Ok(out.flush()?)
}
