//! Own colours and sizes of an organisation, as values of design tokens.
//!
//! Only `--basis-*` tokens of the NL Design System can be set; all components follow them.

use std::collections::BTreeMap;
use std::fmt::Write;

use data_encoding::HEXLOWER;
use domain::id::OrganisationId;
use serde::Deserialize;
use sha2::{Digest, Sha256};

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

/// The themes of a site as files with a hash in their names.
#[derive(Debug, Default)]
pub(crate) struct Themes {
    /// Of the installation.
    usual: Option<ThemeFile>,
    of_organisations: BTreeMap<OrganisationId, ThemeFile>,
}

/// A theme as a file with a hash in its name.
#[derive(Debug)]
pub(crate) struct ThemeFile {
    pub(crate) file: String,
    pub(crate) css: String,
}

impl Themes {
    pub(crate) fn of(usual: &Theme, others: &BTreeMap<OrganisationId, Theme>) -> Themes {
        let others = others.iter();
        Themes {
            usual: ThemeFile::of(usual),
            of_organisations: others
                .filter_map(|(organisation, theme)| Some((*organisation, ThemeFile::of(theme)?)))
                .collect(),
        }
    }

    /// The theme for whoever belongs to an organisation, or for everybody.
    pub(crate) fn find(&self, host: Option<OrganisationId>) -> Option<&ThemeFile> {
        let own = host.and_then(|host| self.of_organisations.get(&host));
        own.or(self.usual.as_ref())
    }

    /// The theme with the name of a file.
    pub(crate) fn named(&self, file: &str) -> Option<&ThemeFile> {
        let mut all = self.usual.iter().chain(self.of_organisations.values());
        all.find(|theme| theme.file == file)
    }
}

impl ThemeFile {
    fn of(theme: &Theme) -> Option<ThemeFile> {
        let css = theme.css()?;
        let hash = HEXLOWER.encode(&Sha256::digest(&css));
        Some(ThemeFile {
            file: format!("theme.{}.css", &hash[..12]),
            css,
        })
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
    fn an_organisation_has_its_own_theme_or_the_usual_one() -> Result<(), Box<dyn std::error::Error>>
    {
        let one: OrganisationId = "01989a2e-0000-7000-8000-000000000001".parse()?;
        let other: OrganisationId = "01989a2e-0000-7000-8000-000000000002".parse()?;
        let usual = theme("--basis-x", "red")?;
        let own = theme("--basis-x", "blue")?;
        let themes = Themes::of(&usual, &BTreeMap::from([(one, own)]));
        let css = |host| themes.find(host).map(|theme| theme.css.as_str());
        assert_eq!(css(Some(one)), Some(".wb-theme.wb-theme{--basis-x:blue;}"));
        assert_eq!(css(Some(other)), css(None));
        assert_eq!(css(None), Some(".wb-theme.wb-theme{--basis-x:red;}"));
        let file = &themes.find(Some(one)).ok_or("no theme")?.file;
        assert_eq!(themes.named(file).map(|theme| &theme.file), Some(file));
        assert!(themes.named("theme.000000000000.css").is_none());
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
