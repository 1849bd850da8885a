//! The index of vacancies, which answers what fits a candidate.

use std::sync::Arc;

use crate::vacancy::Vacancy;
use crate::wish::offered;
use crate::yardstick::Yardstick;

use super::coverage::Coverage;
use super::families::{Families, FamilyDemands};
use super::forward::Forward;
use super::gates::{Gates, Side};
use super::kernel::MOST_DOCUMENTS;
use super::places::{Group, Places};
use super::query::Query;
use super::terms::{Key, Term, Terms};
use super::weighted::{Lists, Posting, Scratch};
use super::words::{Demand, LicenceBits};
use super::{Document, LEVELS, Placed, bounds, cut};

/// Measured: bounds for a segment cost about as much as so many rows of vacancies for each term of
/// the query.
const ROWS_FOR_BOUNDS: usize = 2;

/// Measured: the postings of all terms cost about as much as so many rows for each term.
const ROWS_FOR_SUMS: usize = 8;

/// Vacancies laid out for fast answers.
pub struct VacancyIndex {
    vacancies: Arc<[Vacancy]>,
    yardstick: Arc<Yardstick>,
    places: Places,
    licences: LicenceBits,
    terms: Terms,
    coverage: Coverage,
    families: Families,
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
    forward: Forward,
    families: FamilyDemands,
    bounds: [u32; LEVELS],
    lists: Lists,
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
            coverage: Coverage::of(&terms, &yardstick),
            families: Families::of(&terms, &yardstick),
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
        let (forward, families) = self.by_vacancy(documents);
        VacancySegment {
            heaviest: documents.iter().map(heaviest).collect(),
            forward,
            families,
            documents: documents.iter().map(|placed| placed.document).collect(),
            gates: Gates::build(
                Side::Demands,
                &demands.iter().map(|demand| demand.0).collect::<Vec<_>>(),
            ),
            demands,
            bounds: bounds(documents.iter().map(|placed| placed.level)),
            lists: Lists::build(rows, documents.len(), self.terms.len()),
        }
    }

    /// The terms and families of each vacancy; only candidates with near skills have enough terms
    /// to need them.
    fn by_vacancy(&self, documents: &[Placed]) -> (Forward, FamilyDemands) {
        let near = !self.yardstick.neighbourhood().is_empty();
        if !near || self.terms.len() > Forward::MOST_TERMS {
            return Default::default();
        }
        let vacancies = || {
            documents.iter().map(|placed| {
                keys(&self.vacancies[placed.document as usize], &self.yardstick)
                    .filter_map(|(key, weight)| Some((self.terms.find(key)?, weight)))
            })
        };
        (
            Forward::build(vacancies()),
            FamilyDemands::build(&self.families, documents.len(), vacancies()),
        )
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
        let tables = self.terms.bytes() + self.coverage.bytes() + self.families.bytes();
        segments + tables + self.places.bytes() + size_of_val(&*self.groups)
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

    pub(crate) fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    pub(crate) fn families(&self) -> &Families {
        &self.families
    }

    /// Finds the open vacancies of a segment that give a candidate at least so much; their sums
    /// stand on the scoreboard.
    pub(crate) fn find_open<'a>(
        &self,
        segment: &'a VacancySegment,
        query: Query<'_>,
        bound: usize,
        least: u16,
        scratch: &mut Scratch<'a>,
    ) {
        if scratch.open.iter().all(|word| *word == 0) {
            return scratch.found.clear();
        }
        let forward = &segment.forward;
        if !forward.is_built() {
            segment.sum(query, bound, scratch);
            return scratch.find(least);
        }
        let open = scratch.open.iter().map(|word| word.count_ones() as usize);
        if open.sum::<usize>() < forward.affordable(query, ROWS_FOR_BOUNDS) {
            scratch.find_all();
        } else {
            segment.sum_bounds(query, bound, scratch);
            scratch.find(least);
            // As long as few are known, hardly anything is below them.
            if scratch.found.len() > forward.affordable(query, ROWS_FOR_SUMS) {
                segment.sum(query, bound, scratch);
                return scratch.find(least);
            }
        }
        self.sum_found(segment, query, least, scratch);
    }

    /// Sums each vacancy that was found by itself and keeps those that reach `least`.
    fn sum_found(
        &self,
        segment: &VacancySegment,
        query: Query<'_>,
        least: u16,
        scratch: &mut Scratch<'_>,
    ) {
        let Scratch {
            table,
            found,
            board,
            ..
        } = scratch;
        if found.is_empty() {
            return;
        }
        table.fill(query, self.terms.len());
        found.retain(|local| {
            let sum = segment.forward.sum(*local, table);
            board.set(*local, sum);
            sum >= least
        });
        table.empty(query);
    }
}

impl VacancySegment {
    /// Number of vacancies.
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    /// Sums what a candidate gets for the first `bound` vacancies.
    pub(crate) fn sum<'a>(&'a self, query: Query<'_>, bound: usize, scratch: &mut Scratch<'a>) {
        let terms = [query.strong, query.weak];
        self.lists.sum(std::iter::empty(), &terms, bound, scratch);
    }

    /// As [`VacancySegment::sum`], with an upper bound of what the weak terms give.
    fn sum_bounds<'a>(&'a self, query: Query<'_>, bound: usize, scratch: &mut Scratch<'a>) {
        let families = self.families.lists(query.reached);
        self.lists.sum(families, &[query.strong], bound, scratch);
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

    fn bytes(&self) -> usize {
        size_of_val(self)
            + size_of_val(&*self.documents)
            + size_of_val(&*self.demands)
            + size_of_val(&*self.heaviest)
            + self.gates.bytes()
            + self.forward.bytes()
            + self.families.bytes()
            + self.lists.bytes()
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
