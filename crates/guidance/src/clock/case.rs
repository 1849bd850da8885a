//! The dated facts of an integration case that the clocks look at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Event, PIP_STARTS};
use crate::day::Day;
use crate::facts::{FactFault, Facts, Written};

/// What hours are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Practice hours of the MAP.
    MapPractice,
    /// Language hours of the Z-route (NT2 and KNM).
    ZLanguage,
    /// Participation hours of the Z-route.
    ZParticipation,
    /// Language hours at a school with the Blik op Werk mark, B1-route.
    Language,
    /// Hours of the participation statement track.
    Pvt,
}

impl Hours {
    /// All kinds of hours.
    pub const ALL: [Hours; 5] = [
        Hours::MapPractice,
        Hours::ZLanguage,
        Hours::ZParticipation,
        Hours::Language,
        Hours::Pvt,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Hours::MapPractice => "map_practice",
            Hours::ZLanguage => "z_language",
            Hours::ZParticipation => "z_participation",
            Hours::Language => "language",
            Hours::Pvt => "pvt",
        }
    }
}

/// Why a PIP was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PipReason {
    /// The first one.
    First,
    /// The learning route changed.
    RouteChange,
    /// Down from B1 to A2.
    Downscale,
    /// Moved in from another municipality.
    Move,
    /// Something else.
    Other,
}

impl PipReason {
    /// All reasons.
    pub const ALL: [PipReason; 5] = [
        PipReason::First,
        PipReason::RouteChange,
        PipReason::Downscale,
        PipReason::Move,
        PipReason::Other,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            PipReason::First => "first",
            PipReason::RouteChange => "route_change",
            PipReason::Downscale => "downscale",
            PipReason::Move => "move",
            PipReason::Other => "other",
        }
    }
}

/// A version of the PIP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipVersion {
    /// Date on the decision.
    pub signed: Day,
    /// Why it was made.
    pub reason: PipReason,
}

/// Extra time granted by DUO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Ground; the clock lists which count.
    pub ground: String,
    /// First day of the circumstance.
    pub from: Day,
    /// Last day of the circumstance.
    pub to: Day,
    /// Days granted.
    pub days: u32,
}

/// Progress of the MAP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Themes finished.
    #[serde(default)]
    pub themes: Vec<String>,
}

/// An integration case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Reference of the case; no name.
    #[serde(default)]
    pub reference: String,
    /// Facts such as `treated_as` and `learning_route`.
    #[serde(default)]
    pub facts: BTreeMap<String, Written>,
    /// Event that starts the PIP's term in this municipality, if not the set's.
    pub pip_start: Option<Event>,
    /// Days of events.
    #[serde(default)]
    pub events: BTreeMap<Event, Day>,
    /// Versions of the PIP.
    #[serde(default)]
    pub pip: Vec<PipVersion>,
    /// Extra time granted.
    #[serde(default)]
    pub extension: Vec<Extension>,
    /// Hours, with decimals.
    #[serde(default)]
    pub hours: BTreeMap<Hours, f64>,
    /// Progress of the MAP.
    #[serde(default)]
    pub map: Map,
}

/// A case that contradicts itself.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CaseFault {
    /// A fact cannot be read.
    #[error(transparent)]
    Fact(#[from] FactFault),
    /// The PIP's term cannot start with this event.
    #[error("pip_start must be brp_registration, notification or file_start")]
    PipStart,
    /// An event that follows from other parts was given.
    #[error("{event:?} follows from other parts of the case and cannot be given")]
    Computed {
        /// The event.
        event: Event,
    },
    /// The first PIP is not the earliest, or there are several first ones.
    #[error("the versions of the PIP must begin with one of reason \"first\"")]
    FirstPip,
    /// Hours that are not a number of hours.
    #[error("hours of {of:?} must be zero or more")]
    Hours {
        /// Of what.
        of: Hours,
    },
    /// An extension that ends before it begins.
    #[error("an extension ends ({to}) before it begins ({from})")]
    Extension {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
}

impl Case {
    /// Checks that the parts fit together, and reads the facts.
    ///
    /// # Errors
    /// Names the first part that does not fit.
    pub fn check(&self) -> Result<Facts, CaseFault> {
        let facts = Facts::from_written(&self.facts)?;
        if self.pip_start.is_some_and(|e| !PIP_STARTS.contains(&e)) {
            return Err(CaseFault::PipStart);
        }
        for event in [
            Event::PipStart,
            Event::PipFirstSigned,
            Event::PipLatestSigned,
        ] {
            if self.events.contains_key(&event) {
                return Err(CaseFault::Computed { event });
            }
        }
        let firsts = self.pip.iter().filter(|p| p.reason == PipReason::First);
        let earliest = self.pip.iter().min_by_key(|p| p.signed);
        let begins = earliest.is_none_or(|p| p.reason == PipReason::First);
        if firsts.count() > 1 || !begins {
            return Err(CaseFault::FirstPip);
        }
        if let Some((of, _)) = self.hours.iter().find(|(_, h)| !(0.0..1e6).contains(*h)) {
            return Err(CaseFault::Hours { of: *of });
        }
        if let Some(wrong) = self.extension.iter().find(|e| e.to < e.from) {
            let (from, to) = (wrong.from, wrong.to);
            return Err(CaseFault::Extension { from, to });
        }
        Ok(facts)
    }

    /// Day of an event, if it happened.
    #[must_use]
    pub fn day_of(&self, event: Event, pip_start: Event) -> Option<Day> {
        match event {
            Event::PipStart => {
                let start = self.pip_start.unwrap_or(pip_start);
                self.events.get(&start).copied()
            }
            Event::PipFirstSigned => self.pip.iter().map(|p| p.signed).min(),
            Event::PipLatestSigned => self.pip.iter().map(|p| p.signed).max(),
            other => self.events.get(&other).copied(),
        }
    }

    /// Days of extra time on these grounds; circumstances that overlap an earlier one count once.
    #[must_use]
    pub fn extra_days(&self, grounds: &[String]) -> i64 {
        let mut counted: Vec<&Extension> = Vec::new();
        let mut granted: Vec<&Extension> = self.extension.iter().collect();
        granted.sort_by_key(|e| (e.from, e.to));
        for extension in granted {
            let overlaps = counted
                .iter()
                .any(|c| extension.from <= c.to && c.from <= extension.to);
            if grounds.contains(&extension.ground) && !overlaps {
                counted.push(extension);
            }
        }
        counted.iter().map(|e| i64::from(e.days)).sum()
    }
}
