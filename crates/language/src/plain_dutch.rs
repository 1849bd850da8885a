//! Whether a Dutch text is plain enough for people who are learning the language (level B1).
//!
//! A rule of thumb that a computer can check: short sentences, no formal words, active voice.
//! It does not replace a reader.

/// Longest sentence, in words.
pub const LONGEST_SENTENCE: usize = 15;

/// Formal words with the plain one; own list, after the advice of Dutch government style guides
/// (from memory, unverified).
const FORMAL: [(&str, &str); 16] = [
    ("alsmede", "en"),
    ("derhalve", "daarom"),
    ("dient te", "moet"),
    ("echter", "maar"),
    ("gaarne", "graag"),
    ("indien", "als"),
    ("inzake", "over"),
    ("middels", "met"),
    ("omtrent", "over"),
    ("reeds", "al"),
    ("teneinde", "om"),
    ("tevens", "ook"),
    ("thans", "nu"),
    ("verstrekken", "geven"),
    ("woonachtig", "woont"),
    ("zorgdragen", "zorgen"),
];

/// What is not plain in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPlain {
    /// A sentence with more words than [`LONGEST_SENTENCE`].
    Long {
        /// How many words.
        words: usize,
        /// The sentence.
        sentence: String,
    },
    /// A formal word with a plain alternative.
    Formal {
        /// The word.
        word: &'static str,
        /// What to write.
        better: &'static str,
    },
    /// A passive sentence: a form of *worden* with *door*.
    Passive {
        /// The sentence.
        sentence: String,
    },
}

/// Everything that is not plain in a Dutch text.
#[must_use]
pub fn check(text: &str) -> Vec<NotPlain> {
    let mut found = Vec::new();
    for sentence in text.split(['.', '?', '!', ':', ';', '\n']) {
        let words: Vec<String> = sentence
            .split_whitespace()
            .map(|word| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
            })
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > LONGEST_SENTENCE {
            found.push(NotPlain::Long {
                words: words.len(),
                sentence: sentence.trim().to_owned(),
            });
        }
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        if (has("wordt") || has("worden") || has("werd") || has("werden")) && has("door") {
            found.push(NotPlain::Passive {
                sentence: sentence.trim().to_owned(),
            });
        }
        let joined = format!(" {} ", words.join(" "));
        for (word, better) in FORMAL {
            if joined.contains(&format!(" {word} ")) {
                found.push(NotPlain::Formal { word, better });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_passes() {
        assert_eq!(
            check("Kies wat u kunt. Wij tonen werk dat daarop lijkt."),
            []
        );
    }

    #[test]
    fn long_formal_and_passive_text_is_found() {
        let long =
            "Dit is een zin die veel te lang is omdat er steeds maar weer een stuk achteraan komt.";
        assert!(matches!(
            check(long).as_slice(),
            [NotPlain::Long { words: 18, .. }]
        ));
        assert!(matches!(
            check("Vul dit in, indien u wilt.").as_slice(),
            [NotPlain::Formal { word: "indien", .. }]
        ));
        assert!(matches!(
            check("Uw vraag wordt gelezen door een mens.").as_slice(),
            [NotPlain::Passive { .. }]
        ));
    }
}
