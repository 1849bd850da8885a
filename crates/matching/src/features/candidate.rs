//! What the engine knows of somebody who looks for work.

use domain::availability::{DayParts, StartDay, WeeklyHours};
use domain::code::{EducationField, Licence, Municipality, Region, Sector};
use domain::language::Language;
use domain::level::{LanguageLevel, Nlqf};
use domain::placement::{Modality, PlaceKind, Recognition, WorkPermission};
pub use domain::skill::Readiness;

use super::{Answer, HeldSkills, OccupationId};

/// The features of a candidate: the whole of what can influence a match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateFeatures {
    /// Skills, however learned.
    pub skills: HeldSkills,
    /// Languages, if they were asked.
    pub languages: Answer<Languages>,
    /// Finished education, if it was asked; an empty list is no education.
    pub qualifications: Answer<Vec<Qualification>>,
    /// Driving licences and certificates, if they were asked.
    pub licences: Answer<Vec<Licence>>,
    /// Most hours a week that the candidate can work.
    pub hours: Answer<WeeklyHours>,
    /// Parts of the week in which the candidate can work.
    pub day_parts: Answer<DayParts>,
    /// Where the candidate can get to work.
    pub reach: Answer<Reach>,
    /// What must be arranged before the candidate may work.
    pub permission: Answer<WorkPermission>,
    /// First day on which the candidate can start.
    pub start: Answer<StartDay>,
    /// Whether the candidate wants to learn on the job.
    pub readiness: Answer<Readiness>,
    /// What the candidate would like; no wish is no answer and costs nothing.
    pub wishes: Wishes,
}

/// The languages of a candidate: a full list, so a language that is not in it is not spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages(Vec<LanguageCommand>);

/// Command of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageCommand {
    /// Which language.
    pub language: Language,
    /// Level by modality, in the order of [`Modality::ALL`].
    pub levels: [Answer<LanguageLevel>; 4],
}

impl Languages {
    /// Orders the languages; of a language given twice the first stays.
    #[must_use]
    pub fn new(mut commands: Vec<LanguageCommand>) -> Languages {
        commands.sort_by_key(|command| command.language);
        commands.dedup_by_key(|command| command.language);
        Languages(commands)
    }

    /// Level in one modality of one language; a language that is not listed is not spoken.
    #[must_use]
    pub fn level(&self, language: Language, modality: Modality) -> Answer<LanguageLevel> {
        self.0
            .iter()
            .find(|command| command.language == language)
            .map_or(Answer::Known(LanguageLevel::None), |command| {
                command.levels[modality.position()]
            })
    }

    /// The languages in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &LanguageCommand> {
        self.0.iter()
    }
}

/// A finished education.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualification {
    /// Its level in the Dutch framework, or the level it is thought to have.
    pub level: Nlqf,
    /// Whether it is recognised in the Netherlands.
    pub recognition: Recognition,
    /// Its field, if known.
    pub field: Option<EducationField>,
}

/// Where a candidate can get to work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    regions: Vec<Region>,
    within: Option<Vec<Municipality>>,
}

impl Reach {
    /// Every place in these regions.
    #[must_use]
    pub fn regions(mut regions: Vec<Region>) -> Reach {
        regions.sort_unstable();
        regions.dedup();
        Reach {
            regions,
            within: None,
        }
    }

    /// Only the places in these municipalities of the regions, as travel times give them.
    #[must_use]
    pub fn within(mut self, mut municipalities: Vec<Municipality>) -> Reach {
        municipalities.sort_unstable();
        municipalities.dedup();
        self.within = Some(municipalities);
        self
    }

    /// The regions, in order.
    #[must_use]
    pub fn region_list(&self) -> &[Region] {
        &self.regions
    }

    /// The municipalities to which the reach is limited, in order, if it is.
    #[must_use]
    pub fn municipality_list(&self) -> Option<&[Municipality]> {
        self.within.as_deref()
    }
}

/// What somebody would like; each list may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Wished occupations.
    pub occupations: Vec<OccupationId>,
    /// Wished sectors.
    pub sectors: Vec<Sector>,
    /// Wished kinds of place.
    pub kinds: Vec<PlaceKind>,
}
