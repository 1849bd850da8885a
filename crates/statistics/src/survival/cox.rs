//! Cox's proportional hazards model.
//!
//! Partial likelihood (Cox 1972) maximised by Newton steps with halving; ties by Efron (1977) or
//! Breslow (1974); robust variance from score residuals, summed within clusters (Lin and Wei
//! 1989); test of proportional hazards as a score test for an interaction with time (Grambsch
//! and Therneau 1994, in its exact form).
//!
//! A hazard ratio is only worth showing when the hazards are proportional; otherwise
//! [`super::restricted_mean`] answers the question in units of time.

use nalgebra::{DMatrix, DVector};

use super::cox_risk_sets::{EventTime, Stratum, strata};
use super::kaplan_meier;
use super::observations::check_length;
use super::{Observations, SurvivalError};
use crate::interval::{ChiSquareTest, Confidence, Estimate, Interval};
use crate::linear_algebra;
use crate::regression::Design;

/// How simultaneous events enter the likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Efron's approximation; accurate also with many ties. The default.
    #[default]
    Efron,
    /// Breslow's approximation; biased towards 0 with many ties.
    Breslow,
}

/// Data of a Cox model.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    /// Times and events.
    pub observations: &'a Observations,
    /// Covariates, without an intercept.
    pub covariates: &'a Design,
    /// Stratum number of each unit, from 0: every stratum has its own baseline hazard.
    pub stratum: Option<&'a [usize]>,
    /// Treatment of ties.
    pub ties: Ties,
}

/// A fitted Cox model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Log hazard ratio per unit of each covariate.
    pub coefficients: Vec<f64>,
    /// Model-based covariance of the coefficients, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Log partial likelihood at zero coefficients.
    pub null_log_likelihood: f64,
    /// Log partial likelihood at the maximum.
    pub log_likelihood: f64,
    /// Likelihood ratio test of all coefficients being zero.
    pub likelihood_ratio: ChiSquareTest,
    /// Newton steps taken.
    pub steps: usize,
}

impl Fit {
    /// Model-based standard errors.
    #[must_use]
    pub fn standard_errors(&self) -> Vec<f64> {
        self.covariance
            .iter()
            .enumerate()
            .map(|(i, row)| row[i].sqrt())
            .collect()
    }

    /// Hazard ratio of one covariate with its interval; the standard error is that of the log.
    /// `None` if there is no such covariate.
    #[must_use]
    pub fn hazard_ratio(&self, covariate: usize, confidence: Confidence) -> Option<Estimate> {
        let coefficient = *self.coefficients.get(covariate)?;
        let error = self.covariance.get(covariate)?.get(covariate)?.sqrt();
        let log = Interval::wald(coefficient, error, confidence);
        Some(Estimate {
            value: coefficient.exp(),
            standard_error: error,
            interval: Interval {
                lower: log.lower.exp(),
                upper: log.upper.exp(),
            },
        })
    }
}

/// Tests of proportional hazards.
#[derive(Debug, Clone, PartialEq)]
pub struct ProportionalityTest {
    /// One test per covariate.
    pub covariates: Vec<ChiSquareTest>,
    /// Test of all covariates together.
    pub global: ChiSquareTest,
}

const MAXIMUM_STEPS: usize = 40;
/// A covariate whose one-standard-deviation effect passes this log hazard ratio has no finite
/// maximum in any data this method is meant for.
const RUNAWAY: f64 = 25.0;

impl Model<'_> {
    /// Maximum partial likelihood estimate.
    ///
    /// # Errors
    /// [`SurvivalError::AllCensored`], [`SurvivalError::LengthMismatch`],
    /// [`SurvivalError::Singular`] for dependent or constant covariates,
    /// [`SurvivalError::MonotoneLikelihood`] for complete separation,
    /// [`SurvivalError::NotConverged`].
    pub fn fit(&self) -> Result<Fit, SurvivalError> {
        let prepared = self.prepare()?;
        let columns = self.covariates.columns();
        let mut beta = DVector::zeros(columns);
        let mut state = prepared.likelihood(&beta);
        let null = state.log_likelihood;
        for step in 1..=MAXIMUM_STEPS {
            let inverse = linear_algebra::inverse_of_positive(&state.information)
                .ok_or_else(|| prepared.singular(&beta))?;
            let direction = &inverse * &state.score;
            let gain = state.score.dot(&direction);
            let mut length = 1.0;
            let mut next = prepared.likelihood(&(&beta + &direction * length));
            let worse = |next: f64| next.is_nan() || next < state.log_likelihood - 1e-12;
            while worse(next.log_likelihood) && length > 1e-6 {
                length /= 2.0;
                next = prepared.likelihood(&(&beta + &direction * length));
            }
            beta += &direction * length;
            state = next;
            if beta.amax() > RUNAWAY {
                return Err(SurvivalError::MonotoneLikelihood);
            }
            // Half the gain estimates the distance to the maximum of the log-likelihood.
            if gain < 1e-16 * (1.0 + state.log_likelihood.abs()) {
                return prepared.finish(&beta, null, &state, step);
            }
        }
        Err(if beta.amax() > RUNAWAY / 2.0 {
            SurvivalError::MonotoneLikelihood
        } else {
            SurvivalError::NotConverged(MAXIMUM_STEPS)
        })
    }

    /// Robust covariance of the coefficients: `I⁻¹ (Σ L_c L_cᵀ) I⁻¹` with score residuals `L`
    /// summed within clusters; without clusters every unit is its own.
    ///
    /// # Errors
    /// As [`Self::fit`].
    pub fn robust_covariance(
        &self,
        fit: &Fit,
        cluster: Option<&[usize]>,
    ) -> Result<Vec<Vec<f64>>, SurvivalError> {
        if let Some(cluster) = cluster {
            check_length("cluster", cluster.len(), self.observations.len())?;
        }
        let prepared = self.prepare()?;
        let beta = prepared.scaled(&fit.coefficients);
        let residuals = prepared.score_residuals(&beta);
        let columns = beta.len();
        let clusters = match cluster {
            Some(numbers) => numbers.iter().max().map_or(0, |largest| largest + 1),
            None => residuals.len(),
        };
        let mut sums = vec![DVector::zeros(columns); clusters];
        for (unit, residual) in residuals.iter().enumerate() {
            sums[cluster.map_or(unit, |numbers| numbers[unit])] += residual;
        }
        let mut middle = DMatrix::zeros(columns, columns);
        for sum in &sums {
            middle += sum * sum.transpose();
        }
        let bread = linear_algebra::inverse_of_positive(&prepared.likelihood(&beta).information)
            .ok_or(SurvivalError::Singular)?;
        Ok(prepared.unscaled(&(&bread * middle * &bread)))
    }

    /// Tests of proportional hazards against a log hazard ratio that changes with
    /// `1 − S(t−)`, the share that had the event before `t` (pooled Kaplan–Meier).
    ///
    /// # Errors
    /// [`SurvivalError::Singular`] if time does not vary enough, and as [`Self::fit`].
    pub fn proportionality(&self, fit: &Fit) -> Result<ProportionalityTest, SurvivalError> {
        let prepared = self.prepare()?;
        let beta = prepared.scaled(&fit.coefficients);
        let (score, information) = prepared.interaction_with_time(&beta);
        let columns = beta.len();
        let test = |tested: &[usize]| {
            let kept: Vec<usize> = (0..columns)
                .chain(tested.iter().map(|column| column + columns))
                .collect();
            let u = DVector::from_iterator(
                kept.len(),
                kept.iter().map(|index| {
                    if *index < columns {
                        0.0
                    } else {
                        score[*index - columns]
                    }
                }),
            );
            let matrix = information.select_rows(&kept).select_columns(&kept);
            linear_algebra::quadratic_form(&matrix, &u)
                .map(|statistic| ChiSquareTest::new(statistic, tested.len()))
                .ok_or(SurvivalError::Singular)
        };
        let covariates = (0..columns)
            .map(|column| test(&[column]))
            .collect::<Result<_, _>>()?;
        let global = test(&(0..columns).collect::<Vec<_>>())?;
        Ok(ProportionalityTest { covariates, global })
    }

    fn prepare(&self) -> Result<Prepared<'_>, SurvivalError> {
        check_length(
            "covariates",
            self.covariates.rows(),
            self.observations.len(),
        )?;
        if let Some(stratum) = self.stratum {
            check_length("stratum", stratum.len(), self.observations.len())?;
        }
        if self.observations.events() == 0 {
            return Err(SurvivalError::AllCensored);
        }
        let matrix = self.covariates.matrix();
        let means = matrix.row_mean();
        let scales: Vec<f64> = matrix
            .column_iter()
            .map(|column| column.variance().sqrt())
            .collect();
        if scales.iter().any(|scale| *scale <= 0.0) {
            return Err(SurvivalError::Singular);
        }
        let scale = DVector::from_vec(scales);
        // Centred and scaled rows keep e^η in range and the information well conditioned.
        let rows = matrix
            .row_iter()
            .map(|row| (row - &means).transpose().component_div(&scale))
            .collect();
        Ok(Prepared {
            observations: self.observations,
            strata: strata(self.observations, self.stratum),
            rows,
            scale,
            ties: self.ties,
        })
    }
}

struct Prepared<'a> {
    observations: &'a Observations,
    strata: Vec<Stratum>,
    rows: Vec<DVector<f64>>,
    scale: DVector<f64>,
    ties: Ties,
}

struct Likelihood {
    log_likelihood: f64,
    score: DVector<f64>,
    information: DMatrix<f64>,
}

impl Prepared<'_> {
    fn scaled(&self, coefficients: &[f64]) -> DVector<f64> {
        DVector::from_column_slice(coefficients).component_mul(&self.scale)
    }

    fn unscaled(&self, covariance: &DMatrix<f64>) -> Vec<Vec<f64>> {
        let size = self.scale.len();
        let entry = |i: usize, j: usize| covariance[(i, j)] / (self.scale[i] * self.scale[j]);
        (0..size)
            .map(|i| (0..size).map(|j| entry(i, j)).collect())
            .collect()
    }

    fn predictors(&self, beta: &DVector<f64>) -> Vec<f64> {
        self.rows.iter().map(|row| row.dot(beta)).collect()
    }

    /// Fractions of the tied events that leave the risk set in the terms of one event time.
    fn removals(&self, deaths: usize) -> impl Iterator<Item = f64> + use<> {
        let efron = self.ties == Ties::Efron;
        (0..deaths).map(move |r| if efron { r as f64 / deaths as f64 } else { 0.0 })
    }

    fn visit(&self, weights: &[f64], mut visit: impl FnMut(&EventTime<'_>)) {
        for stratum in &self.strata {
            stratum.for_each_event_time(self.observations, &self.rows, weights, &mut visit);
        }
    }

    fn likelihood(&self, beta: &DVector<f64>) -> Likelihood {
        let predictors = self.predictors(beta);
        let weights: Vec<f64> = predictors.iter().map(|eta| eta.exp()).collect();
        let mut total = Likelihood {
            log_likelihood: 0.0,
            score: DVector::zeros(beta.len()),
            information: DMatrix::zeros(beta.len(), beta.len()),
        };
        self.visit(&weights, |at| {
            for unit in at.deaths {
                total.log_likelihood += predictors[*unit];
                total.score += &self.rows[*unit];
            }
            for removed in self.removals(at.deaths.len()) {
                let (weight, mean, covariance) = at.reduced(removed);
                total.log_likelihood -= weight.ln();
                total.score -= mean;
                total.information += covariance;
            }
        });
        total
    }

    /// Tells separation from dependence: information that vanished only after the coefficients
    /// had run away is separation.
    fn singular(&self, beta: &DVector<f64>) -> SurvivalError {
        if beta.amax() > 8.0 {
            SurvivalError::MonotoneLikelihood
        } else {
            SurvivalError::Singular
        }
    }

    fn finish(
        &self,
        beta: &DVector<f64>,
        null: f64,
        state: &Likelihood,
        steps: usize,
    ) -> Result<Fit, SurvivalError> {
        let inverse = linear_algebra::inverse_of_positive(&state.information)
            .ok_or_else(|| self.singular(beta))?;
        Ok(Fit {
            coefficients: beta.component_div(&self.scale).iter().copied().collect(),
            covariance: self.unscaled(&inverse),
            null_log_likelihood: null,
            log_likelihood: state.log_likelihood,
            likelihood_ratio: ChiSquareTest::new(2.0 * (state.log_likelihood - null), beta.len()),
            steps,
        })
    }

    fn score_residuals(&self, beta: &DVector<f64>) -> Vec<DVector<f64>> {
        let weights: Vec<f64> = self.predictors(beta).iter().map(|eta| eta.exp()).collect();
        let mut residuals = vec![DVector::zeros(beta.len()); self.rows.len()];
        for stratum in &self.strata {
            let mut increments = Vec::new();
            let visit = |at: &EventTime<'_>| {
                let terms: Vec<(f64, f64, DVector<f64>)> = self
                    .removals(at.deaths.len())
                    .map(|removed| {
                        let (weight, mean, _) = at.reduced(removed);
                        (removed, weight, mean)
                    })
                    .collect();
                for unit in at.deaths {
                    for (removed, weight, mean) in &terms {
                        let distance = &self.rows[*unit] - mean;
                        let own_event = 1.0 / terms.len() as f64;
                        // A dying unit is in the risk set of a term only by the part not removed.
                        let correction = removed * weights[*unit] / weight;
                        residuals[*unit] += distance * (own_event + correction);
                    }
                }
                let hazard = terms.iter().map(|(_, weight, _)| 1.0 / weight).sum();
                let mut shifted = DVector::zeros(beta.len());
                for (_, weight, mean) in &terms {
                    shifted += mean / *weight;
                }
                increments.push((at.time, hazard, shifted));
            };
            stratum.for_each_event_time(self.observations, &self.rows, &weights, visit);
            self.subtract_compensators(stratum, &weights, increments, &mut residuals);
        }
        residuals
    }

    /// Subtracts `e^η Σ (x − x̄) dΛ` over each unit's own span, by cumulative sums over time.
    fn subtract_compensators(
        &self,
        stratum: &Stratum,
        weights: &[f64],
        mut increments: Vec<(f64, f64, DVector<f64>)>,
        residuals: &mut [DVector<f64>],
    ) {
        increments.reverse();
        let (mut hazard, mut shifted) = (0.0, DVector::zeros(self.scale.len()));
        for increment in &mut increments {
            hazard += increment.1;
            shifted += &increment.2;
            increment.1 = hazard;
            increment.2.copy_from(&shifted);
        }
        let up_to = |time: f64| {
            let after = increments.partition_point(|(at, _, _)| *at <= time);
            after.checked_sub(1).and_then(|index| increments.get(index))
        };
        for unit in stratum.units() {
            let mut subtract = |time: f64, sign: f64| {
                if let Some((_, hazard, shifted)) = up_to(time) {
                    let compensator = &self.rows[*unit] * *hazard - shifted;
                    residuals[*unit] -= compensator * (sign * weights[*unit]);
                }
            };
            subtract(self.observations.exit()[*unit], 1.0);
            if let Some(entry) = self.observations.entry() {
                subtract(entry[*unit], -1.0);
            }
        }
    }

    /// Score of `x·g(t)` and the information of `(x, x·g(t))` at zero interaction.
    fn interaction_with_time(&self, beta: &DVector<f64>) -> (DVector<f64>, DMatrix<f64>) {
        let weights: Vec<f64> = self.predictors(beta).iter().map(|eta| eta.exp()).collect();
        let curve = kaplan_meier::curve(self.observations);
        let before = |time: f64| {
            let index = curve.steps().partition_point(|step| step.time < time);
            index
                .checked_sub(1)
                .map_or(0.0, |index| 1.0 - curve.steps()[index].survival)
        };
        let exits = self
            .observations
            .exit()
            .iter()
            .zip(self.observations.event());
        let times: Vec<f64> = exits
            .filter(|(_, event)| **event)
            .map(|(exit, _)| before(*exit))
            .collect();
        let centre = times.iter().sum::<f64>() / times.len() as f64;
        let size = beta.len();
        let mut score = DVector::zeros(size);
        let mut information = DMatrix::zeros(2 * size, 2 * size);
        self.visit(&weights, |at| {
            let g = before(at.time) - centre;
            for unit in at.deaths {
                score.axpy(g, &self.rows[*unit], 1.0);
            }
            for removed in self.removals(at.deaths.len()) {
                let (_, mean, covariance) = at.reduced(removed);
                score.axpy(-g, &mean, 1.0);
                for (row, column, factor) in
                    [(0, 0, 1.0), (0, size, g), (size, 0, g), (size, size, g * g)]
                {
                    let mut block = information.view_mut((row, column), (size, size));
                    block += &covariance * factor;
                }
            }
        });
        (score, information)
    }
}
