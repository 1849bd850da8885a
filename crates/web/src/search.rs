//! From a text in any language of the interface to concepts.

use std::collections::BTreeMap;

use domain::language::Language;
use taxonomy::concept::ConceptKind;
use taxonomy::linking::Linked;
use taxonomy::{Catalogue, ConceptId, Family};

/// What a search looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Occupations, not groups of them.
    Occupations,
    /// Skills.
    Skills,
}

/// A concept that a text may name, with the label that fits best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    pub(crate) concept: ConceptId,
    /// 0..=1000.
    pub(crate) score: u16,
    pub(crate) label: &'a str,
    pub(crate) language: Language,
}

/// The `top` concepts that a text may name in any language of the interface, best first.
///
/// People often write in another language than the page is in. At equal scores the language of
/// the page wins, then the order of [`Language::interface`]; ties are broken by id.
pub(crate) fn search<'a>(
    catalogue: &'a Catalogue,
    text: &str,
    wanted: Wanted,
    language: Language,
    top: usize,
) -> Vec<Hit<'a>> {
    let (family, kind) = match wanted {
        Wanted::Occupations => (Family::Occupation, ConceptKind::Occupation),
        Wanted::Skills => (Family::Skill, ConceptKind::Skill),
    };
    let others = Language::interface().filter(|other| *other != language);
    let mut best: BTreeMap<ConceptId, Hit<'a>> = BTreeMap::new();
    for language in std::iter::once(language).chain(others) {
        for link in catalogue.link(text, family, language, top) {
            let is_better = best
                .get(&link.concept)
                .is_none_or(|hit| link.score > hit.score);
            if catalogue.kind(link.concept) == kind && is_better {
                best.insert(link.concept, hit(&link));
            }
        }
    }
    let mut hits: Vec<Hit<'a>> = best.into_values().collect();
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.score), hit.concept));
    hits.truncate(top);
    hits
}

fn hit<'a>(link: &Linked<'a>) -> Hit<'a> {
    Hit {
        concept: link.concept,
        score: link.score,
        label: link.label.text,
        language: link.label.language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_another_language_is_found() -> Result<(), taxonomy::starter::StarterError> {
        let catalogue = taxonomy::starter::catalogue()?;
        let dutch = search(&catalogue, "kok", Wanted::Occupations, Language::NL, 5);
        let cook = dutch.first().map(|hit| hit.concept);
        assert!(cook.is_some());
        // Ukrainian and Arabic words on a Dutch page.
        for word in ["кухар", "طباخ"] {
            let hits = search(&catalogue, word, Wanted::Occupations, Language::NL, 5);
            assert_eq!(hits.first().map(|hit| hit.concept), cook, "{word}");
            assert_ne!(hits.first().map(|hit| hit.language), Some(Language::NL));
        }
        Ok(())
    }
}
