//! Texts in the languages of the programme: Dutch always, the others as drafts.

use std::collections::BTreeMap;

use domain::language::Language;
use serde::{Deserialize, Serialize};

/// A text per language; Dutch is always there, every other language is a draft until a reader of
/// it has checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<String, String>",
    into = "BTreeMap<String, String>"
)]
pub struct Texts(BTreeMap<String, String>);

/// Why texts cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// No Dutch.
    #[error("the Dutch text (nl) is missing")]
    NoDutch,
    /// A language the programme does not speak.
    #[error("{0:?} is no language of the programme")]
    Stranger(String),
    /// A text without content.
    #[error("the text in {0:?} is empty")]
    Empty(String),
}

impl TryFrom<BTreeMap<String, String>> for Texts {
    type Error = TextFault;

    fn try_from(texts: BTreeMap<String, String>) -> Result<Texts, TextFault> {
        if !texts.contains_key(Language::NL.code()) {
            return Err(TextFault::NoDutch);
        }
        for (code, text) in &texts {
            if !Language::interface().any(|language| language.code() == code) {
                return Err(TextFault::Stranger(code.clone()));
            }
            if text.trim().is_empty() {
                return Err(TextFault::Empty(code.clone()));
            }
        }
        Ok(Texts(texts))
    }
}

impl From<Texts> for BTreeMap<String, String> {
    fn from(texts: Texts) -> Self {
        texts.0
    }
}

impl Texts {
    /// The Dutch text.
    #[must_use]
    pub fn dutch(&self) -> &str {
        self.0.get(Language::NL.code()).map_or("", String::as_str)
    }

    /// The text in a language, if there is one.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        self.0.get(language.code()).map(String::as_str)
    }

    /// The text in a language, or in Dutch, with the language it is in.
    #[must_use]
    pub fn or_dutch(&self, language: Language) -> (&str, Language) {
        self.get(language)
            .map_or((self.dutch(), Language::NL), |text| (text, language))
    }

    /// Whether every language of the pages has a text.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        Language::interface().all(|language| self.get(language).is_some())
    }
}
