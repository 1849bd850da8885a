//! Finding a name however and in whatever script it is written.
//!
//! A word is reduced to the skeleton of its consonants: vowels are written in so many ways that
//! they only divide what belongs together (Mohamed, Mohammed, محمد).
//! Where a letter is read in several ways (Arabic ض is d in Arabic and z in Persian, Ukrainian г
//! is h and in Russian g), a word gets several skeletons; two words meet when they share one.
//! Words written together or apart (Abdul Rahman, عبدالرحمن, Gebre Medhin, Gebremedhin) meet
//! through the skeleton of two neighbours.
//!
//! Skeletons only find candidates and are never shown: they are no romanisation.
//! Recall and precision on a list of pairs stand in the test below; the list is made by hand from
//! common names and unverified by speakers.

mod sounds;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use sounds::Reading;

/// The skeletons of a name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NameKeys {
    words: Vec<Word>,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    skeletons: BTreeSet<String>,
    /// Skeletons of this word and the next, written together.
    with_next: BTreeSet<String>,
}

/// Words that come and go before the same name: articles, "father of", "son of", Dutch and German
/// particles. They count only when a name has nothing else.
const PARTICLES: [&str; 30] = [
    "al", "el", "ul", "ur", "il", "abu", "abou", "aboe", "ibn", "bin", "bint", "ben", "umm", "oum",
    "van", "von", "de", "der", "den", "ten", "ter", "la", "le", "di", "da", "ould", "أبو", "ابو",
    "بن", "ابن",
];

impl NameKeys {
    /// The skeletons of a name in any mix of scripts.
    #[must_use]
    pub fn of(name: &str) -> NameKeys {
        let words = words_of(name);
        let skeletons: Vec<BTreeSet<String>> = words
            .iter()
            .map(|word| Reading::ALL.iter().map(|r| skeleton(word, *r)).collect())
            .collect();
        let words = skeletons
            .iter()
            .enumerate()
            .map(|(at, skeletons_here)| Word {
                skeletons: skeletons_here.clone(),
                with_next: skeletons
                    .get(at + 1)
                    .map(|next| joined(skeletons_here, next))
                    .unwrap_or_default(),
            })
            .collect();
        NameKeys { words }
    }

    /// The keys under which the name is stored and looked up.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<String> {
        self.words
            .iter()
            .flat_map(|word| word.skeletons.iter().chain(&word.with_next))
            .cloned()
            .collect()
    }

    /// Whether every word of this name occurs in another, in any order.
    #[must_use]
    pub fn is_within(&self, stored: &NameKeys) -> bool {
        let stored = stored.keys();
        let meets = |keys: &BTreeSet<String>| keys.iter().any(|key| stored.contains(key));
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            if meets(&word.with_next) {
                at += 2;
            } else if meets(&word.skeletons) {
                at += 1;
            } else {
                return false;
            }
        }
        !self.words.is_empty()
    }
}

/// How alike two spellings are, 0 to 1000: trigrams in common, for putting candidates in order.
///
/// Spellings in different scripts have none in common; then the skeletons decide alone.
#[must_use]
pub fn likeness(a: &str, b: &str) -> u16 {
    let (a, b) = (trigrams(a), trigrams(b));
    let common = a.intersection(&b).count();
    let all = a.len() + b.len();
    if all == 0 {
        return 0;
    }
    // At most 1000, because at most half of all are in common.
    (2000 * common / all) as u16
}

fn trigrams(name: &str) -> BTreeSet<[char; 3]> {
    let folded: Vec<char> = words_of(name)
        .iter()
        .flat_map(|word| {
            let plain = word.nfd().filter(|c| c.is_alphanumeric());
            std::iter::once(' ').chain(plain).chain([' '])
        })
        .collect();
    folded
        .windows(3)
        .filter_map(|w| w.try_into().ok())
        .collect()
}

/// The words of a name, lower-case, without particles and articles written apart.
fn words_of(name: &str) -> Vec<String> {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let all: Vec<String> = lower
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | ',' | '/' | '.' | '_')
        })
        .map(|word| word.chars().filter(|c| is_kept(*c)).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let telling: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(at, word)| !is_particle(word, all.get(at + 1)))
        .map(|(_, word)| word.clone())
        .collect();
    if telling.is_empty() { all } else { telling }
}

/// Letters and the marks that are part of them; apostrophes and the like fall away.
fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// A particle, also the Arabic article that took on the next word's first sound (Ar-Rahman).
fn is_particle(word: &str, next: Option<&String>) -> bool {
    PARTICLES.contains(&word)
        || word
            .strip_prefix(['a', 'e'])
            .zip(next)
            .is_some_and(|(sound, next)| {
                !sound.is_empty()
                    && sound.len() <= 2
                    && next.starts_with(sound)
                    && next.len() > sound.len()
            })
}

fn joined(first: &BTreeSet<String>, second: &BTreeSet<String>) -> BTreeSet<String> {
    first
        .iter()
        .flat_map(|a| second.iter().map(move |b| collapse(&format!("{a}{b}"))))
        .collect()
}

/// The consonants of a word under one reading; `~` when there are none.
fn skeleton(word: &str, reading: Reading) -> String {
    let collapsed = collapse(&sounds::consonants(word, reading));
    if collapsed.is_empty() {
        "~".to_owned()
    } else {
        collapsed
    }
}

/// Doubled letters once.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for c in text.chars() {
        if !collapsed.ends_with(c) {
            collapsed.push(c);
        }
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAIRS: &str = include_str!("../data/name_pairs.tsv");

    fn meet(a: &str, b: &str) -> bool {
        let (a, b) = (NameKeys::of(a), NameKeys::of(b));
        a.is_within(&b) && b.is_within(&a)
    }

    struct Score {
        found: usize,
        missed: Vec<(String, String)>,
        wrong: Vec<(String, String)>,
        rejected: usize,
    }

    fn score() -> Score {
        let mut score = Score {
            found: 0,
            missed: Vec::new(),
            wrong: Vec::new(),
            rejected: 0,
        };
        let rows = PAIRS
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            let [verdict, a, b] = cells.as_slice() else {
                panic!("not three cells: {row}");
            };
            let pair = ((*a).to_owned(), (*b).to_owned());
            match (*verdict, meet(a, b)) {
                ("same", true) => score.found += 1,
                ("same", false) => score.missed.push(pair),
                ("other", true) => score.wrong.push(pair),
                ("other", false) => score.rejected += 1,
                _ => panic!("unknown verdict: {row}"),
            }
        }
        score
    }

    /// The figures are those of the present rules; a change of the rules changes them knowingly.
    #[test]
    fn recall_and_precision_on_the_list() {
        let score = score();
        println!(
            "found {} missed {} wrongly found {} rejected {}",
            score.found,
            score.missed.len(),
            score.wrong.len(),
            score.rejected
        );
        let recall = 1000 * score.found / (score.found + score.missed.len());
        let precision = 1000 * score.found / (score.found + score.wrong.len());
        assert!(recall >= 950, "recall {recall}, missed {:?}", score.missed);
        assert!(
            precision >= 900,
            "precision {precision}, wrong {:?}",
            score.wrong
        );
    }

    #[test]
    fn both_known_misses_of_single_words_are_met() {
        assert!(meet("عبد الرحمن", "Abdul Rahman"));
        assert!(meet("رضا", "Reza"));
    }

    #[test]
    fn every_word_must_occur_and_order_does_not_matter() {
        let stored = NameKeys::of("Tesfay Gebremedhin Haile");
        assert!(NameKeys::of("Haile Tesfai").is_within(&stored));
        assert!(!NameKeys::of("Haile Berhane").is_within(&stored));
        assert!(!NameKeys::of("").is_within(&stored));
    }

    #[test]
    fn likeness_orders_candidates() {
        assert_eq!(likeness("Serhii", "serhii"), 1000);
        assert!(likeness("Mohamed", "Mohammed") > likeness("Mohamed", "Mahmoud"));
        assert_eq!(likeness("محمد", "Mohamed"), 0);
        assert_eq!(likeness("", ""), 0);
    }

    proptest! {
        #[test]
        fn a_name_meets_itself_whatever_it_is(name in "\\PC{1,30}") {
            let keys = NameKeys::of(&name);
            prop_assert!(keys.words.is_empty() || keys.is_within(&keys));
            prop_assert!(keys.keys().iter().all(|key| !key.is_empty()));
        }

        #[test]
        fn case_spaces_and_hyphens_do_not_matter(a in "[a-z]{2,8}", b in "[a-z]{2,8}") {
            prop_assert_eq!(
                NameKeys::of(&format!("{a}-{b}")),
                NameKeys::of(&format!(" {}  {b}", a.to_uppercase()))
            );
        }
    }
}
