//! Loading: what is embedded, what is refused, and what stays in force.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guidance::bundle::{Bundle, DataFault};
use guidance::{GuidanceSet, RuleStore, check, embedded};

use crate::{data_folder, set};

fn faults_with(path: &str, change: impl Fn(&str) -> String) -> Vec<DataFault> {
    let bundle = embedded::bundle();
    let text = bundle.get(path).expect("an embedded file").to_owned();
    let changed = change(&text);
    assert_ne!(text, changed, "the change must change something");
    GuidanceSet::load(&bundle.with(path, &changed))
        .map(|_| ())
        .expect_err("the changed set must be refused")
        .faults
}

fn one(path: &str, from: &str, to: &str) -> DataFault {
    let faults = faults_with(path, |text| text.replacen(from, to, 1));
    faults.into_iter().next().expect("a fault")
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = Bundle::from_folder(&data_folder()).expect("the folder");
    let on_disk: BTreeSet<&str> = folder.paths().collect();
    let embedded = embedded::bundle();
    assert_eq!(embedded.paths().collect::<BTreeSet<&str>>(), on_disk);
}

#[test]
fn the_set_holds_what_was_promised() {
    let found = check::inventory(set());
    assert!(found.may_work_scenarios >= 60, "{found:?}");
    assert!(found.clock_scenarios >= 40, "{found:?}");
    assert!(found.instruments + found.funds >= 25, "{found:?}");
    assert_eq!(found.languages, 7);
    assert_eq!(found.municipalities, 342);
}

#[test]
fn a_scenario_that_expects_something_else_is_refused_with_its_line() {
    let path = "rules/may_work.scenarios.toml";
    let fault = one(path, "expect = \"free\"", "expect = \"not_allowed\"");
    assert_eq!(fault.file, path);
    let text = embedded::bundle().get(path).expect("the file").to_owned();
    let before = text.split("[[scenario]]").next().expect("a head");
    assert_eq!(fault.line, before.lines().count() + 1);
    assert!(
        fault.reason.contains("expected not_allowed, found free"),
        "{fault}"
    );
}

#[test]
fn a_clock_with_another_length_fails_its_scenarios() {
    let faults = faults_with("clocks/clocks.toml", |text| {
        text.replacen("amount = 70", "amount = 77", 1)
            .replacen("amount = 70", "amount = 77", 1)
            .replacen("amount = 70", "amount = 77", 1)
    });
    assert!(
        faults.iter().any(|f| f.reason.contains("PIP on day 71")),
        "{faults:?}"
    );
}

/// File, what stands in it, what is put in its place, and the reason that must follow.
const WRONG: [(&str, &str, &str, &str); 24] = [
    (
        "diplomas.toml",
        "verified = false",
        "verified = true",
        "is a front page, so verified must be false",
    ),
    (
        "barriers.toml",
        "kind = \"qualification\"\nbarrier = \"W9\"",
        "kind = \"qualification\"\nbarrier = \"W99\"",
        "demand Qualification: W99 is no barrier of the file",
    ),
    (
        "barriers.toml",
        "kind = \"travel\"\nbarrier = \"N5c\"",
        "kind = \"travel\"\nbarrier = \"N5z\"",
        "lever Travel: N5z is no barrier of the file",
    ),
    (
        "barriers.toml",
        "kind = \"skill\"\nbarrier = \"N2c\"",
        "kind = \"skill\"\nbarrier = \"N4a\"",
        "only from what the person reported",
    ),
    (
        "barriers.toml",
        "kind = \"skill\"\nbarrier = \"N2c\"",
        "kind = \"skill\"",
        "a row without a barrier needs a reason",
    ),
    (
        "barriers.toml",
        "kind = \"travel-to\"",
        "kind = \"walking\"",
        "unknown variant",
    ),
    (
        "agreements.toml",
        "fact = \"placement_kind\", is = \"trial\"",
        "fact = \"placement_kind\", is = \"trail\"",
        "is no value of placement_kind",
    ),
    (
        "language_plan.toml",
        "least_gap = 1",
        "least_gap = 0",
        "least_gap must be 1 or more",
    ),
    (
        "trade_words.csv",
        "care,pijn,pain,",
        "care,pijn,,",
        "the word is missing in en",
    ),
    (
        "trade_words.csv",
        "care,wond,",
        "farming,wond,",
        "there is no sector",
    ),
    (
        "rules/may_work_displaced.toml",
        "valid_to = 2022-03-03",
        "valid_to = 2021-03-03",
        "lies before valid_from",
    ),
    (
        "rules/may_work_displaced.toml",
        "outcome = \"duty_to_notify\"",
        "outcome = \"refused\"",
        "does not belong to this topic",
    ),
    (
        "rules/may_work_displaced.toml",
        "fact = \"residence\"",
        "fact = \"nationality\"",
        "there is no fact \"nationality\"",
    ),
    (
        "rules/may_work_displaced.toml",
        "\"displaced_ukraine\"",
        "\"martian\"",
        "is no value of residence",
    ),
    (
        "rules/may_work_displaced.toml",
        "verified = true",
        "verfied = true",
        "unknown field",
    ),
    (
        "rules/may_work_asylum_seeker.toml",
        "\"$procedure_months\"",
        "\"$months\"",
        "there is no parameter",
    ),
    (
        "rules/may_work_asylum_seeker.toml",
        "source = \"https://",
        "source = \"",
        "is no web address",
    ),
    (
        "instruments/newcomers.toml",
        "barriers = [\"N1a\"",
        "barriers = [\"N9\"",
        "there is no barrier N9",
    ),
    (
        "instruments/newcomers.toml",
        "evidence = [\"dual-track-letter\"",
        "evidence = [\"nothing\"",
        "there is no evidence",
    ),
    (
        "instruments/newcomers.toml",
        "no_evidence_known = true",
        "no_evidence_known = false",
        "needs either evidence or",
    ),
    (
        "barriers.toml",
        "yes = \"reported_mental_load\"",
        "yes = \"working\"",
        "only from what the person reported",
    ),
    (
        "holidays.toml",
        "month = 1,",
        "month = \"x\",",
        "invalid type",
    ),
    (
        "municipalities.csv",
        "GM0014,Groningen,AM01",
        "GM0014,Groningen,AM99",
        "there is no region",
    ),
    (
        "clocks/clocks.toml",
        "pip_start = \"brp_registration\"",
        "pip_start = \"moved\"",
        "pip_start must be",
    ),
];

#[test]
fn wrong_files_are_refused_with_file_line_and_reason() {
    for (path, from, to, reason) in WRONG {
        let fault = one(path, from, to);
        assert_eq!(fault.file, path, "{fault}");
        assert!(fault.line > 0, "{fault}");
        assert!(fault.reason.contains(reason), "{fault}; expected {reason}");
    }
}

#[test]
fn a_missing_or_foreign_translation_is_refused() {
    let faults = faults_with("texts/ti.toml", |text| text.replacen("N1a = ", "N1x = ", 1));
    assert!(
        faults
            .iter()
            .any(|f| f.reason == "text \"barrier.N1a\" is missing"),
        "{faults:?}"
    );
    let faults = faults_with("texts/uk.toml", |text| {
        text.replacen("Роботодавець", "عمل", 1)
    });
    assert!(
        faults
            .iter()
            .any(|f| f.reason.contains("of another script")),
        "{faults:?}"
    );
    let long = "N1a = \"een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig eenentwintig\"\nN1a_was = ";
    let faults = faults_with("texts/nl.toml", |text| text.replacen("N1a = ", long, 1));
    assert!(
        faults.iter().any(|f| f.reason.contains("21 words")),
        "{faults:?}"
    );
}

/// Whether a changed file is refused for a reason that contains these words.
fn refused_for(path: &str, from: &str, to: &str, reason: &str) -> bool {
    let faults = faults_with(path, |text| text.replacen(from, to, 1));
    faults.iter().any(|fault| fault.reason.contains(reason))
}

#[test]
fn titles_of_sources_and_findings_of_studies_are_needed_in_every_language() {
    for language in ["nl", "en", "ar", "uk", "ti", "tr", "fa"] {
        let path = format!("texts/{language}.toml");
        let missing = "text \"work.Wet BIG\" is missing";
        let (from, to) = ("\"Wet BIG\" = ", "\"Wet BOG\" = ");
        assert!(refused_for(&path, from, to, missing));
    }
    let missing = "text \"finding.retention-tno\" is missing";
    let bundle = embedded::bundle();
    let text = bundle.get("texts/tr.toml").expect("the file");
    let (head, tail) = text.split_once("[text.finding]").expect("the group");
    let tail = tail.replacen("retention-tno = ", "retention-tni = ", 1);
    let changed = format!("{head}[text.finding]{tail}");
    let faults = GuidanceSet::load(&bundle.clone().with("texts/tr.toml", &changed));
    let faults = faults.map(|_| ()).expect_err("refused").faults;
    assert!(faults.iter().any(|f| f.reason == missing), "{faults:?}");
}

#[test]
fn a_clause_with_other_places_than_the_dutch_one_is_refused() {
    let other = "has other places than the Dutch one";
    assert!(refused_for(
        "texts/en.toml",
        "{hours} hours a week",
        "some hours a week",
        other
    ));
    let unknown = "has no place";
    assert!(refused_for(
        "texts/nl.toml",
        "Het werk is: {work}.",
        "Het is {job}.",
        unknown
    ));
}

#[test]
fn a_kind_of_lever_that_no_row_takes_is_refused() {
    let row = "[[lever]]\nkind = \"permission\"\nbarrier = \"W8\"\n";
    let reason = "no row takes every lever of the kind Permission";
    assert!(refused_for("barriers.toml", row, "", reason));
}

#[test]
fn a_barrier_with_one_instrument_is_refused() {
    let faults = faults_with("instruments/newcomers.toml", |text| {
        text.replacen("\"N5g\", \"N4e\"", "\"N4e\"", 1)
            .replacen("\"N5g\"", "\"N5f\"", 1)
    });
    assert!(
        faults.iter().any(|f| f.reason.contains("N5g has")),
        "{faults:?}"
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

#[test]
fn a_wrong_folder_leaves_the_old_set_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&data_folder(), folder.path());
    let store = RuleStore::from_folder(folder.path()).expect("a copy of the set");
    let before = store.current();
    let barriers = folder.path().join("barriers.toml");
    let text = fs::read_to_string(&barriers).expect("the file");
    fs::write(
        &barriers,
        text.replacen("code = \"N1\"", "code = \"Z1\"", 1),
    )
    .expect("written");
    let refused = store.replace(folder.path()).expect_err("refused");
    let message = refused.to_string();
    assert!(
        message.contains("barriers.toml:") && message.contains("no barrier code"),
        "{message}"
    );
    assert!(std::sync::Arc::ptr_eq(&before, &store.current()));

    fs::write(&barriers, &text).expect("written");
    let dutch = folder.path().join("texts/nl.toml");
    let texts = fs::read_to_string(&dutch).expect("the file");
    fs::write(&dutch, texts.replacen("Nederlandse taal", "Taal", 1)).expect("written");
    store.replace(folder.path()).expect("a right set");
    let now = store.current();
    assert_eq!(
        now.texts
            .words("barrier.N1", domain::language::Language::NL),
        "Taal"
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    assert!(RuleStore::from_folder(Path::new("/nonexistent/guidance")).is_err());
}
