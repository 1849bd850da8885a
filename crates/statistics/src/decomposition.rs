//! Splitting the gap between two groups into parts.
//!
//! [`kitagawa`] works on published tables, [`oaxaca_blinder`] on units with covariates and a
//! linear outcome, [`yun`] on units and a yes/no outcome.
//! Every split adds to the gap. A part that a model does not explain is not a measure of unequal
//! treatment: it also holds everything that was not measured.

use crate::interval::{Confidence, Estimate};
use crate::random::{Generator, Seed};
use crate::regression::{Design, RegressionError, linear, logistic};

/// Why a gap cannot be split.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecompositionError {
    /// The columns of a table have different lengths or there are none.
    #[error("cannot be computed because the columns have different lengths or are empty")]
    LengthMismatch,
    /// A composition that is negative or adds to nothing.
    #[error("cannot be computed because the composition of a group is negative or adds to 0")]
    NotAComposition,
    /// A rate that is not a finite number.
    #[error("cannot be computed because the rate of category {0} is not a finite number")]
    NotARate(usize),
    /// The model of a group cannot be fitted.
    #[error("cannot be computed because the model of {group} cannot be fitted")]
    Model {
        /// Which group.
        group: &'static str,
        /// Why.
        #[source]
        source: RegressionError,
    },
    /// One of the groups has no units.
    #[error("cannot be computed because one of the groups is empty")]
    EmptyGroup,
    /// The linear predictors of the groups do not differ, so their difference cannot be shared.
    #[error("cannot be computed because the predictors do not differ")]
    NothingToShare,
    /// Too few usable resamples.
    #[error("cannot be computed because only {usable} of {wanted} resamples could be fitted")]
    TooFewResamples {
        /// Resamples that could be fitted.
        usable: usize,
        /// Resamples asked for.
        wanted: usize,
    },
}

/// One category of a standardised comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Category {
    /// Size or share of the category in the first group.
    pub weight_first: f64,
    /// Rate of the category in the first group.
    pub rate_first: f64,
    /// Size or share of the category in the second group.
    pub weight_second: f64,
    /// Rate of the category in the second group.
    pub rate_second: f64,
}

/// Kitagawa's split of a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Kitagawa {
    /// Rate of the second group minus rate of the first.
    pub gap: f64,
    /// Part due to different composition.
    pub composition: f64,
    /// Part due to different rates within categories.
    pub rate: f64,
    /// `(composition, rate)` of each category.
    pub categories: Vec<(f64, f64)>,
}

/// Kitagawa decomposition (E. M. Kitagawa 1955) of the difference of two overall rates, second
/// minus first: composition `Σ(w₂−w₁)(r₁+r₂)/2`, rate `Σ(r₂−r₁)(w₁+w₂)/2`.
///
/// Weights are scaled to add to 1 within each group. The two parts add to the gap.
///
/// # Errors
/// [`DecompositionError::LengthMismatch`] for no categories,
/// [`DecompositionError::NotAComposition`], [`DecompositionError::NotARate`].
pub fn kitagawa(categories: &[Category]) -> Result<Kitagawa, DecompositionError> {
    if categories.is_empty() {
        return Err(DecompositionError::LengthMismatch);
    }
    let first = scaled(categories.iter().map(|category| category.weight_first))?;
    let second = scaled(categories.iter().map(|category| category.weight_second))?;
    let finite = |c: &Category| c.rate_first.is_finite() && c.rate_second.is_finite();
    if let Some(position) = categories.iter().position(|category| !finite(category)) {
        return Err(DecompositionError::NotARate(position));
    }
    let parts: Vec<(f64, f64)> = categories
        .iter()
        .zip(first.iter().zip(&second))
        .map(|(category, (w1, w2))| {
            let (r1, r2) = (category.rate_first, category.rate_second);
            ((w2 - w1) * (r1 + r2) / 2.0, (r2 - r1) * (w1 + w2) / 2.0)
        })
        .collect();
    let overall = |weights: &[f64], rate: fn(&Category) -> f64| -> f64 {
        weights
            .iter()
            .zip(categories)
            .map(|(weight, category)| weight * rate(category))
            .sum()
    };
    Ok(Kitagawa {
        gap: overall(&second, |c| c.rate_second) - overall(&first, |c| c.rate_first),
        composition: parts.iter().map(|part| part.0).sum(),
        rate: parts.iter().map(|part| part.1).sum(),
        categories: parts,
    })
}

fn scaled(weights: impl Iterator<Item = f64>) -> Result<Vec<f64>, DecompositionError> {
    let weights: Vec<f64> = weights.collect();
    let sum: f64 = weights.iter().sum();
    let valid = weights
        .iter()
        .all(|weight| *weight >= 0.0 && weight.is_finite());
    if valid && sum > 0.0 && sum.is_finite() {
        Ok(weights.iter().map(|weight| weight / sum).collect())
    } else {
        Err(DecompositionError::NotAComposition)
    }
}

/// Coefficients that count as "without difference" in the two-fold split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Pooled model of both groups including a group indicator (Jann 2008). Without the
    /// indicator the pooled model would count part of the group difference as explained.
    PooledWithGroup,
    /// Mean of both groups' coefficients, weighted with their sizes (Cotton 1988).
    SizeWeighted,
    /// Plain mean of both groups' coefficients (Reimers 1983).
    Mean,
    /// Coefficients of the first group.
    First,
    /// Coefficients of the second group.
    Second,
}

/// Oaxaca–Blinder splits of the gap `mean(first) − mean(second)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OaxacaBlinder {
    /// Mean outcome of the first group minus that of the second.
    pub gap: f64,
    /// Two-fold: part explained by different covariates.
    pub explained: f64,
    /// Two-fold: the rest.
    pub unexplained: f64,
    /// Three-fold: endowments, `(x̄₁ − x̄₂)β₂`.
    pub endowments: f64,
    /// Three-fold: coefficients, `x̄₂(β₁ − β₂)`.
    pub coefficients: f64,
    /// Three-fold: interaction, `(x̄₁ − x̄₂)(β₁ − β₂)`.
    pub interaction: f64,
}

/// Oaxaca–Blinder decomposition (Oaxaca 1973, Blinder 1973) with a linear model per group.
///
/// `covariates` without intercept and without the group; `first` marks the units of the first
/// group. An intercept is added.
///
/// # Errors
/// [`DecompositionError::LengthMismatch`], [`DecompositionError::EmptyGroup`],
/// [`DecompositionError::Model`].
pub fn oaxaca_blinder(
    covariates: &Design,
    first: &[bool],
    outcome: &[f64],
    reference: Reference,
) -> Result<OaxacaBlinder, DecompositionError> {
    if first.len() != covariates.rows() || outcome.len() != covariates.rows() {
        return Err(DecompositionError::LengthMismatch);
    }
    let design = covariates.clone().with_intercept();
    let of = |group: bool| -> Result<(Design, Vec<f64>), DecompositionError> {
        let part = design
            .filtered(|unit| first[unit] == group)
            .ok_or(DecompositionError::EmptyGroup)?;
        let values = outcome
            .iter()
            .zip(first)
            .filter(|(_, f)| **f == group)
            .map(|(y, _)| *y);
        Ok((part, values.collect()))
    };
    let ((design1, outcome1), (design2, outcome2)) = (of(true)?, of(false)?);
    let fit = |design: &Design, outcome: &[f64], group| {
        linear::fit(design, outcome, None)
            .map(|fit| fit.coefficients)
            .map_err(|source| DecompositionError::Model { group, source })
    };
    let beta1 = fit(&design1, &outcome1, "the first group")?;
    let beta2 = fit(&design2, &outcome2, "the second group")?;
    let (x1, x2) = (design1.means(), design2.means());
    let blend = |share: f64| -> Vec<f64> {
        beta1
            .iter()
            .zip(&beta2)
            .map(|(a, b)| share * a + (1.0 - share) * b)
            .collect()
    };
    let standard = match reference {
        Reference::PooledWithGroup => {
            let indicator: Vec<f64> = first.iter().map(|f| f64::from(u8::from(*f))).collect();
            let pooled = design.clone().with_column(&indicator).map_err(|_| {
                // The indicator is finite and as long as the outcome, which was checked above.
                DecompositionError::LengthMismatch
            })?;
            let mut beta = fit(&pooled, outcome, "both groups together")?;
            beta.pop();
            beta
        }
        Reference::SizeWeighted => blend(outcome1.len() as f64 / outcome.len() as f64),
        Reference::Mean => blend(0.5),
        Reference::First => beta1.clone(),
        Reference::Second => beta2.clone(),
    };
    let sum = |term: &dyn Fn(usize) -> f64| (0..x1.len()).map(term).sum::<f64>();
    Ok(OaxacaBlinder {
        gap: mean(&outcome1) - mean(&outcome2),
        explained: sum(&|i| (x1[i] - x2[i]) * standard[i]),
        unexplained: sum(&|i| x1[i] * (beta1[i] - standard[i]) + x2[i] * (standard[i] - beta2[i])),
        endowments: sum(&|i| (x1[i] - x2[i]) * beta2[i]),
        coefficients: sum(&|i| x2[i] * (beta1[i] - beta2[i])),
        interaction: sum(&|i| (x1[i] - x2[i]) * (beta1[i] - beta2[i])),
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Bootstrap of the two-fold split: `(explained, unexplained)` with percentile-free normal
/// intervals from the standard deviation over resamples drawn within each group.
///
/// # Errors
/// As [`oaxaca_blinder`]; [`DecompositionError::TooFewResamples`] if fewer than half of the
/// resamples, or fewer than two, can be fitted.
pub fn oaxaca_blinder_with_errors(
    covariates: &Design,
    first: &[bool],
    outcome: &[f64],
    reference: Reference,
    resampling: Resampling,
) -> Result<(Estimate, Estimate), DecompositionError> {
    let point = oaxaca_blinder(covariates, first, outcome, reference)?;
    let mut generator = Generator::new(resampling.seed);
    let members = |group: bool| -> Vec<usize> {
        (0..first.len())
            .filter(|unit| first[*unit] == group)
            .collect()
    };
    let groups = [members(true), members(false)];
    let columns: Vec<Vec<f64>> = (0..covariates.columns())
        .map(|column| covariates.column(column))
        .collect();
    let mut draws = Vec::with_capacity(resampling.resamples);
    for _ in 0..resampling.resamples {
        let mut units = Vec::with_capacity(first.len());
        for group in &groups {
            units.extend((0..group.len()).map(|_| group[generator.below(group.len())]));
        }
        let picked: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| units.iter().map(|unit| column[*unit]).collect())
            .collect();
        let Ok(design) = Design::from_columns(&picked) else {
            continue;
        };
        let first: Vec<bool> = units.iter().map(|unit| first[*unit]).collect();
        let outcome: Vec<f64> = units.iter().map(|unit| outcome[*unit]).collect();
        if let Ok(draw) = oaxaca_blinder(&design, &first, &outcome, reference) {
            draws.push((draw.explained, draw.unexplained));
        }
    }
    if draws.len() < 2 || draws.len() * 2 < resampling.resamples {
        let (usable, wanted) = (draws.len(), resampling.resamples);
        return Err(DecompositionError::TooFewResamples { usable, wanted });
    }
    let deviation = |pick: fn(&(f64, f64)) -> f64| {
        let values: Vec<f64> = draws.iter().map(pick).collect();
        let centre = mean(&values);
        let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
        (squares / (values.len() - 1) as f64).sqrt()
    };
    Ok((
        Estimate::normal(point.explained, deviation(|d| d.0), resampling.confidence),
        Estimate::normal(point.unexplained, deviation(|d| d.1), resampling.confidence),
    ))
}

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// Number of resamples.
    pub resamples: usize,
    /// Seed; the same seed gives the same result.
    pub seed: Seed,
    /// Level of the interval.
    pub confidence: Confidence,
}

/// Yun's split of a difference of two shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Yun {
    /// Predicted share of the first group minus that of the second. With an intercept the
    /// predictions of a logistic model equal the observed shares.
    pub gap: f64,
    /// Part explained by different covariates.
    pub explained: f64,
    /// The rest.
    pub unexplained: f64,
    /// Share of each covariate in the explained part, adding to `explained`.
    pub explained_by: Vec<f64>,
}

/// Decomposition of a difference of two shares with a logistic model per group (M.-S. Yun 2004):
/// explained `mean F(x₁β₁) − mean F(x₂β₁)`, unexplained `mean F(x₂β₁) − mean F(x₂β₂)`; the
/// explained part is shared out in proportion to `(x̄₁ⱼ − x̄₂ⱼ)β₁ⱼ`.
///
/// # Errors
/// As [`oaxaca_blinder`]; [`DecompositionError::NothingToShare`] if the weights add to 0.
pub fn yun(
    covariates: &Design,
    first: &[bool],
    outcome: &[bool],
) -> Result<Yun, DecompositionError> {
    if first.len() != covariates.rows() || outcome.len() != covariates.rows() {
        return Err(DecompositionError::LengthMismatch);
    }
    let design = covariates.clone().with_intercept();
    let fit = |group: bool, name| {
        let part = design
            .filtered(|unit| first[unit] == group)
            .ok_or(DecompositionError::EmptyGroup)?;
        let values: Vec<bool> = outcome
            .iter()
            .zip(first)
            .filter(|(_, f)| **f == group)
            .map(|(y, _)| *y)
            .collect();
        logistic::fit(&part, &values)
            .map(|fit| (part, fit))
            .map_err(|source| DecompositionError::Model {
                group: name,
                source,
            })
    };
    let (design1, fit1) = fit(true, "the first group")?;
    let (design2, fit2) = fit(false, "the second group")?;
    let observed1 = mean(&fit1.probabilities);
    let observed2 = mean(&fit2.probabilities);
    let crossed = mean(&fit1.predict(&design2));
    let explained = observed1 - crossed;
    let terms: Vec<f64> = design1
        .means()
        .iter()
        .zip(design2.means())
        .zip(&fit1.coefficients)
        .skip(1)
        .map(|((a, b), beta)| (a - b) * beta)
        .collect();
    let sum: f64 = terms.iter().sum();
    if sum == 0.0 {
        return Err(DecompositionError::NothingToShare);
    }
    Ok(Yun {
        gap: observed1 - observed2,
        explained,
        unexplained: crossed - observed2,
        explained_by: terms.iter().map(|term| explained * term / sum).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_tables_are_named() {
        let category = |weight: f64, rate: f64| Category {
            weight_first: weight,
            rate_first: rate,
            weight_second: 1.0,
            rate_second: 0.5,
        };
        assert_eq!(kitagawa(&[]), Err(DecompositionError::LengthMismatch));
        assert_eq!(
            kitagawa(&[category(-1.0, 0.5)]),
            Err(DecompositionError::NotAComposition)
        );
        assert_eq!(
            kitagawa(&[category(0.0, 0.5)]),
            Err(DecompositionError::NotAComposition)
        );
        assert_eq!(
            kitagawa(&[category(1.0, f64::NAN)]),
            Err(DecompositionError::NotARate(0))
        );
    }

    #[test]
    fn an_empty_group_is_named() {
        let covariates = Design::from_columns(&[vec![1.0, 2.0, 3.0]]).unwrap();
        assert_eq!(
            oaxaca_blinder(&covariates, &[true; 3], &[1.0; 3], Reference::Mean),
            Err(DecompositionError::EmptyGroup)
        );
        assert_eq!(
            yun(&covariates, &[false; 3], &[true; 3]),
            Err(DecompositionError::EmptyGroup)
        );
    }
}
