//! Dutch words for numbers, months and dates.
//!
//! This module must not know what happens on a date.

use time::Date;

use crate::calendar::{PartialDate, date};
use crate::read::token::TokenKind;
use crate::read::words::Words;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

const NUMBERS: [&str; 20] = [
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
];

/// Counting words that are nouns, such as `vijftal`.
const GROUPS: [(&str, u32); 5] = [
    ("tweetal", 2),
    ("drietal", 3),
    ("viertal", 4),
    ("vijftal", 5),
    ("zestal", 6),
];

/// The month with this name, 1..=12.
#[must_use]
pub fn month(low: &str) -> Option<u8> {
    let index = MONTHS.iter().position(|month| *month == low)?;
    u8::try_from(index + 1).ok()
}

/// Months cut short, as in `15 mrt. 2023`; only beside a day or a year are they months.
const SHORT_MONTHS: [(&str, u8); 12] = [
    ("jan", 1),
    ("feb", 2),
    ("febr", 2),
    ("mrt", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
];

/// The month that is cut short to this word.
pub(crate) fn short_month(low: &str) -> Option<u8> {
    let low = low.strip_suffix('.').unwrap_or(low);
    let found = SHORT_MONTHS.iter().find(|(word, _)| *word == low);
    found.map(|(_, month)| *month)
}

/// The name of a month; a number outside 1..=12 has none.
#[must_use]
pub fn month_name(month: u8) -> &'static str {
    MONTHS
        .get(usize::from(month).wrapping_sub(1))
        .copied()
        .unwrap_or("")
}

/// The number in digits or in words at `at`.
#[must_use]
pub fn count(words: Words<'_>, at: usize) -> Option<u32> {
    if let Some(number) = words.number(at) {
        return Some(number);
    }
    let low = words.low(at);
    if matches!(low, "één" | "eén") {
        return Some(1);
    }
    if let Some((_, value)) = GROUPS.iter().find(|(name, _)| *name == low) {
        return Some(*value);
    }
    let index = NUMBERS.iter().position(|number| *number == low)?;
    u32::try_from(index + 1).ok()
}

/// The ordinal at `at` (`eerste`, `2e`, `3de`, `laatste` as -1).
#[must_use]
pub fn ordinal(words: Words<'_>, at: usize) -> Option<i8> {
    match words.low(at) {
        "eerste" | "1e" | "1ste" | "i" => Some(1),
        "tweede" | "2e" | "2de" | "ii" => Some(2),
        "derde" | "3e" | "3de" | "iii" => Some(3),
        "vierde" | "4e" | "4de" | "iv" => Some(4),
        "laatste" => Some(-1),
        _ => None,
    }
}

/// A year written as four digits between 1990 and 2099.
#[must_use]
pub fn year(words: Words<'_>, at: usize) -> Option<i32> {
    let token = words.get(at)?;
    if token.kind != TokenKind::Number || token.text.len() != 4 {
        return None;
    }
    token
        .text
        .parse()
        .ok()
        .filter(|year| (1990..=2099).contains(year))
}

/// A date as written: the year may be left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Number of tokens.
    pub len: usize,
    /// Day of the month, when given.
    pub day: Option<u8>,
    /// Month, 1..=12.
    pub month: u8,
    /// Year, when given.
    pub year: Option<i32>,
    /// `jl.`: the most recent such day before the document.
    pub last: bool,
}

impl WrittenDate {
    /// The date; a missing year is counted from the date of the document.
    #[must_use]
    pub fn resolve(self, document: Option<Date>) -> Option<PartialDate> {
        let year = match (self.year, document) {
            (Some(year), _) => year,
            (None, Some(document)) => {
                let given = date(document.year(), self.month, self.day.unwrap_or(1))?;
                let passed = given <= document;
                match (self.last, passed) {
                    (true, false) => document.year() - 1,
                    _ => document.year(),
                }
            }
            (None, None) => return None,
        };
        match self.day {
            Some(day) => date(year, self.month, day).map(PartialDate::Day),
            None => Some(PartialDate::Month(year, self.month)),
        }
    }

    /// The date with the next such day after the document when the year is missing.
    #[must_use]
    pub fn resolve_ahead(self, document: Option<Date>) -> Option<PartialDate> {
        if self.year.is_some() {
            return self.resolve(document);
        }
        let document = document?;
        let this_year = WrittenDate {
            year: Some(document.year()),
            ..self
        }
        .resolve(None)?;
        if this_year.interval().until >= document {
            return Some(this_year);
        }
        WrittenDate {
            year: Some(document.year() + 1),
            ..self
        }
        .resolve(None)
    }
}

/// The date written at `at`: `6 juli 2022`, `6 juli jl.`, `juli 2022`, `6-7-2022`.
///
/// A month alone is a date only with a year, because `mei` and `maart` are seldom meant alone.
#[must_use]
pub fn written(words: Words<'_>, at: usize) -> Option<WrittenDate> {
    numeric(words, at).or_else(|| named(words, at))
}

fn named(words: Words<'_>, at: usize) -> Option<WrittenDate> {
    let day = words
        .number(at)
        .and_then(|day| u8::try_from(day).ok())
        .filter(|day| (1..=31).contains(day));
    let month_at = at + usize::from(day.is_some());
    let short = short_month(words.low(month_at)).filter(|_| day.is_some());
    let month = month(words.low(month_at)).or(short)?;
    let mut end = month_at + 1;
    end += usize::from(short.is_some() && words.is(end, ".") && year(words, end + 1).is_some());
    let year = year(words, end);
    end += usize::from(year.is_some());
    let mut last = false;
    let suffix = words.low(end);
    if matches!(suffix, "jl" | "j.l." | "jongstleden" | "ll" | "l.l.") {
        last = true;
        end += 1;
        end += usize::from(suffix == "jl" && words.is(end, "."));
    } else if matches!(suffix, "a.s." | "as" | "aanstaande") {
        end += 1;
    }
    (day.is_some() || year.is_some()).then_some(WrittenDate {
        len: end - at,
        day,
        month,
        year,
        last,
    })
}

fn numeric(words: Words<'_>, at: usize) -> Option<WrittenDate> {
    let separator = words.low(at + 1);
    if !matches!(separator, "-" | "/" | ".") || words.low(at + 3) != separator {
        return None;
    }
    let day = u8::try_from(words.number(at)?).ok()?;
    let month = u8::try_from(words.number(at + 2)?).ok()?;
    let year = year(words, at + 4)?;
    date(year, month, day)?;
    Some(WrittenDate {
        len: 5,
        day: Some(day),
        month,
        year: Some(year),
        last: false,
    })
}

/// A date as a document writes it: `29 november 2022`, `november 2022`, `2022`.
#[must_use]
pub fn in_words(date: PartialDate) -> String {
    match date {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(year, month) => format!("{} {year}", month_name(month)),
        PartialDate::Day(day) => format!(
            "{} {} {}",
            day.day(),
            month_name(u8::from(day.month())),
            day.year()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Span;
    use crate::read::token::tokens;

    fn read(text: &str, document: Option<&str>) -> Option<String> {
        let row = tokens(text, &[Span::new(0, text.len())]);
        let document = document.map(|day| crate::calendar::parse_iso(day).unwrap());
        written(Words(&row), 0)?
            .resolve(document)
            .map(|date| date.to_string())
    }

    #[test]
    fn written_dates_are_read() {
        assert_eq!(
            read("29 november 2022", None).as_deref(),
            Some("2022-11-29")
        );
        assert_eq!(read("juli 2022", None).as_deref(), Some("2022-07"));
        assert_eq!(read("15 mrt. 2023", None).as_deref(), Some("2023-03-15"));
        assert_eq!(read("28-9-2022", None).as_deref(), Some("2022-09-28"));
        assert_eq!(
            read("6 juli jl.", Some("2022-09-28")).as_deref(),
            Some("2022-07-06")
        );
        assert_eq!(
            read("6 december jl.", Some("2023-01-15")).as_deref(),
            Some("2022-12-06")
        );
        assert_eq!(read("6 juli", None), None);
        assert_eq!(read("31 februari 2022", None), None);
        assert_eq!(read("mei", None), None);
    }
}
