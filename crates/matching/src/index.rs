//! Documents laid out for speed: the same answers as [`crate::pair`], thousands of pairs at a time.
//!
//! Documents are grouped by region, ordered inside a region by the level of Dutch, and given
//! numbers of 16 bits inside a segment, so that a scoreboard fits the nearest cache.
//! Frequent terms are dense lists that are added many documents at once; the others are postings.
//! Constraints are judged last, and only for scores that matter.

mod candidate_segment;
mod candidates;
mod coverage;
mod families;
mod forward;
mod gates;
mod kernel;
mod places;
mod query;
mod terms;
mod vacancies;
mod weighted;
mod words;

pub use candidates::{CandidateIndex, Grouping};
pub use kernel::Kernel;

pub use vacancies::VacancyIndex;

pub(crate) use candidate_segment::CandidateScratch;
pub(crate) use gates::Passable;
pub(crate) use kernel::prefetch;
pub(crate) use places::Group;
pub(crate) use query::{Aspect, Queries, Query};
pub(crate) use vacancies::VacancySegment;
pub(crate) use weighted::Scratch;
pub(crate) use words::{
    Field, Offer, PACKED_LANGUAGES, Shortfall, is_rare, language_guards, meets, shortfall,
};

/// Number of a document: its position in the list that the index was built from.
///
/// Ties in a ranking go to the lower number, so whoever wants results that do not depend on the
/// order of input puts the documents in order of their ids first.
pub type Document = u32;

/// Levels of Dutch by which segments are ordered.
const LEVELS: usize = 10;

/// A list longer than one in this many documents is kept dense.
const DENSE_FROM: usize = 24;

/// A list shorter than this is never kept dense, however small the segment.
const LEAST_DENSE: usize = 16;

/// How many documents of a segment have at most each level, from levels in ascending order.
fn bounds(levels: impl Iterator<Item = u8>) -> [u32; LEVELS] {
    let mut bounds = [0; LEVELS];
    for level in levels {
        for bound in &mut bounds[usize::from(level)..] {
            *bound += 1;
        }
    }
    bounds
}

/// A document with what it is ordered by inside a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    /// Documents of different cells never share a segment, so that whole segments can be passed by.
    cell: u8,
    /// Level of Dutch.
    level: u8,
    document: Document,
}

/// Groups up to this size are one cell: more segments would cost more than they save.
const ONE_CELL: usize = 4096;

/// The documents of one group in order, cut into segments of one cell and at most `most` documents.
fn cut(mut group: Vec<Placed>, most: usize) -> Vec<Vec<Placed>> {
    if group.len() <= ONE_CELL {
        for placed in &mut group {
            placed.cell = 0;
        }
    }
    group.sort_unstable();
    group
        .chunk_by(|one, next| one.cell == next.cell)
        .flat_map(|cell| cell.chunks(most))
        .map(<[_]>::to_vec)
        .collect()
}
