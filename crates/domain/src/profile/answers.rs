//! The questions of the story and where each stands.

use serde::{Deserialize, Serialize};

/// One of the five parts of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// About me.
    About,
    /// Work and skills.
    Work,
    /// School, certificates and licences.
    School,
    /// Languages.
    Languages,
    /// What I want, when and where.
    Wishes,
}

/// A question of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileQuestion {
    /// In which language we speak.
    PreferredLanguage,
    /// Residence situation.
    Residence,
    /// Which work was done, paid or not.
    Experience,
    /// Which skills the person keeps.
    Skills,
    /// Which schools.
    Education,
    /// Which driving licences and certificates.
    Licences,
    /// Which languages, how well.
    Languages,
    /// Which work the person would like.
    WantedWork,
    /// How many hours a week.
    Hours,
    /// Which parts of the week.
    DayParts,
    /// Where the person can get.
    Reach,
    /// From when.
    Start,
    /// Whether the person wants to learn on the job.
    Readiness,
    /// Whether employers may see the person among anonymous candidates.
    Pool,
}

/// Where a question stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// It was answered; an empty list is then an answer.
    Answered,
    /// The person does not know; it is not asked again by itself.
    DoesNotKnow,
    /// Not yet.
    #[default]
    NotYet,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Part; 5] = [
        Part::About,
        Part::Work,
        Part::School,
        Part::Languages,
        Part::Wishes,
    ];
}

impl ProfileQuestion {
    /// All questions, in the order in which they are asked.
    pub const ALL: [ProfileQuestion; 14] = [
        ProfileQuestion::PreferredLanguage,
        ProfileQuestion::Residence,
        ProfileQuestion::Experience,
        ProfileQuestion::Skills,
        ProfileQuestion::Education,
        ProfileQuestion::Licences,
        ProfileQuestion::Languages,
        ProfileQuestion::WantedWork,
        ProfileQuestion::Hours,
        ProfileQuestion::DayParts,
        ProfileQuestion::Reach,
        ProfileQuestion::Start,
        ProfileQuestion::Readiness,
        ProfileQuestion::Pool,
    ];

    /// The part it belongs to.
    #[must_use]
    pub fn part(self) -> Part {
        match self {
            ProfileQuestion::PreferredLanguage | ProfileQuestion::Residence => Part::About,
            ProfileQuestion::Experience | ProfileQuestion::Skills => Part::Work,
            ProfileQuestion::Education | ProfileQuestion::Licences => Part::School,
            ProfileQuestion::Languages => Part::Languages,
            ProfileQuestion::WantedWork
            | ProfileQuestion::Hours
            | ProfileQuestion::DayParts
            | ProfileQuestion::Reach
            | ProfileQuestion::Start
            | ProfileQuestion::Readiness
            | ProfileQuestion::Pool => Part::Wishes,
        }
    }
}
