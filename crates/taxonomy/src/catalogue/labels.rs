//! Labels of all concepts in one language.

use std::ops::Range;

use domain::language::Language;

use super::texts::Texts;
use crate::concept::{ConceptId, LabelRole, TranslationStatus};

/// A label of a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The text.
    pub text: &'a str,
    /// Language of the text.
    pub language: Language,
    /// Role among the labels of the concept in this language.
    pub role: LabelRole,
    /// How far the text has been checked.
    pub status: TranslationStatus,
}

impl Label<'_> {
    pub(crate) const EMPTY: Label<'static> = Label {
        text: "",
        language: Language::NL,
        role: LabelRole::Hidden,
        status: TranslationStatus::Draft,
    };
}

/// All labels in one language, concept by concept, the preferred one of each first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LanguageLabels {
    pub(crate) language: Language,
    /// Concept `i` has the rows `starts[i]..starts[i + 1]`.
    starts: Vec<u32>,
    /// Role in the low four bits, status in the high four.
    marks: Vec<u8>,
    texts: Texts,
}

impl LanguageLabels {
    /// Starts an empty list for `n_concepts` concepts, to be filled in their order.
    pub(crate) fn with_capacity(language: Language, n_concepts: usize) -> LanguageLabels {
        let mut starts = Vec::with_capacity(n_concepts + 1);
        starts.push(0);
        LanguageLabels {
            language,
            starts,
            marks: Vec::new(),
            texts: Texts::default(),
        }
    }

    /// Adds the labels of the next concept.
    pub(crate) fn push_concept<'a>(
        &mut self,
        labels: impl Iterator<Item = (&'a str, LabelRole, TranslationStatus)>,
    ) {
        for (text, role, status) in labels {
            self.texts.push(text);
            self.marks.push(role.number() | status.number() << 4);
        }
        self.starts.push(self.marks.len() as u32);
    }

    /// How many labels there are.
    pub(crate) fn len(&self) -> usize {
        self.marks.len()
    }

    /// Rows of a concept's labels.
    pub(crate) fn rows_of(&self, concept: ConceptId) -> Range<usize> {
        self.starts[concept.index()] as usize..self.starts[concept.index() + 1] as usize
    }

    /// The first row of a concept by its number, or the number of rows for the number after the
    /// last concept.
    pub(crate) fn start_of(&self, concept: u32) -> usize {
        self.starts[concept as usize] as usize
    }

    /// The label in a row.
    pub(crate) fn get(&self, row: usize) -> Label<'_> {
        let mark = self.marks[row];
        Label {
            text: self.texts.get(row),
            language: self.language,
            role: LabelRole::from_number(mark & 15).unwrap_or(LabelRole::Hidden),
            status: TranslationStatus::from_number(mark >> 4).unwrap_or(TranslationStatus::Draft),
        }
    }

    /// Starts, marks and texts, for writing.
    pub(crate) fn parts(&self) -> (&[u32], &[u8], &Texts) {
        (&self.starts, &self.marks, &self.texts)
    }

    /// Puts labels over `n_concepts` concepts together again; `None` when the parts do not fit.
    pub(crate) fn from_parts(
        language: Language,
        n_concepts: usize,
        starts: Vec<u32>,
        marks: Vec<u8>,
        texts: Texts,
    ) -> Option<LanguageLabels> {
        let fits = starts.len() == n_concepts + 1
            && starts.first() == Some(&0)
            && starts.is_sorted()
            && starts.last().map(|&end| end as usize) == Some(marks.len())
            && texts.len() == marks.len()
            && marks.iter().all(|&mark| {
                LabelRole::from_number(mark & 15).is_some()
                    && TranslationStatus::from_number(mark >> 4).is_some()
            });
        fits.then_some(LanguageLabels {
            language,
            starts,
            marks,
            texts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concept_has_its_rows() {
        use LabelRole::{Alternative, Preferred};
        let mut labels = LanguageLabels::with_capacity(Language::NL, 3);
        let draft = TranslationStatus::Draft;
        labels.push_concept([("kok", Preferred, draft), ("chef", Alternative, draft)].into_iter());
        labels.push_concept(std::iter::empty());
        labels.push_concept([("lasser", Preferred, TranslationStatus::Reviewed)].into_iter());
        assert_eq!(labels.rows_of(ConceptId::new(1)), 2..2);
        assert_eq!(
            [0, 1, 2, 3].map(|concept| labels.start_of(concept)),
            [0, 2, 2, 3]
        );
        assert_eq!(labels.get(2).text, "lasser");
        assert_eq!(labels.get(2).status, TranslationStatus::Reviewed);
        assert_eq!(labels.get(1).role, Alternative);
    }
}
