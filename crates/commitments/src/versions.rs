//! Two texts that are versions of one document.
//!
//! Compares rows of three words, so that line breaks, bullets and letterheads do not matter.
//! This module must not know what the documents say.

use std::collections::BTreeSet;

use crate::read::layout::{Layout, Paragraph};

/// Share of rows of words, in thousandths, from which two texts are versions of one document.
pub const SAME_DOCUMENT: u32 = 700;

/// How alike two texts are, in thousandths: rows of three words in both, of those in either
/// (Jaccard).
#[must_use]
pub fn likeness(one: &Layout, other: &Layout) -> u32 {
    let (one, other) = (rows(one), rows(other));
    let both = one.intersection(&other).count();
    let either = one.union(&other).count();
    if either == 0 {
        return 0;
    }
    u32::try_from(both * 1000 / either).unwrap_or(0)
}

/// Whether two texts are versions of one document.
#[must_use]
pub fn same_document(one: &Layout, other: &Layout) -> bool {
    likeness(one, other) >= SAME_DOCUMENT
}

fn rows(layout: &Layout) -> BTreeSet<String> {
    let words: Vec<String> = layout
        .paragraphs
        .iter()
        .flat_map(|paragraph: &Paragraph| &paragraph.tokens)
        .map(|token| {
            token
                .lower
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.windows(3).map(|row| row.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_do_not_make_another_document() {
        let one =
            Layout::of("De brief gaat over werk voor nieuwkomers en over taal op de werkvloer.");
        let other =
            Layout::of("- De brief gaat over werk\nvoor nieuwkomers en over taal op de werkvloer.");
        assert_eq!(likeness(&one, &other), 1000);
        let third = Layout::of(
            "De regeling voor subsidies loopt tot het einde van het volgende jaar door.",
        );
        assert!(!same_document(&one, &third));
        assert_eq!(likeness(&Layout::of(""), &Layout::of("")), 0);
    }
}
