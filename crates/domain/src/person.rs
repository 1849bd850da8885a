//! Who a newcomer is: name, birth date, ways to reach them.
//!
//! This is the identity that only the identity vault holds; matching never sees it.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::partial_date::PartialDate;

/// Longest part of a name in characters.
pub const LONGEST_NAME: usize = 200;

/// One part of a name, as the person writes it: any script, any case, one letter is enough.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamePart(String);

/// What a text lacks to be part of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// Nothing but spaces.
    #[error("the name is empty")]
    EmptyName,
    /// More than [`LONGEST_NAME`] characters.
    #[error("the name has more than {LONGEST_NAME} characters")]
    LongName,
    /// A character that is no part of names: a control character or a hidden mark.
    #[error("the name has a character that is not visible")]
    HiddenCharacter,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// Not a telephone number.
    #[error("not a telephone number")]
    Phone,
}

/// The names of a person.
///
/// Only one name is required: many people have no family name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Given name, or the only name.
    pub given_or_only: NamePart,
    /// Family name, father's name or what else comes with the first.
    pub family: Option<NamePart>,
    /// How the person wants to be addressed.
    pub known_as: Option<NamePart>,
    /// The name in its original script.
    pub original_script: Option<NamePart>,
    /// The name as it stands on the residence permit.
    pub as_on_permit: Option<NamePart>,
}

/// An e-mail address, lower-case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A telephone number: digits, with a plus before the country code if there is one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Everything that identifies a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Names.
    pub name: PersonName,
    /// Date of birth as far as it is known.
    pub birth: Option<PartialDate>,
    /// E-mail address.
    pub email: Option<Email>,
    /// Telephone number.
    pub phone: Option<Phone>,
}

impl NamePart {
    /// A name as it was typed: composed (NFC), spaces at the ends and doubled ones dropped.
    ///
    /// # Errors
    /// Fails when nothing is left, it is too long or has hidden characters.
    pub fn new(text: &str) -> Result<NamePart, PersonError> {
        let composed: String = text.nfc().collect();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(PersonError::EmptyName);
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(PersonError::LongName);
        }
        if name.chars().any(is_hidden) {
            return Err(PersonError::HiddenCharacter);
        }
        Ok(NamePart(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PersonName {
    /// A person known by one name only.
    #[must_use]
    pub fn only(name: NamePart) -> PersonName {
        PersonName {
            given_or_only: name,
            family: None,
            known_as: None,
            original_script: None,
            as_on_permit: None,
        }
    }

    /// Every part under which the person may be searched.
    pub fn parts(&self) -> impl Iterator<Item = &NamePart> {
        [
            Some(&self.given_or_only),
            self.family.as_ref(),
            self.known_as.as_ref(),
            self.original_script.as_ref(),
            self.as_on_permit.as_ref(),
        ]
        .into_iter()
        .flatten()
    }
}

impl Email {
    /// An address as it was typed.
    ///
    /// # Errors
    /// Fails unless there is one `@` between visible characters and a dot in the domain.
    pub fn new(text: &str) -> Result<Email, PersonError> {
        let email = text.trim().to_lowercase();
        let (local, domain) = email.split_once('@').ok_or(PersonError::Email)?;
        let visible = |part: &str| {
            !part.is_empty()
                && !part
                    .chars()
                    .any(|c| c.is_whitespace() || is_hidden(c) || c == '@')
        };
        let inner_dot = domain.trim_matches('.').len() == domain.len() && domain.contains('.');
        if email.len() > 254 || !visible(local) || !visible(domain) || !inner_dot {
            return Err(PersonError::Email);
        }
        Ok(Email(email))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Phone {
    /// A number as it was typed: spaces, hyphens, dots and brackets are dropped, `00` at the
    /// start becomes `+`, a Dutch number gets its country code.
    ///
    /// # Errors
    /// Fails unless 7 to 15 digits are left (ITU-T E.164 allows 15).
    pub fn new(text: &str) -> Result<Phone, PersonError> {
        let kept: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')' | '/'))
            .collect();
        let number = match (kept.strip_prefix("00"), kept.strip_prefix('0')) {
            (Some(rest), _) => format!("+{rest}"),
            (None, Some(rest)) => format!("+31{rest}"),
            (None, None) => kept,
        };
        let digits = number.strip_prefix('+').unwrap_or(&number);
        if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PersonError::Phone);
        }
        Ok(Phone(number))
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters and marks that change how the text around them is read; the joiners are
/// letters' parts in Persian and stay.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c as u32,
            0x00AD | 0x061C | 0x200B | 0x200E..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB
        )
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        impl TryFrom<String> for $name {
            type Error = PersonError;

            fn try_from(text: String) -> Result<$name, PersonError> {
                $name::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Debug for $name {
            /// Says only what it is: personal data must not reach a log.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(personal)"))
            }
        }
    )*};
}

texts! { NamePart Email Phone }

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_every_form_are_accepted() {
        for name in [
            "O",
            "ተስፋይ",
            "d'Arc-van  der\tWal",
            "Σ. Ω",
            "محمد",
            "نجم‌الدین",
        ] {
            assert!(NamePart::new(name).is_ok(), "{name}");
        }
        assert_eq!(
            NamePart::new(" e\u{301}va  maria ").map(String::from),
            Ok("éva maria".to_owned())
        );
    }

    #[test]
    fn empty_long_and_hidden_names_are_refused() {
        assert_eq!(NamePart::new(" \t"), Err(PersonError::EmptyName));
        let long = "x".repeat(LONGEST_NAME + 1);
        assert_eq!(NamePart::new(&long), Err(PersonError::LongName));
        for name in ["a\u{202E}b", "a\0b", "a\u{200B}b", "a\u{7}"] {
            assert_eq!(NamePart::new(name), Err(PersonError::HiddenCharacter));
        }
    }

    #[test]
    fn contacts_are_brought_into_one_form() {
        assert_eq!(
            Phone::new("06-12 34 56 78").map(String::from).as_deref(),
            Ok("+31612345678")
        );
        assert_eq!(
            Phone::new("00251 911 123456").map(String::from).as_deref(),
            Ok("+251911123456")
        );
        for bad in ["", "06", "abc1234567", "1234567890123456", "++31612345678"] {
            assert_eq!(Phone::new(bad), Err(PersonError::Phone), "{bad}");
        }
        assert_eq!(
            Email::new(" A@Example.org ").map(String::from).as_deref(),
            Ok("a@example.org")
        );
        for bad in ["", "a", "@b.c", "a@b", "a@.b", "a@b.", "a@b@c.d", "a b@c.d"] {
            assert_eq!(Email::new(bad), Err(PersonError::Email), "{bad}");
        }
    }

    #[test]
    fn identities_do_not_print_themselves() -> Result<(), PersonError> {
        let identity = Identity {
            name: PersonName::only(NamePart::new("Fictie")?),
            birth: None,
            email: Some(Email::new("fictie@example.org")?),
            phone: None,
        };
        assert!(!format!("{identity:?}").to_lowercase().contains("fictie"));
        Ok(())
    }

    proptest! {
        #[test]
        fn a_name_reads_back(text: String) {
            if let Ok(name) = NamePart::new(&text) {
                prop_assert_eq!(NamePart::new(name.as_str()), Ok(name));
            }
            let _ = Email::new(&text);
            let _ = Phone::new(&text);
        }
    }
}
