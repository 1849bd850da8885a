//! The file of a person, employer or municipality to be advised: facts and what was said.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::barrier::{Diagnosis, Opening};
use crate::diploma::DiplomaCase;
use crate::facts::Written;
use crate::language_gap::LanguageDemand;
use crate::limitation::LimitsOnFile;
use crate::week::Block;

/// A case to be advised on, as a file holds it.
///
/// There is no field for a name, nationality, sex, religion or country.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileFile {
    /// Reference of the case; no name.
    #[serde(default)]
    pub reference: String,
    /// Code of the municipality (GM…).
    pub municipality: Option<String>,
    /// Facts from intake and profile.
    #[serde(default)]
    pub facts: BTreeMap<String, Written>,
    /// Barriers that somebody named.
    #[serde(default)]
    pub barrier: Vec<Diagnosis>,
    /// What removing barriers would open, from the matching engine.
    #[serde(default)]
    pub opening: Vec<Opening>,
    /// Diploma and wanted profession.
    pub diploma: Option<DiplomaCase>,
    /// Dutch that the tasks of a vacancy ask.
    #[serde(default)]
    pub language_demand: Vec<LanguageDemand>,
    /// Sector of the vacancy, for the words of the trade.
    pub sector: Option<String>,
    /// Lessons in the week.
    #[serde(default)]
    pub lesson: Vec<Block>,
    /// Working hours of a vacancy.
    #[serde(default)]
    pub work: Vec<Block>,
    /// Sectors ruled out.
    #[serde(default)]
    pub sectors_ruled_out: BTreeSet<String>,
    /// Sectors looked at.
    #[serde(default)]
    pub sectors_looked_at: BTreeSet<String>,
    /// Limits on what the person can do.
    #[serde(default)]
    pub limits: LimitsOnFile,
}
