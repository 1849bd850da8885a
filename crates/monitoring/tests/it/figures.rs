//! Figures: against hand counts, against each other, and for bad input.

use std::collections::BTreeMap;

use monitoring::compute::ComputeError;
use monitoring::figure::{Figure, Outcome};
use monitoring::indicator::Registry;
use monitoring::programme::Programme;
use monitoring::programme::report::report;
use monitoring::reported::ReportedFigures;
use monitoring::{programme, vault_file};
use proptest::prelude::*;
use statistics::Confidence;
use time::macros::date;

use super::{figure, figures, figures_of, invented};

#[test]
fn the_files_of_the_programme_are_sound() {
    let registry = Registry::embedded().unwrap();
    let numbers: Vec<u16> = registry.indicators().iter().map(|i| i.number).collect();
    assert_eq!(numbers, (1..=22).collect::<Vec<u16>>());
    ReportedFigures::embedded(&registry).unwrap();
    let real = Programme::embedded().unwrap();
    assert!(real.action.len() >= 15);
    let demo = Programme::demo().unwrap();
    // Every address of an action is a measure there is.
    for action in real.action.iter().chain(&demo.action) {
        for address in action.reach.iter().chain(&action.effect) {
            let (indicator, measure) = address.split_once('/').unwrap();
            let found = registry.get(indicator).and_then(|i| i.measure(measure));
            assert!(found.is_some(), "{address}");
        }
    }
}

/// Four persons whose figures can be counted by hand.
const HAND: &str = "pseudonym,municipality,permit,first_month,last_month,state,sex,education,occupation\n\
    a,G,2020-01,2020-01,2020-06,none,woman,6,\n\
    a,G,2020-01,2020-07,2021-12,work,woman,6,9\n\
    b,G,2020-01,2020-01,2021-12,none,man,2,\n\
    c,G,2020-01,2020-01,2020-12,work,man,7,2\n\
    c,G,2020-01,2021-01,2021-12,none,man,7,\n\
    d,G,2020-01,2020-01,2020-08,none,woman,3,\n\
    d,G,2020-01,2020-09,,left,woman,3,\n";

#[test]
fn figures_agree_with_a_count_by_hand() {
    let vault = vault_file::read("hand.csv", HAND.as_bytes()).unwrap();
    let found = figures(&vault, "2021-12");
    let counts = |address: &str| {
        let value = figure(&found, address).value().unwrap().clone();
        (value.numerator.unwrap(), value.n.unwrap())
    };
    // Month 6 is July 2020: a and c work, d is still there.
    assert_eq!(counts("paid-work/permit/6"), (2, 4));
    // Month 12 is January 2021: a works, c no longer, d has left.
    assert_eq!(counts("paid-work/permit/12"), (1, 3));
    assert_eq!(counts("paid-work/now?sex=woman"), (1, 1));
    // a works at ISCO 9 with a degree.
    assert_eq!(counts("work-at-level/over-qualified"), (1, 1));
    let point = |address: &str| figure(&found, address).value().unwrap().point;
    // First work: c in month 0, a in month 6 (of four), d leaves in month 8, b never works.
    assert!((point("first-work/permit/6") - 0.25).abs() < 1e-12);
    assert!((point("first-work/permit/12") - 0.5).abs() < 1e-12);
    // Share in work with partial follow-up: two of four in month 6.
    assert!((point("paid-work/occupation/6") - 0.5).abs() < 1e-12);
    // c kept the job for 12 months and lost it then; a goes on for 18.
    assert!((point("retention/kept/6") - 1.0).abs() < 1e-12);
    assert!((point("retention/kept/12") - 1.0).abs() < 1e-12);
    // A column that is not there is named.
    let Outcome::NotComputed(reason) = &figure(&found, "main-income/work").outcome else {
        panic!("computed without the column");
    };
    assert_eq!(
        reason,
        "cannot be computed because the file has no column income"
    );
}

#[test]
fn every_figure_is_finite_or_has_a_reason() {
    for persons in [1, 7, 60, 500] {
        let vault = invented(persons, 5);
        for on in ["1999-01", "2019-02", "2022-06", "2026-06", "2030-01"] {
            for figure in figures(&vault, on) {
                match &figure.outcome {
                    Outcome::NotComputed(reason) => {
                        assert!(
                            reason.starts_with("cannot be computed because "),
                            "{reason}"
                        );
                    }
                    Outcome::Value(value) => {
                        assert!(value.point.is_finite(), "{}", figure.key);
                        match &value.interval {
                            Some(range) => assert!(
                                range.lower.is_finite()
                                    && range.upper.is_finite()
                                    && range.lower <= value.point + 1e-9
                                    && value.point <= range.upper + 1e-9,
                                "{} {value:?}",
                                figure.key
                            ),
                            None => assert!(value.caution.is_some(), "{}", figure.key),
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_numerator_outside_its_denominator_is_an_error() {
    let registry = Registry::embedded().unwrap();
    let mut wrong =
        toml::to_string(&BTreeMap::from([("indicator", registry.indicators())])).unwrap();
    let right = "denominator = [\"followed\", \"income_known\"]\nnumerator = [\"followed\", \"income_known\", \"income(work)\"]";
    assert!(wrong.contains(right), "{wrong}");
    wrong = wrong.replacen(
        right,
        "denominator = [\"followed\", \"in_work\"]\nnumerator = [\"followed\", \"income(work)\"]",
        1,
    );
    let wrong = Registry::read("wrong.toml", &wrong).unwrap();
    // Income from work in a month without work: recorded, but outside the denominator.
    let text = "pseudonym,municipality,permit,first_month,last_month,state,income\n\
        a,G,2020-01,2020-01,2020-06,work,work\n\
        b,G,2020-01,2020-01,2020-06,none,work\n";
    let vault = vault_file::read("v.csv", text.as_bytes()).unwrap();
    let refused = figures_of(&vault, &wrong, "2020-06");
    assert_eq!(
        refused,
        Err(ComputeError::NumeratorOutsideDenominator {
            indicator: "main-income".into(),
            measure: "work".into(),
            persons: 1,
            line: 3
        })
    );
}

#[test]
fn faults_in_definitions_name_the_line() {
    let text = include_str!("../../../../data/monitoring/indicators.toml");
    let line_of =
        |needle: &str| 1 + text[..text.find(needle).unwrap()].matches('\n').count() as u64;
    let refused =
        |from: &str, to: &str| Registry::read("i.toml", &text.replacen(from, to, 1)).unwrap_err();
    let unknown = refused("\"in_work\"", "\"in_love\"");
    assert!(unknown.reason.contains("in_love"), "{unknown}");
    assert!(unknown.line >= line_of("[[indicator]]"));
    assert!(refused("evidence = \"activity\"", "evidence = \"magic\"").line > 0);
    let twice = refused("code = \"first-work\"", "code = \"paid-work\"");
    assert!(twice.reason.contains("twice") && twice.line > 1, "{twice}");
    assert!(
        refused("tr = \"Ücretli iş\", ", "")
            .reason
            .contains("language")
    );
}

#[test]
fn reach_and_effect_climb_the_ladder() {
    let vault = invented(16_000, 2);
    let found = figures(&vault, "2026-06");
    // The invented people in an instrument find work faster; the comparison must see that, and
    // stay below the plain before and after, which also counts what time alone brings.
    let effect = |ending: &str| {
        let address = format!("dual-tracks/effect-{ending}/12");
        figure(&found, &address).value().unwrap().clone()
    };
    let (before_after, matched) = (effect("before-after"), effect("matched"));
    assert!(matched.interval.unwrap().lower > 0.0, "{matched:?}");
    assert!(
        matched.point < before_after.point,
        "{matched:?} {before_after:?}"
    );
    // Who is eligible and took part, by sex: the two ratios lie on both sides of 1.
    let ratio = |sex: &str| {
        let address = format!("dual-tracks/reach-representation?sex={sex}");
        figure(&found, &address).value().unwrap().point
    };
    assert!((ratio("woman") - 1.0) * (ratio("man") - 1.0) <= 0.0);
}

#[test]
fn the_report_says_in_so_many_words_that_an_effect_was_not_measured() {
    let registry = Registry::embedded().unwrap();
    let demo = Programme::demo().unwrap();
    let mut found = programme::figures::compute(&demo, &registry, Confidence::NINETY_FIVE);
    found.extend(figures(&invented(800, 1), "2026-06"));
    let reports = report(&demo, &found, date!(2026 - 07 - 01));
    let training = reports
        .iter()
        .find(|r| r.action.code == "demo-training")
        .unwrap();
    assert!(training.effect.is_empty());
    let share = training.reach[0].value().unwrap();
    assert_eq!((share.numerator, share.n), (Some(92), Some(140)));
    let track = reports
        .iter()
        .find(|r| r.action.code == "demo-work-study")
        .unwrap();
    assert_eq!(
        track.effect.len(),
        monitoring::compute::effect::METHODS.len()
    );
    // Practice test with pairs: (41 − 23) of 300 pairs, near six points, with an interval.
    let test = found
        .iter()
        .find(|f| f.key.indicator == "practice-tests")
        .unwrap();
    let value = test.value().unwrap();
    assert!((value.point - 0.06).abs() < 0.002 && value.interval.is_some());
}

fn by_group(figures: &[Figure]) -> BTreeMap<(String, String), (u64, u64)> {
    let mut sums = BTreeMap::new();
    for figure in figures.iter().filter(|figure| figure.cells.is_some()) {
        let Some(cells) = figure.cells else { continue };
        let mut key = figure.key.clone();
        let by = key.group.take().map_or("", |group| group.by.code());
        let sum: &mut (u64, u64) = sums.entry((key.to_string(), by.to_owned())).or_default();
        sum.0 += cells.numerator.exact();
        sum.1 += cells.denominator.exact();
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_add_to_the_whole_before_protection(persons in 6_usize..300, seed in any::<u64>(), back in 0_i32..80) {
        let vault = invented(persons, seed);
        let on = super::month("2026-06").plus(-back).to_string();
        let sums = by_group(&figures(&vault, &on));
        for ((address, by), sum) in &sums {
            if !by.is_empty() {
                prop_assert_eq!(sum, &sums[&(address.clone(), String::new())], "{} by {}", address, by);
            }
            prop_assert!(sum.0 <= sum.1, "{}", address);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(seed in any::<u64>()) {
        let all = monitoring::synthetic::synthesise(
            &monitoring::synthetic::Course::embedded().unwrap(),
            &monitoring::synthetic::Plan { persons: 40, ..Default::default() },
            statistics::random::Seed(seed),
        );
        let mut text = Vec::new();
        monitoring::synthetic::write(&all, monitoring::synthetic::Rows::Months, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let (head, rows) = text.split_once('\n').unwrap();
        let mut turned: Vec<&str> = rows.lines().collect();
        turned.reverse();
        let turned = format!("{head}\n{}\n", turned.join("\n"));
        let read = |text: &str| figures(&vault_file::read("v.csv", text.as_bytes()).unwrap(), "2026-06");
        let (first, second) = (read(&text), read(&turned));
        prop_assert_eq!(first.len(), second.len());
        for (a, b) in first.iter().zip(&second) {
            prop_assert_eq!(&a.key, &b.key);
            // Sums of wages may differ in the last bit.
            match (a.value(), b.value()) {
                (Some(a), Some(b)) => prop_assert!((a.point - b.point).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a.is_none(), b.is_none()),
            }
        }
    }
}
