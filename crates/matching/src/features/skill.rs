//! Skills as dense numbers of the catalogue, and how well somebody has one.

use std::fmt;

pub use domain::skill::{Evidence, SkillLevel};
use serde::Serialize;

use super::{FeatureError, MOST_HELD_SKILLS};

/// A skill by its dense number in the compiled catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SkillId(pub u32);

impl SkillId {
    /// The number as a position in a table.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for SkillId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An occupation by its dense number in the compiled catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OccupationId(pub u32);

/// One of the cumulative steps to a skill level: who masters step 2 also masters step 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Step(u8);

impl Step {
    /// The step that every holder of a skill has taken.
    pub const FIRST: Step = Step(1);
    /// Number of steps.
    pub const COUNT: usize = 3;

    /// All steps, lowest first.
    pub fn all() -> impl Iterator<Item = Step> {
        (1..=Self::COUNT as u8).map(Step)
    }

    /// The highest step that a level includes.
    #[must_use]
    pub fn highest_of(level: SkillLevel) -> Step {
        Step(level as u8)
    }

    /// The steps from this one to the last.
    pub fn and_above(self) -> impl Iterator<Item = Step> {
        (self.0..=Self::COUNT as u8).map(Step)
    }

    /// The steps from the first to this one.
    pub fn up_to(self) -> impl Iterator<Item = Step> {
        (1..=self.0).map(Step)
    }

    /// The step at a position counted from zero; beyond the last, the last.
    #[must_use]
    pub(crate) fn at(position: usize) -> Step {
        Step((position + 1).min(Self::COUNT) as u8)
    }

    /// Position counted from zero, 0..3.
    #[must_use]
    pub fn position(self) -> usize {
        usize::from(self.0 - 1)
    }
}

/// A skill that a candidate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldSkill {
    /// Which skill.
    pub skill: SkillId,
    /// How well, if that was said.
    pub level: Option<SkillLevel>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// The skills of a candidate, by number, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldSkills(Box<[HeldSkill]>);

impl HeldSkills {
    /// Orders the skills; of a skill given twice the highest level, then the best evidence stays.
    ///
    /// # Errors
    /// Fails above [`MOST_HELD_SKILLS`].
    pub fn new(mut skills: Vec<HeldSkill>) -> Result<HeldSkills, FeatureError> {
        if skills.len() > MOST_HELD_SKILLS {
            return Err(FeatureError::TooManySkills {
                count: skills.len(),
            });
        }
        skills.sort_by(|a, b| {
            let rank = |held: &HeldSkill| (held.level, held.evidence);
            a.skill.cmp(&b.skill).then(rank(b).cmp(&rank(a)))
        });
        skills.dedup_by_key(|held| held.skill);
        Ok(HeldSkills(skills.into()))
    }

    /// The skills in order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &HeldSkill> {
        self.0.iter()
    }

    /// The held skill with this number.
    #[must_use]
    pub fn get(&self, skill: SkillId) -> Option<&HeldSkill> {
        self.0
            .binary_search_by_key(&skill, |held| held.skill)
            .ok()
            .and_then(|position| self.0.get(position))
    }
}
