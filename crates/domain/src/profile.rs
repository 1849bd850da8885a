//! What a newcomer told of work, school, languages and wishes: the story in five parts.
//!
//! There is no place for a name, contact, birth date, sex, country, nationality, religion or
//! health: who somebody is stands elsewhere, and what work fits does not depend on it.
//! What was not asked yet, was answered, or is not known to the person are three different things
//! ([`AnswerState`]).

mod answers;
mod check;
mod cv_part;
mod languages;
mod learning;
mod limits;
mod wishes;
mod work;

pub use answers::{AnswerState, Part, ProfileQuestion};
pub use check::ProfileFault;
pub use cv_part::CvPart;
pub use languages::LanguageSkill;
pub use learning::{Documents, Education, EducationLevel, HeldLicence};
pub use limits::{
    MOST_DISMISSED, MOST_EDUCATIONS, MOST_EXPERIENCES, MOST_LANGUAGES, MOST_LICENCES, MOST_SKILLS,
    MOST_TASKS, MOST_WISHES,
};
pub use wishes::{Availability, Dismissal, PoolChoice, Travel, Wishes};
pub use work::{Experience, ProfileSkill, SkillChoice, SkillSource, WorkKind};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::ResidenceCode;
use crate::language::Language;
use crate::skill::Readiness;

/// A newcomer's profile.
///
/// [`Profile::check`] holds it to the limits; use cases refuse a profile that fails it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Format of the stored form.
    pub version: ProfileVersion,
    /// Part 1: about the person.
    #[serde(default)]
    pub about: About,
    /// Part 2: work of every kind, in the order told.
    #[serde(default)]
    pub work: Vec<Experience>,
    /// Part 2: skills, each concept once.
    #[serde(default)]
    pub skills: Vec<ProfileSkill>,
    /// Part 3: education, finished or not; an empty list is an answer when the question is.
    #[serde(default)]
    pub school: Vec<Education>,
    /// Part 3: driving licences and certificates.
    #[serde(default)]
    pub licences: Vec<HeldLicence>,
    /// Part 4: languages, each once; the whole list when the question is answered.
    #[serde(default)]
    pub languages: Vec<LanguageSkill>,
    /// Part 5: when and where the person can work.
    #[serde(default)]
    pub availability: Availability,
    /// Part 5: what the person would like.
    #[serde(default)]
    pub wishes: Wishes,
    /// Part 5: whether the person wants to learn on the job.
    #[serde(default)]
    pub readiness: Option<Readiness>,
    /// Vacancies that are not for this person, by their own word.
    #[serde(default)]
    pub dismissed: Vec<Dismissal>,
    /// Whether employers may see this person among anonymous candidates.
    #[serde(default)]
    pub pool: PoolChoice,
    /// Where each question stands; what is not listed was not answered yet.
    #[serde(default)]
    pub answers: BTreeMap<ProfileQuestion, AnswerState>,
}

/// Format of a stored profile; a newer one is refused by an older program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct ProfileVersion;

/// A format that this program does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a profile of format {0} is not known here")]
pub struct UnknownProfileVersion(u32);

/// About the person, apart from who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Language in which the person wants to be spoken to and written to.
    #[serde(default)]
    pub language: Option<Language>,
    /// Residence situation: a code of the closed list of guidance.
    #[serde(default)]
    pub residence: Option<ResidenceCode>,
}

impl Profile {
    /// Where a question stands.
    #[must_use]
    pub fn state(&self, question: ProfileQuestion) -> AnswerState {
        self.answers
            .get(&question)
            .copied()
            .unwrap_or(AnswerState::NotYet)
    }

    /// The first question that has no answer yet, in the order in which they are asked; none when
    /// the story is complete.
    #[must_use]
    pub fn resume_at(&self) -> Option<ProfileQuestion> {
        ProfileQuestion::ALL
            .into_iter()
            .find(|question| self.state(*question) == AnswerState::NotYet)
    }

    /// How many questions of a part have an answer, "I do not know" included, and how many there
    /// are.
    #[must_use]
    pub fn progress(&self, part: Part) -> (usize, usize) {
        let of_part = || {
            ProfileQuestion::ALL
                .into_iter()
                .filter(|q| q.part() == part)
        };
        let done = of_part().filter(|q| self.state(*q) != AnswerState::NotYet);
        (done.count(), of_part().count())
    }

    /// The skills that the person keeps.
    pub fn kept_skills(&self) -> impl Iterator<Item = &ProfileSkill> {
        let kept = |skill: &&ProfileSkill| skill.choice == SkillChoice::Kept;
        self.skills.iter().filter(kept)
    }
}

impl TryFrom<u32> for ProfileVersion {
    type Error = UnknownProfileVersion;

    fn try_from(version: u32) -> Result<ProfileVersion, UnknownProfileVersion> {
        if version == 1 {
            Ok(ProfileVersion)
        } else {
            Err(UnknownProfileVersion(version))
        }
    }
}

impl From<ProfileVersion> for u32 {
    fn from(ProfileVersion: ProfileVersion) -> u32 {
        1
    }
}

#[cfg(test)]
mod tests;
