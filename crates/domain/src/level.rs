//! Levels: of language (CEFR and the literacy levels below it) and of work and education (NLQF).
//!
//! Levels are ordered, and a higher level always includes the lower ones.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} {text:?}; expected one of {expected}")]
pub struct UnknownLevel {
    kind: &'static str,
    text: String,
    expected: &'static str,
}

/// Level of command of a language in one modality.
///
/// The six levels of the Common European Framework of Reference (CEFR, Dutch: ERK) preceded by
/// the three literacy levels of the Dutch framework *Raamwerk Alfabetisering NT2* (alfa A–C).
/// The derived order is the order of learning.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
#[repr(u8)]
pub enum LanguageLevel {
    /// No command of the language in this modality.
    #[default]
    None = 0,
    /// Literacy level alfa A.
    AlfaA = 1,
    /// Literacy level alfa B.
    AlfaB = 2,
    /// Literacy level alfa C.
    AlfaC = 3,
    /// CEFR A1.
    A1 = 4,
    /// CEFR A2.
    A2 = 5,
    /// CEFR B1.
    B1 = 6,
    /// CEFR B2.
    B2 = 7,
    /// CEFR C1.
    C1 = 8,
    /// CEFR C2.
    C2 = 9,
}

impl LanguageLevel {
    /// All levels, lowest first.
    pub const ALL: [LanguageLevel; 10] = [
        LanguageLevel::None,
        LanguageLevel::AlfaA,
        LanguageLevel::AlfaB,
        LanguageLevel::AlfaC,
        LanguageLevel::A1,
        LanguageLevel::A2,
        LanguageLevel::B1,
        LanguageLevel::B2,
        LanguageLevel::C1,
        LanguageLevel::C2,
    ];

    /// Stable code: `none`, `alfa-a` … `alfa-c`, `A1` … `C2`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LanguageLevel::None => "none",
            LanguageLevel::AlfaA => "alfa-a",
            LanguageLevel::AlfaB => "alfa-b",
            LanguageLevel::AlfaC => "alfa-c",
            LanguageLevel::A1 => "A1",
            LanguageLevel::A2 => "A2",
            LanguageLevel::B1 => "B1",
            LanguageLevel::B2 => "B2",
            LanguageLevel::C1 => "C1",
            LanguageLevel::C2 => "C2",
        }
    }

    /// Position in [`LanguageLevel::ALL`], 0..=9.
    #[must_use]
    pub fn rank(self) -> u8 {
        self as u8
    }
}

impl FromStr for LanguageLevel {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        Self::ALL
            .into_iter()
            .find(|level| level.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownLevel {
                kind: "language level",
                text: text.chars().take(40).collect(),
                expected: "none alfa-a alfa-b alfa-c A1 A2 B1 B2 C1 C2",
            })
    }
}

impl TryFrom<String> for LanguageLevel {
    type Error = UnknownLevel;

    fn try_from(text: String) -> Result<Self, UnknownLevel> {
        text.parse()
    }
}

impl From<LanguageLevel> for String {
    fn from(level: LanguageLevel) -> String {
        level.code().to_owned()
    }
}

impl fmt::Display for LanguageLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Level of a qualification or of work in the Dutch Qualifications Framework (NLQF), 1..=8.
///
/// NLQF levels 1–8 are referenced to the same levels of the European framework (EQF).
/// Usual readings: mbo-1 is 1, mbo-2 is 2, mbo-3 is 3, mbo-4 and havo are 4, associate degree is
/// 5, bachelor is 6, master is 7, doctorate is 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Nlqf(u8);

impl Nlqf {
    /// The level with this number.
    ///
    /// # Errors
    /// Fails outside 1..=8.
    pub fn new(level: u8) -> Result<Nlqf, UnknownLevel> {
        if (1..=8).contains(&level) {
            Ok(Nlqf(level))
        } else {
            Err(UnknownLevel {
                kind: "NLQF level",
                text: level.to_string(),
                expected: "1 2 3 4 5 6 7 8",
            })
        }
    }

    /// The number of the level, 1..=8.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Nlqf {
    type Error = UnknownLevel;

    fn try_from(level: u8) -> Result<Self, UnknownLevel> {
        Nlqf::new(level)
    }
}

impl From<Nlqf> for u8 {
    fn from(level: Nlqf) -> u8 {
        level.0
    }
}

impl fmt::Display for Nlqf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_levels_are_in_learning_order_and_read_back() {
        assert!(LanguageLevel::ALL.is_sorted());
        for (rank, level) in LanguageLevel::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(level.rank()), rank);
            assert_eq!(level.code().parse(), Ok(level));
        }
        assert_eq!("b1".parse(), Ok(LanguageLevel::B1));
        assert!("B3".parse::<LanguageLevel>().is_err());
    }

    #[test]
    fn nlqf_holds_one_to_eight() {
        assert!(Nlqf::new(0).is_err());
        assert!(Nlqf::new(9).is_err());
        assert_eq!(Nlqf::new(8).map(Nlqf::number), Ok(8));
        assert!(serde_json::from_str::<Nlqf>("9").is_err());
    }
}
