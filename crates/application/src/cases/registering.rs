//! Registering a newcomer together with the first case: both or neither.

use domain::id::{CaseId, OrganisationId, PersonId};
use domain::person::Identity;
use store::Transaction;

use super::{CaseAt, NewOpen, OpenCase};
use crate::audit::Event;
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context, RegisterPerson};

impl Application {
    /// Registers a newcomer with the actor's organisation and opens their case, of which the actor
    /// becomes klantmanager; when either cannot be written, neither is.
    ///
    /// # Errors
    /// Fails when the actor may not; as [`Application::open_case`] for what the case begins with.
    pub async fn register_with_case(
        &self,
        context: &Context,
        new: &RegisterPerson,
        case: &OpenCase,
    ) -> Result<(PersonId, CaseAt), ApplicationError> {
        let organisation = self.own_organisation(context, Action::RegisterPerson)?;
        self.authorise(context, Action::GuideCase, Relation::OwnOrganisation)?;
        let transaction = self.store.begin().await?;
        let (person, case) = self
            .bring_in(&transaction, context, organisation, (&new.identity, case))
            .await?;
        transaction.commit().await?;
        Ok((person, CaseAt { case, version: 1 }))
    }

    /// Writes a newcomer with their case and the events of both in a transaction of the caller, who
    /// asked the policy.
    pub(crate) async fn bring_in(
        &self,
        transaction: &Transaction,
        context: &Context,
        organisation: OrganisationId,
        (identity, case): (&Identity, &OpenCase),
    ) -> Result<(PersonId, CaseId), ApplicationError> {
        let content = self.new_content(context, case)?;
        let person = self
            .insert_person(transaction, context, organisation, identity)
            .await?;
        let key = store::person::find(transaction, person)
            .await?
            .ok_or(ApplicationError::NotFound)?
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let open = NewOpen {
            person,
            organisation,
            klantmanager: context.actor.account(),
        };
        let case = self.insert_case(transaction, &key, open, &content).await?;
        self.audit_in(transaction, context, Event::CaseOpened { person, case })
            .await?;
        Ok((person, case))
    }
}
