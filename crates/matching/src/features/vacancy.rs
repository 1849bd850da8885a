//! What the engine knows of a vacancy: its demands and what it offers.

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::code::{EducationField, Licence, Municipality, Region, Sector};
pub use domain::demand::{Importance, Moment, QualificationBasis, Support};
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{Modality, PlaceKind, WorkPermission};

use super::{OccupationId, SkillId, SkillLevel};

/// The features of a vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancyFeatures {
    /// Demanded skills.
    pub skills: Vec<SkillDemand>,
    /// Demanded languages, one row for each language and modality.
    pub languages: Vec<LanguageDemand>,
    /// Demanded qualification.
    pub qualification: Option<QualificationDemand>,
    /// Driving licences and certificates, all of them needed.
    pub licences: Vec<Licence>,
    /// Least hours a week, if there is a least.
    pub hours: Option<WeeklyHours>,
    /// Parts of the week in which the work must be done; empty if they can be agreed.
    pub day_parts: DayParts,
    /// Where the work is; none if it can be done from anywhere.
    pub place: Option<Workplace>,
    /// The least free permission that the employer can handle.
    pub permission: WorkPermission,
    /// Last day on which the work must have started, if there is one.
    pub start_by: Option<StartDay>,
    /// Kind of place.
    pub kind: PlaceKind,
    /// Occupation, if it was chosen.
    pub occupation: Option<OccupationId>,
    /// Sector, if it is known.
    pub sector: Option<Sector>,
    /// Number of places, at least 1.
    pub places: u32,
    /// Support that comes with the place; shown, never scored.
    pub support: Vec<Support>,
}

/// A demanded skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkillDemand {
    /// Which skill.
    pub skill: SkillId,
    /// How well, if the level matters.
    pub level: Option<SkillLevel>,
    /// How much it matters.
    pub importance: Importance,
    /// When it must be mastered.
    pub moment: Moment,
}

/// Demanded command of a language in one modality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageDemand {
    /// Which language.
    pub language: Language,
    /// Which modality.
    pub modality: Modality,
    /// Level needed on the first day.
    pub at_start: LanguageLevel,
    /// Level wanted after a year; never closes the vacancy.
    pub after_a_year: LanguageLevel,
}

/// A demanded qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QualificationDemand {
    /// Least level.
    pub level: Nlqf,
    /// Why it is demanded.
    pub basis: QualificationBasis,
    /// Field that it must be in, if that matters.
    pub field: Option<EducationField>,
}

/// Where work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// Region.
    pub region: Region,
    /// Municipality, if known.
    pub municipality: Option<Municipality>,
}

impl VacancyFeatures {
    /// A vacancy with these demands and nothing else asked.
    #[must_use]
    pub fn with_skills(skills: Vec<SkillDemand>) -> VacancyFeatures {
        VacancyFeatures {
            skills,
            languages: Vec::new(),
            qualification: None,
            licences: Vec::new(),
            hours: None,
            day_parts: DayParts::NONE,
            place: None,
            permission: WorkPermission::NotAllowed,
            start_by: None,
            kind: PlaceKind::Regular,
            occupation: None,
            sector: None,
            places: 1,
            support: Vec::new(),
        }
    }

    /// Whether the place asks somebody who wants to learn on the job.
    ///
    /// True if learning is part of the kind of place, if an essential skill is learned here, or if
    /// more of a language is wanted after a year than at the start.
    #[must_use]
    pub fn asks_learning(&self) -> bool {
        const LEARNED: (Importance, Moment) = (Importance::Essential, Moment::LearnedHere);
        self.kind.includes_learning()
            || self
                .skills
                .iter()
                .any(|demand| (demand.importance, demand.moment) == LEARNED)
            || self
                .languages
                .iter()
                .any(|demand| demand.after_a_year > demand.at_start)
    }
}
