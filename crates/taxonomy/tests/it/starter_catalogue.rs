//! The starter catalogue is complete, consistent and written in the right scripts.

use std::collections::{BTreeMap, BTreeSet};

use domain::isco::IscoCode;
use domain::language::{Language, Script};
use taxonomy::concept::{ConceptKind, LabelRole, Regulation, Relation};
use taxonomy::{Catalogue, ConceptId, starter};

use crate::Outcome;

/// Words that stand in Latin letters in every language: certificates, abbreviations, Dutch names.
fn is_latin_name(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_ascii() || Script::Latin.contains(c))
}

fn all(catalogue: &Catalogue) -> impl Iterator<Item = ConceptId> {
    ConceptKind::ALL
        .iter()
        .flat_map(|&kind| catalogue.of_kind(kind))
}

#[test]
fn it_is_as_large_as_promised() -> Outcome {
    let catalogue = starter::catalogue()?;
    assert!(catalogue.of_kind(ConceptKind::Occupation).len() >= 120);
    assert!(catalogue.of_kind(ConceptKind::Skill).len() >= 600);
    Ok(())
}

#[test]
fn every_occupation_has_its_facts_and_6_to_15_skills() -> Outcome {
    let catalogue = starter::catalogue()?;
    for occupation in catalogue.of_kind(ConceptKind::Occupation) {
        let uri = catalogue.uri(occupation);
        assert_eq!(
            catalogue.isco(occupation).map(IscoCode::digits),
            Some(4),
            "{uri}"
        );
        assert!(catalogue.nlqf(occupation).is_some(), "{uri}");
        assert_eq!(catalogue.sectors(occupation).count(), 1, "{uri}");
        let n_skills = catalogue.skills_of(occupation).len();
        assert!((6..=15).contains(&n_skills), "{uri} has {n_skills} skills");
        let essential = catalogue
            .skills_of(occupation)
            .filter(|s| s.1 == Relation::Essential);
        assert!(essential.count() >= 3, "{uri}");
        let regulated = catalogue.regulation(occupation);
        assert_ne!(regulated, Regulation::Unknown, "{uri}");
        assert_eq!(
            regulated == Regulation::No,
            catalogue.authority(occupation).is_empty(),
            "{uri}: who regulates is said exactly when someone does"
        );
    }
    Ok(())
}

#[test]
fn every_skill_has_a_parent_and_is_used() -> Outcome {
    let catalogue = starter::catalogue()?;
    for skill in catalogue.of_kind(ConceptKind::Skill) {
        let uri = catalogue.uri(skill);
        assert!(catalogue.broader(skill).len() > 0, "{uri} has no parent");
        assert!(
            catalogue.occupations_with(skill).len() > 0,
            "{uri} is used by no occupation"
        );
    }
    Ok(())
}

#[test]
fn every_concept_has_one_preferred_label_in_each_interface_language() -> Outcome {
    let catalogue = starter::catalogue()?;
    for language in Language::interface() {
        for concept in all(&catalogue) {
            let preferred = catalogue
                .labels(concept, language)
                .filter(|label| label.role == LabelRole::Preferred)
                .count();
            assert_eq!(preferred, 1, "{} in {language}", catalogue.uri(concept));
        }
    }
    Ok(())
}

#[test]
fn preferred_labels_are_unique_within_kind_and_language() -> Outcome {
    let catalogue = starter::catalogue()?;
    for language in Language::interface() {
        let mut seen = BTreeMap::new();
        for concept in all(&catalogue) {
            let Some(label) = catalogue.labels(concept, language).next() else {
                continue;
            };
            let key = (catalogue.kind(concept), label.text.to_lowercase());
            if let Some(other) = seen.insert(key, concept) {
                panic!(
                    "{language}: {:?} names both {} and {}",
                    label.text,
                    catalogue.uri(concept),
                    catalogue.uri(other)
                );
            }
        }
    }
    Ok(())
}

#[test]
fn labels_are_written_in_the_script_of_their_language() -> Outcome {
    let catalogue = starter::catalogue()?;
    for language in Language::interface() {
        let script = language.script();
        for concept in all(&catalogue) {
            for label in catalogue.labels(concept, language) {
                let text = label.text;
                assert_eq!(text, text.trim(), "{language}");
                assert!(
                    !text.contains("  ") && !text.contains('\u{fffd}'),
                    "{language}: {text}"
                );
                for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)) {
                    let own = |c: char| !c.is_alphabetic() || script.contains(c) || is_mark(c);
                    // Arabic and Tigrinya write small words on to the next word, also on to a
                    // Latin name; elsewhere a word of two scripts is a slip of the keyboard.
                    let glued = matches!(script, Script::Arabic | Script::Ethiopic);
                    let fits = word.chars().all(own)
                        || is_latin_name(word)
                        || glued && word.chars().all(|c| own(c) || Script::Latin.contains(c));
                    assert!(
                        fits,
                        "{language}: {word:?} in {text:?} has letters of another script"
                    );
                }
                if label.role == LabelRole::Preferred {
                    assert!(
                        text.chars().any(|c| script.contains(c)),
                        "{language}: {text} ({})",
                        catalogue.uri(concept)
                    );
                }
            }
        }
    }
    Ok(())
}

/// Combining marks and joiners are part of a word in every script.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{0655}' | '\u{0670}' | '\u{200c}' | '\u{200d}' | '\u{2019}' | '\'')
}

#[test]
fn esco_uris_have_the_form_of_esco() -> Outcome {
    let catalogue = starter::catalogue()?;
    let mut n_esco = 0;
    for concept in all(&catalogue) {
        let uri = catalogue.uri(concept);
        if let Some(rest) = uri.strip_prefix("http://data.europa.eu/esco/") {
            n_esco += 1;
            let family = rest.split('/').next().unwrap_or_default();
            let expected: &[&str] = match catalogue.kind(concept) {
                ConceptKind::Occupation => &["occupation"],
                ConceptKind::Skill => &["skill"],
                ConceptKind::OccupationGroup => &["isco"],
                ConceptKind::SkillGroup | ConceptKind::Sector => &["skill", "isced-f"],
            };
            assert!(expected.contains(&family), "{uri}");
        } else {
            assert!(uri.starts_with("urn:werkbrug:"), "{uri}");
        }
    }
    assert!(n_esco > 800, "only {n_esco} concepts have a URI of ESCO");
    Ok(())
}

/// The meaning of a URI cannot be tested, but its existence and its ISCO group can.
#[test]
fn esco_uris_exist_in_esco() -> Outcome {
    let Some(folder) = testkit::test_data("data/esco-v1.1.1") else {
        return Ok(());
    };
    let request = taxonomy::esco::ImportRequest {
        folders: vec![folder],
        ..Default::default()
    };
    let esco = taxonomy::esco::import(&request, |_| ())?.0.compile()?;
    let catalogue = starter::catalogue()?;
    let mut differing = BTreeSet::new();
    for concept in all(&catalogue) {
        let uri = catalogue.uri(concept);
        if uri.starts_with("http://data.europa.eu/") {
            let other = esco
                .find(uri)
                .ok_or_else(|| format!("{uri} is not in ESCO"))?;
            assert_eq!(catalogue.kind(concept), esco.kind(other), "{uri}");
            if catalogue.isco(concept) != esco.isco(other) {
                differing.insert(uri.to_owned());
            }
        }
    }
    assert_eq!(differing, BTreeSet::new(), "other ISCO groups than in ESCO");
    Ok(())
}
