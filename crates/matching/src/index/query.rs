//! Candidates as queries to the index of vacancies, packed closely for a whole batch.

use crate::credit::Credits;
use crate::features::{CandidateFeatures, SkillId, Step};
use crate::score::FULL_CREDIT;
use crate::skill_use::use_shares;
use crate::wish::wished;

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

/// A term with the credit a candidate has for it, and what its use gives on top.
#[derive(Clone, Copy, Default)]
pub(crate) struct CreditedTerm {
    /// The term above five bits of credit.
    packed: u32,
    bonus: u16,
}

impl CreditedTerm {
    fn new(term: Term, credit: u16, bonus: u16) -> CreditedTerm {
        CreditedTerm {
            packed: term << 5 | u32::from(credit),
            bonus,
        }
    }

    #[inline]
    pub(crate) fn bonus(self) -> u16 {
        self.bonus
    }

    #[inline]
    pub(crate) fn term(self) -> Term {
        self.packed >> 5
    }

    #[inline]
    pub(crate) fn credit(self) -> u16 {
        (self.packed & 31) as u16
    }
}

/// The queries of a batch of candidates.
#[derive(Default)]
pub(crate) struct Queries {
    heads: Vec<Head>,
    terms: Vec<CreditedTerm>,
    /// For each group the positions of the queries that reach it.
    visitors: Vec<Vec<u32>>,
}

struct Head {
    offer: Offer,
    from: u32,
    to: u32,
    dutch: u8,
}

/// One candidate as a query.
#[derive(Clone, Copy)]
pub(crate) struct Query<'a> {
    /// Packed constraints.
    pub(crate) offer: &'a Offer,
    /// Terms by number, so the most frequent come first.
    pub(crate) terms: &'a [CreditedTerm],
    /// Highest level of Dutch.
    pub(crate) dutch: u8,
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
        for (at, candidate) in batch.iter().enumerate() {
            queries.push(index, candidate, aspect);
            let all = || (0..index.places().groups() as Group).collect();
            for group in index.places().reached(candidate).unwrap_or_else(all) {
                queries.visitors[group as usize].push(at as u32);
            }
        }
        queries
    }

    fn push(&mut self, index: &VacancyIndex, candidate: &CandidateFeatures, aspect: Aspect) {
        let yardstick = index.yardstick();
        let credits = Credits::of(
            &candidate.skills,
            yardstick.neighbourhood(),
            yardstick.configuration(),
        );
        let from = self.terms.len();
        let shares = match aspect {
            Aspect::RankPoints => use_shares(&candidate.skills, yardstick),
            Aspect::Score => vec![0; candidate.skills.iter().len()],
        };
        let used = candidate.skills.iter().map(|held| held.skill).zip(shares);
        self.push_credits(index, &credits, &used.collect::<Vec<_>>());
        if aspect == Aspect::RankPoints {
            let traits = wished(candidate, yardstick).into_iter();
            let known = traits.filter_map(|found| index.terms().find(Key::Trait(found)));
            self.terms
                .extend(known.map(|term| CreditedTerm::new(term, FULL_CREDIT, 0)));
        }
        self.terms[from..].sort_unstable_by_key(|credited| credited.packed);
        let offer = Offer::pack(candidate, index.licences());
        self.heads.push(Head {
            dutch: offer.0.dutch(),
            offer,
            from: from as u32,
            to: self.terms.len() as u32,
        });
    }

    fn push_credits(&mut self, index: &VacancyIndex, credits: &Credits, used: &[(SkillId, u16)]) {
        let mut before = None;
        for row in credits.iter() {
            // Rows of one skill come best first; each later one counts only for higher steps.
            let covered = before
                .filter(|(skill, _)| *skill == row.skill)
                .map(|(_, step)| step);
            for step in row.up_to.up_to().filter(|step| Some(*step) > covered) {
                if let Some(term) = index.terms().find(Key::Skill(row.skill, step)) {
                    // Both lists are in order of skill, and every held skill has a credit.
                    let bonus = match used.binary_search_by_key(&row.skill, |(skill, _)| *skill) {
                        Ok(at) if step == Step::FIRST => used[at].1,
                        _ => 0,
                    };
                    self.terms
                        .push(CreditedTerm::new(term, u16::from(row.credit), bonus));
                }
            }
            before = Some((row.skill, row.up_to));
        }
    }

    /// The query at a position of the batch.
    #[inline]
    pub(crate) fn get(&self, at: u32) -> Query<'_> {
        let head = &self.heads[at as usize];
        Query {
            offer: &head.offer,
            terms: &self.terms[head.from as usize..head.to as usize],
            dutch: head.dutch,
        }
    }

    /// Asks the processor to fetch a query that comes soon.
    #[inline]
    pub(crate) fn prefetch(&self, at: u32) {
        let head = &self.heads[at as usize];
        // One line holds 8 terms; most candidates fit in four.
        for terms in self.terms[head.from as usize..head.to as usize]
            .chunks(8)
            .take(4)
        {
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
