//! When, where and what the person would like to work, and what not.

use serde::{Deserialize, Serialize};

use crate::availability::{DayParts, StartDay, WeeklyHours};
use crate::code::{Municipality, ReasonCode, Region, Sector};
use crate::id::VacancyId;
use crate::moment::Moment;
use crate::placement::PlaceKind;
use crate::text::{ConceptUri, OwnWords};

/// When and where somebody can work; none is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// Most hours a week.
    #[serde(default)]
    pub hours: Option<WeeklyHours>,
    /// Parts of the week.
    #[serde(default)]
    pub day_parts: Option<DayParts>,
    /// Where the person can get.
    #[serde(default)]
    pub travel: Option<Travel>,
    /// First day.
    #[serde(default)]
    pub start: Option<StartDay>,
}

/// Where somebody can get to work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// Regions.
    pub regions: Vec<Region>,
    /// Only these municipalities of the regions, if the reach is that small.
    #[serde(default)]
    pub municipalities: Option<Vec<Municipality>>,
}

/// What somebody would like; each list may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// Work in the person's own words.
    #[serde(default)]
    pub words: Vec<OwnWords>,
    /// Occupations.
    #[serde(default)]
    pub occupations: Vec<ConceptUri>,
    /// Sectors.
    #[serde(default)]
    pub sectors: Vec<Sector>,
    /// Kinds of place.
    #[serde(default)]
    pub kinds: Vec<PlaceKind>,
}

/// A vacancy that is not for this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Which one.
    pub vacancy: VacancyId,
    /// Why.
    pub reason: ReasonCode,
    /// Since when.
    pub at: Moment,
}

/// Whether employers may see somebody among anonymous candidates: nobody is listed unasked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PoolChoice {
    /// It was not asked; the person is not listed.
    #[default]
    NotAsked,
    /// The person is listed, without name.
    Listed,
    /// The person is not listed.
    NotListed,
}
