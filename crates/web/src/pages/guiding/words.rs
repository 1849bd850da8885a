//! Codes of a case as words of the page, and words of forms as codes.
//!
//! The words of terms, barriers, instruments and rules come with the guidance; all others are
//! messages named `guiding-GROUP-CODE`.

use domain::day::Day;
use domain::language::Language;
use domain::person::PersonName;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::page::Page;

/// One entry of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) code: String,
    /// What is shown.
    pub(super) name: String,
}

pub(super) const CHANNELS: [&str; 5] = ["in_person", "home_visit", "telephone", "video", "written"];
pub(super) const INTERPRETED: [&str; 3] = ["no", "professional", "informal"];
pub(super) const INTERPRETERS: [&str; 3] = ["unknown", "needed", "not_needed"];
pub(super) const SOURCES: [&str; 3] = ["person", "klantmanager", "document"];
pub(super) const ROUTES: [&str; 3] = ["b1", "education", "z"];
pub(super) const OUTCOMES: [&str; 5] =
    ["well", "needs_help", "other_work", "no_work", "not_reached"];
pub(super) const KINDS: [&str; 7] = [
    "regular",
    "work-and-learn",
    "trial-placement",
    "work-experience",
    "starter-job",
    "traineeship",
    "volunteer",
];
pub(super) const REVISIONS: [&str; 4] = ["route_change", "downscale", "move", "other"];
pub(super) const PARTS: [&str; 9] = [
    "situation",
    "language",
    "society",
    "labour_market",
    "work",
    "education",
    "support",
    "guidance",
    "agreements",
];
pub(super) const ENDS: [&str; 8] = [
    "term_over",
    "hired_here",
    "went_on_elsewhere",
    "person_stopped",
    "employer_stopped",
    "illness",
    "moved",
    "other",
];
pub(super) const CLOSINGS: [&str; 9] = [
    "work",
    "work_at_level",
    "education",
    "own_business",
    "moved",
    "illness",
    "dropped_out",
    "term_over",
    "other",
];
/// Major groups of ISCO-08 that placements are in.
pub(super) const WORK_GROUPS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
/// Why a klantmanager takes a match back.
pub(super) const WITHDRAWALS: [&str; 4] = ["other-work", "not-now", "vacancy-gone", "other"];
/// Why advice is changed or rejected: codes of the adviser.
pub(super) const DECISIONS: [&str; 7] = [
    "person_prefers_other",
    "already_running",
    "tried_before",
    "no_place",
    "barrier_wrong",
    "something_first",
    "other",
];
/// States of a term by which lists are filtered.
pub(super) const TERMS: [&str; 3] = ["late", "due", "early"];

/// The value that a code of a closed list stands for.
pub(super) fn read<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(Value::String(code.to_owned())).ok()
}

/// The code of a value of a closed list.
pub(super) fn code<T: Serialize>(word: &T) -> String {
    match serde_json::to_value(word) {
        Ok(Value::String(code)) => code,
        _ => String::new(),
    }
}

/// The words for a code.
pub(super) fn name(page: &Page, group: &str, code: &str) -> String {
    page.t(&format!("guiding-{group}-{}", code.replace('_', "-")))
}

/// A list to choose from.
pub(super) fn choices<'a>(
    page: &Page,
    group: &str,
    codes: impl IntoIterator<Item = &'a str>,
) -> Vec<Choice> {
    let choice = |code: &str| Choice {
        code: code.to_owned(),
        name: name(page, group, code),
    };
    codes.into_iter().map(choice).collect()
}

/// Languages of the interface, by their own names.
pub(super) fn languages() -> Vec<Choice> {
    Language::interface()
        .map(|language| Choice {
            code: language.code().to_owned(),
            name: language.own_name().to_owned(),
        })
        .collect()
}

/// A day with the month in words.
pub(super) fn day(page: &Page, day: Day) -> String {
    page.date(day.date())
}

/// A name as it is shown in lists: how the person wants to be addressed, else the full name.
pub(super) fn full_name(name: &PersonName) -> String {
    let given = name.known_as.as_ref().unwrap_or(&name.given_or_only);
    match &name.family {
        Some(family) => format!("{} {}", given.as_str(), family.as_str()),
        None => given.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::case::{
        Channel, CheckInOutcome, CloseReason, EndReason, Interpreted, Interpreter, LearningRoute,
        PlanBecause, PlanTopic, StatementSource,
    };
    use domain::placement::PlaceKind;

    use super::*;

    #[test]
    fn every_code_stands_for_something() {
        fn all<T: DeserializeOwned + Serialize>(codes: &[&str]) {
            for text in codes {
                let back = read::<T>(text).map(|word| code(&word));
                assert_eq!(back.as_deref(), Some(*text));
            }
        }
        all::<Channel>(&CHANNELS);
        all::<Interpreted>(&INTERPRETED);
        all::<Interpreter>(&INTERPRETERS);
        all::<StatementSource>(&SOURCES);
        all::<LearningRoute>(&ROUTES);
        all::<CheckInOutcome>(&OUTCOMES);
        all::<PlaceKind>(&KINDS);
        all::<PlanBecause>(&REVISIONS);
        all::<PlanTopic>(&PARTS);
        all::<EndReason>(&ENDS);
        all::<CloseReason>(&CLOSINGS);
        assert!(read::<Channel>("pigeon").is_none());
    }
}
