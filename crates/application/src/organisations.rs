//! Organisations, and the question that every use case begins with.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::OrganisationId;
use domain::organisation::OrganisationKind;
use store::organisation::Organisation;

use crate::audit::Event;
use crate::policy::{self, Action, Decision, Relation, Standing};
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Longest name of an organisation or account in characters.
const LONGEST_NAME: usize = 200;

impl Application {
    /// Adds an organisation.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when the name is taken.
    pub async fn add_organisation(
        &self,
        context: &Context,
        kind: OrganisationKind,
        name: &str,
    ) -> Result<OrganisationId, ApplicationError> {
        self.authorise(context, Action::ManageOrganisations, Relation::Installation)?;
        let name = valid_name(name)?;
        let id = OrganisationId::new(self.now(), &mut self.random());
        let organisation = Organisation {
            id,
            kind,
            name,
            created_at: self.now(),
            disabled_at: None,
        };
        let transaction = self.store.begin().await?;
        store::organisation::insert(&transaction, &organisation).await?;
        let event = Event::OrganisationAdded { organisation: id };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// All organisations by name.
    ///
    /// # Errors
    /// Fails when the actor may not or the database cannot be read.
    pub async fn list_organisations(
        &self,
        context: &Context,
    ) -> Result<Vec<Organisation>, ApplicationError> {
        self.authorise(context, Action::ManageOrganisations, Relation::Installation)?;
        Ok(store::organisation::list(&self.store).await?)
    }

    /// Names of organisations that somebody who is logged in met: names of organisations are no
    /// personal data, and unknown ids are left out.
    ///
    /// # Errors
    /// Fails when the database cannot be read.
    pub async fn organisation_names(
        &self,
        ids: BTreeSet<OrganisationId>,
    ) -> Result<BTreeMap<OrganisationId, String>, ApplicationError> {
        let mut names = BTreeMap::new();
        for id in ids {
            if let Some(found) = store::organisation::find(&self.store, id).await? {
                names.insert(id, found.name);
            }
        }
        Ok(names)
    }

    /// Asks the policy.
    pub(crate) fn authorise(
        &self,
        context: &Context,
        action: Action,
        relation: Relation,
    ) -> Result<(), ApplicationError> {
        match policy::decide(Standing::from(&context.actor), action, relation) {
            Decision::Allow => Ok(()),
            Decision::Refuse => Err(ApplicationError::Forbidden),
            Decision::Hide => Err(ApplicationError::NotFound),
        }
    }

    /// How an organisation stands to the actor.
    pub(crate) fn relation_to(context: &Context, organisation: OrganisationId) -> Relation {
        if context.actor.organisation() == Some(organisation) {
            Relation::OwnOrganisation
        } else {
            Relation::OtherOrganisation
        }
    }
}

/// A name as it was typed, without spaces around it.
pub(crate) fn valid_name(name: &str) -> Result<String, InvalidInput> {
    let name = name.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(InvalidInput::Name)
    }
}
