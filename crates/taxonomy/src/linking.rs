//! Text to concept.
//!
//! One index per language and family of concepts; this first stage finds exact labels, whatever
//! their case.

use std::collections::BTreeMap;

use domain::language::Language;
use unicode_normalization::UnicodeNormalization;

use crate::Label;
use crate::catalogue::labels::LanguageLabels;
use crate::catalogue::{Catalogue, Family, N_KINDS};
use crate::concept::ConceptId;

/// A concept that a text may name.
#[derive(Clone, Copy, Debug)]
pub struct Linked<'a> {
    /// The concept.
    pub concept: ConceptId,
    /// How well the text fits, 0..=1000; 1000 is a label of the concept.
    pub score: u16,
    /// The label that fits best.
    pub label: Label<'a>,
}

/// Labels of one language and family, ordered by their folded text.
#[derive(Debug, PartialEq, Eq)]
pub struct LinkIndex {
    rows: Vec<u32>,
}

/// A flat list of an index, for writing.
pub(crate) enum Part<'a> {
    U32(&'a [u32]),
}

/// A flat list of an index, as read.
pub(crate) enum OwnedPart {
    U32(Vec<u32>),
}

/// Types of the parts of an index, in their order.
pub(crate) enum PartType {
    U32,
}

/// Parts of every index.
pub(crate) const PART_TYPES: [PartType; 1] = [PartType::U32];

impl LinkIndex {
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        vec![Part::U32(&self.rows)]
    }

    pub(crate) fn from_parts(
        parts: Vec<OwnedPart>,
        _n_concepts: usize,
        n_labels: usize,
    ) -> Option<LinkIndex> {
        let [OwnedPart::U32(rows)] = <[OwnedPart; 1]>::try_from(parts).ok()?;
        rows.iter()
            .all(|&row| (row as usize) < n_labels)
            .then_some(LinkIndex { rows })
    }
}

/// Builds the indexes of all languages.
pub(crate) fn build_indexes(
    labels: &[LanguageLabels],
    kind_ends: [u32; N_KINDS],
) -> Vec<(Language, Family, LinkIndex)> {
    let families = [(Family::Occupation, [0, 2]), (Family::Skill, [1, 1])];
    let mut indexes = Vec::new();
    for of_language in labels {
        for (family, kinds) in families {
            let mut rows: Vec<u32> = (0..of_language.len())
                .filter(|&row| {
                    let concept = of_language.concept_of(row).number();
                    kinds.contains(&kind_ends.partition_point(|&end| end <= concept))
                })
                .map(|row| row as u32)
                .collect();
            rows.sort_by_cached_key(|&row| (fold(of_language.get(row as usize).text), row));
            indexes.push((of_language.language, family, LinkIndex { rows }));
        }
    }
    indexes
}

impl Catalogue {
    /// The `top` concepts of a family that a text may name, best first, ties by id.
    #[must_use]
    pub fn link(
        &self,
        text: &str,
        family: Family,
        language: Language,
        top: usize,
    ) -> Vec<Linked<'_>> {
        let Some((_, _, index)) = self
            .indexes
            .iter()
            .find(|(l, f, _)| *l == language && *f == family)
        else {
            return Vec::new();
        };
        let Some(labels) = self
            .labels
            .iter()
            .find(|labels| labels.language == language)
        else {
            return Vec::new();
        };
        let wanted = fold(text);
        let key = |row: &u32| fold(labels.get(*row as usize).text);
        let first = index.rows.partition_point(|row| key(row) < wanted);
        let found: BTreeMap<ConceptId, u32> = index.rows[first..]
            .iter()
            .take_while(|row| key(row) == wanted)
            .map(|&row| (labels.concept_of(row as usize), row))
            .collect();
        found
            .into_iter()
            .take(top)
            .map(|(concept, row)| Linked {
                concept,
                score: 1000,
                label: labels.get(row as usize),
            })
            .collect()
    }
}

fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}
