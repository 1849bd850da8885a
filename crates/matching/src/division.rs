//! Division of scarce places: who gets which, proven best, kept best while people come and go.
//!
//! A [`problem`] says which candidates could have which places with what [`worth`].
//! [`live`] divides so that the total is the highest possible, first roughly by `auction`, then
//! exactly by shortest paths in `search` over the state in `network`; every change afterwards
//! is a few such paths.
//! `prices` lowers the prices as far as they go, and [`certificate`] checks the result from the
//! input alone.
//! [`stable`] is the other idea of a good division: one that no pair would leave.
//! [`record`] reads and writes lines with ids.
//!
//! Integers only, one thread, ties by number: the same problem gives the same answer everywhere.
//! This module must not know what a candidate or a place is beyond a number, nor any file.

mod adjacency;
mod auction;
pub mod certificate;
pub mod live;
mod network;
mod prices;
pub mod problem;
pub mod record;
mod search;
pub mod stable;
pub mod worth;

pub use certificate::{Certificate, Next, Proof, Refutation};
pub use live::LiveDivision;
pub use problem::{CandidateNumber, Choice, Division, Edge, PlaceNumber, Problem, ProblemError};
pub use worth::{Total, Worth, WorthError};
