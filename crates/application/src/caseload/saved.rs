//! Searches that a klantmanager keeps under a name.

use domain::id::SavedSearchId;
use store::saved_search::SavedSearch;

use super::{CaseFilter, SavedCaseSearch};
use crate::audit::Event;
use crate::organisations::valid_name;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Most searches that somebody keeps.
const MOST: usize = 100;

impl Application {
    /// Keeps a search under a name.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when the actor has one of this name.
    pub async fn save_search(
        &self,
        context: &Context,
        name: &str,
        filter: &CaseFilter,
    ) -> Result<SavedSearchId, ApplicationError> {
        if self.saved_searches(context).await?.len() >= MOST {
            return Err(InvalidInput::Amount.into());
        }
        let id = SavedSearchId::new(self.now(), &mut self.random());
        let search = self.search_row(context, id, (name, filter), 1)?;
        let transaction = self.store.begin().await?;
        store::saved_search::insert(&transaction, &search).await?;
        let account = search.account;
        self.audit_in(&transaction, context, Event::SavedSearchChanged { account })
            .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Changes name and filter of a search of the actor.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when it was changed since `version`,
    /// [`ApplicationError::NotFound`], [`ApplicationError::AlreadyThere`].
    pub async fn change_search(
        &self,
        context: &Context,
        id: SavedSearchId,
        version: i64,
        (name, filter): (&str, &CaseFilter),
    ) -> Result<(), ApplicationError> {
        let search = self.search_row(context, id, (name, filter), version)?;
        let transaction = self.store.begin().await?;
        store::saved_search::update(&transaction, &search).await?;
        let account = search.account;
        self.audit_in(&transaction, context, Event::SavedSearchChanged { account })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets a search of the actor.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the actor has no such search.
    pub async fn drop_search(
        &self,
        context: &Context,
        id: SavedSearchId,
    ) -> Result<(), ApplicationError> {
        self.own_organisation(context, Action::ListCases)?;
        let account = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let transaction = self.store.begin().await?;
        if !store::saved_search::delete(&transaction, account, id).await? {
            return Err(ApplicationError::NotFound);
        }
        self.audit_in(&transaction, context, Event::SavedSearchChanged { account })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The searches of the actor, by name.
    ///
    /// # Errors
    /// Fails when the actor may not list cases.
    pub async fn saved_searches(
        &self,
        context: &Context,
    ) -> Result<Vec<SavedCaseSearch>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ListCases)?;
        let account = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let found = store::saved_search::of_account(&self.store, account, organisation).await?;
        found
            .into_iter()
            .map(|search| {
                Ok(SavedCaseSearch {
                    id: search.id,
                    name: search.name,
                    filter: serde_json::from_str(&search.filter)
                        .map_err(|_| ApplicationError::Fault("a saved search cannot be read"))?,
                    version: search.version,
                })
            })
            .collect()
    }

    fn search_row(
        &self,
        context: &Context,
        id: SavedSearchId,
        (name, filter): (&str, &CaseFilter),
        version: i64,
    ) -> Result<SavedSearch, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ListCases)?;
        if filter.text.chars().count() > 200 {
            return Err(InvalidInput::TooLong.into());
        }
        Ok(SavedSearch {
            id,
            account: context.actor.account().ok_or(ApplicationError::Forbidden)?,
            organisation,
            name: valid_name(name)?,
            filter: serde_json::to_string(filter)
                .map_err(|_| ApplicationError::Fault("a search cannot be written"))?,
            changed_at: self.now(),
            version,
        })
    }
}
