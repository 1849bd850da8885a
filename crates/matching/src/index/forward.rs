//! The terms of each vacancy of a segment, for the case that few vacancies matter.
//!
//! A candidate with near skills has hundreds of terms; constraints, or the bounds of
//! [`super::families`], may leave a few dozen vacancies of thousands.
//! Then it is cheaper to sum each of them by itself than to walk all postings.

use super::query::{Gain, Query};
use super::terms::Term;

/// Terms and weights of the vacancies of a segment, by local number.
#[derive(Default)]
pub(super) struct Forward {
    starts: Box<[u32]>,
    rows: Box<[Row]>,
}

/// A term above ten bits of weight: weights are at most 1000.
#[derive(Clone, Copy)]
struct Row(u32);

const WEIGHT_BITS: u32 = 10;

/// What a candidate gets for each term, to be looked up by number.
#[derive(Default)]
pub(super) struct CreditTable(Vec<Gain>);

impl Forward {
    /// Most terms that a row can name.
    pub(super) const MOST_TERMS: usize = 1 << (32 - WEIGHT_BITS);

    /// Takes the rows of one vacancy after the other.
    pub(super) fn build<I>(vacancies: impl Iterator<Item = I>) -> Forward
    where
        I: Iterator<Item = (Term, u16)>,
    {
        let (mut starts, mut rows) = (vec![0], Vec::new());
        for vacancy in vacancies {
            rows.extend(vacancy.map(|(term, weight)| {
                debug_assert!(weight < 1 << WEIGHT_BITS);
                Row(term << WEIGHT_BITS | u32::from(weight))
            }));
            starts.push(rows.len() as u32);
        }
        Forward {
            starts: starts.into(),
            rows: rows.into(),
        }
    }

    /// Whether there are rows at all.
    pub(super) fn is_built(&self) -> bool {
        !self.starts.is_empty()
    }

    /// How many vacancies are summed one by one at the cost of `per_term` rows for each term.
    pub(super) fn affordable(&self, query: Query<'_>, per_term: usize) -> usize {
        let documents = self.starts.len().saturating_sub(1).max(1);
        let rows_each = self.rows.len() / documents + 1;
        query.terms() * per_term / rows_each
    }

    /// What a candidate gets for a vacancy.
    #[inline]
    pub(super) fn sum(&self, local: u16, table: &CreditTable) -> u16 {
        let (from, to) = (
            self.starts[usize::from(local)],
            self.starts[usize::from(local) + 1],
        );
        self.rows[from as usize..to as usize]
            .iter()
            .map(|row| {
                let gain = table.0[(row.0 >> WEIGHT_BITS) as usize];
                gain.points((row.0 & ((1 << WEIGHT_BITS) - 1)) as u16)
            })
            .sum()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.rows)
    }
}

impl CreditTable {
    /// Enters the terms of a candidate into an empty table.
    pub(super) fn fill(&mut self, query: Query<'_>, count: usize) {
        self.0.resize(count, Gain::default());
        for terms in [query.strong, query.weak] {
            for credited in terms {
                self.0[credited.term as usize] = credited.gain;
            }
        }
    }

    /// Takes the same terms out again.
    pub(super) fn empty(&mut self, query: Query<'_>) {
        // Clearing everything costs less than finding the terms again, if they lie close.
        if self.0.len() / 64 < query.terms() {
            return self.0.fill(Gain::default());
        }
        for terms in [query.strong, query.weak] {
            for credited in terms {
                self.0[credited.term as usize] = Gain::default();
            }
        }
    }
}
