//! The best of many: ordered by rank points, ties by number, independent of the number of threads.

use rayon::prelude::*;

use crate::constraint::admits;
use crate::features::CandidateFeatures;
use crate::index::{
    Aspect, CandidateIndex, CandidateScratch, Document, Group, Grouping, Kernel, Passable, Queries,
    Query, Scratch, VacancyIndex, VacancySegment, is_rare, meets, prefetch,
};
use crate::vacancy::Vacancy;

/// Most queries that are worked on together, so that a region is loaded once for all of them.
const BATCH: usize = 20480;

/// As [`BATCH`] where skills are near each other: queries are so long that fewer stay in the caches.
const NEAR_BATCH: usize = 2048;

/// A document in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which document.
    pub document: Document,
    /// Score plus rank points of wishes, at least 1.
    pub rank_points: u16,
}

/// The best documents seen so far, for each query of a batch, side by side.
pub(crate) struct Bests {
    /// For each query a stretch of keys in descending order, filled up with zeros.
    ///
    /// A key is the rank points above the inverted number of the document, so that more is better
    /// and ties go to the lower number.
    keys: Vec<u64>,
    most: usize,
}

/// The best documents seen so far for one query.
pub(crate) struct Best<'a>(&'a mut [u64]);

impl Bests {
    /// Empty lists of `most` documents, at least 1.
    pub(crate) fn new(queries: usize, most: usize) -> Bests {
        Bests {
            keys: vec![0; queries * most],
            most,
        }
    }

    /// The list of one query.
    #[inline]
    pub(crate) fn get(&mut self, at: u32) -> Best<'_> {
        Best(&mut self.keys[at as usize * self.most..][..self.most])
    }

    /// Asks the processor to fetch a list that comes soon.
    #[inline]
    pub(crate) fn prefetch(&self, at: u32) {
        prefetch(&self.keys[(at as usize + 1) * self.most - 1..]);
    }

    /// All lists, best first.
    pub(crate) fn into_ranked(self) -> Vec<Vec<Ranked>> {
        let ranked = |key: &u64| Ranked {
            document: !(*key as u32),
            rank_points: (*key >> 32) as u16,
        };
        let filled = |keys: &[u64]| {
            keys.iter()
                .take_while(|key| **key > 0)
                .map(ranked)
                .collect()
        };
        self.keys.chunks(self.most).map(filled).collect()
    }
}

impl Best<'_> {
    /// The least rank points with which a document can still enter, at least 1.
    #[inline]
    pub(crate) fn least(&self) -> u16 {
        self.0.last().map_or(1, |last| (*last >> 32) as u16).max(1)
    }

    /// Enters a document, unless it is there already or worse than all of a full list.
    #[inline]
    pub(crate) fn enter(&mut self, ranked: Ranked) {
        let key = u64::from(ranked.rank_points) << 32 | u64::from(!ranked.document);
        let Some(at) = self.0.iter().position(|kept| *kept <= key) else {
            return;
        };
        let lower = &mut self.0[at..];
        if lower[0] != key {
            lower.rotate_right(1);
            lower[0] = key;
        }
    }
}

/// The best `most` vacancies for each candidate among those that no constraint closes.
///
/// Only vacancies with at least one rank point are listed.
/// Uses the threads of the current rayon pool; the answer does not depend on their number.
#[must_use]
pub fn best_vacancies(
    index: &VacancyIndex,
    candidates: &[CandidateFeatures],
    most: usize,
    kernel: Kernel,
) -> Vec<Vec<Ranked>> {
    if most == 0 {
        return vec![Vec::new(); candidates.len()];
    }
    candidates
        .par_chunks(share(candidates.len(), most_together(index)))
        .flat_map_iter(|batch| best_of_batch(index, batch, most, kernel))
        .collect()
}

/// How many queries a thread takes at a time: all threads have work, and none too much of it.
fn share(queries: usize, most: usize) -> usize {
    queries
        .div_ceil(rayon::current_num_threads())
        .clamp(1, most)
}

/// How many candidates are worked on together.
fn most_together(index: &VacancyIndex) -> usize {
    if index.yardstick().neighbourhood().is_empty() {
        BATCH
    } else {
        NEAR_BATCH
    }
}

fn best_of_batch(
    index: &VacancyIndex,
    batch: &[CandidateFeatures],
    most: usize,
    kernel: Kernel,
) -> Vec<Vec<Ranked>> {
    let queries = Queries::pack(index, batch, Aspect::RankPoints);
    let mut bests = Bests::new(batch.len(), most);
    let mut scratch = Scratch::new(kernel);
    for (segment, visitors) in stops(index, &queries) {
        for (turn, &visitor) in visitors.iter().enumerate() {
            if let Some(next) = visitors.get(turn + 1) {
                queries.prefetch(*next);
                bests.prefetch(*next);
            }
            if let Some(later) = visitors.get(turn + 3) {
                queries.prefetch_head(*later);
            }
            let visit = Visit {
                index,
                segment,
                candidate: &batch[visitor as usize],
                query: queries.get(visitor),
            };
            visit.rank(&mut scratch, &mut bests.get(visitor));
        }
    }
    bests.into_ranked()
}

/// Every segment with the queries that reach it, one region after the other.
fn stops<'a>(
    index: &'a VacancyIndex,
    queries: &'a Queries,
) -> impl Iterator<Item = (&'a VacancySegment, &'a [u32])> {
    (0..index.places().groups() as Group).flat_map(move |group| {
        let segments = index.group(group).iter();
        segments.map(move |segment| (segment, queries.visitors(group)))
    })
}

/// All vacancies with at least `threshold` points of score that no constraint closes for each
/// candidate, in order of their numbers; the points are the score, without wishes.
#[must_use]
pub fn open_vacancies(
    index: &VacancyIndex,
    candidates: &[CandidateFeatures],
    threshold: u16,
    kernel: Kernel,
) -> Vec<Vec<Ranked>> {
    let batches = candidates.par_chunks(share(candidates.len(), most_together(index)));
    batches
        .flat_map_iter(|batch| {
            let queries = Queries::pack(index, batch, Aspect::Score);
            let mut open = vec![Vec::new(); batch.len()];
            let mut scratch = Scratch::new(kernel);
            for (segment, visitors) in stops(index, &queries) {
                for &visitor in visitors {
                    let visit = Visit {
                        index,
                        segment,
                        candidate: &batch[visitor as usize],
                        query: queries.get(visitor),
                    };
                    visit.each_open(threshold, &mut scratch, &mut |ranked| {
                        open[visitor as usize].push(ranked);
                    });
                }
            }
            for list in &mut open {
                list.sort_unstable_by_key(|ranked| ranked.document);
            }
            open
        })
        .collect()
}

/// One candidate in one segment.
struct Visit<'a> {
    index: &'a VacancyIndex,
    segment: &'a VacancySegment,
    candidate: &'a CandidateFeatures,
    query: Query<'a>,
}

impl<'a> Visit<'a> {
    /// Finds the vacancies that pass the gates and give at least so much.
    fn find(&self, least: u16, scratch: &mut Scratch<'a>) {
        scratch.found.clear();
        let bound = self.segment.bound(self.query);
        let gates = &self.segment.gates;
        let passable = gates.collect(&self.query.offer.0, &mut scratch.gates);
        if bound == 0 || passable == Passable::Nothing {
            return;
        }
        scratch
            .kernel
            .pass(bound, &scratch.gates, &mut scratch.open);
        self.index
            .find_open(self.segment, self.query, bound, least, scratch);
    }

    /// Enters the best vacancies of the segment.
    fn rank(&self, scratch: &mut Scratch<'a>, best: &mut Best<'_>) {
        self.find(best.least(), scratch);
        for &local in &scratch.found {
            let rank_points = scratch.board.get(local);
            if rank_points >= best.least() && self.is_open(local) {
                best.enter(Ranked {
                    document: self.segment.document(local),
                    rank_points,
                });
            }
        }
    }

    /// Calls `see` with every open vacancy of at least so many points.
    fn each_open(&self, least: u16, scratch: &mut Scratch<'a>, see: &mut impl FnMut(Ranked)) {
        self.find(least, scratch);
        for &local in scratch.found.iter().filter(|local| self.is_open(**local)) {
            see(Ranked {
                document: self.segment.document(local),
                rank_points: scratch.board.get(local),
            });
        }
    }

    fn is_open(&self, local: u16) -> bool {
        let demand = self.segment.demand(local);
        meets(self.query.offer, demand)
            && (!is_rare(self.query.offer, demand) || {
                let vacancy = &self.index.vacancies()[self.segment.document(local) as usize];
                admits(self.candidate, vacancy.features())
            })
    }
}

/// The best `most` candidates for each vacancy among those whom no constraint closes out.
///
/// Only candidates with at least one rank point are listed.
/// Uses the threads of the current rayon pool; the answer does not depend on their number.
#[must_use]
pub fn best_candidates(
    index: &CandidateIndex,
    vacancies: &[Vacancy],
    most: usize,
    kernel: Kernel,
) -> Vec<Vec<Ranked>> {
    if most == 0 {
        return vec![Vec::new(); vacancies.len()];
    }
    // Vacancies of one region follow each other, so that its candidates stay in the caches.
    let mut order: Vec<u32> = (0..vacancies.len() as u32).collect();
    let place = |at: &u32| vacancies[*at as usize].features().place.map(|p| p.region);
    order.sort_by_cached_key(|at| (place(at), *at));
    let mut answers: Vec<(u32, Vec<Ranked>)> = order
        .par_chunks(share(order.len(), BATCH))
        .flat_map_iter(|batch| {
            let mut scratch = CandidateScratch::new(kernel);
            let answer = |at: &u32| {
                let vacancy = &vacancies[*at as usize];
                (*at, best_of_vacancy(index, vacancy, most, &mut scratch))
            };
            batch.iter().map(answer).collect::<Vec<_>>()
        })
        .collect();
    answers.sort_unstable_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, ranked)| ranked).collect()
}

fn best_of_vacancy<'a>(
    index: &'a CandidateIndex,
    vacancy: &Vacancy,
    most: usize,
    scratch: &mut CandidateScratch<'a>,
) -> Vec<Ranked> {
    let query = index.query(vacancy, Aspect::RankPoints);
    let mut bests = Bests::new(1, most);
    let mut best = bests.get(0);
    for segment in index.segments(vacancy) {
        let bound = segment.bound(&query);
        let passable = segment.gates.collect(&query.demand.0, &mut scratch.gates);
        if bound == 0 || passable == Passable::Nothing {
            continue;
        }
        scratch
            .kernel
            .pass(bound, &scratch.gates, &mut scratch.open);
        segment.sum(&query, bound, scratch);
        let CandidateScratch {
            kernel,
            board,
            open,
            found,
            ..
        } = scratch;
        kernel.find(board, open, best.least(), found);
        for &local in &*found {
            let rank_points = board.get(local);
            let document = segment.document(local);
            if rank_points >= best.least() && {
                let (offer, candidate) =
                    (segment.offer(local), &index.candidates()[document as usize]);
                let unsure =
                    is_rare(offer, &query.demand) || index.grouping() == Grouping::Together;
                meets(offer, &query.demand) && (!unsure || admits(candidate, vacancy.features()))
            } {
                best.enter(Ranked {
                    document,
                    rank_points,
                });
            }
        }
    }
    bests.into_ranked().pop().unwrap_or_default()
}
