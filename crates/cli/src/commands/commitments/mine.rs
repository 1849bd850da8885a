//! `commitments mine`: letters → proposed commitments.

use std::io::Write;
use std::path::PathBuf;

use ::commitments::calendar::PartialDate;
use ::commitments::deadline::Conventions;
use ::commitments::miner::{self, Mined};
use ::commitments::record::{Ask, AskForm, Kind, RecordContent, Standing, Status};
use ::commitments::register::{Origin, Taken};
use clap::Args;
use serde::Serialize;
use time::Date;

use super::{RegisterArgument, day, document, register_file};
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
    register: RegisterArgument,
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
    let path = &arguments.register.register;
    let mut register = register_file::open(path)?;
    let mut new = 0;
    for one in mined {
        let content = RecordContent {
            kind: Kind::CommitmentInLetter,
            members: Vec::new(),
            and_others: false,
            topic: None,
            ask: Ask {
                words: one.words.trim_end_matches('.').to_owned(),
                form: AskForm::Bare,
            },
            reference: None,
            debate: None,
            date: document.date.day().map(PartialDate::Day),
            deadline: one.deadline.as_ref().map(|field| field.value.clone()),
            account: None,
            status: Status {
                standing: Standing::Unreported,
                words: String::new(),
            },
            attachments: Vec::new(),
            notes: Vec::new(),
        };
        let origin = Origin::Document {
            name: document.name.clone(),
            date: document.date.day().map(PartialDate::Day),
            span: one.span,
            record: None,
        };
        new += usize::from(matches!(register.take(content, origin), Taken::New(_)));
    }
    register_file::save(path, &register)?;
    crate::output::note(&format!("register {}: {new} nieuw", path.display()));
    Ok(())
}
