//! Consents: towards whom a newcomer wants to be known.

use domain::id::{ConsentId, OrganisationId, PersonId};
use store::consent::Consent;

use crate::audit::Event;
use crate::organisations::valid_name;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

impl Application {
    /// Consents to be known to an organisation; `text_version` says which text was agreed to.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when the consent is in force already.
    pub async fn give_consent(
        &self,
        context: &Context,
        person: PersonId,
        receiver: OrganisationId,
        text_version: &str,
    ) -> Result<(), ApplicationError> {
        self.person_for(context, Action::DecideConsent, person)
            .await?;
        let now = self.now();
        let consent = Consent {
            id: ConsentId::new(now, &mut self.random()),
            person,
            receiver,
            text_version: valid_name(text_version)?,
            given_at: now,
            withdrawn_at: None,
        };
        let transaction = self.store.begin().await?;
        store::consent::insert(&transaction, &consent).await?;
        let event = Event::ConsentGiven { person, receiver };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Withdraws a consent; from here on the organisation sees nothing any more.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is none in force.
    pub async fn withdraw_consent(
        &self,
        context: &Context,
        person: PersonId,
        receiver: OrganisationId,
    ) -> Result<(), ApplicationError> {
        self.person_for(context, Action::DecideConsent, person)
            .await?;
        let transaction = self.store.begin().await?;
        if !store::consent::withdraw(&transaction, person, receiver, self.now()).await? {
            return Err(ApplicationError::NotFound);
        }
        let event = Event::ConsentWithdrawn { person, receiver };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// All consents of a newcomer, the newest first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn list_consents(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Vec<Consent>, ApplicationError> {
        self.person_for(context, Action::ReadConsents, person)
            .await?;
        self.audit_alone(context, Event::ConsentsRead { person })
            .await?;
        Ok(store::consent::of_person(&self.store, person).await?)
    }
}
