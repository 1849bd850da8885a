//! Human languages: which ones Werkbrug can hold texts in, and how they are written.
//!
//! It knows codes, names in the language's own script, script and direction; it must not know
//! any text for people beyond those names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that labels and texts can be in, identified by its ISO 639-1 code.
///
/// The list holds the languages of the user interface, those of ESCO 1.1 and 1.2, and a few more
/// that newcomers in the Netherlands speak.
/// The order is that of [`Language::all`]: interface languages first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(u8);

/// Direction in which a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

/// Script in which a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin.
    Latin,
    /// Arabic, with the extra letters of Persian and other languages.
    Arabic,
    /// Cyrillic.
    Cyrillic,
    /// Ethiopic (Ge'ez).
    Ethiopic,
    /// Greek.
    Greek,
}

impl Script {
    /// Whether a letter belongs to this script.
    ///
    /// Characters that are not letters (digits, punctuation, combining marks) belong to no script.
    #[must_use]
    pub fn contains(self, letter: char) -> bool {
        let point = letter as u32;
        match self {
            Script::Latin => {
                letter.is_ascii_alphabetic()
                    || (0x00C0..=0x024F).contains(&point) && letter.is_alphabetic()
                    || (0x1E00..=0x1EFF).contains(&point)
            }
            Script::Arabic => {
                letter.is_alphabetic()
                    && ((0x0600..=0x06FF).contains(&point) || (0x0750..=0x077F).contains(&point))
            }
            Script::Cyrillic => (0x0400..=0x052F).contains(&point),
            Script::Ethiopic => (0x1200..=0x135A).contains(&point),
            Script::Greek => {
                (0x0370..=0x03FF).contains(&point) || (0x1F00..=0x1FFF).contains(&point)
            }
        }
    }
}

/// A code that names no language known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {code:?}; known are {}", Language::codes())]
pub struct UnknownLanguage {
    /// The code that was given.
    pub code: String,
}

struct Row(&'static str, &'static str, Script);

/// Codes by ISO 639-1; names as each language writes itself.
const TABLE: [Row; 36] = [
    Row("nl", "Nederlands", Script::Latin),
    Row("en", "English", Script::Latin),
    Row("ar", "العربية", Script::Arabic),
    Row("uk", "Українська", Script::Cyrillic),
    Row("ti", "ትግርኛ", Script::Ethiopic),
    Row("tr", "Türkçe", Script::Latin),
    Row("fa", "فارسی", Script::Arabic),
    Row("bg", "Български", Script::Cyrillic),
    Row("cs", "Čeština", Script::Latin),
    Row("da", "Dansk", Script::Latin),
    Row("de", "Deutsch", Script::Latin),
    Row("el", "Ελληνικά", Script::Greek),
    Row("es", "Español", Script::Latin),
    Row("et", "Eesti", Script::Latin),
    Row("fi", "Suomi", Script::Latin),
    Row("fr", "Français", Script::Latin),
    Row("ga", "Gaeilge", Script::Latin),
    Row("hr", "Hrvatski", Script::Latin),
    Row("hu", "Magyar", Script::Latin),
    Row("is", "Íslenska", Script::Latin),
    Row("it", "Italiano", Script::Latin),
    Row("lt", "Lietuvių", Script::Latin),
    Row("lv", "Latviešu", Script::Latin),
    Row("mt", "Malti", Script::Latin),
    Row("no", "Norsk", Script::Latin),
    Row("pl", "Polski", Script::Latin),
    Row("pt", "Português", Script::Latin),
    Row("ro", "Română", Script::Latin),
    Row("sk", "Slovenčina", Script::Latin),
    Row("sl", "Slovenščina", Script::Latin),
    Row("sv", "Svenska", Script::Latin),
    Row("am", "አማርኛ", Script::Ethiopic),
    Row("ku", "Kurdî", Script::Latin),
    Row("ps", "پښتو", Script::Arabic),
    Row("ru", "Русский", Script::Cyrillic),
    Row("so", "Soomaali", Script::Latin),
];

/// How many of the first rows are languages of the user interface.
const INTERFACE: usize = 7;

impl Language {
    /// Dutch, the language every text has first.
    pub const NL: Language = Language(0);
    /// English.
    pub const EN: Language = Language(1);
    /// Arabic.
    pub const AR: Language = Language(2);
    /// Ukrainian.
    pub const UK: Language = Language(3);
    /// Tigrinya.
    pub const TI: Language = Language(4);
    /// Turkish.
    pub const TR: Language = Language(5);
    /// Persian (Farsi, Dari).
    pub const FA: Language = Language(6);

    /// All languages, those of the user interface first.
    pub fn all() -> impl ExactSizeIterator<Item = Language> {
        (0..TABLE.len() as u8).map(Language)
    }

    /// The seven languages in which people can use Werkbrug.
    pub fn interface() -> impl ExactSizeIterator<Item = Language> {
        (0..INTERFACE as u8).map(Language)
    }

    /// Position in [`Language::all`].
    #[must_use]
    pub fn position(self) -> usize {
        usize::from(self.0)
    }

    /// ISO 639-1 code, two lower-case letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// Name of the language in the language itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        self.row().1
    }

    /// Script in which the language is written.
    #[must_use]
    pub fn script(self) -> Script {
        self.row().2
    }

    /// Direction in which the language is written.
    #[must_use]
    pub fn direction(self) -> Direction {
        match self.script() {
            Script::Arabic => Direction::RightToLeft,
            Script::Latin | Script::Cyrillic | Script::Ethiopic | Script::Greek => {
                Direction::LeftToRight
            }
        }
    }

    fn codes() -> String {
        TABLE.map(|row| row.0).join(" ")
    }

    fn row(self) -> &'static Row {
        // Values are only made from positions in TABLE, so this cannot be out of range.
        &TABLE[usize::from(self.0)]
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads an ISO 639-1 code; upper and lower case are equal, `nb` and `nn` are read as `no`.
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let lower = code.to_ascii_lowercase();
        let wanted = match lower.as_str() {
            "nb" | "nn" => "no",
            other => other,
        };
        TABLE
            .iter()
            .position(|row| row.0 == wanted)
            .map(|position| Language(position as u8))
            .ok_or_else(|| UnknownLanguage {
                code: code.chars().take(40).collect(),
            })
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(code: String) -> Result<Self, UnknownLanguage> {
        code.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.code().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_name_their_languages() {
        let codes = [
            Language::NL,
            Language::EN,
            Language::AR,
            Language::UK,
            Language::TI,
            Language::TR,
            Language::FA,
        ]
        .map(Language::code);
        assert_eq!(codes, ["nl", "en", "ar", "uk", "ti", "tr", "fa"]);
        assert!(Language::interface().map(Language::code).eq(codes));
    }

    #[test]
    fn every_code_reads_back() {
        for language in Language::all() {
            assert_eq!(language.code().parse(), Ok(language));
        }
        assert_eq!("NB".parse::<Language>().map(Language::code), Ok("no"));
        assert!("xx".parse::<Language>().is_err());
    }

    #[test]
    fn own_names_are_in_the_own_script() {
        for language in Language::all() {
            let script = language.script();
            assert!(
                language
                    .own_name()
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(|c| script.contains(c)),
                "{language}"
            );
        }
    }

    #[test]
    fn arabic_and_persian_are_right_to_left() {
        let rtl: Vec<_> = Language::all()
            .filter(|l| l.direction() == Direction::RightToLeft)
            .map(Language::code)
            .collect();
        assert_eq!(rtl, ["ar", "fa", "ps"]);
    }
}
