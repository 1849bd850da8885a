//! Codes of the International Standard Classification of Occupations 2008 (ISCO-08).
//!
//! Source: International Labour Organization, ISCO-08 (2012).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not an ISCO-08 code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no ISCO-08 code: expected one to four digits")]
pub struct NotAnIscoCode {
    text: String,
}

/// An ISCO-08 code of one to four digits: major, sub-major, minor or unit group.
///
/// Only the form is checked; whether the group exists is the catalogue's knowledge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IscoCode {
    digits: u8,
    number: u16,
}

impl IscoCode {
    /// Number of digits, 1..=4.
    #[must_use]
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// The code as a number, leading zeros dropped, 0..=9999.
    #[must_use]
    pub fn number(self) -> u16 {
        self.number
    }

    /// The group one step wider, or none for a major group.
    #[must_use]
    pub fn broader(self) -> Option<IscoCode> {
        (self.digits > 1).then(|| IscoCode {
            digits: self.digits - 1,
            number: self.number / 10,
        })
    }

    /// The major group (first digit).
    #[must_use]
    pub fn major(self) -> IscoCode {
        let mut code = self;
        while let Some(broader) = code.broader() {
            code = broader;
        }
        code
    }
}

impl FromStr for IscoCode {
    type Err = NotAnIscoCode;

    fn from_str(text: &str) -> Result<Self, NotAnIscoCode> {
        let refuse = || NotAnIscoCode {
            text: text.chars().take(40).collect(),
        };
        if !(1..=4).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse());
        }
        let number = text.parse().map_err(|_| refuse())?;
        Ok(IscoCode {
            digits: text.len() as u8,
            number,
        })
    }
}

impl TryFrom<String> for IscoCode {
    type Error = NotAnIscoCode;

    fn try_from(text: String) -> Result<Self, NotAnIscoCode> {
        text.parse()
    }
}

impl From<IscoCode> for String {
    fn from(code: IscoCode) -> String {
        code.to_string()
    }
}

impl fmt::Display for IscoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:0width$}",
            self.number,
            width = usize::from(self.digits)
        )
    }
}

impl fmt::Debug for IscoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IscoCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_with_leading_zero() -> Result<(), NotAnIscoCode> {
        let code: IscoCode = "0110".parse()?;
        assert_eq!(code.to_string(), "0110");
        assert_eq!(
            code.broader().map(|c| c.to_string()).as_deref(),
            Some("011")
        );
        assert_eq!(code.major().to_string(), "0");
        assert_eq!("5".parse::<IscoCode>()?.broader(), None);
        Ok(())
    }

    #[test]
    fn refuses_what_is_not_a_code() {
        for text in ["", "51200", "51a", "-1", "５"] {
            assert!(text.parse::<IscoCode>().is_err(), "{text}");
        }
    }
}
