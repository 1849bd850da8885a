//! The adviser: order, reasons, refusals.

use guidance::adviser::{self, Advice, DecisionFault, DecisionReason, Question, Verdict};
use guidance::barrier::{Diagnosis, Opening, SaidBy, Severity};
use guidance::facts::Facts;
use guidance::instrument::{EvidenceLevel, Place, Rejection};
use guidance::{Day, GuidanceSet};
use proptest::prelude::*;

use crate::{day, facts, set};

fn barrier(code: &str, severity: u8) -> Diagnosis {
    Diagnosis {
        code: code.parse().expect("a code"),
        severity: Severity::try_from(severity).expect("a severity"),
        said_by: SaidBy::Person,
        since: None,
        resolved: None,
    }
}

fn opening(code: &str, opens: u32) -> Opening {
    Opening {
        barrier: code.parse().expect("a code"),
        opens,
    }
}

fn ask<'a>(
    set: &'a GuidanceSet,
    facts: &Facts,
    barriers: &[Diagnosis],
    openings: &[Opening],
    date: Day,
) -> Advice<'a> {
    let place = Place::default();
    adviser::advise(
        &set.register,
        Question {
            facts,
            barriers,
            openings,
            date,
            place,
        },
    )
}

#[test]
fn what_opens_most_comes_first() {
    let set = set();
    let barriers = [barrier("N1a", 1), barrier("N5c", 3)];
    let now = day("2026-11-22");
    let first = |openings: &[Opening]| {
        let advice = ask(set, &Facts::none(), &barriers, openings, now);
        advice.steps[0].reasons[0].barrier.to_string()
    };
    assert_eq!(first(&[]), "N5c", "without numbers the most severe barrier");
    assert_eq!(first(&[opening("N1", 90), opening("N5c", 10)]), "N1a");
    assert_eq!(first(&[opening("N1", 10), opening("N5c", 90)]), "N5c");
}

#[test]
fn abolished_instruments_are_refused_with_their_last_day() {
    let set = set();
    let facts = facts(&[("hourly_wage_cents", "1450"), ("hours_per_year", "1664")]);
    let barriers = [barrier("W4", 2)];
    let on = |date| ask(set, &facts, &barriers, &[], day(date));
    assert!(on("2024-12-31").steps.iter().any(|s| s.instrument == "liv"));
    let after = on("2025-01-01");
    let liv = after
        .rejected
        .iter()
        .find(|r| r.instrument == "liv")
        .expect("rejected");
    assert_eq!(
        liv.why,
        Rejection::Abolished {
            last_day: day("2024-12-31")
        }
    );
    let question = Question {
        facts: &facts,
        barriers: &barriers,
        openings: &[],
        date: day("2025-01-01"),
        place: Place::default(),
    };
    let change = Verdict::Change {
        instrument: "liv".to_owned(),
        reason: DecisionReason::Other,
    };
    let refused = adviser::decide(&set.register, "lks", &change, question);
    let expected = DecisionFault::Abolished {
        id: "liv".to_owned(),
        last_day: day("2024-12-31"),
    };
    assert_eq!(refused.map(|i| i.map(|i| i.id.clone())), Err(expected));
    let reject = Verdict::Reject {
        reason: DecisionReason::NoPlace,
    };
    assert!(matches!(
        adviser::decide(&set.register, "lks", &reject, question),
        Ok(None)
    ));
}

#[test]
fn the_wage_subsidy_is_only_for_a_wage_value_below_the_minimum() {
    let set = set();
    let with = |value: &str| {
        let facts = facts(&[("wage_value_percent", value)]);
        let advice = ask(set, &facts, &[barrier("W4", 2)], &[], day("2026-11-22"));
        advice.steps.iter().any(|s| s.instrument == "lks")
    };
    assert!(with("99"));
    assert!(!with("100"));
}

#[test]
fn every_barrier_gets_advice_and_every_step_evidence_or_none_known() {
    let set = set();
    for found in set.taxonomy.iter() {
        let barriers = [barrier(&found.code.to_string(), 2)];
        let advice = ask(set, &Facts::none(), &barriers, &[], day("2026-11-22"));
        // A main barrier only gathers its parts; help is linked to the parts.
        let has_parts = set
            .taxonomy
            .iter()
            .any(|b| b.code.is_part() && b.code.main() == found.code);
        if !has_parts {
            assert!(
                advice.steps.len() >= 2,
                "{}: {:?}",
                found.code,
                advice.rejected
            );
            assert!(advice.without_help.is_empty(), "{}", found.code);
        }
        for step in &advice.steps {
            let unknown = step.evidence_level == EvidenceLevel::Unknown;
            assert!(unknown || !step.evidence.is_empty(), "{}", step.instrument);
            assert!(!step.reasons.is_empty());
            assert!(
                step.fund
                    .is_none_or(|fund| !step.other_funds.contains(&fund))
            );
        }
    }
}

#[test]
fn a_local_instrument_stays_in_its_place() {
    let set = set();
    let barriers = [barrier("G7", 2)];
    let facts = Facts::none();
    let at = |code| {
        let place = Place {
            municipality: Some(code),
            region: None,
        };
        let date = day("2026-11-22");
        let question = Question {
            facts: &facts,
            barriers: &barriers,
            openings: &[],
            date,
            place,
        };
        let advice = adviser::advise(&set.register, question);
        advice
            .steps
            .iter()
            .any(|s| s.instrument == "municipality-as-employer")
    };
    assert!(at("GM0599"));
    assert!(!at("GM0513"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The order of the input never changes the advice, and with more vacancies behind a barrier no
    /// instrument against it falls behind one that is against others only.
    #[test]
    fn advice_is_reproducible_and_monotone(
        picks in prop::collection::vec((0_usize..50, 1_u8..=3, 0_u32..200), 1..8),
        raise in 0_usize..8,
    ) {
        let set = set();
        let codes: Vec<String> = set.taxonomy.iter().map(|b| b.code.to_string()).collect();
        let mut seen = std::collections::BTreeSet::new();
        let picks: Vec<_> = picks.into_iter().filter(|p| seen.insert(p.0)).collect();
        let barriers: Vec<Diagnosis> = picks.iter().map(|p| barrier(&codes[p.0], p.1)).collect();
        let mut openings: Vec<Opening> = picks.iter().map(|p| opening(&codes[p.0], p.2)).collect();
        let date = day("2026-11-22");
        let names = |barriers: &[Diagnosis], openings: &[Opening]| -> Vec<String> {
            let advice = ask(set, &Facts::none(), barriers, openings, date);
            advice.steps.iter().map(|s| s.instrument.to_owned()).collect()
        };
        let first = names(&barriers, &openings);
        let mut turned = barriers.clone();
        turned.reverse();
        prop_assert_eq!(&names(&turned, &openings), &first);
        let index = raise % openings.len();
        let raised = openings[index].barrier.clone();
        openings[index].opens += 1000;
        let second = names(&barriers, &openings);
        let touched = |name: &String| {
            let instrument = set.register.get(name).expect("an instrument");
            let mut helped = barriers.iter().filter(|b| instrument.helps(&b.code));
            helped.any(|b| raised.covers(&b.code))
        };
        let place = |list: &[String], name: &String| list.iter().position(|n| n == name);
        for above in first.iter().filter(|name| touched(name)) {
            for below in first.iter().filter(|name| !touched(name)) {
                let before = place(&first, above) < place(&first, below);
                let after = place(&second, above) < place(&second, below);
                prop_assert!(!before || after, "{} fell behind {}", above, below);
            }
        }
    }
}
