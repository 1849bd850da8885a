//! Own colours and sizes of an organisation, as values of design tokens.
//!
//! Only `--basis-*` tokens of the NL Design System can be set; all components follow them.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

/// Values of `--basis-*` tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Theme {
    tokens: BTreeMap<String, String>,
}

/// A theme that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// The name is not that of a token that may be set.
    #[error("theme: {name:?} is not a token of the form --basis-…")]
    Name {
        /// The name.
        name: String,
    },
    /// The value could break out of the declaration or load something from elsewhere.
    #[error(
        "theme: the value of {name} may hold letters, digits, spaces and #.,%()-\"' only, and no url()"
    )]
    Value {
        /// The token.
        name: String,
    },
}

impl Theme {
    /// The theme as a style sheet; `None` when nothing is set.
    #[must_use]
    pub fn css(&self) -> Option<String> {
        if self.tokens.is_empty() {
            return None;
        }
        // Twice the class, so that it wins from the style sheet whatever the order.
        let mut css = String::from(".wb-theme.wb-theme{");
        for (name, value) in &self.tokens {
            // Writing to a string cannot fail.
            let _ = write!(css, "{name}:{value};");
        }
        css.push('}');
        Some(css)
    }
}

impl TryFrom<BTreeMap<String, String>> for Theme {
    type Error = ThemeError;

    fn try_from(tokens: BTreeMap<String, String>) -> Result<Theme, ThemeError> {
        for (name, value) in &tokens {
            let is_token = name.strip_prefix("--basis-").is_some_and(|rest| {
                !rest.is_empty()
                    && rest
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            });
            if !is_token {
                return Err(ThemeError::Name { name: name.clone() });
            }
            let is_plain = !value.is_empty()
                && !value.to_ascii_lowercase().contains("url(")
                && value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || " #.,%()-\"'".contains(c));
            if !is_plain {
                return Err(ThemeError::Value { name: name.clone() });
            }
        }
        Ok(Theme { tokens })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(name: &str, value: &str) -> Result<Theme, ThemeError> {
        Theme::try_from(BTreeMap::from([(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn tokens_become_one_rule() -> Result<(), ThemeError> {
        let css = theme("--basis-color-accent-1-bg-default", "#e0f4f7")?.css();
        assert_eq!(
            css.as_deref(),
            Some(".wb-theme.wb-theme{--basis-color-accent-1-bg-default:#e0f4f7;}")
        );
        assert_eq!(Theme::default().css(), None);
        Ok(())
    }

    #[test]
    fn nothing_breaks_out_of_the_rule() {
        assert!(theme("--basis-x", "red;}body{display:none").is_err());
        assert!(theme("--basis-x", "url(https://elsewhere)").is_err());
        assert!(theme("color", "red").is_err());
        assert!(theme("--basis-X}", "red").is_err());
    }
}
