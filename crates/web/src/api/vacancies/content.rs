//! A vacancy as programs write and read it.
//!
//! It says what the stored form says, in the names of the interface; unknown fields are refused.

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::code::{Licence, Sector};
use domain::demand::Support;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, PlaceKind, WorkPermission};
use domain::text::{ConceptUri, InstrumentId, LongText, OwnWords, Title};
use domain::vacancy::{
    LanguageDemand, Place, QualificationDemand, SkillDemand, Vacancy, VacancyVersion,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an employer says about a vacancy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct VacancyContent {
    /// Title.
    #[schema(value_type = String)]
    title: Title,
    /// The employer's own text.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    text: Option<LongText>,
    /// URI of the occupation.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    occupation: Option<ConceptUri>,
    /// What the work is, task by task.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    tasks: Vec<OwnWords>,
    /// Demanded skills: `skill` (URI), `importance` (essential, important, optional), `moment`
    /// (at-start, learned-here), `level` (optional).
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    skills: Vec<SkillDemand>,
    /// Demanded languages, one row for each language and modality.
    #[serde(default)]
    languages: Vec<LanguageContent>,
    /// Demanded qualification: `level` (NLQF 1 to 8), `basis` (by-law, asked,
    /// experience-suffices), `field` (optional).
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    qualification: Option<QualificationDemand>,
    /// Driving licences and certificates, all of them needed.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    licences: Vec<Licence>,
    /// Least hours a week.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    hours: Option<WeeklyHours>,
    /// Parts of the week in which the work must be done; empty when they can be agreed.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    day_parts: DayParts,
    /// Where: `region` and `municipality` (codes of CBS); absent when it can be done from anywhere.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    place: Option<Place>,
    /// The least free permission to work that the employer can handle.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    permission: Option<WorkPermission>,
    /// Last day to start, ISO 8601.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    start_by: Option<StartDay>,
    /// Kind of place, such as `regular`.
    #[schema(value_type = String)]
    kind: PlaceKind,
    /// Sector, if known.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    sector: Option<Sector>,
    /// Number of places, at least 1.
    places: u32,
    /// Support that comes with the place.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    support: Vec<Support>,
    /// Instruments of guidance that the employer would use.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    instruments: Vec<InstrumentId>,
}

/// Demanded command of a language in one modality.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LanguageContent {
    /// Language, ISO 639.
    #[schema(value_type = String)]
    language: Language,
    /// `listening`, `speaking`, `reading` or `writing`.
    #[schema(value_type = String)]
    modality: Modality,
    /// Level on the first day (CEFR).
    #[schema(value_type = String)]
    at_start: LanguageLevel,
    /// Level wanted after a year, not lower.
    #[schema(value_type = String)]
    after_a_year: LanguageLevel,
}

impl From<Vacancy> for VacancyContent {
    fn from(vacancy: Vacancy) -> VacancyContent {
        let language = |demand: LanguageDemand| LanguageContent {
            language: demand.language,
            modality: demand.modality,
            at_start: demand.at_start,
            after_a_year: demand.after_a_year,
        };
        VacancyContent {
            title: vacancy.title,
            text: vacancy.text,
            occupation: vacancy.occupation,
            tasks: vacancy.tasks,
            skills: vacancy.skills,
            languages: vacancy.languages.into_iter().map(language).collect(),
            qualification: vacancy.qualification,
            licences: vacancy.licences,
            hours: vacancy.hours,
            day_parts: vacancy.day_parts,
            place: vacancy.place,
            permission: vacancy.permission,
            start_by: vacancy.start_by,
            kind: vacancy.kind,
            sector: vacancy.sector,
            places: vacancy.places,
            support: vacancy.support,
            instruments: vacancy.instruments,
        }
    }
}

impl From<VacancyContent> for Vacancy {
    fn from(content: VacancyContent) -> Vacancy {
        let language = |demand: LanguageContent| LanguageDemand {
            language: demand.language,
            modality: demand.modality,
            at_start: demand.at_start,
            after_a_year: demand.after_a_year,
        };
        Vacancy {
            version: VacancyVersion,
            title: content.title,
            text: content.text,
            occupation: content.occupation,
            tasks: content.tasks,
            skills: content.skills,
            languages: content.languages.into_iter().map(language).collect(),
            qualification: content.qualification,
            licences: content.licences,
            hours: content.hours,
            day_parts: content.day_parts,
            place: content.place,
            permission: content.permission,
            start_by: content.start_by,
            kind: content.kind,
            sector: content.sector,
            places: content.places,
            support: content.support,
            instruments: content.instruments,
        }
    }
}
