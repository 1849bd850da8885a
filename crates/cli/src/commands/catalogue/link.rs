//! `werkbrug catalogue link`.

use std::io::{self, Write};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use domain::language::Language;
use serde::Serialize;
use taxonomy::linking::Linker;
use taxonomy::{Catalogue, Family};

use super::lookup::CatalogueFile;
use crate::lines::{Line, Lines};
use crate::output;

/// Longest text to link, in bytes; a title or a phrase is far shorter.
const LONGEST_LINE: usize = 64 * 1024;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = "Standard input: one text per line, or id<TAB>text.
Standard output: id, rank, concept URI, score (0-1000), matched label, separated by tabs.
A line without an id gets its line number as id.")]
pub(crate) struct LinkArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// What the texts name.
    #[arg(long)]
    kind: Kind,
    /// Language of the texts.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// How many concepts per text.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,
    /// Print one JSON object per text.
    #[arg(long)]
    json: bool,
}

/// What texts can name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Occupations and groups of occupations.
    Occupation,
    /// Skills.
    Skill,
}

#[derive(Debug, Serialize)]
struct Links<'a> {
    id: &'a str,
    text: &'a str,
    links: Vec<Link<'a>>,
}

#[derive(Debug, Serialize)]
struct Link<'a> {
    rank: usize,
    uri: &'a str,
    score: u16,
    label: &'a str,
}

/// Lines that could not be used.
#[derive(Debug, Default)]
struct Skipped {
    empty: u64,
    too_long: u64,
    first: u64,
}

/// Runs the command.
pub(crate) fn run(arguments: &LinkArguments) -> anyhow::Result<()> {
    let catalogue = arguments.catalogue.open()?;
    let Some(mut linker) = catalogue.linker(arguments.language) else {
        let known: Vec<&str> = catalogue.languages().map(Language::code).collect();
        bail!(
            "{} has no labels in language {}; it has {}",
            arguments.catalogue.name(),
            arguments.language,
            known.join(" ")
        );
    };
    let mut lines = Lines::new(io::stdin().lock(), LONGEST_LINE);
    let mut out = output::standard_output();
    let mut skipped = Skipped::default();
    while let Some((number, line)) = lines.next_line().context("cannot read standard input")? {
        match line {
            Line::NotUtf8 => bail!("standard input:{number}: not UTF-8"),
            Line::TooLong => skipped.note(number, |s| &mut s.too_long),
            Line::Text(line) => {
                let (id, text) = match line.split_once('\t') {
                    Some((id, text)) => (id.to_owned(), text),
                    None => (number.to_string(), line.as_str()),
                };
                if text.trim().is_empty() {
                    skipped.note(number, |s| &mut s.empty);
                } else {
                    answer(&catalogue, &mut linker, arguments, (&id, text), &mut out)?;
                }
            }
        }
    }
    out.flush()?;
    skipped.warn();
    Ok(())
}

fn answer(
    catalogue: &Catalogue,
    linker: &mut Linker<'_>,
    arguments: &LinkArguments,
    (id, text): (&str, &str),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let family = match arguments.kind {
        Kind::Occupation => Family::Occupation,
        Kind::Skill => Family::Skill,
    };
    let found = linker.link(text, family, usize::from(arguments.top));
    let links = found.iter().enumerate().map(|(position, link)| Link {
        rank: position + 1,
        uri: catalogue.uri(link.concept),
        score: link.score,
        label: link.label.text,
    });
    if arguments.json {
        serde_json::to_writer(
            &mut *out,
            &Links {
                id,
                text,
                links: links.collect(),
            },
        )?;
        writeln!(out)?;
    } else {
        for link in links {
            writeln!(
                out,
                "{id}\t{}\t{}\t{}\t{}",
                link.rank, link.uri, link.score, link.label
            )?;
        }
    }
    Ok(())
}

impl Skipped {
    fn note(&mut self, line: u64, count: impl Fn(&mut Skipped) -> &mut u64) {
        if self.first == 0 {
            self.first = line;
        }
        *count(self) += 1;
    }

    fn warn(&self) {
        if self.first > 0 {
            output::warn(&format!(
                "standard input:{}: skipped from here on: {} empty lines, {} lines over {LONGEST_LINE} bytes",
                self.first, self.empty, self.too_long
            ));
        }
    }
}
