//! Reading documents: text → paragraphs → records of motions and commitments.
//!
//! Everything read carries its place, the rule and a confidence, and nothing read is final: a
//! person reviews it.
//! This module must not know about files or where records are kept.

mod attachments;
pub(crate) mod clause;
pub mod dates;
pub mod debates;
mod document;
mod fate;
mod furniture;
pub mod layout;
mod opening;
pub mod people;
mod records;
pub mod references;
pub mod sentence;
mod status;
pub mod token;
pub mod verbs;
pub mod words;

pub use document::{Document, DocumentDate};
pub use fate::Fate;
