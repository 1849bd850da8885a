//! Work of every kind and the skills that it gave.

use serde::{Deserialize, Serialize};

use crate::partial_date::PartialDate;
use crate::skill::{Evidence, SkillLevel};
use crate::text::{ConceptUri, OwnWords};

/// Work that somebody did, paid or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// What it was, in the person's own words and script.
    pub words: OwnWords,
    /// The occupation that the words mean, once somebody chose it.
    #[serde(default)]
    pub occupation: Option<ConceptUri>,
    /// Kind of work.
    pub kind: WorkKind,
    /// Since when; a year is precise enough.
    #[serde(default)]
    pub from: Option<PartialDate>,
    /// Until when; none while it goes on or is not known.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// What the person did there.
    #[serde(default)]
    pub tasks: Vec<OwnWords>,
}

/// Kind of work; all count the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkKind {
    /// For wages.
    Paid,
    /// An own business.
    SelfEmployed,
    /// As a trainee or apprentice.
    Traineeship,
    /// Without pay, such as in a family business.
    Unpaid,
    /// Without papers, such as on a market.
    Informal,
    /// Care for children, family or a household.
    Care,
    /// As a volunteer.
    Volunteer,
}

impl WorkKind {
    /// All kinds.
    pub const ALL: [WorkKind; 7] = [
        WorkKind::Paid,
        WorkKind::SelfEmployed,
        WorkKind::Traineeship,
        WorkKind::Unpaid,
        WorkKind::Informal,
        WorkKind::Care,
        WorkKind::Volunteer,
    ];
}

/// A skill in a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileSkill {
    /// Which skill.
    pub skill: ConceptUri,
    /// How well; none when it was not said.
    #[serde(default)]
    pub level: Option<SkillLevel>,
    /// Where it comes from.
    pub source: SkillSource,
    /// What it rests on, if more than the person's word.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// Whether the person keeps it.
    pub choice: SkillChoice,
}

/// Where a skill of a profile comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkillSource {
    /// The person chose it.
    Said,
    /// Suggested from what the person told, and kept.
    Suggested,
    /// Linked from the person's own words.
    OwnWords,
    /// The klantmanager added it.
    Klantmanager,
}

/// Whether a skill is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkillChoice {
    /// It counts.
    Kept,
    /// It does not count and is not suggested again.
    Dropped,
}
