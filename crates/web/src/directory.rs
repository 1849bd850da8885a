//! Short names of concepts for addresses: the last part of the URI.

use std::collections::HashMap;

use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, ConceptId};

/// From short name to concept, per kind.
#[derive(Debug)]
pub(crate) struct Directory {
    occupations: HashMap<String, ConceptId>,
    skills: HashMap<String, ConceptId>,
    sectors: HashMap<String, ConceptId>,
}

impl Directory {
    /// The short names of a catalogue.
    pub(crate) fn of(catalogue: &Catalogue) -> Directory {
        let of_kind = |kind| {
            catalogue
                .of_kind(kind)
                .map(|concept| (short(catalogue.uri(concept)).to_owned(), concept))
                .collect()
        };
        Directory {
            occupations: of_kind(ConceptKind::Occupation),
            skills: of_kind(ConceptKind::Skill),
            sectors: of_kind(ConceptKind::Sector),
        }
    }

    /// The occupation with a short name.
    pub(crate) fn occupation(&self, name: &str) -> Option<ConceptId> {
        self.occupations.get(name).copied()
    }

    /// The skill with a short name.
    pub(crate) fn skill(&self, name: &str) -> Option<ConceptId> {
        self.skills.get(name).copied()
    }

    /// The sector with a short name.
    pub(crate) fn sector(&self, name: &str) -> Option<ConceptId> {
        self.sectors.get(name).copied()
    }
}

/// The part of a URI after its last `/` or `:`.
pub(crate) fn short(uri: &str) -> &str {
    uri.rsplit(['/', ':']).next().unwrap_or(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() -> Result<(), taxonomy::starter::StarterError> {
        let catalogue = taxonomy::starter::catalogue()?;
        let directory = Directory::of(&catalogue);
        for concept in catalogue.of_kind(ConceptKind::Occupation) {
            assert_eq!(
                directory.occupation(short(catalogue.uri(concept))),
                Some(concept)
            );
        }
        for concept in catalogue.of_kind(ConceptKind::Skill) {
            assert_eq!(
                directory.skill(short(catalogue.uri(concept))),
                Some(concept)
            );
        }
        Ok(())
    }
}
