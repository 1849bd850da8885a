//! What every pair is measured with: the configuration and the knowledge of the catalogue.

use domain::isco::IscoCode;

use crate::configuration::Configuration;
use crate::credit::Neighbourhood;
use crate::features::{OccupationId, SkillId};

/// How telling a skill is when nothing is known of it.
const MIDDLING: u32 = 100;

/// The configuration together with what the catalogue knows of skills and occupations.
///
/// Two results are comparable only if they come from the same yardstick.
#[derive(Clone, Debug)]
pub struct Yardstick {
    configuration: Configuration,
    neighbourhood: Neighbourhood,
    telling: Vec<u32>,
    groups: Vec<Option<IscoCode>>,
}

impl Yardstick {
    /// A yardstick without a catalogue: skills are alone, all equally telling.
    #[must_use]
    pub fn plain(configuration: Configuration) -> Yardstick {
        Yardstick {
            configuration,
            neighbourhood: Neighbourhood::default(),
            telling: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// This yardstick with near skills.
    #[must_use]
    pub fn with_neighbourhood(mut self, neighbourhood: Neighbourhood) -> Yardstick {
        self.neighbourhood = neighbourhood;
        self
    }

    /// This yardstick with how telling each skill is, by skill number; any unit, more is rarer.
    #[must_use]
    pub fn with_telling(mut self, telling: Vec<u32>) -> Yardstick {
        self.telling = telling;
        self
    }

    /// This yardstick with the ISCO-08 group of each occupation, by occupation number.
    #[must_use]
    pub fn with_groups(mut self, groups: Vec<Option<IscoCode>>) -> Yardstick {
        self.groups = groups;
        self
    }

    /// The chosen numbers.
    #[must_use]
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Which skills cover which.
    #[must_use]
    pub fn neighbourhood(&self) -> &Neighbourhood {
        &self.neighbourhood
    }

    /// How telling a skill is, at least 1.
    #[must_use]
    pub fn telling(&self, skill: SkillId) -> u32 {
        self.telling
            .get(skill.index())
            .copied()
            .unwrap_or(MIDDLING)
            .max(1)
    }

    /// The ISCO-08 group of an occupation, if it is known.
    #[must_use]
    pub fn group(&self, occupation: OccupationId) -> Option<IscoCode> {
        self.groups.get(occupation.0 as usize).copied().flatten()
    }
}
