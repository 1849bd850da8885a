//! `commitments export`: the register as an overview, a table, a calendar or a note.

use std::io::Write;
use std::path::PathBuf;

use ::commitments::nota;
use ::commitments::overview::{Composition, compose};
use ::commitments::record::{Record, RecordContent};
use ::commitments::register::{Obligation, Origin, Register, Review};
use clap::{Args, ValueEnum};
use exchange::{agenda, docx, markdown, odt, table};
use time::Date;

use super::{RegisterArgument, day, register_file, today};
use crate::output::write_beside_then_rename;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Prose (docx, odt, md) reads back as the same records; tables (csv, json) carry every
field with its place. What a person dismissed is left out.
--note writes the note to the minister about one obligation (docx, odt, md).

Example:
  werkbrug commitments export --format docx --out overzicht.docx"
)]
pub(crate) struct ExportArguments {
    /// The form.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Title of the overview.
    #[arg(long, default_value = "Overzicht moties en toezeggingen")]
    title: String,
    /// Write the note to the minister about the obligation with this number.
    #[arg(long, value_name = "NUMBER")]
    note: Option<u32>,
    /// The day the file is made, for calendars; today when left out.
    #[arg(long, value_parser = day)]
    on: Option<Date>,
    #[command(flatten)]
    register: RegisterArgument,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Office Open XML text.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Markdown.
    Md,
    /// A table for spreadsheets.
    Csv,
    /// Records with every place, rule and confidence.
    Json,
    /// Terms as a calendar.
    Ics,
}

/// Runs the command.
pub(crate) fn run(arguments: &ExportArguments) -> anyhow::Result<()> {
    let register = register_file::open(&arguments.register.register)?;
    let bytes = match arguments.note {
        Some(number) => note(arguments, &register, number)?,
        None => overview(arguments, &register)?,
    };
    write_beside_then_rename(&arguments.out, |writer| Ok(writer.write_all(&bytes)?))
}

fn prose(format: Format, composition: &Composition) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Docx => docx::write(composition)?,
        Format::Odt => odt::write(composition)?,
        Format::Md => markdown::write(composition).into_bytes(),
        Format::Csv | Format::Json | Format::Ics => {
            anyhow::bail!("a note is prose: use docx, odt or md")
        }
    })
}

fn note(arguments: &ExportArguments, register: &Register, number: u32) -> anyhow::Result<Vec<u8>> {
    let Some(obligation) = register
        .obligations()
        .find(|obligation| obligation.id().to_string() == number.to_string())
    else {
        anyhow::bail!("the register has no obligation {number}");
    };
    prose(arguments.format, &nota::compose(obligation))
}

fn overview(arguments: &ExportArguments, register: &Register) -> anyhow::Result<Vec<u8>> {
    let kept: Vec<&Obligation> = register
        .obligations()
        .filter(|obligation| !matches!(obligation.review(), Review::Dismissed { .. }))
        .collect();
    let records: Vec<Record> = kept
        .iter()
        .enumerate()
        .map(|(index, obligation)| record(index + 1, obligation))
        .collect();
    Ok(match arguments.format {
        Format::Csv => table::write_csv(&records)?.into_bytes(),
        Format::Json => table::write_json(&arguments.title, &records)?.into_bytes(),
        Format::Ics => {
            let stamp = arguments.on.map_or_else(today, Ok)?;
            agenda::write(register, stamp).into_bytes()
        }
        format => {
            let contents: Vec<RecordContent> = records.iter().map(Record::content).collect();
            prose(format, &compose(&arguments.title, &contents))?
        }
    })
}

/// The record as read while nobody corrected it, else what the register holds.
fn record(number: usize, obligation: &Obligation) -> Record {
    match obligation.origin() {
        Origin::Document {
            record: Some(record),
            ..
        } if record.content() == *obligation.content() => Record {
            number,
            ..(**record).clone()
        },
        _ => Record::from_content(number, obligation.content()),
    }
}
