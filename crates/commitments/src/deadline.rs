//! Terms in Dutch policy prose → intervals of days, with the rule and how certain it is.
//!
//! `in het tweede kwartaal van 2023` is exact; `medio 2023` follows a convention that can be
//! changed; `voor het einde van het jaar` needs the date of the document; `op korte termijn` has
//! no date at all, and a person must look at it after a while.
//! This module must not know who promised what.

mod conventions;
mod durations;
mod grammar;
mod ranges;
mod school_year;
mod spans_of_year;
mod vague;

use serde::{Deserialize, Serialize};
use time::Date;

pub use conventions::{Conventions, Stretch};
pub(crate) use vague::NEXT_PAPER;

use crate::calendar::{Interval, days_later};
use crate::place::{Field, Span};
use crate::read::words::Words;

/// How certain the days of a term are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The calendar gives the days.
    Exact,
    /// A named convention gives the days (`medio`, `rond de zomer`).
    Convention,
    /// Counted from the date of the document.
    FromDocumentDate,
    /// Could be counted if the date of the document were known.
    NeedsDocumentDate,
    /// No date can be given; look again after the days of [`Conventions::undated_alert_days`].
    Undated,
}

impl Certainty {
    /// All, most certain first.
    pub const ALL: [Certainty; 5] = [
        Certainty::Exact,
        Certainty::Convention,
        Certainty::FromDocumentDate,
        Certainty::NeedsDocumentDate,
        Certainty::Undated,
    ];

    /// The code used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Certainty::Exact => "exact",
            Certainty::Convention => "convention",
            Certainty::FromDocumentDate => "from_document_date",
            Certainty::NeedsDocumentDate => "needs_document_date",
            Certainty::Undated => "undated",
        }
    }
}

/// A term: the words, and the days they stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The words of the source on one line.
    pub words: String,
    /// The days, when they can be given.
    pub interval: Option<Interval>,
    /// How certain the days are.
    pub certainty: Certainty,
    /// Whether the words by themselves look ahead (`later dit jaar`, `begin volgend jaar`) rather
    /// than only name a time (`in 2021`, `dit jaar`).
    #[serde(default)]
    pub looks_ahead: bool,
}

impl Deadline {
    /// The day after which the term is over.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.interval.map(|interval| interval.until)
    }

    /// The day on which a term without days asks for attention, for a document of that date.
    #[must_use]
    pub fn alert_on(&self, document: Date, conventions: &Conventions) -> Option<Date> {
        (self.certainty == Certainty::Undated)
            .then(|| days_later(document, i64::from(conventions.undated_alert_days)))
    }
}

/// What a rule of the grammar found at a place.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// Number of tokens.
    len: usize,
    interval: Option<Interval>,
    certainty: Certainty,
    looks_ahead: bool,
    rule: &'static str,
}

/// What the rules may use: the date of the document and the conventions.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// Date of the document, when known.
    pub document: Option<Date>,
    /// The conventions in force.
    pub conventions: &'a Conventions,
}

/// All terms in these words, in order, none overlapping another.
#[must_use]
pub fn find(words: Words<'_>, reference: Reference<'_>) -> Vec<Field<Deadline>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(found) = grammar::longest(words, at, reference) else {
            at += 1;
            continue;
        };
        let part = words.part(at, at + found.len);
        out.push(Field::new(
            Deadline {
                words: part.text(),
                interval: found.interval,
                certainty: found.certainty,
                looks_ahead: found.looks_ahead,
            },
            part.span(),
            found.rule,
            grammar::confidence(found.certainty),
        ));
        at += found.len.max(1);
    }
    out
}

/// The term that says most: with days before without, the most certain first, then the earliest
/// in the text; terms within one of the `taken` spans do not count.
#[must_use]
pub fn best(found: &[Field<Deadline>], taken: &[Span]) -> Option<Field<Deadline>> {
    found
        .iter()
        .filter(|field| !taken.iter().any(|span| span.overlaps(field.span)))
        .min_by_key(|field| {
            let undated = field.value.certainty == Certainty::Undated;
            (undated, field.span.start)
        })
        .cloned()
}

#[cfg(test)]
mod tests;
