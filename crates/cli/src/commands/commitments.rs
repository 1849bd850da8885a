//! `werkbrug commitments`: motions and commitments.

mod export;
mod list;
mod mine;
mod read;
mod register_file;
mod register_place;
mod take;

use std::path::Path;

use ::commitments::calendar::parse_iso;
use ::commitments::deadline::Conventions;
use ::commitments::read::Document;
use anyhow::Context;
use clap::Subcommand;
use time::Date;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum CommitmentsCommand {
    /// Read motions and commitments from a document, and what to check in it.
    Read(read::ReadArguments),
    /// Find commitments in any letter.
    Mine(mine::MineArguments),
    /// Take saved pages of the open data of the Chamber into the register.
    ImportChamber(take::ChamberArguments),
    /// List the obligations of the register, the most pressing first.
    List(list::ListArguments),
    /// Write the register as an overview, a table, a calendar or a note.
    Export(export::ExportArguments),
}

/// Runs one of the commands.
pub(crate) fn run(command: CommitmentsCommand) -> anyhow::Result<()> {
    match command {
        CommitmentsCommand::Read(arguments) => read::run(&arguments),
        CommitmentsCommand::Mine(arguments) => mine::run(&arguments),
        CommitmentsCommand::ImportChamber(arguments) => take::run(&arguments),
        CommitmentsCommand::List(arguments) => list::run(&arguments),
        CommitmentsCommand::Export(arguments) => export::run(&arguments),
    }
}

/// Reads a date from the command line.
fn day(text: &str) -> Result<Date, String> {
    parse_iso(text).map_err(|error| error.to_string())
}

/// Today, where a command was given no date.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program: the user left the date out, which means today"
)]
fn today() -> anyhow::Result<Date> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .context("the clock of this machine stands before 1970")?;
    let days = i64::try_from(since.as_secs() / 86_400).context("the clock is out of range")?;
    let epoch = parse_iso("1970-01-01").context("cannot count from 1970")?;
    Ok(::commitments::calendar::days_later(epoch, days))
}

/// Reads a document of any kind.
fn document(path: &Path, date: Option<Date>) -> anyhow::Result<Document> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extracted = exchange::extract(&name, &bytes)
        .with_context(|| format!("{} is refused", path.display()))?;
    Ok(Document::read(
        &name,
        &extracted.text,
        date,
        &Conventions::default(),
    ))
}
