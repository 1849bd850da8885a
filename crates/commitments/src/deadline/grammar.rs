//! The rules of the grammar: which words stand for which days.
//!
//! Every rule looks at the words from one place on and says how many it took.

use time::Date;

use super::spans_of_year::{self, YearWord, year_word};
use super::{Certainty, Match, Reference, conventions, durations, ranges, school_year, vague};
use crate::calendar::{Interval, days_later, month_day, month_end, months_later};
use crate::place::Confidence;
use crate::read::dates;
use crate::read::words::Words;

/// How a preposition bends the days it stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bend {
    /// On or within the days.
    Within,
    /// Before the first of the days.
    Before,
    /// At the latest on the last of the days.
    AtLatest,
    /// From the first of the days on.
    From,
    /// After the last of the days.
    After,
}

/// A rule of the grammar: the term that starts at a place, if it reads one there.
type Rule = fn(Words<'_>, usize, Reference<'_>) -> Option<Match>;

/// The longest term that starts at `at`.
pub(super) fn longest(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let rules: [Rule; 15] = [
        calendar_date,
        ranges::months,
        ranges::first_parts,
        ranges::week_number,
        ranges::week_of_day,
        quarter,
        half,
        spans_of_year::part,
        spans_of_year::season,
        spans_of_year::whole,
        school_year::term,
        budget_moment,
        durations::term,
        vague::next_paper,
        vague::term,
    ];
    rules
        .into_iter()
        .filter_map(|rule| rule(words, at, reference))
        .max_by_key(|found| found.len)
        .filter(|found| found.len > 0)
}

/// How sure a rule with this certainty is of having read a term.
pub(super) fn confidence(certainty: Certainty) -> Confidence {
    match certainty {
        Certainty::Exact => Confidence::CLEAR,
        Certainty::Convention | Certainty::FromDocumentDate => Confidence::LIKELY,
        Certainty::NeedsDocumentDate => Confidence::percent(70),
        Certainty::Undated => Confidence::percent(60),
    }
}

/// The preposition (and article) at `at`: how it bends, and its number of tokens.
pub(super) fn preposition(words: Words<'_>, at: usize) -> (Bend, usize) {
    let two = [words.low(at), words.low(at + 1)];
    let (bend, len) = match two {
        ["met", "ingang"] if words.is(at + 2, "van") => (Bend::From, 3),
        ["in", "de"] if words.row(at + 2, &["loop", "van"]) => (Bend::Within, 4),
        ["tot", "aan"] => (Bend::AtLatest, 2),
        ["uiterlijk", "voor" | "vóór"] => (Bend::Before, 2),
        ["uiterlijk" | "nog", "in" | "op" | "per" | "bij"] => (Bend::AtLatest, 2),
        ["uiterlijk", _] => (Bend::AtLatest, 1),
        ["voor" | "vóór" | "voorafgaand", "aan"] => (Bend::Before, 2),
        ["voor" | "vóór" | "tegen", _] => (Bend::Before, 1),
        ["vanaf" | "per", _] => (Bend::From, 1),
        ["na", _] => (Bend::After, 1),
        [
            "in" | "op" | "gedurende" | "tijdens" | "rond" | "omstreeks" | "binnen",
            _,
        ] => (Bend::Within, 1),
        _ => (Bend::Within, 0),
    };
    let article = usize::from(words.any(at + len, &["het", "de"]));
    (bend, len + article)
}

/// The days after bending.
pub(super) fn bend(bend: Bend, days: Interval, document: Option<Date>) -> Interval {
    match bend {
        Bend::Within => days,
        Bend::Before => {
            let until = days_later(days.from, -1);
            Interval {
                from: document.filter(|day| *day <= until).unwrap_or(until),
                until,
            }
        }
        Bend::AtLatest => Interval {
            from: document
                .filter(|day| *day <= days.until)
                .unwrap_or(days.from),
            until: days.until,
        },
        Bend::From => days,
        Bend::After => {
            let from = days_later(days.until, 1);
            Interval {
                from,
                until: months_later(from, 3),
            }
        }
    }
}

/// Whether the preposition by itself makes the words look ahead.
pub(super) fn bends_ahead(bend: Bend) -> bool {
    matches!(bend, Bend::Before | Bend::AtLatest)
}

/// `uiterlijk 1 maart 2024`, `in maart 2024`, `voor 1 april a.s.`, `eind maart`.
fn calendar_date(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (how, skip) = preposition(words, at);
    let part = spans_of_year::month_part(words.low(at + skip));
    let start = at + skip + usize::from(part.is_some());
    let bare_month = dates::written(words, start).is_none();
    let written = dates::written(words, start).or_else(|| {
        // `eind maart`, `in juni`: a month alone, with a word that makes it a time.
        let month = dates::month(words.low(start))?;
        (skip > 0 || part.is_some()).then_some(dates::WrittenDate {
            len: 1,
            day: None,
            month,
            year: None,
            last: false,
        })
    })?;
    if skip == 0 && part.is_none() {
        return None;
    }
    if part.is_some() && written.day.is_some() {
        return None;
    }
    // `in mei van dit jaar`, `in maart volgend jaar`.
    let mut len = start + written.len - at;
    let mut written = written;
    if bare_month && let Some((word, taken)) = year_word(words, at + len) {
        len += taken;
        written.year = Some(match word {
            YearWord::Year(year) => year,
            YearWord::Relative(offset) => reference.document?.year() + offset,
        });
    }
    // "Before the end of March" runs to the last day of it.
    let how = match (how, part) {
        (Bend::Before, Some(spans_of_year::Part::End)) => Bend::AtLatest,
        (how, _) => how,
    };
    let date = written.resolve_ahead(reference.document);
    let relative = written.year.is_none();
    let days = date.map(|date| {
        let days = date.interval();
        bend(
            how,
            part.map_or(days, |part| part.of_month(days)),
            reference.document,
        )
    });
    Some(Match {
        len,
        interval: days.filter(|_| !written.last),
        certainty: match (relative, days.is_some()) {
            (true, true) => Certainty::FromDocumentDate,
            (true, false) => Certainty::NeedsDocumentDate,
            (false, _) if part.is_some() => Certainty::Convention,
            (false, _) => Certainty::Exact,
        },
        looks_ahead: bends_ahead(how),
        rule: "deadline.date",
    })
}

/// `in het tweede kwartaal van 2023`, `Q1 2024`, `voor het einde van het derde kwartaal`.
fn quarter(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (mut how, mut start) = preposition(words, at);
    start += at;
    if words.any(start, &["einde", "eind"]) && words.is(start + 1, "van") {
        how = Bend::AtLatest;
        start += 2;
        start += usize::from(words.is(start, "het"));
    }
    let short = words.low(start);
    let (number, mut end) = match short {
        "q1" | "k1" => (1, start + 1),
        "q2" | "k2" => (2, start + 1),
        "q3" | "k3" => (3, start + 1),
        "q4" | "k4" => (4, start + 1),
        _ => {
            let number = dates::ordinal(words, start)?;
            if !words.is(start + 1, "kwartaal") {
                return None;
            }
            (if number < 0 { 4 } else { number }, start + 2)
        }
    };
    let first = u8::try_from((number - 1) * 3 + 1).ok()?;
    let year = year_word(words, end);
    end += year.map_or(0, |(_, len)| len);
    let (interval, certainty, ahead) =
        resolve_bent(how, year.map(|(word, _)| word), reference, |year| {
            Interval::months(year, first, first + 2)
        });
    Some(Match {
        len: end - at,
        interval,
        certainty,
        looks_ahead: ahead || bends_ahead(how),
        rule: "deadline.quarter",
    })
}

/// `in de tweede helft van 2023`, `de 2e helft van dit jaar`, `eerste helft 2024`.
fn half(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let (how, skip) = preposition(words, at);
    let start = at + skip;
    let number = dates::ordinal(words, start)?;
    let long = words.is(start + 1, "helft") || words.any(start + 1, &["halfjaar", "semester"]);
    if !long {
        return None;
    }
    let first = match number {
        1 => 1,
        2 | -1 => 7,
        _ => return None,
    };
    let year = year_word(words, start + 2);
    let end = start + 2 + year.map_or(0, |(_, len)| len);
    let (interval, certainty, ahead) =
        resolve_bent(how, year.map(|(word, _)| word), reference, |year| {
            Interval::months(year, first, first + 5)
        });
    Some(Match {
        len: end - at,
        interval,
        certainty,
        looks_ahead: ahead || bends_ahead(how),
        rule: "deadline.half_year",
    })
}

/// The days in the year that was meant: named, counted from the document, or the next to come.
pub(super) fn resolve_year(
    year: Option<YearWord>,
    reference: Reference<'_>,
    days: impl Fn(i32) -> Interval,
) -> (Option<Interval>, Certainty, bool) {
    match (year, reference.document) {
        (Some(YearWord::Year(year)), document) => {
            let days = days(year);
            let ahead = document.is_some_and(|day| days.until >= day);
            (Some(days), Certainty::Exact, ahead)
        }
        (Some(YearWord::Relative(offset)), Some(document)) => (
            Some(days(document.year() + offset)),
            Certainty::FromDocumentDate,
            true,
        ),
        (Some(YearWord::Relative(_)) | None, None) => (None, Certainty::NeedsDocumentDate, true),
        (None, Some(document)) => {
            let this_year = days(document.year());
            let days = if this_year.until < document {
                days(document.year() + 1)
            } else {
                this_year
            };
            (Some(days), Certainty::FromDocumentDate, true)
        }
    }
}

/// As [`resolve_year`], bent: what must be done before a time that has begun is due before the next
/// one.
pub(super) fn resolve_bent(
    how: Bend,
    year: Option<YearWord>,
    reference: Reference<'_>,
    days: impl Fn(i32) -> Interval,
) -> (Option<Interval>, Certainty, bool) {
    let (found, certainty, ahead) = resolve_year(year, reference, &days);
    let found = found.map(|found| match reference.document {
        Some(document) if year.is_none() && how == Bend::Before && found.from <= document => {
            days(document.year() + 1)
        }
        _ => found,
    });
    (
        found.map(|found| bend(how, found, reference.document)),
        certainty,
        ahead,
    )
}

/// Moments of the budget year: `bij de Voorjaarsnota`, `op Prinsjesdag`, `bij de begroting 2025`.
fn budget_moment(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let with = words.any(
        at,
        &[
            "bij", "met", "voor", "vóór", "na", "rond", "op", "in", "tijdens",
        ],
    );
    let before = words.any(at, &["voor", "vóór"]);
    let mut start = at + usize::from(with) + usize::from(words.any(at + 1, &["de", "het"]) && with);
    let conventions = reference.conventions;
    // The first supplementary budget goes with the spring memorandum, the second with that of autumn.
    let supplementary =
        words.any(start + 1, &["suppletoire"]) && words.any(start + 2, &["begroting"]);
    let low = match dates::ordinal(words, start).filter(|_| supplementary) {
        Some(1) => "voorjaarsnota",
        Some(2) => "najaarsnota",
        _ => words.low(start),
    };
    start += if supplementary { 2 } else { 0 };
    let moment: Box<dyn Fn(i32) -> Interval> = match low {
        "voorjaarsnota" | "voorjaarsbesluitvorming" => {
            let (month, day) = conventions.spring_memorandum;
            Box::new(move |year| Interval {
                from: month_day(year, month.saturating_sub(2).max(1), 1),
                until: month_day(year, month, day),
            })
        }
        "najaarsnota" => {
            let (month, day) = conventions.autumn_memorandum;
            Box::new(move |year| Interval {
                from: month_day(year, month.saturating_sub(1).max(1), 1),
                until: month_day(year, month, day),
            })
        }
        "prinsjesdag" | "miljoenennota" | "ontwerpbegroting" => Box::new(|year| Interval {
            from: conventions::budget_day(year),
            until: conventions::budget_day(year),
        }),
        "verantwoordingsdag" => Box::new(|year| Interval {
            from: conventions::accountability_day(year),
            until: conventions::accountability_day(year),
        }),
        "begrotingsbehandeling" => Box::new(|year| Interval {
            from: month_day(year, 10, 1),
            until: month_end(year, 12),
        }),
        _ => return None,
    };
    if !with {
        return None;
    }
    let year = year_word(words, start + 1);
    let end = start + 1 + year.map_or(0, |(_, len)| len);
    let how = if before { Bend::Before } else { Bend::Within };
    let (interval, certainty, _) = resolve_bent(how, year.map(|(word, _)| word), reference, moment);
    Some(Match {
        len: end - at,
        interval,
        certainty: certainty.max(Certainty::Convention),
        looks_ahead: true,
        rule: "deadline.budget",
    })
}
