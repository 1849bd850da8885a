//! Linear and logistic regression, and weighting with a propensity model.
//!
//! Must not know what the covariates mean.

mod design;
pub mod linear;
pub mod logistic;
pub mod weighting;

pub use design::{Design, DesignError};

/// Why a regression cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RegressionError {
    /// The outcome has another length than the covariates.
    #[error("cannot be computed because there are {found} outcomes for {expected} units")]
    LengthMismatch {
        /// Outcomes found.
        found: usize,
        /// Units expected.
        expected: usize,
    },
    /// An outcome or weight that is not a finite number.
    #[error("outcome or weight of unit {0} is not a finite number")]
    NotFinite(usize),
    /// A weight below 0.
    #[error("weight of unit {0} is negative")]
    NegativeWeight(usize),
    /// No more units than coefficients.
    #[error(
        "cannot be computed because {units} units cannot determine {coefficients} coefficients"
    )]
    TooFewUnits {
        /// Units.
        units: usize,
        /// Coefficients.
        coefficients: usize,
    },
    /// A covariate is a combination of the others.
    #[error("cannot be computed because the covariates are linearly dependent")]
    Singular,
    /// A combination of covariates predicts the outcome without error.
    #[error("cannot be computed because the covariates separate the outcomes completely")]
    Separation,
    /// All units have the same outcome.
    #[error("cannot be computed because all outcomes are the same")]
    OneOutcome,
    /// The iteration did not settle.
    #[error("cannot be computed because the fit did not settle in {0} steps")]
    NotConverged(usize),
    /// Fewer than two clusters.
    #[error("cannot be computed because there are fewer than two clusters")]
    OneCluster,
    /// No treated or no untreated units.
    #[error("cannot be computed because one of the two groups is empty")]
    EmptyGroup,
    /// A propensity of 0 or 1.
    #[error("cannot be computed because unit {0} has a propensity of 0 or 1")]
    NoOverlap(usize),
    /// A ratio that is not above 0.
    #[error("cannot be computed because the ratio {0} is not above 0")]
    NotARatio(f64),
}
