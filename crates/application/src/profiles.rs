//! A newcomer's profile, told and changed by themselves or together with their klantmanager; taken
//! along as a file, and brought in from one.

use domain::code::ReasonCode;
use domain::id::{AccountId, PersonId, VacancyId};
use domain::language::Language;
use domain::moment::Moment;
use domain::profile::{
    AnswerState, Dismissal, MOST_DISMISSED, PoolChoice, Profile, ProfileQuestion, ProfileSkill,
    SkillChoice, SkillSource,
};
use exchange::profile_file::{self, ProfileEntryFault, ProfileFileError};
use guidance::facts::Fact;
use store::person::Person;
use store::profile::ProfileChange;

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

pub use exchange::profile_file::{EntryReason, LARGEST_PROFILE, ProfileForm};

/// What a file would make of a profile; nothing is written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfilePreview {
    /// Form of the file.
    pub form: ProfileForm,
    /// The profile as it would be.
    pub profile: Profile,
    /// Version of the profile it would replace, for [`Application::save_profile`].
    pub version: i64,
    /// Whether something was told before, which it would replace.
    pub replaces: bool,
    /// What of the file is left out, and why, in the order of its lines.
    pub faults: Vec<ProfileEntryFault>,
    /// Skills and occupations that the catalogue in use does not know; they are kept and count
    /// for nothing until it does.
    pub unknown: Vec<domain::text::ConceptUri>,
    /// Words for skills of the file that name none of the catalogue.
    pub unlinked: Vec<String>,
}

/// Why a file with a profile could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum ProfilePreviewError {
    /// The file is refused as a whole.
    #[error(transparent)]
    File(#[from] ProfileFileError),
    /// The use case was refused.
    #[error(transparent)]
    Application(#[from] ApplicationError),
}

/// A profile with what is needed to change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileView {
    /// Whose profile.
    pub person: PersonId,
    /// The profile; an empty one before anything was told.
    pub profile: Profile,
    /// Counts changes, for [`Application::save_profile`]; 0 before anything was told.
    pub version: i64,
    /// When it was last changed; none before anything was told.
    pub changed_at: Option<Moment>,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
}

impl Application {
    /// A newcomer's profile; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn read_profile(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<ProfileView, ApplicationError> {
        let found = self
            .person_for(context, Action::ReadProfile, person)
            .await?;
        self.audit_alone(context, Event::ProfileRead { person })
            .await?;
        self.profile_of(&found).await
    }

    /// Saves a whole profile; gives the new version.
    ///
    /// Whether employers may see the person among anonymous candidates only the person changes.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`;
    /// [`ApplicationError::Invalid`] when it passes a limit or names an unknown residence
    /// situation; [`ApplicationError::Forbidden`] when staff change the person's choice.
    pub async fn save_profile(
        &self,
        context: &Context,
        person: PersonId,
        version: i64,
        profile: &Profile,
    ) -> Result<i64, ApplicationError> {
        let found = self
            .person_for(context, Action::ChangeProfile, person)
            .await?;
        profile.check()?;
        if let Some(residence) = profile.about.residence
            && Fact::Residence.read(residence.code()).is_err()
        {
            return Err(InvalidInput::Residence.into());
        }
        let before = self.profile_of(&found).await?.profile.pool;
        if before != profile.pool {
            self.person_for(context, Action::ChoosePool, person).await?;
        }
        let key = found.key(&self.master)?.ok_or(ApplicationError::NotFound)?;
        let payload = serde_json::to_string(profile)
            .map_err(|_| ApplicationError::Fault("a profile cannot be written"))?;
        let change = ProfileChange {
            version,
            payload: &payload,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::profile::put(&transaction, &key, person, change, &mut self.random()).await?;
        if before != profile.pool {
            let event = match profile.pool {
                PoolChoice::Listed => Event::PoolJoined { person },
                PoolChoice::NotAsked | PoolChoice::NotListed => Event::PoolLeft { person },
            };
            self.audit_in(&transaction, context, event).await?;
        }
        self.audit_in(&transaction, context, Event::ProfileChanged { person })
            .await?;
        transaction.commit().await?;
        Ok(version + 1)
    }

    /// A newcomer's profile as a file that they take along; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn export_profile(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<String, ApplicationError> {
        let profile = self.read_profile(context, person).await?.profile;
        self.profile_file(&profile)
    }

    /// A profile as a file in the own form.
    ///
    /// # Errors
    /// Fails when it cannot be written.
    pub fn profile_file(&self, profile: &Profile) -> Result<String, ApplicationError> {
        let made_on = self.now().in_amsterdam().date();
        profile_file::write(profile, made_on)
            .map_err(|_| ApplicationError::Fault("a profile cannot be written"))
    }

    /// What a file would make of a newcomer's profile; nothing is written. Whoever agrees gives it
    /// to [`Application::save_profile`].
    ///
    /// A Europass CV adds to what was told; a file of the own form takes its place.
    /// Whether employers may see the person, and what they set aside, only their own file changes:
    /// where staff bring one in, both stay as they are.
    ///
    /// # Errors
    /// [`ProfilePreviewError::File`] when the file is refused as a whole;
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn preview_profile(
        &self,
        context: &Context,
        person: PersonId,
        file: &[u8],
    ) -> Result<ProfilePreview, ProfilePreviewError> {
        let found = self
            .person_for(context, Action::ChangeProfile, person)
            .await?;
        let before = self.profile_of(&found).await?;
        let mut read = profile_file::read(file)?;
        let mut unlinked = Vec::new();
        let mut profile = match read.form {
            ProfileForm::Own => read.profile,
            ProfileForm::Europass => {
                let words = (read.skill_words, read.language);
                unlinked = self.link_skills(&mut read.profile, words).await?;
                let added = added(before.profile.clone(), read.profile);
                added.check().map(|()| added).unwrap_or_else(|fault| {
                    read.faults.push(ProfileEntryFault {
                        line: None,
                        entry: "profile".to_owned(),
                        reason: EntryReason::Limit(fault),
                    });
                    before.profile.clone()
                })
            }
        };
        if context.actor.newcomer() != Some(person) {
            profile.pool = before.profile.pool;
            profile.dismissed.clone_from(&before.profile.dismissed);
        }
        Ok(ProfilePreview {
            unknown: self.unknown_concepts(&profile),
            replaces: before.profile != Profile::default(),
            version: before.version,
            faults: read.faults,
            form: read.form,
            unlinked,
            profile,
        })
    }

    /// Gives a profile the skills that words name outright; the words that name none are left.
    async fn link_skills(
        &self,
        profile: &mut Profile,
        (words, language): (Vec<String>, Option<Language>),
    ) -> Result<Vec<String>, ApplicationError> {
        if words.is_empty() || !self.keeps_matches() {
            return Ok(words);
        }
        let text = words.join("\n");
        let found = self
            .suggest_skills(&text, language.unwrap_or(Language::EN))
            .await?;
        let mut unlinked = Vec::new();
        for words in words {
            let named = found.iter().find(|suggestion| {
                // The name itself; what is only like it, the person chooses in the story.
                suggestion.label.to_lowercase() == words.to_lowercase()
            });
            match named {
                Some(suggestion) => profile.skills.push(ProfileSkill {
                    skill: suggestion.concept.clone(),
                    level: None,
                    source: SkillSource::OwnWords,
                    evidence: None,
                    choice: SkillChoice::Kept,
                }),
                None => unlinked.push(words),
            }
        }
        Ok(unlinked)
    }

    /// Concepts of a profile that the catalogue does not know; none where there is no catalogue.
    fn unknown_concepts(&self, profile: &Profile) -> Vec<domain::text::ConceptUri> {
        let Ok(work) = self.work() else {
            return Vec::new();
        };
        let worked = profile.work.iter().filter_map(|w| w.occupation.as_ref());
        let skills = profile.skills.iter().map(|held| &held.skill);
        let named = skills.chain(worked).chain(&profile.wishes.occupations);
        named
            .filter(|uri| work.catalogue.find(uri.as_str()).is_none())
            .cloned()
            .collect()
    }

    /// Keeps a vacancy out of the person's matches, with a reason; of too many the oldest returns.
    ///
    /// # Errors
    /// As [`Application::save_profile`].
    pub async fn dismiss_vacancy(
        &self,
        context: &Context,
        person: PersonId,
        vacancy: VacancyId,
        reason: ReasonCode,
    ) -> Result<(), ApplicationError> {
        let found = self
            .person_for(context, Action::ChangeProfile, person)
            .await?;
        let mut view = self.profile_of(&found).await?;
        let dismissed = &mut view.profile.dismissed;
        dismissed.retain(|dismissal| dismissal.vacancy != vacancy);
        let surplus = (dismissed.len() + 1).saturating_sub(MOST_DISMISSED);
        dismissed.drain(..surplus);
        dismissed.push(Dismissal {
            vacancy,
            reason,
            at: self.now(),
        });
        self.save_profile(context, person, view.version, &view.profile)
            .await?;
        Ok(())
    }

    /// Lets a dismissed vacancy return to the person's matches.
    ///
    /// # Errors
    /// As [`Application::save_profile`].
    pub async fn restore_vacancy(
        &self,
        context: &Context,
        person: PersonId,
        vacancy: VacancyId,
    ) -> Result<(), ApplicationError> {
        let found = self
            .person_for(context, Action::ChangeProfile, person)
            .await?;
        let mut view = self.profile_of(&found).await?;
        let dismissed = &mut view.profile.dismissed;
        dismissed.retain(|dismissal| dismissal.vacancy != vacancy);
        self.save_profile(context, person, view.version, &view.profile)
            .await?;
        Ok(())
    }

    /// The profile of a person whom the actor may see; an empty one before anything was told.
    pub(crate) async fn profile_of(
        &self,
        person: &Person,
    ) -> Result<ProfileView, ApplicationError> {
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let Some(stored) = store::profile::find(&self.store, person.id).await? else {
            return Ok(ProfileView {
                person: person.id,
                profile: Profile::default(),
                version: 0,
                changed_at: None,
                changed_by: None,
            });
        };
        let payload = stored.payload(&key)?.ok_or(ApplicationError::NotFound)?;
        let profile = serde_json::from_str(&payload)
            .map_err(|_| ApplicationError::Fault("a stored profile cannot be read"))?;
        Ok(ProfileView {
            person: person.id,
            profile,
            version: stored.version,
            changed_at: Some(stored.changed_at),
            changed_by: stored.changed_by,
        })
    }
}

/// What was told with what a file adds; what is there already stays as it is.
fn added(told: Profile, file: Profile) -> Profile {
    let mut told = told;
    let adds = [
        (ProfileQuestion::Experience, !file.work.is_empty()),
        (ProfileQuestion::Education, !file.school.is_empty()),
        (ProfileQuestion::Licences, !file.licences.is_empty()),
        (ProfileQuestion::Languages, !file.languages.is_empty()),
    ];
    for (question, adds) in adds {
        if adds && told.state(question) == AnswerState::NotYet {
            told.answers.insert(question, AnswerState::Answered);
        }
    }
    add_new(&mut told.work, file.work, |one, other| {
        one.words == other.words && one.from == other.from
    });
    add_new(&mut told.school, file.school, |one, other| {
        one.words == other.words && one.level == other.level
    });
    add_new(&mut told.licences, file.licences, |one, other| {
        one.licence == other.licence
    });
    add_new(&mut told.languages, file.languages, |one, other| {
        one.language == other.language
    });
    add_new(&mut told.skills, file.skills, |one, other| {
        one.skill == other.skill
    });
    told
}

/// Adds what is not there yet.
fn add_new<T>(told: &mut Vec<T>, found: Vec<T>, is_same: impl Fn(&T, &T) -> bool) {
    for one in found {
        if !told.iter().any(|known| is_same(known, &one)) {
            told.push(one);
        }
    }
}
