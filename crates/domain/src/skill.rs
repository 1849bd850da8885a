//! How well somebody masters a skill, what that rests on, and whether they want to learn.

use serde::{Deserialize, Serialize};

/// How well somebody masters a skill, or how well work demands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkillLevel {
    /// With help.
    Basic = 1,
    /// Without help.
    Independent = 2,
    /// Can teach others.
    Expert = 3,
}

impl SkillLevel {
    /// All levels, lowest first.
    pub const ALL: [SkillLevel; 3] = [
        SkillLevel::Basic,
        SkillLevel::Independent,
        SkillLevel::Expert,
    ];
}

/// What a held skill rests on; shown beside a match, never scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The person says so.
    Stated,
    /// Follows from described experience.
    Experience,
    /// A certificate or diploma.
    Certificate,
    /// Seen and assessed by somebody who knows the work.
    Assessed,
}

/// Whether somebody wants to learn on the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Not now.
    NotReady,
    /// Yes.
    Ready,
}
