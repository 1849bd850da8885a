//! What the engine may know of a candidate and of a vacancy, and nothing else.
//!
//! The fields of these types are the whole input of every result of this crate.
//! Name, sex, age, birth date, origin, nationality, religion, health, address and photograph are
//! not among them, and the test of the closed field lists (`closed_list`) stops anybody from adding one unnoticed.

mod answer;
mod candidate;
mod closed_list;
mod skill;
mod vacancy;

pub use answer::Answer;
pub use candidate::{
    CandidateFeatures, LanguageCommand, Languages, Qualification, Reach, Readiness, Wishes,
};
pub use skill::{Evidence, HeldSkill, HeldSkills, OccupationId, SkillId, SkillLevel, Step};
pub use vacancy::{
    Importance, LanguageDemand, Moment, QualificationBasis, QualificationDemand, SkillDemand,
    Support, VacancyFeatures, Workplace,
};

/// Most skills a candidate can have; a longer list is a mistake or an attack.
pub const MOST_HELD_SKILLS: usize = 1_000;

/// Most skills a vacancy can demand.
pub const MOST_DEMANDS: usize = 250;

/// A set of features that cannot be matched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeatureError {
    /// The profile holds more skills than anybody has.
    #[error("{count} skills in one profile: at most {MOST_HELD_SKILLS} are taken")]
    TooManySkills {
        /// How many were given.
        count: usize,
    },
    /// The vacancy demands more skills than a vacancy can.
    #[error("{count} skills demanded: at most {MOST_DEMANDS} are taken")]
    TooManyDemands {
        /// How many were given.
        count: usize,
    },
    /// Without a demand there is nothing to score.
    #[error("the vacancy demands no skill, so nothing can be scored")]
    NoDemands,
    /// One skill is demanded twice.
    #[error("skill {skill} is demanded twice")]
    DemandedTwice {
        /// The skill.
        skill: SkillId,
    },
    /// Given weights do not make up the whole.
    #[error("the weights of the demands sum to {sum}, not to 1000")]
    WeightsDoNotSum {
        /// What they sum to.
        sum: u32,
    },
    /// There must be one weight for each demand.
    #[error("{weights} weights for {demands} demands")]
    WeightsDoNotFit {
        /// Number of weights.
        weights: usize,
        /// Number of demands.
        demands: usize,
    },
}
