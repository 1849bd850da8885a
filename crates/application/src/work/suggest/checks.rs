//! What in a vacancy text excludes people or asks too much: a rule set kept as data.

use serde::Deserialize;

/// The rules of `data/vacancy_checks.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VacancyChecks {
    check: Vec<Check>,
}

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// May not be asked, or nearly never.
    Excluding,
    /// Asks more than most work does.
    Inflated,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    id: String,
    kind: CheckKind,
    patterns: Vec<Pattern>,
    why: String,
    alternative: String,
    source: String,
    verified: bool,
}

/// Words in a row; see the head of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Beginning(String),
    /// Up to three words.
    Gap,
}

/// Most words that a gap stands for.
const GAP: usize = 3;

/// A file of rules that cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VacancyChecksFault {
    /// It is not of the right form.
    #[error("the checks of vacancies cannot be read")]
    Form(#[from] toml::de::Error),
}

/// A pattern without a word.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a pattern begins and ends with a word")]
struct NotAPattern;

/// Something in a text that an employer should look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckWarning {
    /// Id of the rule, the key of its texts.
    pub check: String,
    /// What it is about.
    pub kind: CheckKind,
    /// The words of the text.
    pub words: String,
    /// Why, in Dutch.
    pub why: String,
    /// What to write instead, in Dutch.
    pub alternative: String,
    /// Where the rule comes from.
    pub source: String,
    /// Whether the source was read when the rule was written.
    pub is_verified: bool,
}

impl VacancyChecks {
    /// The rules that are part of the program.
    ///
    /// # Errors
    /// Fails when the file is not of the right form; a test reads it.
    pub fn embedded() -> Result<VacancyChecks, VacancyChecksFault> {
        const FILE: &str = include_str!("../../../../../data/vacancy_checks.toml");
        Ok(toml::from_str(FILE)?)
    }

    /// What the rules find in a text, in the order of the rules, each once.
    #[must_use]
    pub fn look_at(&self, text: &str) -> Vec<CheckWarning> {
        let words = words(text);
        let mut warnings = Vec::new();
        for check in &self.check {
            let hit = check
                .patterns
                .iter()
                .find_map(|pattern| pattern.find(&words));
            if let Some(hit) = hit {
                warnings.push(CheckWarning {
                    check: check.id.clone(),
                    kind: check.kind,
                    words: hit,
                    why: check.why.clone(),
                    alternative: check.alternative.clone(),
                    source: check.source.clone(),
                    is_verified: check.verified,
                });
            }
        }
        warnings
    }
}

impl Pattern {
    /// The words of the text that the pattern fits first.
    fn find(&self, words: &[(String, &str)]) -> Option<String> {
        (0..words.len()).find_map(|from| {
            let n = fits(&self.0, &words[from..])?;
            let found: Vec<&str> = words[from..from + n]
                .iter()
                .map(|(_, word)| *word)
                .collect();
            Some(found.join(" "))
        })
    }
}

/// How many words the parts take from the beginning of the words, if they fit.
fn fits(parts: &[Part], words: &[(String, &str)]) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(0);
    };
    if *part == Part::Gap {
        return (0..=GAP.min(words.len()))
            .find_map(|skipped| Some(skipped + fits(rest, &words[skipped..])?));
    }
    let ((word, _), later) = words.split_first()?;
    let is_hit = match part {
        Part::Word(wanted) => word == wanted,
        Part::Beginning(wanted) => word.starts_with(wanted),
        Part::Gap => false,
    };
    if is_hit {
        Some(1 + fits(rest, later)?)
    } else {
        None
    }
}

/// The words of a text, folded, each beside how it is written.
fn words(text: &str) -> Vec<(String, &str)> {
    text.split(|c: char| c.is_whitespace() || "/,;:!?()\"".contains(c))
        .map(|word| word.trim_matches(|c: char| ".-–•*'".contains(c)))
        .filter(|word| !word.is_empty())
        .map(|word| (word.to_lowercase(), word))
        .collect()
}

impl TryFrom<String> for Pattern {
    type Error = NotAPattern;

    fn try_from(text: String) -> Result<Pattern, NotAPattern> {
        let part = |(word, _): (String, &str)| match word.as_str() {
            "…" => Part::Gap,
            word => match text.contains(&format!("{word}*")) {
                true => Part::Beginning(word.to_owned()),
                false => Part::Word(word.to_owned()),
            },
        };
        let parts: Vec<Part> = words(&text).into_iter().map(part).collect();
        match (parts.first(), parts.last()) {
            (Some(Part::Gap) | None, _) | (_, Some(Part::Gap)) => Err(NotAPattern),
            _ => Ok(Pattern(parts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        VacancyChecks::embedded()
            .unwrap_or_else(|error| panic!("{error}"))
            .look_at(text)
            .into_iter()
            .map(|warning| (warning.check, warning.words))
            .collect()
    }

    #[test]
    fn excluding_and_inflated_demands_are_found_with_their_words() {
        let text = "Wij zijn een jong en dynamisch team. Je spreekt accentloos Nederlands en hebt \
                    minimaal 3 jaar relevante ervaring. Werk- en denkniveau hbo.";
        let ids: Vec<String> = found(text).into_iter().map(|(id, _)| id).collect();
        assert_eq!(
            ids,
            [
                "accent",
                "age",
                "work-and-thinking-level",
                "years-of-experience"
            ]
        );
        assert_eq!(
            found("Wij vragen een goede beheersing van de Nederlandse taal in woord en geschrift."),
            [(
                "fluent-dutch".to_owned(),
                "goede beheersing van de Nederlandse taal in woord en geschrift".to_owned()
            )]
        );
    }

    #[test]
    fn an_honest_text_is_left_alone() {
        let text = "Je bakt brood en maakt de oven schoon. Verstaan en spreken A2 is genoeg. \
                    Je werkt met collega's van 18 tot 65 jaar. Rijbewijs B voor het bezorgen.";
        assert_eq!(found(text), []);
        assert_eq!(found(""), []);
    }
}
