//! The linking index: flat arrays that a compiled catalogue stores section by section.
//!
//! This module knows which array refers to which, and refuses arrays that do not fit together.

use std::ops::Range;

use super::language::LanguageProfile;
use super::space::DIMENSIONS;

/// Defines the arrays once, so that storing, reading and counting them cannot disagree.
macro_rules! link_parts {
    (bytes { $($(#[$bdoc:meta])* $bytes:ident),* $(,)? } numbers { $($(#[$ndoc:meta])* $numbers:ident),* $(,)? }) => {
        /// The arrays of a [`LinkIndex`]. `*_end` arrays hold, per item, where its run in the array
        /// they belong to ends.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(crate) struct LinkParts {
            $($(#[$bdoc])* pub(crate) $bytes: Vec<u8>,)*
            $($(#[$ndoc])* pub(crate) $numbers: Vec<u32>,)*
        }

        impl LinkParts {
            /// Names of the byte arrays, in the order of [`LinkParts::bytes`].
            pub(crate) const BYTES: &'static [&'static str] = &[$(stringify!($bytes)),*];
            /// Names of the number arrays, in the order of [`LinkParts::numbers`].
            pub(crate) const NUMBERS: &'static [&'static str] = &[$(stringify!($numbers)),*];

            /// All byte arrays, in a fixed order.
            pub(crate) fn bytes(&self) -> Vec<&[u8]> {
                vec![$(&self.$bytes),*]
            }

            /// All number arrays, in a fixed order.
            pub(crate) fn numbers(&self) -> Vec<&[u32]> {
                vec![$(&self.$numbers),*]
            }

            /// Puts arrays back that [`LinkParts::bytes`] and [`LinkParts::numbers`] gave out;
            /// missing ones stay empty.
            pub(crate) fn from_arrays(bytes: Vec<Vec<u8>>, numbers: Vec<Vec<u32>>) -> LinkParts {
                let mut parts = LinkParts::default();
                let mut bytes = bytes.into_iter();
                $(parts.$bytes = bytes.next().unwrap_or_default();)*
                let mut numbers = numbers.into_iter();
                $(parts.$numbers = numbers.next().unwrap_or_default();)*
                parts
            }
        }
    };
}

link_parts! {
    bytes {
        /// Language code.
        language,
        /// All words, sorted, one after the other.
        word_text,
        /// Weight of each word, 1..=16.
        word_weight,
        /// All stems, sorted, one after the other.
        stem_text,
        /// Inverse concept frequency of each stem in 1/16.
        stem_weight,
        /// 1 where a stem occurs as a word of its own, so that compounds split there.
        stem_known,
        /// Inverse word frequency of each n-gram in 1/16.
        gram_weight,
        /// [`super::build::ConceptRank`] of each concept.
        concept_rank,
        /// Code of the pivot language; empty without a bridge.
        pivot_language,
        /// All pivot terms, sorted, one after the other.
        term_text,
        /// Inverse label frequency of each pivot term in 1/16.
        term_weight,
        /// Direction of each stem in the space of meanings, 64 signed bytes; empty without a space.
        stem_vector,
        /// Direction of each concept in that space.
        concept_vector,
    }
    numbers {
        word_end,
        /// Squared length of each word's n-gram vector.
        word_square,
        /// Stem of each word.
        word_stem,
        stem_end,
        /// Keys of all n-grams, sorted.
        gram_key,
        gram_end,
        /// Words with the n-gram: word number * 256 + weight in the word.
        gram_word,
        word_label_end,
        /// Labels with the word.
        word_label,
        /// Concept slot of each label; labels of one concept are neighbours, preferred first.
        label_concept,
        /// Number of the entry that each label was built from.
        label_entry,
        /// Squared length of each label's n-gram vector.
        label_square,
        label_word_end,
        /// Words of each label in reading order.
        label_word,
        label_stem_end,
        /// Stems of the parts of each label.
        label_stem,
        /// Outside number of each concept slot, ascending.
        concept_id,
        concept_label_end,
        concept_stem_end,
        /// Stems in any label of each concept.
        concept_stem,
        stem_term_end,
        /// Pivot terms of each stem: term number * 256 + probability in 1/255.
        stem_term,
        concept_term_end,
        /// Pivot terms in any pivot label or description of each concept.
        concept_term,
        term_end,
        term_label_end,
        /// Pivot labels with the term.
        term_label,
        /// Concept slot of each pivot label.
        pivot_concept,
        /// Squared length of each pivot label.
        pivot_square,
        /// Length of each stem's vector in the space of meanings in 1/65536.
        stem_length,
    }
}

/// Arrays that do not form an index: damaged, or from another version.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("linking index is damaged: {array} does not fit")]
pub(crate) struct InvalidIndex {
    /// The array that does not fit.
    pub array: &'static str,
}

/// An index of the labels of one language and one concept family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkIndex {
    pub(super) parts: LinkParts,
    /// The directions of the concepts, widened once so that comparing one is a few instructions.
    pub(super) directions: Vec<[i16; DIMENSIONS]>,
}

impl LinkIndex {
    /// An index of parts that fit together.
    pub(super) fn of_sound_parts(parts: LinkParts) -> LinkIndex {
        let (vectors, _) = parts.concept_vector.as_chunks::<DIMENSIONS>();
        let directions = vectors
            .iter()
            .map(|vector| vector.map(|value| i16::from(value.cast_signed())))
            .collect();
        LinkIndex { parts, directions }
    }

    /// The arrays, to be stored.
    pub(crate) fn parts(&self) -> &LinkParts {
        &self.parts
    }

    /// Reads stored arrays back.
    ///
    /// # Errors
    /// [`InvalidIndex`] when lengths, order or references do not fit; no content can make a later
    /// call panic.
    pub(crate) fn from_parts(parts: LinkParts) -> Result<LinkIndex, InvalidIndex> {
        check(&parts)?;
        Ok(LinkIndex::of_sound_parts(parts))
    }

    /// The rules of the language of the index.
    pub(super) fn profile(&self) -> &'static LanguageProfile {
        LanguageProfile::of(std::str::from_utf8(&self.parts.language).unwrap_or_default())
    }

    /// The number of a word, if it occurs in a label.
    pub(super) fn word(&self, text: &str) -> Option<u32> {
        find(text, &self.parts.word_text, &self.parts.word_end)
    }

    /// The number of the pivot term that a word of the text is, spelt as it stands.
    pub(super) fn term(&self, word: &str) -> Option<u32> {
        let pivot = std::str::from_utf8(&self.parts.pivot_language)
            .ok()
            .filter(|code| !code.is_empty())?;
        find(
            &super::stem::stem(word, LanguageProfile::of(pivot)),
            &self.parts.term_text,
            &self.parts.term_end,
        )
    }

    /// The number of a stem.
    pub(super) fn stem(&self, text: &str) -> Option<u32> {
        find(text, &self.parts.stem_text, &self.parts.stem_end)
    }
}

impl super::compound::KnownStems for LinkIndex {
    fn knows(&self, stem: &str) -> bool {
        let known = self
            .stem(stem)
            .and_then(|number| self.parts.stem_known.get(number as usize));
        known == Some(&1)
    }
}

/// The run of item `index` in the array that `ends` belongs to.
pub(super) fn run(ends: &[u32], index: usize) -> Range<usize> {
    let start = index
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .map_or(0, |&end| end as usize);
    start..ends.get(index).map_or(start, |&end| end as usize)
}

/// The items of run `index`; empty when there is none.
pub(super) fn items<'a, T>(values: &'a [T], ends: &[u32], index: usize) -> &'a [T] {
    values.get(run(ends, index)).unwrap_or_default()
}

fn find(text: &str, blob: &[u8], ends: &[u32]) -> Option<u32> {
    let wanted = text.as_bytes();
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let middle = low.midpoint(high);
        match items(blob, ends, middle).cmp(wanted) {
            std::cmp::Ordering::Equal => return u32::try_from(middle).ok(),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn check(parts: &LinkParts) -> Result<(), InvalidIndex> {
    let words = parts.word_end.len();
    let stems = parts.stem_end.len();
    let grams = parts.gram_key.len();
    let labels = parts.label_concept.len();
    let concepts = parts.concept_id.len();
    let terms = parts.term_weight.len();
    let pivots = parts.pivot_concept.len();
    fits("language", std::str::from_utf8(&parts.language).is_ok())?;
    fits(
        "pivot_language",
        std::str::from_utf8(&parts.pivot_language).is_ok(),
    )?;
    check_lengths(parts, [words, stems, grams, labels, concepts, pivots])?;
    check_ends(parts, [words, stems, grams, labels, concepts, terms])?;
    check_references(parts, [words, stems, labels, concepts, terms, pivots])?;
    fits("gram_key", parts.gram_key.is_sorted())?;
    fits("concept_id", parts.concept_id.is_sorted())
}

fn check_ends(parts: &LinkParts, counts: [usize; 6]) -> Result<(), InvalidIndex> {
    let [words, stems, grams, labels, concepts, terms] = counts;
    for (array, ends, count, length) in [
        ("word_end", &parts.word_end, words, parts.word_text.len()),
        ("stem_end", &parts.stem_end, stems, parts.stem_text.len()),
        ("gram_end", &parts.gram_end, grams, parts.gram_word.len()),
        (
            "word_label_end",
            &parts.word_label_end,
            words,
            parts.word_label.len(),
        ),
        (
            "label_word_end",
            &parts.label_word_end,
            labels,
            parts.label_word.len(),
        ),
        (
            "label_stem_end",
            &parts.label_stem_end,
            labels,
            parts.label_stem.len(),
        ),
        (
            "concept_label_end",
            &parts.concept_label_end,
            concepts,
            labels,
        ),
        (
            "concept_stem_end",
            &parts.concept_stem_end,
            concepts,
            parts.concept_stem.len(),
        ),
        (
            "concept_term_end",
            &parts.concept_term_end,
            concepts,
            parts.concept_term.len(),
        ),
        (
            "stem_term_end",
            &parts.stem_term_end,
            stems,
            parts.stem_term.len(),
        ),
        ("term_end", &parts.term_end, terms, parts.term_text.len()),
        (
            "term_label_end",
            &parts.term_label_end,
            terms,
            parts.term_label.len(),
        ),
    ] {
        let ascending = ends.windows(2).all(|pair| pair.first() <= pair.last());
        let last = ends.last().map_or(0, |&end| end as usize);
        fits(array, ends.len() == count && ascending && last == length)?;
    }
    Ok(())
}

fn check_references(parts: &LinkParts, counts: [usize; 6]) -> Result<(), InvalidIndex> {
    let [words, stems, labels, concepts, terms, pivots] = counts;
    for (array, values, shift, limit) in [
        ("word_stem", &parts.word_stem, 0, stems),
        ("gram_word", &parts.gram_word, 8, words),
        ("word_label", &parts.word_label, 0, labels),
        ("label_concept", &parts.label_concept, 0, concepts),
        ("label_word", &parts.label_word, 0, words),
        ("label_stem", &parts.label_stem, 0, stems),
        ("concept_stem", &parts.concept_stem, 0, stems),
        ("stem_term", &parts.stem_term, 8, terms),
        ("concept_term", &parts.concept_term, 0, terms),
        ("term_label", &parts.term_label, 0, pivots),
        ("pivot_concept", &parts.pivot_concept, 0, concepts),
    ] {
        fits(
            array,
            values
                .iter()
                .all(|&value| ((value >> shift) as usize) < limit),
        )?;
    }
    Ok(())
}

fn check_lengths(parts: &LinkParts, counts: [usize; 6]) -> Result<(), InvalidIndex> {
    let [words, stems, grams, labels, concepts, pivots] = counts;
    let placed = |count: usize| {
        let empty = parts.stem_length.is_empty();
        if empty { 0 } else { count }
    };
    let bytes = DIMENSIONS;
    for (array, length, count) in [
        ("stem_length", parts.stem_length.len(), placed(stems)),
        (
            "stem_vector",
            parts.stem_vector.len(),
            placed(stems * bytes),
        ),
        (
            "concept_vector",
            parts.concept_vector.len(),
            placed(concepts * bytes),
        ),
        ("word_weight", parts.word_weight.len(), words),
        ("word_square", parts.word_square.len(), words),
        ("word_stem", parts.word_stem.len(), words),
        ("stem_weight", parts.stem_weight.len(), stems),
        ("stem_known", parts.stem_known.len(), stems),
        ("gram_weight", parts.gram_weight.len(), grams),
        ("label_entry", parts.label_entry.len(), labels),
        ("label_square", parts.label_square.len(), labels),
        ("concept_rank", parts.concept_rank.len(), concepts),
        ("pivot_square", parts.pivot_square.len(), pivots),
    ] {
        fits(array, length == count)?;
    }
    Ok(())
}

fn fits(array: &'static str, right: bool) -> Result<(), InvalidIndex> {
    if right {
        Ok(())
    } else {
        Err(InvalidIndex { array })
    }
}
