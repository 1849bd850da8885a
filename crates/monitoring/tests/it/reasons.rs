//! Every reason that stands beside a figure is said in the language of the reader.

use std::collections::BTreeSet;

use domain::language::Language;
use monitoring::figure::{Figure, Outcome};
use monitoring::indicator::Registry;
use monitoring::programme::{self, Programme};
use monitoring::reasons::in_language;
use monitoring::reported::ReportedFigures;
use statistics::Confidence;

use super::{figures, invented};

/// Why there is no figure, or what to mind with it.
fn reason(figure: &Figure) -> Option<&str> {
    match &figure.outcome {
        Outcome::Value(value) => value.caution.as_deref(),
        Outcome::NotComputed(reason) => Some(reason),
    }
}

#[test]
fn all_that_is_computed_or_published_is_said_in_every_language() {
    let registry = Registry::embedded().unwrap();
    let confidence = Confidence::NINETY_FIVE;
    // Few people leave many figures without an answer; many people bring the cautions of effects.
    let mut all = figures(&invented(40, 1), "2026-06");
    all.extend(figures(&invented(4_000, 2), "2026-06"));
    for programme in [Programme::embedded().unwrap(), Programme::demo().unwrap()] {
        all.extend(programme::figures::compute(
            &programme, &registry, confidence,
        ));
    }
    let published = ReportedFigures::embedded(&registry).unwrap();
    all.extend(published.figures(&registry, confidence));
    let reasons: BTreeSet<&str> = all.iter().filter_map(reason).collect();
    assert!(reasons.len() > 15, "{reasons:?}");
    for reason in reasons {
        for language in Language::interface() {
            let (text, found) = in_language(reason, language);
            assert_eq!(found, language, "{reason}");
            assert_eq!(text == reason, language == Language::EN, "{text}");
        }
    }
}
