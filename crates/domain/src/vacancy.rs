//! A vacancy as an employer describes it.
//!
//! What is demanded, when, and what the employer offers; who the employer is and where the
//! vacancy stands in its life are kept beside it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::availability::{DayParts, StartDay, WeeklyHours};
use crate::code::{EducationField, Licence, Municipality, Region, Sector};
use crate::demand::{Importance, Moment, QualificationBasis, Support};
use crate::language::Language;
use crate::level::{LanguageLevel, Nlqf};
use crate::placement::{Modality, PlaceKind, WorkPermission};
use crate::skill::SkillLevel;
use crate::text::{ConceptUri, InstrumentId, LongText, OwnWords, Title};

/// Most demanded skills.
pub const MOST_DEMANDED_SKILLS: usize = 100;
/// Most entries of each other list.
pub const MOST_ENTRIES: usize = 60;
/// Most places of one vacancy.
pub const MOST_PLACES: u32 = 1_000;

/// A vacancy as an employer describes it; [`Vacancy::check`] holds it to its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vacancy {
    /// Format of the stored form.
    pub version: VacancyVersion,
    /// Title.
    pub title: Title,
    /// The employer's own text.
    #[serde(default)]
    pub text: Option<LongText>,
    /// The occupation, once chosen.
    #[serde(default)]
    pub occupation: Option<ConceptUri>,
    /// What the work is, task by task.
    #[serde(default)]
    pub tasks: Vec<OwnWords>,
    /// Demanded skills, each once.
    #[serde(default)]
    pub skills: Vec<SkillDemand>,
    /// Demanded languages, one row for each language and modality.
    #[serde(default)]
    pub languages: Vec<LanguageDemand>,
    /// Demanded qualification.
    #[serde(default)]
    pub qualification: Option<QualificationDemand>,
    /// Driving licences and certificates, all of them needed.
    #[serde(default)]
    pub licences: Vec<Licence>,
    /// Least hours a week.
    #[serde(default)]
    pub hours: Option<WeeklyHours>,
    /// Parts of the week in which the work must be done; empty if they can be agreed.
    #[serde(default)]
    pub day_parts: DayParts,
    /// Where; none if it can be done from anywhere.
    #[serde(default)]
    pub place: Option<Place>,
    /// The least free permission that the employer can handle; none if any.
    #[serde(default)]
    pub permission: Option<WorkPermission>,
    /// Last day to start.
    #[serde(default)]
    pub start_by: Option<StartDay>,
    /// Kind of place.
    pub kind: PlaceKind,
    /// Sector, if known.
    #[serde(default)]
    pub sector: Option<Sector>,
    /// Number of places, at least 1.
    pub places: u32,
    /// Support that comes with the place.
    #[serde(default)]
    pub support: Vec<Support>,
    /// Instruments of guidance that the employer would use.
    #[serde(default)]
    pub instruments: Vec<InstrumentId>,
}

/// Format of a stored vacancy; a newer one is refused by an older program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct VacancyVersion;

/// A format that this program does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vacancy of format {0} is not known here")]
pub struct UnknownVacancyVersion(u32);

/// A demanded skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillDemand {
    /// Which skill.
    pub skill: ConceptUri,
    /// How much it matters.
    pub importance: Importance,
    /// Whether it must be there at the start or can be learned here.
    pub moment: Moment,
    /// How well, if the level matters.
    #[serde(default)]
    pub level: Option<SkillLevel>,
}

/// Demanded command of a language in one modality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageDemand {
    /// Which language.
    pub language: Language,
    /// Which modality.
    pub modality: Modality,
    /// Level on the first day.
    pub at_start: LanguageLevel,
    /// Level wanted after a year; not lower than at the start.
    pub after_a_year: LanguageLevel,
}

/// A demanded qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualificationDemand {
    /// Least level.
    pub level: Nlqf,
    /// Why.
    pub basis: QualificationBasis,
    /// Field, if it matters.
    #[serde(default)]
    pub field: Option<EducationField>,
}

/// Where work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Region.
    pub region: Region,
    /// Municipality, if known.
    #[serde(default)]
    pub municipality: Option<Municipality>,
}

/// Where a vacancy stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VacancyState {
    /// The employer is writing it.
    Draft,
    /// Everybody can see it.
    Open,
    /// It is filled or taken back.
    Closed,
}

/// A word that names no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a vacancy")]
pub struct NotAVacancyState;

/// What is wrong with a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VacancyFault {
    /// A list is too long.
    #[error("{count} {what} in one vacancy: at most {most} are taken")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many were given.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// Something is demanded twice.
    #[error("one of the {what} is demanded twice")]
    Twice {
        /// What it is.
        what: &'static str,
    },
    /// None, or more than anybody has.
    #[error("a vacancy has 1 to {MOST_PLACES} places")]
    Places,
    /// Less language after a year than on the first day.
    #[error("the level after a year is lower than that at the start")]
    LanguageFalls,
    /// An open vacancy without a demanded skill cannot be matched.
    #[error("an open vacancy demands at least one skill")]
    NoSkills,
}

impl Vacancy {
    /// A vacancy with a title and nothing else said.
    #[must_use]
    pub fn titled(title: Title) -> Vacancy {
        Vacancy {
            version: VacancyVersion,
            title,
            text: None,
            occupation: None,
            tasks: Vec::new(),
            skills: Vec::new(),
            languages: Vec::new(),
            qualification: None,
            licences: Vec::new(),
            hours: None,
            day_parts: DayParts::NONE,
            place: None,
            permission: None,
            start_by: None,
            kind: PlaceKind::Regular,
            sector: None,
            places: 1,
            support: Vec::new(),
            instruments: Vec::new(),
        }
    }

    /// Holds the vacancy to its limits for a state: only an open one must be complete.
    ///
    /// # Errors
    /// Names the first limit that is passed.
    pub fn check(&self, state: VacancyState) -> Result<(), VacancyFault> {
        let counts = [
            ("skills", self.skills.len(), MOST_DEMANDED_SKILLS),
            ("tasks", self.tasks.len(), MOST_ENTRIES),
            ("languages", self.languages.len(), MOST_ENTRIES),
            ("licences", self.licences.len(), MOST_ENTRIES),
            ("kinds of support", self.support.len(), MOST_ENTRIES),
            ("instruments", self.instruments.len(), MOST_ENTRIES),
        ];
        for (what, count, most) in counts {
            if count > most {
                return Err(VacancyFault::TooMany { what, count, most });
            }
        }
        if !(1..=MOST_PLACES).contains(&self.places) {
            return Err(VacancyFault::Places);
        }
        if self.languages.iter().any(|l| l.after_a_year < l.at_start) {
            return Err(VacancyFault::LanguageFalls);
        }
        once("skills", self.skills.iter().map(|demand| &demand.skill))?;
        once(
            "languages",
            self.languages.iter().map(|l| (l.language, l.modality)),
        )?;
        if state == VacancyState::Open && self.skills.is_empty() {
            return Err(VacancyFault::NoSkills);
        }
        Ok(())
    }
}

fn once<T: Ord>(
    what: &'static str,
    mut items: impl Iterator<Item = T>,
) -> Result<(), VacancyFault> {
    let mut seen = BTreeSet::new();
    if items.all(|item| seen.insert(item)) {
        Ok(())
    } else {
        Err(VacancyFault::Twice { what })
    }
}

impl VacancyState {
    /// All states.
    pub const ALL: [VacancyState; 3] = [
        VacancyState::Draft,
        VacancyState::Open,
        VacancyState::Closed,
    ];

    /// The word that stands for it in storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            VacancyState::Draft => "draft",
            VacancyState::Open => "open",
            VacancyState::Closed => "closed",
        }
    }
}

impl FromStr for VacancyState {
    type Err = NotAVacancyState;

    fn from_str(word: &str) -> Result<VacancyState, NotAVacancyState> {
        VacancyState::ALL
            .into_iter()
            .find(|state| state.code() == word)
            .ok_or(NotAVacancyState)
    }
}

impl fmt::Display for VacancyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl TryFrom<u32> for VacancyVersion {
    type Error = UnknownVacancyVersion;

    fn try_from(version: u32) -> Result<VacancyVersion, UnknownVacancyVersion> {
        if version == 1 {
            Ok(VacancyVersion)
        } else {
            Err(UnknownVacancyVersion(version))
        }
    }
}

impl From<VacancyVersion> for u32 {
    fn from(VacancyVersion: VacancyVersion) -> u32 {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type TestError = Box<dyn std::error::Error>;

    #[test]
    fn a_draft_may_be_bare_and_an_open_one_not() -> Result<(), TestError> {
        let mut vacancy = Vacancy::titled(Title::new("Lasser")?);
        assert_eq!(vacancy.check(VacancyState::Draft), Ok(()));
        assert_eq!(
            vacancy.check(VacancyState::Open),
            Err(VacancyFault::NoSkills)
        );
        let demand = SkillDemand {
            skill: "urn:werkbrug:skill:a".parse()?,
            importance: Importance::Essential,
            moment: Moment::AtStart,
            level: None,
        };
        vacancy.skills.push(demand.clone());
        assert_eq!(vacancy.check(VacancyState::Open), Ok(()));
        let again: Vacancy = serde_json::from_str(&serde_json::to_string(&vacancy)?)?;
        assert_eq!(again, vacancy);
        vacancy.skills.push(demand);
        assert_eq!(
            vacancy.check(VacancyState::Draft),
            Err(VacancyFault::Twice { what: "skills" })
        );
        vacancy.skills.clear();
        vacancy.places = 0;
        assert_eq!(
            vacancy.check(VacancyState::Draft),
            Err(VacancyFault::Places)
        );
        vacancy.places = 1;
        vacancy.languages.push(LanguageDemand {
            language: Language::NL,
            modality: Modality::Speaking,
            at_start: LanguageLevel::B1,
            after_a_year: LanguageLevel::A2,
        });
        assert_eq!(
            vacancy.check(VacancyState::Draft),
            Err(VacancyFault::LanguageFalls)
        );
        Ok(())
    }

    #[test]
    fn words_of_states_lead_back() {
        for state in VacancyState::ALL {
            assert_eq!(state.code().parse(), Ok(state));
        }
    }
}
