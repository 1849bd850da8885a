//! The occupations nearest to a set of skills.

use std::collections::BTreeMap;

use super::{NeededSkill, cosine, order, square_sum, weight};
use crate::catalogue::Catalogue;
use crate::concept::{ConceptId, Relation};

/// An occupation near to a set of skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The occupation.
    pub occupation: ConceptId,
    /// Nearness in thousandths: 1000 when the set is exactly what the occupation needs.
    pub nearness: u16,
    /// Skills of the set that the occupation needs, essential and most telling first.
    pub shared: Vec<NeededSkill>,
    /// Skills that the occupation needs and the set lacks, essential and most telling first.
    pub missing: Vec<NeededSkill>,
}

/// The `top` occupations nearest to a set of skills, nearest first, ties by id.
///
/// Skills of the set count as essential; concepts that are no skills and repetitions are ignored.
#[must_use]
pub fn nearest_occupations(catalogue: &Catalogue, skills: &[ConceptId], top: usize) -> Vec<Near> {
    let mut own: Vec<ConceptId> = skills.to_vec();
    own.sort_unstable();
    own.dedup();
    let own_squares: u128 = own
        .iter()
        .map(|&s| u128::from(weight(catalogue, s, Relation::Essential)).pow(2))
        .sum();
    let mut products: BTreeMap<ConceptId, u64> = BTreeMap::new();
    for &skill in &own {
        let own_weight = weight(catalogue, skill, Relation::Essential);
        for (occupation, relation) in catalogue.occupations_with(skill) {
            *products.entry(occupation).or_default() +=
                own_weight * weight(catalogue, skill, relation);
        }
    }
    let mut ranked: Vec<(u16, ConceptId)> = products
        .into_iter()
        .map(|(occupation, product)| {
            (
                cosine(product, own_squares * square_sum(catalogue, occupation)),
                occupation,
            )
        })
        .collect();
    ranked
        .sort_unstable_by_key(|&(nearness, occupation)| (std::cmp::Reverse(nearness), occupation));
    ranked.truncate(top);
    ranked
        .into_iter()
        .map(|(nearness, occupation)| {
            let (mut shared, mut missing): (Vec<_>, Vec<_>) = catalogue
                .skills_of(occupation)
                .map(|(skill, relation)| NeededSkill {
                    skill,
                    relation,
                    telling: catalogue.telling(skill),
                })
                .partition(|needed| own.binary_search(&needed.skill).is_ok());
            shared.sort_by_key(order);
            missing.sort_by_key(order);
            Near {
                occupation,
                nearness,
                shared,
                missing,
            }
        })
        .collect()
}
