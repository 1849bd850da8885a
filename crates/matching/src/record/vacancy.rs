//! The record of a vacancy.

use domain::availability::{DayPart, StartDay, WeeklyHours};
use domain::code::{EducationField, Licence, Municipality, Region, Sector};
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{Modality, PlaceKind, WorkPermission};
use serde::{Deserialize, Serialize};
use taxonomy::Catalogue;

use super::{RecordError, RecordId, occupation, skill};
use crate::features::{
    Importance, LanguageDemand, Moment, QualificationBasis, QualificationDemand, SkillDemand,
    SkillLevel, Support, VacancyFeatures, Workplace,
};
use crate::vacancy::Vacancy;
use crate::yardstick::Yardstick;

/// A vacancy on a line; see `schema/vacancy.schema.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VacancyRecord {
    /// Id under which results are given.
    pub id: RecordId,
    /// Demanded skills, at least one.
    pub skills: Vec<SkillDemandRow>,
    /// Demanded languages.
    #[serde(default)]
    pub languages: Vec<LanguageDemandRow>,
    /// Demanded qualification.
    #[serde(default)]
    pub qualification: Option<QualificationDemandRow>,
    /// Licences and certificates, all needed.
    #[serde(default)]
    pub licences: Vec<Licence>,
    /// Least hours a week.
    #[serde(default)]
    pub hours: Option<WeeklyHours>,
    /// Parts of the week in which the work is done.
    #[serde(default)]
    pub day_parts: Vec<DayPart>,
    /// Where; left out if the work can be done from anywhere.
    #[serde(default)]
    pub place: Option<PlaceRow>,
    /// The least free permission that the employer can handle; left out if any.
    #[serde(default)]
    pub permission: Option<WorkPermission>,
    /// Last day to start.
    #[serde(default)]
    pub start_by: Option<StartDay>,
    /// Kind of place; regular if it is left out.
    #[serde(default)]
    pub kind: Option<PlaceKind>,
    /// URI of the occupation.
    #[serde(default)]
    pub occupation: Option<String>,
    /// Sector.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Number of places; one if it is left out.
    #[serde(default)]
    pub places: Option<u32>,
    /// Support that comes with the place.
    #[serde(default)]
    pub support: Vec<Support>,
}

/// A demanded skill.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillDemandRow {
    /// URI.
    pub skill: String,
    /// How much it matters.
    pub importance: Importance,
    /// When it must be mastered; at the start if it is left out.
    #[serde(default)]
    pub moment: Option<Moment>,
    /// How well.
    #[serde(default)]
    pub level: Option<SkillLevel>,
}

/// Demanded command of a language in one modality.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageDemandRow {
    /// ISO 639-1 code.
    pub language: Language,
    /// Modality.
    pub modality: Modality,
    /// Level to start.
    #[serde(default)]
    pub at_start: LanguageLevel,
    /// Level after a year; that of the start if it is left out.
    #[serde(default)]
    pub after_a_year: Option<LanguageLevel>,
}

/// A demanded qualification.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualificationDemandRow {
    /// Least NLQF level.
    pub level: Nlqf,
    /// Why.
    pub basis: QualificationBasis,
    /// ISCED-F code.
    #[serde(default)]
    pub field: Option<EducationField>,
}

/// Where work is done.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow {
    /// Region.
    pub region: Region,
    /// Municipality.
    #[serde(default)]
    pub municipality: Option<Municipality>,
}

impl VacancyRecord {
    /// The vacancy with weighed demands.
    ///
    /// # Errors
    /// Fails on an id out of bounds, without places, on what the catalogue does not know, and on
    /// demands that cannot be scored.
    pub fn weigh(
        self,
        catalogue: &Catalogue,
        yardstick: &Yardstick,
    ) -> Result<Vacancy, RecordError> {
        self.id.checked()?;
        let count = self.skills.len();
        if count > crate::features::MOST_DEMANDS {
            return Err(crate::features::FeatureError::TooManyDemands { count }.into());
        }
        let places = self.places.unwrap_or(1);
        if places == 0 {
            return Err(RecordError::NoPlaces);
        }
        let skills = self.skills.iter().map(|row| row.demand(catalogue));
        let mut licences = self.licences;
        licences.sort_unstable();
        licences.dedup();
        let features = VacancyFeatures {
            skills: skills.collect::<Result<_, _>>()?,
            languages: self
                .languages
                .iter()
                .map(LanguageDemandRow::demand)
                .collect(),
            qualification: self.qualification.map(|row| QualificationDemand {
                level: row.level,
                basis: row.basis,
                field: row.field,
            }),
            licences,
            hours: self.hours,
            day_parts: self.day_parts.into_iter().collect(),
            place: self.place.map(|row| Workplace {
                region: row.region,
                municipality: row.municipality,
            }),
            permission: self.permission.unwrap_or(WorkPermission::NotAllowed),
            start_by: self.start_by,
            kind: self.kind.unwrap_or(PlaceKind::Regular),
            occupation: self
                .occupation
                .map(|uri| occupation(catalogue, &uri))
                .transpose()?,
            sector: self.sector,
            places,
            support: self.support,
        };
        Ok(Vacancy::weigh(features, yardstick)?)
    }
}

impl SkillDemandRow {
    fn demand(&self, catalogue: &Catalogue) -> Result<SkillDemand, RecordError> {
        Ok(SkillDemand {
            skill: skill(catalogue, &self.skill)?,
            level: self.level,
            importance: self.importance,
            moment: self.moment.unwrap_or(Moment::AtStart),
        })
    }
}

impl LanguageDemandRow {
    fn demand(&self) -> LanguageDemand {
        LanguageDemand {
            language: self.language,
            modality: self.modality,
            at_start: self.at_start,
            after_a_year: self.after_a_year.unwrap_or(self.at_start),
        }
    }
}
