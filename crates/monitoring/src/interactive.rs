//! Figures of an interactive page: every count rounded with cell keys, so that no sequence of
//! filters gives anything away.
//!
//! A page must show only what comes out of here; [`crate::figure::Figure`] itself is internal.

use serde::Serialize;
use statistics::Confidence;
use statistics::disclosure::policy::{Policy, Reason};
use statistics::proportion::Share;

use crate::codes::EvidenceLevel;
use crate::figure::{Figure, Key, Outcome, Unit, Value, not_computed, of_share};

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
/// Shares are recomputed from rounded counts, so that percentage and counts agree; means, curves
/// and ratios are shown only for groups of at least the smallest denominator of a percentage,
/// with `n` rounded to the base.
/// Published figures of others ([`Key::label`]) are public already and pass as they are.
#[must_use]
pub fn protect(figure: &Figure, policy: &Policy, confidence: Confidence) -> Shown {
    let outcome = match (&figure.outcome, &figure.cells) {
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

fn whole(value: &Value, policy: &Policy) -> ShownOutcome {
    let n = value.n.unwrap_or(0);
    let fits = Share::new(n / 2, n)
        .is_ok_and(|half| policy.percentage(&half) != Err(Reason::SmallDenominator) && n > 0);
    if !fits {
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
