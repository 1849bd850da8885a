//! From a collected source to a compiled catalogue: order, check, number, weigh, index.

use std::collections::HashMap;

use domain::language::Language;

use super::{CatalogueSource, Place, SourceLabel};
use crate::catalogue::adjacency::Adjacency;
use crate::catalogue::labels::LanguageLabels;
use crate::catalogue::texts::Texts;
use crate::catalogue::{Catalogue, Description, FactColumns, N_KINDS, Relations, pack_isco};
use crate::concept::{ConceptId, ConceptKind};
use crate::linking::LanguageIndexes;
use crate::telling::telling;

/// Why a source cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A concept is broader than itself over one or more steps.
    #[error("cyclic hierarchy: {}", uris.join(" → "))]
    CyclicHierarchy {
        /// The concepts of the cycle, the first repeated at the end.
        uris: Vec<String>,
        /// Where the statement stands that closes the cycle.
        at: Place,
    },
    /// Dense ids are 32 bits, and link indexes keep some of them apart.
    #[error("too many concepts: {n}, at most {}", MOST_CONCEPTS)]
    TooManyConcepts {
        /// How many there are.
        n: usize,
    },
}

/// Far above any classification, far below what the number types can hold.
const MOST_CONCEPTS: usize = 4_000_000;

impl CatalogueSource {
    /// Checks the whole, numbers the concepts.
    ///
    /// Indexes for linking are built when they are first needed; see
    /// [`Catalogue::build_indexes`].
    ///
    /// The numbering depends only on kinds and URIs, not on the order in which things were added.
    ///
    /// # Errors
    /// Fails on a cyclic hierarchy and on more concepts than ids can tell apart.
    pub fn compile(&self) -> Result<Catalogue, CompileError> {
        if self.uris.len() > MOST_CONCEPTS {
            return Err(CompileError::TooManyConcepts { n: self.uris.len() });
        }
        self.check_hierarchy()?;
        let mut order: Vec<u32> = (0..self.uris.len() as u32).collect();
        order.sort_unstable_by_key(|&n| (self.facts[n as usize].kind, &self.uris[n as usize]));
        let relations = self.relations(&order);
        let facts = self.fact_columns(&order, &relations);
        let labels = self.language_labels(&order);
        let indexes = labels
            .iter()
            .map(|labels| LanguageIndexes::to_build(labels.language))
            .collect();
        let descriptions = self.descriptions(&order);
        let mut notices = Texts::default();
        for notice in &self.notices {
            notices.push(notice);
        }
        Ok(Catalogue {
            facts,
            relations,
            labels,
            indexes,
            descriptions,
            notices,
        })
    }

    fn descriptions(&self, order: &[u32]) -> Vec<Description> {
        let new_number = new_numbers(order);
        let mut descriptions: Vec<Description> = self
            .descriptions
            .iter()
            .map(|(old, language, text)| Description {
                concept: ConceptId::new(new_number[*old as usize]),
                language: *language,
                text: text.clone(),
            })
            .collect();
        descriptions.sort_by_key(|description| (description.concept, description.language));
        descriptions
    }

    fn relations(&self, order: &[u32]) -> Relations {
        let new_number = new_numbers(order);
        let map = |old: u32| new_number[old as usize];
        let build = |entries: Vec<(u32, u32, u8)>| Adjacency::new(order.len(), entries);
        let broader = build(
            self.broader
                .iter()
                .map(|&(a, b, _)| (map(a), map(b), 0))
                .collect(),
        );
        let skills_of = build(
            self.needs
                .iter()
                .map(|&(o, s, r)| (map(o), map(s), r.number()))
                .collect(),
        );
        // A relation between skills can be walked from both ends.
        let related = build(
            self.related
                .iter()
                .filter(|(a, b, _)| a != b)
                .flat_map(|&(a, b, r)| [(map(a), map(b), r.number()), (map(b), map(a), r.number())])
                .collect(),
        );
        let sectors = build(
            self.sectors
                .iter()
                .map(|&(o, s)| (map(o), map(s), 0))
                .collect(),
        );
        Relations {
            narrower: broader.reversed(),
            occupations_with: skills_of.reversed(),
            broader,
            skills_of,
            related,
            sectors,
        }
    }

    fn fact_columns(&self, order: &[u32], relations: &Relations) -> FactColumns {
        let facts = |new: usize| &self.facts[order[new] as usize];
        let column = |read: &dyn Fn(usize) -> u8| (0..order.len()).map(read).collect::<Vec<u8>>();
        let mut kind_ends = [0u32; N_KINDS];
        for kind in ConceptKind::ALL {
            kind_ends[usize::from(kind.number())] =
                order.partition_point(|&old| self.facts[old as usize].kind <= *kind) as u32;
        }
        let (mut uris, mut authorities) = (Texts::default(), Texts::default());
        for &old in order {
            uris.push(&self.uris[old as usize]);
            authorities.push(&self.facts[old as usize].authority);
        }
        let n_occupations = kind_ends[usize::from(ConceptKind::Occupation.number())];
        let telling = (0..order.len())
            .map(|new| {
                let used_by = relations
                    .occupations_with
                    .row(ConceptId::new(new as u32))
                    .len();
                telling(used_by as u32, n_occupations, facts(new).reuse)
            })
            .collect();
        FactColumns {
            kind_ends,
            uris,
            skill_kinds: column(&|new| facts(new).skill_kind.number()),
            reuse: column(&|new| facts(new).reuse.number()),
            regulation: column(&|new| facts(new).regulation.number()),
            verification: column(&|new| facts(new).verification.number()),
            nlqf: column(&|new| facts(new).nlqf.map_or(0, domain::level::Nlqf::number)),
            isco: (0..order.len())
                .map(|new| pack_isco(facts(new).isco))
                .collect(),
            authorities,
            telling,
        }
    }

    fn language_labels(&self, order: &[u32]) -> Vec<LanguageLabels> {
        let mut present: Vec<Language> = self
            .labels
            .iter()
            .flatten()
            .map(|label| label.language)
            .collect();
        present.sort_unstable();
        present.dedup();
        present
            .into_iter()
            .map(|language| {
                let mut labels = LanguageLabels::with_capacity(language, order.len());
                for &old in order {
                    let mut own: Vec<&SourceLabel> = self.labels[old as usize]
                        .iter()
                        .filter(|label| label.language == language)
                        .collect();
                    // Stable: alternatives keep the order of the source.
                    own.sort_by_key(|label| label.role);
                    labels.push_concept(own.iter().map(|l| (l.text.as_str(), l.role, l.status)));
                }
                labels
            })
            .collect()
    }

    /// Walks the hierarchy upwards from every concept, depth first and without recursion.
    fn check_hierarchy(&self) -> Result<(), CompileError> {
        let mut wider: HashMap<u32, Vec<(u32, Place)>> = HashMap::new();
        for &(from, to, at) in &self.broader {
            wider.entry(from).or_default().push((to, at));
        }
        #[derive(Clone, Copy, PartialEq)]
        enum Visit {
            Not,
            Open,
            Done,
        }
        let mut visits = vec![Visit::Not; self.uris.len()];
        for start in 0..self.uris.len() as u32 {
            if visits[start as usize] != Visit::Not {
                continue;
            }
            visits[start as usize] = Visit::Open;
            let mut path: Vec<(u32, usize)> = vec![(start, 0)];
            while let Some((concept, next)) = path.last_mut() {
                let step = wider
                    .get(concept)
                    .and_then(|edges| edges.get(*next))
                    .copied();
                *next += 1;
                match step {
                    None => {
                        visits[*concept as usize] = Visit::Done;
                        path.pop();
                    }
                    Some((to, at)) => match visits[to as usize] {
                        Visit::Done => {}
                        Visit::Not => {
                            visits[to as usize] = Visit::Open;
                            path.push((to, 0));
                        }
                        Visit::Open => return Err(self.cycle(&path, to, at)),
                    },
                }
            }
        }
        Ok(())
    }

    fn cycle(&self, path: &[(u32, usize)], closes_at: u32, at: Place) -> CompileError {
        let uris = path
            .iter()
            .map(|step| step.0)
            .skip_while(|&concept| concept != closes_at)
            .chain([closes_at])
            .map(|concept| self.uris[concept as usize].clone())
            .collect();
        CompileError::CyclicHierarchy { uris, at }
    }
}

/// The new number of every old one, from the list of old ones in their new order.
fn new_numbers(order: &[u32]) -> Vec<u32> {
    let mut numbers = vec![0u32; order.len()];
    for (new, &old) in order.iter().enumerate() {
        numbers[old as usize] = new as u32;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concept::{LabelRole, Relation, TranslationStatus};
    use crate::source::{ConceptFacts, SourceError};

    fn source() -> Result<CatalogueSource, SourceError> {
        let mut source = CatalogueSource::default();
        for (uri, kind) in [
            ("urn:s:b", ConceptKind::Skill),
            ("urn:o:cook", ConceptKind::Occupation),
            ("urn:s:a", ConceptKind::Skill),
            ("urn:g:food", ConceptKind::SkillGroup),
        ] {
            source.add_concept(uri, ConceptFacts::of_kind(kind))?;
        }
        source.add_broader("urn:s:a", "urn:s:b", Place { file: 0, line: 2 })?;
        source.add_broader("urn:s:b", "urn:g:food", Place { file: 0, line: 3 })?;
        source.add_need("urn:o:cook", "urn:s:a", Relation::Essential)?;
        source.add_related("urn:s:a", "urn:s:b", Relation::Optional)?;
        let label = |role, text: &str| SourceLabel {
            language: Language::NL,
            role,
            status: TranslationStatus::Draft,
            text: text.into(),
        };
        source.add_label("urn:o:cook", label(LabelRole::Alternative, "keukenhulp"))?;
        source.add_label("urn:o:cook", label(LabelRole::Preferred, "kok"))?;
        Ok(source)
    }

    #[test]
    fn numbers_by_kind_and_uri_and_finds_back() -> Result<(), Box<dyn std::error::Error>> {
        let catalogue = source()?.compile()?;
        let uris: Vec<&str> = (0..4)
            .map(|number| catalogue.uri(ConceptId::new(number)))
            .collect();
        assert_eq!(uris, ["urn:o:cook", "urn:s:a", "urn:s:b", "urn:g:food"]);
        for uri in uris {
            let concept = catalogue.find(uri).ok_or("not found")?;
            assert_eq!(catalogue.uri(concept), uri);
        }
        assert_eq!(catalogue.find("urn:none"), None);
        let cook = ConceptId::new(0);
        assert_eq!(catalogue.kind(cook), ConceptKind::Occupation);
        assert_eq!(
            catalogue.name(cook, Language::AR).map(|l| l.text),
            Some("kok")
        );
        assert_eq!(catalogue.skills_of(cook).count(), 1);
        assert_eq!(catalogue.related(ConceptId::new(2)).count(), 1);
        assert_eq!(catalogue.narrower(ConceptId::new(3)).count(), 1);
        Ok(())
    }

    #[test]
    fn a_cycle_is_named_with_its_place() -> Result<(), SourceError> {
        let mut source = source()?;
        source.add_broader("urn:s:b", "urn:s:a", Place { file: 1, line: 9 })?;
        match source.compile() {
            Err(CompileError::CyclicHierarchy { uris, at }) => {
                assert_eq!(uris.len(), 3);
                assert_eq!(uris.first(), uris.last());
                assert!(at.line == 9 || at.line == 2);
            }
            other => panic!("expected a cycle, got {other:?}"),
        }
        Ok(())
    }
}
