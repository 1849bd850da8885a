//! Dates as documents give them: a year, a month or a day, and closed intervals of days.
//!
//! This module must not know the words for dates; `deadline` and `read` do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month};

/// A date of which the day, or the month and the day, may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// A year.
    Year(i32),
    /// A month of a year, 1..=12.
    Month(i32, u8),
    /// A day.
    Day(Date),
}

/// A text that is no (partial) date in the form `2022`, `2022-11` or `2022-11-29`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no date: {0:?}; expected a form like 2022, 2022-11 or 2022-11-29")]
pub struct NoDate(String);

impl PartialDate {
    /// The days it can be.
    #[must_use]
    pub fn interval(self) -> Interval {
        match self {
            PartialDate::Year(year) => Interval::months(year, 1, 12),
            PartialDate::Month(year, month) => Interval::months(year, month, month),
            PartialDate::Day(day) => Interval {
                from: day,
                until: day,
            },
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => f.write_str(&iso(*day)),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let wrong = || NoDate(text.chars().take(40).collect());
        let mut parts = text.trim().split('-');
        let year: i32 = parts
            .next()
            .filter(|part| part.len() == 4)
            .and_then(|part| part.parse().ok())
            .ok_or_else(wrong)?;
        let Some(month) = parts.next() else {
            return Ok(PartialDate::Year(year));
        };
        let month: u8 = month
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))
            .ok_or_else(wrong)?;
        let Some(day) = parts.next() else {
            return Ok(PartialDate::Month(year, month));
        };
        let day = day.parse().ok().and_then(|day| date(year, month, day));
        match (day, parts.next()) {
            (Some(day), None) => Ok(PartialDate::Day(day)),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> String {
        date.to_string()
    }
}

/// A closed interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    #[serde(with = "iso_day")]
    pub from: Date,
    /// Last day: what is due is late on the day after it.
    #[serde(with = "iso_day")]
    pub until: Date,
}

impl Interval {
    /// The months `first` to `last` (1..=12) of a year.
    #[must_use]
    pub fn months(year: i32, first: u8, last: u8) -> Interval {
        Interval {
            from: month_day(year, first, 1),
            until: month_end(year, last),
        }
    }

    /// One day of a year; a day the month does not have becomes its last day.
    #[must_use]
    pub fn day(year: i32, month: u8, day: u8) -> Interval {
        let day = month_day(year, month, day);
        Interval {
            from: day,
            until: day,
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", iso(self.from), iso(self.until))
    }
}

/// The day, or `None` when the calendar has no such day.
#[must_use]
pub fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// A day of a month; a month or day out of range becomes the nearest one in range.
#[must_use]
pub fn month_day(year: i32, month: u8, day: u8) -> Date {
    let month = month.clamp(1, 12);
    let year = year.clamp(1, 9998);
    (1..=day.clamp(1, 31))
        .rev()
        .find_map(|day| date(year, month, day))
        .unwrap_or(Date::MIN)
}

/// The last day of a month.
#[must_use]
pub fn month_end(year: i32, month: u8) -> Date {
    month_day(year, month, 31)
}

/// The day this many months later; a day the month does not have becomes its last day.
#[must_use]
pub fn months_later(day: Date, months: u32) -> Date {
    let index = i64::from(day.year()) * 12 + i64::from(u8::from(day.month())) - 1
        + i64::from(months.min(12_000));
    let year = i32::try_from(index.div_euclid(12)).unwrap_or(9998);
    let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(12);
    month_day(year, month, day.day())
}

/// The day this many days later, at most the last day the calendar can hold.
#[must_use]
pub fn days_later(day: Date, days: i64) -> Date {
    day.saturating_add(Duration::days(days.clamp(-4_000_000, 4_000_000)))
}

/// The day as `2022-11-29`.
#[must_use]
pub fn iso(day: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    )
}

/// Reads `2022-11-29`.
///
/// # Errors
/// Fails for anything else, also for a year or a month alone.
pub fn parse_iso(text: &str) -> Result<Date, NoDate> {
    match text.parse()? {
        PartialDate::Day(day) => Ok(day),
        _ => Err(NoDate(text.to_owned())),
    }
}

/// Days in files as `2022-11-29`.
pub mod iso_day {
    use serde::{Deserialize, Deserializer, Serializer};
    use time::Date;

    /// Writes the day.
    ///
    /// # Errors
    /// Fails when the writer fails.
    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::iso(*day))
    }

    /// Reads the day.
    ///
    /// # Errors
    /// Fails when the text is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse_iso(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_read_back() {
        for text in ["2022", "2022-11", "2022-11-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["", "22", "2022-13", "2022-02-30", "2022-1-1-1", "morgen"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_added_at_the_end_of_the_month() {
        let day = date(2024, 1, 31).unwrap();
        assert_eq!(iso(months_later(day, 1)), "2024-02-29");
        assert_eq!(iso(months_later(day, 15)), "2025-04-30");
        assert_eq!(
            Interval::months(2023, 1, 3).to_string(),
            "2023-01-01..2023-03-31"
        );
    }
}
