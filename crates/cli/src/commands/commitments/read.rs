//! `commitments read`: documents → records, with what to check.

use std::io::Write;
use std::path::PathBuf;

use ::commitments::calendar::PartialDate;
use ::commitments::known::Known;
use ::commitments::lint::{self, Finding};
use ::commitments::overview::headline;
use ::commitments::read::{Document, people};
use ::commitments::record::{Record, RecordContent};
use ::commitments::register::Origin;
use ::commitments::{versions, wording};
use anyhow::Context as _;
use application::Context;
use application::obligations::{NewDocument, ReadingWay};
use clap::Args;
use exchange::chamber::Counts;
use serde::Serialize;
use time::Date;

use super::register_place::{RegisterArguments, RegisterPlace};
use super::{day, document};
use crate::installation;
use crate::output::standard_output;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads plain text, Markdown, docx, odt and PDF with text in it, and CSV or JSON that `export` wrote.
Several files together are one dossier: the same document in two versions is recognised.
Nothing is final: --add puts the records into the register as proposals.

Example:
  werkbrug commitments read overzicht.docx --date 2022-12-01 --report"
)]
pub(crate) struct ReadArguments {
    /// The documents.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The date of the documents, for terms such as \"later dit jaar\".
    #[arg(long, value_parser = day)]
    date: Option<Date>,
    /// Print JSON with the place, rule and confidence of every field.
    #[arg(long)]
    json: bool,
    /// Print the place, rule and confidence of every field as text.
    #[arg(long)]
    report: bool,
    /// Put the records into the register as proposals.
    #[arg(long)]
    add: bool,
    #[command(flatten)]
    register: RegisterArguments,
}

/// What was read from one file.
#[derive(Debug, Serialize)]
struct Reading {
    name: String,
    title: Option<String>,
    date: Option<String>,
    headline: String,
    records: Vec<Record>,
    findings: Vec<Worded>,
    /// Name of an earlier file that is a version of the same document.
    version_of: Option<String>,
}

/// A finding with its sentence.
#[derive(Debug, Serialize)]
struct Worded {
    #[serde(flatten)]
    finding: Finding,
    message: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &ReadArguments) -> anyhow::Result<()> {
    let mut readings: Vec<(Reading, Option<Document>)> = Vec::new();
    for path in &arguments.files {
        let reading = match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv" | "json") => (table(path)?, None),
            _ => {
                let document = document(path, arguments.date)?;
                let earlier = readings.iter().find_map(|(_, other)| {
                    let other = other.as_ref()?;
                    versions::same_document(&other.layout, &document.layout)
                        .then(|| other.name.clone())
                });
                (reading(&document, earlier), Some(document))
            }
        };
        readings.push(reading);
    }
    if arguments.add {
        add(arguments, &readings)?;
    }
    let mut out = standard_output();
    if arguments.json {
        let only: Vec<&Reading> = readings.iter().map(|(reading, _)| reading).collect();
        match only.as_slice() {
            [one] => serde_json::to_writer_pretty(&mut out, one)?,
            many => {
                serde_json::to_writer_pretty(&mut out, &serde_json::json!({ "documents": many }))?;
            }
        }
        writeln!(out)?;
    } else {
        for (reading, _) in &readings {
            print(&mut out, reading, arguments)?;
        }
    }
    Ok(out.flush()?)
}

fn reading(document: &Document, version_of: Option<String>) -> Reading {
    let contents: Vec<RecordContent> = document.records.iter().map(Record::content).collect();
    Reading {
        name: document.name.clone(),
        title: document.title.as_ref().map(|title| title.value.clone()),
        date: document.date.day().map(::commitments::calendar::iso),
        headline: headline(&contents, &[]),
        records: document.records.clone(),
        findings: lint::lint(document, &Known::built_in(), &[])
            .into_iter()
            .map(|finding| Worded {
                message: wording::finding(&finding),
                finding,
            })
            .collect(),
        version_of,
    }
}

/// Records from a table that `export` wrote.
fn table(path: &std::path::Path) -> anyhow::Result<Reading> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let records = if path.extension().is_some_and(|ending| ending == "csv") {
        exchange::table::read_csv(&text)
    } else {
        exchange::table::read_json(&text)
    }
    .with_context(|| format!("cannot read records from {}", path.display()))?;
    let contents: Vec<RecordContent> = records.iter().map(Record::content).collect();
    Ok(Reading {
        name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        title: None,
        date: None,
        headline: headline(&contents, &[]),
        records,
        findings: Vec::new(),
        version_of: None,
    })
}

fn add(arguments: &ReadArguments, readings: &[(Reading, Option<Document>)]) -> anyhow::Result<()> {
    installation::run(async {
        let place = arguments.register.open().await?;
        let mut counts = Counts::default();
        for (path, (reading, document)) in arguments.files.iter().zip(readings) {
            if reading.version_of.is_some() {
                continue;
            }
            let taken = match (&place, document) {
                (RegisterPlace::Database(application, whose), Some(_)) => {
                    let new = NewDocument {
                        name: reading.name.clone(),
                        bytes: std::fs::read(path)?,
                        date: arguments.date,
                        way: ReadingWay::Overview,
                    };
                    let machine = Context::machine();
                    application
                        .take_document(&machine, *whose, new)
                        .await?
                        .counts
                }
                (place, document) => place.take(proposals(reading, document.as_ref())).await?,
            };
            counts = counts.plus(taken);
        }
        place.report(counts);
        Ok(())
    })
}

/// The records of a document as proposals.
fn proposals(reading: &Reading, document: Option<&Document>) -> Vec<(RecordContent, Origin)> {
    let date = document.and_then(|document| document.date.day());
    reading
        .records
        .iter()
        .map(|record| {
            let origin = Origin::Document {
                name: reading.name.clone(),
                date: date.map(PartialDate::Day),
                span: record.span,
                record: Some(Box::new(record.clone())),
            };
            (record.content(), origin)
        })
        .collect()
}

fn print(out: &mut impl Write, reading: &Reading, arguments: &ReadArguments) -> anyhow::Result<()> {
    let title = reading.title.as_deref().unwrap_or("zonder titel");
    writeln!(out, "{}: {title}", reading.name)?;
    if let Some(other) = &reading.version_of {
        writeln!(out, "Zelfde document als {other}, andere versie.")?;
    }
    writeln!(out, "{}", reading.headline)?;
    for record in &reading.records {
        writeln!(out)?;
        print_record(out, &record.content(), record.number)?;
        if arguments.report {
            print_places(out, record)?;
        }
    }
    if !reading.findings.is_empty() {
        writeln!(out, "\nTe controleren:")?;
        for worded in &reading.findings {
            let sure = worded.finding.confidence.value();
            let place = worded.finding.span;
            if arguments.report {
                writeln!(out, "- {} [{place}, {sure} %]", worded.message)?;
            } else {
                writeln!(out, "- {}", worded.message)?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

fn print_record(
    out: &mut impl Write,
    content: &RecordContent,
    number: usize,
) -> anyhow::Result<()> {
    let others = if content.and_others { " c.s." } else { "" };
    let who = match content.members.as_slice() {
        [] => "-".to_owned(),
        members => format!("{}{others}", people::in_words(members)),
    };
    writeln!(
        out,
        "{number}. {}: {}",
        wording::kind(content.kind),
        content.ask.words
    )?;
    writeln!(out, "   leden: {who}")?;
    writeln!(out, "   vindplaats: {}", wording::place(content))?;
    let term = content
        .deadline
        .as_ref()
        .map_or("-".to_owned(), |deadline| {
            let days = deadline
                .interval
                .map_or("geen datum".to_owned(), |days| days.to_string());
            format!("{} ({days}, {})", deadline.words, deadline.certainty.code())
        });
    writeln!(out, "   termijn: {term}")?;
    writeln!(
        out,
        "   stand: {}",
        wording::standing(content.status.standing)
    )?;
    if !content.status.words.is_empty() {
        writeln!(out, "     \"{}\"", content.status.words)?;
    }
    if !content.attachments.is_empty() {
        writeln!(out, "   bijlage: {}", content.attachments.join(", "))?;
    }
    Ok(())
}

#[expect(
    clippy::too_many_lines,
    reason = "a closed list of cases reads best in one place"
)]
fn print_places(out: &mut impl Write, record: &Record) -> anyhow::Result<()> {
    let mut line = |name: &str, span, rule: &::commitments::place::Rule, sure: u8| {
        writeln!(out, "     {name:<12} {span:<12} {rule:<28} {sure} %")
    };
    let text = |span: ::commitments::place::Span| span.to_string();
    line(
        "soort",
        text(record.kind.span),
        &record.kind.rule,
        record.kind.confidence.value(),
    )?;
    for field in &record.members {
        line(
            "lid",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    line(
        "vraag",
        text(record.ask.span),
        &record.ask.rule,
        record.ask.confidence.value(),
    )?;
    if let Some(field) = &record.reference {
        line(
            "kamerstuk",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    if let Some(field) = &record.debate {
        line(
            "debat",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    if let Some(field) = &record.date {
        line(
            "datum",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    if let Some(field) = &record.deadline {
        line(
            "termijn",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    line(
        "stand",
        text(record.status.span),
        &record.status.rule,
        record.status.confidence.value(),
    )?;
    for field in &record.attachments {
        line(
            "bijlage",
            text(field.span),
            &field.rule,
            field.confidence.value(),
        )?;
    }
    Ok(())
}
