//! Reasons and cautions beside figures in the words of a reader.
//!
//! Figures carry their reasons in English, as they are computed. This module knows how each is said
//! in the languages of the pages; it must not know when a reason arises.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::language::Language;
use serde::Deserialize;

use crate::texts::Texts;

const EMBEDDED: &str = include_str!("../../../data/monitoring/reasons.toml");

/// What stands for a part that differs: a column, a number.
const PLACE: &str = "{}";

/// Between two cautions of one figure.
const AND: &str = "; ";

/// The phrases; empty if the embedded file could not be read, which a test excludes.
static REASONS: LazyLock<Reasons> = LazyLock::new(|| read(EMBEDDED).unwrap_or_default());

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cannot: BTreeMap<String, String>,
    reason: Vec<BTreeMap<String, String>>,
}

/// A phrase with places, in English and in the words of readers.
struct Phrase {
    english: String,
    texts: Texts,
}

#[derive(Default)]
struct Reasons {
    cannot: Option<Phrase>,
    /// Longest English first, so that a phrase wins from one it begins with.
    phrases: Vec<Phrase>,
}

/// A reason or caution in a language, with the language it turned out to be in: English where a
/// part of it has no translation.
#[must_use]
pub fn in_language(reason: &str, language: Language) -> (String, Language) {
    let english = || (reason.to_owned(), Language::EN);
    if language == Language::EN {
        return english();
    }
    REASONS
        .said(reason, language)
        .map_or_else(english, |text| (text, language))
}

fn read(text: &str) -> Result<Reasons, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut phrases = Vec::new();
    for texts in file.reason {
        phrases.push(phrase(texts)?);
    }
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.english.len()));
    Ok(Reasons {
        cannot: Some(phrase(file.cannot)?),
        phrases,
    })
}

fn phrase(texts: BTreeMap<String, String>) -> Result<Phrase, String> {
    let texts = Texts::try_from(texts).map_err(|fault| fault.to_string())?;
    let english = texts.get(Language::EN).ok_or("the English is missing")?;
    let english = english.to_owned();
    Ok(Phrase { english, texts })
}

impl Reasons {
    fn said(&self, reason: &str, language: Language) -> Option<String> {
        let cannot = self.cannot.as_ref()?;
        let (before, _) = cannot.english.split_once(PLACE)?;
        match reason.strip_prefix(before) {
            Some(rest) => {
                let rest = self.listed(rest, language)?;
                cannot.filled(&[&rest], language)
            }
            None => self.listed(reason, language),
        }
    }

    /// Phrases one after another, each in full.
    fn listed(&self, reason: &str, language: Language) -> Option<String> {
        self.phrases.iter().find_map(|phrase| {
            let (parts, rest) = phrase.found_in(reason)?;
            let text = phrase.filled(&parts, language)?;
            match rest {
                "" => Some(text),
                rest => Some(format!("{text}{AND}{}", self.listed(rest, language)?)),
            }
        })
    }
}

impl Phrase {
    /// The parts in the places and what follows the phrase, if the text begins with it.
    fn found_in<'t>(&self, text: &'t str) -> Option<(Vec<&'t str>, &'t str)> {
        let mut literals = self.english.split(PLACE);
        let mut rest = text.strip_prefix(literals.next()?)?;
        let mut parts = Vec::new();
        for literal in literals {
            let end = match literal {
                "" => rest.find(AND).unwrap_or(rest.len()),
                literal => rest.find(literal)?,
            };
            let (part, after) = rest.split_at_checked(end)?;
            if part.is_empty() || part.contains(AND) {
                return None;
            }
            parts.push(part);
            rest = after.strip_prefix(literal)?;
        }
        match rest {
            "" => Some((parts, rest)),
            rest => Some((parts, rest.strip_prefix(AND)?)),
        }
    }

    /// The phrase in a language, its places filled in order.
    fn filled(&self, parts: &[&str], language: Language) -> Option<String> {
        let text = self.texts.get(language)?;
        let mut parts = parts.iter();
        let mut filled = String::new();
        for (n, literal) in text.split(PLACE).enumerate() {
            if n > 0 {
                filled.push_str(parts.next()?);
            }
            filled.push_str(literal);
        }
        Some(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_there_in_every_language_with_the_same_places() {
        let reasons = read(EMBEDDED).unwrap();
        for phrase in reasons.phrases.iter().chain(&reasons.cannot) {
            for language in Language::interface() {
                let text = phrase.texts.get(language);
                let text = text.unwrap_or_else(|| panic!("{} in {language:?}", phrase.english));
                assert_eq!(
                    text.matches(PLACE).count(),
                    phrase.english.matches(PLACE).count(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn places_and_lists_are_said() {
        let said = |reason: &str| in_language(reason, Language::NL);
        let dutch = |text: &str| (text.to_owned(), Language::NL);
        assert_eq!(
            said("cannot be computed because the file has no column income"),
            dutch("niet te berekenen, want het bestand heeft geen kolom income")
        );
        assert_eq!(
            said(
                "all permit holders of 2014; not the labour force; the source itself was not read"
            ),
            dutch(
                "alle vergunninghouders van 2014; niet de beroepsbevolking; de bron zelf is niet gelezen"
            )
        );
        assert_eq!(
            said("the sample 12 exceeds the population 9"),
            dutch("de steekproef van 12 is groter dan de groep van 9")
        );
    }

    #[test]
    fn what_has_no_translation_stays_english() {
        for reason in ["something new", "nobody took part; something new", ""] {
            let (text, language) = in_language(reason, Language::AR);
            assert_eq!((text.as_str(), language), (reason, Language::EN));
        }
    }
}
