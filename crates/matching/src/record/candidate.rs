//! The record of a candidate.

use domain::availability::{DayPart, StartDay, WeeklyHours};
use domain::code::{EducationField, Licence, Municipality, Region, Sector};
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{PlaceKind, Recognition, WorkPermission};
use serde::{Deserialize, Serialize};
use taxonomy::Catalogue;

use super::{RecordError, RecordId, occupation, skill};
use crate::features::{
    Answer, CandidateFeatures, Evidence, HeldSkill, HeldSkills, LanguageCommand, Languages,
    Qualification, Reach, Readiness, SkillLevel, Wishes,
};

/// A candidate on a line; see `schema/candidate.schema.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRecord {
    /// Pseudonym under which results are given.
    pub id: RecordId,
    /// What levers are summed by, for example a municipality; never matched.
    #[serde(default)]
    pub group: Option<String>,
    /// Skills.
    #[serde(default)]
    pub skills: Vec<SkillRow>,
    /// Languages, all of them.
    #[serde(default)]
    pub languages: Option<Vec<LanguageRow>>,
    /// Finished education.
    #[serde(default)]
    pub qualifications: Option<Vec<QualificationRow>>,
    /// Licences and certificates.
    #[serde(default)]
    pub licences: Option<Vec<Licence>>,
    /// Most hours a week.
    #[serde(default)]
    pub hours: Option<WeeklyHours>,
    /// Parts of the week.
    #[serde(default)]
    pub day_parts: Option<Vec<DayPart>>,
    /// Where the candidate can get.
    #[serde(default)]
    pub reach: Option<ReachRow>,
    /// What must be arranged.
    #[serde(default)]
    pub permission: Option<WorkPermission>,
    /// First day.
    #[serde(default)]
    pub start: Option<StartDay>,
    /// Wanting to learn on the job.
    #[serde(default)]
    pub readiness: Option<Readiness>,
    /// Wishes.
    #[serde(default)]
    pub wishes: WishesRow,
}

/// A skill of a candidate.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillRow {
    /// URI.
    pub skill: String,
    /// How well.
    #[serde(default)]
    pub level: Option<SkillLevel>,
    /// What it rests on; stated if it is left out.
    #[serde(default)]
    pub evidence: Option<Evidence>,
}

/// Command of a language; a modality that is left out is unknown.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageRow {
    /// ISO 639-1 code.
    pub language: Language,
    /// Understanding speech.
    #[serde(default)]
    pub listening: Option<LanguageLevel>,
    /// Speaking.
    #[serde(default)]
    pub speaking: Option<LanguageLevel>,
    /// Reading.
    #[serde(default)]
    pub reading: Option<LanguageLevel>,
    /// Writing.
    #[serde(default)]
    pub writing: Option<LanguageLevel>,
}

/// A finished education.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualificationRow {
    /// NLQF level, 1 to 8.
    pub level: Nlqf,
    /// Whether it is recognised.
    pub recognition: Recognition,
    /// ISCED-F code.
    #[serde(default)]
    pub field: Option<EducationField>,
}

/// Where a candidate can get.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachRow {
    /// Regions.
    pub regions: Vec<Region>,
    /// Only these municipalities of them, if travel times were worked out.
    #[serde(default)]
    pub municipalities: Option<Vec<Municipality>>,
}

/// Wishes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishesRow {
    /// URIs of occupations.
    #[serde(default)]
    pub occupations: Vec<String>,
    /// Sectors.
    #[serde(default)]
    pub sectors: Vec<Sector>,
    /// Kinds of place.
    #[serde(default)]
    pub kinds: Vec<PlaceKind>,
}

impl CandidateRecord {
    /// The features of the candidate.
    ///
    /// # Errors
    /// Fails on an id out of bounds, on what the catalogue does not know, and on too many skills.
    pub fn features(self, catalogue: &Catalogue) -> Result<CandidateFeatures, RecordError> {
        self.id.checked()?;
        // The limit comes first, so that a hostile list costs no lookups.
        let skills = if self.skills.len() > crate::features::MOST_HELD_SKILLS {
            return Err(crate::features::FeatureError::TooManySkills {
                count: self.skills.len(),
            }
            .into());
        } else {
            self.skills
                .iter()
                .map(|row| row.held(catalogue))
                .collect::<Result<_, _>>()?
        };
        let wished = self.wishes.occupations.iter();
        let occupations = wished.map(|uri| occupation(catalogue, uri));
        Ok(CandidateFeatures {
            skills: HeldSkills::new(skills)?,
            languages: self
                .languages
                .map(|rows| Languages::new(rows.iter().map(LanguageRow::command).collect()))
                .into(),
            qualifications: self
                .qualifications
                .map(|rows| rows.into_iter().map(QualificationRow::into).collect())
                .into(),
            licences: self.licences.into(),
            hours: self.hours.into(),
            day_parts: self
                .day_parts
                .map(|parts| parts.into_iter().collect())
                .into(),
            reach: self.reach.map(ReachRow::reach).into(),
            permission: self.permission.into(),
            start: self.start.into(),
            readiness: self.readiness.into(),
            wishes: Wishes {
                occupations: occupations.collect::<Result<_, _>>()?,
                sectors: self.wishes.sectors,
                kinds: self.wishes.kinds,
            },
        })
    }
}

impl SkillRow {
    fn held(&self, catalogue: &Catalogue) -> Result<HeldSkill, RecordError> {
        Ok(HeldSkill {
            skill: skill(catalogue, &self.skill)?,
            level: self.level,
            evidence: self.evidence.unwrap_or(Evidence::Stated),
        })
    }
}

impl LanguageRow {
    fn command(&self) -> LanguageCommand {
        LanguageCommand {
            language: self.language,
            levels: [self.listening, self.speaking, self.reading, self.writing].map(Answer::from),
        }
    }
}

impl From<QualificationRow> for Qualification {
    fn from(row: QualificationRow) -> Qualification {
        Qualification {
            level: row.level,
            recognition: row.recognition,
            field: row.field,
        }
    }
}

impl ReachRow {
    fn reach(self) -> Reach {
        let reach = Reach::regions(self.regions);
        match self.municipalities {
            Some(municipalities) => reach.within(municipalities),
            None => reach,
        }
    }
}
