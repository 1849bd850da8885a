//! Effects by four methods, what guards every figure on persons, and texts in every language.

use monitoring::codes::EvidenceLevel;
use monitoring::compute::effect::METHODS;
use monitoring::figure::{Figure, Outcome};
use monitoring::indicator::Registry;
use monitoring::synthetic::{Course, Plan, Rows, synthesise, write};
use monitoring::{sentence, vault_file};
use statistics::random::Seed;

use super::{figures, invented};

#[test]
fn every_effect_stands_on_its_step_with_its_sentence() {
    let found = figures(&invented(3_000, 5), "2026-06");
    let base = "instruments/leerwerktraject-effect";
    let by_method = |ending: &str| {
        let address = format!("{base}-{ending}/12");
        let mut own = found
            .iter()
            .filter(|figure| figure.key.to_string() == address);
        own.next().unwrap_or_else(|| panic!("{address} is missing"))
    };
    for (ending, level) in METHODS {
        let figure = by_method(ending);
        assert_eq!(figure.evidence, level);
        assert!(
            sentence::method_in_dutch(&figure.key.measure).is_some(),
            "{ending}"
        );
        match &figure.outcome {
            Outcome::Value(value) => {
                let range = value.interval.unwrap();
                assert!(range.lower <= value.point && value.point <= range.upper);
                assert!((-1.0..=1.0).contains(&value.point));
            }
            Outcome::NotComputed(reason) => {
                assert!(reason.starts_with("cannot be computed because"), "{reason}");
            }
        }
    }
    // Two ways to compare with people alike do not contradict each other.
    let (matched, weighted) = (by_method("matched"), by_method("weighted"));
    let (matched, weighted) = (matched.value().unwrap(), weighted.value().unwrap());
    let (a, b) = (matched.interval.unwrap(), weighted.interval.unwrap());
    assert!(a.lower <= b.upper && b.lower <= a.upper, "{a:?} {b:?}");
    assert!(weighted.caution.as_ref().unwrap().contains("are worth"));
    assert_eq!(by_method("staggered").evidence, EvidenceLevel::Matched);
}

#[test]
fn the_order_of_the_file_does_not_change_an_effect() {
    let plan = Plan {
        persons: 1_200,
        ..Plan::default()
    };
    let all = synthesise(&Course::embedded().unwrap(), &plan, Seed(8));
    let mut text = Vec::new();
    write(&all, Rows::Spells, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    let effects = |text: &str| {
        let vault = vault_file::read("invented.csv", text.as_bytes()).unwrap();
        let found = figures(&vault, "2026-06");
        let points = found
            .iter()
            .filter(|figure| figure.key.measure.ends_with("-weighted"));
        let point = |figure: &Figure| figure.value().map(|value| value.point);
        points
            .map(|figure| (figure.key.to_string(), point(figure)))
            .collect::<Vec<_>>()
    };
    let (straight, back) = (
        effects(&text),
        effects(&format!("{head}\n{}\n", turned.join("\n"))),
    );
    assert!(!straight.is_empty());
    for ((address, a), (other, b)) in straight.iter().zip(&back) {
        assert_eq!(address, other);
        match (a, b) {
            (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{address}: {a} {b}"),
            (a, b) => assert_eq!(a, b, "{address}"),
        }
    }
}

#[test]
fn no_figure_on_persons_is_without_what_rounds_or_blurs_it() {
    for figure in figures(&invented(800, 3), "2026-06") {
        if figure.value().is_some() {
            assert!(
                figure.cells.is_some() != figure.guard.is_some(),
                "{}",
                figure.key
            );
        }
    }
}

#[test]
fn every_text_is_there_in_every_language_of_the_pages() {
    for indicator in Registry::embedded().unwrap().indicators() {
        let own = [
            &indicator.title,
            &indicator.definition,
            &indicator.numerator,
            &indicator.denominator,
            &indicator.population,
            &indicator.reference,
            &indicator.says,
            &indicator.says_not,
        ];
        let labels = indicator.measure.iter().map(|measure| &measure.label);
        for text in own.into_iter().chain(labels) {
            assert!(text.is_complete(), "{}: {}", indicator.code, text.dutch());
        }
    }
}
