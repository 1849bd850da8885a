//! Finds the concepts that a text means.
//!
//! All floating-point steps run in one fixed order with additions, products, quotients and square
//! roots only, so the same text gives the same scores on every machine.

use super::build::merged_square;
use super::grams::{gram_keys, is_pair, pair_keys};
use super::index::{LinkIndex, items};
use super::scratch::{QueryWord, Scratch, Unit};
use super::stem::stem;
use super::words::{FULL_WEIGHT, is_content, weight_of, words_of};

/// Concepts that are scored exactly.
const CANDIDATES: usize = 80;

/// Least n-gram cosine of two words that count as similar.
const LEAST_SIMILAR: f32 = 0.25;

/// Least part of that cosine that n-grams longer than a pair must give.
const LONG_SHARE: f32 = 0.6;

/// Similar words kept per word of the text.
const MOST_SIMILAR: usize = 64;

/// Word parts of a text that are compared.
const MOST_UNITS: usize = 28;

/// Least cosine at which an unknown word part borrows the bridge of a known one.
const LEAST_BORROW: f32 = 0.55;

/// What a word of the pivot language counts that is only spelled alike.
const COGNATE: f32 = 0.5;

/// How similar two forms of one stem are, in 1/255.
const SAME_STEM: u8 = 245;

/// A concept that a text may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Dense number of the concept.
    pub concept: u32,
    /// 0..=1000; 1000 when the text is a label of the concept, folding aside.
    pub score: u16,
    /// Number of the entry, in building order, that matched best.
    pub label: u32,
}

/// Re-orders the links of a text, for example with a semantic model.
pub trait SecondStage {
    /// Returns `links`, best first, with scores of the same scale.
    fn rerank(&self, text: &str, links: Vec<Link>) -> Vec<Link>;
}

/// How much each kind of evidence counts. The sum is brought to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weights {
    /// N-gram cosine of text and best label.
    pub cosine: f32,
    /// Coverage of text and best label by each other's word parts.
    pub coverage: f32,
    /// Cosine and coverage of the preferred label, as a share of those of the best one.
    pub preferred: f32,
    /// Coverage of the text by all labels of the concept together.
    pub union: f32,
    /// Cosine with the best label over the bridge.
    pub bridge: f32,
    /// Coverage of the text, over the bridge, by pivot labels and descriptions together.
    pub described: f32,
    /// Nearness of the meanings of text and concept in the space that the catalogue spans.
    pub meaning: f32,
    /// Taken from the score of a group.
    pub group: f32,
}

impl Default for Weights {
    /// Set by cross-validation over languages and query sets, see the bench.
    fn default() -> Self {
        Weights {
            cosine: 0.30,
            coverage: 0.27,
            preferred: 0.25,
            union: 0.08,
            bridge: 0.35,
            described: 0.3,
            meaning: 0.30,
            group: 0.12,
        }
    }
}

impl LinkIndex {
    /// The `top` concepts that `text` most probably means, best first; equal ones by number.
    ///
    /// At most [`super::MAX_CHARS`] characters and [`super::MAX_WORDS`] words are read.
    pub(crate) fn link(&self, text: &str, top: usize, scratch: &mut Scratch) -> Vec<Link> {
        self.link_weighted(text, top, &Weights::default(), scratch)
    }

    /// [`LinkIndex::link`] with other weights.
    pub(crate) fn link_weighted(
        &self,
        text: &str,
        top: usize,
        weights: &Weights,
        scratch: &mut Scratch,
    ) -> Vec<Link> {
        let words = self.query_words(text, &mut scratch.keys);
        if words.is_empty() {
            return Vec::new();
        }
        self.compare_words(&words, scratch);
        self.cross_bridge(scratch);
        self.compare_meanings(scratch);
        let mut links: Vec<(bool, f32, Link)> = self
            .candidates(weights, scratch)
            .into_iter()
            .map(|slot| self.score(slot, &words, weights, scratch))
            .collect();
        links.sort_by(|one, other| {
            (other.0.cmp(&one.0))
                .then(other.1.total_cmp(&one.1))
                .then(one.2.concept.cmp(&other.2.concept))
        });
        links.truncate(top);
        links.into_iter().map(|(_, _, link)| link).collect()
    }

    fn query_words(&self, text: &str, keys: &mut Vec<u32>) -> Vec<QueryWord> {
        let profile = self.profile();
        words_of(text, profile)
            .into_iter()
            .map(|text| QueryWord {
                number: self.word(&text),
                weight: weight_of(&text, profile),
                grams: self.query_grams(&text, keys),
                text,
            })
            .collect()
    }

    fn query_grams(&self, word: &str, keys: &mut Vec<u32>) -> Vec<(u32, u32)> {
        keys.clear();
        gram_keys(word, keys);
        keys.chunk_by(|one, other| one == other)
            .filter_map(|run| {
                let gram = self.parts.gram_key.binary_search(run.first()?).ok()?;
                let weight = u32::from(*self.parts.gram_weight.get(gram)?);
                Some((
                    u32::try_from(gram).ok()?,
                    (weight * run.len() as u32).min(255),
                ))
            })
            .collect()
    }

    /// Finds similar words and parts, and sums the n-gram products per label.
    fn compare_words(&self, words: &[QueryWord], scratch: &mut Scratch) {
        let profile = self.profile();
        scratch.labels.reset(self.parts.label_concept.len());
        scratch.dots.resize(self.parts.word_end.len(), 0);
        self.clear_units(scratch);
        let any_content = words.iter().any(|word| is_content(&word.text, profile));
        for word in words {
            self.similar_words(&word.grams, scratch);
            self.add_to_labels(word, scratch);
            if any_content && !is_content(&word.text, profile) {
                continue;
            }
            let parts = super::compound::split(&word.text, profile, self);
            if parts.len() == 1 {
                self.add_unit(&word.text, word.weight, scratch);
                continue;
            }
            for part in parts {
                let mut keys = std::mem::take(&mut scratch.keys);
                let grams = self.query_grams(&part, &mut keys);
                scratch.keys = keys;
                self.similar_words(&grams, scratch);
                self.add_unit(&part, word.weight, scratch);
            }
        }
        let square: Vec<(u32, u32)> = words
            .iter()
            .flat_map(|word| {
                word.grams
                    .iter()
                    .map(|&(gram, value)| (gram, value * u32::from(word.weight)))
            })
            .collect();
        let length = (merged_square(&mut square.clone()) as f32).sqrt();
        let labels = &mut scratch.labels;
        for &label in &labels.touched {
            let own = self
                .parts
                .label_square
                .get(label as usize)
                .copied()
                .unwrap_or(1);
            if let Some(sum) = labels.sums.get_mut(label as usize) {
                *sum = (*sum / (length * (own as f32).sqrt())).min(1.0);
            }
        }
    }

    /// Words of the labels that share n-grams with a word of the text, most similar first.
    fn similar_words(&self, grams: &[(u32, u32)], scratch: &mut Scratch) {
        let parts = &self.parts;
        scratch.similar.clear();
        for &(gram, value) in grams {
            for &posting in items(&parts.gram_word, &parts.gram_end, gram as usize) {
                let word = posting >> 8;
                if let Some(dot) = scratch.dots.get_mut(word as usize) {
                    if *dot == 0 {
                        scratch.touched_words.push(word);
                    }
                    *dot = dot.saturating_add(value * (posting & 255));
                }
            }
        }
        let square: u32 = grams.iter().map(|&(_, value)| value * value).sum();
        let length = (square.max(1) as f32).sqrt();
        for word in scratch.touched_words.drain(..) {
            let Some(dot) = scratch.dots.get_mut(word as usize).map(std::mem::take) else {
                continue;
            };
            let own = parts.word_square.get(word as usize).copied().unwrap_or(1);
            // Compared before the square root: most words share only an edge or an ending.
            let bound = LEAST_SIMILAR * LONG_SHARE * length;
            if (dot as f32) * (dot as f32) < bound * bound * own as f32 {
                continue;
            }
            scratch.similar.push((
                word,
                dot,
                (dot as f32 / (length * (own as f32).sqrt())).min(1.0),
            ));
        }
        let order = |one: &(u32, u32, f32), other: &(u32, u32, f32)| {
            other.2.total_cmp(&one.2).then(one.0.cmp(&other.0))
        };
        if scratch.similar.len() > 2 * MOST_SIMILAR {
            scratch
                .similar
                .select_nth_unstable_by(2 * MOST_SIMILAR - 1, order);
            scratch.similar.truncate(2 * MOST_SIMILAR);
        }
        self.add_pairs(grams, length, &mut scratch.similar);
        scratch
            .similar
            .retain(|(_, _, cosine)| *cosine >= LEAST_SIMILAR);
        scratch.similar.sort_unstable_by(order);
        scratch.similar.truncate(MOST_SIMILAR);
    }

    /// Adds what pairs of letters contribute to the products of similar words.
    fn add_pairs(&self, grams: &[(u32, u32)], length: f32, similar: &mut [(u32, u32, f32)]) {
        let parts = &self.parts;
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(grams.len());
        for &(gram, value) in grams {
            let key = parts
                .gram_key
                .get(gram as usize)
                .copied()
                .unwrap_or_default();
            let weight = parts
                .gram_weight
                .get(gram as usize)
                .copied()
                .map_or(0, u32::from);
            if is_pair(key) {
                pairs.push((key, weight * value));
            }
        }
        for (word, dot, cosine) in similar {
            let text = items(&parts.word_text, &parts.word_end, *word as usize);
            for key in pair_keys(std::str::from_utf8(text).unwrap_or_default()) {
                let product = pairs
                    .iter()
                    .find(|(pair, _)| *pair == key)
                    .map_or(0, |(_, product)| *product);
                *dot = dot.saturating_add(product);
            }
            let own = parts.word_square.get(*word as usize).copied().unwrap_or(1) as f32;
            *cosine = (*dot as f32 / (length * own.sqrt())).min(1.0);
        }
    }

    fn add_to_labels(&self, word: &QueryWord, scratch: &mut Scratch) {
        let parts = &self.parts;
        let full = f32::from(FULL_WEIGHT);
        for &(similar, dot, _) in &scratch.similar {
            let weight = parts
                .word_weight
                .get(similar as usize)
                .copied()
                .unwrap_or(FULL_WEIGHT);
            let value = dot as f32 * (f32::from(weight) / full) * (f32::from(word.weight) / full);
            for &label in items(&parts.word_label, &parts.word_label_end, similar as usize) {
                scratch.labels.add(label, value);
            }
        }
    }

    fn clear_units(&self, scratch: &mut Scratch) {
        let stems = self.parts.stem_end.len();
        for (row, unit) in scratch.units.drain(..).enumerate() {
            for stem in unit.stems {
                // The rows of the last text may have belonged to another index.
                let cell = row * scratch.columns + stem as usize;
                if let Some(cell) = scratch.near.get_mut(cell) {
                    *cell = 0;
                }
            }
        }
        scratch.columns = stems;
        scratch.near.resize(stems * MOST_UNITS, 0);
        scratch.terms.reset(self.parts.term_weight.len());
    }

    /// Adds a part with the stems it resembles, from the similar words found last.
    fn add_unit(&self, part: &str, weight: u8, scratch: &mut Scratch) {
        let row = scratch.units.len();
        if row >= MOST_UNITS {
            return;
        }
        let stems = self.parts.stem_end.len();
        let own = self.stem(&stem(part, self.profile()));
        let mut unit = Unit {
            weight: 0.0,
            stems: Vec::new(),
        };
        let mut raise = |stem: u32, value: u8| {
            if let Some(cell) = scratch.near.get_mut(row * stems + stem as usize) {
                if *cell == 0 {
                    unit.stems.push(stem);
                }
                *cell = value.max(*cell);
            }
        };
        for &(word, _, cosine) in &scratch.similar {
            if let Some(&stem) = self.parts.word_stem.get(word as usize) {
                raise(stem, (cosine * f32::from(SAME_STEM)) as u8);
            }
        }
        if let Some(stem) = own {
            raise(stem, 255);
        }
        let rarest = self.parts.stem_weight.iter().copied().max().unwrap_or(1);
        let known = own.and_then(|stem| self.parts.stem_weight.get(stem as usize));
        unit.weight =
            f32::from(*known.unwrap_or(&rarest)) * f32::from(weight) / f32::from(FULL_WEIGHT);
        self.add_terms(part, own, weight, scratch);
        scratch.units.push(unit);
    }

    /// Carries a part over the bridge; an unknown part borrows from the most similar known one.
    fn add_terms(&self, part: &str, own: Option<u32>, weight: u8, scratch: &mut Scratch) {
        let parts = &self.parts;
        let terms_of = |stem: u32| items(&parts.stem_term, &parts.stem_term_end, stem as usize);
        let mut found = own
            .map(terms_of)
            .filter(|terms| !terms.is_empty())
            .map(|terms| (terms, 1.0));
        let share = f32::from(weight) / f32::from(FULL_WEIGHT);
        if found.is_none() {
            // A word of the pivot language in the text, such as an English job title.
            if let Some(term) = self.term(part) {
                scratch.terms.add(term, share);
                return;
            }
            found = scratch
                .similar
                .iter()
                .take_while(|(_, _, cosine)| *cosine >= LEAST_BORROW)
                .find_map(|&(word, _, cosine)| {
                    let terms = terms_of(*parts.word_stem.get(word as usize)?);
                    (!terms.is_empty()).then_some((terms, cosine))
                });
        }
        let Some((terms, trust)) = found else {
            for (term, alike) in self.cognates(part) {
                scratch.terms.add(term, COGNATE * alike * share);
            }
            return;
        };
        for &term in terms {
            // Between the probability and its root: counterparts share a word unevenly.
            let root = ((term & 255) as f32 / 255.0).sqrt();
            let probability = root * root.sqrt();
            scratch.terms.add(term >> 8, probability * trust * share);
        }
    }

    /// Cosine of the carried-over text with the pivot labels, best per concept.
    fn cross_bridge(&self, scratch: &mut Scratch) {
        let parts = &self.parts;
        scratch.pivots.reset(parts.pivot_concept.len());
        scratch.bridged.reset(parts.concept_id.len());
        let mut square = 0.0;
        for &term in &scratch.terms.touched {
            let weight = f32::from(parts.term_weight.get(term as usize).copied().unwrap_or(0));
            let value = scratch.terms.get(term as usize) * weight;
            square += value * value;
            for &label in items(&parts.term_label, &parts.term_label_end, term as usize) {
                scratch.pivots.add(label, value * weight);
            }
        }
        if square == 0.0 {
            return;
        }
        let length = square.sqrt();
        for &label in &scratch.pivots.touched {
            let own = parts.pivot_square.get(label as usize).copied().unwrap_or(1) as f32;
            let cosine = scratch.pivots.get(label as usize) / (length * own.sqrt());
            if let Some(&slot) = parts.pivot_concept.get(label as usize) {
                scratch.bridged.raise(slot, cosine);
            }
        }
    }

    /// Concept slots worth scoring exactly.
    fn candidates(&self, weights: &Weights, scratch: &mut Scratch) -> Vec<u32> {
        let parts = &self.parts;
        scratch.concepts.reset(parts.concept_id.len());
        for &label in &scratch.labels.touched {
            if let Some(&slot) = parts.label_concept.get(label as usize) {
                scratch
                    .concepts
                    .raise(slot, scratch.labels.get(label as usize));
            }
        }
        let share = weights.bridge / (weights.cosine + weights.coverage).max(0.01);
        for &slot in &scratch.bridged.touched {
            let value = share * scratch.bridged.get(slot as usize);
            scratch.concepts.add(slot, value);
        }
        let share = weights.meaning / (weights.cosine + weights.coverage).max(0.01);
        for (slot, &meaning) in (0_u32..).zip(&scratch.meanings) {
            if meaning > 0.0 {
                scratch.concepts.add(slot, share * meaning);
            }
        }
        let mut ranked: Vec<(f32, u32)> = scratch
            .concepts
            .touched
            .iter()
            .map(|&slot| (scratch.concepts.get(slot as usize), slot))
            .collect();
        let order = |one: &(f32, u32), other: &(f32, u32)| {
            other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
        };
        if ranked.len() > CANDIDATES {
            ranked.select_nth_unstable_by(CANDIDATES - 1, order);
            ranked.truncate(CANDIDATES);
        }
        ranked.into_iter().map(|(_, slot)| slot).collect()
    }
}
