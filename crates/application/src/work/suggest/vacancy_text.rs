//! A vacancy text: occupation, tasks, skills, languages, and what to look at again.

use domain::language::Language;
use domain::level::LanguageLevel;
use domain::text::OwnWords;
use taxonomy::{Catalogue, Family};

use super::checks::{CheckWarning, VacancyChecks};
use super::{Suggestion, link, phrases};

/// Most tasks that are taken from a text.
const MOST_TASKS: usize = 20;

/// What a vacancy text names; nothing of it is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancySuggestion {
    /// Occupations, the surest first.
    pub occupations: Vec<Suggestion>,
    /// Tasks: the lines of lists in the text.
    pub tasks: Vec<OwnWords>,
    /// Skills, the surest first.
    pub skills: Vec<Suggestion>,
    /// Languages, with a level if one stands beside them.
    pub languages: Vec<FoundLanguage>,
    /// What excludes people or asks too much.
    pub warnings: Vec<CheckWarning>,
}

/// A language that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundLanguage {
    /// Which one.
    pub language: Language,
    /// The level that stands in the same sentence, if one does.
    pub level: Option<LanguageLevel>,
}

/// How languages are called in Dutch and English, folded.
const NAMES: [(&str, Language); 8] = [
    ("nederlands", Language::NL),
    ("nederlandse", Language::NL),
    ("dutch", Language::NL),
    ("engels", Language::EN),
    ("engelse", Language::EN),
    ("english", Language::EN),
    ("arabisch", Language::AR),
    ("oekraïens", Language::UK),
];

/// Reads a vacancy text.
pub(super) fn read(text: &str, catalogue: &Catalogue, checks: &VacancyChecks) -> VacancySuggestion {
    let tongue = language_of(text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    // The occupation stands in the title or the first sentence.
    let opening: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .take(3)
        .collect();
    let opening = opening.join("\n");
    let tasks = lines
        .iter()
        .filter_map(|line| line.strip_prefix(['-', '•', '*', '–']))
        .filter_map(|line| OwnWords::new(line).ok())
        .take(MOST_TASKS)
        .collect();
    VacancySuggestion {
        occupations: link(&phrases(&opening), catalogue, (tongue, Family::Occupation)),
        tasks,
        skills: link(&phrases(text), catalogue, (tongue, Family::Skill)),
        languages: languages(text),
        warnings: checks.look_at(text),
    }
}

/// English if its small words are the more frequent ones, else Dutch.
fn language_of(text: &str) -> Language {
    let count = |small: &[&str]| {
        let is_small = |word: &&str| small.iter().any(|s| s.eq_ignore_ascii_case(word));
        text.split_whitespace().filter(is_small).count()
    };
    let english = count(&["the", "and", "you", "we", "of", "to", "with"]);
    let dutch = count(&["de", "het", "een", "en", "je", "wij", "van", "met"]);
    if english > dutch {
        Language::EN
    } else {
        Language::NL
    }
}

fn languages(text: &str) -> Vec<FoundLanguage> {
    let mut found: Vec<FoundLanguage> = Vec::new();
    for sentence in text.split(['.', '\n', ';', '!', '?']) {
        let words: Vec<String> = sentence
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .map(str::to_lowercase)
            .filter(|word| !word.is_empty())
            .collect();
        // Of two levels in a sentence the lower opens more doors.
        let levels = words
            .iter()
            .filter(|w| w.len() == 2)
            .filter_map(|w| w.parse().ok());
        let level: Option<LanguageLevel> = levels.min();
        for (name, language) in NAMES {
            if !words.iter().any(|word| word == name) {
                continue;
            }
            match found.iter_mut().find(|known| known.language == language) {
                Some(known) => known.level = known.level.or(level),
                None => found.push(FoundLanguage { language, level }),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_come_with_the_level_beside_them() {
        let found = languages("Je spreekt Nederlands. Engelse handleiding lezen op B1 of A2!");
        assert_eq!(
            found,
            [
                FoundLanguage {
                    language: Language::NL,
                    level: None
                },
                FoundLanguage {
                    language: Language::EN,
                    level: Some(LanguageLevel::A2)
                },
            ]
        );
        assert_eq!(languages("Wij bakken brood."), []);
        assert_eq!(language_of("You bake bread with the team"), Language::EN);
        assert_eq!(language_of("Je bakt brood met het team"), Language::NL);
    }

    #[test]
    fn a_text_gives_tasks_occupation_skills_and_warnings() -> Result<(), Box<dyn std::error::Error>>
    {
        let catalogue = taxonomy::starter::catalogue()?;
        let checks = VacancyChecks::embedded()?;
        let text = "Lasser\nJe gaat:\n- metaal lassen\n- tekeningen lezen\nVloeiend Nederlands.";
        let found = read(text, &catalogue, &checks);
        let tasks: Vec<&str> = found.tasks.iter().map(OwnWords::as_str).collect();
        assert_eq!(tasks, ["metaal lassen", "tekeningen lezen"]);
        let first = found.occupations.first().ok_or("no occupation")?;
        assert_eq!((first.label.as_str(), first.score), ("lasser", 1000));
        assert!(!found.skills.is_empty());
        assert_eq!(found.warnings.len(), 1);
        Ok(())
    }
}
