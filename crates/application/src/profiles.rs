//! A newcomer's profile, told and changed by themselves or together with their klantmanager.

use domain::code::ReasonCode;
use domain::id::{AccountId, PersonId, VacancyId};
use domain::moment::Moment;
use domain::profile::{Dismissal, MOST_DISMISSED, PoolChoice, Profile};
use guidance::facts::Fact;
use store::person::Person;
use store::profile::ProfileChange;

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

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
