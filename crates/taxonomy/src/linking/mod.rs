//! Links free text in any language to ranked concepts (occupations or skills).
//!
//! It knows letters, words, the suffix and compound rules of a language, and the labels,
//! descriptions and relations it was built from; no model comes from outside.
//! It must not know where labels come from, how they are stored, or what a concept means.
//!
//! How a text finds its concept:
//! 1. `fold` makes one spelling of many, `markers` drops gender forms, `stem` and `compound`
//!    find the parts of a word.
//! 2. Every word finds the similar words of the labels through character n-grams; those words find
//!    the labels. A bridge learned from the texts of the same concepts in a second language adds
//!    concepts that say the same in other words.
//! 3. A space learned from labels, descriptions and relations of all concepts tells which
//!    concepts are near the words of the text in meaning.
//! 4. The best concepts are scored exactly: n-gram cosine, coverage of text and label by each
//!    other's word parts, the bridge, the space, the preferred label; ISCO groups stand a step
//!    back.
//!
//! A semantic model can re-order the result behind [`SecondStage`].

mod align;
mod bridge;
mod build;
mod catalogue_index;
mod cognate;
mod compound;
mod fixed;
mod fold;
mod grams;
mod index;
mod language;
mod markers;
mod meaning;
mod score;
mod scratch;
mod search;
mod space;
mod stem;
#[cfg(test)]
mod tests;
mod words;

pub use catalogue_index::{Linked, Linker};
pub use search::{Link, SecondStage};
pub use words::{MAX_CHARS, MAX_WORDS};

pub(crate) use catalogue_index::{FamilyIndexes, LanguageIndexes};
pub(crate) use index::{LinkIndex, LinkParts};
