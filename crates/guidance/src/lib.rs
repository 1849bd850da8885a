//! What the law allows, what stands in the way, and what helps: rules, clocks, barriers,
//! instruments, evidence and advice as dated data.
//!
//! Everything that can change in law or practice stands in files (`data/guidance/`), with source,
//! period and check; this crate is the closed language those files are written in.
//! It must not know storage, HTTP or who a person is.

pub mod adviser;
pub mod agreement;
pub mod answer;
pub mod barrier;
pub mod bundle;
pub mod calendar;
pub mod check;
pub mod clock;
pub mod condition;
pub mod cost;
pub mod diploma;
pub mod duration;
pub mod embedded;
pub mod facts;
pub mod funding;
pub mod instrument;
pub mod inventory;
pub mod labour_market;
pub mod language_gap;
pub mod language_plan;
pub mod lever_link;
pub mod limitation;
pub mod orientation;
pub mod profile;
pub mod provenance;
pub mod region;
pub mod route;
pub mod rule;
pub mod scan;
pub mod scenario;
pub mod set;
pub mod store;
pub mod texts;
pub mod week;

pub use domain::day::{self, Day};
pub use set::GuidanceSet;
pub use store::RuleStore;
