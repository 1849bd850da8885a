//! Newcomers: registering, reading, searching, changing, erasing.

use std::collections::BTreeSet;

use domain::id::{OrganisationId, PersonId, PseudonymId};
use domain::moment::Moment;
use domain::person::{Identity, NamePart};
use domain::profile::CvPart;
use language::name_search::{NameKeys, likeness};
use store::Transaction;
use store::person::{IdentityChange, NewPerson, Person};

use crate::audit::Event;
use crate::context::{Actor, Context};
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, InvalidInput};

/// Most persons that a search gives.
const MOST_FOUND: u64 = 50;

/// Longest text to search for, in characters.
const LONGEST_SEARCH: usize = 200;

/// A newcomer to register.
#[derive(Clone, Debug)]
pub struct RegisterPerson {
    /// Who they are.
    pub identity: Identity,
}

/// A newcomer, as those see them who may know who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Id.
    pub person: PersonId,
    /// Who they are.
    pub identity: Identity,
    /// Counts changes, for [`Application::change_person`].
    pub version: i64,
    /// When the identity was last changed.
    pub changed_at: Moment,
}

impl Application {
    /// Registers a newcomer with the actor's organisation, without a case;
    /// [`Application::register_with_case`] does both.
    ///
    /// # Errors
    /// Fails when the actor may not.
    pub async fn register_person(
        &self,
        context: &Context,
        new: &RegisterPerson,
    ) -> Result<PersonId, ApplicationError> {
        let organisation = self.own_organisation(context, Action::RegisterPerson)?;
        let transaction = self.store.begin().await?;
        let person = self
            .insert_person(&transaction, context, organisation, &new.identity)
            .await?;
        transaction.commit().await?;
        Ok(person)
    }

    /// Writes a newcomer and the event in a transaction of the caller, who asked the policy.
    pub(crate) async fn insert_person(
        &self,
        transaction: &Transaction,
        context: &Context,
        organisation: OrganisationId,
        identity: &Identity,
    ) -> Result<PersonId, ApplicationError> {
        let mut random = self.random();
        let now = self.now();
        let person = PersonId::new(now, &mut random);
        let row = NewPerson {
            id: person,
            pseudonym: PseudonymId::new(now, &mut random),
            organisation,
            identity,
            search_keys: &search_keys(identity),
            created_at: now,
            created_by: context.actor.account(),
        };
        store::person::insert(transaction, &self.master, row, &mut random).await?;
        let event = Event::PersonRegistered {
            person,
            organisation,
        };
        self.audit_in(transaction, context, event).await?;
        Ok(person)
    }

    /// Who a newcomer is; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn read_person(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<PersonView, ApplicationError> {
        let found = self.person_for(context, Action::ReadPerson, person).await?;
        self.audit_alone(context, Event::PersonRead { person })
            .await?;
        let mut view = self.view(&found)?;
        if let Actor::Staff(staff) = context.actor
            && staff.organisation != found.organisation
        {
            let consent = self.consent_towards(context, person).await?;
            view.identity = as_consented(view.identity, &consent.shown);
        }
        Ok(view)
    }

    /// Newcomers of the actor's organisation by name in any script, the likeliest first.
    ///
    /// Every word of the text must occur in a person's names.
    ///
    /// # Errors
    /// Fails when the actor may not or the text is too long.
    pub async fn search_persons(
        &self,
        context: &Context,
        text: &str,
    ) -> Result<Vec<PersonView>, ApplicationError> {
        self.authorise(context, Action::SearchPersons, Relation::OwnOrganisation)?;
        let organisation = context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)?;
        let found = self.named(organisation, text).await?;
        let event = Event::PersonsSearched {
            organisation,
            n_found: found.len() as u32,
        };
        self.audit_alone(context, event).await?;
        Ok(found)
    }

    /// Persons of an organisation by name in any script, the likeliest first; asks no policy and
    /// writes no event.
    pub(crate) async fn named(
        &self,
        organisation: OrganisationId,
        text: &str,
    ) -> Result<Vec<PersonView>, ApplicationError> {
        if text.chars().count() > LONGEST_SEARCH {
            return Err(InvalidInput::TooLong.into());
        }
        let wanted = NameKeys::of(text);
        let keys: Vec<String> = wanted.keys().into_iter().collect();
        let candidates =
            store::person::search(&self.store, &self.master, organisation, &keys, MOST_FOUND)
                .await?;
        let mut found = Vec::new();
        for candidate in &candidates {
            let view = self.view(candidate)?;
            let names = full_names(&view.identity);
            if wanted.is_within(&NameKeys::of(&names)) {
                found.push((likeness(text, &names), view));
            }
        }
        found.sort_by_key(|(likeness, view)| (std::cmp::Reverse(*likeness), view.person));
        Ok(found.into_iter().map(|(_, view)| view).collect())
    }

    /// Changes who a newcomer is.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`.
    pub async fn change_person(
        &self,
        context: &Context,
        person: PersonId,
        version: i64,
        identity: &Identity,
    ) -> Result<(), ApplicationError> {
        let found = self
            .person_for(context, Action::ChangePerson, person)
            .await?;
        let search_keys = search_keys(identity);
        let change = IdentityChange {
            version,
            identity,
            search_keys: &search_keys,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::person::update(
            &transaction,
            &self.master,
            &found,
            change,
            &mut self.random(),
        )
        .await?;
        self.audit_in(&transaction, context, Event::PersonChanged { person })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Erases a newcomer: the key is destroyed, so that nothing sealed with it can be read any
    /// more, also not from what the database left behind; the event in the audit log is the proof.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor, or not any more.
    pub async fn erase_person(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<(), ApplicationError> {
        self.person_for(context, Action::ErasePerson, person)
            .await?;
        let now = self.now();
        let transaction = self.store.begin().await?;
        if !store::person::erase(&transaction, person, now).await? {
            return Err(ApplicationError::NotFound);
        }
        store::session::end_all_of_person(&transaction, person, now).await?;
        store::login_code::withdraw_all(&transaction, person, now).await?;
        store::consent::withdraw_all(&transaction, person, now).await?;
        self.audit_in(&transaction, context, Event::PersonErased { person })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// A person who was not erased, if the actor may do this to them.
    pub(crate) async fn person_for(
        &self,
        context: &Context,
        action: Action,
        person: PersonId,
    ) -> Result<Person, ApplicationError> {
        let found = store::person::find(&self.store, person)
            .await?
            .filter(|found| found.erased_at.is_none());
        let Some(found) = found else {
            // As for someone else's person: what is not there must not look different.
            self.authorise(context, action, Relation::OtherOrganisation)?;
            return Err(ApplicationError::NotFound);
        };
        let relation = self.relation_to_person(context, &found).await?;
        self.authorise(context, action, relation)?;
        Ok(found)
    }

    async fn relation_to_person(
        &self,
        context: &Context,
        person: &Person,
    ) -> Result<Relation, ApplicationError> {
        Ok(match context.actor {
            Actor::Newcomer(newcomer) if newcomer.person == person.id => Relation::Themselves,
            Actor::Newcomer(_) | Actor::Program(_) | Actor::Machine => Relation::OtherOrganisation,
            Actor::Staff(staff) if staff.organisation == person.organisation => {
                Relation::OwnOrganisation
            }
            Actor::Staff(staff) => {
                let (receiver, now) = (staff.organisation, self.now());
                let consent =
                    store::consent::in_force(&self.store, person.id, receiver, now).await?;
                if consent.is_some() {
                    Relation::Consented
                } else {
                    Relation::OtherOrganisation
                }
            }
        })
    }

    pub(crate) fn view(&self, person: &Person) -> Result<PersonView, ApplicationError> {
        let identity = person
            .identity(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        Ok(PersonView {
            person: person.id,
            identity,
            version: person.version,
            changed_at: person.changed_at,
        })
    }
}

/// What another organisation may know of someone who consented: how to address them and, where that
/// is shown, how to reach them. Not the birth date (age), not the name on the permit or in the
/// original script (origin).
pub(crate) fn as_consented(identity: Identity, shown: &BTreeSet<CvPart>) -> Identity {
    let mut identity = identity;
    if !shown.contains(&CvPart::Contact) {
        identity.email = None;
        identity.phone = None;
    }
    identity.birth = None;
    identity.name.as_on_permit = None;
    identity.name.original_script = None;
    identity
}

/// Folded names under which a person is found.
pub(crate) fn search_keys(identity: &Identity) -> Vec<String> {
    NameKeys::of(&full_names(identity))
        .keys()
        .into_iter()
        .collect()
}

pub(crate) fn full_names(identity: &Identity) -> String {
    let parts: Vec<&str> = identity.name.parts().map(NamePart::as_str).collect();
    parts.join(" ")
}
