//! The index of vacancies, which answers what fits a candidate.

use std::sync::Arc;

use crate::score::{FULL_CREDIT, leaf};
use crate::vacancy::Vacancy;
use crate::wish::offered;
use crate::yardstick::Yardstick;

use super::gates::{Gates, Side};
use super::kernel::{DenseList, Gate, Kernel, MOST_DOCUMENTS, Scoreboard, padded, prefetch};
use super::places::{Group, Places};
use super::query::{CreditedTerm, Query};
use super::terms::{Key, Term, Terms};
use super::words::{Demand, LicenceBits};
use super::{DENSE_FROM, Document, LEVELS, Placed, bounds, cut};

/// Vacancies laid out for fast answers.
pub struct VacancyIndex {
    vacancies: Arc<[Vacancy]>,
    yardstick: Arc<Yardstick>,
    places: Places,
    licences: LicenceBits,
    terms: Terms,
    segments: Vec<VacancySegment>,
    /// Where the segments of each group start.
    groups: Vec<u32>,
}

/// Vacancies of one region.
pub(crate) struct VacancySegment {
    documents: Box<[Document]>,
    demands: Box<[Demand]>,
    /// The heaviest demand of each vacancy.
    heaviest: Box<[u16]>,
    pub(crate) gates: Gates,
    bounds: [u32; LEVELS],
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
pub(crate) struct Posting(u32);

impl Posting {
    fn new(local: u16, value: u16) -> Posting {
        Posting(u32::from(local) << 16 | u32::from(value))
    }
}

impl VacancyIndex {
    /// Lays out the vacancies.
    #[must_use]
    pub fn build(vacancies: Arc<[Vacancy]>, yardstick: Arc<Yardstick>) -> VacancyIndex {
        VacancyIndex::build_with(vacancies, yardstick, MOST_DOCUMENTS)
    }

    /// As [`VacancyIndex::build`] with smaller segments, at most `most` documents each.
    ///
    /// The answers do not depend on `most`; it is taken as 1..=65536.
    #[must_use]
    pub fn build_with(
        vacancies: Arc<[Vacancy]>,
        yardstick: Arc<Yardstick>,
        most: usize,
    ) -> VacancyIndex {
        let features = || vacancies.iter().map(Vacancy::features);
        let places = Places::of(features().filter_map(|f| f.place.map(|place| place.region)));
        let licences = LicenceBits::most_frequent(features().flat_map(|f| f.licences.clone()));
        let terms = Terms::number(
            vacancies
                .iter()
                .flat_map(|v| keys(v, &yardstick))
                .map(|k| k.0),
        );
        let mut members = vec![Vec::new(); places.groups()];
        for (document, vacancy) in vacancies.iter().enumerate() {
            let demand = Demand::pack(vacancy.features(), &licences);
            if let Some(group) = places.of_vacancy(vacancy.features()) {
                members[group as usize].push(Placed {
                    cell: demand.0.qualification_class(),
                    level: demand.0.dutch(),
                    document: document as Document,
                });
            }
        }
        let mut index = VacancyIndex {
            vacancies,
            yardstick,
            places,
            licences,
            terms,
            segments: Vec::new(),
            groups: vec![0],
        };
        for group in members {
            for documents in cut(group, most.clamp(1, MOST_DOCUMENTS)) {
                index.segments.push(index.segment(&documents));
            }
            index.groups.push(index.segments.len() as u32);
        }
        index
    }

    fn segment(&self, documents: &[Placed]) -> VacancySegment {
        let mut rows: Vec<(Term, Posting)> = Vec::new();
        for (local, placed) in documents.iter().enumerate() {
            let vacancy = &self.vacancies[placed.document as usize];
            for (key, weight) in keys(vacancy, &self.yardstick) {
                if let Some(term) = self.terms.find(key) {
                    rows.push((term, Posting::new(local as u16, weight)));
                }
            }
        }
        rows.sort_unstable_by_key(|(term, posting)| (*term, posting.0));
        let mut starts = vec![0u32; self.terms.len() + 1];
        let (mut postings, mut dense, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for run in rows.chunk_by(|one, next| one.0 == next.0) {
            let term = run[0].0 as usize;
            let lists = values.len() / padded(documents.len());
            if run.len() * DENSE_FROM > documents.len()
                && lists < usize::from(NOT_DENSE)
                && term < usize::from(u16::MAX)
            {
                dense.resize(term + 1, NOT_DENSE);
                dense[term] = lists as u16;
                values.resize(values.len() + padded(documents.len()), 0);
                let from = lists * padded(documents.len());
                for (_, posting) in run {
                    values[from + (posting.0 >> 16) as usize] = posting.0 as u16;
                }
            } else {
                starts[term + 1] = run.len() as u32;
                postings.extend(run.iter().map(|(_, posting)| *posting));
            }
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        let demands: Box<[Demand]> = documents
            .iter()
            .map(|placed| {
                Demand::pack(
                    self.vacancies[placed.document as usize].features(),
                    &self.licences,
                )
            })
            .collect();
        let heaviest = |placed: &Placed| self.vacancies[placed.document as usize].heaviest_demand();
        VacancySegment {
            heaviest: documents.iter().map(heaviest).collect(),
            documents: documents.iter().map(|placed| placed.document).collect(),
            gates: Gates::build(
                Side::Demands,
                &demands.iter().map(|demand| demand.0).collect::<Vec<_>>(),
            ),
            demands,
            bounds: bounds(documents.iter().map(|placed| placed.level)),
            starts: starts.into(),
            postings: postings.into(),
            dense: dense.into(),
            values: values.into(),
        }
    }

    /// The vacancies that the index was built from.
    #[must_use]
    pub fn vacancies(&self) -> &[Vacancy] {
        &self.vacancies
    }

    /// The yardstick that the index was built with.
    #[must_use]
    pub fn yardstick(&self) -> &Yardstick {
        &self.yardstick
    }

    /// Bytes of memory that the layout takes, the features themselves not counted.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let segments: usize = self.segments.iter().map(VacancySegment::bytes).sum();
        segments + self.terms.bytes() + self.places.bytes() + size_of_val(&*self.groups)
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    pub(crate) fn licences(&self) -> &LicenceBits {
        &self.licences
    }

    /// The segments of a group.
    pub(crate) fn group(&self, group: Group) -> &[VacancySegment] {
        let at = group as usize;
        &self.segments[self.groups[at] as usize..self.groups[at + 1] as usize]
    }

    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Sums what a candidate gets for the first `bound` vacancies of a segment.
    pub(crate) fn sum<'a>(
        &self,
        segment: &'a VacancySegment,
        query: Query<'_>,
        bound: usize,
        scratch: &mut Scratch<'a>,
    ) {
        scratch.dense.clear();
        scratch.lists.clear();
        for credited in query.terms {
            match segment.dense_list(credited.term()) {
                Some(values) => scratch.dense.push(DenseList {
                    values,
                    credit: credited.credit(),
                    bonus: credited.bonus(),
                }),
                None => {
                    let postings = segment.postings(credited.term());
                    if !postings.is_empty() {
                        // Fetched while the next lists are looked up.
                        prefetch(postings);
                        scratch.lists.push((postings, *credited));
                    }
                }
            }
        }
        scratch
            .kernel
            .start(&mut scratch.board, bound, &scratch.dense);
        for (postings, credited) in &scratch.lists {
            add(postings, *credited, bound as u32, &mut scratch.board);
        }
    }
}

/// What a worker needs beside the index.
pub(crate) struct Scratch<'a> {
    pub(crate) kernel: Kernel,
    pub(crate) board: Box<Scoreboard>,
    dense: Vec<DenseList<'a>>,
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
            lists: Vec::new(),
            gates: Vec::new(),
            open: Vec::new(),
            found: Vec::new(),
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
    let (credit, bonus) = (credited.credit(), credited.bonus());
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

impl VacancySegment {
    /// Number of vacancies.
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    /// Number of vacancies at the front that do not ask more Dutch than the candidate has.
    #[inline]
    pub(crate) fn bound(&self, query: Query<'_>) -> usize {
        self.bounds[usize::from(query.dutch)] as usize
    }

    /// The heaviest demand of a vacancy.
    pub(crate) fn heaviest_of(&self, local: u16) -> u16 {
        self.heaviest[usize::from(local)]
    }

    /// The heaviest demand of any vacancy.
    pub(crate) fn heaviest(&self) -> u16 {
        self.heaviest.iter().copied().max().unwrap_or(0)
    }

    pub(crate) fn document(&self, local: u16) -> Document {
        self.documents[usize::from(local)]
    }

    pub(crate) fn demand(&self, local: u16) -> &Demand {
        &self.demands[usize::from(local)]
    }

    #[inline]
    fn dense_list(&self, term: Term) -> Option<&[u16]> {
        let list = self.dense.get(term as usize).copied()?;
        let length = padded(self.documents.len());
        (list != NOT_DENSE).then(|| &self.values[usize::from(list) * length..][..length])
    }

    #[inline]
    fn postings(&self, term: Term) -> &[Posting] {
        let (from, to) = (self.starts[term as usize], self.starts[term as usize + 1]);
        &self.postings[from as usize..to as usize]
    }

    fn bytes(&self) -> usize {
        size_of_val(self)
            + size_of_val(&*self.documents)
            + size_of_val(&*self.demands)
            + size_of_val(&*self.heaviest)
            + self.gates.bytes()
            + size_of_val(&*self.starts)
            + size_of_val(&*self.postings)
            + size_of_val(&*self.dense)
            + size_of_val(&*self.values)
    }
}

/// The terms of a vacancy with their weights.
fn keys(vacancy: &Vacancy, yardstick: &Yardstick) -> impl Iterator<Item = (Key, u16)> {
    // A step that weighs nothing gives nothing, so it has no posting.
    let steps = vacancy.steps().iter().filter(|step| step.weight > 0);
    steps
        .map(|step| (Key::Skill(step.skill, step.step), step.weight))
        .chain(
            offered(vacancy.features(), yardstick)
                .into_iter()
                .map(|(found, points)| (Key::Trait(found), points)),
        )
}
