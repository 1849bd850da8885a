//! Figures of an interactive page: every count rounded with cell keys, so that no sequence of
//! filters gives anything away.
//!
//! A page must show only what comes out of here; [`crate::figure::Figure`] itself is internal.

use serde::Serialize;
use statistics::Confidence;
use statistics::disclosure::cell_key::CellKey;
use statistics::disclosure::policy::{Policy, Reason};
use statistics::proportion::{self, Share};

use crate::codes::EvidenceLevel;
use crate::figure::{
    Cells, Figure, Guard, GuardKind, Key, Outcome, Range, Unit, Value, not_computed, of_estimate,
    of_share,
};

/// Why a figure is not shown, for pages to put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Few people.
    SmallCount,
    /// (Nearly) all of a group have the same characteristic.
    GroupDisclosure,
    /// Too few people for a percentage.
    SmallDenominator,
    /// Too few organisations.
    FewContributors,
    /// One or two organisations make up nearly all of it.
    Dominance,
    /// Shown, it would give away another figure.
    ProtectsAnother,
    /// Together with an earlier or another table it would give away a figure.
    LinkedTables,
    /// Not a count; means and curves are not shown for groups below the smallest denominator.
    SmallGroup,
}

impl From<Reason> for Hidden {
    fn from(reason: Reason) -> Hidden {
        match reason {
            Reason::SmallCount => Hidden::SmallCount,
            Reason::GroupDisclosure => Hidden::GroupDisclosure,
            Reason::SmallDenominator => Hidden::SmallDenominator,
            Reason::FewContributors => Hidden::FewContributors,
            Reason::Dominance => Hidden::Dominance,
            Reason::ProtectsAnother => Hidden::ProtectsAnother,
        }
    }
}

impl Hidden {
    /// One plain Dutch sentence.
    #[must_use]
    pub fn in_dutch(self) -> &'static str {
        match self {
            Hidden::SmallCount => "Het gaat om te weinig mensen om te tonen.",
            Hidden::GroupDisclosure => {
                "Bijna iedereen in deze groep is gelijk; het cijfer zou iets over ieder van hen zeggen."
            }
            Hidden::SmallDenominator => "De groep is te klein voor een percentage.",
            Hidden::FewContributors => "Te weinig organisaties hebben gegevens geleverd.",
            Hidden::Dominance => "Het cijfer komt bijna geheel van één of twee organisaties.",
            Hidden::ProtectsAnother => {
                "Met dit cijfer zou een ander, verborgen cijfer te berekenen zijn."
            }
            Hidden::LinkedTables => {
                "Samen met een andere of eerdere publicatie zou een verborgen cijfer te berekenen zijn."
            }
            Hidden::SmallGroup => "De groep is te klein voor dit cijfer.",
        }
    }
}

/// What a page shows in the place of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownOutcome {
    /// The rounded figure; `n` and the numerator are rounded counts.
    Value(Value),
    /// Hidden, with the reason.
    Hidden(Hidden),
    /// Not computed, with the reason.
    NotComputed(String),
}

/// A figure fit for a public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// What it is about.
    #[serde(flatten)]
    pub key: Key,
    /// In what it is expressed.
    pub unit: Unit,
    /// What it proves.
    pub evidence: EvidenceLevel,
    /// What is shown.
    pub outcome: ShownOutcome,
}

/// Rounds or hides a figure.
///
/// Shares are recomputed from rounded counts, so that percentage and counts agree. A share read
/// from a curve is rounded as the count it stands for, by the key of its group, and judged as that
/// count; means, medians and effects get noise of the size that a few people make, the same for
/// the same group; both only for groups of at least the smallest denominator of a percentage,
/// with `n` rounded by the key. So whatever is filtered, the difference between two pages says as
/// little about a person as the difference between two counts.
/// Published figures of others ([`Key::label`]) are public already and pass as they are.
#[must_use]
pub fn protect(figure: &Figure, policy: &Policy, confidence: Confidence) -> Shown {
    let outcome = match (&figure.outcome, &figure.cells) {
        (outcome, None) if figure.guard.is_some() => {
            let guard = figure.guard.as_ref();
            guard.map_or(ShownOutcome::Hidden(Hidden::SmallGroup), |guard| {
                guarded(outcome, guard, figure.unit, (policy, confidence))
            })
        }
        (Outcome::NotComputed(reason), _) => ShownOutcome::NotComputed(reason.clone()),
        (Outcome::Value(value), None) if figure.key.label.is_some() => {
            ShownOutcome::Value(value.clone())
        }
        (Outcome::Value(value), None) => whole(value, policy),
        (Outcome::Value(_), Some(cells)) => {
            let base = policy.rounding_base();
            let denominator = cells.denominator.rounded(base);
            let numerator = cells.numerator.rounded(base).min(denominator);
            rounded(numerator, denominator, policy, confidence)
        }
    };
    Shown {
        key: figure.key.clone(),
        unit: figure.unit,
        evidence: figure.evidence,
        outcome,
    }
}

fn rounded(
    numerator: u64,
    denominator: u64,
    policy: &Policy,
    confidence: Confidence,
) -> ShownOutcome {
    let share = match Share::new(numerator, denominator) {
        Ok(share) => share,
        Err(_) => return ShownOutcome::Hidden(Hidden::SmallCount),
    };
    // Rounded counts are judged, so that the decision itself gives nothing away.
    if let Err(reason) = policy.percentage(&share) {
        let reason = Hidden::from(reason);
        return ShownOutcome::Hidden(reason);
    }
    match of_share(&share, confidence) {
        Outcome::Value(mut value) => {
            value.point = (value.point * 100.0).round() / 100.0;
            ShownOutcome::Value(value)
        }
        Outcome::NotComputed(reason) => ShownOutcome::NotComputed(reason),
    }
}

/// Whether a group is as large as the smallest denominator of a percentage.
fn is_large(n: u64, policy: &Policy) -> bool {
    Share::new(n / 2, n)
        .is_ok_and(|half| policy.percentage(&half) != Err(Reason::SmallDenominator) && n > 0)
}

/// Blurs a figure that is no plain count.
fn guarded(
    outcome: &Outcome,
    guard: &Guard,
    unit: Unit,
    (policy, confidence): (&Policy, Confidence),
) -> ShownOutcome {
    let n = guard.people.rounded(policy.rounding_base());
    // The reason why a figure of a few people cannot be computed would describe them.
    if guard.people.exact() > 0 && !is_large(n, policy) {
        return ShownOutcome::Hidden(Hidden::SmallGroup);
    }
    let value = match outcome {
        Outcome::Value(value) => value,
        Outcome::NotComputed(reason) => return ShownOutcome::NotComputed(reason.clone()),
    };
    match guard.kind {
        GuardKind::Part => part(value, guard.people, policy, confidence),
        GuardKind::Noise(most) => with_noise(value, guard.people, most, (unit, n)),
        GuardKind::Ratio { group, all } => ratio(&group, &all, policy, confidence),
    }
}

/// A share read from a curve, as the count of people it stands for; its interval is that of a
/// share with as much information as the curve had, in tenths.
fn part(value: &Value, people: CellKey, policy: &Policy, confidence: Confidence) -> ShownOutcome {
    let base = policy.rounding_base();
    let total = people.rounded(base);
    let size = people.exact() as f64;
    let events = people.rounded_amount(value.point * size, base).min(total);
    let share = match Share::new(events, total) {
        Ok(share) => share,
        Err(_) => return ShownOutcome::Hidden(Hidden::SmallGroup),
    };
    if let Err(reason) = policy.percentage(&share) {
        return ShownOutcome::Hidden(reason.into());
    }
    let width = |range: Range| range.upper - range.lower;
    let complete = width(proportion::wilson(value.point, size, confidence).into());
    let kept = value.interval.map_or(1.0, |range| {
        let kept = (complete / width(range).max(f64::MIN_POSITIVE)).powi(2);
        (kept * 10.0).floor().clamp(1.0, 10.0) / 10.0
    });
    let interval = proportion::wilson(share.value(), total as f64 * kept, confidence);
    ShownOutcome::Value(Value {
        point: (share.value() * 100.0).round() / 100.0,
        interval: Some(interval.into()),
        n: Some(total),
        numerator: None,
        // What it says of the interval belongs to the one that is not shown.
        caution: value.caution.clone().filter(|_| value.interval.is_some()),
    })
}

/// A number with noise that is the same for the same people; the interval holds the noise too.
fn with_noise(value: &Value, people: CellKey, most: f64, (unit, n): (Unit, u64)) -> ShownOutcome {
    let shift = most * (2.0 * people.fraction() - 1.0);
    let least = match unit {
        Unit::ShareDifference => -1.0,
        _ => 0.0,
    };
    let point = (value.point + shift).max(least);
    match not_finite(point) {
        Some(reason) => ShownOutcome::NotComputed(reason),
        None => ShownOutcome::Value(Value {
            point,
            interval: value.interval.map(|range| Range {
                lower: (range.lower + shift - most).max(least),
                upper: range.upper + shift + most,
            }),
            n: Some(n),
            numerator: None,
            caution: value.caution.clone(),
        }),
    }
}

/// The ratio of shares from rounded counts, each of which may be shown.
fn ratio(group: &Cells, all: &Cells, policy: &Policy, confidence: Confidence) -> ShownOutcome {
    let round = |cell: &CellKey| cell.rounded(policy.rounding_base());
    let (reached, eligible) = (round(&group.numerator), round(&group.denominator));
    let (all_reached, all_eligible) = (round(&all.numerator), round(&all.denominator));
    for count in [reached, eligible, all_reached] {
        if let Err(reason) = policy.count(count) {
            return ShownOutcome::Hidden(reason.into());
        }
    }
    let computed = Share::new(reached.min(all_reached), all_reached).and_then(|among_reached| {
        let among_eligible = Share::new(eligible.min(all_eligible), all_eligible)?;
        proportion::representativeness(&among_reached, &among_eligible, confidence)
    });
    let outcome = match computed {
        Ok(ratio) => of_estimate(&ratio, all_eligible),
        Err(error) => not_computed(error),
    };
    match outcome {
        Outcome::Value(value) => ShownOutcome::Value(value),
        Outcome::NotComputed(reason) => ShownOutcome::NotComputed(reason),
    }
}

fn whole(value: &Value, policy: &Policy) -> ShownOutcome {
    let n = value.n.unwrap_or(0);
    if !is_large(n, policy) {
        return ShownOutcome::Hidden(Hidden::SmallGroup);
    }
    let base = policy.rounding_base().max(1);
    let Value {
        point,
        interval,
        caution,
        ..
    } = value.clone();
    match not_finite(point) {
        Some(reason) => ShownOutcome::NotComputed(reason),
        None => ShownOutcome::Value(Value {
            point,
            interval,
            n: Some((n + base / 2) / base * base),
            numerator: None,
            caution,
        }),
    }
}

fn not_finite(point: f64) -> Option<String> {
    if point.is_finite() {
        return None;
    }
    match not_computed("the data do not determine it") {
        Outcome::NotComputed(reason) => Some(reason),
        Outcome::Value(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Cells;
    use statistics::disclosure::cell_key::RecordKey;
    use statistics::random::{Generator, Seed};

    fn figure(numerator: u64, denominator: u64) -> Figure {
        let mut generator = Generator::new(Seed(numerator * 1_000 + denominator));
        let mut cells = Cells::default();
        for unit in 0..denominator {
            let key = RecordKey::from_secret_bits(generator.next_bits());
            cells.denominator.add(key);
            if unit < numerator {
                cells.numerator.add(key);
            }
        }
        let key = Key {
            indicator: "paid-work".into(),
            version: 1,
            measure: "now".into(),
            months: None,
            label: None,
            group: None,
        };
        let share = Share::new(numerator, denominator).unwrap();
        Figure {
            key,
            unit: Unit::Share,
            evidence: EvidenceLevel::Activity,
            outcome: of_share(&share, Confidence::NINETY_FIVE),
            cells: Some(cells),
            guard: None,
        }
    }

    #[test]
    fn shown_counts_are_rounded_and_small_ones_hidden() {
        let policy = Policy::PUBLICATION;
        for denominator in 1..130 {
            for numerator in 0..=denominator {
                let shown = protect(
                    &figure(numerator, denominator),
                    &policy,
                    Confidence::NINETY_FIVE,
                );
                let ShownOutcome::Value(value) = shown.outcome else {
                    continue;
                };
                let (part, whole) = (value.numerator.unwrap(), value.n.unwrap());
                assert_eq!((part % 5, whole % 5), (0, 0));
                assert!(whole >= 50 && (part == 0 || part >= 10) && whole - part >= 10);
                // Whole percentages only.
                assert!(
                    (value.point * 100.0).fract().abs() < 1e-9
                        || (value.point * 100.0).fract() > 1.0 - 1e-9
                );
            }
        }
        let hidden = |n, d| protect(&figure(n, d), &policy, Confidence::NINETY_FIVE).outcome;
        assert_eq!(
            hidden(5, 20),
            ShownOutcome::Hidden(Hidden::SmallDenominator)
        );
        assert_eq!(
            hidden(98, 100),
            ShownOutcome::Hidden(Hidden::GroupDisclosure)
        );
    }

    /// A figure of so many people that is read from a curve or a mean.
    fn guarded_figure(point: f64, people: u64, kind: GuardKind) -> Figure {
        let mut figure = figure(people / 2, people);
        let cells = figure.cells.take().unwrap();
        figure.outcome = Outcome::Value(Value {
            point,
            interval: Some(Range {
                lower: point * 0.9,
                upper: point * 1.1,
            }),
            n: Some(people),
            numerator: None,
            caution: None,
        });
        figure.guarded(cells.denominator, kind)
    }

    #[test]
    fn one_person_more_in_a_curve_does_not_show() {
        let policy = Policy::PUBLICATION;
        // The share that has found work among 200 people, of whom the last may or may not have.
        let shown = |working: u64| {
            let mut points = Vec::new();
            for people in 190..210 {
                let point = working as f64 / people as f64;
                let figure = guarded_figure(point, people, GuardKind::Part);
                let shown = protect(&figure, &policy, Confidence::NINETY_FIVE).outcome;
                if let ShownOutcome::Value(value) = shown {
                    let n = value.n.unwrap();
                    // Whatever is shown is a rounded count over a rounded count.
                    let count = value.point * n as f64;
                    assert!((count - (count / 5.0).round() * 5.0).abs() <= 0.005 * n as f64 + 1e-9);
                    points.push(value.point);
                }
            }
            points
        };
        let same = shown(60)
            .iter()
            .zip(shown(61))
            .filter(|(a, b)| **a == *b)
            .count();
        assert!(same > 10, "in most groups nothing changes: {same}");
        // Few become none or are hidden, as in a count.
        assert!(shown(4).iter().all(|point| *point == 0.0));
    }

    #[test]
    fn noise_is_bounded_repeats_and_lies_within_the_interval() {
        let policy = Policy::PUBLICATION;
        for people in 48..140 {
            let figure = guarded_figure(30.0, people, GuardKind::Noise(0.8));
            let shown = protect(&figure, &policy, Confidence::NINETY_FIVE);
            assert_eq!(shown, protect(&figure, &policy, Confidence::NINETY_FIVE));
            let ShownOutcome::Value(value) = shown.outcome else {
                assert!(people < 55, "{people}");
                continue;
            };
            assert!((value.point - 30.0).abs() <= 0.8);
            let range = value.interval.unwrap();
            assert!(range.lower <= 27.0 && range.upper >= 33.0);
        }
        let few = guarded_figure(30.0, 20, GuardKind::Noise(0.8));
        let why = Figure {
            outcome: not_computed("a group of one has no spread"),
            ..few
        };
        let shown = protect(&why, &policy, Confidence::NINETY_FIVE).outcome;
        assert_eq!(shown, ShownOutcome::Hidden(Hidden::SmallGroup));
    }

    #[test]
    fn curves_and_means_of_few_people_are_hidden() {
        let mut few = figure(20, 40);
        few.cells = None;
        let shown = protect(&few, &Policy::PUBLICATION, Confidence::NINETY_FIVE);
        assert_eq!(shown.outcome, ShownOutcome::Hidden(Hidden::SmallGroup));
        let mut many = figure(33, 103);
        many.cells = None;
        let shown = protect(&many, &Policy::PUBLICATION, Confidence::NINETY_FIVE);
        let ShownOutcome::Value(value) = shown.outcome else {
            unreachable!()
        };
        assert_eq!((value.n, value.numerator), (Some(105), None));
    }
}
