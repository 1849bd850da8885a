//! From the matching engine's levers to barriers and advice.

use domain::language::Language;
use domain::placement::Modality;
use guidance::adviser::{self, Question};
use guidance::barrier::{Diagnosis, SaidBy};
use guidance::facts::Facts;
use guidance::instrument::Place;
use guidance::lever_link::{LeverFindings, LeverKind, LeverReport};
use matching::levers::{
    CandidateLevers, Cost, Lever, LeverCount, Relaxed, VacancyCosts, group_levers,
};

use crate::{day, facts, set};

fn count(lever: Lever, opens: u32) -> LeverCount {
    LeverCount {
        lever,
        opens,
        examples: Vec::new(),
    }
}

fn dutch(to: &str, opens: u32) -> LeverCount {
    let to = to.parse().expect("a level");
    let language = Language::NL;
    count(Lever::Language { language, to }, opens)
}

fn candidate(open_now: u32, levers: Vec<LeverCount>) -> CandidateLevers {
    CandidateLevers {
        open_now,
        levers,
        pairs: Vec::new(),
    }
}

fn find(levers: &CandidateLevers, facts: &Facts) -> LeverFindings {
    let report = LeverReport::of_candidate(levers, |skill| format!("urn:skill:{}", skill.0));
    set()
        .taxonomy
        .find_levers(&report, facts, day("2026-11-22"))
}

fn openings(findings: &LeverFindings) -> Vec<(String, u32)> {
    let openings = findings.openings.iter();
    openings.map(|o| (o.barrier.to_string(), o.opens)).collect()
}

#[test]
fn the_highest_count_of_a_barrier_is_what_its_removal_opens_at_least() {
    let levers = candidate(10, vec![dutch("A2", 4), dutch("B1", 9), dutch("B2", 11)]);
    let found = find(&levers, &Facts::none());
    assert_eq!(openings(&found), [("N1a".to_owned(), 11)]);
    assert_eq!(found.levers.len(), 3);
    let first = found.diagnoses.first().expect("a diagnosis");
    assert_eq!(
        (first.code.to_string(), u8::from(first.severity)),
        ("N1a".to_owned(), 2)
    );
    assert_eq!(first.said_by, SaidBy::Derived);
}

#[test]
fn severity_follows_from_what_is_open_now() {
    let severity = |open_now, opens| {
        let found = find(
            &candidate(open_now, vec![dutch("B1", opens)]),
            &Facts::none(),
        );
        found.diagnoses.first().map(|d| u8::from(d.severity))
    };
    assert_eq!(severity(0, 1), Some(3), "nothing is open: it blocks");
    assert_eq!(severity(10, 5), Some(2), "half as many more: clear");
    assert_eq!(severity(10, 4), Some(1));
    assert_eq!(severity(10, 0), None);
}

#[test]
fn facts_decide_where_a_lever_can_belong_to_several_barriers() {
    let levers = candidate(
        3,
        vec![count(Lever::Recognition, 2), count(Lever::DayParts, 5)],
    );
    let regulated = facts(&[("regulated_profession", "yes"), ("timetable_clash", "yes")]);
    let of = |facts: &Facts| openings(&find(&levers, facts));
    assert_eq!(
        of(&regulated),
        [("N2b".to_owned(), 2), ("N5h".to_owned(), 5)]
    );
    let free = facts(&[
        ("regulated_profession", "no"),
        ("care_tasks_unsolved", "yes"),
    ]);
    assert_eq!(of(&free), [("N2a".to_owned(), 2), ("N5d".to_owned(), 5)]);
    let unknown = find(&levers, &Facts::none());
    assert_eq!(openings(&unknown), [("N2a".to_owned(), 2)]);
    let hours = unknown.levers.last().expect("the lever of day parts");
    let ask: Vec<&str> = hours.ask.iter().map(|fact| fact.name()).collect();
    assert_eq!(hours.barrier, None);
    assert_eq!(ask, ["care_tasks_unsolved", "timetable_clash"]);
}

#[test]
fn every_kind_of_lever_in_the_written_form_is_understood() {
    let lines = r#"{"candidate":"k","threshold":400,"open_now":1,"pairs":[],"levers":[
        {"lever":"language","language":"nl","to":"B1","opens":9,"examples":["v"]},
        {"lever":"modality","language":"nl","modality":"reading","to":"A1","opens":2,"examples":[]},
        {"lever":"modality","language":"nl","modality":"speaking","to":"A2","opens":2,"examples":[]},
        {"lever":"modality","language":"en","modality":"speaking","to":"A2","opens":2,"examples":[]},
        {"lever":"recognition","opens":2,"examples":[]},
        {"lever":"qualification","to":4,"opens":3,"examples":[]},
        {"lever":"licence","licence":"B","opens":4,"examples":[]},
        {"lever":"licence","licence":"VCA","opens":5,"examples":[]},
        {"lever":"hours","to":32,"opens":2,"examples":[]},
        {"lever":"day-parts","opens":2,"examples":[]},
        {"lever":"day-part","part":"mon-evening","opens":2,"examples":[]},
        {"lever":"travel","opens":6,"examples":[]},
        {"lever":"travel-to","region":"AM11","opens":2,"examples":[]},
        {"lever":"permission","to":"free","opens":7,"examples":[]},
        {"lever":"start","opens":2,"examples":[]},
        {"lever":"learning","opens":2,"examples":[]},
        {"lever":"skill","skill":"urn:werkbrug:skill:give-medicine","opens":8,"examples":[]}]}"#;
    let report: LeverReport = serde_json::from_str(lines).expect("a line of levers");
    let kinds: std::collections::BTreeSet<LeverKind> = report
        .levers
        .iter()
        .map(|count| count.lever.kind())
        .collect();
    assert_eq!(kinds.len(), LeverKind::ALL.len());
    let found = set()
        .taxonomy
        .find_levers(&report, &Facts::none(), day("2026-11-22"));
    let expected = [
        ("N1a", 9),
        ("N1c", 2),
        ("N2a", 2),
        ("N2c", 8),
        ("N5c", 6),
        ("W8", 7),
    ];
    let expected = expected.map(|(code, opens)| (code.to_owned(), opens));
    assert_eq!(openings(&found), expected);
}

#[test]
fn levers_of_a_group_become_the_openings_of_a_region() {
    let members = [
        candidate(0, vec![dutch("B1", 3)]),
        candidate(2, vec![dutch("B1", 4), count(Lever::Travel, 1)]),
    ];
    let group = group_levers(members.iter());
    let report = LeverReport::of_group(&group, |_| String::new());
    assert_eq!(report.open_now, 2);
    let found = set()
        .taxonomy
        .find_levers(&report, &Facts::none(), day("2026-11-22"));
    assert_eq!(
        openings(&found),
        [("N1a".to_owned(), 7), ("N5c".to_owned(), 1)]
    );
}

#[test]
fn a_lever_alone_leads_to_advice_with_its_number_and_a_person_overrules_it() {
    let set = set();
    let now = day("2026-11-22");
    let lever = Lever::Modality {
        language: Language::NL,
        modality: Modality::Speaking,
        to: "B1".parse().expect("a level"),
    };
    let found = find(&candidate(0, vec![count(lever, 12)]), &Facts::none());
    let nobody = Facts::none();
    let diagnose = |said: &[Diagnosis]| {
        set.taxonomy
            .diagnose_with_levers(&nobody, &found.diagnoses, said, now)
    };
    let barriers = diagnose(&[]);
    assert_eq!(barriers.len(), 1);
    let question = Question {
        facts: &nobody,
        barriers: &barriers,
        openings: &found.openings,
        date: now,
        place: Place::default(),
    };
    let advice = adviser::advise(&set.register, question);
    let opens = advice.steps.first().and_then(|step| step.reasons.first());
    assert_eq!(opens.and_then(|reason| reason.opens), Some(12));
    let resolved = Diagnosis {
        said_by: SaidBy::Klantmanager,
        resolved: Some(now),
        ..found.diagnoses[0].clone()
    };
    assert!(diagnose(&[resolved]).is_empty());
}

#[test]
fn a_lever_makes_a_known_barrier_more_severe_but_never_less() {
    let set = set();
    let low = facts(&[("speaking", "A2")]);
    let severity = |open_now, opens| {
        let found = find(&candidate(open_now, vec![dutch("B1", opens)]), &low);
        let all = set
            .taxonomy
            .diagnose_with_levers(&low, &found.diagnoses, &[], day("2026-11-22"));
        let found = all.iter().find(|d| d.code.to_string() == "N1a");
        found.map(|d| u8::from(d.severity))
    };
    assert_eq!(severity(0, 5), Some(3));
    assert_eq!(severity(100, 1), Some(2), "what the level shows stays");
}

#[test]
fn what_the_demands_of_a_vacancy_cost_becomes_the_advice_of_the_employer() {
    let cost = |relaxed, candidates| Cost {
        relaxed,
        candidates,
    };
    let asked = Relaxed::Language {
        language: Language::NL,
        to: "A2".parse().expect("a level"),
    };
    let costs = VacancyCosts {
        fit_now: 1,
        costs: vec![
            cost(asked, 9),
            cost(Relaxed::Qualification, 4),
            cost(Relaxed::Hours, 3),
            cost(Relaxed::Permission, 2),
        ],
    };
    let report = LeverReport::of_vacancy(&costs, |_| String::new());
    let nobody = Facts::none();
    let now = day("2026-11-22");
    let set = set();
    let found = set.taxonomy.find_levers(&report, &nobody, now);
    let expected = [("W2", 9), ("W8", 2), ("W9", 4)];
    assert_eq!(
        openings(&found),
        expected.map(|(code, opens)| (code.to_owned(), opens))
    );
    assert_eq!(found.levers.len(), 4, "hours are shown without a barrier");
    let barriers = set
        .taxonomy
        .diagnose_with_levers(&nobody, &found.diagnoses, &[], now);
    let question = Question {
        facts: &nobody,
        barriers: &barriers,
        openings: &found.openings,
        date: now,
        place: Place::default(),
    };
    let advice = adviser::advise(&set.register, question);
    let first = advice.steps.first().expect("a step");
    assert_eq!(first.reasons[0].opens, Some(9));

    let line = r#"{"vacancy":"v","threshold":400,"fit_now":1,"costs":[{"relaxed":"language","language":"nl","to":"A2","candidates":9},{"relaxed":"qualification","candidates":4},{"relaxed":"hours","candidates":3},{"relaxed":"permission","candidates":2}]}"#;
    let read: LeverReport = serde_json::from_str(line).expect("a line of costs");
    assert_eq!(set.taxonomy.find_levers(&read, &nobody, now), found);
}
