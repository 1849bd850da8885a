//! Terms of several months, quarters or days: `in april of mei 2023`, `in de eerste twee kwartalen`,
//! `in week 12`, `in de week van 12 december`.

use time::{Date, Weekday};

use super::grammar::resolve_year;
use super::spans_of_year::year_word;
use super::{Certainty, Match, Reference};
use crate::calendar::{Interval, PartialDate, date, days_later, month_end};
use crate::read::dates;
use crate::read::words::Words;

/// One end of a range: a month, perhaps with a day and a year.
struct End {
    day: Option<u8>,
    month: u8,
    year: Option<i32>,
    len: usize,
}

fn end(words: Words<'_>, at: usize) -> Option<End> {
    if let Some(written) = dates::written(words, at) {
        return Some(End {
            day: written.day,
            month: written.month,
            year: written.year,
            len: written.len,
        });
    }
    Some(End {
        day: None,
        month: dates::month(words.low(at))?,
        year: None,
        len: 1,
    })
}

/// `in april of mei 2023`, `tussen april en juni 2023`, `tussen 1 april en 1 juli`.
pub(super) fn months(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    if !words.any(at, &["in", "tussen", "van", "eind"]) {
        return None;
    }
    let between = words.any(at, &["tussen", "van"]);
    let first = end(words, at + 1)?;
    let joint = at + 1 + first.len;
    let skip = match words.low(joint) {
        "en" => 1,
        "of" | "/" | "-" | "–" if !between => 1,
        "tot" if words.row(joint + 1, &["en", "met"]) => 3,
        "t/m" => 1,
        "t" if words.row(joint + 1, &["/", "m"]) => 3,
        _ => return None,
    };
    let last = end(words, joint + skip)?;
    let year = last.year.map(super::spans_of_year::YearWord::Year);
    let (interval, certainty, ahead) = resolve_year(year, reference, |year| {
        // `in december of januari 2023` begins in the year before.
        let begin = first
            .year
            .unwrap_or(year - i32::from(first.month > last.month));
        let day = |year, month, day: Option<u8>| day.and_then(|day| date(year, month, day));
        let from = Interval::months(begin, first.month, first.month).from;
        Interval {
            from: day(begin, first.month, first.day).unwrap_or(from),
            until: day(year, last.month, last.day).unwrap_or(month_end(year, last.month)),
        }
    });
    Some(Match {
        len: joint + skip + last.len - at,
        interval: interval.filter(|days| days.from <= days.until),
        certainty,
        looks_ahead: ahead,
        rule: "deadline.months",
    })
}

/// `in de eerste twee kwartalen (van 2023)`, `in de laatste drie maanden van dit jaar`.
pub(super) fn first_parts(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let mut start = at + usize::from(words.any(at, &["in", "gedurende", "tijdens"]));
    start += usize::from(words.is(start, "de"));
    let last = match words.low(start) {
        "eerste" => false,
        "laatste" => true,
        _ => return None,
    };
    let number = u8::try_from(dates::count(words, start + 1)?).ok()?;
    let months = match words.low(start + 2) {
        "kwartalen" => number.checked_mul(3)?,
        "maanden" => number,
        _ => return None,
    };
    if start == at || !(1..=12).contains(&months) {
        return None;
    }
    let year = year_word(words, start + 3);
    let len = start + 3 + year.map_or(0, |(_, len)| len) - at;
    let (interval, certainty, ahead) =
        resolve_year(year.map(|(word, _)| word), reference, |year| {
            if last {
                Interval::months(year, 13 - months, 12)
            } else {
                Interval::months(year, 1, months)
            }
        });
    Some(Match {
        len,
        interval,
        certainty,
        looks_ahead: ahead,
        rule: "deadline.first_parts",
    })
}

/// `in week 12`, `in week 12 van 2023`: a week of ISO 8601, from Monday to Sunday.
pub(super) fn week_number(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    if !words.any(at, &["in", "uiterlijk", "voor", "vóór"]) || !words.is(at + 1, "week") {
        return None;
    }
    let week = u8::try_from(words.number(at + 2)?).ok()?;
    let monday = |year| Date::from_iso_week_date(year, week, Weekday::Monday).ok();
    monday(2026)?;
    let year = year_word(words, at + 3);
    let len = 3 + year.map_or(0, |(_, len)| len);
    let (interval, certainty, ahead) =
        resolve_year(year.map(|(word, _)| word), reference, |year| {
            let from = monday(year).unwrap_or_else(|| Interval::months(year, 12, 12).until);
            Interval {
                from,
                until: days_later(from, 6),
            }
        });
    let how = super::grammar::preposition(words, at).0;
    Some(Match {
        len,
        interval: interval.map(|days| super::grammar::bend(how, days, reference.document)),
        certainty,
        looks_ahead: ahead,
        rule: "deadline.week",
    })
}

/// `in de week van 12 december`: the Monday to Sunday around that day.
pub(super) fn week_of_day(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    if !words.row(at, &["in", "de", "week", "van"]) {
        return None;
    }
    let written = dates::written(words, at + 4).filter(|date| date.day.is_some())?;
    let day = match written.resolve_ahead(reference.document) {
        Some(PartialDate::Day(day)) => Some(day),
        _ => None,
    };
    let interval = day.map(|day| {
        let back = i64::from(day.weekday().number_days_from_monday());
        let from = days_later(day, -back);
        Interval {
            from,
            until: days_later(from, 6),
        }
    });
    Some(Match {
        len: 4 + written.len,
        interval,
        certainty: match (written.year, interval) {
            (Some(_), _) => Certainty::Exact,
            (None, Some(_)) => Certainty::FromDocumentDate,
            (None, None) => Certainty::NeedsDocumentDate,
        },
        looks_ahead: written.year.is_none(),
        rule: "deadline.week",
    })
}
