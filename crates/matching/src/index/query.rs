//! Candidates as queries to the index of vacancies, packed closely for a whole batch.

use crate::configuration::MOST_RANK_POINTS;
use crate::features::{CandidateFeatures, Step};
use crate::score::leaf;
use crate::skill_use::use_shares;
use crate::wish::wished;

use super::coverage::Collection;
use super::families::Reached;
use super::kernel::prefetch;
use super::places::Group;
use super::terms::{Key, Term};
use super::vacancies::VacancyIndex;
use super::words::Offer;

/// What a candidate is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// Score and wishes: rank points.
    RankPoints,
    /// The score alone.
    Score,
}

/// What a candidate gets for a term: the credit in five bits, above them what its use gives on top.
///
/// Both fit, since no use gives more than [`MOST_RANK_POINTS`]; none at all is zero.
#[derive(Clone, Copy, Default)]
pub(crate) struct Gain(u16);

const CREDIT_BITS: u32 = 5;
const _: () = assert!(MOST_RANK_POINTS << CREDIT_BITS < 1 << 16);

impl Gain {
    /// A credit (0..=16) with nothing on top.
    pub(super) const fn of(credit: u16) -> Gain {
        Gain(credit)
    }

    /// The gain with the higher credit, if neither has anything on top.
    #[inline]
    pub(super) fn max(self, other: Gain) -> Gain {
        Gain(self.0.max(other.0))
    }

    /// This gain with so much on top (0..=[`MOST_RANK_POINTS`]).
    #[inline]
    pub(super) fn with_bonus(self, bonus: u16) -> Gain {
        Gain(self.credit() | bonus << CREDIT_BITS)
    }

    #[inline]
    pub(crate) fn bonus(self) -> u16 {
        self.0 >> CREDIT_BITS
    }

    #[inline]
    pub(crate) fn credit(self) -> u16 {
        self.0 & ((1 << CREDIT_BITS) - 1)
    }

    /// What a demand of this weight gives in all.
    #[inline]
    pub(super) fn points(self, weight: u16) -> u16 {
        leaf(weight, self.credit()) + self.bonus()
    }
}

/// A term with what a candidate gets for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct CreditedTerm {
    pub(crate) term: Term,
    pub(crate) gain: Gain,
}

/// The queries of a batch of candidates.
#[derive(Default)]
pub(crate) struct Queries {
    heads: Vec<Head>,
    terms: Vec<CreditedTerm>,
    reached: Vec<Reached>,
    /// For each group the positions of the queries that reach it.
    visitors: Vec<Vec<u32>>,
}

struct Head {
    offer: Offer,
    /// Where its terms start, where the weak ones among them start, and where they end.
    terms: [u32; 3],
    /// Where the families that it reaches start and end.
    reached: [u32; 2],
    dutch: u8,
}

/// One candidate as a query.
#[derive(Clone, Copy)]
pub(crate) struct Query<'a> {
    /// Packed constraints.
    pub(crate) offer: &'a Offer,
    /// Terms by number, so the most frequent come first; without the weak ones.
    pub(super) strong: &'a [CreditedTerm],
    /// Terms by number that give little; [`super::families`] bounds them.
    pub(super) weak: &'a [CreditedTerm],
    /// Families of the weak terms.
    pub(super) reached: &'a [Reached],
    /// Highest level of Dutch.
    pub(crate) dutch: u8,
}

impl Query<'_> {
    /// Number of terms.
    pub(super) fn terms(&self) -> usize {
        self.strong.len() + self.weak.len()
    }
}

impl Queries {
    /// Packs a batch of candidates.
    pub(crate) fn pack(
        index: &VacancyIndex,
        batch: &[CandidateFeatures],
        aspect: Aspect,
    ) -> Queries {
        let mut queries = Queries {
            visitors: vec![Vec::new(); index.places().groups()],
            ..Queries::default()
        };
        let mut collection = Collection::new(index.terms().len());
        for (at, candidate) in batch.iter().enumerate() {
            queries.push(index, candidate, aspect, &mut collection);
            let all = || (0..index.places().groups() as Group).collect();
            for group in index.places().reached(candidate).unwrap_or_else(all) {
                queries.visitors[group as usize].push(at as u32);
            }
        }
        queries
    }

    fn push(
        &mut self,
        index: &VacancyIndex,
        candidate: &CandidateFeatures,
        aspect: Aspect,
        collection: &mut Collection,
    ) {
        let yardstick = index.yardstick();
        for held in candidate.skills.iter() {
            collection.add(index.coverage(), held, yardstick);
        }
        if aspect == Aspect::RankPoints {
            for found in wished(candidate, yardstick) {
                if let Some(term) = index.terms().find(Key::Trait(found)) {
                    collection.add_full(term);
                }
            }
            let shares = use_shares(&candidate.skills, yardstick);
            for (held, bonus) in candidate.skills.iter().zip(shares) {
                if let Some(term) = index.terms().find(Key::Skill(held.skill, Step::FIRST)) {
                    collection.set_bonus(term, bonus);
                }
            }
        }
        let offer = Offer::pack(candidate, index.licences());
        let (from, reached) = (self.terms.len(), self.reached.len());
        let weak = collection.drain_into(index.families(), &mut self.terms, &mut self.reached);
        self.heads.push(Head {
            dutch: offer.0.dutch(),
            offer,
            terms: [from, weak, self.terms.len()].map(|at| at as u32),
            reached: [reached, self.reached.len()].map(|at| at as u32),
        });
    }

    /// The query at a position of the batch.
    #[inline]
    pub(crate) fn get(&self, at: u32) -> Query<'_> {
        let head = &self.heads[at as usize];
        let [from, weak, to] = head.terms.map(|at| at as usize);
        let [first, last] = head.reached.map(|at| at as usize);
        Query {
            offer: &head.offer,
            strong: &self.terms[from..weak],
            weak: &self.terms[weak..to],
            reached: &self.reached[first..last],
            dutch: head.dutch,
        }
    }

    /// Asks the processor to fetch a query that comes soon.
    #[inline]
    pub(crate) fn prefetch(&self, at: u32) {
        let head = &self.heads[at as usize];
        let [from, weak, _] = head.terms.map(|at| at as usize);
        // One line holds 8 terms; most candidates fit in four.
        for terms in self.terms[from..weak].chunks(8).take(4) {
            prefetch(terms);
        }
    }

    /// Asks the processor to fetch the head of a query that comes later.
    #[inline]
    pub(crate) fn prefetch_head(&self, at: u32) {
        prefetch(&self.heads[at as usize..]);
    }

    /// The positions of the queries that reach a group, ascending.
    pub(crate) fn visitors(&self, group: Group) -> &[u32] {
        &self.visitors[group as usize]
    }
}
