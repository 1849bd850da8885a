//! The matching engine: which work fits whom, why, and what would change it.

pub mod division;
