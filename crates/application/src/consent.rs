//! Consents: towards whom a newcomer wants to be known.

use domain::id::{ConsentId, OrganisationId, PersonId};
use domain::moment::Moment;
use store::consent::Consent;

use crate::audit::Event;
use crate::organisations::valid_name;
use crate::persons::as_consented;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, PersonView};

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

    /// The newcomers who want to be known to the actor's organisation, with what they consented to
    /// show and since when; whoever withdraws is gone from the next reading on.
    ///
    /// # Errors
    /// Fails when the actor may not search persons.
    pub async fn shared_with_us(
        &self,
        context: &Context,
    ) -> Result<Vec<(PersonView, Moment)>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::SearchPersons)?;
        let consents = store::consent::towards(&self.store, organisation).await?;
        let event = Event::PersonsSearched {
            organisation,
            n_found: consents.len() as u32,
        };
        self.audit_alone(context, event).await?;
        let ids: Vec<PersonId> = consents.iter().map(|consent| consent.person).collect();
        let persons = store::person::find_many(&self.store, &ids).await?;
        let mut shared = Vec::new();
        for consent in consents {
            let person = persons.iter().find(|person| person.id == consent.person);
            if let Some(person) = person.filter(|person| person.erased_at.is_none()) {
                let mut view = self.view(person)?;
                view.identity = as_consented(view.identity);
                shared.push((view, consent.given_at));
            }
        }
        Ok(shared)
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
