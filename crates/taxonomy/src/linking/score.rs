//! Scores a concept exactly against the text in the scratch memory.

use super::index::{LinkIndex, items, run};
use super::scratch::{QueryWord, Scratch, Unit};
use super::search::{Link, Weights};

impl LinkIndex {
    /// Exact score of a concept: whether a label equals the text, the score in 0..=1, the link.
    pub(super) fn score(
        &self,
        slot: u32,
        words: &[QueryWord],
        weights: &Weights,
        scratch: &mut Scratch,
    ) -> (bool, f32, Link) {
        let parts = &self.parts;
        let at = slot as usize;
        let labels = run(&parts.concept_label_end, at);
        let preferred = labels.start;
        let best_cosine = labels
            .clone()
            .map(|label| scratch.labels.get(label))
            .fold(0.0, f32::max);
        let (mut best, mut best_label, mut first) = (-1.0, preferred, 0.0);
        let mut exact = None;
        for label in labels {
            let cosine = scratch.labels.get(label);
            if label != preferred && cosine < best_cosine * 0.6 {
                continue;
            }
            let value = weights.cosine * cosine + weights.coverage * self.coverage(label, scratch);
            if label == preferred {
                first = value;
            }
            if value > best {
                (best, best_label) = (value, label);
            }
            if exact.is_none() && self.equals(label, words) {
                exact = Some(label);
            }
        }
        let score = self.combine(at, best, first, weights, scratch);
        let is_group = self.is_group(at);
        let is_exact = exact.is_some() && !is_group;
        let link = Link {
            concept: parts.concept_id.get(at).copied().unwrap_or_default(),
            score: if is_exact {
                1000
            } else {
                ((score * 1000.0) as u16).min(999)
            },
            label: parts
                .label_entry
                .get(exact.unwrap_or(best_label))
                .copied()
                .unwrap_or_default(),
        };
        (is_exact, score, link)
    }

    /// How much of the carried-over text the pivot labels and descriptions of a concept cover.
    fn described(&self, slot: usize, scratch: &Scratch) -> f32 {
        let value = |term: u32| {
            let weight = self
                .parts
                .term_weight
                .get(term as usize)
                .copied()
                .map_or(0.0, f32::from);
            scratch.terms.get(term as usize) * weight
        };
        let total: f32 = scratch.terms.touched.iter().map(|&term| value(term)).sum();
        let terms = items(&self.parts.concept_term, &self.parts.concept_term_end, slot);
        let covered: f32 = terms.iter().map(|&term| value(term)).sum();
        if total > 0.0 { covered / total } else { 0.0 }
    }

    /// Brings the evidence of the labels and of the whole concept together, 0..=1.
    fn combine(
        &self,
        slot: usize,
        best: f32,
        first: f32,
        weights: &Weights,
        scratch: &mut Scratch,
    ) -> f32 {
        let has_bridge = !self.parts.pivot_concept.is_empty();
        let bridge = if has_bridge { weights.bridge } else { 0.0 };
        let described = if has_bridge { weights.described } else { 0.0 };
        let has_space = !self.parts.stem_length.is_empty();
        let meaning = if has_space { weights.meaning } else { 0.0 };
        let labels = (weights.cosine + weights.coverage) * (1.0 + weights.preferred);
        let total = labels + weights.union + bridge + described + meaning;
        let sum = best
            + weights.preferred * first
            + weights.union * self.union(slot, scratch)
            + bridge * scratch.bridged.get(slot)
            + meaning * scratch.meanings.get(slot).copied().unwrap_or(0.0)
            + described * self.described(slot, scratch);
        let demotion = if self.is_group(slot) {
            weights.group
        } else {
            0.0
        };
        (sum / total - demotion).clamp(0.0, 1.0)
    }

    fn is_group(&self, slot: usize) -> bool {
        self.parts.concept_rank.get(slot) == Some(&1)
    }

    fn equals(&self, label: usize, words: &[QueryWord]) -> bool {
        let own = items(&self.parts.label_word, &self.parts.label_word_end, label);
        own.len() == words.len()
            && own
                .iter()
                .zip(words)
                .all(|(number, word)| word.number == Some(*number))
    }

    /// Harmonic mean of how much of the text the label covers and the other way round.
    fn coverage(&self, label: usize, scratch: &mut Scratch) -> f32 {
        let stems = items(&self.parts.label_stem, &self.parts.label_stem_end, label);
        let columns = self.parts.stem_end.len();
        scratch.covered.clear();
        scratch.covered.resize(scratch.units.len(), 0);
        let (mut label_sum, mut label_total) = (0.0, 0.0);
        for &stem in stems {
            let mut most = 0;
            for (row, covered) in scratch.covered.iter_mut().enumerate() {
                let near = scratch
                    .near
                    .get(row * columns + stem as usize)
                    .copied()
                    .unwrap_or(0);
                *covered = near.max(*covered);
                most = near.max(most);
            }
            let weight = f32::from(
                self.parts
                    .stem_weight
                    .get(stem as usize)
                    .copied()
                    .unwrap_or(1),
            );
            label_sum += weight * f32::from(most);
            label_total += weight;
        }
        let text = covered_share(&scratch.units, &scratch.covered);
        let label = if label_total > 0.0 {
            label_sum / (label_total * 255.0)
        } else {
            0.0
        };
        if text + label > 0.0 {
            2.0 * text * label / (text + label)
        } else {
            0.0
        }
    }

    /// How much of the text the labels of a concept cover together.
    fn union(&self, slot: usize, scratch: &mut Scratch) -> f32 {
        let columns = self.parts.stem_end.len();
        scratch.covered.clear();
        scratch.covered.resize(scratch.units.len(), 0);
        for &stem in items(&self.parts.concept_stem, &self.parts.concept_stem_end, slot) {
            for (row, covered) in scratch.covered.iter_mut().enumerate() {
                let near = scratch
                    .near
                    .get(row * columns + stem as usize)
                    .copied()
                    .unwrap_or(0);
                *covered = near.max(*covered);
            }
        }
        covered_share(&scratch.units, &scratch.covered)
    }
}

fn covered_share(units: &[Unit], covered: &[u8]) -> f32 {
    let (mut sum, mut total) = (0.0, 0.0);
    for (unit, &covered) in units.iter().zip(covered) {
        sum += unit.weight * f32::from(covered);
        total += unit.weight;
    }
    if total > 0.0 {
        sum / (total * 255.0)
    } else {
        0.0
    }
}
