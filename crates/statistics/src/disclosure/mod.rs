//! Keeping published figures from telling about single units.
//!
//! - [`policy`]: the rules a figure must meet, and which rule it breaks;
//! - [`cell_key`]: unbiased rounding for figures that users may filter freely;
//! - [`suppression`]: static tables with cells left out, and the proof that they stay hidden;
//! - [`linked`]: tables that share margins, and tables of more ways, checked together;
//! - [`differences`]: figures that contain each other;
//! - [`ledger`]: every release against all earlier ones.
//!
//! Must not know what is counted; which categories a table may have is decided elsewhere.

pub mod cell_key;
pub mod differences;
pub mod ledger;
pub mod linked;
pub mod policy;
pub mod suppression;

pub use policy::{Policy, PolicyError, Reason};
