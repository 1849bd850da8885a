//! Estimators, tests and disclosure control: numbers in, numbers out.
//!
//! Every function is pure and deterministic: no clock, no global randomness, no files.
//! Where chance is part of a method (bootstrap, shrinkage), the caller hands in a
//! [`random::Seed`] and gets the same bits back for the same seed.
//!
//! A result is either a finite number or a typed error that says why the figure cannot be
//! computed; no function returns NaN.
//! Each method names its formula and its source in its documentation, and is tested against
//! published constants or an independent implementation.
//!
//! This crate must not know a single word of the field it serves: no persons, no work, no places.

pub mod agreement;
pub mod decomposition;
pub mod difference_in_differences;
pub mod disclosure;
pub mod discrimination;
pub mod exact;
pub mod funnel;
pub mod interval;
pub mod missingness;
pub mod multiplicity;
pub mod paired;
pub mod power;
pub mod proportion;
pub mod random;
pub mod ranking;
pub mod regression;
pub mod special;
pub mod survival;

pub(crate) mod linear_algebra;

pub use interval::{Confidence, Estimate, Interval};
