//! Learns which words of two languages stand for one another from what is written about the same
//! concepts.
//!
//! Many concepts have few labels in one language and many in another. A text in the first language
//! can be carried over the bridge and compared with the labels in the second.
//! The probabilities come from the catalogue's own parallel labels and descriptions alone, see
//! `align`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::align::{Pairing, Pairs};
use super::language::LanguageProfile;
use super::space::ConceptTexts;
use super::words::{description_words, is_content, stems_of, words_of};

/// Labels of one concept and language that are paired.
const MOST_LABELS: usize = 13;

/// What a pair of two preferred labels counts, of a preferred with an alternative one, and of two
/// sentences.
const PREFERRED_PAIR: f32 = 1.0;
const ALTERNATIVE_PAIR: f32 = 0.4;
const SENTENCE_PAIR: f32 = 0.4;

/// Sentences of a description that are paired, and stems of one.
const MOST_SENTENCES: usize = 12;
const MOST_STEMS: usize = 30;

/// Translations kept for one word.
const MOST_TARGETS: usize = 10;

/// Word stems of a language with their probable counterparts in a pivot language.
#[derive(Debug)]
pub(crate) struct Bridge {
    /// Stems that occur as words; they also decide how compounds are split.
    pub(super) known: BTreeSet<String>,
    pub(super) pivot: &'static LanguageProfile,
    pub(super) pivot_known: BTreeSet<String>,
    /// Source stem → (target stem, probability), most probable first.
    pub(super) targets: BTreeMap<String, Vec<(String, f32)>>,
}

impl Bridge {
    /// Learns from the texts of all concepts of all families; every part of them may be empty.
    pub(crate) fn learn(
        own: &LanguageProfile,
        pivot: &'static LanguageProfile,
        concepts: &[ConceptTexts<'_>],
    ) -> Bridge {
        let mut sources = Stems::of(own, concepts.iter().map(|concept| &concept.own));
        let mut targets = Stems::of(pivot, concepts.iter().map(|concept| &concept.pivot));
        let mut pairs = Pairs::default();
        for concept in concepts {
            if concept.own.is_empty() || concept.pivot.is_empty() {
                continue;
            }
            let source = sources.labels(&concept.own);
            let target = targets.labels(&concept.pivot);
            add_labels(&mut pairs, &source, &target);
        }
        for concept in concepts {
            if concept.own_description.is_empty() || concept.pivot_description.is_empty() {
                continue;
            }
            let (own, pivot) = sentence_pairs(concept);
            for (own, pivot) in own.into_iter().zip(pivot) {
                let source = sources.sentence(own);
                let target = targets.sentence(pivot);
                pairs.add(Pairing {
                    source: &source,
                    target: &target,
                    weight: SENTENCE_PAIR,
                });
            }
        }
        let found = pairs.estimate(sources.names.len(), targets.names.len());
        Bridge {
            targets: named(found, sources.names, &targets.names),
            known: sources.known,
            pivot,
            pivot_known: targets.known,
        }
    }
}

fn add_labels(pairs: &mut Pairs, sources: &[Vec<u32>], targets: &[Vec<u32>]) {
    for (s, source) in sources.iter().enumerate() {
        for (t, target) in targets.iter().enumerate() {
            let weight = match (s, t) {
                (0, 0) => PREFERRED_PAIR,
                (0, _) | (_, 0) => ALTERNATIVE_PAIR,
                _ => continue,
            };
            pairs.add(Pairing {
                source,
                target,
                weight,
            });
        }
    }
}

/// The sentences of both descriptions, or each as a whole when their numbers differ.
fn sentence_pairs<'a>(concept: &ConceptTexts<'a>) -> (Vec<&'a str>, Vec<&'a str>) {
    let own = sentences(concept.own_description);
    let pivot = sentences(concept.pivot_description);
    if own.len() == pivot.len() {
        (own, pivot)
    } else {
        (
            vec![concept.own_description],
            vec![concept.pivot_description],
        )
    }
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '!', '?', '\n'])
        .filter(|sentence| {
            sentence
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .count()
                > 3
        })
        .take(MOST_SENTENCES)
        .collect()
}

fn named(
    found: Vec<Vec<(u32, f32)>>,
    sources: Vec<String>,
    targets: &[String],
) -> BTreeMap<String, Vec<(String, f32)>> {
    let name = |(target, probability): (u32, f32)| {
        Some((targets.get(target as usize)?.clone(), probability))
    };
    sources
        .into_iter()
        .zip(found)
        .map(|(stem, list)| {
            let mut list: Vec<_> = list.into_iter().filter_map(name).collect();
            list.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            list.truncate(MOST_TARGETS);
            (stem, list)
        })
        .filter(|(_, list)| !list.is_empty())
        .collect()
}

/// Stems of the words of at least four letters that mean something.
pub(super) fn known_stems<'a>(
    labels: impl Iterator<Item = &'a Vec<String>>,
    profile: &LanguageProfile,
) -> BTreeSet<String> {
    let words: BTreeSet<&String> = labels
        .flatten()
        .filter(|word| word.chars().count() >= 4 && is_content(word, profile))
        .collect();
    words
        .into_iter()
        .map(|word| super::stem::stem(word, profile))
        .collect()
}

/// Turns the texts of one language into numbers of stems.
struct Stems<'p> {
    profile: &'p LanguageProfile,
    known: BTreeSet<String>,
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    of_word: HashMap<String, Vec<u32>>,
}

impl<'p> Stems<'p> {
    fn of<'a>(
        profile: &'p LanguageProfile,
        labels: impl Iterator<Item = &'a Vec<&'a str>>,
    ) -> Self {
        let words: Vec<Vec<String>> = labels
            .flat_map(|labels| labels.iter().take(MOST_LABELS))
            .map(|label| words_of(label, profile))
            .collect();
        Stems {
            profile,
            known: known_stems(words.iter(), profile),
            numbers: HashMap::new(),
            names: Vec::new(),
            of_word: HashMap::new(),
        }
    }

    fn labels(&mut self, labels: &[&str]) -> Vec<Vec<u32>> {
        let labels = labels.iter().take(MOST_LABELS);
        labels
            .map(|label| {
                let words = words_of(label, self.profile);
                let any = words.iter().any(|word| is_content(word, self.profile));
                self.stems(words, |word, profile| !any || is_content(word, profile))
            })
            .collect()
    }

    fn sentence(&mut self, text: &str) -> Vec<u32> {
        let mut stems = self.stems(description_words(text, self.profile), is_content);
        stems.truncate(MOST_STEMS);
        stems
    }

    fn stems(
        &mut self,
        words: Vec<String>,
        reads: impl Fn(&str, &LanguageProfile) -> bool,
    ) -> Vec<u32> {
        let mut found = Vec::new();
        for word in words {
            if !reads(&word, self.profile) {
                continue;
            }
            for &stem in self.of_word(word) {
                if !found.contains(&stem) {
                    found.push(stem);
                }
            }
        }
        found
    }

    fn of_word(&mut self, word: String) -> &[u32] {
        let (profile, known) = (self.profile, &self.known);
        let (numbers, names) = (&mut self.numbers, &mut self.names);
        self.of_word.entry(word).or_insert_with_key(|word| {
            stems_of(std::slice::from_ref(word), profile, known)
                .into_iter()
                .map(|stem| {
                    *numbers.entry(stem).or_insert_with_key(|stem| {
                        names.push(stem.clone());
                        names.len() as u32 - 1
                    })
                })
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned() -> Bridge {
        let pairs: [(&str, &str); 6] = [
            ("timmerman", "carpenter"),
            ("leerling timmerman", "apprentice carpenter"),
            ("leerling bakker", "apprentice baker"),
            ("bakker", "baker"),
            ("meester bakker", "master baker"),
            ("meester timmerman", "master carpenter"),
        ];
        let texts: Vec<ConceptTexts> = pairs
            .iter()
            .map(|&(own, pivot)| ConceptTexts {
                own: vec![own],
                pivot: vec![pivot],
                ..ConceptTexts::default()
            })
            .collect();
        learn(&texts)
    }

    fn learn(texts: &[ConceptTexts]) -> Bridge {
        Bridge::learn(LanguageProfile::of("nl"), LanguageProfile::of("en"), texts)
    }

    #[test]
    fn descriptions_alone_teach_words() {
        let pairs = [
            (
                "Zij bakken. Zij metselen muren.",
                "They bake. They lay walls.",
            ),
            ("Zij bakken. Zij schilderen.", "They bake. They paint."),
            ("Zij schilderen muren.", "They paint walls."),
        ];
        let texts = pairs.map(|(own, pivot)| ConceptTexts {
            own_description: own,
            pivot_description: pivot,
            ..ConceptTexts::default()
        });
        let bridge = learn(&texts);
        let stem =
            |word: &str, language| super::super::stem::stem(word, LanguageProfile::of(language));
        for (own, pivot) in [
            ("schilderen", "paint"),
            ("muren", "walls"),
            ("bakken", "bake"),
        ] {
            assert_eq!(bridge.targets[&stem(own, "nl")][0].0, stem(pivot, "en"));
        }
    }

    #[test]
    fn words_find_their_counterpart() {
        let bridge = learned();
        let best = |word: &str| {
            let stem = super::super::stem::stem(word, LanguageProfile::of("nl"));
            bridge.targets[&stem][0].0.clone()
        };
        let english = |word: &str| super::super::stem::stem(word, LanguageProfile::of("en"));
        assert_eq!(best("bakker"), english("baker"));
        assert_eq!(best("leerling"), english("apprentice"));
        assert_eq!(best("meester"), english("master"));
    }

    #[test]
    fn learning_is_deterministic() {
        assert_eq!(learned().targets, learned().targets);
    }

    #[test]
    fn nothing_to_learn_from() {
        assert!(learn(&[]).targets.is_empty());
        assert!(learn(&[ConceptTexts::default()]).targets.is_empty());
    }
}
