//! The invented persons follow the published course.

use monitoring::codes::{Dimension, Origin};
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::Registry;
use monitoring::synthetic::Course;

use super::{figures_of, invented, month};

/// The course at all published months, as an indicator.
const COURSE: &str = include_str!("../../../../data/monitoring/indicators.toml");

#[test]
fn employment_by_nationality_and_month_lies_within_a_point_of_the_published_course() {
    // The indicator reads other months; here the published ones.
    let text = COURSE.replace(
        "months = [6, 12, 18, 24, 30, 36, 48, 60]",
        "months = [3, 6, 12, 18, 24, 30]",
    );
    let registry = Registry::read("course.toml", &text).unwrap();
    let course = Course::embedded().unwrap();
    for seed in [1, 2, 3] {
        let vault = invented(6000, seed);
        let figures = figures_of(&vault, &registry, "2026-06").unwrap();
        let mut compared = 0;
        for anchor in course.anchors().iter().filter(|anchor| anchor.published) {
            for measure in ["permit", "occupation"] {
                let found = figures
                    .iter()
                    .find(|figure| is_of(figure, measure, anchor.origin, anchor.month))
                    .unwrap();
                let percent = found.value().unwrap().point * 100.0;
                assert!(
                    (percent - anchor.percent).abs() <= 1.0,
                    "{measure} {} {}: {percent} instead of {}",
                    anchor.origin.code(),
                    anchor.month,
                    anchor.percent
                );
                compared += 1;
            }
        }
        assert_eq!(compared, 72);
    }
}

fn is_of(figure: &Figure, measure: &str, origin: Origin, months: u16) -> bool {
    figure.key.indicator == "paid-work"
        && figure.key.measure == measure
        && figure.key.months == Some(months)
        && figure
            .key
            .group
            .as_ref()
            .is_some_and(|group| group.by == Dimension::Origin && group.code == origin.code())
}

#[test]
fn the_same_seed_gives_the_same_persons_and_a_filter_takes_some() {
    assert_eq!(invented(50, 9), invented(50, 9));
    assert_ne!(invented(50, 9), invented(50, 10));
    let vault = invented(300, 9);
    let filter: Filter = "sex=woman&cohort=2021".parse().unwrap();
    let chosen = vault
        .persons()
        .iter()
        .filter(|person| filter.admits(&vault, person));
    assert!(chosen.count() > 5);
    assert!(vault.last_month() == Some(month("2026-06")));
}
