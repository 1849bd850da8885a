//! The matching engine: which work fits whom, why, and what would change it.
//!
//! Follow one pair: [`features`] say what is known of both sides; [`vacancy`] weighs the demands to
//! exactly 1000; [`credit`] says what the candidate's skills give for each demand;
//! [`constraint`] judges everything that is no skill as met, not met or unknown; [`wish`] and
//! [`skill_use`] add rank points beside the score; [`pair`] puts these together into an [`explanation`].
//!
//! Everything is integer arithmetic: the same input gives the same bits on every machine.
//! This crate must not know names or other marks of persons, wording, storage or files.

pub mod configuration;
pub mod constraint;
pub mod credit;
pub mod division;
pub mod explanation;
pub mod features;
pub mod index;
pub mod knowledge;
pub mod levers;
pub mod pair;
pub mod question;
pub mod record;
pub mod score;
pub mod skill_use;
pub mod topk;
pub mod vacancy;
pub mod wish;
pub mod yardstick;
