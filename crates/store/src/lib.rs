//! Storage: the only SQL of the system, on SQLite and PostgreSQL from one code path.
//!
//! - [`Store`] reads; a [`Transaction`] reads and writes. Each aggregate has a module of functions
//!   that take either, or a transaction where they write.
//! - Four vaults: identity (`identity_…`, sealed per person), case (`case_…`), profile
//!   (`profile_…`) and statistics (`statistics_…`, by pseudonym).
//! - Times are microseconds in UTC, ids UUIDs of version 7, payloads opaque texts or bytes; so both
//!   databases hold and order the same values.
//! - [`columns`] says of every column how sensitive it is and how long it is kept.
//!
//! Rows become domain types in one place per aggregate; nothing of SeaORM leaves the crate.
//! This crate must not know who may do what, nor HTTP, nor wording.

pub mod address;
pub mod api_token;
pub mod audit;
pub mod backup;
pub mod case_file;
pub mod case_overview;
pub mod columns;
pub mod commitment;
pub mod consent;
mod database;
pub mod detail_opening;
mod entity;
mod error;
pub mod job;
pub mod key_rotation;
pub mod login_code;
pub mod match_record;
pub mod migration;
pub mod organisation;
pub mod own_login;
pub mod person;
pub mod profile;
pub mod retention;
pub mod saved_search;
pub mod session;
pub mod setting;
pub mod sign_in;
pub mod staff;
pub mod statistics;
pub mod throttle;
pub mod vacancy;
pub mod work_revision;

pub use database::{Access, Store, Transaction};
pub use error::{Stale, StoreError};
