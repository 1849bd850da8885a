//! Short codes of lists that others keep: regions, municipalities, licences, sectors, fields.
//!
//! A code is opaque here: which codes exist and what they are called is dated data elsewhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest code that any of the lists uses, in bytes.
const LONGEST: usize = 23;

/// A text that cannot be a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is no {kind} code: expected 1 to {LONGEST} letters, digits or the signs + - . _ :"
)]
pub struct NotACode {
    kind: &'static str,
    text: String,
}

/// The bytes of a code, kept inline so that codes are cheap to copy and compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Short {
    bytes: [u8; LONGEST],
    length: u8,
}

impl Short {
    fn read(kind: &'static str, text: &str) -> Result<Short, NotACode> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"+-._:".contains(&b);
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(allowed) {
            return Err(NotACode {
                kind,
                text: text.chars().take(40).collect(),
            });
        }
        let mut bytes = [0; LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Short {
            bytes,
            length: text.len() as u8,
        })
    }

    fn text(&self) -> &str {
        // The bytes were ASCII when read, so they are always valid text.
        str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Short);

        impl $name {
            /// The code as it is written.
            #[must_use]
            pub fn code(&self) -> &str {
                self.0.text()
            }
        }

        impl FromStr for $name {
            type Err = NotACode;

            fn from_str(text: &str) -> Result<Self, NotACode> {
                Short::read($kind, text).map($name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotACode;

            fn try_from(text: String) -> Result<Self, NotACode> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.code().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

code!(
    /// A region in which people look for work, such as the labour-market region `AM11`.
    Region,
    "region"
);
code!(
    /// A municipality by its CBS code, such as `GM0034`.
    Municipality,
    "municipality"
);
code!(
    /// A driving licence category or a certificate that work can demand, such as `B`, `C1E`, `VCA`.
    Licence,
    "licence"
);
code!(
    /// A sector of the economy, such as an SBI 2008 section or division.
    Sector,
    "sector"
);
code!(
    /// A field of education by its ISCED-F 2013 code of two to four digits.
    ///
    /// A shorter code is the wider field: `09` contains `0913`.
    EducationField,
    "field of education"
);

code!(
    /// A residence situation of the closed list that guidance asks about, such as `status_holder`.
    ResidenceCode,
    "residence situation"
);
code!(
    /// A reason of a closed list: why not this vacancy, why not this candidate.
    ReasonCode,
    "reason"
);
impl EducationField {
    /// Whether the other field is this one or lies inside it.
    #[must_use]
    pub fn contains(&self, other: &EducationField) -> bool {
        other.code().starts_with(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_order_as_text() -> Result<(), NotACode> {
        let (b, be, c1): (Licence, Licence, Licence) = ("B".parse()?, "B+".parse()?, "C1".parse()?);
        assert_eq!(be.to_string(), "B+");
        assert!(b < be && be < c1);
        Ok(())
    }

    #[test]
    fn refuses_what_is_not_a_code() {
        for text in ["", "a b", "123456789012345678901234", "é"] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_wide_field_contains_its_parts() -> Result<(), NotACode> {
        let (wide, narrow): (EducationField, EducationField) = ("09".parse()?, "0913".parse()?);
        assert!(wide.contains(&narrow) && !narrow.contains(&wide));
        Ok(())
    }
}
