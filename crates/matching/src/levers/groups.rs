//! The live inventory of barriers: levers summed over any set of candidates.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{CandidateLevers, Lever};

/// What one lever would open for a set of candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GroupCount {
    /// Which lever.
    #[serde(flatten)]
    pub lever: Lever,
    /// Candidates for whom it opens at least one vacancy.
    pub candidates: u32,
    /// Openings, summed over the candidates.
    pub opens: u64,
}

/// The levers of a set of candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GroupLevers {
    /// Number of candidates.
    pub candidates: u32,
    /// Vacancies open now, summed over the candidates.
    pub open_now: u64,
    /// Candidates for whom no vacancy is open now.
    pub without_opening: u32,
    /// Levers that open anything, in order of their kind.
    pub levers: Vec<GroupCount>,
}

/// Sums the levers of candidates; each step includes the lower ones, as it does for one candidate.
#[must_use]
pub fn group_levers<'a>(members: impl Iterator<Item = &'a CandidateLevers>) -> GroupLevers {
    let mut group = GroupLevers::default();
    // What each step adds to the one below it: candidates and openings.
    let mut added = BTreeMap::<Lever, (u32, u64)>::new();
    for member in members {
        group.candidates += 1;
        group.open_now += u64::from(member.open_now);
        group.without_opening += u32::from(member.open_now == 0);
        let mut before: Option<(Lever, u32)> = None;
        for count in &member.levers {
            let below = before.filter(|(lever, _)| lever.same_but_step(&count.lever));
            let entry = added.entry(count.lever).or_default();
            entry.0 += u32::from(below.is_none());
            entry.1 += u64::from(count.opens - below.map_or(0, |(_, opens)| opens));
            before = Some((count.lever, count.opens));
        }
    }
    for (lever, (candidates, opens)) in added {
        let below = group.levers.last();
        let below = below.filter(|count| count.lever.same_but_step(&lever));
        group.levers.push(GroupCount {
            lever,
            candidates: candidates + below.map_or(0, |count| count.candidates),
            opens: opens + below.map_or(0, |count| count.opens),
        });
    }
    group
}

impl Lever {
    /// Whether two levers differ at most in how far they go.
    #[must_use]
    pub fn same_but_step(&self, other: &Lever) -> bool {
        match (self, other) {
            (Lever::Language { language: a, .. }, Lever::Language { language: b, .. }) => a == b,
            (
                Lever::Modality {
                    language: a,
                    modality: m,
                    ..
                },
                Lever::Modality {
                    language: b,
                    modality: n,
                    ..
                },
            ) => (a, m) == (b, n),
            (Lever::Qualification { .. }, Lever::Qualification { .. })
            | (Lever::Hours { .. }, Lever::Hours { .. })
            | (Lever::Permission { .. }, Lever::Permission { .. }) => true,
            (one, other) => one == other,
        }
    }
}
