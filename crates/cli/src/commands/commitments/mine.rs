//! `commitments mine`: letters → proposed commitments.

use std::io::Write;
use std::path::PathBuf;

use ::commitments::calendar::PartialDate;
use ::commitments::deadline::Conventions;
use ::commitments::miner::{self, Mined};
use ::commitments::register::Origin;
use application::Context;
use application::obligations::{NewDocument, ReadingWay};
use clap::Args;
use serde::Serialize;
use time::Date;

use super::register_place::{RegisterArguments, RegisterPlace};
use super::{day, document};
use crate::installation;
use crate::output::standard_output;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "What is found is a proposal: --add puts it into the register to be reviewed.

Example:
  werkbrug commitments mine brief.txt --date 2022-09-28"
)]
pub(crate) struct MineArguments {
    /// The letter.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The date of the letter, for terms such as \"begin volgend jaar\".
    #[arg(long, value_parser = day)]
    date: Option<Date>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Put what is found into the register as proposals.
    #[arg(long)]
    add: bool,
    #[command(flatten)]
    register: RegisterArguments,
}

#[derive(Serialize)]
struct Found<'a> {
    name: &'a str,
    date: Option<String>,
    commitments: &'a [Mined],
}

/// Runs the command.
pub(crate) fn run(arguments: &MineArguments) -> anyhow::Result<()> {
    let document = document(&arguments.file, arguments.date)?;
    let mined = miner::mine(&document, &Conventions::default());
    if arguments.add {
        add(arguments, &document, &mined)?;
    }
    let mut out = standard_output();
    if arguments.json {
        let found = Found {
            name: &document.name,
            date: document.date.day().map(::commitments::calendar::iso),
            commitments: &mined,
        };
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    let again = mined.iter().filter(|one| one.restated).count();
    writeln!(
        out,
        "{}: {} toezeggingen gevonden, waarvan {again} eerder toegezegd en hier herhaald",
        document.name,
        mined.len()
    )?;
    for (index, one) in mined.iter().enumerate() {
        let term = one
            .deadline
            .as_ref()
            .map_or("zonder termijn".to_owned(), |field| {
                let days = field
                    .value
                    .interval
                    .map_or("geen datum".to_owned(), |days| days.to_string());
                format!("{} ({days})", field.value.words)
            });
        let again = if one.restated { ", herhaald" } else { "" };
        writeln!(out, "\n{}. {}", index + 1, one.words)?;
        writeln!(
            out,
            "   termijn: {term}; {} {} %{again}; plaats {}",
            one.rule,
            one.confidence.value(),
            one.span
        )?;
    }
    Ok(out.flush()?)
}

fn add(
    arguments: &MineArguments,
    document: &::commitments::read::Document,
    mined: &[Mined],
) -> anyhow::Result<()> {
    let day = document.date.day();
    let found = mined
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let record = one.record(index + 1, day);
            let origin = Origin::Document {
                name: document.name.clone(),
                date: day.map(PartialDate::Day),
                span: one.span,
                record: Some(Box::new(record.clone())),
            };
            (record.content(), origin)
        })
        .collect();
    installation::run(async {
        let place = arguments.register.open().await?;
        let counts = match &place {
            RegisterPlace::Database(application, whose) => {
                let new = NewDocument {
                    name: document.name.clone(),
                    bytes: std::fs::read(&arguments.file)?,
                    date: arguments.date,
                    way: ReadingWay::Letter,
                };
                let machine = Context::machine();
                application
                    .take_document(&machine, *whose, new)
                    .await?
                    .counts
            }
            RegisterPlace::File(_) => place.take(found).await?,
        };
        place.report(counts);
        Ok(())
    })
}
