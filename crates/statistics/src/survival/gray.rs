//! Sums of Gray's test (R. J. Gray 1988, "A class of K-sample tests for comparing the cumulative
//! incidence of a competing risk", with ρ = 0).
//!
//! A unit that had a competing event stays in the risk set with a weight: group `k` counts
//! `R_k = Y_k (1 − F_k(t−))/S_k(t−)` units, where `F_k` is its cumulative incidence of the cause
//! of interest and `S_k` its survival from any event. The score compares the events of interest
//! with their share of `R`. Its variance follows the martingale representation of the paper:
//! each group contributes through its own events of interest and its competing events.

use nalgebra::{DMatrix, DVector};

use super::SurvivalError;
use crate::interval::ChiSquareTest;
use crate::linear_algebra;

/// Units of one group that leave at one time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Leaving {
    pub(super) of_interest: f64,
    pub(super) competing: f64,
    pub(super) censored: f64,
}

/// State of one group just before the current time.
#[derive(Debug, Clone, Copy)]
struct Group {
    at_risk: f64,
    survival: f64,
    incidence: f64,
}

impl Group {
    /// `Y/S(t−)`: the units that would be at risk had nobody left for another reason.
    fn inflated(&self) -> f64 {
        if self.at_risk > 0.0 {
            self.at_risk / self.survival
        } else {
            0.0
        }
    }
}

/// Running sums over the event times.
pub(super) struct Accumulator {
    groups: Vec<Group>,
    /// Pooled incidence under the hypothesis, just before the current time.
    pooled: f64,
    score: DVector<f64>,
    /// `c(i, k)`: accumulated dependence of the score of `i` on the past of group `k`.
    past: DMatrix<f64>,
    /// Variance parts: without, with one, and with two factors `past` at the end of time.
    variance: DMatrix<f64>,
    cross: DMatrix<f64>,
    own: DVector<f64>,
}

impl Accumulator {
    pub(super) fn new(groups: usize, size: impl Fn(usize) -> f64) -> Self {
        let start = |g| Group {
            at_risk: size(g),
            survival: 1.0,
            incidence: 0.0,
        };
        Self {
            groups: (0..groups).map(start).collect(),
            pooled: 0.0,
            score: DVector::zeros(groups),
            past: DMatrix::zeros(groups, groups),
            variance: DMatrix::zeros(groups, groups),
            cross: DMatrix::zeros(groups, groups),
            own: DVector::zeros(groups),
        }
    }

    /// Moves past one time.
    pub(super) fn advance(&mut self, leaving: &[Leaving]) {
        let events: f64 = leaving.iter().map(|at| at.of_interest).sum();
        let others: f64 = leaving.iter().map(|at| at.competing).sum();
        if events + others > 0.0 {
            self.add_events(leaving, events);
        }
        for (group, at) in self.groups.iter_mut().zip(leaving) {
            group.at_risk -= at.of_interest + at.competing + at.censored;
        }
    }

    fn add_events(&mut self, leaving: &[Leaving], events: f64) {
        let before = self.groups.clone();
        let inflated: f64 = before.iter().map(Group::inflated).sum();
        let weighted: f64 = before
            .iter()
            .map(|g| g.inflated() * (1.0 - g.incidence))
            .sum();
        for (group, at) in self
            .groups
            .iter_mut()
            .zip(leaving)
            .filter(|(g, _)| g.at_risk > 0.0)
        {
            let any = at.of_interest + at.competing;
            group.incidence += group.survival * at.of_interest / group.at_risk;
            group.survival *= (group.at_risk - any) / group.at_risk;
        }
        let pooled = self.pooled + events / inflated;
        let sensitivity = Self::sensitivity(&before, inflated);
        self.past += &sensitivity * (events / (inflated * (1.0 - self.pooled)));
        for (i, group) in before
            .iter()
            .enumerate()
            .filter(|(_, group)| group.at_risk > 0.0)
        {
            let expected = events * group.inflated() * (1.0 - group.incidence) / weighted;
            self.score[i] += leaving[i].of_interest - expected;
        }
        for k in 0..before.len() {
            let remaining = self.groups[k].survival;
            if before[k].at_risk > 0.0 && events > 0.0 {
                let factor = if remaining > 0.0 {
                    1.0 - (1.0 - pooled) / remaining
                } else {
                    1.0
                };
                let spread = inflated * before[k].survival - 1.0;
                let tie = if events > 1.0 {
                    1.0 - (events - 1.0) / spread
                } else {
                    1.0
                };
                let rate = tie * before[k].survival * events / (inflated * before[k].at_risk);
                let effect = sensitivity.column(k) - self.past.column(k) * factor;
                self.add_variance(k, &effect, factor, rate);
            }
            let others = leaving[k].competing;
            if remaining > 0.0 && others > 0.0 {
                let factor = (1.0 - pooled) / remaining;
                let n = before[k].at_risk;
                let tie = if others > 1.0 {
                    1.0 - (others - 1.0) / (n - 1.0)
                } else {
                    1.0
                };
                let rate = tie * before[k].survival.powi(2) * others / (n * n);
                let effect = self.past.column(k) * factor;
                self.add_variance(k, &effect, -factor, rate);
            }
        }
        self.pooled = pooled;
    }

    /// How the score of each group reacts to an event in each group at this time.
    fn sensitivity(before: &[Group], inflated: f64) -> DMatrix<f64> {
        DMatrix::from_fn(before.len(), before.len(), |i, j| {
            let own = before[i].inflated();
            let same = if i == j { own } else { 0.0 };
            same - own * before[j].inflated() / inflated
        })
    }

    fn add_variance(&mut self, k: usize, effect: &DVector<f64>, factor: f64, rate: f64) {
        self.variance.ger(rate, effect, effect, 1.0);
        self.cross.column_mut(k).axpy(factor * rate, effect, 1.0);
        self.own[k] += factor * factor * rate;
    }

    /// The test; one group is redundant and left out.
    pub(super) fn result(&self) -> Result<ChiSquareTest, SurvivalError> {
        let mut total = self.variance.clone();
        let cross = &self.past * self.cross.transpose();
        total += &cross + cross.transpose();
        total += &self.past * DMatrix::from_diagonal(&self.own) * self.past.transpose();
        let kept = self.groups.len() - 1;
        let matrix = total.view((0, 0), (kept, kept)).into_owned();
        let score = self.score.rows(0, kept).into_owned();
        let statistic = linear_algebra::quadratic_form(&matrix, &score)
            .ok_or(SurvivalError::GroupsNeverMeet)?;
        Ok(ChiSquareTest::new(statistic, kept))
    }
}
