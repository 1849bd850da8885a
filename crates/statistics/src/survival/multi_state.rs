//! Multi-state prevalence: the share in each state at time `t` when units move back and forth.
//!
//! Product integral `p(t) = p(0) Π (I + dA)` with `dA_hj = d_hj/n_h` (Aalen and Johansen 1978).
//! Covariance by the multinomial (Greenwood-type) recursion: at each time
//! `C ← (I+dA)ᵀ C (I+dA) + Σ_h p_h² (diag(q_h) − q_h q_hᵀ)/n_h` with `q_h` row `h` of `I + dA`.
//!
//! Prevalence is not the same as "ever": a unit that had the state and left it counts in one and
//! not in the other.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::SurvivalError;
use crate::interval::{Confidence, Estimate};

/// One unbroken stay of a unit in a state, observed on `(from, until]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// Identifier of the unit.
    pub unit: u64,
    /// State, numbered from 0.
    pub state: usize,
    /// Start of the stay (or of its observation).
    pub from: f64,
    /// End of the stay (or of its observation).
    pub until: f64,
    /// State the unit moved to at `until`; `None` if it was merely no longer observed.
    pub next: Option<usize>,
}

/// Checked spells: no overlaps, no moves to the same state, paths that continue where they led.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths {
    spells: Vec<Spell>,
    states: usize,
}

impl Paths {
    /// Spells of any number of units, in any order, with states `0..states`.
    ///
    /// A gap between spells of a unit is allowed: it was not observed then. If a spell says where
    /// the unit went and the next spell starts at that moment, it must be in that state.
    ///
    /// # Errors
    /// [`SurvivalError::Empty`], [`SurvivalError::NotATime`],
    /// [`SurvivalError::EntryNotBeforeExit`], [`SurvivalError::UnknownState`],
    /// [`SurvivalError::MoveToItself`], [`SurvivalError::OverlappingSpells`],
    /// [`SurvivalError::BrokenPath`].
    pub fn new(mut spells: Vec<Spell>, states: usize) -> Result<Self, SurvivalError> {
        if spells.is_empty() {
            return Err(SurvivalError::Empty);
        }
        for (index, spell) in spells.iter().enumerate() {
            check_spell(index, spell, states)?;
        }
        spells.sort_by(|a, b| a.unit.cmp(&b.unit).then(a.from.total_cmp(&b.from)));
        for pair in spells.windows(2) {
            let [earlier, later] = pair else { continue };
            if earlier.unit != later.unit {
                continue;
            }
            if later.from < earlier.until {
                let (unit, time) = (later.unit, later.from);
                return Err(SurvivalError::OverlappingSpells { unit, time });
            }
            if let Some(expected) = earlier.next
                && later.from == earlier.until
                && later.state != expected
            {
                return Err(SurvivalError::BrokenPath {
                    unit: later.unit,
                    time: later.from,
                    expected,
                    found: later.state,
                });
            }
        }
        Ok(Self { spells, states })
    }

    /// Number of states.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// Share in each state from `start` on, at `start` and at every later time of a move.
    ///
    /// The distribution at `start` is that of the units under observation just after it.
    ///
    /// # Errors
    /// [`SurvivalError::NobodyAtStart`].
    pub fn prevalence(&self, start: f64) -> Result<Vec<Occupation>, SurvivalError> {
        let mut state = self.starting_distribution(start)?;
        let mut result = vec![state.clone()];
        let mut moves: BTreeMap<u64, BTreeMap<(usize, usize), u64>> = BTreeMap::new();
        for spell in self.spells.iter().filter(|spell| spell.until > start) {
            if let Some(next) = spell.next {
                let at = moves.entry((spell.until + 0.0).to_bits()).or_default();
                *at.entry((spell.state, next)).or_default() += 1;
            }
        }
        let (starts, ends) = self.sorted_ends();
        let before = |times: &[f64], time: f64| times.partition_point(|value| *value < time) as u64;
        for (bits, moves) in moves {
            let time = f64::from_bits(bits);
            let at_risk = (0..self.states)
                .map(|h| before(&starts[h], time) - before(&ends[h], time))
                .collect();
            let moves = moves
                .into_iter()
                .map(|((h, j), count)| (h, j, count))
                .collect();
            state = state.after(&TimeCounts {
                time,
                at_risk,
                moves,
            });
            result.push(state.clone());
        }
        Ok(result)
    }

    fn starting_distribution(&self, start: f64) -> Result<Occupation, SurvivalError> {
        let mut counts = vec![0.0; self.states];
        for spell in self
            .spells
            .iter()
            .filter(|s| s.from <= start && s.until > start)
        {
            counts[spell.state] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        if total <= 0.0 {
            return Err(SurvivalError::NobodyAtStart(start));
        }
        let share: Vec<f64> = counts.iter().map(|count| count / total).collect();
        let covariance = DMatrix::from_fn(self.states, self.states, |i, j| {
            let same = if i == j { share[i] } else { 0.0 };
            (same - share[i] * share[j]) / total
        });
        Ok(Occupation {
            time: start,
            share,
            covariance,
        })
    }

    fn sorted_ends(&self) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let collect = |pick: fn(&Spell) -> f64| {
            let mut times = vec![Vec::new(); self.states];
            for spell in &self.spells {
                times[spell.state].push(pick(spell));
            }
            for list in &mut times {
                list.sort_by(f64::total_cmp);
            }
            times
        };
        (collect(|spell| spell.from), collect(|spell| spell.until))
    }
}

fn check_spell(index: usize, spell: &Spell, states: usize) -> Result<(), SurvivalError> {
    for value in [spell.from, spell.until] {
        if !(value.is_finite() && value >= 0.0) {
            return Err(SurvivalError::NotATime { unit: index, value });
        }
    }
    if spell.from >= spell.until {
        let (entry, exit) = (spell.from, spell.until);
        return Err(SurvivalError::EntryNotBeforeExit {
            unit: index,
            entry,
            exit,
        });
    }
    for state in std::iter::once(spell.state).chain(spell.next) {
        if state >= states {
            return Err(SurvivalError::UnknownState {
                spell: index,
                state,
                states,
            });
        }
    }
    if spell.next == Some(spell.state) {
        let (unit, state, time) = (spell.unit, spell.state, spell.until);
        return Err(SurvivalError::MoveToItself { unit, state, time });
    }
    Ok(())
}

/// Units at risk and moves at one time.
pub(super) struct TimeCounts {
    pub(super) time: f64,
    pub(super) at_risk: Vec<u64>,
    pub(super) moves: Vec<(usize, usize, u64)>,
}

/// Share of the units in each state from one time on.
#[derive(Debug, Clone, PartialEq)]
pub struct Occupation {
    /// Time.
    pub time: f64,
    /// Share in each state; the shares add to 1.
    pub share: Vec<f64>,
    covariance: DMatrix<f64>,
}

impl Occupation {
    pub(super) fn certain(state: usize, states: usize) -> Self {
        let share = (0..states)
            .map(|s| f64::from(u8::from(s == state)))
            .collect();
        Self {
            time: 0.0,
            share,
            covariance: DMatrix::zeros(states, states),
        }
    }

    /// Standard error of the share in one state.
    ///
    /// # Panics
    /// If there is no such state.
    #[must_use]
    pub fn standard_error(&self, state: usize) -> f64 {
        self.covariance[(state, state)].max(0.0).sqrt()
    }

    /// Share in one state with a normal interval cut off at 0 and 1; `None` if there is no such
    /// state.
    #[must_use]
    pub fn estimate(&self, state: usize, confidence: Confidence) -> Option<Estimate> {
        let value = *self.share.get(state)?;
        let mut estimate = Estimate::normal(value, self.standard_error(state), confidence);
        estimate.interval = estimate.interval.clamped(0.0, 1.0);
        Some(estimate)
    }

    /// The distribution after the moves of one time.
    pub(super) fn after(&self, counts: &TimeCounts) -> Self {
        let states = self.share.len();
        let mut step = DMatrix::identity(states, states);
        for (from, to, count) in &counts.moves {
            let rate = *count as f64 / counts.at_risk[*from] as f64;
            step[(*from, *to)] += rate;
            step[(*from, *from)] -= rate;
        }
        let share = step.transpose() * DVector::from_column_slice(&self.share);
        let mut covariance = step.transpose() * &self.covariance * &step;
        let mut moved: Vec<usize> = counts.moves.iter().map(|(from, _, _)| *from).collect();
        moved.dedup();
        for from in moved {
            let row = step.row(from).transpose();
            let factor = self.share[from].powi(2) / counts.at_risk[from] as f64;
            covariance += (DMatrix::from_diagonal(&row) - &row * row.transpose()) * factor;
        }
        Self {
            time: counts.time,
            share: share.iter().copied().collect(),
            covariance,
        }
    }
}

/// The distribution in force at `time`: the last one at or before it.
#[must_use]
pub fn occupation_at(steps: &[Occupation], time: f64) -> Option<&Occupation> {
    let after = steps.partition_point(|step| step.time <= time);
    after.checked_sub(1).and_then(|index| steps.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(unit: u64, state: usize, from: f64, until: f64, next: Option<usize>) -> Spell {
        Spell {
            unit,
            state,
            from,
            until,
            next,
        }
    }

    #[test]
    fn complete_follow_up_gives_the_plain_share() {
        // Three units, two states, nobody lost: the estimate must equal the head count.
        let spells = vec![
            spell(1, 0, 0.0, 1.0, Some(1)),
            spell(1, 1, 1.0, 3.0, Some(0)),
            spell(1, 0, 3.0, 9.0, None),
            spell(2, 0, 0.0, 2.0, Some(1)),
            spell(2, 1, 2.0, 9.0, None),
            spell(3, 1, 0.0, 9.0, None),
        ];
        let steps = Paths::new(spells, 2).unwrap().prevalence(0.0).unwrap();
        for (time, share) in [(0.0, 1.0), (1.0, 2.0), (2.5, 3.0), (3.0, 2.0), (8.0, 2.0)] {
            let found = occupation_at(&steps, time).unwrap();
            assert!(
                (found.share[1] - share / 3.0).abs() < 1e-14,
                "{time}: {:?}",
                found.share
            );
            // With complete data the variance is the binomial one.
            let p: f64 = share / 3.0;
            let error = (p * (1.0 - p) / 3.0).sqrt();
            assert!((found.standard_error(1) - error).abs() < 1e-14, "{time}");
        }
    }

    #[test]
    fn bad_paths_are_named() {
        let build = |spells: Vec<Spell>| Paths::new(spells, 2);
        assert_eq!(build(vec![]), Err(SurvivalError::Empty));
        assert!(matches!(
            build(vec![
                spell(7, 0, 0.0, 2.0, None),
                spell(7, 1, 1.0, 3.0, None)
            ]),
            Err(SurvivalError::OverlappingSpells { unit: 7, .. })
        ));
        assert!(matches!(
            build(vec![
                spell(7, 0, 0.0, 2.0, Some(1)),
                spell(7, 0, 2.0, 3.0, None)
            ]),
            Err(SurvivalError::BrokenPath { unit: 7, .. })
        ));
        assert!(matches!(
            build(vec![spell(7, 0, 0.0, 2.0, Some(0))]),
            Err(SurvivalError::MoveToItself { .. })
        ));
        assert!(matches!(
            build(vec![spell(7, 2, 0.0, 2.0, None)]),
            Err(SurvivalError::UnknownState { .. })
        ));
        assert!(build(vec![spell(7, 0, 2.0, 2.0, None)]).is_err());
        assert!(build(vec![spell(7, 0, f64::NAN, 2.0, None)]).is_err());
        let late = build(vec![spell(7, 0, 1.0, 2.0, None)]).unwrap();
        assert_eq!(late.prevalence(0.0), Err(SurvivalError::NobodyAtStart(0.0)));
    }
}
