//! The terms of each vacancy of a segment, for the case that few vacancies are open.
//!
//! A candidate with near skills has hundreds of terms, and constraints may leave a few dozen
//! vacancies of thousands.
//! Then it is cheaper to sum each open vacancy by itself than to walk all postings.

use super::query::CreditedTerm;
use super::terms::Term;
use crate::score::leaf;

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
pub(super) struct CreditTable(Vec<CreditedTerm>);

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

    /// Whether summing so many open vacancies costs less than walking the postings of the terms.
    ///
    /// Measured: a term costs about three times what a row of an open vacancy costs.
    pub(super) fn pays(&self, open: &[u64], terms: usize) -> bool {
        let documents = self.starts.len().saturating_sub(1);
        if documents == 0 {
            return false;
        }
        let open: usize = open.iter().map(|word| word.count_ones() as usize).sum();
        let rows = self.rows.len() / documents + 1;
        open * rows < terms * 3
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
                let credited = table.0[(row.0 >> WEIGHT_BITS) as usize];
                let weight = (row.0 & ((1 << WEIGHT_BITS) - 1)) as u16;
                leaf(weight, credited.credit()) + credited.bonus()
            })
            .sum()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.rows)
    }
}

impl CreditTable {
    /// Enters the terms of a candidate into an empty table.
    pub(super) fn fill(&mut self, terms: &[CreditedTerm], count: usize) {
        self.0.resize(count, CreditedTerm::default());
        for credited in terms {
            self.0[credited.term() as usize] = *credited;
        }
    }

    /// Takes the same terms out again.
    pub(super) fn empty(&mut self, terms: &[CreditedTerm]) {
        for credited in terms {
            self.0[credited.term() as usize] = CreditedTerm::default();
        }
    }
}
