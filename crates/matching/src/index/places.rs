//! Regions as groups of segments: the first and hardest partition of the documents.

use domain::code::Region;

use crate::features::{Answer, CandidateFeatures, VacancyFeatures};

/// Number of a group: a region, or the group of what has no region.
pub(crate) type Group = u32;

/// The regions that occur in an index, in order of their codes, and one group after them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Vec<Region>);

impl Places {
    /// Collects the regions.
    pub(crate) fn of(regions: impl Iterator<Item = Region>) -> Places {
        let mut regions: Vec<Region> = regions.collect();
        regions.sort_unstable();
        regions.dedup();
        Places(regions)
    }

    /// Number of groups, the last one included.
    pub(crate) fn groups(&self) -> usize {
        self.0.len() + 1
    }

    /// The group of what belongs to no region.
    pub(crate) fn elsewhere(&self) -> Group {
        self.0.len() as Group
    }

    /// The group of a region, if any document belongs to it.
    pub(crate) fn group(&self, region: &Region) -> Option<Group> {
        self.0.binary_search(region).ok().map(|at| at as Group)
    }

    /// The region of a group, unless it is the last one.
    pub(crate) fn region(&self, group: Group) -> Option<Region> {
        self.0.get(group as usize).copied()
    }

    /// The group in which a vacancy stands.
    pub(crate) fn of_vacancy(&self, vacancy: &VacancyFeatures) -> Option<Group> {
        match &vacancy.place {
            None => Some(self.elsewhere()),
            Some(place) => self.group(&place.region),
        }
    }

    /// The groups that a candidate can reach; none in the answer means all of them.
    pub(crate) fn reached(&self, candidate: &CandidateFeatures) -> Option<Vec<Group>> {
        let Answer::Known(reach) = &candidate.reach else {
            return None;
        };
        let regions = reach.region_list().iter();
        Some(
            regions
                .filter_map(|region| self.group(region))
                .chain([self.elsewhere()])
                .collect(),
        )
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        self.0.len() * size_of::<Region>()
    }
}
