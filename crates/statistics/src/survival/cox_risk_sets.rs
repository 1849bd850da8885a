//! Sums over the risk set at every event time, the common ground of everything in the Cox model.

use nalgebra::{DMatrix, DVector};

use super::Observations;

/// Units of one stratum with their order in time.
pub(super) struct Stratum {
    /// Units by descending exit.
    by_exit: Vec<usize>,
    /// Units by descending entry; empty without delayed entry.
    by_entry: Vec<usize>,
}

/// The risk set at one event time: sums of `e^η`, `e^η x` and `e^η x xᵀ` over all units at risk
/// and over the units with the event.
pub(super) struct EventTime<'a> {
    pub(super) time: f64,
    pub(super) deaths: &'a [usize],
    pub(super) risk: &'a Moments,
    pub(super) dying: &'a Moments,
}

/// Zeroth, first and second moment of the covariates, weighted with `e^η`.
#[derive(Clone)]
pub(super) struct Moments {
    pub(super) weight: f64,
    pub(super) first: DVector<f64>,
    pub(super) second: DMatrix<f64>,
}

impl Moments {
    fn zero(columns: usize) -> Self {
        Self {
            weight: 0.0,
            first: DVector::zeros(columns),
            second: DMatrix::zeros(columns, columns),
        }
    }

    fn add(&mut self, row: &DVector<f64>, weight: f64) {
        self.weight += weight;
        self.first.axpy(weight, row, 1.0);
        self.second.ger(weight, row, row, 1.0);
    }

    fn clear(&mut self) {
        self.weight = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }
}

impl EventTime<'_> {
    /// Weight, mean and covariance of the covariates in the risk set after removing the fraction
    /// `removed` of the tied events (0 for Breslow; `r/d` for the r-th term of Efron).
    pub(super) fn reduced(&self, removed: f64) -> (f64, DVector<f64>, DMatrix<f64>) {
        let weight = self.risk.weight - removed * self.dying.weight;
        let mean = (&self.risk.first - &self.dying.first * removed) / weight;
        let second = (&self.risk.second - &self.dying.second * removed) / weight;
        let covariance = second - &mean * mean.transpose();
        (weight, mean, covariance)
    }
}

/// Groups the units by stratum; strata without events carry no information and are left out.
pub(super) fn strata(observations: &Observations, stratum: Option<&[usize]>) -> Vec<Stratum> {
    let count = stratum
        .and_then(|numbers| numbers.iter().max())
        .map_or(1, |largest| largest + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for unit in 0..observations.len() {
        members[stratum.map_or(0, |numbers| numbers[unit])].push(unit);
    }
    let exit = observations.exit();
    members
        .into_iter()
        .filter(|units| units.iter().any(|unit| observations.event()[*unit]))
        .map(|mut by_exit| {
            by_exit.sort_by(|a, b| exit[*b].total_cmp(&exit[*a]));
            let mut by_entry = Vec::new();
            if let Some(entry) = observations.entry() {
                by_entry.clone_from(&by_exit);
                by_entry.sort_by(|a, b| entry[*b].total_cmp(&entry[*a]));
            }
            Stratum { by_exit, by_entry }
        })
        .collect()
}

impl Stratum {
    pub(super) fn units(&self) -> &[usize] {
        &self.by_exit
    }

    /// Visits every event time in descending order.
    pub(super) fn for_each_event_time(
        &self,
        observations: &Observations,
        rows: &[DVector<f64>],
        weights: &[f64],
        mut visit: impl FnMut(&EventTime<'_>),
    ) {
        let columns = rows.first().map_or(0, DVector::len);
        let (exit, event) = (observations.exit(), observations.event());
        let mut risk = Moments::zero(columns);
        let mut dying = Moments::zero(columns);
        let mut deaths = Vec::new();
        let (mut position, mut leaving) = (0, 0);
        while let Some(first) = self.by_exit.get(position) {
            let time = exit[*first];
            dying.clear();
            deaths.clear();
            while let Some(unit) = self
                .by_exit
                .get(position)
                .filter(|unit| exit[**unit] == time)
            {
                risk.add(&rows[*unit], weights[*unit]);
                if event[*unit] {
                    dying.add(&rows[*unit], weights[*unit]);
                    deaths.push(*unit);
                }
                position += 1;
            }
            if deaths.is_empty() {
                continue;
            }
            if let Some(entry) = observations.entry() {
                // Going back in time, a unit leaves the risk set at its entry.
                let gone = |unit: &&usize| entry[**unit] >= time;
                while let Some(unit) = self.by_entry.get(leaving).filter(gone) {
                    risk.add(&rows[*unit], -weights[*unit]);
                    leaving += 1;
                }
            }
            visit(&EventTime {
                time,
                deaths: &deaths,
                risk: &risk,
                dying: &dying,
            });
        }
    }
}
