//! Dates of which the day or the month may be unknown.
//!
//! Many newcomers' birth dates are only partly known; the Dutch population register writes `00`
//! for what is unknown (Logisch Ontwerp BRP, element 03.10).
//! An unknown part stays unknown: it is never read as the first of January.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// A date whose day, or day and month, may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i32,
    month: Option<Month>,
    day: Option<u8>,
}

/// A text that is no partial date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartialDateError {
    /// Not year, month and day in this order.
    #[error("a date is written as 1972, 1972-05 or 1972-05-17")]
    Form,
    /// The year is not between 1850 and 2199.
    #[error("the year is out of range")]
    Year,
    /// There is no such day.
    #[error("this day does not exist")]
    NoSuchDay,
}

impl PartialDate {
    /// A date with what is known of it; 0 stands for unknown.
    ///
    /// # Errors
    /// Fails when the year is out of range, the day does not exist or stands without a month.
    pub fn new(year: i32, month: u8, day: u8) -> Result<PartialDate, PartialDateError> {
        if !(1850..=2199).contains(&year) {
            return Err(PartialDateError::Year);
        }
        let month = match month {
            0 => None,
            month => Some(Month::try_from(month).map_err(|_| PartialDateError::NoSuchDay)?),
        };
        let day = match (month, day) {
            (_, 0) => None,
            (None, _) => return Err(PartialDateError::Form),
            (Some(month), day) => {
                Date::from_calendar_date(year, month, day)
                    .map_err(|_| PartialDateError::NoSuchDay)?;
                Some(day)
            }
        };
        Ok(PartialDate { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, if known.
    #[must_use]
    pub fn month(self) -> Option<Month> {
        self.month
    }

    /// The day of the month, if known.
    #[must_use]
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// The first day that it may be.
    #[must_use]
    pub fn earliest(self) -> Date {
        let month = self.month.unwrap_or(Month::January);
        self.at(month, self.day.unwrap_or(1))
    }

    /// The last day that it may be.
    #[must_use]
    pub fn latest(self) -> Date {
        let month = self.month.unwrap_or(Month::December);
        self.at(month, self.day.unwrap_or_else(|| month.length(self.year)))
    }

    fn at(self, month: Month, day: u8) -> Date {
        // Both were checked when the date was made; the smallest date is never given.
        Date::from_calendar_date(self.year, month, day).unwrap_or(Date::MIN)
    }
}

impl FromStr for PartialDate {
    type Err = PartialDateError;

    /// Reads `1972`, `1972-05`, `1972-05-17` or eight digits as in the population register
    /// (`19720000`); Arabic and Persian digits count as digits.
    fn from_str(text: &str) -> Result<PartialDate, PartialDateError> {
        let latin: String = text.trim().chars().map(latin_digit).collect();
        let number = |part: &str| -> Result<i32, PartialDateError> {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            if !digits || !(1..=4).contains(&part.len()) {
                return Err(PartialDateError::Form);
            }
            part.parse().map_err(|_| PartialDateError::Form)
        };
        let small = |part: &str| -> Result<u8, PartialDateError> {
            u8::try_from(number(part)?).map_err(|_| PartialDateError::NoSuchDay)
        };
        let parts: Vec<&str> = match latin.len() {
            8 if latin.bytes().all(|byte| byte.is_ascii_digit()) => {
                vec![&latin[..4], &latin[4..6], &latin[6..]]
            }
            _ => latin.split('-').collect(),
        };
        match parts.as_slice() {
            [year] => PartialDate::new(number(year)?, 0, 0),
            [year, month] => PartialDate::new(number(year)?, small(month)?, 0),
            [year, month, day] => PartialDate::new(number(year)?, small(month)?, small(day)?),
            _ => Err(PartialDateError::Form),
        }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 with as many parts as are known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{:02}", u8::from(month))?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for PartialDate {
    type Error = PartialDateError;

    fn try_from(text: String) -> Result<PartialDate, PartialDateError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> String {
        date.to_string()
    }
}

fn latin_digit(c: char) -> char {
    let point = c as u32;
    let digit = match point {
        0x0660..=0x0669 => point - 0x0660,
        0x06F0..=0x06F9 => point - 0x06F0,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn what_is_unknown_stays_unknown() -> Result<(), PartialDateError> {
        let year: PartialDate = "19720000".parse()?;
        assert_eq!(year.to_string(), "1972");
        assert_eq!(year.earliest(), date!(1972 - 01 - 01));
        assert_eq!(year.latest(), date!(1972 - 12 - 31));
        let month: PartialDate = "1972-02".parse()?;
        assert_eq!(month.latest(), date!(1972 - 02 - 29));
        assert_eq!(
            "۱۹۷۲-۰۲-۰۳".parse::<PartialDate>()?.to_string(),
            "1972-02-03"
        );
        Ok(())
    }

    #[test]
    fn impossible_dates_are_refused() {
        for (text, error) in [
            ("", PartialDateError::Form),
            ("1972-00-05", PartialDateError::Form),
            ("1972-5-6-7", PartialDateError::Form),
            ("+972", PartialDateError::Form),
            ("12", PartialDateError::Year),
            ("1972-13", PartialDateError::NoSuchDay),
            ("1973-02-29", PartialDateError::NoSuchDay),
            ("1973-02-999", PartialDateError::NoSuchDay),
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn dates_read_back(year in 1850i32..2200, month in 0u8..=12, day in 0u8..=31) {
            if let Ok(date) = PartialDate::new(year, month, day) {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
                prop_assert!(date.earliest() <= date.latest());
            }
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = text.parse::<PartialDate>();
        }
    }
}
