//! Effects of a measure that starts in some groups and not, or later, in others.
//!
//! [`two_by_two`] is the classical comparison of changes; [`staggered`] estimates `ATT(g, t)` of
//! Callaway and Sant'Anna (2021) without covariates, for groups that start at different times,
//! against the never treated or the not yet treated. Two-way fixed effects are not offered: with
//! staggered starts they use treated units as controls.
//! Everything rests on parallel trends; estimates before the start show whether that is
//! plausible, and belong next to the effect.

use std::collections::{BTreeMap, BTreeSet};

use crate::interval::{Confidence, Estimate};
use crate::random::{Generator, Seed};
use crate::special;

/// Why an effect cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DifferenceInDifferencesError {
    /// One of the four cells has no observations.
    #[error("cannot be computed because {0} has no observations")]
    EmptyCell(&'static str),
    /// An outcome that is not a finite number.
    #[error("outcome of observation {0} is not a finite number")]
    NotFinite(usize),
    /// Fewer than two clusters on a side.
    #[error("cannot be computed because {0} has fewer than two clusters")]
    OneCluster(&'static str),
    /// A unit observed twice in a period.
    #[error("unit {unit} is observed more than once in period {period}")]
    DuplicateObservation {
        /// The unit.
        unit: u64,
        /// The period.
        period: i64,
    },
    /// A unit with two starts or two clusters.
    #[error("unit {0} has more than one start or cluster")]
    InconsistentUnit(u64),
    /// Nobody is ever treated, or nobody can serve as a comparison.
    #[error("cannot be computed because no group can be compared with an untreated one")]
    NothingToCompare,
    /// Fewer than two resamples, or fewer than half of them can be used.
    #[error("cannot be computed because too few resamples are asked for or can be used")]
    TooFewResamples,
}

/// One observation of the two by two design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Whether the unit belongs to the treated group.
    pub treated: bool,
    /// Whether the observation is from after the start.
    pub after: bool,
    /// Cluster, for instance the institution.
    pub cluster: usize,
    /// Outcome.
    pub outcome: f64,
}

/// Two by two difference in differences: `(ȳ₁₁ − ȳ₁₀) − (ȳ₀₁ − ȳ₀₀)`, with the cluster-robust
/// standard error of the saturated regression, times `√(G/(G−1)·(n−1)/(n−4))`, and an interval
/// from Student's t with `G − 1` degrees of freedom.
///
/// # Errors
/// [`DifferenceInDifferencesError::EmptyCell`], [`DifferenceInDifferencesError::NotFinite`],
/// [`DifferenceInDifferencesError::OneCluster`] unless each group has at least two clusters.
pub fn two_by_two(
    observations: &[Observation],
    confidence: Confidence,
) -> Result<Estimate, DifferenceInDifferencesError> {
    let finite = |observation: &Observation| observation.outcome.is_finite();
    if let Some(position) = observations.iter().position(|o| !finite(o)) {
        return Err(DifferenceInDifferencesError::NotFinite(position));
    }
    let cell = |o: &Observation| usize::from(o.treated) * 2 + usize::from(o.after);
    let names = [
        "the untreated before",
        "the untreated after",
        "the treated before",
        "the treated after",
    ];
    let (mut sums, mut counts) = ([0.0; 4], [0.0; 4]);
    for observation in observations {
        sums[cell(observation)] += observation.outcome;
        counts[cell(observation)] += 1.0;
    }
    if let Some(empty) = counts.iter().position(|count| *count == 0.0) {
        return Err(DifferenceInDifferencesError::EmptyCell(names[empty]));
    }
    let means: Vec<f64> = sums
        .iter()
        .zip(&counts)
        .map(|(sum, count)| sum / count)
        .collect();
    let mut influence: BTreeMap<usize, f64> = BTreeMap::new();
    let mut sides = [BTreeSet::new(), BTreeSet::new()];
    for observation in observations {
        let index = cell(observation);
        let sign = if observation.treated == observation.after {
            1.0
        } else {
            -1.0
        };
        let term = sign * (observation.outcome - means[index]) / counts[index];
        *influence.entry(observation.cluster).or_default() += term;
        sides[usize::from(observation.treated)].insert(observation.cluster);
    }
    for (side, name) in sides
        .iter()
        .zip(["the untreated group", "the treated group"])
    {
        if side.len() < 2 {
            return Err(DifferenceInDifferencesError::OneCluster(name));
        }
    }
    let (g, n) = (influence.len() as f64, observations.len() as f64);
    let correction = g / (g - 1.0) * (n - 1.0) / (n - 4.0).max(1.0);
    let variance: f64 = influence.values().map(|sum| sum * sum).sum::<f64>() * correction;
    let value = (means[3] - means[2]) - (means[1] - means[0]);
    let quantile = special::student_quantile(0.5 + confidence.level() / 2.0, g - 1.0);
    let half = quantile * variance.sqrt();
    let interval = crate::Interval {
        lower: value - half,
        upper: value + half,
    };
    Ok(Estimate {
        value,
        standard_error: variance.sqrt(),
        interval,
    })
}

/// One unit in one period of a staggered design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelObservation {
    /// Unit.
    pub unit: u64,
    /// Cluster the unit belongs to; resampling draws whole clusters.
    pub cluster: usize,
    /// Period, such as a year or a month count.
    pub period: i64,
    /// First period under the measure; `None` if never.
    pub start: Option<i64>,
    /// Outcome.
    pub outcome: f64,
}

/// Who serves as comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Only units that never start.
    NeverTreated,
    /// Units that never start or start later than the period compared.
    NotYetTreated,
}

/// `ATT(g, t)`: effect in one period on the units that started in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTimeEffect {
    /// First period under the measure.
    pub start: i64,
    /// Period.
    pub period: i64,
    /// Units of the group in the estimate.
    pub treated: usize,
    /// Units compared with.
    pub compared: usize,
    /// Effect; before the start it estimates the difference in trends, which should be 0.
    pub effect: f64,
    /// The effect with its interval; `None` if fewer than half of the resamples contain the cell,
    /// because too few clusters carry it.
    pub estimate: Option<Estimate>,
}

/// Effect by time since the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposureEffect {
    /// Periods since the start, negative before it.
    pub exposure: i64,
    /// Effect, weighted with group size.
    pub effect: f64,
    /// The effect with its interval; `None` as for [`GroupTimeEffect::estimate`].
    pub estimate: Option<Estimate>,
}

/// All effects of a staggered design.
#[derive(Debug, Clone, PartialEq)]
pub struct Staggered {
    /// Effects per start and period, in order. Cells without comparison are absent.
    pub effects: Vec<GroupTimeEffect>,
    /// Effect by periods since the start.
    pub by_exposure: Vec<ExposureEffect>,
    /// Mean effect over all periods from the start on, weighted with group size.
    pub overall: Estimate,
}

/// How to estimate and resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaggeredPlan {
    /// Comparison units.
    pub comparison: Comparison,
    /// Number of cluster resamples for the standard errors.
    pub resamples: usize,
    /// Seed; the same seed gives the same result.
    pub seed: Seed,
    /// Level of the intervals.
    pub confidence: Confidence,
}

struct Unit {
    cluster: usize,
    start: Option<i64>,
    outcomes: BTreeMap<i64, f64>,
}

/// Callaway–Sant'Anna effects with a cluster bootstrap.
///
/// For a group that starts at `g`: from `g` on, the mean change since `g − 1` minus the mean
/// change of the comparison units; before `g`, the change from the preceding period
/// (varying base). Only units observed in both periods count. Units already treated in the first
/// period have no base period and are left out.
///
/// # Errors
/// [`DifferenceInDifferencesError`].
pub fn staggered(
    observations: &[PanelObservation],
    plan: StaggeredPlan,
) -> Result<Staggered, DifferenceInDifferencesError> {
    if plan.resamples < 2 {
        return Err(DifferenceInDifferencesError::TooFewResamples);
    }
    let units = collect_units(observations)?;
    let periods: Vec<i64> = observations
        .iter()
        .map(|o| o.period)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let once = vec![1.0; units.len()];
    let point = Point::estimate(&units, &once, &periods, plan.comparison);
    if point.cells.keys().all(|(start, period)| period < start) {
        return Err(DifferenceInDifferencesError::NothingToCompare);
    }
    let draws = resample(&units, &periods, plan)?;
    let estimate = |value: f64, pick: &dyn Fn(&Point) -> Option<f64>| {
        let values: Vec<f64> = draws.iter().filter_map(pick).collect();
        let usable = values.len() >= 2 && 2 * values.len() >= draws.len();
        usable.then(|| Estimate::normal(value, deviation(&values), plan.confidence))
    };
    let effects = point
        .cells
        .iter()
        .map(|(key, cell)| GroupTimeEffect {
            start: key.0,
            period: key.1,
            treated: cell.treated,
            compared: cell.compared,
            effect: cell.effect,
            estimate: estimate(cell.effect, &|draw: &Point| {
                draw.cells.get(key).map(|c| c.effect)
            }),
        })
        .collect();
    let by_exposure = point
        .by_exposure()
        .into_iter()
        .map(|(exposure, effect)| {
            let pick = |draw: &Point| draw.by_exposure().get(&exposure).copied();
            ExposureEffect {
                exposure,
                effect,
                estimate: estimate(effect, &pick),
            }
        })
        .collect();
    let overall = point
        .overall()
        .ok_or(DifferenceInDifferencesError::NothingToCompare)?;
    let overall =
        estimate(overall, &Point::overall).ok_or(DifferenceInDifferencesError::TooFewResamples)?;
    Ok(Staggered {
        effects,
        by_exposure,
        overall,
    })
}

/// Standard deviation of at least two values.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / (n - 1.0))
        .sqrt()
}

fn collect_units(
    observations: &[PanelObservation],
) -> Result<Vec<Unit>, DifferenceInDifferencesError> {
    let mut units: BTreeMap<u64, Unit> = BTreeMap::new();
    for (position, o) in observations.iter().enumerate() {
        if !o.outcome.is_finite() {
            return Err(DifferenceInDifferencesError::NotFinite(position));
        }
        let unit = units.entry(o.unit).or_insert_with(|| Unit {
            cluster: o.cluster,
            start: o.start,
            outcomes: BTreeMap::new(),
        });
        if unit.cluster != o.cluster || unit.start != o.start {
            return Err(DifferenceInDifferencesError::InconsistentUnit(o.unit));
        }
        if unit.outcomes.insert(o.period, o.outcome).is_some() {
            let (unit, period) = (o.unit, o.period);
            return Err(DifferenceInDifferencesError::DuplicateObservation { unit, period });
        }
    }
    Ok(units.into_values().collect())
}

fn resample(
    units: &[Unit],
    periods: &[i64],
    plan: StaggeredPlan,
) -> Result<Vec<Point>, DifferenceInDifferencesError> {
    let clusters: Vec<usize> = units
        .iter()
        .map(|unit| unit.cluster)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if clusters.len() < 2 {
        return Err(DifferenceInDifferencesError::OneCluster("the panel"));
    }
    let mut generator = Generator::new(plan.seed);
    let mut draws = Vec::with_capacity(plan.resamples);
    for _ in 0..plan.resamples {
        let mut times: BTreeMap<usize, f64> = BTreeMap::new();
        for _ in 0..clusters.len() {
            *times
                .entry(clusters[generator.below(clusters.len())])
                .or_default() += 1.0;
        }
        let weights: Vec<f64> = units
            .iter()
            .map(|unit| times.get(&unit.cluster).copied().unwrap_or(0.0))
            .collect();
        draws.push(Point::estimate(units, &weights, periods, plan.comparison));
    }
    Ok(draws)
}

struct Cell {
    effect: f64,
    weight: f64,
    treated: usize,
    compared: usize,
}

/// Effects of one sample or resample.
struct Point {
    cells: BTreeMap<(i64, i64), Cell>,
}

impl Point {
    fn estimate(units: &[Unit], weights: &[f64], periods: &[i64], comparison: Comparison) -> Self {
        let starts: BTreeSet<i64> = units.iter().filter_map(|unit| unit.start).collect();
        let mut cells = BTreeMap::new();
        for start in starts {
            for (index, period) in periods.iter().enumerate().skip(1) {
                // From the start on the base is the last period before it; earlier, the
                // preceding period.
                let base = if *period >= start {
                    periods.iter().rev().find(|earlier| **earlier < start)
                } else {
                    periods.get(index - 1)
                };
                let Some(base) = base else { continue };
                if let Some(cell) = cell(units, weights, start, (*base, *period), comparison) {
                    cells.insert((start, *period), cell);
                }
            }
        }
        Self { cells }
    }

    fn by_exposure(&self) -> BTreeMap<i64, f64> {
        let mut sums: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for ((start, period), cell) in &self.cells {
            let sum = sums.entry(period - start).or_default();
            sum.0 += cell.weight * cell.effect;
            sum.1 += cell.weight;
        }
        sums.into_iter()
            .map(|(exposure, (sum, weight))| (exposure, sum / weight))
            .collect()
    }

    fn overall(&self) -> Option<f64> {
        let after = || {
            self.cells
                .iter()
                .filter(|((start, period), _)| period >= start)
        };
        let weight: f64 = after().map(|(_, cell)| cell.weight).sum();
        let sum: f64 = after().map(|(_, cell)| cell.weight * cell.effect).sum();
        (weight > 0.0).then(|| sum / weight)
    }
}

fn cell(
    units: &[Unit],
    weights: &[f64],
    start: i64,
    (base, period): (i64, i64),
    comparison: Comparison,
) -> Option<Cell> {
    let (mut treated, mut compared) = ((0.0, 0.0, 0), (0.0, 0.0, 0));
    for (unit, weight) in units
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0.0)
    {
        let side = match unit.start {
            Some(own) if own == start => &mut treated,
            None => &mut compared,
            Some(own) if comparison == Comparison::NotYetTreated && own > period.max(base) => {
                &mut compared
            }
            Some(_) => continue,
        };
        let (Some(before), Some(after)) = (unit.outcomes.get(&base), unit.outcomes.get(&period))
        else {
            continue;
        };
        side.0 += weight * (after - before);
        side.1 += weight;
        side.2 += 1;
    }
    (treated.1 > 0.0 && compared.1 > 0.0).then(|| Cell {
        effect: treated.0 / treated.1 - compared.0 / compared.1,
        weight: treated.1,
        treated: treated.2,
        compared: compared.2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(treated: bool, after: bool, cluster: usize, outcome: f64) -> Observation {
        Observation {
            treated,
            after,
            cluster,
            outcome,
        }
    }

    #[test]
    fn change_against_change() {
        let mut data = Vec::new();
        for cluster in 0..4 {
            let treated = cluster >= 2;
            let level = cluster as f64;
            data.push(observation(treated, false, cluster, level));
            data.push(observation(
                treated,
                true,
                cluster,
                level + if treated { 5.0 } else { 2.0 },
            ));
        }
        let found = two_by_two(&data, Confidence::NINETY_FIVE).unwrap();
        assert!((found.value - 3.0).abs() < 1e-14);
        // Every cluster moves exactly like its group: levels cancel, nothing is left to vary.
        assert!(found.standard_error < 1e-12);
    }

    #[test]
    fn missing_cells_and_single_clusters_are_named() {
        let level = Confidence::NINETY_FIVE;
        let data = [observation(true, true, 0, 1.0)];
        assert_eq!(
            two_by_two(&data, level),
            Err(DifferenceInDifferencesError::EmptyCell(
                "the untreated before"
            ))
        );
        let data = [
            observation(true, true, 0, 1.0),
            observation(true, false, 0, 1.0),
            observation(false, true, 1, 1.0),
            observation(false, false, 2, 1.0),
        ];
        assert_eq!(
            two_by_two(&data, level),
            Err(DifferenceInDifferencesError::OneCluster(
                "the treated group"
            ))
        );
    }

    fn panel() -> Vec<PanelObservation> {
        // Unit trend of 1 per period; group 3 gains 2 per period under the measure, group 4 gains 1.
        let mut data = Vec::new();
        for unit in 0..30_u64 {
            let start = [None, Some(3), Some(4)][(unit % 3) as usize];
            for period in 1..=5_i64 {
                let exposure = start.map_or(0, |s: i64| (period - s + 1).max(0)) as f64;
                let gain = if start == Some(3) { 2.0 } else { 1.0 };
                let outcome = unit as f64 * 0.3 + period as f64 + gain * exposure;
                let cluster = (unit / 3) as usize;
                data.push(PanelObservation {
                    unit,
                    cluster,
                    period,
                    start,
                    outcome,
                });
            }
        }
        data
    }

    #[test]
    fn staggered_effects_are_recovered_exactly_without_noise() {
        for comparison in [Comparison::NeverTreated, Comparison::NotYetTreated] {
            let plan = StaggeredPlan {
                comparison,
                resamples: 20,
                seed: Seed(3),
                confidence: Confidence::NINETY_FIVE,
            };
            let found = staggered(&panel(), plan).unwrap();
            for effect in &found.effects {
                let exposure = (effect.period - effect.start + 1).max(0) as f64;
                let gain = if effect.start == 3 { 2.0 } else { 1.0 };
                assert!((effect.effect - gain * exposure).abs() < 1e-9, "{effect:?}");
                assert!(effect.estimate.unwrap().standard_error < 1e-9);
            }
            let at = |exposure| {
                found
                    .by_exposure
                    .iter()
                    .find(|e| e.exposure == exposure)
                    .unwrap()
                    .effect
            };
            assert!(at(-1).abs() < 1e-9);
            assert!((at(0) - 1.5).abs() < 1e-9);
            // Cells: group 3 at 3, 4, 5 (2, 4, 6) and group 4 at 4, 5 (1, 2), equal sizes.
            assert!((found.overall.value - 3.0).abs() < 1e-9);
        }
    }

    #[test]
    fn bad_panels_are_named() {
        let plan = StaggeredPlan {
            comparison: Comparison::NeverTreated,
            resamples: 10,
            seed: Seed(3),
            confidence: Confidence::NINETY_FIVE,
        };
        let mut twice = panel();
        twice.push(twice[0]);
        assert!(matches!(
            staggered(&twice, plan),
            Err(DifferenceInDifferencesError::DuplicateObservation { .. })
        ));
        let mut changed = panel();
        changed[1].start = Some(9);
        assert!(matches!(
            staggered(&changed, plan),
            Err(DifferenceInDifferencesError::InconsistentUnit(_))
        ));
        let never: Vec<_> = panel()
            .into_iter()
            .map(|o| PanelObservation { start: None, ..o })
            .collect();
        assert_eq!(
            staggered(&never, plan),
            Err(DifferenceInDifferencesError::NothingToCompare)
        );
    }
}
