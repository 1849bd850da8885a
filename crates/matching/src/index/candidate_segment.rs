//! Candidates of one group: postings, bitmaps of frequent skills, and how they are summed.

use super::gates::{Gates, Side};
use super::kernel::{Gate, Kernel, MarkedList, Scoreboard, padded};
use super::terms::Term;
use super::words::{Demand, Offer};
use super::{DENSE_FROM, Document, LEAST_DENSE, LEVELS, Placed, bounds};
use crate::features::SkillId;

/// Candidates of one group.
pub(crate) struct CandidateSegment {
    documents: Box<[Document]>,
    offers: Box<[Offer]>,
    pub(crate) gates: Gates,
    bounds: [u32; LEVELS],
    /// Where the postings of each term start.
    starts: Box<[u32]>,
    postings: Box<[u16]>,
    /// What the use of each skill gives: first the starts by skill, then candidate and points.
    uses: Uses,
    /// Which bitmap each of the first terms has.
    marked: Box<[u16]>,
    marks: Box<[u64]>,
}

/// What a vacancy gives a candidate for using a skill, by skill.
#[derive(Default)]
pub(super) struct Uses {
    /// The skills that any candidate has, in order, with the end of their rows.
    ends: Box<[(SkillId, u32)]>,
    /// Candidate and rank points.
    rows: Box<[(u16, u16)]>,
}

impl Uses {
    /// From skill, candidate and points.
    pub(super) fn build(mut uses: Vec<(SkillId, u16, u16)>) -> Uses {
        uses.sort_unstable();
        let mut ends = Vec::new();
        for run in uses.chunk_by(|one, next| one.0 == next.0) {
            let before = ends.last().map_or(0, |(_, end)| *end);
            ends.push((run[0].0, before + run.len() as u32));
        }
        Uses {
            ends: ends.into(),
            rows: uses
                .iter()
                .map(|(_, local, points)| (*local, *points))
                .collect(),
        }
    }

    fn of(&self, skill: SkillId) -> &[(u16, u16)] {
        match self.ends.binary_search_by_key(&skill, |(skill, _)| *skill) {
            Err(_) => &[],
            Ok(at) => {
                let from = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
                &self.rows[from as usize..self.ends[at].1 as usize]
            }
        }
    }
}

const NOT_MARKED: u16 = u16::MAX;

/// A vacancy as a query.
pub(crate) struct VacancyQuery {
    pub(crate) demand: Demand,
    /// What each term gives, where no candidate can have two terms for the same demand.
    pub(super) plain: Vec<(u16, Term)>,
    /// For each other step its terms, best first; only the best that a candidate has counts.
    pub(super) layered: Vec<Vec<(u16, Term)>>,
    /// The skills that are asked themselves.
    pub(super) used: Vec<SkillId>,
}

/// What a worker needs beside the index.
pub(crate) struct CandidateScratch<'a> {
    pub(crate) kernel: Kernel,
    pub(crate) board: Box<Scoreboard>,
    pub(crate) gates: Vec<Gate<'a>>,
    /// Documents that pass the gates.
    pub(crate) open: Vec<u64>,
    /// Documents that were found.
    pub(crate) found: Vec<u16>,
    covered: Vec<u64>,
    /// Bitmaps of layers, one after the other, with what each gives.
    layers: Vec<u64>,
    values: Vec<u16>,
    singles: Vec<(u16, u16)>,
}

impl CandidateScratch<'_> {
    pub(crate) fn new(kernel: Kernel) -> Self {
        CandidateScratch {
            kernel,
            board: Scoreboard::new(),
            gates: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
            covered: Vec::new(),
            layers: Vec::new(),
            values: Vec::new(),
            singles: Vec::new(),
        }
    }
}

impl CandidateSegment {
    /// Lays out the candidates of a segment from sorted rows of term and candidate.
    pub(super) fn build(
        documents: &[Placed],
        offers: Box<[Offer]>,
        uses: Uses,
        rows: &[(Term, u16)],
        terms: usize,
    ) -> CandidateSegment {
        let words = padded(documents.len()) / 64;
        let mut starts = vec![0u32; terms + 1];
        let (mut postings, mut marked, mut marks) = (Vec::new(), Vec::new(), Vec::new());
        for run in rows.chunk_by(|one, next| one.0 == next.0) {
            let term = run[0].0 as usize;
            let lists = marks.len() / words;
            if run.len() >= LEAST_DENSE
                && run.len() * DENSE_FROM > documents.len()
                && lists < usize::from(NOT_MARKED)
            {
                marked.resize(term + 1, NOT_MARKED);
                marked[term] = lists as u16;
                marks.resize(marks.len() + words, 0u64);
                for (_, local) in run {
                    marks[lists * words + usize::from(*local) / 64] |= 1 << (local % 64);
                }
            } else {
                starts[term + 1] = run.len() as u32;
                postings.extend(run.iter().map(|(_, local)| *local));
            }
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        let packed: Vec<_> = offers.iter().map(|offer| offer.0).collect();
        CandidateSegment {
            documents: documents.iter().map(|placed| placed.document).collect(),
            gates: Gates::build(Side::Offers, &packed),
            offers,
            bounds: bounds(documents.iter().map(|placed| placed.level)),
            starts: starts.into(),
            postings: postings.into(),
            uses,
            marked: marked.into(),
            marks: marks.into(),
        }
    }

    /// Number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    /// Number of candidates at the front who may have enough Dutch.
    #[inline]
    pub(crate) fn bound(&self, query: &VacancyQuery) -> usize {
        self.bounds[LEVELS - 1 - usize::from(query.demand.0.dutch())] as usize
    }

    pub(crate) fn document(&self, local: u16) -> Document {
        self.documents[usize::from(local)]
    }

    pub(crate) fn offer(&self, local: u16) -> &Offer {
        &self.offers[usize::from(local)]
    }

    /// Sums what the first `bound` candidates give for a vacancy.
    pub(crate) fn sum(
        &self,
        query: &VacancyQuery,
        bound: usize,
        scratch: &mut CandidateScratch<'_>,
    ) {
        let words = padded(bound) / 64;
        scratch.layers.clear();
        scratch.values.clear();
        scratch.singles.clear();
        for covers in &query.layered {
            self.layer(covers, bound, words, scratch);
        }
        let layers = scratch.layers.chunks(words).zip(&scratch.values);
        let mut marked: Vec<MarkedList<'_>> = layers
            .map(|(marks, value)| MarkedList {
                marks,
                value: *value,
            })
            .collect();
        for (value, term) in &query.plain {
            if let Some(marks) = self.marks(*term) {
                let value = *value;
                marked.push(MarkedList { marks, value });
            }
        }
        scratch
            .kernel
            .start_marked(&mut scratch.board, bound, &marked);
        for (value, term) in &query.plain {
            for local in self.postings(*term, bound) {
                scratch.board.add(*local, *value);
            }
        }
        for skill in &query.used {
            let inside = |use_: &&(u16, u16)| usize::from(use_.0) < bound;
            for (local, points) in self.uses.of(*skill).iter().take_while(inside) {
                scratch.board.add(*local, *points);
            }
        }
        for (local, value) in &scratch.singles {
            scratch.board.add(*local, *value);
        }
    }

    /// Lays the terms of one demand over each other, best first: each candidate is covered once.
    fn layer(
        &self,
        covers: &[(u16, Term)],
        bound: usize,
        words: usize,
        scratch: &mut CandidateScratch<'_>,
    ) {
        let CandidateScratch {
            covered,
            layers,
            values,
            singles,
            ..
        } = scratch;
        covered.clear();
        covered.resize(words, 0);
        for (value, term) in covers {
            if let Some(marks) = self.marks(*term) {
                values.push(*value);
                layers.extend(marks.iter().zip(&mut *covered).map(|(marks, covered)| {
                    let fresh = marks & !*covered;
                    *covered |= marks;
                    fresh
                }));
            }
            for local in self.postings(*term, bound) {
                let word = &mut covered[usize::from(*local) / 64];
                let bit = 1 << (local % 64);
                if *word & bit == 0 {
                    *word |= bit;
                    singles.push((*local, *value));
                }
            }
        }
    }

    #[inline]
    fn marks(&self, term: Term) -> Option<&[u64]> {
        let list = self.marked.get(term as usize).copied()?;
        let words = padded(self.documents.len()) / 64;
        (list != NOT_MARKED).then(|| &self.marks[usize::from(list) * words..][..words])
    }

    #[inline]
    fn postings(&self, term: Term, bound: usize) -> impl Iterator<Item = &u16> {
        let (from, to) = (self.starts[term as usize], self.starts[term as usize + 1]);
        self.postings[from as usize..to as usize]
            .iter()
            .take_while(move |local| usize::from(**local) < bound)
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self)
            + size_of_val(&*self.documents)
            + size_of_val(&*self.offers)
            + self.gates.bytes()
            + size_of_val(&*self.starts)
            + size_of_val(&*self.postings)
            + size_of_val(&*self.uses.ends)
            + size_of_val(&*self.uses.rows)
            + size_of_val(&*self.marked)
            + size_of_val(&*self.marks)
    }
}
