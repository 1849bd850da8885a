//! `commitments export`: the register as an overview, a table, a calendar or a note.

use std::io::Write;
use std::path::PathBuf;

use ::commitments::register::{ObligationId, Register};
use application::obligations::{ExportForm, Presentation, write_note, write_overview};
use clap::Args;
use time::Date;

use super::register_place::RegisterArguments;
use super::{day, today};
use crate::installation;
use crate::output::write_beside_then_rename;
use crate::typesetting::Documents;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Prose (docx, odt, md) reads back as the same records; tables (csv, json) carry every
field with its place; PDF is tagged for screen readers. What a person dismissed is left out.
--layout table sets docx, odt, pdf and md as one table: what, where, by when, how far.
--note writes the note to the minister about one obligation (docx, odt, pdf, md).

Example:
  werkbrug commitments export --format docx --out overzicht.docx"
)]
pub(crate) struct ExportArguments {
    /// The form: docx, odt, pdf, md, csv, json or ics.
    #[arg(long)]
    format: ExportForm,
    /// How docx, odt, pdf and md present the overview: prose or table.
    #[arg(long, default_value = "prose")]
    layout: Presentation,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Title of the overview.
    #[arg(long, default_value = "Overzicht moties en toezeggingen")]
    title: String,
    /// Write the note to the minister about the obligation with this number.
    #[arg(long, value_name = "NUMBER")]
    note: Option<u32>,
    /// The day the file is made, for calendars and PDF; today when left out.
    #[arg(long, value_parser = day)]
    on: Option<Date>,
    #[command(flatten)]
    register: RegisterArguments,
}

/// Runs the command.
pub(crate) fn run(arguments: &ExportArguments) -> anyhow::Result<()> {
    let register = installation::run(async { arguments.register.open().await?.register().await })?;
    let on = arguments.on.map_or_else(today, Ok)?;
    let bytes = match arguments.note {
        Some(number) => note(arguments, &register, number, on)?,
        None => write_overview(
            &register,
            (arguments.format, arguments.layout),
            &arguments.title,
            on,
            Some(&Documents),
        )?,
    };
    write_beside_then_rename(&arguments.out, |writer| Ok(writer.write_all(&bytes)?))
}

fn note(
    arguments: &ExportArguments,
    register: &Register,
    number: u32,
    on: Date,
) -> anyhow::Result<Vec<u8>> {
    if !arguments.format.is_prose() {
        anyhow::bail!("a note is prose: use docx, odt, pdf or md");
    }
    let Some(obligation) = register.get(ObligationId::new(number)) else {
        anyhow::bail!("the register has no obligation {number}");
    };
    Ok(write_note(
        obligation,
        arguments.format,
        on,
        Some(&Documents),
    )?)
}
