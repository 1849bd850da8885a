//! To whom a person is sent: the region, its desk, and the body that is responsible.

use serde::Serialize;

use crate::day::Day;
use crate::facts::Facts;
use crate::rule::{Decision, Topic};
use crate::set::GuidanceSet;

/// A municipality that the set does not know on the date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no municipality {code:?} on {date}")]
pub struct NoMunicipality {
    /// The code.
    pub code: String,
    /// The date.
    pub date: Day,
}

/// Code and name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Named<'a> {
    /// CBS code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
}

/// Where a person is sent.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// The municipality.
    pub municipality: Named<'a>,
    /// Its labour-market region.
    pub region: Named<'a>,
    /// The desk of the region.
    pub desk: Decision<'a>,
    /// The body that guides the person.
    pub responsible: Decision<'a>,
}

impl GuidanceSet {
    /// Finds where a person in a municipality is sent on a date.
    ///
    /// # Errors
    /// Fails when the municipality is not known.
    pub fn route(&self, facts: &Facts, code: &str, date: Day) -> Result<Route<'_>, NoMunicipality> {
        let missing = || NoMunicipality {
            code: code.chars().take(20).collect(),
            date,
        };
        let municipality = self.regions.municipality(code, date).ok_or_else(missing)?;
        // Reading the set refused municipalities in unknown regions.
        let region = self
            .regions
            .region(&municipality.region)
            .ok_or_else(missing)?;
        Ok(Route {
            municipality: Named {
                code: &municipality.code,
                name: &municipality.name,
            },
            region: Named {
                code: &region.code,
                name: &region.name,
            },
            desk: self.rules.decide(Topic::RegionalDesk, facts, date),
            responsible: self.rules.decide(Topic::ResponsibleParty, facts, date),
        })
    }
}
