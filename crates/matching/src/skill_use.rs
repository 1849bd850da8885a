//! Use of skills: how much of what somebody can do a place would ask, as rank points.
//!
//! The score says how much of a place somebody covers; a place with few and common demands is
//! covered easily.
//! This component looks from the other side and lifts places that use much of a profile, above
//! all its telling skills, so that people are led to work at their own level.
//! A skill counts only if it is demanded itself, with a weight above zero.

use serde::Serialize;

use crate::features::{HeldSkills, SkillId, Step};
use crate::score::split;
use crate::vacancy::Vacancy;
use crate::yardstick::Yardstick;

/// A skill of the candidate that the vacancy asks, with its rank points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UseLeaf {
    /// Which skill.
    pub skill: SkillId,
    /// Rank points.
    pub points: u16,
}

/// What each skill gives if it is used: the points of the configuration, split over the skills of
/// a profile by how telling each is; in the order of the skills.
#[must_use]
pub fn use_shares(skills: &HeldSkills, yardstick: &Yardstick) -> Vec<u16> {
    let telling: Vec<u64> = skills
        .iter()
        .map(|held| u64::from(yardstick.telling(held.skill)))
        .collect();
    let points = yardstick.configuration().rank_points().skill_use;
    split(u64::from(points), &telling)
}

/// The skills of a candidate that a vacancy uses.
#[must_use]
pub fn use_leaves(skills: &HeldSkills, vacancy: &Vacancy, yardstick: &Yardstick) -> Vec<UseLeaf> {
    let asked = |skill: SkillId| {
        let mut steps = vacancy.steps().iter();
        steps.any(|step| step.skill == skill && step.step == Step::FIRST && step.weight > 0)
    };
    skills
        .iter()
        .zip(use_shares(skills, yardstick))
        .filter(|(held, points)| *points > 0 && asked(held.skill))
        .map(|(held, points)| UseLeaf {
            skill: held.skill,
            points,
        })
        .collect()
}
