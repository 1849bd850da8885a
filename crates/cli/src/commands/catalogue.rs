//! `werkbrug catalogue`: occupations and skills.

mod compare;
mod import;
mod info;
mod link;
pub(crate) mod lookup;
mod near;
mod show;

use clap::Subcommand;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// Compile an ESCO download and extra labels to one file.
    Import(import::ImportArguments),
    /// Say what a catalogue holds.
    Info(info::InfoArguments),
    /// Link texts to occupations or skills.
    Link(link::LinkArguments),
    /// Show one occupation, skill or group.
    Show(show::ShowArguments),
    /// Compare two occupations by their skills.
    Compare(compare::CompareArguments),
    /// Find the occupations nearest to a set of skills.
    Near(near::NearArguments),
}

/// Runs one of the commands.
pub(crate) fn run(command: CatalogueCommand) -> anyhow::Result<()> {
    match command {
        CatalogueCommand::Import(arguments) => import::run(&arguments),
        CatalogueCommand::Info(arguments) => info::run(&arguments),
        CatalogueCommand::Link(arguments) => link::run(&arguments),
        CatalogueCommand::Show(arguments) => show::run(&arguments),
        CatalogueCommand::Compare(arguments) => compare::run(&arguments),
        CatalogueCommand::Near(arguments) => near::run(&arguments),
    }
}
