//! The gap between the Dutch a person has and the Dutch that a vacancy's tasks ask.

use domain::level::LanguageLevel;
use serde::{Deserialize, Serialize};

use crate::facts::{Fact, Facts, Value};

/// One of the four language skills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Understanding speech.
    Listening,
    /// Speaking.
    Speaking,
    /// Reading.
    Reading,
    /// Writing.
    Writing,
}

impl Modality {
    /// All four.
    pub const ALL: [Modality; 4] = [
        Modality::Listening,
        Modality::Speaking,
        Modality::Reading,
        Modality::Writing,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Modality::Listening => "listening",
            Modality::Speaking => "speaking",
            Modality::Reading => "reading",
            Modality::Writing => "writing",
        }
    }
}

/// Dutch that a task asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageDemand {
    /// The task, in the employer's words.
    pub task: String,
    /// Which skill.
    pub modality: Modality,
    /// Least level to start.
    pub level: LanguageLevel,
}

/// What a person has for a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageGap {
    /// The task.
    pub task: String,
    /// Which skill.
    pub modality: Modality,
    /// Level asked.
    pub asked: LanguageLevel,
    /// Level the person has, if known.
    pub has: Option<LanguageLevel>,
    /// Levels still to go; 0 when the demand is met, none when the level is not known.
    pub steps: Option<u8>,
}

impl Modality {
    fn fact(self) -> Fact {
        match self {
            Modality::Listening => Fact::Listening,
            Modality::Speaking => Fact::Speaking,
            Modality::Reading => Fact::Reading,
            Modality::Writing => Fact::Writing,
        }
    }
}

/// The gaps of a person for the tasks of a vacancy, in the order of the tasks.
#[must_use]
pub fn language_gaps(facts: &Facts, demands: &[LanguageDemand]) -> Vec<LanguageGap> {
    let gaps = demands.iter().map(|demand| {
        let has = match facts.get(demand.modality.fact()) {
            Some(Value::Level(level)) => Some(level),
            _ => None,
        };
        LanguageGap {
            task: demand.task.clone(),
            modality: demand.modality,
            asked: demand.level,
            has,
            steps: has.map(|level| demand.level.rank().saturating_sub(level.rank())),
        }
    });
    gaps.collect()
}
