//! Candidates and vacancies as records of files, one JSON object a line, and results as records.
//!
//! Concepts are named by the URIs of the catalogue.
//! What is left out of a candidate's record is unknown, not absent.
//! Unknown fields are refused, so a record with a name, a sex or a birth date never gets in.

mod candidate;
mod result;
mod vacancy;

pub use candidate::CandidateRecord;
pub use result::{
    CostRecord, CostsRecord, ExplanationRecord, GroupRecord, LeverRecord, LeversRecord,
    RankedRecord,
};
pub use vacancy::VacancyRecord;

use domain::code::NotACode;
use serde::{Deserialize, Serialize};
use taxonomy::{Catalogue, ConceptId};

use crate::features::{FeatureError, OccupationId, SkillId};
use crate::knowledge;

/// Longest id of a record, in bytes.
pub const LONGEST_ID: usize = 200;

/// A record that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Ids name candidates and vacancies in results, so they must be there.
    #[error("id of {length} bytes: expected 1 to {LONGEST_ID}")]
    Id {
        /// Length of the id that was given.
        length: usize,
    },
    /// The catalogue does not know the URI.
    #[error("{uri:?} is no concept of the catalogue")]
    UnknownConcept {
        /// The URI.
        uri: String,
    },
    /// The concept is of another kind.
    #[error("{uri:?} is no {expected}")]
    OtherKind {
        /// The URI.
        uri: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A vacancy without a place for anybody.
    #[error("a vacancy has at least one place")]
    NoPlaces,
    /// The features cannot be matched.
    #[error(transparent)]
    Features(#[from] FeatureError),
    /// A code of a list is none.
    #[error(transparent)]
    Code(#[from] NotACode),
}

/// An id as it stands in a file, 1 to 200 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    /// Checks the length.
    ///
    /// # Errors
    /// Fails on an empty id and on one longer than [`LONGEST_ID`].
    pub fn checked(&self) -> Result<&str, RecordError> {
        let length = self.0.len();
        if (1..=LONGEST_ID).contains(&length) {
            Ok(&self.0)
        } else {
            Err(RecordError::Id { length })
        }
    }
}

fn find(catalogue: &Catalogue, uri: &str) -> Result<ConceptId, RecordError> {
    catalogue
        .find(uri)
        .ok_or_else(|| RecordError::UnknownConcept { uri: short(uri) })
}

fn skill(catalogue: &Catalogue, uri: &str) -> Result<SkillId, RecordError> {
    knowledge::skill(catalogue, find(catalogue, uri)?).ok_or_else(|| RecordError::OtherKind {
        uri: short(uri),
        expected: "skill",
    })
}

fn occupation(catalogue: &Catalogue, uri: &str) -> Result<OccupationId, RecordError> {
    knowledge::occupation(catalogue, find(catalogue, uri)?).ok_or_else(|| RecordError::OtherKind {
        uri: short(uri),
        expected: "occupation",
    })
}

fn short(uri: &str) -> String {
    uri.chars().take(120).collect()
}
