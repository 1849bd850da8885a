//! Calendar days: reading, writing and counting them.
//!
//! It knows the calendar and nothing of rules; what "today" is, the caller says (for the
//! Netherlands: [`Day::in_the_netherlands`]).

use std::fmt;
use std::str::FromStr;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month, Weekday};

use crate::moment::Moment;

/// A calendar day, written `2026-11-22`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text that is not a calendar day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no date; expected year-month-day such as 2026-11-22")]
pub struct NotADay {
    text: String,
}

impl Day {
    /// The day with this year, month (1..=12) and day of the month, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Day)
    }

    /// The day that the calendars in the Netherlands show at a moment.
    ///
    /// Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday
    /// of October (Directive 2000/84/EC); years before 1996 differ and do not occur here.
    #[must_use]
    pub fn in_the_netherlands(moment: Moment) -> Day {
        let utc = moment.to_date_time();
        let turn = |month: Month| {
            let last = Date::from_calendar_date(utc.year(), month, 31).ok()?;
            let back = i64::from(last.weekday().number_days_from_sunday());
            let sunday = last.checked_sub(time::Duration::days(back))?;
            Some(sunday.with_hms(1, 0, 0).ok()?.assume_utc())
        };
        let summer = match (turn(Month::March), turn(Month::October)) {
            (Some(begin), Some(end)) => begin <= utc && utc < end,
            _ => false,
        };
        let ahead = time::Duration::hours(if summer { 2 } else { 1 });
        Day(utc
            .checked_add(ahead)
            .map_or(Date::MAX, time::OffsetDateTime::date))
    }

    /// The day as the calendar has it, for files and formats.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }

    /// Year of the day.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The day `days` later, or earlier when negative; stays at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        let edge = if days < 0 { Date::MIN } else { Date::MAX };
        Day(self
            .0
            .checked_add(time::Duration::days(days))
            .unwrap_or(edge))
    }

    /// The same day of the month `months` later, or the last day of that month when it is shorter.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Day {
        let (year, month) = self.month_after(months);
        let day = self.0.day().min(month.length(year));
        Date::from_calendar_date(year, month, day).map_or(self, Day)
    }

    /// Last day of a term of `months` months that has this day as its first.
    ///
    /// A term of a year from 1 March ends on the last of February; one from 29 February ends on
    /// 28 February when that year has no 29th.
    #[must_use]
    pub fn last_of_term(self, months: u32) -> Day {
        let (year, month) = self.month_after(months);
        if self.0.day() > month.length(year) {
            self.plus_months(months)
        } else {
            self.plus_months(months).plus_days(-1)
        }
    }

    /// Number of days from this day to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Day) -> i64 {
        (later.0 - self.0).whole_days()
    }

    /// Number of whole months from this day to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn months_until(self, later: Day) -> i64 {
        if later < self {
            return -later.months_until(self);
        }
        let months = i64::from(later.0.year() - self.0.year()) * 12
            + i64::from(u8::from(later.0.month()))
            - i64::from(u8::from(self.0.month()));
        let reached = u32::try_from(months).is_ok_and(|m| self.plus_months(m) <= later);
        if reached { months } else { months - 1 }
    }

    /// Whether the day is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// Whether the day is a Sunday.
    #[must_use]
    pub fn is_sunday(self) -> bool {
        self.0.weekday() == Weekday::Sunday
    }

    /// Easter Sunday of a year in the Gregorian calendar (anonymous Gregorian algorithm).
    #[must_use]
    pub fn easter(year: i32) -> Option<Day> {
        let a = year % 19;
        let (b, c) = (year / 100, year % 100);
        let (d, e) = (b / 4, b % 4);
        let f = (b + 8) / 25;
        let g = (b - f + 1) / 3;
        let h = (19 * a + b - d - g + 15) % 30;
        let (i, k) = (c / 4, c % 4);
        let l = (32 + 2 * e + 2 * i - h - k) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let number = h + l - 7 * m + 114;
        Day::new(year, (number / 31) as u8, (number % 31 + 1) as u8)
    }

    fn month_after(self, months: u32) -> (i32, Month) {
        let count = i64::from(u8::from(self.0.month())) - 1 + i64::from(months);
        let year = i64::from(self.0.year()) + count / 12;
        // The remainder lies in 0..12, so the month exists.
        let month = Month::try_from((count % 12 + 1) as u8).unwrap_or(Month::January);
        (i32::try_from(year).unwrap_or(i32::MAX), month)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        let refuse = || NotADay {
            text: text.chars().take(40).collect(),
        };
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refuse());
        };
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return Err(refuse());
        }
        let year: i32 = year.parse().map_err(|_| refuse())?;
        let month: u8 = month.parse().map_err(|_| refuse())?;
        let day: u8 = day.parse().map_err(|_| refuse())?;
        Day::new(year, month, day).ok_or_else(refuse)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.0.year(), u8::from(self.0.month()), self.0.day());
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a day from text, or from the map of one text as which TOML hands over its own dates.
struct AnyDay;

impl<'de> Visitor<'de> for AnyDay {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2026-11-22")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Day, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Day, A::Error> {
        let entry: Option<(String, String)> = map.next_entry()?;
        let (_, text) = entry.ok_or_else(|| serde::de::Error::custom("not a date"))?;
        self.visit_str(&text)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        deserializer.deserialize_any(AnyDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date in a test")
    }

    #[test]
    fn easter_falls_on_the_published_days() {
        for text in [
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
        ] {
            assert_eq!(Day::easter(day(text).year()), Some(day(text)));
        }
    }

    #[test]
    fn terms_end_the_day_before_or_at_the_end_of_a_short_month() {
        assert_eq!(day("2023-03-02").last_of_term(36), day("2026-03-01"));
        assert_eq!(day("2024-02-29").last_of_term(36), day("2027-02-28"));
        assert_eq!(day("2026-11-30").plus_months(3), day("2027-02-28"));
    }

    #[test]
    fn whole_months_are_counted_from_the_day_of_the_month() {
        assert_eq!(day("2026-01-15").months_until(day("2026-07-14")), 5);
        assert_eq!(day("2026-01-15").months_until(day("2026-07-15")), 6);
        assert_eq!(day("2026-08-31").months_until(day("2027-02-28")), 6);
        assert_eq!(day("2026-07-15").months_until(day("2026-01-15")), -6);
    }

    #[test]
    fn reads_text_and_refuses_the_rest() {
        for text in [
            "",
            "2026-13-01",
            "2026-02-30",
            "22-11-2026",
            "2026-1-1",
            "2026-11-22T10:00:00Z",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!(serde_json::json!(day("2026-11-22")), "2026-11-22");
        assert!(serde_json::from_str::<Day>("7").is_err());
    }

    #[test]
    fn the_day_changes_with_dutch_midnight_in_summer_and_winter() {
        for (moment, expected) in [
            ("2026-11-21T22:59:59Z", "2026-11-21"),
            ("2026-11-21T23:00:00Z", "2026-11-22"),
            ("2026-07-01T21:59:59Z", "2026-07-01"),
            ("2026-07-01T22:00:00Z", "2026-07-02"),
            ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
        ] {
            let moment: Moment = moment.parse().expect("a moment in a test");
            assert_eq!(Day::in_the_netherlands(moment), day(expected));
        }
    }
}
