//! When somebody can work, or is wanted: hours a week, parts of the week, first day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, macros::date};

/// A value that does not describe a time to work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATime {
    /// A week has 168 hours.
    #[error("{hours} hours a week: expected 0 to 168")]
    Hours {
        /// What was given.
        hours: i64,
    },
    /// The text names no part of the week.
    #[error(
        "{text:?} is no part of the week: expected a day (mon … sun), a hyphen and one of morning, afternoon, evening, night"
    )]
    DayPart {
        /// What was given.
        text: String,
    },
    /// The text is no date in the range that is kept.
    #[error("{text:?} is no date from 2000-01-01 to 2089-09-17, written year-month-day")]
    Day {
        /// What was given.
        text: String,
    },
}

/// Whole hours of work a week, 0..=168.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct WeeklyHours(u8);

impl WeeklyHours {
    /// All hours of a week.
    pub const MOST: WeeklyHours = WeeklyHours(168);

    /// This number of hours a week.
    ///
    /// # Errors
    /// Fails outside 0..=168.
    pub fn new(hours: i64) -> Result<WeeklyHours, NotATime> {
        match u8::try_from(hours) {
            Ok(fits) if fits <= 168 => Ok(WeeklyHours(fits)),
            _ => Err(NotATime::Hours { hours }),
        }
    }

    /// The number of hours, 0..=168.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for WeeklyHours {
    type Error = NotATime;

    fn try_from(hours: i64) -> Result<Self, NotATime> {
        WeeklyHours::new(hours)
    }
}

impl From<WeeklyHours> for i64 {
    fn from(hours: WeeklyHours) -> i64 {
        i64::from(hours.0)
    }
}

/// One part of the week: a day and a morning, afternoon, evening or night.
///
/// A night belongs to the day on which it begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayPart(u8);

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

impl DayPart {
    /// Number of parts in a week.
    pub const COUNT: usize = DAYS.len() * PARTS.len();

    /// All parts, Monday morning first.
    pub fn all() -> impl ExactSizeIterator<Item = DayPart> {
        (0..Self::COUNT as u8).map(DayPart)
    }

    /// Position in [`DayPart::all`], 0..28.
    #[must_use]
    pub fn position(self) -> u8 {
        self.0
    }
}

impl FromStr for DayPart {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        text.split_once('-')
            .and_then(|(day, part)| {
                let day = DAYS.iter().position(|known| *known == day)?;
                let part = PARTS.iter().position(|known| *known == part)?;
                Some(DayPart((day * PARTS.len() + part) as u8))
            })
            .ok_or_else(|| NotATime::DayPart {
                text: text.chars().take(40).collect(),
            })
    }
}

impl TryFrom<String> for DayPart {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, NotATime> {
        text.parse()
    }
}

impl From<DayPart> for String {
    fn from(part: DayPart) -> String {
        part.to_string()
    }
}

impl fmt::Display for DayPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, part) = (
            usize::from(self.0) / PARTS.len(),
            usize::from(self.0) % PARTS.len(),
        );
        write!(f, "{}-{}", DAYS[day], PARTS[part])
    }
}

impl fmt::Debug for DayPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DayPart({self})")
    }
}

/// A set of parts of the week.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<DayPart>", into = "Vec<DayPart>")]
pub struct DayParts(u32);

impl DayParts {
    /// The empty set.
    pub const NONE: DayParts = DayParts(0);
    /// The whole week.
    pub const ALL: DayParts = DayParts((1 << DayPart::COUNT) - 1);

    /// The bits that stand for parts of the week.
    pub const ALL_BITS: u64 = Self::ALL.0 as u64;

    /// Whether no part is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Number of parts in the set, 0..=28.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The parts of this set that the other has not.
    #[must_use]
    pub fn without(self, other: DayParts) -> DayParts {
        DayParts(self.0 & !other.0)
    }

    /// Whether the part is in the set.
    #[must_use]
    pub fn contains(self, part: DayPart) -> bool {
        self.0 >> part.0 & 1 == 1
    }

    /// The set as bits: bit *n* is the part at position *n*.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The set with these bits; bits beyond the week are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> DayParts {
        DayParts(bits & Self::ALL.0)
    }

    /// The parts in the set, Monday morning first.
    pub fn iter(self) -> impl Iterator<Item = DayPart> {
        DayPart::all().filter(move |part| self.contains(*part))
    }
}

impl FromIterator<DayPart> for DayParts {
    fn from_iter<I: IntoIterator<Item = DayPart>>(parts: I) -> DayParts {
        DayParts(parts.into_iter().fold(0, |bits, part| bits | 1 << part.0))
    }
}

impl From<Vec<DayPart>> for DayParts {
    fn from(parts: Vec<DayPart>) -> DayParts {
        parts.into_iter().collect()
    }
}

impl From<DayParts> for Vec<DayPart> {
    fn from(parts: DayParts) -> Vec<DayPart> {
        parts.iter().collect()
    }
}

impl fmt::Debug for DayParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

const FIRST_DAY: Date = date!(2000 - 01 - 01);
const LAST_DAY: Date = date!(2089 - 09 - 17);

/// A day on which work starts or somebody becomes available, 2000-01-01 to 2089-09-17.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StartDay(u16);

impl StartDay {
    /// The last day that can be kept.
    pub const LAST: StartDay = StartDay(32_767);

    /// The day of this date.
    ///
    /// # Errors
    /// Fails before 2000 and after 2089.
    pub fn new(day: Date) -> Result<StartDay, NotATime> {
        if (FIRST_DAY..=LAST_DAY).contains(&day) {
            Ok(StartDay((day - FIRST_DAY).whole_days() as u16))
        } else {
            Err(NotATime::Day {
                text: day.to_string(),
            })
        }
    }

    /// Days since 2000-01-01, 0..=32767.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }

    /// The date of this day.
    #[must_use]
    pub fn date(self) -> Date {
        FIRST_DAY + time::Duration::days(i64::from(self.0))
    }
}

impl FromStr for StartDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let form = time::macros::format_description!("[year]-[month]-[day]");
        Date::parse(text, form)
            .ok()
            .and_then(|day| StartDay::new(day).ok())
            .ok_or_else(|| NotATime::Day {
                text: text.chars().take(40).collect(),
            })
    }
}

impl TryFrom<String> for StartDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, NotATime> {
        text.parse()
    }
}

impl From<StartDay> for String {
    fn from(day: StartDay) -> String {
        day.to_string()
    }
}

impl fmt::Display for StartDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl fmt::Debug for StartDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StartDay({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_hold_a_week() {
        assert!(WeeklyHours::new(-1).is_err());
        assert!(WeeklyHours::new(169).is_err());
        assert_eq!(WeeklyHours::new(168).map(WeeklyHours::number), Ok(168));
    }

    #[test]
    fn every_part_of_the_week_reads_back() {
        for part in DayPart::all() {
            assert_eq!(part.to_string().parse(), Ok(part));
        }
        assert_eq!(DayPart::all().collect::<DayParts>(), DayParts::ALL);
        assert!("mon".parse::<DayPart>().is_err());
    }

    #[test]
    fn days_read_back_at_both_ends() {
        for text in ["2000-01-01", "2026-11-22", "2089-09-17"] {
            assert_eq!(
                text.parse::<StartDay>().map(|d| d.to_string()).as_deref(),
                Ok(text)
            );
        }
        assert_eq!("2089-09-17".parse(), Ok(StartDay::LAST));
        assert!("1999-12-31".parse::<StartDay>().is_err());
    }
}
