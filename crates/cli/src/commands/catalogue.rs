//! `werkbrug catalogue`: occupations and skills.

use clap::Subcommand;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Say what a catalogue holds.
    Info,
}

/// Runs one of the commands.
pub(crate) fn run(command: CatalogueCommand) -> anyhow::Result<()> {
    match command {
        CatalogueCommand::Info => Ok(()),
    }
}
