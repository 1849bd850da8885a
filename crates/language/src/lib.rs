//! How people write: names across scripts.
//!
//! It knows words and how each language writes; it must not know HTML, HTTP or storage.

pub mod name_search;
