//! Occupations and skills: what they are called, how they relate, and how text leads to them.
//!
//! A catalogue is collected in a [`source::CatalogueSource`] (from the starter catalogue in this
//! repository or from an ESCO download), compiled into a [`Catalogue`] with dense ids, and kept as
//! one file ([`compiled`]).
//! The crate knows concepts and labels; it must not know people, vacancies, storage or HTTP.

pub mod catalogue;
pub mod comparing;
pub mod compiled;
pub mod concept;
pub mod esco;
pub mod linking;
pub mod source;
pub mod starter;
pub mod telling;

pub use catalogue::{Catalogue, Family, Label};
pub use concept::ConceptId;
