//! Texts for people: messages in seven languages, numbers, dates and lists, plain Dutch, and names
//! across scripts.
//!
//! It knows words and how each language writes; it must not know HTML, HTTP or storage.

pub mod formats;
pub mod isolation;
pub mod messages;
pub mod name_search;
pub mod plain_dutch;

pub use formats::Formats;
pub use messages::{Argument, MessageStatus, Messages};
