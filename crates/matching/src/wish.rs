//! Wishes and nearness of occupation: rank points beside the score.

use domain::code::Sector;
use domain::isco::IscoCode;
use domain::placement::PlaceKind;
use serde::Serialize;

use crate::features::{CandidateFeatures, OccupationId, VacancyFeatures};
use crate::yardstick::Yardstick;

/// Something that can be wished and that a vacancy has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// A kind of place.
    Kind(PlaceKind),
    /// A sector.
    Sector(Sector),
    /// An ISCO-08 group of one to four digits.
    Group(IscoCode),
    /// An occupation.
    Occupation(OccupationId),
}

/// What of a wish a vacancy fulfils, with its rank points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "wish")]
pub enum WishLeaf {
    /// The kind of place was wished.
    Kind {
        /// Rank points.
        points: u16,
    },
    /// The sector was wished.
    Sector {
        /// Rank points.
        points: u16,
    },
    /// A wished occupation is near.
    Nearness {
        /// How near: 1 to 4 digits of ISCO-08 are shared, 5 is the same occupation.
        shared: u8,
        /// Rank points, summed up to this nearness.
        points: u16,
    },
}

impl WishLeaf {
    /// Rank points of this leaf.
    #[must_use]
    pub fn points(&self) -> u16 {
        match self {
            WishLeaf::Kind { points }
            | WishLeaf::Sector { points }
            | WishLeaf::Nearness { points, .. } => *points,
        }
    }
}

/// The traits that the wishes of a candidate name, each once, in order.
#[must_use]
pub fn wished(candidate: &CandidateFeatures, yardstick: &Yardstick) -> Vec<Trait> {
    let wishes = &candidate.wishes;
    let mut traits: Vec<Trait> = wishes
        .kinds
        .iter()
        .copied()
        .map(Trait::Kind)
        .chain(wishes.sectors.iter().copied().map(Trait::Sector))
        .collect();
    for occupation in &wishes.occupations {
        traits.extend(chain(*occupation, yardstick).map(|(found, _)| found));
    }
    traits.sort_unstable();
    traits.dedup();
    traits
}

/// The traits of a vacancy with the rank points each gives to whom wishes it; none gives zero.
#[must_use]
pub fn offered(vacancy: &VacancyFeatures, yardstick: &Yardstick) -> Vec<(Trait, u16)> {
    let points = yardstick.configuration().rank_points();
    let mut traits = vec![(Trait::Kind(vacancy.kind), points.kind)];
    traits.extend(vacancy.sector.map(|s| (Trait::Sector(s), points.sector)));
    if let Some(occupation) = vacancy.occupation {
        traits.extend(
            chain(occupation, yardstick).map(|(found, shared)| (found, points.nearness[shared])),
        );
    }
    traits.retain(|(_, points)| *points > 0);
    traits
}

/// The leaves of the wishes of a candidate that a vacancy fulfils.
#[must_use]
pub fn wish_leaves(
    candidate: &CandidateFeatures,
    vacancy: &VacancyFeatures,
    yardstick: &Yardstick,
) -> Vec<WishLeaf> {
    let wished = wished(candidate, yardstick);
    let mut leaves = Vec::new();
    let mut nearness = (0, 0);
    for (found, points) in offered(vacancy, yardstick) {
        if wished.binary_search(&found).is_err() {
            continue;
        }
        match found {
            Trait::Kind(_) => leaves.push(WishLeaf::Kind { points }),
            Trait::Sector(_) => leaves.push(WishLeaf::Sector { points }),
            Trait::Group(group) => nearness = (nearness.0.max(group.digits()), nearness.1 + points),
            Trait::Occupation(_) => nearness = (5, nearness.1 + points),
        }
    }
    let (shared, points) = nearness;
    if points > 0 {
        leaves.push(WishLeaf::Nearness { shared, points });
    }
    leaves
}

/// An occupation and the groups above it, each with its place in the points of nearness.
fn chain(
    occupation: OccupationId,
    yardstick: &Yardstick,
) -> impl Iterator<Item = (Trait, usize)> + use<> {
    std::iter::successors(yardstick.group(occupation), |group| group.broader())
        .map(|group| (Trait::Group(group), usize::from(group.digits()) - 1))
        .chain([(Trait::Occupation(occupation), 4)])
}
