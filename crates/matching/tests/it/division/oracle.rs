//! Plain and slow answers, and random questions; nothing here is shared with the engine.

use std::collections::BTreeMap;

use matching::division::{CandidateNumber, Choice, Edge, PlaceNumber, Problem, Worth};
use proptest::prelude::*;

/// A question as plain data: capacities, and (priority, score) by candidate and place.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    pub(super) candidates: usize,
    pub(super) capacities: Vec<u32>,
    pub(super) edges: BTreeMap<(usize, usize), (u32, u16)>,
}

/// Sum of priorities, then sum of scores.
pub(super) type Value = (i64, i64);

/// Candidates with their new places.
type Moves = Vec<(usize, Option<usize>)>;

impl Question {
    pub(super) fn problem(&self) -> Problem {
        let edges: Vec<Edge> = self
            .edges
            .iter()
            .map(|(&(candidate, place), &(priority, score))| Edge {
                candidate: CandidateNumber::new(candidate as u32),
                choice: Choice {
                    place: PlaceNumber::new(place as u32),
                    worth: Worth::new(priority, score).unwrap(),
                },
            })
            .collect();
        Problem::new(self.candidates, self.capacities.clone(), &edges).unwrap()
    }

    /// All divisions by trying each choice of each candidate.
    pub(super) fn all_divisions(&self) -> Vec<Vec<Option<usize>>> {
        let mut all = vec![Vec::new()];
        for candidate in 0..self.candidates {
            let mut longer = Vec::new();
            for division in &all {
                for place in 0..self.capacities.len() {
                    let used = division.iter().filter(|p| **p == Some(place)).count();
                    if self.edges.contains_key(&(candidate, place))
                        && used < self.capacities[place] as usize
                    {
                        longer.push([&division[..], &[Some(place)]].concat());
                    }
                }
                longer.push([&division[..], &[None]].concat());
            }
            all = longer;
        }
        all
    }

    pub(super) fn value(&self, division: &[Option<usize>]) -> Value {
        let placed = division.iter().enumerate();
        placed
            .filter_map(|(candidate, place)| self.edges.get(&(candidate, (*place)?)))
            .fold((0, 0), |sum, &(priority, score)| {
                (sum.0 + i64::from(priority), sum.1 + i64::from(score))
            })
    }

    /// The best value by successive longest paths with Bellman and Ford, on pairs compared
    /// lexicographically: no combined integer, no duals.
    pub(super) fn best_value(&self) -> Value {
        let (n, m) = (self.candidates, self.capacities.len());
        let mut at: Vec<Option<usize>> = vec![None; n];
        let mut best = (0, 0);
        for first in 0..n {
            let Some((gain, chain)) = self.longest_chain(&at, first, m) else {
                continue;
            };
            best = (best.0 + gain.0, best.1 + gain.1);
            for (candidate, place) in chain {
                at[candidate] = place;
            }
        }
        best
    }

    /// The best moves when `first` comes: gain and new places; `None` when nothing gains.
    fn longest_chain(
        &self,
        at: &[Option<usize>],
        first: usize,
        places: usize,
    ) -> Option<(Value, Moves)> {
        let worth = |candidate: usize, place: usize| {
            let &(priority, score) = self.edges.get(&(candidate, place))?;
            Some((i64::from(priority), i64::from(score)))
        };
        // Gain of the best chain that ends by somebody taking a seat at this place.
        let mut to: Vec<Option<(Value, usize)>> = vec![None; places];
        let gain_before = |to: &[Option<(Value, usize)>], candidate: usize| {
            if candidate == first {
                return Some((0, 0));
            }
            let own = at[candidate]?;
            let (gain, _) = to[own]?;
            let lost = worth(candidate, own)?;
            Some((gain.0 - lost.0, gain.1 - lost.1))
        };
        for _ in 0..=places {
            for (candidate, own) in at.iter().enumerate() {
                for place in (0..places).filter(|p| *own != Some(*p)) {
                    let (Some(before), Some(worth)) =
                        (gain_before(&to, candidate), worth(candidate, place))
                    else {
                        continue;
                    };
                    let gain = (before.0 + worth.0, before.1 + worth.1);
                    if to[place].is_none_or(|known| gain > known.0) {
                        to[place] = Some((gain, candidate));
                    }
                }
            }
        }
        let used = |place: usize| at.iter().filter(|p| **p == Some(place)).count();
        let rooms = (0..places)
            .filter(|&place| used(place) < self.capacities[place] as usize)
            .filter_map(|place| Some((to[place]?.0, None, place)));
        let drops = (0..at.len()).filter_map(|candidate| {
            let gain = gain_before(&to, candidate)?;
            Some((gain, Some(candidate), at[candidate]?))
        });
        let (gain, dropped, mut place) = rooms.chain(drops).max_by_key(|end| end.0)?;
        if gain <= (0, 0) {
            return None;
        }
        let mut chain: Vec<_> = dropped
            .map(|candidate| (candidate, None))
            .into_iter()
            .collect();
        loop {
            let candidate = to[place]?.1;
            chain.push((candidate, Some(place)));
            if candidate == first {
                return Some((gain, chain));
            }
            place = at[candidate]?;
        }
    }
}

/// Random questions of at most these sizes; some candidates are isolated, some places closed.
pub(super) fn questions(
    candidates: usize,
    places: usize,
    scores: u16,
    priorities: u32,
) -> impl Strategy<Value = Question> {
    (0..=candidates, 0..=places).prop_flat_map(move |(n, m)| {
        let capacities = proptest::collection::vec(0u32..4, m);
        let chance = 0u8..=100;
        let cells = proptest::collection::vec((0u8..100, 0..=priorities, 0..=scores), n * m);
        (capacities, chance, cells).prop_map(move |(capacities, chance, cells)| {
            let edges = cells
                .into_iter()
                .enumerate()
                .filter(|(_, cell)| cell.0 < chance)
                .map(|(at, cell)| ((at / m, at % m), (cell.1, cell.2)))
                .collect();
            Question {
                candidates: n,
                capacities,
                edges,
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_oracles_agree(question in questions(5, 3, 5, 2)) {
        let all = question.all_divisions();
        let best = all.iter().map(|division| question.value(division)).max();
        prop_assert_eq!(best, Some(question.best_value()));
    }
}
