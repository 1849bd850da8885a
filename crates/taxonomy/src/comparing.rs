//! Comparing occupations by their skills, and finding the occupations nearest to a set of skills.
//!
//! Skills count by how telling they are (see [`crate::telling`]), essential ones double, so that
//! generic skills do not decide.
//! Nearness is the cosine of the two weighted sets in thousandths: the measure known from the
//! vector space model (G. Salton, A. Wong, C. S. Yang, 1975), computed in integers.

mod nearest;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::concept::{ConceptId, Relation};

pub use nearest::{Near, nearest_occupations};

/// Weight of a skill in an occupation: how telling it is, doubled when essential.
#[must_use]
pub(crate) fn weight(catalogue: &Catalogue, skill: ConceptId, relation: Relation) -> u64 {
    let telling = u64::from(catalogue.telling(skill));
    match relation {
        Relation::Essential => 2 * telling,
        Relation::Optional => telling,
    }
}

/// How two occupations relate by their skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Nearness in thousandths: 1000 for the same skills, 0 for none in common.
    pub nearness: u16,
    /// Skills of both, most telling first.
    pub shared: Vec<SharedSkill>,
    /// Skills that only the first occupation needs, most telling first.
    pub only_first: Vec<NeededSkill>,
    /// Skills that only the second occupation needs: what is missing on the way from the first.
    pub only_second: Vec<NeededSkill>,
}

/// A skill that two occupations need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedSkill {
    /// The skill.
    pub skill: ConceptId,
    /// How the first needs it.
    pub first: Relation,
    /// How the second needs it.
    pub second: Relation,
    /// How telling the skill is, 1..=1000.
    pub telling: u16,
}

/// A skill that an occupation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NeededSkill {
    /// The skill.
    #[serde(skip)]
    pub skill: ConceptId,
    /// How the occupation needs it.
    pub relation: Relation,
    /// How telling the skill is, 1..=1000.
    pub telling: u16,
}

/// Compares two occupations.
#[must_use]
pub fn compare(catalogue: &Catalogue, first: ConceptId, second: ConceptId) -> Comparison {
    let (mut shared, mut only_first, mut only_second) = (Vec::new(), Vec::new(), Vec::new());
    let mut product = 0u64;
    let mut others = catalogue.skills_of(second).peekable();
    let needed = |skill, relation| NeededSkill {
        skill,
        relation,
        telling: catalogue.telling(skill),
    };
    // Both lists ascend by skill, so one walk over the two finds what they share.
    for (skill, relation) in catalogue.skills_of(first) {
        while let Some((other, r)) = others.next_if(|(other, _)| *other < skill) {
            only_second.push(needed(other, r));
        }
        match others.next_if(|(other, _)| *other == skill) {
            Some((_, second)) => {
                product += weight(catalogue, skill, relation) * weight(catalogue, skill, second);
                shared.push(SharedSkill {
                    skill,
                    first: relation,
                    second,
                    telling: catalogue.telling(skill),
                });
            }
            None => only_first.push(needed(skill, relation)),
        }
    }
    only_second.extend(others.map(|(skill, relation)| needed(skill, relation)));
    shared.sort_by_key(|s| (std::cmp::Reverse(s.telling), s.skill));
    only_first.sort_by_key(order);
    only_second.sort_by_key(order);
    let squares = square_sum(catalogue, first) * square_sum(catalogue, second);
    Comparison {
        nearness: cosine(product, squares),
        shared,
        only_first,
        only_second,
    }
}

/// Essential before optional, then most telling first, then by id.
fn order(needed: &NeededSkill) -> (Relation, std::cmp::Reverse<u16>, ConceptId) {
    (
        needed.relation,
        std::cmp::Reverse(needed.telling),
        needed.skill,
    )
}

/// Sum of the squared weights of an occupation's skills.
fn square_sum(catalogue: &Catalogue, occupation: ConceptId) -> u128 {
    catalogue
        .skills_of(occupation)
        .map(|(s, r)| u128::from(weight(catalogue, s, r)).pow(2))
        .sum()
}

/// Cosine in thousandths, rounded down, from the inner product and the product of square sums.
fn cosine(product: u64, squares: u128) -> u16 {
    if squares == 0 {
        return 0;
    }
    // (1000 · p / √q) = √(10⁶ · p² / q); both fit: p < 2⁴⁰ for any real occupation.
    let square = u128::from(product).pow(2).saturating_mul(1_000_000) / squares;
    (square.isqrt() as u16).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_of_equal_and_of_disjoint_sets() {
        assert_eq!(cosine(25, 25 * 25), 1000);
        assert_eq!(cosine(0, 100), 0);
        assert_eq!(cosine(0, 0), 0);
        assert_eq!(cosine(1, 4), 500);
    }
}
