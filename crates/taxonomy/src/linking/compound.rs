//! Splits a compound into words that occur by themselves.

use std::collections::BTreeSet;

use super::language::LanguageProfile;
use super::stem::stem;

/// Fewest letters of a part.
const SHORTEST_PART: usize = 4;

/// Most parts of one word.
const MOST_PARTS: usize = 4;

/// Longest word that is split; every position of a longer one would have to be tried.
const LONGEST: usize = 48;

/// Whether a stem occurs as a word of its own.
pub(super) trait KnownStems {
    /// Whether `stem` is known.
    fn knows(&self, stem: &str) -> bool;
}

impl KnownStems for BTreeSet<String> {
    fn knows(&self, stem: &str) -> bool {
        self.contains(stem)
    }
}

/// The parts of `word`, or the word itself when it does not split into known stems.
///
/// The last part is as long as possible: it is the head, and `-medewerker` must not become
/// `mede` and `werker`.
pub(super) fn split(word: &str, profile: &LanguageProfile, known: &dyn KnownStems) -> Vec<String> {
    let length = word.chars().count();
    if profile.links.is_empty() || length > LONGEST {
        return vec![word.to_owned()];
    }
    split_up_to(word, profile, known, MOST_PARTS).unwrap_or_else(|| vec![word.to_owned()])
}

fn split_up_to(
    word: &str,
    profile: &LanguageProfile,
    known: &dyn KnownStems,
    most: usize,
) -> Option<Vec<String>> {
    let length = word.chars().count();
    if most < 2 || length < 2 * SHORTEST_PART {
        return None;
    }
    let mut deeper = None;
    for (at, _) in word.char_indices().skip(SHORTEST_PART - 1) {
        let (front, head) = word.split_at(at);
        if head.chars().count() < SHORTEST_PART {
            break;
        }
        if !known.knows(&stem(head, profile)) {
            continue;
        }
        for link in profile.links {
            let Some(front) = front
                .strip_suffix(link)
                .filter(|rest| rest.chars().count() >= SHORTEST_PART - 1)
            else {
                continue;
            };
            if known.knows(&stem(front, profile)) && front.chars().count() >= SHORTEST_PART {
                return Some(vec![front.to_owned(), head.to_owned()]);
            }
            if deeper.is_none()
                && let Some(mut parts) = split_up_to(front, profile, known, most - 1)
            {
                parts.push(head.to_owned());
                deeper = Some(parts);
            }
        }
    }
    deeper
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str, language: &str, words: &[&str]) -> String {
        let profile = LanguageProfile::of(language);
        let known: BTreeSet<String> = words.iter().map(|word| stem(word, profile)).collect();
        split(word, profile, &known).join("|")
    }

    #[test]
    fn dutch_links() {
        let words = [
            "verkoper",
            "verkoop",
            "medewerker",
            "kinderen",
            "kind",
            "groep",
            "leider",
            "vracht",
            "wagen",
            "chauffeur",
        ];
        assert_eq!(
            parts("verkoopmedewerker", "nl", &words),
            "verkoop|medewerker"
        );
        assert_eq!(parts("groepsleider", "nl", &words), "groeps|leider");
        assert_eq!(
            parts("vrachtwagenchauffeur", "nl", &words),
            "vracht|wagen|chauffeur"
        );
        assert_eq!(parts("medewerker", "nl", &words), "medewerker");
    }

    #[test]
    fn german_links_and_languages_without_compounds() {
        assert_eq!(
            parts("verkehrsplaner", "de", &["verkehr", "planer"]),
            "verkehrs|planer"
        );
        assert_eq!(
            parts("verkehrsplaner", "fr", &["verkehr", "planer"]),
            "verkehrsplaner"
        );
    }

    #[test]
    fn long_nonsense_ends() {
        let word = "ab".repeat(24);
        assert_eq!(parts(&word, "nl", &["abab"]), parts(&word, "nl", &["abab"]));
        assert_eq!(parts(&"x".repeat(5000), "nl", &["xxxx"]).len(), 5000);
    }
}
