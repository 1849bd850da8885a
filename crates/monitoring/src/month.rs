//! Calendar months: the precision of everything the monitor knows about a person.
//!
//! Must not know what happened in a month.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::Date;

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a month such as 2026-03")]
pub struct NotAMonth(pub String);

/// A calendar month between 1900-01 and 2199-12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

impl Default for Month {
    /// January 2000.
    fn default() -> Month {
        Month(2000 * 12)
    }
}

impl Month {
    /// The month of a year; months count from 1.
    ///
    /// # Errors
    /// [`NotAMonth`] outside 1900–2199 or 1–12.
    pub fn new(year: i32, month: u8) -> Result<Month, NotAMonth> {
        if (1900..2200).contains(&year) && (1..=12).contains(&month) {
            Ok(Month(year * 12 + i32::from(month) - 1))
        } else {
            Err(NotAMonth(format!("{year}-{month:02}")))
        }
    }

    /// The month a day lies in.
    ///
    /// # Errors
    /// [`NotAMonth`] outside 1900–2199.
    pub fn of(day: Date) -> Result<Month, NotAMonth> {
        Month::new(day.year(), u8::from(day.month()))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Months from `earlier` to this one; negative if it lies before.
    #[must_use]
    pub fn since(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }

    /// The month so many months later, or earlier for a negative number.
    #[must_use]
    pub fn plus(self, months: i32) -> Month {
        Month(self.0.saturating_add(months))
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        let month = time::Month::January.nth_next(self.0.rem_euclid(12) as u8);
        // Every year from 1900 to 2199 has a first day of every month.
        Date::from_calendar_date(self.year(), month, 1).unwrap_or(Date::MIN)
    }

    /// Reads `2026-03` from bytes, without allocating for a good one; `2026-03-01` is the same
    /// month, because spreadsheets store a month as its first day.
    ///
    /// # Errors
    /// [`NotAMonth`].
    pub fn from_bytes(text: &[u8]) -> Result<Month, NotAMonth> {
        let bad = || NotAMonth(String::from_utf8_lossy(text).into_owned());
        let text = text
            .strip_suffix(b"-01")
            .filter(|rest| rest.len() == 7)
            .unwrap_or(text);
        let [a, b, c, d, b'-', e, f] = text else {
            return Err(bad());
        };
        let digits = [a, b, c, d, e, f];
        if !digits.iter().all(|digit| digit.is_ascii_digit()) {
            return Err(bad());
        }
        let number = |digits: &[&u8]| {
            digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + i32::from(**digit - b'0'))
        };
        Month::new(number(&digits[..4]), number(&digits[4..]) as u8).map_err(|_| bad())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        Month::from_bytes(text.as_bytes())
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Month, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_counted_and_printed() {
        let march: Month = "2026-03".parse().unwrap();
        assert_eq!(march.plus(-3).to_string(), "2025-12");
        assert_eq!(march.plus(22).since(march), 22);
        for bad in [
            "2026-13", "2026-00", "26-03", "2026-3", "2026/03", "", "abcd-ef",
        ] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}
