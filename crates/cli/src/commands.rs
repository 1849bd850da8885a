//! One module per family of commands.
//!
//! A new family gets a module here and a variant in `Command` in `main.rs`.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod catalogue;
pub(crate) mod commitments;
pub(crate) mod demo;
pub(crate) mod demo_town;
pub(crate) mod divide;
pub(crate) mod doctor;
pub(crate) mod guidance;
pub(crate) mod key;
pub(crate) mod levers;
pub(crate) mod matching;
pub(crate) mod migrate;
pub(crate) mod monitor;
pub(crate) mod organisation;
pub(crate) mod retention;
pub(crate) mod serve;
pub(crate) mod statistics;
pub(crate) mod token;
pub(crate) mod user;
