//! Learns which words of two languages stand for one another from labels of the same concepts.
//!
//! Many concepts have few labels in one language and many in another. A text in the first language
//! can be carried over the bridge and compared with the labels in the second.
//! The probabilities come from the catalogue's own parallel labels alone, by expectation
//! maximisation over word pairs (Brown et al. 1993, "The Mathematics of Statistical Machine
//! Translation", model 1), with a word that stands for nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::language::LanguageProfile;
use super::words::{is_content, stems_of, words_of};

/// Rounds of expectation maximisation.
const ROUNDS: usize = 6;

/// Labels of one concept and language that are paired.
const MOST_LABELS: usize = 13;

/// What a pair of two preferred labels counts, and a pair of a preferred with an alternative one.
const PREFERRED_PAIR: f32 = 1.0;
const ALTERNATIVE_PAIR: f32 = 0.4;

/// Translations kept for one word, and the least probability of one.
const MOST_TARGETS: usize = 10;
const LEAST_PROBABILITY: f32 = 0.03;

/// The labels of one concept in two languages, preferred label first.
#[derive(Clone, Debug)]
pub(crate) struct ParallelLabels<'a> {
    /// Labels in the language of the texts.
    pub own: Vec<&'a str>,
    /// Labels in the pivot language.
    pub pivot: Vec<&'a str>,
}

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
    /// Learns from the labels of many concepts, of all concept families together.
    pub(crate) fn learn<'a>(
        own: &LanguageProfile,
        pivot: &'static LanguageProfile,
        concepts: impl Iterator<Item = ParallelLabels<'a>>,
    ) -> Bridge {
        let concepts: Vec<Folded> = concepts
            .map(|concept| Folded::of(&concept, own, pivot))
            .collect();
        let known = known_stems(concepts.iter().flat_map(|concept| &concept.own), own);
        let pivot_known = known_stems(concepts.iter().flat_map(|concept| &concept.pivot), pivot);
        let mut pairs = Pairs::default();
        for concept in &concepts {
            let sources: Vec<_> = concept
                .own
                .iter()
                .map(|words| stems_of(words, own, &known))
                .collect();
            let targets: Vec<_> = concept
                .pivot
                .iter()
                .map(|words| stems_of(words, pivot, &pivot_known))
                .collect();
            for (s, source) in sources.iter().enumerate() {
                for (t, target) in targets.iter().enumerate() {
                    match (s, t) {
                        (0, 0) => pairs.add(source, target, PREFERRED_PAIR),
                        (0, _) | (_, 0) => pairs.add(source, target, ALTERNATIVE_PAIR),
                        _ => {}
                    }
                }
            }
        }
        Bridge {
            known,
            pivot,
            pivot_known,
            targets: pairs.estimate(),
        }
    }
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

struct Folded {
    own: Vec<Vec<String>>,
    pivot: Vec<Vec<String>>,
}

impl Folded {
    fn of(labels: &ParallelLabels<'_>, own: &LanguageProfile, pivot: &LanguageProfile) -> Folded {
        let fold = |labels: &[&str], profile| -> Vec<Vec<String>> {
            labels
                .iter()
                .take(MOST_LABELS)
                .map(|label| words_of(label, profile))
                .collect()
        };
        Folded {
            own: fold(&labels.own, own),
            pivot: fold(&labels.pivot, pivot),
        }
    }
}

/// All word pairs of all label pairs, numbered.
#[derive(Default)]
struct Pairs {
    sources: BTreeMap<String, u32>,
    targets: BTreeMap<String, u32>,
    /// Per target word of a label pair: weight of the pair and where its links end.
    groups: Vec<(f32, usize)>,
    /// Source and target number; source 0 is the word that stands for nothing.
    links: Vec<(u32, u32)>,
}

impl Pairs {
    fn add(&mut self, source: &[String], target: &[String], weight: f32) {
        if source.is_empty() {
            return;
        }
        let numbers: Vec<u32> = source
            .iter()
            .map(|stem| number(&mut self.sources, stem) + 1)
            .collect();
        for stem in target {
            let target = number(&mut self.targets, stem);
            self.links.push((0, target));
            self.links
                .extend(numbers.iter().map(|&source| (source, target)));
            self.groups.push((weight, self.links.len()));
        }
    }

    fn estimate(self) -> BTreeMap<String, Vec<(String, f32)>> {
        let mut kinds = self.links.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let kind_of: Vec<u32> = self
            .links
            .iter()
            .map(|link| kinds.partition_point(|kind| kind < link) as u32)
            .collect();
        let mut probability = vec![1.0_f32; kinds.len()];
        for _ in 0..ROUNDS {
            probability = self.round(&kinds, &kind_of, &probability);
        }
        let names: Vec<&String> = by_number(&self.targets);
        let mut found: Vec<Vec<(String, f32)>> = vec![Vec::new(); self.sources.len()];
        for (&(source, target), &probability) in kinds.iter().zip(&probability) {
            let slot = (source as usize)
                .checked_sub(1)
                .and_then(|index| found.get_mut(index));
            if let (Some(slot), Some(name)) = (slot, names.get(target as usize))
                && probability >= LEAST_PROBABILITY
            {
                slot.push(((*name).clone(), probability));
            }
        }
        let mut targets = BTreeMap::new();
        for (stem, number) in self.sources {
            let Some(mut list) = found.get_mut(number as usize).map(std::mem::take) else {
                continue;
            };
            list.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            list.truncate(MOST_TARGETS);
            targets.insert(stem, list);
        }
        targets
    }

    /// One round: shares every target word out over its sources, then normalises per source.
    fn round(&self, kinds: &[(u32, u32)], kind_of: &[u32], probability: &[f32]) -> Vec<f32> {
        let mut count = vec![0.0_f32; kinds.len()];
        let mut start = 0;
        for &(weight, end) in &self.groups {
            let group = kind_of.get(start..end).unwrap_or_default();
            let at = |kind: &u32| probability.get(*kind as usize).copied().unwrap_or(0.0);
            let total: f32 = group.iter().map(at).sum();
            if total > 0.0 {
                for kind in group {
                    let share = weight * at(kind) / total;
                    if let Some(slot) = count.get_mut(*kind as usize) {
                        *slot += share;
                    }
                }
            }
            start = end;
        }
        let mut total = vec![0.0_f32; self.sources.len() + 1];
        for (&(source, _), &share) in kinds.iter().zip(&count) {
            if let Some(slot) = total.get_mut(source as usize) {
                *slot += share;
            }
        }
        for (&(source, _), share) in kinds.iter().zip(&mut count) {
            let total = total.get(source as usize).copied().unwrap_or(0.0);
            *share = if total > 0.0 { *share / total } else { 0.0 };
        }
        count
    }
}

fn number(numbers: &mut BTreeMap<String, u32>, stem: &str) -> u32 {
    if let Some(&number) = numbers.get(stem) {
        return number;
    }
    let next = numbers.len() as u32;
    numbers.insert(stem.to_owned(), next);
    next
}

fn by_number(numbers: &BTreeMap<String, u32>) -> Vec<&String> {
    let mut pairs: Vec<_> = numbers.iter().collect();
    pairs.sort_unstable_by_key(|(_, number)| **number);
    pairs.into_iter().map(|(name, _)| name).collect()
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
        Bridge::learn(
            LanguageProfile::of("nl"),
            LanguageProfile::of("en"),
            pairs.iter().map(|&(own, pivot)| ParallelLabels {
                own: vec![own],
                pivot: vec![pivot],
            }),
        )
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
        let none = Bridge::learn(
            LanguageProfile::of("nl"),
            LanguageProfile::of("en"),
            std::iter::empty(),
        );
        assert!(none.targets.is_empty());
    }
}
