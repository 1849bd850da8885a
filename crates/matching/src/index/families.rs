//! Upper bounds on weak credits: demands gathered by families of skills that cover each other.
//!
//! Most credits of a candidate are weak: hundreds of siblings of the skills that he or she has,
//! each for a quarter.
//! They come from few families, and together they seldom decide who is among the best.
//! So a segment knows what each vacancy demands of every family; the share that weak credits can
//! give of that is added instead of hundreds of postings.
//! What this bound leaves is then summed exactly.

use std::collections::HashMap;

use crate::features::{SkillId, Step};
use crate::score::FULL_CREDIT;
use crate::yardstick::Yardstick;

use super::kernel::{DenseList, padded};
use super::query::Gain;
use super::terms::{Key, Term, Terms};

/// Number of families; what is more shares their numbers, which loosens the bound only.
const FAMILIES: usize = 64;

/// Highest credit that counts as weak.
const WEAK: u16 = FULL_CREDIT / 4;

const NO_FAMILY: u8 = u8::MAX;

/// The family of every term that can have a weak credit.
#[derive(Default)]
pub(crate) struct Families(Box<[u8]>);

/// A family and the highest weak credit that a candidate has in it.
#[derive(Clone, Copy)]
pub(crate) struct Reached {
    family: u8,
    credit: u8,
}

/// What the vacancies of a segment demand of each family.
#[derive(Default)]
pub(super) struct FamilyDemands {
    /// Length of the list of one family: the number of vacancies, padded to whole blocks.
    length: usize,
    weights: Box<[u16]>,
}

/// The highest weak credit in each family while a candidate is packed.
pub(crate) struct Highest([u8; FAMILIES]);

impl Families {
    /// Groups the terms of skills; the most frequent families have numbers of their own.
    pub(crate) fn of(terms: &Terms, yardstick: &Yardstick) -> Families {
        let mut members: Vec<(Term, SkillId)> = Vec::new();
        for skill in (0..terms.skills() as u32).map(SkillId) {
            let steps = Step::all().filter_map(|step| terms.find(Key::Skill(skill, step)));
            members.extend(steps.map(|term| (term, skill)));
        }
        // Terms are numbered by frequency.
        members.sort_unstable();
        let mut families = vec![NO_FAMILY; terms.len()];
        let mut numbers = HashMap::new();
        for (term, skill) in members {
            if let Some(eldest) = eldest(skill, yardstick) {
                let next = numbers.len() % FAMILIES;
                families[term as usize] = *numbers.entry(eldest).or_insert(next) as u8;
            }
        }
        Families(families.into())
    }

    /// Whether what a candidate gets for a term may be bounded by its family; if so, it is noted.
    #[inline]
    pub(super) fn note(&self, term: Term, gain: Gain, highest: &mut Highest) -> bool {
        if gain.credit() > WEAK || gain.bonus() > 0 {
            return false;
        }
        let family = self.0[term as usize];
        let Some(credit) = highest.0.get_mut(usize::from(family)) else {
            return false;
        };
        *credit = (*credit).max(gain.credit() as u8);
        true
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// The lowest number among a skill and those that cover it weakly, if there are any.
fn eldest(skill: SkillId, yardstick: &Yardstick) -> Option<SkillId> {
    let configuration = yardstick.configuration();
    let near = yardstick.neighbourhood().covering(skill).iter();
    near.filter(|near| u16::from(configuration.credit(near.reason)) <= WEAK)
        .map(|near| near.skill.min(skill))
        .min()
}

impl Highest {
    pub(super) fn new() -> Highest {
        Highest([0; FAMILIES])
    }

    /// Moves the families that are reached to the end of a list.
    pub(super) fn drain_into(&mut self, reached: &mut Vec<Reached>) {
        for (family, credit) in self.0.iter_mut().enumerate() {
            if *credit > 0 {
                reached.push(Reached {
                    family: family as u8,
                    credit: std::mem::take(credit),
                });
            }
        }
    }
}

impl FamilyDemands {
    /// Adds up the terms of one vacancy after the other.
    pub(super) fn build<I>(
        families: &Families,
        documents: usize,
        vacancies: impl Iterator<Item = I>,
    ) -> FamilyDemands
    where
        I: Iterator<Item = (Term, u16)>,
    {
        let length = padded(documents);
        let mut weights = vec![0; length * FAMILIES];
        for (local, vacancy) in vacancies.enumerate() {
            for (term, weight) in vacancy {
                let family = families.0[term as usize];
                if family != NO_FAMILY {
                    weights[usize::from(family) * length + local] += weight;
                }
            }
        }
        FamilyDemands {
            length,
            weights: weights.into(),
        }
    }

    /// For each family that a candidate reaches a list whose sums no sum of weak credits exceeds:
    /// the share of a sum, rounded down, is at least the sum of the shares, each rounded down.
    pub(super) fn lists(&self, reached: &[Reached]) -> impl Iterator<Item = DenseList<'_>> {
        reached.iter().map(|reached| DenseList {
            values: &self.weights[usize::from(reached.family) * self.length..][..self.length],
            credit: u16::from(reached.credit),
            bonus: 0,
        })
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.weights)
    }
}
