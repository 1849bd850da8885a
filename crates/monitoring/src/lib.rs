//! Indicators, reach, effect and releases of the monitor.
//!
//! - [`indicator`]: what is measured, as versioned data; [`condition`] is its closed vocabulary;
//! - [`person`], [`vault_file`]: the pseudonymous record and its file;
//! - [`compute`]: from records to [`figure`]s; [`reported`]: figures of others;
//!   [`programme`]: actions, networks, trainings, money, interviews;
//! - [`sentence`]: the plain sentence that stands with every figure; [`reasons`]: why there is no
//!   figure, or what to mind, in seven languages;
//! - [`interactive`]: what a public page may show; [`release`]: static tables with proof;
//! - [`comparison`]: municipalities with control limits instead of ranks;
//! - [`filter`]: the state of a page as a link;
//! - [`synthetic`]: invented persons for tests and demonstration.
//!
//! Must not know storage, HTTP or the name of anybody.

pub mod codes;
pub mod comparison;
pub mod compute;
pub mod condition;
pub mod fault;
pub mod figure;
pub mod filter;
pub mod indicator;
pub mod interactive;
pub mod month;
pub mod person;
pub mod programme;
pub mod reasons;
pub mod release;
pub mod reported;
pub mod sentence;
pub mod synthetic;
pub mod texts;
pub mod vault_file;
