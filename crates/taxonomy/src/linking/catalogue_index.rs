//! The indexes of a catalogue, and linking with them.
//!
//! It knows which labels and descriptions of a catalogue are evidence for which concept; how a text
//! is compared with them is the matter of [`super::search`].

use std::sync::OnceLock;

use domain::language::Language;

use super::bridge::Bridge;
use super::build::{ConceptRank, IndexEntry, PivotEntry, PivotRole};
use super::index::LinkIndex;
use super::language::LanguageProfile;
use super::meaning::Placed;
use super::scratch::Scratch;
use super::search::SecondStage;
use super::space::{ConceptTexts, Neighbour, Relation, Space};
use crate::Label;
use crate::catalogue::labels::LanguageLabels;
use crate::catalogue::{Catalogue, Family};
use crate::concept::{self, ConceptId, ConceptKind};

/// Language over which texts in other languages are compared too: the one with most labels in ESCO.
const PIVOT: Language = Language::EN;

/// The names of the occupations that need a skill say what it is for; a skill of more than this
/// many says nothing by them.
const MOST_OCCUPATIONS: usize = 25;

/// The indexes of one language, built when they are first needed.
#[derive(Debug)]
pub(crate) struct LanguageIndexes {
    pub(crate) language: Language,
    indexes: OnceLock<FamilyIndexes>,
}

/// One index per family.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FamilyIndexes {
    pub(crate) occupation: LinkIndex,
    pub(crate) skill: LinkIndex,
}

impl LanguageIndexes {
    /// Indexes that are built when they are first needed.
    pub(crate) fn to_build(language: Language) -> LanguageIndexes {
        LanguageIndexes {
            language,
            indexes: OnceLock::new(),
        }
    }

    /// Indexes that were read from a file.
    pub(crate) fn built(language: Language, indexes: FamilyIndexes) -> LanguageIndexes {
        LanguageIndexes {
            language,
            indexes: OnceLock::from(indexes),
        }
    }

    /// The indexes, built from the catalogue when they are not there yet.
    pub(crate) fn get(&self, catalogue: &Catalogue) -> &FamilyIndexes {
        self.indexes
            .get_or_init(|| FamilyIndexes::build(catalogue, self.language))
    }
}

impl FamilyIndexes {
    pub(crate) fn of(&self, family: Family) -> &LinkIndex {
        match family {
            Family::Occupation => &self.occupation,
            Family::Skill => &self.skill,
        }
    }

    /// Whether the indexes only point at concepts and labels that the catalogue has.
    pub(crate) fn fit(&self, catalogue: &Catalogue, language: Language) -> bool {
        let Some(labels) = catalogue
            .labels
            .iter()
            .find(|labels| labels.language == language)
        else {
            return false;
        };
        [Family::Occupation, Family::Skill]
            .into_iter()
            .all(|family| {
                let parts = self.of(family).parts();
                let n_entries: usize = rows(catalogue, labels, family)
                    .iter()
                    .map(std::ops::Range::len)
                    .sum();
                parts
                    .concept_id
                    .iter()
                    .all(|&concept| (concept as usize) < catalogue.len())
                    && parts
                        .label_entry
                        .iter()
                        .all(|&entry| (entry as usize) < n_entries)
            })
    }

    fn build(catalogue: &Catalogue, language: Language) -> FamilyIndexes {
        let texts = concept_texts(catalogue, language);
        let own = LanguageProfile::of(language.code());
        let pivot = LanguageProfile::of(PIVOT.code());
        let has_pivot = language != PIVOT && catalogue.n_labels(PIVOT) > 0;
        let bridge = has_pivot.then(|| Bridge::learn(own, pivot, &texts));
        let space = has_pivot.then(|| Space::learn(own, pivot, &texts, &neighbours(catalogue)));
        let evidence = Evidence {
            bridge: bridge.as_ref(),
            space: space.as_ref(),
        };
        let index = |family| build_index(catalogue, language, family, evidence);
        FamilyIndexes {
            occupation: index(Family::Occupation),
            skill: index(Family::Skill),
        }
    }
}

/// What was learned from the whole catalogue for one language.
#[derive(Clone, Copy)]
struct Evidence<'a> {
    bridge: Option<&'a Bridge>,
    space: Option<&'a Space>,
}

/// A concept that a text may name.
#[derive(Clone, Copy, Debug)]
pub struct Linked<'a> {
    /// The concept.
    pub concept: ConceptId,
    /// How well the text fits, 0..=1000; 1000 is a label of the concept, folding aside.
    pub score: u16,
    /// The label that fits best.
    pub label: Label<'a>,
}

/// Links texts of one language; keeps its working memory from text to text.
pub struct Linker<'a> {
    labels: &'a LanguageLabels,
    catalogue: &'a Catalogue,
    indexes: &'a FamilyIndexes,
    second: Option<&'a dyn SecondStage>,
    scratch: Scratch,
}

impl<'a> Linker<'a> {
    /// Lets a second stage re-order what this one finds.
    #[must_use]
    pub fn followed_by(self, second: &'a dyn SecondStage) -> Linker<'a> {
        Linker {
            second: Some(second),
            ..self
        }
    }

    /// The `top` concepts of a family that a text may name, best first, ties by id.
    pub fn link(&mut self, text: &str, family: Family, top: usize) -> Vec<Linked<'a>> {
        let mut links = self.indexes.of(family).link(text, top, &mut self.scratch);
        if let Some(second) = self.second {
            links = second.rerank(text, links);
            links.truncate(top);
        }
        let rows = rows(self.catalogue, self.labels, family);
        links
            .into_iter()
            .map(|link| Linked {
                concept: ConceptId::new(link.concept),
                score: link.score,
                label: self.labels.get(row_of(&rows, link.label as usize)),
            })
            .collect()
    }
}

impl std::fmt::Debug for Linker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linker")
            .field("language", &self.labels.language)
            .finish_non_exhaustive()
    }
}

impl Catalogue {
    /// A linker for texts in a language, or `None` when the catalogue has no labels in it.
    #[must_use]
    pub fn linker(&self, language: Language) -> Option<Linker<'_>> {
        let labels = self
            .labels
            .iter()
            .find(|labels| labels.language == language)?;
        let indexes = self
            .indexes
            .iter()
            .find(|indexes| indexes.language == language)?;
        Some(Linker {
            labels,
            catalogue: self,
            indexes: indexes.get(self),
            second: None,
            scratch: Scratch::default(),
        })
    }

    /// Links one text; for many texts keep a [`Catalogue::linker`].
    #[must_use]
    pub fn link(
        &self,
        text: &str,
        family: Family,
        language: Language,
        top: usize,
    ) -> Vec<Linked<'_>> {
        self.linker(language)
            .map_or_else(Vec::new, |mut linker| linker.link(text, family, top))
    }

    /// Builds the indexes of all languages now, on all processors.
    pub fn build_indexes(&self) {
        std::thread::scope(|scope| {
            for indexes in &self.indexes {
                scope.spawn(|| indexes.get(self));
            }
        });
    }
}

/// The texts of every concept in a language and in the pivot language, in the order of their ids.
fn concept_texts(catalogue: &Catalogue, language: Language) -> Vec<ConceptTexts<'_>> {
    let texts = |concept, language| {
        catalogue
            .labels(concept, language)
            .map(|l| l.text)
            .collect()
    };
    let mut all: Vec<ConceptTexts<'_>> = catalogue
        .all()
        .map(|concept| ConceptTexts {
            own: texts(concept, language),
            pivot: texts(concept, PIVOT),
            ..ConceptTexts::default()
        })
        .collect();
    for description in &catalogue.descriptions {
        // Descriptions are only made for concepts of the catalogue.
        let texts = &mut all[description.concept.index()];
        if description.language == language {
            texts.own_description = &description.text;
        }
        if description.language == PIVOT {
            texts.pivot_description = &description.text;
        }
    }
    all
}

/// What the concepts have to do with one another.
fn neighbours(catalogue: &Catalogue) -> Vec<Neighbour> {
    let needs = catalogue
        .of_kind(ConceptKind::Occupation)
        .flat_map(|occupation| {
            catalogue
                .skills_of(occupation)
                .map(move |(skill, relation)| Neighbour {
                    from: occupation.index(),
                    to: skill.index(),
                    relation: match relation {
                        concept::Relation::Essential => Relation::Essential,
                        concept::Relation::Optional => Relation::Optional,
                    },
                })
        });
    let broader = catalogue.all().flat_map(|narrow| {
        catalogue.broader(narrow).map(move |wide| Neighbour {
            from: narrow.index(),
            to: wide.index(),
            relation: Relation::Broader,
        })
    });
    needs.chain(broader).collect()
}

fn build_index(
    catalogue: &Catalogue,
    language: Language,
    family: Family,
    evidence: Evidence<'_>,
) -> LinkIndex {
    let concepts = kinds(family)
        .into_iter()
        .flat_map(|kind| catalogue.of_kind(kind));
    let entries = concepts.clone().flat_map(|concept| {
        let rank = match catalogue.kind(concept) {
            ConceptKind::OccupationGroup => ConceptRank::Group,
            _ => ConceptRank::Concept,
        };
        catalogue
            .labels(concept, language)
            .map(move |label| IndexEntry {
                concept: concept.number(),
                role: label.role,
                rank,
                text: label.text,
            })
    });
    let needed_by: Vec<(ConceptId, String)> = concepts
        .clone()
        .map(|concept| (concept, names_of_users(catalogue, concept)))
        .collect();
    let labels = concepts.flat_map(|concept| {
        let labels = catalogue.labels(concept, PIVOT);
        labels.map(move |label| (concept, PivotRole::Label, label.text))
    });
    let descriptions = catalogue
        .descriptions
        .iter()
        .filter(|description| description.language == PIVOT)
        .map(|d| (d.concept, PivotRole::Description, d.text.as_str()));
    let users = needed_by
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(concept, names)| (*concept, PivotRole::Description, names.as_str()));
    let pivot = labels
        .chain(descriptions)
        .chain(users)
        .map(|(concept, role, text)| PivotEntry {
            concept: concept.number(),
            role,
            text,
        });
    let place_of = |concept: u32| Some(concept as usize);
    let placed = evidence.space.map(|space| Placed {
        space,
        place_of: &place_of,
    });
    LinkIndex::build(
        LanguageProfile::of(language.code()),
        entries,
        evidence.bridge,
        pivot,
        placed,
    )
}

/// Names, in the pivot language, of the occupations that need a skill.
fn names_of_users(catalogue: &Catalogue, skill: ConceptId) -> String {
    let users = catalogue.occupations_with(skill);
    if users.len() > MOST_OCCUPATIONS {
        return String::new();
    }
    let names: Vec<&str> = users
        .filter_map(|(occupation, _)| catalogue.labels(occupation, PIVOT).next())
        .map(|label| label.text)
        .collect();
    names.join("; ")
}

/// Kinds of concepts of a family, in the order of their ids.
fn kinds(family: Family) -> Vec<ConceptKind> {
    match family {
        Family::Occupation => vec![ConceptKind::Occupation, ConceptKind::OccupationGroup],
        Family::Skill => vec![ConceptKind::Skill],
    }
}

/// Rows of the labels of a family, kind by kind; entries of its index are numbered along them.
fn rows(
    catalogue: &Catalogue,
    labels: &LanguageLabels,
    family: Family,
) -> Vec<std::ops::Range<usize>> {
    kinds(family)
        .into_iter()
        .map(|kind| {
            let range = catalogue.kind_range(kind);
            labels.start_of(range.start)..labels.start_of(range.end)
        })
        .collect()
}

/// The row of the label with which an entry was made.
fn row_of(rows: &[std::ops::Range<usize>], entry: usize) -> usize {
    let mut before = 0;
    for range in rows {
        if entry < before + range.len() {
            return range.start + entry - before;
        }
        before += range.len();
    }
    // An index that was checked against its labels has no entry beyond them.
    rows.last().map_or(0, |range| range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_lead_to_rows_across_kinds() {
        let rows = [0..3, 10..12];
        let found: Vec<usize> = (0..5).map(|entry| row_of(&rows, entry)).collect();
        assert_eq!(found, [0, 1, 2, 10, 11]);
    }
}
