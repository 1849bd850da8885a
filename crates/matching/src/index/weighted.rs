//! Lists of the vacancies of a segment by term: postings with weights, dense for frequent terms.

use super::forward::CreditTable;
use super::kernel::{DenseList, Gate, Kernel, Scoreboard, padded, prefetch};
use super::query::CreditedTerm;
use super::terms::Term;
use super::{DENSE_FROM, LEAST_DENSE};
use crate::score::{FULL_CREDIT, leaf};

/// The lists of a segment.
pub(super) struct Lists {
    /// Length of a dense list: the number of vacancies, padded to whole blocks.
    length: usize,
    /// Which terms have postings, as bits.
    present: Box<[u64]>,
    /// Where the postings of each term start.
    starts: Box<[u32]>,
    postings: Box<[Posting]>,
    /// Which dense list each of the first terms has.
    dense: Box<[u16]>,
    values: Box<[u16]>,
}

const NOT_DENSE: u16 = u16::MAX;

/// A document of a segment and the weight of the term in it.
#[derive(Clone, Copy)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) fn new(local: u16, value: u16) -> Posting {
        Posting(u32::from(local) << 16 | u32::from(value))
    }
}

impl Lists {
    /// Lays out rows of term and posting.
    pub(super) fn build(mut rows: Vec<(Term, Posting)>, documents: usize, terms: usize) -> Lists {
        let length = padded(documents);
        rows.sort_unstable_by_key(|(term, posting)| (*term, posting.0));
        let mut present = vec![0u64; terms.div_ceil(64)];
        let mut starts = vec![0u32; terms + 1];
        let (mut postings, mut dense, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for run in rows.chunk_by(|one, next| one.0 == next.0) {
            let term = run[0].0 as usize;
            let lists = values.len() / length;
            if run.len() >= LEAST_DENSE
                && run.len() * DENSE_FROM > documents
                && lists < usize::from(NOT_DENSE)
                && term < usize::from(u16::MAX)
            {
                dense.resize(term + 1, NOT_DENSE);
                dense[term] = lists as u16;
                values.resize(values.len() + length, 0);
                let from = lists * length;
                for (_, posting) in run {
                    values[from + (posting.0 >> 16) as usize] = posting.0 as u16;
                }
            } else {
                starts[term + 1] = run.len() as u32;
                present[term / 64] |= 1 << (term % 64);
                postings.extend(run.iter().map(|(_, posting)| *posting));
            }
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        Lists {
            length,
            present: present.into(),
            starts: starts.into(),
            postings: postings.into(),
            dense: dense.into(),
            values: values.into(),
        }
    }

    /// Sums what lists with a value for every vacancy and some terms of a candidate give for the
    /// first `bound` vacancies.
    pub(super) fn sum<'a>(
        &'a self,
        lists: impl Iterator<Item = DenseList<'a>>,
        terms: &[&[CreditedTerm]],
        bound: usize,
        scratch: &mut Scratch<'a>,
    ) {
        scratch.dense.clear();
        scratch.dense.extend(lists);
        scratch.lists.clear();
        scratch.present.clear();
        let most = terms.iter().map(|terms| terms.len()).sum::<usize>() + 1;
        scratch.present.resize(most, CreditedTerm::default());
        let mut present = 0;
        for terms in terms {
            for credited in *terms {
                if credited.term as usize >= self.dense.len() {
                    break;
                }
                if let Some(values) = self.dense_list(credited.term) {
                    scratch.dense.push(DenseList {
                        values,
                        credit: credited.gain.credit(),
                        bonus: credited.gain.bonus(),
                    });
                }
            }
            // Most terms of a candidate with near skills have no postings in a segment.
            // They are left out without a branch, which the processor could not foresee.
            for credited in *terms {
                scratch.present[present] = *credited;
                present += self.has_postings(credited.term);
            }
        }
        for credited in &scratch.present[..present] {
            let postings = self.postings(credited.term);
            // Fetched while the next lists are looked up.
            prefetch(postings);
            scratch.lists.push((postings, *credited));
        }
        scratch
            .kernel
            .start(&mut scratch.board, bound, &scratch.dense);
        for (postings, credited) in &scratch.lists {
            add(postings, *credited, bound as u32, &mut scratch.board);
        }
    }

    #[inline]
    fn dense_list(&self, term: Term) -> Option<&[u16]> {
        let list = self.dense.get(term as usize).copied()?;
        (list != NOT_DENSE).then(|| &self.values[usize::from(list) * self.length..][..self.length])
    }

    /// One if a term has postings, zero if not.
    #[inline]
    fn has_postings(&self, term: Term) -> usize {
        (self.present[term as usize / 64] >> (term % 64) & 1) as usize
    }

    #[inline]
    fn postings(&self, term: Term) -> &[Posting] {
        let (from, to) = (self.starts[term as usize], self.starts[term as usize + 1]);
        &self.postings[from as usize..to as usize]
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.present)
            + size_of_val(&*self.starts)
            + size_of_val(&*self.postings)
            + size_of_val(&*self.dense)
            + size_of_val(&*self.values)
    }
}

/// What a worker needs beside the index.
pub(crate) struct Scratch<'a> {
    pub(crate) kernel: Kernel,
    pub(crate) board: Box<Scoreboard>,
    dense: Vec<DenseList<'a>>,
    present: Vec<CreditedTerm>,
    pub(super) table: CreditTable,
    lists: Vec<(&'a [Posting], CreditedTerm)>,
    pub(crate) gates: Vec<Gate<'a>>,
    /// Documents that pass the gates.
    pub(crate) open: Vec<u64>,
    /// Documents that were found.
    pub(crate) found: Vec<u16>,
}

impl Scratch<'_> {
    pub(crate) fn new(kernel: Kernel) -> Self {
        Scratch {
            kernel,
            board: Scoreboard::new(),
            dense: Vec::new(),
            present: Vec::new(),
            table: CreditTable::default(),
            lists: Vec::new(),
            gates: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Finds all documents that pass the gates.
    pub(super) fn find_all(&mut self) {
        self.found.clear();
        for (at, word) in self.open.iter().enumerate() {
            let mut open = *word;
            while open != 0 {
                self.found
                    .push((at * 64) as u16 + open.trailing_zeros() as u16);
                open &= open - 1;
            }
        }
    }

    /// Finds the documents that pass the gates and have at least this sum.
    pub(crate) fn find(&mut self, least: u16) {
        self.kernel
            .find(&self.board, &self.open, least, &mut self.found);
    }
}

/// Adds postings at a credit, and what their use gives, to the sums of the first `bound` documents.
#[inline]
fn add(postings: &[Posting], credited: CreditedTerm, bound: u32, board: &mut Scoreboard) {
    let (credit, bonus) = (credited.gain.credit(), credited.gain.bonus());
    let inside = |posting: &&Posting| posting.0 >> 16 < bound;
    if credit == FULL_CREDIT {
        for posting in postings.iter().take_while(inside) {
            board.add((posting.0 >> 16) as u16, posting.0 as u16 + bonus);
        }
    } else {
        for posting in postings.iter().take_while(inside) {
            let value = leaf(posting.0 as u16, credit) + bonus;
            board.add((posting.0 >> 16) as u16, value);
        }
    }
}
