//! School years: `begin volgend schooljaar`, `in het schooljaar 2023/2024`.

use time::Date;

use super::grammar::{bend, bends_ahead, preposition};
use super::spans_of_year::{Part, month_part};
use super::{Certainty, Match, Reference};
use crate::read::dates;
use crate::read::words::Words;

/// The term of a school year, or of a part of it, at `at`.
pub(super) fn term(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (how, skip) = preposition(words, at);
    let mut start = at + skip;
    let part = month_part(words.low(start));
    if part.is_some() {
        start += 1;
        start += usize::from(words.is(start, "van"));
        start += usize::from(words.any(start, &["het", "de"]));
    }
    let offset = match words.low(start) {
        "dit" | "lopende" | "huidige" => Some(0),
        "volgend" | "volgende" | "komend" | "komende" | "aankomend" | "nieuwe" => Some(1),
        _ => None,
    };
    start += usize::from(offset.is_some());
    if !words.any(start, &["schooljaar", "studiejaar", "collegejaar"]) {
        return None;
    }
    let named = dates::year(words, start + 1);
    let mut end = start + 1 + usize::from(named.is_some());
    if named.is_some()
        && words.any(end, &["/", "-", "–"])
        && (dates::year(words, end + 1).is_some() || words.number(end + 1).is_some())
    {
        end += 2;
    }
    let whole = reference.conventions.school_year;
    let running = |day: Date| {
        let this = whole.in_year(day.year());
        day.year() - i32::from(day < this.from)
    };
    let year = match (named, offset) {
        (Some(year), _) => Some(year),
        (None, Some(offset)) => reference.document.map(|day| running(day) + offset),
        // `het schooljaar` alone is no time.
        (None, None) => return None,
    };
    let days = year.map(|year| match part {
        Some(Part::Start) => reference.conventions.start_of_school_year.in_year(year),
        Some(Part::Middle) => reference
            .conventions
            .middle_of_school_year
            .in_year(year + 1),
        Some(Part::End) => reference.conventions.end_of_school_year.in_year(year + 1),
        None => whole.in_year(year),
    });
    Some(Match {
        len: end - at,
        interval: days.map(|days| bend(how, days, reference.document)),
        certainty: match (named, days) {
            (Some(_), _) => Certainty::Convention,
            (None, Some(_)) => Certainty::FromDocumentDate,
            (None, None) => Certainty::NeedsDocumentDate,
        },
        looks_ahead: offset == Some(1) || bends_ahead(how),
        rule: "deadline.school_year",
    })
}
