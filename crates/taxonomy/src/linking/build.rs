//! Builds a [`LinkIndex`] from labels.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bridge::{Bridge, known_stems};
use super::compound::split;
use super::fixed::inverse_frequency;
use super::grams::{gram_keys, is_pair};
use super::index::{LinkIndex, LinkParts};
use super::language::LanguageProfile;
use super::meaning::Placed;
use super::space::Space;
use super::stem::stem;
use super::words::{description_words, is_content, stems_of, weight_of, words_of};
use crate::concept::LabelRole;

/// Least weight of a stem in 1/16.
const LEAST_WEIGHT: u8 = 4;

/// Least probability, in 1/255, of all counterparts of a stem together to judge it by them.
const LEAST_KNOWN: u32 = 100;

/// How near to a text a concept should stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConceptRank {
    /// An occupation or a skill.
    Concept,
    /// A group of the classification: below an equally good concept.
    Group,
}

/// One label of one concept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndexEntry<'a> {
    /// Dense number of the concept.
    pub concept: u32,
    /// What the label is to the concept.
    pub role: LabelRole,
    /// Rank of the concept.
    pub rank: ConceptRank,
    /// The label as written.
    pub text: &'a str,
}

/// What a text in the pivot language is to its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PivotRole {
    /// A name, preferred or not.
    Label,
    /// Sentences that explain it.
    Description,
}

/// One label or description of one concept in the pivot language of a [`Bridge`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct PivotEntry<'a> {
    /// Dense number of the concept; concepts without an [`IndexEntry`] are left out.
    pub concept: u32,
    /// What the text is to the concept.
    pub role: PivotRole,
    /// The text as written.
    pub text: &'a str,
}

impl LinkIndex {
    /// Builds an index over `entries`.
    ///
    /// With a bridge, texts are also compared with `pivot` labels, those of the same concepts in
    /// the pivot language; without one they are not read. With a `space`, concepts are also found
    /// by meaning.
    pub(crate) fn build<'a>(
        profile: &'static LanguageProfile,
        entries: impl Iterator<Item = IndexEntry<'a>>,
        bridge: Option<&Bridge>,
        pivot: impl Iterator<Item = PivotEntry<'a>>,
        space: Option<Placed<'_>>,
    ) -> LinkIndex {
        let labels = fold_labels(profile, entries);
        let mut known = known_stems(labels.iter().map(|label| &label.words), profile);
        if let Some(bridge) = bridge {
            known.extend(bridge.known.iter().cloned());
        }
        let mut parts = LinkParts {
            language: profile.code().as_bytes().to_vec(),
            ..LinkParts::default()
        };
        let words = add_words(&mut parts, &labels, profile);
        add_labels(&mut parts, &labels, &words);
        add_concepts(&mut parts, &labels);
        let learned = Learned {
            bridge,
            space: space.map(|placed| placed.space),
        };
        let stems = add_stems(&mut parts, &words, &known, learned, profile);
        add_grams(&mut parts, &words);
        match bridge {
            Some(bridge) => add_pivot(&mut parts, bridge, &stems, pivot),
            None => {
                parts.stem_term_end = vec![0; stems.len()];
                parts.concept_term_end = vec![0; parts.concept_id.len()];
            }
        }
        if let Some(placed) = space {
            super::meaning::add_vectors(&mut parts, placed, stems.keys());
        }
        LinkIndex::of_sound_parts(parts)
    }
}

struct Label {
    concept: u32,
    role: LabelRole,
    rank: ConceptRank,
    entry: u32,
    words: Vec<String>,
}

/// What was learned from all concept families together, and may name more stems than the labels.
#[derive(Clone, Copy)]
struct Learned<'a> {
    bridge: Option<&'a Bridge>,
    space: Option<&'a Space>,
}

/// Words and stems with their numbers, in byte order.
type Numbers = BTreeMap<String, u32>;

/// Folded labels with at least one word, by concept, preferred first.
fn fold_labels<'a>(
    profile: &LanguageProfile,
    entries: impl Iterator<Item = IndexEntry<'a>>,
) -> Vec<Label> {
    let mut labels: Vec<Label> = (0..)
        .zip(entries)
        .map(|(entry, label)| Label {
            concept: label.concept,
            role: label.role,
            rank: label.rank,
            entry,
            words: words_of(label.text, profile),
        })
        .filter(|label| !label.words.is_empty())
        .collect();
    labels.sort_by_key(|label| (label.concept, label.role, label.entry));
    labels
}

fn add_words(parts: &mut LinkParts, labels: &[Label], profile: &LanguageProfile) -> Numbers {
    let all: BTreeSet<&String> = labels.iter().flat_map(|label| &label.words).collect();
    let mut numbers = Numbers::new();
    for word in all {
        numbers.insert(word.clone(), numbers.len() as u32);
        parts.word_text.extend_from_slice(word.as_bytes());
        parts.word_end.push(parts.word_text.len() as u32);
        parts.word_weight.push(weight_of(word, profile));
    }
    numbers
}

fn add_labels(parts: &mut LinkParts, labels: &[Label], words: &Numbers) {
    let words: HashMap<&str, u32> = words
        .iter()
        .map(|(word, &number)| (word.as_str(), number))
        .collect();
    let mut of_word: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
    for (number, label) in (0_u32..).zip(labels) {
        for &word in label
            .words
            .iter()
            .filter_map(|word| words.get(word.as_str()))
        {
            parts.label_word.push(word);
            if let Some(list) = of_word.get_mut(word as usize) {
                list.push(number);
            }
        }
        parts.label_word_end.push(parts.label_word.len() as u32);
        parts.label_entry.push(label.entry);
    }
    (parts.word_label, parts.word_label_end) = flatten(of_word);
}

fn add_concepts(parts: &mut LinkParts, labels: &[Label]) {
    for (number, label) in (1_u32..).zip(labels) {
        if parts.concept_id.last() != Some(&label.concept) {
            parts.concept_id.push(label.concept);
            parts
                .concept_rank
                .push(u8::from(label.rank == ConceptRank::Group));
            parts.concept_label_end.push(number);
        }
        if let Some(end) = parts.concept_label_end.last_mut() {
            *end = number;
        }
        parts.label_concept.push(parts.concept_id.len() as u32 - 1);
    }
}

fn add_stems(
    parts: &mut LinkParts,
    words: &Numbers,
    known: &BTreeSet<String>,
    learned: Learned<'_>,
    profile: &LanguageProfile,
) -> Numbers {
    let of_word: Vec<String> = words.keys().map(|word| stem(word, profile)).collect();
    let part_stems: Vec<Vec<String>> = words
        .keys()
        .map(|word| {
            split(word, profile, known)
                .iter()
                .map(|part| stem(part, profile))
                .collect()
        })
        .collect();
    let mut all: BTreeSet<&String> = part_stems
        .iter()
        .flatten()
        .chain(&of_word)
        .chain(known)
        .collect();
    if let Some(bridge) = learned.bridge {
        all.extend(bridge.targets.keys());
    }
    if let Some(space) = learned.space {
        all.extend(space.stems());
    }
    let mut numbers = Numbers::new();
    for stem in all {
        numbers.insert(stem.clone(), numbers.len() as u32);
        parts.stem_text.extend_from_slice(stem.as_bytes());
        parts.stem_end.push(parts.stem_text.len() as u32);
        parts.stem_known.push(u8::from(known.contains(stem)));
    }
    parts
        .word_stem
        .extend(of_word.iter().filter_map(|stem| numbers.get(stem)));
    let part_numbers: Vec<Vec<u32>> = part_stems
        .iter()
        .map(|stems| {
            stems
                .iter()
                .filter_map(|stem| numbers.get(stem).copied())
                .collect()
        })
        .collect();
    let content: Vec<bool> = words.keys().map(|word| is_content(word, profile)).collect();
    let of_concept = add_label_stems(parts, &part_numbers, &content);
    let mut frequency = vec![0_u32; numbers.len()];
    for &stem in of_concept.iter().flatten() {
        if let Some(count) = frequency.get_mut(stem as usize) {
            *count += 1;
        }
    }
    let total = parts.concept_id.len() as u32;
    parts.stem_weight = frequency
        .iter()
        .map(|&count| sixteenths(inverse_frequency(count, total) - 1.0).max(LEAST_WEIGHT))
        .collect();
    let lists: Vec<Vec<u32>> = of_concept
        .into_iter()
        .map(|set| set.into_iter().collect())
        .collect();
    (parts.concept_stem, parts.concept_stem_end) = flatten(lists);
    numbers
}

/// Stems of the parts of every label, stop words left out unless there is nothing else; returns
/// the stems of every concept.
fn add_label_stems(
    parts: &mut LinkParts,
    stems_of_word: &[Vec<u32>],
    content: &[bool],
) -> Vec<BTreeSet<u32>> {
    let mut of_concept: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); parts.concept_id.len()];
    let is_content = |word: &u32| content.get(*word as usize) == Some(&true);
    for (label, &concept) in parts.label_concept.iter().enumerate() {
        let words = super::index::items(&parts.label_word, &parts.label_word_end, label);
        let any = words.iter().any(is_content);
        let start = parts.label_stem.len();
        for &word in words.iter().filter(|word| !any || is_content(word)) {
            for &stem in stems_of_word.get(word as usize).into_iter().flatten() {
                if !parts
                    .label_stem
                    .get(start..)
                    .unwrap_or_default()
                    .contains(&stem)
                {
                    parts.label_stem.push(stem);
                }
            }
        }
        parts.label_stem_end.push(parts.label_stem.len() as u32);
        if let Some(set) = of_concept.get_mut(concept as usize) {
            set.extend(parts.label_stem.get(start..).unwrap_or_default());
        }
    }
    of_concept
}

/// N-grams of all words, and the vector lengths of words and labels that follow from them.
fn add_grams(parts: &mut LinkParts, words: &Numbers) {
    let mut found: Vec<(u32, u32)> = Vec::new();
    let mut keys = Vec::new();
    for (word, &number) in words {
        keys.clear();
        gram_keys(word, &mut keys);
        found.extend(keys.iter().map(|&key| (key, number)));
    }
    found.sort_unstable();
    let labels_with: Vec<u32> = (0..words.len())
        .map(|word| super::index::run(&parts.word_label_end, word).len() as u32)
        .collect();
    let total = parts.label_concept.len() as u32;
    for group in found.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(key, _)) = group.first() else {
            continue;
        };
        let runs = || group.chunk_by(|one, other| one.1 == other.1);
        let labels: u32 = runs()
            .filter_map(|run| labels_with.get(run.first()?.1 as usize))
            .sum();
        let weight = sixteenths(inverse_frequency(labels.min(total), total));
        for run in runs() {
            let Some(&(_, word)) = run.first() else {
                continue;
            };
            let in_word = (u32::from(weight) * run.len() as u32).min(255);
            parts.gram_word.push((word << 8) | in_word);
        }
        parts.gram_key.push(key);
        parts.gram_weight.push(weight);
        parts.gram_end.push(parts.gram_word.len() as u32);
    }
    add_lengths(parts, words.len());
    drop_pairs(parts);
}

/// Pairs of letters keep their weight but lose their postings.
fn drop_pairs(parts: &mut LinkParts) {
    let mut kept = Vec::with_capacity(parts.gram_word.len());
    let mut ends = Vec::with_capacity(parts.gram_end.len());
    for (gram, &key) in parts.gram_key.iter().enumerate() {
        if !is_pair(key) {
            kept.extend_from_slice(super::index::items(&parts.gram_word, &parts.gram_end, gram));
        }
        ends.push(kept.len() as u32);
    }
    (parts.gram_word, parts.gram_end) = (kept, ends);
}

fn add_lengths(parts: &mut LinkParts, words: usize) {
    let mut of_word: Vec<Vec<(u32, u32)>> = vec![Vec::new(); words];
    for gram in 0..parts.gram_key.len() {
        for &posting in super::index::items(&parts.gram_word, &parts.gram_end, gram) {
            if let Some(list) = of_word.get_mut((posting >> 8) as usize) {
                list.push((gram as u32, posting & 255));
            }
        }
    }
    let square = |grams: &[(u32, u32)]| {
        grams
            .iter()
            .map(|&(_, weight)| weight * weight)
            .sum::<u32>()
            .max(1)
    };
    parts.word_square = of_word.iter().map(|grams| square(grams)).collect();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for label in 0..parts.label_concept.len() {
        merged.clear();
        for &word in super::index::items(&parts.label_word, &parts.label_word_end, label) {
            let weight = parts
                .word_weight
                .get(word as usize)
                .copied()
                .map_or(0, u32::from);
            let grams = of_word
                .get(word as usize)
                .map(Vec::as_slice)
                .unwrap_or_default();
            merged.extend(grams.iter().map(|&(gram, value)| (gram, value * weight)));
        }
        parts.label_square.push(merged_square(&mut merged));
    }
}

/// Squared length of a vector given as unsorted (dimension, value * 16) pairs; at least 1.
pub(super) fn merged_square(values: &mut [(u32, u32)]) -> u32 {
    values.sort_unstable();
    let square: u64 = values
        .chunk_by(|one, other| one.0 == other.0)
        .map(|run| run.iter().map(|&(_, value)| u64::from(value)).sum::<u64>())
        .map(|value| value * value)
        .sum();
    u32::try_from(square / 256).unwrap_or(u32::MAX).max(1)
}

fn add_pivot<'a>(
    parts: &mut LinkParts,
    bridge: &Bridge,
    stems: &Numbers,
    pivot: impl Iterator<Item = PivotEntry<'a>>,
) {
    parts.pivot_language = bridge.pivot.code().as_bytes().to_vec();
    let mut labels: Vec<(u32, Vec<String>)> = Vec::new();
    let mut descriptions: Vec<(u32, Vec<String>)> = Vec::new();
    for entry in pivot {
        let Ok(concept) = parts.concept_id.binary_search(&entry.concept) else {
            continue;
        };
        let (words, list) = match entry.role {
            PivotRole::Label => (words_of(entry.text, bridge.pivot), &mut labels),
            PivotRole::Description => (
                description_words(entry.text, bridge.pivot),
                &mut descriptions,
            ),
        };
        let mut found = stems_of(&words, bridge.pivot, &bridge.pivot_known);
        found.sort_unstable();
        found.dedup();
        list.push((concept as u32, found));
    }
    labels.sort();
    labels.dedup();
    let mut of_term: BTreeMap<&String, Vec<u32>> = BTreeMap::new();
    for (number, (concept, terms)) in (0_u32..).zip(&labels) {
        parts.pivot_concept.push(*concept);
        for term in terms {
            of_term.entry(term).or_default().push(number);
        }
    }
    let general = Generality::of(labels.iter().chain(&descriptions), parts.concept_id.len());
    let mut numbers: BTreeMap<&String, u32> = BTreeMap::new();
    let mut squares = vec![0_u32; labels.len()];
    for (term, list) in &of_term {
        numbers.insert(term, numbers.len() as u32);
        parts.term_text.extend_from_slice(term.as_bytes());
        parts.term_end.push(parts.term_text.len() as u32);
        let weight = general.weight(term);
        parts.term_weight.push(weight);
        for &label in list {
            if let Some(square) = squares.get_mut(label as usize) {
                *square += u32::from(weight) * u32::from(weight);
            }
        }
    }
    parts.pivot_square = squares.into_iter().map(|square| square.max(1)).collect();
    let mut of_concept: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); parts.concept_id.len()];
    for (concept, terms) in labels.iter().chain(&descriptions) {
        if let Some(set) = of_concept.get_mut(*concept as usize) {
            set.extend(terms.iter().filter_map(|term| numbers.get(term)));
        }
    }
    let of_concept = of_concept
        .into_iter()
        .map(|set| set.into_iter().collect())
        .collect();
    (parts.concept_term, parts.concept_term_end) = flatten(of_concept);
    (parts.term_label, parts.term_label_end) = flatten(of_term.into_values().collect());
    add_stem_terms(parts, bridge, stems, &numbers);
}

/// Adds to every stem the pivot terms that it probably stands for.
fn add_stem_terms(
    parts: &mut LinkParts,
    bridge: &Bridge,
    stems: &Numbers,
    numbers: &BTreeMap<&String, u32>,
) {
    for stem in stems.keys() {
        for (term, probability) in bridge.targets.get(stem).into_iter().flatten() {
            if let Some(number) = numbers.get(term) {
                parts
                    .stem_term
                    .push((number << 8) | (probability * 255.0) as u32);
            }
        }
        parts.stem_term_end.push(parts.stem_term.len() as u32);
    }
    lower_general_stems(parts);
}

/// In how many concepts a pivot term occurs, in a label or a description.
struct Generality<'a> {
    concepts: HashMap<&'a str, u32>,
    total: u32,
}

impl<'a> Generality<'a> {
    fn of(texts: impl Iterator<Item = &'a (u32, Vec<String>)>, total: usize) -> Self {
        let all: BTreeSet<(u32, &str)> = texts
            .flat_map(|(concept, terms)| terms.iter().map(move |term| (*concept, term.as_str())))
            .collect();
        let mut concepts = HashMap::new();
        for (_, term) in all {
            *concepts.entry(term).or_default() += 1;
        }
        Generality {
            concepts,
            total: total as u32,
        }
    }

    fn weight(&self, term: &str) -> u8 {
        let count = self.concepts.get(term).copied().unwrap_or(1);
        sixteenths(inverse_frequency(count, self.total))
    }
}

/// A stem that is rare in labels may still say little: `eigenschappen` stands in few, but
/// `properties` in very many descriptions. Such a stem weighs no more than its counterparts.
fn lower_general_stems(parts: &mut LinkParts) {
    for (stem, weight) in parts.stem_weight.iter_mut().enumerate() {
        let (mut sum, mut total) = (0_u32, 0_u32);
        for &term in super::index::items(&parts.stem_term, &parts.stem_term_end, stem) {
            let term_weight = parts.term_weight.get((term >> 8) as usize).copied();
            // Term weights start at one, stem weights at nothing.
            let rarity = term_weight.map_or(0, |weight| u32::from(weight).saturating_sub(16));
            sum += (term & 255) * rarity;
            total += term & 255;
        }
        if total > LEAST_KNOWN {
            let counterpart = u8::try_from(sum / total).unwrap_or(u8::MAX);
            *weight = (*weight).min(counterpart).max(LEAST_WEIGHT);
        }
    }
}

/// A weight in 1/16, at most 255.
fn sixteenths(weight: f32) -> u8 {
    (weight * 16.0) as u8
}

fn flatten(lists: Vec<Vec<u32>>) -> (Vec<u32>, Vec<u32>) {
    let mut values = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    let mut ends = Vec::with_capacity(lists.len());
    for list in lists {
        values.extend(list);
        ends.push(values.len() as u32);
    }
    (values, ends)
}
