//! Figures from the records of the programme.

use statistics::Confidence;
use statistics::paired::Pairs;
use statistics::proportion::Share;

use super::interviews::{code_counts, coder_agreement};
use super::{FundingUnit, PracticeTest, Programme};
use crate::figure::{Figure, Key, Outcome, Unit, Value, not_computed, of_estimate, of_share};
use crate::indicator::{Indicator, Measure, Method, RecordKind, Registry};

/// A labelled outcome in its unit.
type Line = (String, Unit, Outcome);

/// All figures of the measures that read these records.
#[must_use]
pub fn compute(programme: &Programme, registry: &Registry, confidence: Confidence) -> Vec<Figure> {
    let mut figures = Vec::new();
    for indicator in registry.indicators() {
        for measure in &indicator.measure {
            let Method::Records { of } = &measure.method else {
                continue;
            };
            let lines = match of {
                RecordKind::NetworkAgreements => agreements(programme, confidence),
                RecordKind::NetworkAttendance => attendance(programme, confidence),
                RecordKind::Trainings => trainings(programme, confidence),
                RecordKind::PracticeTests => practice_tests(programme, confidence),
                RecordKind::Funding => funding(programme),
                RecordKind::Interviews => interviews(programme, confidence),
                RecordKind::InterviewAgreement => agreement(programme, confidence),
            };
            let lines = if lines.is_empty() {
                vec![(
                    String::new(),
                    Unit::Share,
                    not_computed("there is no record of it"),
                )]
            } else {
                lines
            };
            figures.extend(
                lines
                    .into_iter()
                    .map(|line| figure(indicator, measure, line)),
            );
        }
    }
    figures
}

fn figure(indicator: &Indicator, measure: &Measure, (label, unit, outcome): Line) -> Figure {
    Figure {
        key: Key {
            indicator: indicator.code.clone(),
            version: indicator.version,
            measure: measure.code.clone(),
            months: None,
            label: (!label.is_empty()).then_some(label),
            group: None,
        },
        unit,
        evidence: measure.evidence.unwrap_or(indicator.evidence),
        outcome,
        cells: None,
        guard: None,
    }
}

fn share(numerator: u64, denominator: u64, empty: &str, confidence: Confidence) -> Outcome {
    if denominator == 0 {
        return not_computed(empty);
    }
    Share::new(numerator, denominator)
        .map_or_else(not_computed, |share| of_share(&share, confidence))
}

fn agreements(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    let of = |network: &super::Network| {
        let done = network
            .agreement
            .iter()
            .filter(|a| a.done_on.is_some())
            .count();
        let outcome = share(
            done as u64,
            network.agreement.len() as u64,
            "no agreement is recorded",
            confidence,
        );
        (network.code.clone(), Unit::Share, outcome)
    };
    programme.network.iter().map(of).collect()
}

fn attendance(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    let of = |network: &super::Network| {
        let present = network.session.iter().map(|session| session.present).sum();
        let invited = network.session.iter().map(|session| session.invited).sum();
        let outcome = share(present, invited, "no session is recorded", confidence);
        (network.code.clone(), Unit::Share, outcome)
    };
    programme.network.iter().map(of).collect()
}

fn trainings(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    let of = |training: &super::Training| {
        let outcome = match (training.reached, training.meant_for) {
            (Some(reached), Some(meant_for)) => {
                share(reached, meant_for, "it is meant for nobody", confidence)
            }
            _ => not_computed("the source does not say how many were reached among how many"),
        };
        (training.code.clone(), Unit::Share, outcome)
    };
    programme.training.iter().map(of).collect()
}

fn practice_tests(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    let of = |test: &PracticeTest| {
        let outcome = match (test.pairs, test.published_points) {
            (Some([both, only_first, only_second, neither]), _) => {
                let pairs = Pairs { both, only_first, only_second, neither };
                pairs.adjusted_difference(confidence).map_or_else(not_computed, |difference| {
                    of_estimate(&difference, pairs.total())
                })
            }
            (None, Some(points)) if points.is_finite() => Outcome::Value(Value {
                point: points / 100.0,
                interval: None,
                n: test.vacancies,
                numerator: None,
                caution: Some(
                    "no interval, because the number of pairs with different outcomes was not published"
                        .to_owned(),
                ),
            }),
            _ => not_computed("neither pairs nor a difference were published"),
        };
        (
            format!("{} {}", test.period, test.code),
            Unit::ShareDifference,
            outcome,
        )
    };
    programme.practice_test.iter().map(of).collect()
}

fn funding(programme: &Programme) -> Vec<Line> {
    let of = |funding: &super::Funding| {
        let outcome = match (funding.reached, funding.per) {
            (Some(0), _) => not_computed("nobody was reached"),
            (Some(reached), FundingUnit::Total) => Outcome::Value(Value {
                point: funding.euro as f64 / reached as f64,
                interval: None,
                n: Some(reached),
                numerator: None,
                caution: Some("an amount divided by a count has no interval".to_owned()),
            }),
            (_, FundingUnit::Region) => {
                not_computed("the amount is per region and how many were reached is not known")
            }
            (None, FundingUnit::Total) => {
                not_computed("how many people were reached with it is not known")
            }
        };
        (funding.code.clone(), Unit::Euro, outcome)
    };
    programme.funding.iter().map(of).collect()
}

fn interviews(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    let mut lines = Vec::new();
    for counted in code_counts(&programme.interview) {
        let Some(interviewed) = counted.interviewed else {
            let reason = not_computed("fewer than ten people of the group were interviewed");
            lines.push((counted.group, Unit::Share, reason));
            continue;
        };
        for (code, count) in counted.codes {
            let outcome = share(count as u64, interviewed as u64, "nobody", confidence);
            lines.push((format!("{} {code}", counted.group), Unit::Share, outcome));
        }
    }
    lines
}

fn agreement(programme: &Programme, confidence: Confidence) -> Vec<Line> {
    if programme.interview.is_empty() {
        return Vec::new();
    }
    let outcome = match coder_agreement(&programme.interview, confidence) {
        Ok((kappa, n)) => of_estimate(&kappa, n),
        Err(reason) => not_computed(reason),
    };
    vec![("two-coders".to_owned(), Unit::Kappa, outcome)]
}
