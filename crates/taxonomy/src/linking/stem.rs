//! Light stems: one key for the number, gender and verb forms of a word.
//!
//! A stem is a matching key, not a word. Rules come from [`LanguageProfile`]; where a language has
//! none the word is its own stem.

use super::language::{Endings, LanguageProfile};

/// Fewest letters that stay when an ending is cut.
const SHORTEST: usize = 3;

/// The stem of a folded `word`.
pub(super) fn stem(word: &str, profile: &LanguageProfile) -> String {
    let mut word = without_article(word, profile).to_owned();
    for rules in profile.suffixes {
        if let Some((cut, replacement)) = rules
            .iter()
            .find_map(|&(ending, replacement)| Some((cut_ending(&word, ending)?, replacement)))
        {
            word = format!("{cut}{replacement}");
        }
    }
    match profile.endings {
        Endings::Plain => {}
        Endings::Dutch => word = dutch_spelling(&word),
        Endings::Undouble => undouble_end(&mut word),
    }
    word
}

/// `word` without the Arabic article, alone or behind wa-, bi-, fa-, ka- and li-.
fn without_article<'a>(word: &'a str, profile: &LanguageProfile) -> &'a str {
    profile
        .articles
        .iter()
        .find_map(|article| {
            word.strip_prefix(article)
                .filter(|rest| rest.chars().count() >= SHORTEST)
        })
        .unwrap_or(word)
}

fn cut_ending<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    word.strip_suffix(ending)
        .filter(|rest| rest.chars().count() >= SHORTEST)
}

/// Undoes what Dutch spelling does to a stem in closed and open syllables: `loop` and `lop`,
/// `pann` and `pan`, `schrijv` and `schrijf`, `reiz` and `reis` become one.
fn dutch_spelling(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut last = ' ';
    for letter in word.chars() {
        if letter == last && matches!(letter, 'a' | 'e' | 'o' | 'u') {
            continue;
        }
        out.push(letter);
        last = letter;
    }
    undouble_end(&mut out);
    let devoiced = match out.chars().next_back() {
        Some('v') => Some('f'),
        Some('z') => Some('s'),
        _ => None,
    };
    if let Some(letter) = devoiced {
        out.pop();
        out.push(letter);
    }
    out
}

/// Leaves one of two equal consonants at the end.
fn undouble_end(word: &mut String) {
    let mut letters = word.chars().rev();
    if let (Some(last), Some(before)) = (letters.next(), letters.next())
        && last == before
        && last.is_alphabetic()
        && !matches!(last, 'a' | 'e' | 'i' | 'o' | 'u')
        && word.chars().count() > SHORTEST
    {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(language: &str, words: &[&str]) {
        let profile = LanguageProfile::of(language);
        let stems: Vec<String> = words.iter().map(|word| stem(word, profile)).collect();
        assert!(
            stems.windows(2).all(|pair| pair[0] == pair[1]),
            "{words:?} -> {stems:?}"
        );
    }

    #[test]
    fn dutch_person_nouns_and_inflection() {
        same("nl", &["verkoper", "verkopers", "verkoopster", "verkopen"]);
        same("nl", &["medewerker", "medewerkster", "medewerkers"]);
        same("nl", &["schrijver", "schrijfster", "schrijven"]);
        same("nl", &["monteur", "monteurs", "monteuse"]);
        same("nl", &["pan", "pannen"]);
    }

    #[test]
    fn german_french_english() {
        same("de", &["lehrer", "lehrerin", "lehrerinnen", "lehrern"]);
        same("fr", &["vendeur", "vendeuse", "vendeurs"]);
        same("fr", &["directeur", "directrice"]);
        same("en", &["manager", "managers"]);
        same("en", &["baker", "bakers"]);
    }

    #[test]
    fn arabic_article() {
        same("ar", &["المعلم", "معلم", "والمعلم"]);
    }

    #[test]
    fn short_words_stay() {
        assert_eq!(stem("ster", LanguageProfile::of("nl")), "ster");
        assert_eq!(stem("", LanguageProfile::of("nl")), "");
    }
}
