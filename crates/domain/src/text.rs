//! Texts that people write, each with its limit, and URIs of concepts.
//!
//! A text is trimmed and holds no control characters; what it says is not judged here.
//! Copies share their letters: thousands of vacancies name the same few concepts.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A text that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More characters than the limit.
    #[error("the text is longer than {most} characters")]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// A character that is no letter, digit, sign or space.
    #[error("the text has a character that cannot be shown")]
    Control,
    /// Not a URI as concepts have.
    #[error("not a concept of the catalogue")]
    NotAUri,
}

/// Whether a text may have several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

fn read(text: &str, most: usize, lines: Lines) -> Result<String, TextFault> {
    // Line ends of forms and files become one kind before anything is counted.
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(TextFault::Empty);
    }
    if text.chars().count() > most {
        return Err(TextFault::TooLong { most });
    }
    let is_allowed = |c: char| !c.is_control() || lines == Lines::Many && matches!(c, '\n' | '\t');
    if !text.chars().all(is_allowed) {
        return Err(TextFault::Control);
    }
    Ok(text.to_owned())
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $read:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads a text.
            ///
            /// # Errors
            /// Fails on an empty, too long or unshowable text.
            pub fn new(text: &str) -> Result<$name, TextFault> {
                ($read)(text).map(|text| $name(text.into()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = TextFault;

            fn from_str(text: &str) -> Result<$name, TextFault> {
                $name::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextFault;

            fn try_from(text: String) -> Result<$name, TextFault> {
                $name::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.as_str().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

texts! {
    /// Something in somebody's own words and script, 1 to 200 characters on one line.
    OwnWords, |text: &str| read(text, 200, Lines::One);
    /// A title of a vacancy, 1 to 120 characters on one line.
    Title, |text: &str| read(text, 120, Lines::One);
    /// A text of an employer, 1 to 20,000 characters on several lines.
    LongText, |text: &str| read(text, 20_000, Lines::Many);
    /// The id of an instrument of guidance, at most 60 characters.
    InstrumentId, |text: &str| read(text, 60, Lines::One);
    /// The URI of an occupation or a skill, at most 200 bytes.
    ConceptUri, uri;
}

fn uri(text: &str) -> Result<String, TextFault> {
    let fits = (1..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if fits && text.contains(':') {
        Ok(text.to_owned())
    } else {
        Err(TextFault::NotAUri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_counted_in_characters_and_clean() {
        assert_eq!(
            OwnWords::new("  كهربائي ").map(String::from),
            Ok("كهربائي".into())
        );
        assert_eq!(OwnWords::new(" \n "), Err(TextFault::Empty));
        assert!(OwnWords::new(&"é".repeat(200)).is_ok());
        assert_eq!(
            OwnWords::new(&"é".repeat(201)),
            Err(TextFault::TooLong { most: 200 })
        );
        assert_eq!(OwnWords::new("a\nb"), Err(TextFault::Control));
        assert_eq!(LongText::new("a\r\nb").map(String::from), Ok("a\nb".into()));
        assert_eq!(LongText::new("a\0b"), Err(TextFault::Control));
    }

    #[test]
    fn a_uri_is_short_and_plain() {
        assert!(ConceptUri::new("urn:werkbrug:skill:welding").is_ok());
        for wrong in ["", "welding", "urn:a b", "urn:é"] {
            assert_eq!(ConceptUri::new(wrong), Err(TextFault::NotAUri), "{wrong}");
        }
        assert!(ConceptUri::new(&format!("u:{}", "a".repeat(199))).is_err());
    }
}
