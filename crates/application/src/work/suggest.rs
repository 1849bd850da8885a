//! What a text names: skills and occupations, and what a vacancy text demands.
//!
//! Suggestions only: a person keeps, drops or adds. A text is cut into phrases, every phrase is
//! linked to the catalogue, and of each concept the best phrase counts.

mod checks;
mod vacancy_text;

use std::collections::BTreeMap;

use domain::language::Language;
use domain::text::ConceptUri;
use taxonomy::Family;

use crate::{Application, ApplicationError, InvalidInput};

pub use checks::{CheckKind, CheckWarning, VacancyChecks, VacancyChecksFault};
pub use vacancy_text::{FoundLanguage, VacancySuggestion};

/// Longest text to suggest from, in characters.
pub const LONGEST_TEXT: usize = 20_000;

/// Most phrases that are looked at.
const MOST_PHRASES: usize = 400;

/// Most suggestions in one answer.
const MOST_SUGGESTIONS: usize = 30;

/// Least score of a link that is suggested: below it, most links of short phrases are wrong.
/// Chosen by looking at fictional texts, not measured.
const LEAST_SCORE: u16 = 550;

/// A concept that a text may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which one.
    pub concept: ConceptUri,
    /// Its label that fits best, in the language of the text.
    pub label: String,
    /// How well, 0..=1000.
    pub score: u16,
    /// The words that name it.
    pub words: String,
}

impl Application {
    /// Skills that a text in a language may name, the surest first.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when the text is too long.
    pub async fn suggest_skills(
        &self,
        text: &str,
        language: Language,
    ) -> Result<Vec<Suggestion>, ApplicationError> {
        self.suggest(text, language, Family::Skill).await
    }

    /// Occupations that a text in a language may name, the surest first.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when the text is too long.
    pub async fn suggest_occupations(
        &self,
        text: &str,
        language: Language,
    ) -> Result<Vec<Suggestion>, ApplicationError> {
        self.suggest(text, language, Family::Occupation).await
    }

    /// What a Dutch or English vacancy text demands, and what in it excludes or asks too much.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when the text is too long.
    pub async fn suggest_from_vacancy_text(
        &self,
        text: &str,
    ) -> Result<VacancySuggestion, ApplicationError> {
        let text = checked(text)?;
        let checks = VacancyChecks::embedded()
            .map_err(|_| ApplicationError::Fault("the checks of vacancies cannot be read"))?;
        self.compute(move |work, _| vacancy_text::read(&text, &work.catalogue, &checks))
            .await
    }

    async fn suggest(
        &self,
        text: &str,
        language: Language,
        family: Family,
    ) -> Result<Vec<Suggestion>, ApplicationError> {
        let text = checked(text)?;
        self.compute(move |work, _| {
            let phrases = phrases(&text);
            link(&phrases, &work.catalogue, (language, family))
        })
        .await
    }
}

fn checked(text: &str) -> Result<String, InvalidInput> {
    if text.chars().take(LONGEST_TEXT + 1).count() > LONGEST_TEXT {
        return Err(InvalidInput::TooLong);
    }
    Ok(text.to_owned())
}

/// The phrases of a text: between full stops, commas, line ends and the like.
fn phrases(text: &str) -> Vec<&str> {
    let is_end = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '\n'
                | '•'
                | '·'
                | '('
                | ')'
                | '،'
                | '؛'
                | '؟'
                | '።'
                | '፣'
        )
    };
    text.split(is_end)
        .flat_map(|part| part.split(" en ").flat_map(|part| part.split(" and ")))
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || "-–*".contains(c)))
        .filter(|part| part.chars().any(char::is_alphabetic))
        .take(MOST_PHRASES)
        .collect()
}

/// Links phrases; of a concept that several name the best stays.
fn link(
    phrases: &[&str],
    catalogue: &taxonomy::Catalogue,
    (language, family): (Language, Family),
) -> Vec<Suggestion> {
    // A language without labels is read as Dutch: better a guess than silence.
    let Some(mut linker) = catalogue
        .linker(language)
        .or_else(|| catalogue.linker(Language::NL))
    else {
        return Vec::new();
    };
    let mut best = BTreeMap::<_, Suggestion>::new();
    for phrase in phrases {
        for linked in linker.link(phrase, family, 3) {
            if linked.score < LEAST_SCORE {
                continue;
            }
            // Groups of occupations are found too, but nobody works as a group.
            let kind = catalogue.kind(linked.concept);
            let is_leaf = matches!(
                kind,
                taxonomy::concept::ConceptKind::Occupation | taxonomy::concept::ConceptKind::Skill
            );
            let known = best.get(&linked.concept).map_or(0, |known| known.score);
            let Ok(concept) = ConceptUri::new(catalogue.uri(linked.concept)) else {
                continue;
            };
            if is_leaf && linked.score > known {
                let suggestion = Suggestion {
                    concept,
                    label: linked.label.text.to_owned(),
                    score: linked.score,
                    words: (*phrase).to_owned(),
                };
                best.insert(linked.concept, suggestion);
            }
        }
    }
    let mut suggestions: Vec<Suggestion> = best.into_values().collect();
    suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.score));
    suggestions.truncate(MOST_SUGGESTIONS);
    suggestions
}
