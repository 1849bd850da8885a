//! The words of the field as types with their invariants.
//!
//! Every other crate speaks in these types.
//! This crate must not know about storage, HTTP, files or the wording of messages.

pub mod availability;
pub mod case;
pub mod code;
pub mod day;
pub mod demand;
pub mod id;
pub mod isco;
pub mod language;
pub mod level;
pub mod match_state;
pub mod moment;
pub mod organisation;
pub mod partial_date;
pub mod person;
pub mod placement;
pub mod profile;
pub mod rejection;
pub mod scope;
pub mod skill;
pub mod text;
pub mod vacancy;
pub mod work_level;
