//! A catalogue while it is being collected, before it is compiled.
//!
//! Importers and the starter catalogue put concepts, labels and relations in here by URI;
//! [`CatalogueSource::compile`] checks the whole and numbers it.
//! This module must not know about files or formats.

use std::collections::HashMap;

use domain::isco::IscoCode;
use domain::language::Language;
use domain::level::Nlqf;

use crate::concept::{
    ConceptKind, LabelRole, Regulation, Relation, ReuseLevel, SkillKind, TranslationStatus,
    Verification,
};

mod compile;

pub use compile::CompileError;

/// What a source says about one concept, apart from labels and relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptFacts {
    /// Kind of the concept.
    pub kind: ConceptKind,
    /// Sort of skill; only read for skills.
    pub skill_kind: SkillKind,
    /// Reuse level; only read for skills.
    pub reuse: ReuseLevel,
    /// ISCO-08 code: of an occupation its unit group, of an occupation group its own code.
    pub isco: Option<IscoCode>,
    /// Usual level of work of an occupation.
    pub nlqf: Option<Nlqf>,
    /// Whether law restricts who may do the work.
    pub regulation: Regulation,
    /// Who regulates, or the note of the source; empty when there is none.
    pub authority: String,
    /// Whether regulation and authority were read in a source.
    pub verification: Verification,
}

impl ConceptFacts {
    /// Facts of a concept of which only the kind is known.
    #[must_use]
    pub fn of_kind(kind: ConceptKind) -> ConceptFacts {
        ConceptFacts {
            kind,
            skill_kind: SkillKind::Skill,
            reuse: ReuseLevel::Unknown,
            isco: None,
            nlqf: None,
            regulation: Regulation::Unknown,
            authority: String::new(),
            verification: Verification::Unverified,
        }
    }
}

/// One label of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLabel {
    /// Language of the text.
    pub language: Language,
    /// Role among the labels of the concept in this language.
    pub role: LabelRole,
    /// How far the text has been checked.
    pub status: TranslationStatus,
    /// The text, trimmed, not empty.
    pub text: String,
}

/// Where a statement stands, so that a fault found later can point at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the file in the importer's list of files.
    pub file: u16,
    /// Line in that file, counted from 1; 0 when it has no line.
    pub line: u32,
}

/// Why a statement cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The URI is not absolute, or has white space or control characters.
    #[error("{uri:?} is no URI")]
    NotAUri {
        /// The text that was given.
        uri: String,
    },
    /// The concept is there already, with other facts or from the same file.
    #[error("duplicate URI {uri}")]
    DuplicateUri {
        /// The URI.
        uri: String,
    },
    /// A relation or label names a concept that no file defines.
    #[error("unknown concept {uri}")]
    UnknownConcept {
        /// The URI.
        uri: String,
    },
    /// A relation joins kinds of concepts that it cannot join.
    #[error("{relation} cannot join {from} and {to}")]
    WrongKinds {
        /// Name of the relation.
        relation: &'static str,
        /// URI of the first end.
        from: String,
        /// URI of the second end.
        to: String,
    },
}

/// A catalogue being collected.
#[derive(Clone, Debug, Default)]
pub struct CatalogueSource {
    uris: Vec<String>,
    facts: Vec<ConceptFacts>,
    labels: Vec<Vec<SourceLabel>>,
    numbers: HashMap<String, u32>,
    broader: Vec<(u32, u32, Place)>,
    needs: Vec<(u32, u32, Relation)>,
    related: Vec<(u32, u32, Relation)>,
    sectors: Vec<(u32, u32)>,
    descriptions: Vec<(u32, Language, String)>,
    notices: Vec<String>,
}

impl CatalogueSource {
    /// How many concepts there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.uris.len()
    }

    /// Whether there is no concept yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.uris.is_empty()
    }

    /// Adds a concept.
    ///
    /// # Errors
    /// Fails when the text is no URI or the URI is there already.
    pub fn add_concept(&mut self, uri: &str, facts: ConceptFacts) -> Result<(), SourceError> {
        if !is_absolute_uri(uri) {
            return Err(SourceError::NotAUri {
                uri: uri.chars().take(80).collect(),
            });
        }
        if self.numbers.contains_key(uri) {
            return Err(SourceError::DuplicateUri {
                uri: uri.to_owned(),
            });
        }
        self.numbers.insert(uri.to_owned(), self.uris.len() as u32);
        self.uris.push(uri.to_owned());
        self.facts.push(facts);
        self.labels.push(Vec::new());
        Ok(())
    }

    /// The facts of a concept, or `None` when it is not there.
    #[must_use]
    pub fn facts(&self, uri: &str) -> Option<&ConceptFacts> {
        self.numbers
            .get(uri)
            .map(|&number| &self.facts[number as usize])
    }

    /// The facts of a concept, to be completed, or `None` when it is not there.
    pub fn facts_mut(&mut self, uri: &str) -> Option<&mut ConceptFacts> {
        self.numbers
            .get(uri)
            .map(|&number| &mut self.facts[number as usize])
    }

    /// Adds a label; a text that the concept already has in that language is left out, a second
    /// preferred label becomes an alternative.
    ///
    /// # Errors
    /// Fails when the concept is unknown.
    pub fn add_label(&mut self, uri: &str, mut label: SourceLabel) -> Result<(), SourceError> {
        let number = self.number(uri)?;
        let labels = &mut self.labels[number as usize];
        let same =
            |other: &&mut SourceLabel| other.language == label.language && other.text == label.text;
        if let Some(known) = labels.iter_mut().find(same) {
            known.role = known.role.min(label.role);
            return Ok(());
        }
        let preferred =
            |l: &SourceLabel| l.language == label.language && l.role == LabelRole::Preferred;
        if label.role == LabelRole::Preferred && labels.iter().any(preferred) {
            label.role = LabelRole::Alternative;
        }
        labels.push(label);
        Ok(())
    }

    /// Adds a description; it helps to find the concept by text and is not kept in the compiled
    /// file.
    ///
    /// # Errors
    /// Fails when the concept is unknown.
    pub fn add_description(
        &mut self,
        uri: &str,
        language: Language,
        text: &str,
    ) -> Result<(), SourceError> {
        let number = self.number(uri)?;
        self.descriptions.push((number, language, text.to_owned()));
        Ok(())
    }

    /// Whether a concept has a label in a language.
    #[must_use]
    pub fn has_label(&self, uri: &str, language: Language) -> bool {
        self.numbers.get(uri).is_some_and(|&number| {
            self.labels[number as usize]
                .iter()
                .any(|label| label.language == language)
        })
    }

    /// Says that `wide` is broader than `narrow`.
    ///
    /// # Errors
    /// Fails when a concept is unknown or the two cannot stand in one hierarchy.
    pub fn add_broader(&mut self, narrow: &str, wide: &str, at: Place) -> Result<(), SourceError> {
        use ConceptKind::{Occupation, OccupationGroup, Sector, Skill, SkillGroup};
        let (from, to) = (self.number(narrow)?, self.number(wide)?);
        let fits = matches!(
            (self.facts[from as usize].kind, self.facts[to as usize].kind),
            (Occupation, Occupation | OccupationGroup)
                | (OccupationGroup, OccupationGroup)
                | (Skill, Skill | SkillGroup)
                | (SkillGroup, SkillGroup)
                | (Sector, Sector)
        );
        if !fits {
            return Err(wrong_kinds("broader", narrow, wide));
        }
        self.broader.push((from, to, at));
        Ok(())
    }

    /// Says that an occupation needs a skill.
    ///
    /// # Errors
    /// Fails when a concept is unknown or not of that kind.
    pub fn add_need(
        &mut self,
        occupation: &str,
        skill: &str,
        relation: Relation,
    ) -> Result<(), SourceError> {
        let ends = self.pair(
            "need",
            (occupation, ConceptKind::Occupation),
            (skill, ConceptKind::Skill),
        )?;
        self.needs.push((ends.0, ends.1, relation));
        Ok(())
    }

    /// Says that one skill builds on another.
    ///
    /// # Errors
    /// Fails when a concept is unknown or no skill.
    pub fn add_related(
        &mut self,
        skill: &str,
        other: &str,
        relation: Relation,
    ) -> Result<(), SourceError> {
        let ends = self.pair(
            "related",
            (skill, ConceptKind::Skill),
            (other, ConceptKind::Skill),
        )?;
        self.related.push((ends.0, ends.1, relation));
        Ok(())
    }

    /// Says that an occupation belongs to a sector.
    ///
    /// # Errors
    /// Fails when a concept is unknown or not of that kind.
    pub fn add_sector(&mut self, occupation: &str, sector: &str) -> Result<(), SourceError> {
        let ends = self.pair(
            "sector",
            (occupation, ConceptKind::Occupation),
            (sector, ConceptKind::Sector),
        )?;
        self.sectors.push(ends);
        Ok(())
    }

    /// Adds a notice that must be shown with the catalogue, for example of its owner.
    pub fn add_notice(&mut self, notice: &str) {
        if !self.notices.iter().any(|known| known == notice) {
            self.notices.push(notice.to_owned());
        }
    }

    /// Joins another catalogue to this one.
    ///
    /// Concepts are the same when their URIs are.
    /// Of a concept that is in both, this catalogue's facts and relations stay; the other adds its
    /// level of work and regulation where this one has none, its sectors, and its labels in every
    /// language in which this one has no label for the concept.
    /// Concepts that only the other has come over whole.
    pub fn join(&mut self, other: &CatalogueSource) {
        let own = self.uris.len() as u32;
        let mut map = Vec::with_capacity(other.len());
        for (number, uri) in other.uris.iter().enumerate() {
            let facts = &other.facts[number];
            let target = match self.numbers.get(uri) {
                Some(&known) => known,
                None => {
                    let fresh = self.uris.len() as u32;
                    self.numbers.insert(uri.clone(), fresh);
                    self.uris.push(uri.clone());
                    self.facts.push(facts.clone());
                    self.labels.push(Vec::new());
                    fresh
                }
            };
            self.complete(target, facts, &other.labels[number]);
            map.push(target);
        }
        let mapped = |number: u32| map[number as usize];
        // Between two concepts that both catalogues know, this one's relations are the truth.
        let adds = |from: u32, to: u32| mapped(from) >= own || mapped(to) >= own;
        self.broader.extend(
            other
                .broader
                .iter()
                .filter(|e| mapped(e.0) >= own)
                .map(|e| (mapped(e.0), mapped(e.1), e.2)),
        );
        self.needs.extend(
            other
                .needs
                .iter()
                .filter(|e| adds(e.0, e.1))
                .map(|e| (mapped(e.0), mapped(e.1), e.2)),
        );
        self.related.extend(
            other
                .related
                .iter()
                .filter(|e| adds(e.0, e.1))
                .map(|e| (mapped(e.0), mapped(e.1), e.2)),
        );
        self.sectors
            .extend(other.sectors.iter().map(|e| (mapped(e.0), mapped(e.1))));
        self.descriptions.extend(
            other
                .descriptions
                .iter()
                .map(|(c, l, text)| (mapped(*c), *l, text.clone())),
        );
        for notice in &other.notices {
            self.add_notice(notice);
        }
    }

    fn complete(&mut self, target: u32, facts: &ConceptFacts, labels: &[SourceLabel]) {
        let own = &mut self.facts[target as usize];
        own.nlqf = own.nlqf.or(facts.nlqf);
        if own.regulation == Regulation::Unknown
            || own.authority.is_empty() && !facts.authority.is_empty()
        {
            own.regulation = facts.regulation;
            own.authority.clone_from(&facts.authority);
            own.verification = facts.verification;
        }
        let own = &mut self.labels[target as usize];
        let known: Vec<Language> = own.iter().map(|label| label.language).collect();
        own.extend(
            labels
                .iter()
                .filter(|label| !known.contains(&label.language))
                .cloned(),
        );
    }

    fn number(&self, uri: &str) -> Result<u32, SourceError> {
        self.numbers
            .get(uri)
            .copied()
            .ok_or_else(|| SourceError::UnknownConcept {
                uri: uri.chars().take(120).collect(),
            })
    }

    fn pair(
        &self,
        relation: &'static str,
        (from, from_kind): (&str, ConceptKind),
        (to, to_kind): (&str, ConceptKind),
    ) -> Result<(u32, u32), SourceError> {
        let ends = (self.number(from)?, self.number(to)?);
        let kinds = (
            self.facts[ends.0 as usize].kind,
            self.facts[ends.1 as usize].kind,
        );
        if kinds == (from_kind, to_kind) {
            Ok(ends)
        } else {
            Err(wrong_kinds(relation, from, to))
        }
    }
}

fn wrong_kinds(relation: &'static str, from: &str, to: &str) -> SourceError {
    SourceError::WrongKinds {
        relation,
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

/// Whether a text has the form of an absolute URI (RFC 3986): a scheme, a colon, no white space.
fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    text.len() <= 2000
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && !rest.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(language: Language, role: LabelRole, text: &str) -> SourceLabel {
        SourceLabel {
            language,
            role,
            status: TranslationStatus::Draft,
            text: text.to_owned(),
        }
    }

    #[test]
    fn refuses_what_is_no_uri_and_what_is_there_already() -> Result<(), SourceError> {
        let mut source = CatalogueSource::default();
        let facts = ConceptFacts::of_kind(ConceptKind::Skill);
        for text in ["", "kok", ":x", "http:", "urn:a b"] {
            assert!(source.add_concept(text, facts.clone()).is_err(), "{text}");
        }
        source.add_concept("urn:x:1", facts.clone())?;
        assert_eq!(
            source.add_concept("urn:x:1", facts),
            Err(SourceError::DuplicateUri {
                uri: "urn:x:1".into()
            })
        );
        Ok(())
    }

    #[test]
    fn a_relation_joins_only_the_kinds_it_can() -> Result<(), SourceError> {
        let mut source = CatalogueSource::default();
        source.add_concept("urn:o", ConceptFacts::of_kind(ConceptKind::Occupation))?;
        source.add_concept("urn:s", ConceptFacts::of_kind(ConceptKind::Skill))?;
        assert!(
            source
                .add_need("urn:s", "urn:o", Relation::Essential)
                .is_err()
        );
        assert!(
            source
                .add_broader("urn:s", "urn:o", Place::default())
                .is_err()
        );
        source.add_need("urn:o", "urn:s", Relation::Essential)
    }

    #[test]
    fn joining_adds_only_languages_that_are_missing() -> Result<(), SourceError> {
        let facts = ConceptFacts::of_kind(ConceptKind::Skill);
        let mut own = CatalogueSource::default();
        own.add_concept("urn:s", facts.clone())?;
        own.add_label("urn:s", label(Language::EN, LabelRole::Preferred, "weld"))?;
        let mut other = CatalogueSource::default();
        other.add_concept("urn:s", facts.clone())?;
        other.add_label(
            "urn:s",
            label(Language::EN, LabelRole::Preferred, "join metal"),
        )?;
        other.add_label("urn:s", label(Language::TI, LabelRole::Preferred, "ምልሓም"))?;
        other.add_concept("urn:t", facts)?;
        own.join(&other);
        assert_eq!(own.len(), 2);
        let texts: Vec<&str> = own.labels[0].iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["weld", "ምልሓም"]);
        Ok(())
    }
}
