//! Every release against all earlier ones.
//!
//! A figure is described by the set of *atoms* it counts: the finest cells of the population, in
//! space, time and characteristics. Two tables that are each harmless can give away an atom
//! together; the ledger keeps every published figure and refuses a release that would.
//!
//! Two tests: *differences* between any two figures where one contains the other (also for
//! rounded figures, within what rounding leaves open), and *all linear combinations* of exact
//! figures, by elimination over a prime field.
//! A cumulative count of a later period contains that of the earlier one, so the units that came
//! in between form an atom; that is how periods are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::Policy;

/// The finest cell of a population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Atom(pub u32);

/// How a figure was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// As it is.
    Exact,
    /// Rounded up or down to a multiple of the base.
    Rounded(u64),
}

/// One published count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands, for the message.
    pub label: String,
    /// What it counts.
    pub atoms: BTreeSet<Atom>,
    /// The published value.
    pub value: u64,
    /// How it was published.
    pub precision: Precision,
}

/// Why a release is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Subtracting two figures gives a small count.
    #[error("{larger:?} minus {smaller:?} gives away a count between {lowest} and {highest}")]
    Difference {
        /// Label of the figure that contains the other.
        larger: String,
        /// Label of the contained figure.
        smaller: String,
        /// Smallest count the difference can be.
        lowest: u64,
        /// Largest count the difference can be.
        highest: u64,
    },
    /// A combination of several figures gives away the count of an atom.
    #[error("the published figures together give away the count of a small cell")]
    Combination {
        /// The exposed atom.
        atom: Atom,
    },
    /// Two exact figures on the same units that disagree.
    #[error("{first:?} and {second:?} count the same units and disagree")]
    Contradiction {
        /// Label of the earlier figure.
        first: String,
        /// Label of the later figure.
        second: String,
    },
}

/// Published figures in order of release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    figures: Vec<Figure>,
}

impl Ledger {
    /// A ledger without releases.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// All published figures.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Checks a release against itself and all earlier ones, and adds it if it is harmless.
    ///
    /// `truth` gives the real count of every atom; atoms with a count the policy withholds are
    /// the ones that must not follow.
    ///
    /// # Errors
    /// [`LedgerError`]; the ledger is unchanged then.
    pub fn release(
        &mut self,
        figures: Vec<Figure>,
        truth: &BTreeMap<Atom, u64>,
        policy: &Policy,
    ) -> Result<(), LedgerError> {
        let mut all: Vec<&Figure> = self.figures.iter().collect();
        for figure in &figures {
            for earlier in &all {
                check_pair(earlier, figure, policy)?;
            }
            all.push(figure);
        }
        check_combinations(&all, truth, policy)?;
        self.figures.extend(figures);
        Ok(())
    }
}

fn check_pair(earlier: &Figure, later: &Figure, policy: &Policy) -> Result<(), LedgerError> {
    if earlier.atoms == later.atoms {
        let exact = earlier.precision == Precision::Exact && later.precision == Precision::Exact;
        if exact && earlier.value != later.value {
            let (first, second) = (earlier.label.clone(), later.label.clone());
            return Err(LedgerError::Contradiction { first, second });
        }
        return Ok(());
    }
    let (larger, smaller) = if earlier.atoms.is_superset(&later.atoms) {
        (earlier, later)
    } else if later.atoms.is_superset(&earlier.atoms) {
        (later, earlier)
    } else {
        return Ok(());
    };
    let ((low_large, high_large), (low_small, high_small)) = (range(larger), range(smaller));
    let lowest = low_large.saturating_sub(high_small);
    let highest = high_large.saturating_sub(low_small);
    // A count of 0 may be shown; what may not follow is that some, but few, are in between.
    if lowest > 0 && highest < policy.minimum_count() {
        let (larger, smaller) = (larger.label.clone(), smaller.label.clone());
        return Err(LedgerError::Difference {
            larger,
            smaller,
            lowest,
            highest,
        });
    }
    Ok(())
}

/// Values the true count can have.
fn range(figure: &Figure) -> (u64, u64) {
    match figure.precision {
        Precision::Exact => (figure.value, figure.value),
        Precision::Rounded(base) => {
            let slack = base.saturating_sub(1);
            (
                figure.value.saturating_sub(slack),
                figure.value.saturating_add(slack),
            )
        }
    }
}

/// A prime below 2^61; a combination that exists over the rationals also exists modulo it, and a
/// false one appears with probability below 2^-50.
const PRIME: u64 = (1 << 61) - 1;

fn multiply(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, a, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

type Row = BTreeMap<Atom, u64>;

/// `row − factor·other` modulo the prime.
fn reduce(row: &mut Row, other: &Row, factor: u64) {
    for (atom, value) in other {
        let change = multiply(factor, *value);
        let entry = row.entry(*atom).or_default();
        *entry = (*entry + PRIME - change) % PRIME;
        if *entry == 0 {
            row.remove(atom);
        }
    }
}

/// Whether a withheld atom is a linear combination of the exact figures.
fn check_combinations(
    figures: &[&Figure],
    truth: &BTreeMap<Atom, u64>,
    policy: &Policy,
) -> Result<(), LedgerError> {
    let mut basis: BTreeMap<Atom, Row> = BTreeMap::new();
    for figure in figures
        .iter()
        .filter(|figure| figure.precision == Precision::Exact)
    {
        let mut row: Row = figure.atoms.iter().map(|atom| (*atom, 1)).collect();
        // An atom known to be empty is no unknown: zeros are shown.
        row.retain(|atom, _| truth.get(atom) != Some(&0));
        reduce_fully(&mut row, &basis);
        let Some((pivot, lead)) = row.first_key_value().map(|(atom, value)| (*atom, *value)) else {
            continue;
        };
        let scale = inverse(lead);
        for value in row.values_mut() {
            *value = multiply(*value, scale);
        }
        for other in basis.values_mut() {
            if let Some(factor) = other.get(&pivot).copied() {
                reduce(other, &row, factor);
            }
        }
        basis.insert(pivot, row);
    }
    // In reduced form an atom is determined exactly if its own row holds nothing else.
    for (atom, row) in &basis {
        let count = truth.get(atom).copied().unwrap_or(0);
        if row.len() == 1 && policy.count(count).is_err() {
            return Err(LedgerError::Combination { atom: *atom });
        }
    }
    Ok(())
}

fn reduce_fully(row: &mut Row, basis: &BTreeMap<Atom, Row>) {
    let pivots: Vec<Atom> = row
        .keys()
        .copied()
        .filter(|atom| basis.contains_key(atom))
        .collect();
    for pivot in pivots {
        if let (Some(factor), Some(other)) = (row.get(&pivot).copied(), basis.get(&pivot)) {
            reduce(row, other, factor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(label: &str, atoms: &[u32], value: u64, precision: Precision) -> Figure {
        let atoms = atoms.iter().map(|atom| Atom(*atom)).collect();
        Figure {
            label: label.to_owned(),
            atoms,
            value,
            precision,
        }
    }

    fn truth(counts: &[u64]) -> BTreeMap<Atom, u64> {
        counts
            .iter()
            .enumerate()
            .map(|(i, count)| (Atom(i as u32), *count))
            .collect()
    }

    #[test]
    fn a_later_period_must_not_give_away_who_came_in_between() {
        let counts = truth(&[100, 4]);
        let mut ledger = Ledger::empty();
        let first = figure("until March", &[0], 100, Precision::Exact);
        let second = figure("until April", &[0, 1], 104, Precision::Exact);
        ledger
            .release(vec![first], &counts, &Policy::PUBLICATION)
            .unwrap();
        let refused = ledger.release(vec![second], &counts, &Policy::PUBLICATION);
        assert_eq!(
            refused,
            Err(LedgerError::Difference {
                larger: "until April".into(),
                smaller: "until March".into(),
                lowest: 4,
                highest: 4
            })
        );
        assert_eq!(ledger.figures().len(), 1);
        // Rounding only one of the two is not enough: 105 still means that 1 to 9 came.
        let rounded =
            |label, atoms: &[u32], value| figure(label, atoms, value, Precision::Rounded(5));
        let refused = ledger.release(
            vec![rounded("until April", &[0, 1], 105)],
            &counts,
            &Policy::PUBLICATION,
        );
        assert!(matches!(
            refused,
            Err(LedgerError::Difference {
                lowest: 1,
                highest: 9,
                ..
            })
        ));
        // With both rounded, nobody or more than ten may have come.
        let mut both = Ledger::empty();
        both.release(
            vec![rounded("until March", &[0], 100)],
            &counts,
            &Policy::PUBLICATION,
        )
        .unwrap();
        both.release(
            vec![rounded("until April", &[0, 1], 105)],
            &counts,
            &Policy::PUBLICATION,
        )
        .unwrap();
    }

    #[test]
    fn three_figures_together_give_away_what_no_two_do() {
        // (0+1) and (1+2) overlap and neither contains the other; with (0+2) their half-sums
        // determine every atom.
        let counts = truth(&[50, 6, 40]);
        let sum = |a: u32, b: u32| {
            let value = counts[&Atom(a)] + counts[&Atom(b)];
            figure(&format!("{a}+{b}"), &[a, b], value, Precision::Exact)
        };
        let mut ledger = Ledger::empty();
        ledger
            .release(vec![sum(0, 1), sum(1, 2)], &counts, &Policy::PUBLICATION)
            .unwrap();
        assert_eq!(
            ledger.release(vec![sum(0, 2)], &counts, &Policy::PUBLICATION),
            Err(LedgerError::Combination { atom: Atom(1) })
        );
    }

    #[test]
    fn the_same_figure_again_teaches_nothing_but_must_agree() {
        let counts = truth(&[50, 60]);
        let mut ledger = Ledger::empty();
        let exact = |value| figure("all", &[0, 1], value, Precision::Exact);
        ledger
            .release(vec![exact(110)], &counts, &Policy::PUBLICATION)
            .unwrap();
        ledger
            .release(vec![exact(110)], &counts, &Policy::PUBLICATION)
            .unwrap();
        assert!(matches!(
            ledger.release(vec![exact(111)], &counts, &Policy::PUBLICATION),
            Err(LedgerError::Contradiction { .. })
        ));
    }

    #[test]
    fn shown_zeros_are_known() {
        let counts = truth(&[5, 0, 70]);
        let mut ledger = Ledger::empty();
        let refused = ledger.release(
            vec![figure("pair", &[0, 1], 5, Precision::Exact)],
            &counts,
            &Policy::PUBLICATION,
        );
        assert_eq!(refused, Err(LedgerError::Combination { atom: Atom(0) }));
    }
}
