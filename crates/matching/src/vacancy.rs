//! A vacancy whose demands have been weighed: integers that sum to exactly 1000.

use std::sync::Arc;

use crate::features::{FeatureError, MOST_DEMANDS, SkillDemand, SkillId, Step, VacancyFeatures};
use crate::score::{check_weights, shares, split};
use crate::yardstick::Yardstick;

/// One step of a demanded skill with its weight; the steps of a demand share its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemandStep {
    /// The demanded skill.
    pub skill: SkillId,
    /// Weight, 0..=1000.
    pub weight: u16,
    /// Which step.
    pub step: Step,
    /// Position of the demand in the skills of the vacancy.
    pub demand: u8,
}

/// A vacancy with weighed demands; copies share what they hold.
#[derive(Clone, Debug)]
pub struct Vacancy(Arc<Weighed>);

#[derive(Debug)]
struct Weighed {
    features: VacancyFeatures,
    steps: Box<[DemandStep]>,
}

impl Vacancy {
    /// Weighs the demands by importance and by how telling each skill is.
    ///
    /// Equal remainders are rounded in favour of the lower skill number.
    ///
    /// # Errors
    /// Fails without demands, with too many, or if a skill is demanded twice.
    pub fn weigh(
        mut features: VacancyFeatures,
        yardstick: &Yardstick,
    ) -> Result<Vacancy, FeatureError> {
        features.skills.sort_unstable_by_key(|demand| demand.skill);
        let parts: Vec<u64> = features
            .skills
            .iter()
            .map(|demand| {
                let importance = yardstick
                    .configuration()
                    .importance(demand.importance, demand.moment);
                importance * u64::from(yardstick.telling(demand.skill))
            })
            .collect();
        Vacancy::checked(features, &shares(&parts))
    }

    /// Takes given weights, one for each demand in the order of `features.skills`.
    ///
    /// # Errors
    /// As [`Vacancy::weigh`], and if the weights do not fit the demands or do not sum to 1000.
    pub fn with_weights(
        mut features: VacancyFeatures,
        weights: &[u16],
    ) -> Result<Vacancy, FeatureError> {
        check_weights(weights, features.skills.len())?;
        let mut weighed: Vec<(SkillDemand, u16)> = features
            .skills
            .iter()
            .copied()
            .zip(weights.iter().copied())
            .collect();
        weighed.sort_unstable_by_key(|(demand, _)| demand.skill);
        features.skills = weighed.iter().map(|(demand, _)| *demand).collect();
        let weights: Vec<u16> = weighed.iter().map(|(_, weight)| *weight).collect();
        Vacancy::checked(features, &weights)
    }

    fn checked(mut features: VacancyFeatures, weights: &[u16]) -> Result<Vacancy, FeatureError> {
        let count = features.skills.len();
        if count == 0 {
            return Err(FeatureError::NoDemands);
        }
        if count > MOST_DEMANDS {
            return Err(FeatureError::TooManyDemands { count });
        }
        if let Some([twice, _]) = features
            .skills
            .array_windows()
            .find(|[one, next]| one.skill == next.skill)
        {
            return Err(FeatureError::DemandedTwice { skill: twice.skill });
        }
        let steps = features
            .skills
            .iter()
            .zip(weights)
            .enumerate()
            .flat_map(|(at, (demand, weight))| steps_of(at as u8, demand, *weight))
            .collect();
        features.skills.shrink_to_fit();
        features.languages.shrink_to_fit();
        Ok(Vacancy(Arc::new(Weighed { features, steps })))
    }

    /// The features, with the skills in order of their numbers.
    #[must_use]
    pub fn features(&self) -> &VacancyFeatures {
        &self.0.features
    }

    /// The weighed steps, in order of the demands; the weights sum to 1000.
    #[must_use]
    pub fn steps(&self) -> &[DemandStep] {
        &self.0.steps
    }

    /// The heaviest single demand, 1..=1000.
    #[must_use]
    pub fn heaviest_demand(&self) -> u16 {
        self.0
            .steps
            .chunk_by(|one, next| one.demand == next.demand)
            .map(|steps| steps.iter().map(|step| step.weight).sum())
            .max()
            .unwrap_or(0)
    }
}

/// A demand without a level is one step; with a level its weight is split evenly over the steps.
fn steps_of(at: u8, demand: &SkillDemand, weight: u16) -> Vec<DemandStep> {
    let highest = demand.level.map_or(Step::FIRST, Step::highest_of);
    let steps: Vec<Step> = highest.up_to().collect();
    let weights = split(u64::from(weight), &vec![1; steps.len()]);
    steps
        .into_iter()
        .zip(weights)
        .map(|(step, weight)| DemandStep {
            skill: demand.skill,
            weight,
            step,
            demand: at,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::Configuration;
    use crate::features::{Importance, Moment, SkillLevel};

    fn demand(skill: u32, importance: Importance) -> SkillDemand {
        SkillDemand {
            skill: SkillId(skill),
            level: None,
            importance,
            moment: Moment::AtStart,
        }
    }

    fn weights(vacancy: &Vacancy) -> Vec<u16> {
        vacancy.steps().iter().map(|step| step.weight).collect()
    }

    #[test]
    fn weighs_by_importance_and_telling() -> Result<(), FeatureError> {
        let yardstick =
            Yardstick::plain(Configuration::current()).with_telling(vec![100, 300, 100]);
        let vacancy = Vacancy::weigh(
            VacancyFeatures::with_skills(vec![
                demand(2, Importance::Optional),
                demand(1, Importance::Essential),
                demand(0, Importance::Essential),
            ]),
            &yardstick,
        )?;
        // 30 × 100, 30 × 300 and 10 × 100 of 13,000.
        assert_eq!(weights(&vacancy), [231, 692, 77]);
        assert_eq!(vacancy.heaviest_demand(), 692);
        Ok(())
    }

    #[test]
    fn a_level_splits_a_weight_into_steps() -> Result<(), FeatureError> {
        let expert = SkillDemand {
            level: Some(SkillLevel::Expert),
            ..demand(5, Importance::Essential)
        };
        let features = VacancyFeatures::with_skills(vec![expert]);
        assert_eq!(
            weights(&Vacancy::with_weights(features, &[1000])?),
            [334, 333, 333]
        );
        Ok(())
    }

    #[test]
    fn refuses_what_cannot_be_scored() {
        let yardstick = Yardstick::plain(Configuration::current());
        let weigh = |skills: Vec<SkillDemand>| {
            Vacancy::weigh(VacancyFeatures::with_skills(skills), &yardstick).map(|_| ())
        };
        assert_eq!(weigh(vec![]), Err(FeatureError::NoDemands));
        let twice = vec![
            demand(1, Importance::Optional),
            demand(1, Importance::Essential),
        ];
        assert_eq!(
            weigh(twice),
            Err(FeatureError::DemandedTwice { skill: SkillId(1) })
        );
        let many = (0..300).map(|n| demand(n, Importance::Optional)).collect();
        assert_eq!(
            weigh(many),
            Err(FeatureError::TooManyDemands { count: 300 })
        );
        let features = VacancyFeatures::with_skills(vec![demand(1, Importance::Optional)]);
        assert!(matches!(
            Vacancy::with_weights(features, &[999]),
            Err(FeatureError::WeightsDoNotSum { sum: 999 })
        ));
    }
}
