//! Laws that hold for every question, not only for the scenarios.

use domain::language::Language;
use guidance::answer::Speaker;
use guidance::provenance::Standing;
use guidance::rule::Topic;

use crate::{day, facts, set};

const RESIDENCE: [&str; 10] = [
    "status_holder",
    "status_holder_permanent",
    "family_asylum",
    "family_regular",
    "asylum_seeker",
    "displaced_ukraine",
    "third_country_ukraine",
    "transition_document",
    "dutch",
    "other",
];
const KINDS: [&str; 4] = ["employment", "own_business", "internship", "volunteer"];

#[test]
fn every_question_gets_an_outcome_from_a_rule_in_force_or_names_what_is_missing() {
    let set = set();
    let mut date = day("2022-01-01");
    while date < day("2028-06-01") {
        for residence in RESIDENCE {
            for kind in KINDS {
                let facts = facts(&[("residence", residence), ("kind", kind)]);
                let decision = set.rules.decide(Topic::MayWork, &facts, date);
                let about = format!("{residence} {kind} {date}: {decision:?}");
                match decision.rule {
                    Some(rule) => {
                        assert_eq!(rule.provenance.status, Standing::InForce, "{about}");
                        assert!(rule.provenance.covers(date), "{about}");
                        assert!(decision.missing.is_empty(), "{about}");
                        assert_eq!(
                            decision.trace.last().map(|t| t.step),
                            Some("decides"),
                            "{about}"
                        );
                    }
                    None => assert!(!decision.missing.is_empty(), "{about}"),
                }
            }
        }
        date = date.plus_days(13);
    }
}

#[test]
fn nothing_unverified_is_shown_without_the_warning() {
    let set = set();
    for language in Language::interface() {
        let speaker = Speaker { set, language };
        for residence in RESIDENCE {
            for kind in KINDS {
                let facts = facts(&[("residence", residence), ("kind", kind)]);
                let decision = set.rules.decide(Topic::MayWork, &facts, day("2026-11-22"));
                let answer = speaker.answer(Topic::MayWork, &decision, &facts);
                assert!(
                    answer
                        .explanation
                        .is_some_and(|words| !words.text.is_empty())
                );
                if let (Some(rule), Some(source)) = (decision.rule, &answer.source) {
                    assert_eq!(source.warning.is_none(), rule.provenance.verified);
                    assert!(source.warning.is_none_or(|warning| !warning.is_empty()));
                }
                assert!(
                    answer
                        .duties
                        .iter()
                        .all(|d| !d.what_text.is_empty() && !d.who_text.is_empty())
                );
            }
        }
    }
}

#[test]
fn the_notice_is_dated_in_working_days_over_christmas() {
    let set = set();
    let speaker = Speaker {
        set,
        language: Language::NL,
    };
    let facts = facts(&[
        ("residence", "displaced_ukraine"),
        ("kind", "employment"),
        ("start_date", "2026-12-28"),
    ]);
    let decision = set.rules.decide(Topic::MayWork, &facts, day("2026-11-22"));
    let answer = speaker.answer(Topic::MayWork, &decision, &facts);
    let notice = answer
        .duties
        .iter()
        .find(|d| d.what == "notify-uwv")
        .expect("the notice");
    // 28 December 2026 is a Monday; Friday is Christmas Day, so Thursday and Wednesday count.
    assert_eq!(notice.by_date, Some(day("2026-12-23")));
    assert_eq!(notice.working_days, Some(2));
}

#[test]
fn the_trace_names_every_rule_up_to_the_one_that_decided() {
    let set = set();
    let facts = facts(&[("residence", "asylum_seeker"), ("kind", "volunteer")]);
    let decision = set.rules.decide(Topic::MayWork, &facts, day("2026-11-22"));
    let rules = set.rules.of(Topic::MayWork);
    let decided = rules
        .iter()
        .position(|r| r.id == "asylum-volunteer")
        .expect("the rule");
    let looked: Vec<&str> = decision.trace.iter().map(|step| step.rule).collect();
    let expected: Vec<&str> = rules
        .iter()
        .take(decided + 1)
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(looked, expected);
}
