//! The explanation of a pair: a typed tree whose leaves add up to the score.
//!
//! It holds values and stable codes; the words for people are made elsewhere, in every language.

use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use serde::Serialize;

use crate::constraint::{Finding, Outcome};
use crate::credit::Reason;
use crate::features::{Answer, Evidence, Importance, Moment, SkillId, Step};
use crate::skill_use::UseLeaf;
use crate::wish::WishLeaf;

/// Everything there is to say about one pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Version of the configuration that produced it.
    pub configuration: u32,
    /// The score, 0..=1000: the sum of the branches.
    pub score: u16,
    /// Score plus the rank points of used skills and wishes; lists are ordered by it.
    pub rank_points: u16,
    /// Demanded skills, one branch for each grade of importance that occurs.
    pub branches: Vec<Branch>,
    /// Skills of the candidate that the vacancy uses.
    pub used: Vec<UseLeaf>,
    /// Fulfilled wishes.
    pub wishes: Vec<WishLeaf>,
    /// Constraints, beside the score.
    pub constraints: Vec<Finding>,
    /// Languages to be learned in the first year; they close nothing.
    pub prospects: Vec<Prospect>,
}

/// The demands of one grade of importance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// Which grade.
    pub importance: Importance,
    /// Sum of the weights of the leaves.
    pub weight: u16,
    /// Sum of the points of the leaves.
    pub points: u16,
    /// One leaf for each step of each demand.
    pub leaves: Vec<DemandLeaf>,
}

/// One step of one demanded skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DemandLeaf {
    /// The demanded skill.
    pub skill: SkillId,
    /// Which step of it.
    pub step: Step,
    /// When it must be mastered.
    pub moment: Moment,
    /// Its weight.
    pub weight: u16,
    /// What the candidate gets of the weight.
    pub points: u16,
    /// What covers it, or that nothing does.
    pub cover: Cover,
}

/// What covers a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "cover")]
pub enum Cover {
    /// A skill that the candidate has.
    Held {
        /// Which one.
        by: SkillId,
        /// How it stands to the demanded skill.
        reason: Reason,
        /// Credit in sixteenths.
        credit: u8,
        /// What it rests on.
        evidence: Evidence,
    },
    /// Nothing the candidate has.
    Missing,
}

/// A level of a language that is wanted after a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Prospect {
    /// Which language.
    pub language: Language,
    /// Which modality.
    pub modality: Modality,
    /// What the candidate has now, if known.
    pub has: Option<LanguageLevel>,
    /// What is wanted after a year.
    pub wanted: LanguageLevel,
}

impl Assessment {
    /// Whether no constraint is known to be not met.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self
            .constraints
            .iter()
            .any(|finding| matches!(finding.outcome, Outcome::NotMet(_)))
    }

    /// The leaves of all branches.
    pub fn leaves(&self) -> impl Iterator<Item = &DemandLeaf> {
        self.branches.iter().flat_map(|branch| &branch.leaves)
    }

    /// The constraints whose answer is not known yet: each is a question worth asking.
    pub fn open_questions(&self) -> impl Iterator<Item = &Finding> {
        self.constraints
            .iter()
            .filter(|finding| finding.outcome == Outcome::Unknown)
    }
}

impl Prospect {
    /// A prospect from an answer that may be unknown.
    pub(crate) fn new(
        (language, modality): (Language, Modality),
        has: Answer<LanguageLevel>,
        wanted: LanguageLevel,
    ) -> Prospect {
        Prospect {
            language,
            modality,
            has: has.known().copied(),
            wanted,
        }
    }
}
