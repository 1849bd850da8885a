//! A document with everything read from it.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::{PartialDate, iso_day};
use crate::deadline::Conventions;
use crate::place::{Confidence, Field, Span};
use crate::read::dates;
use crate::read::layout::{Layout, ParagraphKind};
use crate::read::records::records;
use crate::read::token::tokens;
use crate::read::words::Words;
use crate::record::Record;

/// The date of a document and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentDate {
    /// Given by the caller.
    Given(#[serde(with = "iso_day")] Date),
    /// Read from the letterhead.
    Found(#[serde(with = "iso_day")] Date),
    /// Not known: relative terms have no days until somebody says it.
    Unknown,
}

impl DocumentDate {
    /// The day, when known.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            DocumentDate::Given(day) | DocumentDate::Found(day) => Some(day),
            DocumentDate::Unknown => None,
        }
    }
}

/// A document as read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Name by which it was given, for example a file name.
    pub name: String,
    /// The text exactly as given; all places count its bytes.
    pub text: String,
    /// Its title: the first heading.
    pub title: Option<Field<String>>,
    /// Its date.
    pub date: DocumentDate,
    /// The text taken apart.
    pub layout: Layout,
    /// The motions and commitments it reports.
    pub records: Vec<Record>,
}

impl Document {
    /// Reads a document. `given` is its date, which goes before a date in the text.
    #[must_use]
    pub fn read(
        name: &str,
        text: &str,
        given: Option<Date>,
        conventions: &Conventions,
    ) -> Document {
        let layout = Layout::of(text);
        let date = match given {
            Some(day) => DocumentDate::Given(day),
            None => {
                letterhead_date(text, &layout).map_or(DocumentDate::Unknown, DocumentDate::Found)
            }
        };
        let records = records(&layout, date.day(), conventions);
        Document {
            name: name.to_owned(),
            text: text.to_owned(),
            title: title(&layout),
            date,
            layout,
            records,
        }
    }

    /// The footnote marks without a text, in order of appearance, each number once.
    #[must_use]
    pub fn missing_notes(&self) -> Vec<(u16, Span)> {
        let mut out: Vec<(u16, Span)> = Vec::new();
        for (number, span) in self.layout.marks() {
            let known = out.iter().any(|(seen, _)| *seen == number);
            if !known && !self.layout.notes.contains_key(&number) {
                out.push((number, span));
            }
        }
        out
    }
}

fn title(layout: &Layout) -> Option<Field<String>> {
    let first = layout.paragraphs.first()?;
    (first.kind == ParagraphKind::Heading || first.tokens.len() <= 20).then(|| {
        let words = first.words();
        Field::new(
            words.text(),
            words.span(),
            "title.first",
            Confidence::LIKELY,
        )
    })
}

/// The date under `Datum`, or after a place at the top: `Den Haag, 3 mei 2022`.
fn letterhead_date(text: &str, layout: &Layout) -> Option<Date> {
    let day = |span: Span| {
        let row = tokens(text, &[span]);
        let words = Words(&row);
        let written = dates::written(words, 0).filter(|date| date.len == words.len())?;
        match written.resolve(None)? {
            PartialDate::Day(day) => Some(day),
            _ => None,
        }
    };
    layout
        .furniture
        .iter()
        .find_map(|span| day(*span))
        .or_else(|| labelled_date(text, day))
        .or_else(|| {
            layout.paragraphs.iter().take(8).find_map(|paragraph| {
                let words = paragraph.words();
                let short = words.len() <= 9 && paragraph.kind != ParagraphKind::Item;
                let start = (0..words.len()).find(|at| dates::written(words, *at).is_some())?;
                let announced = words.any(start.wrapping_sub(1), &[",", ":", "datum", "d.d."]);
                (short && announced && start <= 4)
                    .then(|| words.part(start, words.len()).span())
                    .and_then(day)
            })
        })
}

/// The date behind its label at the head: `Datum: 9 november 2023`.
fn labelled_date(text: &str, day: impl Fn(Span) -> Option<Date>) -> Option<Date> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(HEAD_LINES) {
        let trimmed = line.trim();
        let low = trimmed.get(.."datum".len()).map(str::to_lowercase);
        if low.as_deref() == Some("datum") {
            let rest = trimmed
                .get("datum".len()..)
                .unwrap_or_default()
                .trim_start_matches([':', ' ', '\t']);
            let end = start + line.trim_end().len();
            if let Some(found) = day(Span::new(end - rest.len(), end)) {
                return Some(found);
            }
        }
        start += line.len();
    }
    None
}

/// Lines at the top of a letter where its date stands.
const HEAD_LINES: usize = 40;
