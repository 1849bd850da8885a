//! Labels of figures that others published or that records of the programme give: period, group,
//! subject, in the words of a page.

use domain::language::Language;
use language::Argument;
use monitoring::programme::Programme;

use super::words::Foreign;
use crate::page::Page;

/// Codes of groups and subjects with the key of their name.
const NAMES: [(&str, &str); 15] = [
    ("permit_2014", "monitor-label-permit-2014"),
    (
        "with_migration_background",
        "monitor-label-with-migration-background",
    ),
    (
        "without_migration_background",
        "monitor-label-without-migration-background",
    ),
    ("intake_started_cohort_2022", "monitor-label-intake-2022"),
    ("municipalities", "monitor-label-municipalities"),
    ("overview_status_holders", "monitor-label-overview"),
    ("two-coders", "monitor-label-two-coders"),
    ("newcomer", "monitor-label-newcomer"),
    ("klantmanager", "monitor-label-klantmanager"),
    ("employer", "monitor-label-employer"),
    ("language", "monitor-label-language"),
    ("information", "monitor-label-information"),
    ("network", "monitor-label-network"),
    ("health", "monitor-label-health"),
    ("time", "monitor-label-time"),
];

/// A label of one code, or of a period or group and a code.
pub(super) fn label(page: &Page, programme: &Programme, label: &str) -> Foreign {
    if let Some(title) = title(programme, label) {
        return Foreign::new(title, Language::NL);
    }
    let Some((first, code)) = label.split_once(' ') else {
        return own(page, &name(page, label));
    };
    let first = period(page, first).unwrap_or_else(|| name(page, first));
    match title(programme, code) {
        Some(title) => Foreign::new(format!("{title}, {first}"), Language::NL),
        None => own(page, &format!("{first}, {}", name(page, code))),
    }
}

/// What a group or subject is called; a code that has no name here without its marks.
pub(super) fn name(page: &Page, code: &str) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == code);
    known.map_or_else(|| code.replace(['_', '-'], " "), |(_, key)| page.t(key))
}

/// `2022`, `2022-06`, `2022-Q1`, `since-2018`; none for anything else.
fn period(page: &Page, code: &str) -> Option<String> {
    if let Some(year) = code.strip_prefix("since-") {
        return Some(page.tt("monitor-period-since", "year", year));
    }
    if let Some((year, quarter)) = code.split_once("-Q") {
        let parts = [
            ("year", Argument::Text(year)),
            ("quarter", Argument::Text(quarter)),
        ];
        return Some(page.texts("monitor-period-quarter", &parts));
    }
    let is_date = code.chars().all(|c| c.is_ascii_digit() || c == '-');
    is_date.then(|| code.to_owned())
}

/// The title of a record, in Dutch.
fn title<'p>(programme: &'p Programme, code: &str) -> Option<&'p str> {
    let networks = programme.network.iter().map(|one| (&one.code, &one.title));
    let trainings = programme.training.iter().map(|one| (&one.code, &one.title));
    let funding = programme.funding.iter().map(|one| (&one.code, &one.title));
    let tests = programme.practice_test.iter();
    let tests = tests.map(|one| (&one.code, &one.title));
    let mut all = networks.chain(trainings).chain(funding).chain(tests);
    all.find(|(known, _)| *known == code)
        .map(|(_, title)| title.as_str())
}

fn own(page: &Page, text: &str) -> Foreign {
    Foreign::new(text, page.language)
}
