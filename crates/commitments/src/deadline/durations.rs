//! Terms counted from the document: `binnen drie maanden`, `binnen vier tot zes weken`.

use time::{Date, Weekday};

use super::{Certainty, Match, Reference};
use crate::calendar::{Interval, days_later, months_later};
use crate::read::dates;
use crate::read::words::Words;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Days(u32),
    /// Monday to Friday; holidays are not left out.
    WorkingDays(u32),
    Months(u32),
}

impl Length {
    fn after(self, day: Date) -> Date {
        match self {
            Length::Days(n) => days_later(day, i64::from(n)),
            Length::WorkingDays(n) => {
                let weeks = i64::from(n / 5) * 7;
                let mut out = days_later(day, weeks);
                let mut left = n % 5;
                while left > 0 {
                    out = days_later(out, 1);
                    let rests = matches!(out.weekday(), Weekday::Saturday | Weekday::Sunday);
                    left -= u32::from(!rests);
                }
                out
            }
            Length::Months(n) => months_later(day, n),
        }
    }
}

/// `binnen drie maanden`, `over zes weken`, `binnen een half jaar`.
pub(super) fn term(words: Words<'_>, at: usize, reference: Reference<'_>) -> Option<Match> {
    let within = words.is(at, "binnen");
    if !within && !words.is(at, "over") {
        return None;
    }
    let mut start = at + 1;
    start += usize::from(words.any(
        start,
        &["uiterlijk", "maximaal", "ongeveer", "circa", "hooguit"],
    ));
    let (length, taken) = length(words, start)?;
    let interval = reference.document.map(|day| {
        let until = length.after(day);
        Interval {
            from: if within { day } else { until },
            until,
        }
    });
    Some(Match {
        len: start + taken - at,
        interval,
        certainty: if interval.is_some() {
            Certainty::FromDocumentDate
        } else {
            Certainty::NeedsDocumentDate
        },
        looks_ahead: true,
        rule: "deadline.duration",
    })
}

/// The length at `at` with its number of tokens; of `vier tot zes weken` the longest.
fn length(words: Words<'_>, at: usize) -> Option<(Length, usize)> {
    if words.row(at, &["een", "half", "jaar"]) {
        return Some((Length::Months(6), 3));
    }
    if words.row(at, &["een", "halfjaar"]) {
        return Some((Length::Months(6), 2));
    }
    if words.row(at, &["anderhalf", "jaar"]) {
        return Some((Length::Months(18), 2));
    }
    let first = dates::count(words, at)?;
    let joined = words.any(at + 1, &["tot", "à", "a", "of", "-", "–"]);
    let second = dates::count(words, at + 2).filter(|_| joined);
    let number = second.unwrap_or(first);
    let unit = at + if second.is_some() { 3 } else { 1 };
    let length = match words.low(unit) {
        "dag" | "dagen" => Length::Days(number),
        "werkdag" | "werkdagen" => Length::WorkingDays(number),
        "week" | "weken" => Length::Days(number.saturating_mul(7)),
        "maand" | "maanden" => Length::Months(number),
        "kwartaal" | "kwartalen" => Length::Months(number.saturating_mul(3)),
        "jaar" | "jaren" => Length::Months(number.saturating_mul(12)),
        _ => return None,
    };
    Some((length, unit + 1 - at))
}
