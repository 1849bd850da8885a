//! Texts of a case with their limits: codes, notes, case numbers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::CaseFault;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 4000;

/// Longest code, in bytes.
const LONGEST_CODE: usize = 64;

/// Longest case number, in bytes.
const LONGEST_NUMBER: usize = 32;

/// A code of a list kept elsewhere: of a fact, event, barrier, instrument, reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// A text that somebody wrote; not empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Note(String);

/// The number under which the organisation knows a case; never a citizen service number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

impl Code {
    /// A code.
    ///
    /// # Errors
    /// Fails unless it has 1 to 64 letters, digits or the signs `-`, `_`, `.`, `:`.
    pub fn new(text: &str) -> Result<Code, CaseFault> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-_.:".contains(&b);
        if text.is_empty() || text.len() > LONGEST_CODE || !text.bytes().all(allowed) {
            return Err(CaseFault::Code);
        }
        Ok(Code(text.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Note {
    /// A text as it was typed; spaces at the ends are dropped, line ends become `\n`.
    ///
    /// # Errors
    /// Fails when nothing is left, it is longer than 4000 characters or has control characters.
    pub fn new(text: &str) -> Result<Note, CaseFault> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        let control = |c: char| c.is_control() && c != '\n' && c != '\t';
        if text.is_empty() || text.chars().count() > LONGEST_NOTE || text.chars().any(control) {
            return Err(CaseFault::Text);
        }
        Ok(Note(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CaseNumber {
    /// A case number as it was typed.
    ///
    /// # Errors
    /// Fails unless it has 1 to 32 letters, digits or the signs `-`, `/`, `.`, or when it passes
    /// the test of a citizen service number: that has no place outside the identity vault.
    pub fn new(text: &str) -> Result<CaseNumber, CaseFault> {
        let text = text.trim();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-/.".contains(&b);
        if text.is_empty() || text.len() > LONGEST_NUMBER || !text.bytes().all(allowed) {
            return Err(CaseFault::Number);
        }
        if may_be_bsn(text) {
            return Err(CaseFault::Number);
        }
        Ok(CaseNumber(text.to_owned()))
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the digits of a text pass the eleven-test of the BSN (Besluit BSN, art. 2: nine digits,
/// weights 9 to 2 and −1); dots and hyphens between them do not hide it.
fn may_be_bsn(text: &str) -> bool {
    let digits: Vec<i32> = text
        .chars()
        .filter_map(|c| c.to_digit(10))
        .filter_map(|digit| i32::try_from(digit).ok())
        .collect();
    if digits.len() != 9 || text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = digits.iter().zip(weights).map(|(d, w)| d * w).sum();
    sum != 0 && sum % 11 == 0
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        impl FromStr for $name {
            type Err = CaseFault;

            fn from_str(text: &str) -> Result<$name, CaseFault> {
                $name::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = CaseFault;

            fn try_from(text: String) -> Result<$name, CaseFault> {
                $name::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    )*};
}

texts! { Code Note CaseNumber }

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Note {
    /// Says only what it is: what stands in a file must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Note(personal)")
    }
}

impl fmt::Debug for CaseNumber {
    /// Says only what it is: a number of a person must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseNumber(personal)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_may_be_a_citizen_service_number_are_refused() {
        for bsn in ["111222333", "111.222.333", "123456782"] {
            assert_eq!(CaseNumber::new(bsn), Err(CaseFault::Number), "{bsn}");
        }
        for number in ["123456789", "2026-0001", "A111222333", "7", "2026/12.3"] {
            assert!(CaseNumber::new(number).is_ok(), "{number}");
        }
        for bad in ["", " ", "a b", "é", &"9".repeat(33)] {
            assert!(CaseNumber::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn notes_keep_lines_and_refuse_what_is_hidden() {
        let note = Note::new(" one\r\ntwo ").map(String::from);
        assert_eq!(note.as_deref(), Ok("one\ntwo"));
        assert!(Note::new("a\u{0}b").is_err());
        assert!(Note::new(&"x".repeat(LONGEST_NOTE + 1)).is_err());
    }
}
