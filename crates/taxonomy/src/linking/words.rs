//! Turns a text into the words that the index knows: folded, gender forms dropped, weighted.

use super::compound::{KnownStems, split};
use super::fold::fold_letters;
use super::language::LanguageProfile;
use super::markers::split_words;
use super::stem::stem;

/// Characters of a text that are read; the rest is ignored, so that a huge line costs no more.
pub const MAX_CHARS: usize = 400;

/// Words of a text that are read.
pub const MAX_WORDS: usize = 24;

/// Full weight of a word; stop and noise words have less.
pub(super) const FULL_WEIGHT: u8 = 16;
const NOISE_WEIGHT: u8 = 5;
const STOP_WEIGHT: u8 = 6;

/// Characters and words of a description that are read.
const DESCRIPTION_CHARS: usize = 1_500;
const DESCRIPTION_WORDS: usize = 120;

/// The folded words of a text or label in reading order, each once.
pub(super) fn words_of(text: &str, profile: &LanguageProfile) -> Vec<String> {
    bounded_words(text, profile, MAX_CHARS, MAX_WORDS)
}

/// The folded words of a description, each once.
pub(super) fn description_words(text: &str, profile: &LanguageProfile) -> Vec<String> {
    bounded_words(text, profile, DESCRIPTION_CHARS, DESCRIPTION_WORDS)
}

fn bounded_words(text: &str, profile: &LanguageProfile, chars: usize, most: usize) -> Vec<String> {
    let folded = fold_letters(text, profile.letters, chars);
    let mut words = split_words(&folded, profile, most);
    for word in &mut words {
        word.retain(|letter| letter != '\'');
    }
    words
}

/// How much a word counts, up to [`FULL_WEIGHT`].
pub(super) fn weight_of(word: &str, profile: &LanguageProfile) -> u8 {
    if profile.stop.contains(&word) {
        STOP_WEIGHT
    } else if profile.noise.contains(&word) {
        NOISE_WEIGHT
    } else {
        FULL_WEIGHT
    }
}

/// Whether a word belongs to the meaning: everything but stop words.
pub(super) fn is_content(word: &str, profile: &LanguageProfile) -> bool {
    !profile.stop.contains(&word)
}

/// The parts of the content words of `words`, or of all words when none is a content word.
pub(super) fn parts_of(
    words: &[String],
    profile: &LanguageProfile,
    known: &dyn KnownStems,
) -> Vec<String> {
    let any = words.iter().any(|word| is_content(word, profile));
    let mut parts: Vec<String> = Vec::new();
    for word in words
        .iter()
        .filter(|word| !any || is_content(word, profile))
    {
        for part in split(word, profile, known) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

/// The stems of [`parts_of`].
pub(super) fn stems_of(
    words: &[String],
    profile: &LanguageProfile,
    known: &dyn KnownStems,
) -> Vec<String> {
    parts_of(words, profile, known)
        .iter()
        .map(|part| stem(part, profile))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_line_is_bounded() {
        let words = words_of(
            &"verkoper kleding ".repeat(60_000),
            LanguageProfile::of("nl"),
        );
        assert_eq!(words, ["verkoper", "kleding"]);
        let many: String = (0..100_000).map(|n| format!("w{n} ")).collect();
        assert!(words_of(&many, LanguageProfile::of("nl")).len() <= MAX_WORDS);
    }

    #[test]
    fn punctuation_alone_has_no_words() {
        assert!(words_of(" - / (…) !?", LanguageProfile::of("nl")).is_empty());
        assert!(words_of("", LanguageProfile::of("ar")).is_empty());
    }

    #[test]
    fn ukrainian_apostrophe_is_optional() {
        let profile = LanguageProfile::of("uk");
        assert_eq!(
            words_of("Комп’ютер", profile),
            words_of("компютер", profile)
        );
    }
}
