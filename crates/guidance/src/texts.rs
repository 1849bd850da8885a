//! Texts for people, in every interface language, with the state of each translation.
//!
//! It knows keys and languages; which text belongs where, the callers know.

use std::collections::BTreeMap;

use domain::language::Language;
use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, DataFault, Reading};

/// How far a translation has been looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextStatus {
    /// Written, not yet read by a native speaker who knows the field.
    Draft,
    /// Read and corrected by one.
    Reviewed,
    /// Tried with readers.
    Tested,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextFile {
    language: Language,
    status: TextStatus,
    text: BTreeMap<String, BTreeMap<String, String>>,
    /// Keys whose status differs from that of the file.
    #[serde(default)]
    status_of: BTreeMap<String, TextStatus>,
}

#[derive(Clone, Debug)]
struct OneLanguage {
    status: TextStatus,
    status_of: BTreeMap<String, TextStatus>,
    texts: BTreeMap<String, String>,
    file: String,
}

/// A text as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Text<'a> {
    /// The words.
    pub words: &'a str,
    /// Language they are in: the one asked for, or Dutch when that has none.
    pub language: Language,
    /// State of the translation.
    pub status: TextStatus,
}

/// All texts of a set.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    by_language: BTreeMap<Language, OneLanguage>,
}

impl Texts {
    /// Reads the files below `texts/`.
    pub fn read(bundle: &Bundle, faults: &mut Vec<DataFault>) -> Texts {
        let mut texts = Texts::default();
        for (file, text) in bundle.below("texts/") {
            match (Reading { file, text }).toml::<TextFile>() {
                Err(fault) => faults.push(fault),
                Ok(content) => {
                    texts.add(file, content);
                }
            }
        }
        texts
    }

    fn add(&mut self, file: &str, content: TextFile) {
        let texts = content.text.into_iter().flat_map(|(group, texts)| {
            texts
                .into_iter()
                .map(move |(key, words)| (format!("{group}.{key}"), words))
        });
        let one = OneLanguage {
            status: content.status,
            status_of: content.status_of,
            texts: texts.collect(),
            file: file.to_owned(),
        };
        self.by_language.insert(content.language, one);
    }

    /// The text with this key in a language, or in Dutch when the language has none.
    #[must_use]
    pub fn get(&self, key: &str, language: Language) -> Option<Text<'_>> {
        self.exactly(key, language)
            .or_else(|| self.exactly(key, Language::NL))
    }

    /// Words of a text, or the key itself where no text exists; for places that always show one.
    #[must_use]
    pub fn words<'a>(&'a self, key: &'a str, language: Language) -> &'a str {
        self.get(key, language).map_or(key, |text| text.words)
    }

    fn exactly(&self, key: &str, language: Language) -> Option<Text<'_>> {
        let one = self.by_language.get(&language)?;
        let words = one.texts.get(key)?;
        let status = one.status_of.get(key).copied().unwrap_or(one.status);
        Some(Text {
            words,
            language,
            status,
        })
    }

    /// Faults: keys without a text in some interface language, empty texts, keys without a Dutch
    /// source text, and Dutch sentences that are not B1.
    #[must_use]
    pub fn faults(&self, needed: &[String]) -> Vec<DataFault> {
        let mut faults = Vec::new();
        for language in Language::interface() {
            let Some(one) = self.by_language.get(&language) else {
                let file = format!("texts/{language}.toml");
                faults.push(crate::bundle::fault(&file, "the language is missing"));
                continue;
            };
            let mut refuse = |reason: String| {
                faults.push(crate::bundle::fault(&one.file, reason));
            };
            for key in needed {
                if !one.texts.contains_key(key) {
                    refuse(format!("text {key:?} is missing"));
                }
            }
            for (key, words) in &one.texts {
                if words.trim().is_empty() {
                    refuse(format!("text {key:?} is empty"));
                }
                if self.exactly(key, Language::NL).is_none() {
                    refuse(format!("text {key:?} has no Dutch source"));
                }
                if let Some(letter) = foreign_letter(words, language) {
                    refuse(format!(
                        "text {key:?} has the letter {letter:?} of another script"
                    ));
                }
                if language == Language::NL
                    && let Some(length) = longest_sentence(words)
                {
                    refuse(format!(
                        "text {key:?} has a sentence of {length} words; B1 takes at most {LONGEST}"
                    ));
                }
            }
        }
        faults
    }

    /// Number of texts per language and status.
    pub fn counts(&self) -> impl Iterator<Item = (Language, TextStatus, usize)> + '_ {
        self.by_language
            .iter()
            .map(|(language, one)| (*language, one.status, one.texts.len()))
    }
}

/// Most words a sentence at language level B1 may have.
const LONGEST: usize = 20;

fn longest_sentence(words: &str) -> Option<usize> {
    words
        .split(['.', '!', '?', ':', ';'])
        .map(|sentence| sentence.split_whitespace().count())
        .max()
        .filter(|length| *length > LONGEST)
}

/// A letter that belongs neither to the script of the language nor to Latin (names of Dutch
/// bodies and laws stay as they are).
fn foreign_letter(words: &str, language: Language) -> Option<char> {
    use domain::language::Script;
    words.chars().find(|letter| {
        letter.is_alphabetic()
            && !language.script().contains(*letter)
            && !Script::Latin.contains(*letter)
    })
}
