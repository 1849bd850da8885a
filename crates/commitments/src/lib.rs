//! Motions and commitments: what was asked or promised, by whom, where, by when, and what proves
//! that it was done.
//!
//! This crate reads Dutch policy prose into records, finds slips in it, keeps a register of
//! obligations with their history, and writes the overview again.
//! It must not know about storage, HTTP or file formats, and it takes every date from the caller.

pub mod calendar;
pub mod deadline;
pub mod distance;
pub mod known;
pub mod lint;
pub mod miner;
pub mod nota;
pub mod overview;
pub mod place;
pub mod read;
pub mod record;
pub mod register;
pub mod tabulation;
pub mod versions;
pub mod wording;
