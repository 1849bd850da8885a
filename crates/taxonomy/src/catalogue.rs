//! A compiled catalogue: everything about occupations and skills, ready to be read.
//!
//! Concepts have dense ids, kind by kind; relations are compressed rows; labels stand per language.
//! The catalogue cannot change; a new one is compiled from a [`crate::source::CatalogueSource`].

pub(crate) mod adjacency;
pub(crate) mod labels;
pub(crate) mod texts;

use std::ops::Range;

use domain::isco::IscoCode;
use domain::language::Language;
use domain::level::Nlqf;

use crate::concept::{
    self, ConceptId, ConceptKind, Regulation, Relation, ReuseLevel, SkillKind, Verification,
};
use crate::linking::LanguageIndexes;

use adjacency::Adjacency;
use labels::LanguageLabels;
use texts::Texts;

pub use labels::Label;

/// Number of kinds of concepts.
pub(crate) const N_KINDS: usize = ConceptKind::ALL.len();

/// What can be found by text: one index per language and family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Occupations and groups of occupations.
    Occupation,
    /// Skills of every kind.
    Skill,
}

/// Everything about occupations and skills, ready to be read.
#[derive(Debug)]
pub struct Catalogue {
    pub(crate) facts: FactColumns,
    pub(crate) relations: Relations,
    /// In the order of [`Language::all`]; only languages that have labels.
    pub(crate) labels: Vec<LanguageLabels>,
    /// One for each element of `labels`.
    pub(crate) indexes: Vec<LanguageIndexes>,
    /// Ascending by concept; evidence for the indexes, not written to the compiled file.
    pub(crate) descriptions: Vec<Description>,
    pub(crate) notices: Texts,
}

/// What a source says about a concept in sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) concept: ConceptId,
    pub(crate) language: Language,
    pub(crate) text: String,
}

/// Facts of all concepts, one column per fact, one row per concept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FactColumns {
    /// Concepts of kind `k` have the numbers `kind_ends[k - 1]..kind_ends[k]`.
    pub(crate) kind_ends: [u32; N_KINDS],
    /// URIs, ascending within each kind.
    pub(crate) uris: Texts,
    pub(crate) skill_kinds: Vec<u8>,
    pub(crate) reuse: Vec<u8>,
    pub(crate) regulation: Vec<u8>,
    pub(crate) verification: Vec<u8>,
    pub(crate) nlqf: Vec<u8>,
    /// ISCO code: digits × 10,000 + number; 0 is none.
    pub(crate) isco: Vec<u16>,
    pub(crate) authorities: Texts,
    /// See [`crate::telling`].
    pub(crate) telling: Vec<u16>,
}

/// Relations between concepts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Relations {
    pub(crate) broader: Adjacency,
    pub(crate) narrower: Adjacency,
    pub(crate) skills_of: Adjacency,
    pub(crate) occupations_with: Adjacency,
    pub(crate) related: Adjacency,
    pub(crate) sectors: Adjacency,
}

impl Catalogue {
    /// How many concepts there are of all kinds together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facts.uris.len()
    }

    /// Whether the catalogue holds no concept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All concepts of a kind, in ascending order.
    #[must_use]
    pub fn of_kind(&self, kind: ConceptKind) -> impl ExactSizeIterator<Item = ConceptId> + Clone {
        concept::ids(self.kind_range(kind))
    }

    /// All concepts, in ascending order.
    #[must_use]
    pub fn all(&self) -> impl ExactSizeIterator<Item = ConceptId> + Clone + use<> {
        concept::ids(0..self.len() as u32)
    }

    /// The concept with a URI.
    #[must_use]
    pub fn find(&self, uri: &str) -> Option<ConceptId> {
        ConceptKind::ALL.iter().find_map(|&kind| {
            let range = self.kind_range(kind);
            let (mut low, mut high) = (range.start, range.end);
            while low < high {
                let middle = low + (high - low) / 2;
                match self.facts.uris.get(middle as usize).cmp(uri) {
                    std::cmp::Ordering::Less => low = middle + 1,
                    std::cmp::Ordering::Equal => return Some(ConceptId::new(middle)),
                    std::cmp::Ordering::Greater => high = middle,
                }
            }
            None
        })
    }

    /// URI of a concept.
    #[must_use]
    pub fn uri(&self, concept: ConceptId) -> &str {
        self.facts.uris.get(concept.index())
    }

    /// Kind of a concept.
    #[must_use]
    pub fn kind(&self, concept: ConceptId) -> ConceptKind {
        let kind = self
            .facts
            .kind_ends
            .partition_point(|&end| end <= concept.number());
        ConceptKind::ALL[kind.min(N_KINDS - 1)]
    }

    /// Sort of a skill; [`SkillKind::Skill`] for a concept that is none.
    #[must_use]
    pub fn skill_kind(&self, skill: ConceptId) -> SkillKind {
        SkillKind::from_number(self.facts.skill_kinds[skill.index()]).unwrap_or(SkillKind::Skill)
    }

    /// How widely a skill can be used.
    #[must_use]
    pub fn reuse(&self, skill: ConceptId) -> ReuseLevel {
        ReuseLevel::from_number(self.facts.reuse[skill.index()]).unwrap_or(ReuseLevel::Unknown)
    }

    /// ISCO-08 code: of an occupation its unit group, of an occupation group its own code.
    #[must_use]
    pub fn isco(&self, concept: ConceptId) -> Option<IscoCode> {
        unpack_isco(self.facts.isco[concept.index()])
    }

    /// Usual level of work of an occupation.
    #[must_use]
    pub fn nlqf(&self, occupation: ConceptId) -> Option<Nlqf> {
        Nlqf::new(self.facts.nlqf[occupation.index()]).ok()
    }

    /// Whether law restricts who may do the work of an occupation.
    #[must_use]
    pub fn regulation(&self, occupation: ConceptId) -> Regulation {
        Regulation::from_number(self.facts.regulation[occupation.index()])
            .unwrap_or(Regulation::Unknown)
    }

    /// Whether what the catalogue says about regulation was read in a source; users are told to
    /// check the source where it was not.
    #[must_use]
    pub fn verification(&self, occupation: ConceptId) -> Verification {
        Verification::from_number(self.facts.verification[occupation.index()])
            .unwrap_or(Verification::Unverified)
    }

    /// Who regulates an occupation, or the note of the source; empty when there is none.
    #[must_use]
    pub fn authority(&self, occupation: ConceptId) -> &str {
        self.facts.authorities.get(occupation.index())
    }

    /// How telling a skill is: 1..=1000, higher for a skill of fewer occupations.
    ///
    /// See [`crate::telling`] for the definition.
    #[must_use]
    pub fn telling(&self, skill: ConceptId) -> u16 {
        self.facts.telling[skill.index()]
    }

    /// Concepts one step broader.
    #[must_use]
    pub fn broader(&self, concept: ConceptId) -> impl ExactSizeIterator<Item = ConceptId> + Clone {
        self.relations.broader.row(concept).map(|(id, _)| id)
    }

    /// Concepts one step narrower.
    #[must_use]
    pub fn narrower(&self, concept: ConceptId) -> impl ExactSizeIterator<Item = ConceptId> + Clone {
        self.relations.narrower.row(concept).map(|(id, _)| id)
    }

    /// Skills that an occupation needs.
    #[must_use]
    pub fn skills_of(
        &self,
        occupation: ConceptId,
    ) -> impl ExactSizeIterator<Item = (ConceptId, Relation)> + Clone {
        self.relations.skills_of.row(occupation).map(with_relation)
    }

    /// Occupations that need a skill.
    #[must_use]
    pub fn occupations_with(
        &self,
        skill: ConceptId,
    ) -> impl ExactSizeIterator<Item = (ConceptId, Relation)> + Clone {
        self.relations
            .occupations_with
            .row(skill)
            .map(with_relation)
    }

    /// Skills that a skill builds on or that build on it.
    #[must_use]
    pub fn related(
        &self,
        skill: ConceptId,
    ) -> impl ExactSizeIterator<Item = (ConceptId, Relation)> + Clone {
        self.relations.related.row(skill).map(with_relation)
    }

    /// Sectors of an occupation.
    #[must_use]
    pub fn sectors(
        &self,
        occupation: ConceptId,
    ) -> impl ExactSizeIterator<Item = ConceptId> + Clone {
        self.relations.sectors.row(occupation).map(|(id, _)| id)
    }

    /// Languages that have labels, those of the user interface first.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = Language> + '_ {
        self.labels.iter().map(|labels| labels.language)
    }

    /// Labels of a concept in a language, the preferred one first.
    #[must_use]
    pub fn labels(
        &self,
        concept: ConceptId,
        language: Language,
    ) -> impl ExactSizeIterator<Item = Label<'_>> {
        self.labels
            .iter()
            .find(|labels| labels.language == language)
            .map_or(0..0, |labels| labels.rows_of(concept))
            .map(move |row| self.label_at(language, row))
    }

    /// The name of a concept to show in a language: in that language, else Dutch, else English,
    /// else any; `None` when the concept has no label at all.
    #[must_use]
    pub fn name(&self, concept: ConceptId, language: Language) -> Option<Label<'_>> {
        [language, Language::NL, Language::EN]
            .into_iter()
            .chain(self.languages())
            .find_map(|language| self.labels(concept, language).next())
    }

    /// How many labels there are in a language.
    #[must_use]
    pub fn n_labels(&self, language: Language) -> usize {
        self.labels
            .iter()
            .find(|l| l.language == language)
            .map_or(0, LanguageLabels::len)
    }

    /// How many entries the relations have together: needs, broader, related.
    #[must_use]
    pub fn n_relations(&self) -> (usize, usize, usize) {
        (
            self.relations.skills_of.len(),
            self.relations.broader.len(),
            // Each pair of related skills stands in the rows of both.
            self.relations.related.len() / 2,
        )
    }

    /// Notices that must be shown with the catalogue.
    pub fn notices(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.notices.len()).map(|number| self.notices.get(number))
    }

    pub(crate) fn kind_range(&self, kind: ConceptKind) -> Range<u32> {
        let kind = usize::from(kind.number());
        let start = if kind == 0 {
            0
        } else {
            self.facts.kind_ends[kind - 1]
        };
        start..self.facts.kind_ends[kind]
    }

    pub(crate) fn label_at(&self, language: Language, row: usize) -> Label<'_> {
        // Rows are only made by `rows_of` of the same language, so the labels exist.
        let labels = self
            .labels
            .iter()
            .find(|labels| labels.language == language);
        labels.map_or(Label::EMPTY, |labels| labels.get(row))
    }
}

fn with_relation((id, mark): (ConceptId, u8)) -> (ConceptId, Relation) {
    (
        id,
        Relation::from_number(mark).unwrap_or(Relation::Optional),
    )
}

/// Packs an ISCO code so that the number of digits is kept.
pub(crate) fn pack_isco(code: Option<IscoCode>) -> u16 {
    code.map_or(0, |code| u16::from(code.digits()) * 10_000 + code.number())
}

/// Unpacks what [`pack_isco`] packed; `None` also for numbers it cannot have made.
pub(crate) fn unpack_isco(packed: u16) -> Option<IscoCode> {
    let (digits, number) = (usize::from(packed / 10_000), packed % 10_000);
    if digits == 0 || u32::from(number) >= 10u32.pow(digits as u32) {
        return None;
    }
    format!("{number:0digits$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isco_codes_survive_packing() {
        for text in ["0", "01", "0110", "9629"] {
            let code = text.parse().ok();
            assert_eq!(unpack_isco(pack_isco(code)), code);
        }
        assert_eq!(unpack_isco(pack_isco(None)), None);
        assert_eq!(unpack_isco(19_999), None);
    }
}
