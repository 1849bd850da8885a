//! What work can demand and offer: importance, moment, ground of a qualification, support.

use serde::{Deserialize, Serialize};

/// How much a demand matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Importance {
    /// The work cannot be done without.
    Essential,
    /// The work is much harder without.
    Important,
    /// Welcome.
    Optional,
}

impl Importance {
    /// All grades, most important first.
    pub const ALL: [Importance; 3] = [
        Importance::Essential,
        Importance::Important,
        Importance::Optional,
    ];
}

/// When something must be mastered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// On the first day.
    AtStart,
    /// It can be learned at this place.
    LearnedHere,
}

/// Why a qualification is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualificationBasis {
    /// The law reserves the work; only a recognised qualification will do.
    ByLaw,
    /// The employer asks for it; a recognition that is pending leaves the question open.
    Asked,
    /// Experience is as good, so it closes nothing.
    ExperienceSuffices,
}

/// Support that comes with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// A colleague who shows the way.
    Buddy,
    /// A job coach.
    JobCoach,
    /// Language lessons at work.
    LanguageAtWork,
    /// Training at the workplace.
    Training,
    /// Help with child care.
    ChildCare,
    /// Transport to work.
    Transport,
}
