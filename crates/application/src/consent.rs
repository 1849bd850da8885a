//! Consents: towards whom a newcomer wants to be known, with what, and for how long.

use std::collections::BTreeSet;

use domain::id::{ConsentId, OrganisationId, PersonId};
use domain::moment::Moment;
use domain::organisation::OrganisationKind;
use domain::profile::CvPart;
use store::consent::Consent;
use time::Duration;

use crate::audit::Event;
use crate::cv::Cv;
use crate::organisations::valid_name;
use crate::persons::as_consented;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, PersonView};

/// What somebody consents to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentTerms {
    /// What the receiver may see beside the name, which every consent shows.
    pub shown: BTreeSet<CvPart>,
    /// How long; none until it is withdrawn.
    pub lasts: Option<Duration>,
    /// Which text the person agreed to.
    pub text_version: String,
}

impl ConsentTerms {
    /// Name and contact until it is withdrawn, as towards an employer.
    #[must_use]
    pub fn contact(text_version: &str) -> ConsentTerms {
        ConsentTerms {
            shown: BTreeSet::from([CvPart::Contact]),
            lasts: None,
            text_version: text_version.to_owned(),
        }
    }

    /// The consent that these terms make.
    pub(crate) fn given(
        &self,
        id: ConsentId,
        (person, receiver): (PersonId, OrganisationId),
        now: Moment,
    ) -> Result<Consent, ApplicationError> {
        let mut shown = self.shown.clone();
        shown.insert(CvPart::Name);
        Ok(Consent {
            id,
            person,
            receiver,
            shown,
            text_version: valid_name(&self.text_version)?,
            given_at: now,
            ends_at: self.lasts.map(|lasts| now + lasts),
            withdrawn_at: None,
        })
    }
}

/// Somebody as an organisation sees them to which they consented to be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPerson {
    /// Who, with no more than was consented to.
    pub view: PersonView,
    /// The consent.
    pub consent: Consent,
}

impl Application {
    /// Consents to be known to an organisation.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when the consent is in force already.
    pub async fn give_consent(
        &self,
        context: &Context,
        person: PersonId,
        receiver: OrganisationId,
        terms: &ConsentTerms,
    ) -> Result<(), ApplicationError> {
        self.person_for(context, Action::DecideConsent, person)
            .await?;
        let now = self.now();
        let id = ConsentId::new(now, &mut self.random());
        let consent = terms.given(id, (person, receiver), now)?;
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
    ) -> Result<Vec<SharedPerson>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::SearchPersons)?;
        let consents = store::consent::towards(&self.store, organisation, self.now()).await?;
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
                view.identity = as_consented(view.identity, &consent.shown);
                shared.push(SharedPerson { view, consent });
            }
        }
        Ok(shared)
    }

    /// What somebody consented to show the actor's organisation of their story; that it was read is
    /// written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when no consent is in force (any more).
    pub async fn read_shared(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<(SharedPerson, Cv), ApplicationError> {
        let found = self.person_for(context, Action::ReadShared, person).await?;
        let consent = self.consent_towards(context, person).await?;
        self.audit_alone(context, Event::ProfileRead { person })
            .await?;
        let profile = self.profile_of(&found).await?.profile;
        let mut view = self.view(&found)?;
        view.identity = as_consented(view.identity, &consent.shown);
        let cv = Cv::of(profile, &consent.shown);
        Ok((SharedPerson { view, consent }, cv))
    }

    /// The consent in force towards the actor's organisation.
    pub(crate) async fn consent_towards(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Consent, ApplicationError> {
        let receiver = context.actor.organisation();
        let receiver = receiver.ok_or(ApplicationError::NotFound)?;
        store::consent::in_force(&self.store, person, receiver, self.now())
            .await?
            .ok_or(ApplicationError::NotFound)
    }

    /// The partner organisations that a newcomer can consent to be known to, by name; names of
    /// organisations are no personal data.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the actor is not that newcomer.
    pub async fn partners_to_choose(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Vec<(OrganisationId, String)>, ApplicationError> {
        let found = self
            .person_for(context, Action::DecideConsent, person)
            .await?;
        let all = store::organisation::list(&self.store).await?.into_iter();
        let partners = all.filter(|one| {
            // Whoever guides the person sees the story anyway.
            one.kind == OrganisationKind::Partner
                && one.disabled_at.is_none()
                && one.id != found.organisation
        });
        Ok(partners.map(|one| (one.id, one.name)).collect())
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
