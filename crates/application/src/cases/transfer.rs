//! Handing a case over, and covering for a colleague.

use domain::case::{Cover, Note};
use domain::day::Day;
use domain::id::{AccountId, OrganisationId};
use domain::organisation::Role;

use super::{CaseAt, Saved};
use crate::audit::CaseStep;
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context, InvalidInput};

impl Application {
    /// Hands a case to another klantmanager of the organisation; the pack made from the file is
    /// kept with it.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::NotAKlantmanager`].
    pub async fn transfer_case(
        &self,
        context: &Context,
        at: CaseAt,
        to: AccountId,
        note: Option<Note>,
    ) -> Result<Saved, ApplicationError> {
        self.own_klantmanager(context, to).await?;
        self.edit(context, at, CaseStep::Transfer, |content, edit| {
            content.transfer(edit.klantmanager, to, note, edit.stamp)?;
            edit.klantmanager = Some(to);
            Ok(None)
        })
        .await
    }

    /// Arranges that a colleague covers for the klantmanager between two days, both included, or
    /// that nobody does.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::NotAKlantmanager`],
    /// `CaseFault::EndsBeforeItBegins`.
    pub async fn cover_case(
        &self,
        context: &Context,
        at: CaseAt,
        cover: Option<(AccountId, Day, Day)>,
    ) -> Result<Saved, ApplicationError> {
        if let Some((by, _, _)) = cover {
            self.own_klantmanager(context, by).await?;
        }
        self.edit(context, at, CaseStep::Transfer, |content, edit| {
            let stamp = edit.stamp;
            content.set_cover(cover.map(|(by, from, until)| Cover {
                by,
                from,
                until,
                stamp,
            }))?;
            Ok(None)
        })
        .await
    }

    /// Klantmanagers of the actor's organisation to whom a case can be handed: account and name.
    ///
    /// # Errors
    /// Fails when the actor may not hand cases over.
    pub async fn list_klantmanagers(
        &self,
        context: &Context,
    ) -> Result<Vec<(AccountId, String)>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::TransferCase)?;
        let staff = store::staff::list(&self.store, Some(organisation)).await?;
        Ok(staff
            .into_iter()
            .filter(|(account, membership)| {
                account.disabled_at.is_none() && membership.role == Role::Klantmanager
            })
            .map(|(account, _)| (account.id, account.display_name))
            .collect())
    }

    async fn own_klantmanager(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<(), ApplicationError> {
        let known = self.list_klantmanagers(context).await?;
        if known.iter().any(|(id, _)| *id == account) {
            Ok(())
        } else {
            Err(InvalidInput::NotAKlantmanager.into())
        }
    }

    /// The organisation for which the actor may do this.
    pub(crate) fn own_organisation(
        &self,
        context: &Context,
        action: Action,
    ) -> Result<OrganisationId, ApplicationError> {
        self.authorise(context, action, Relation::OwnOrganisation)?;
        context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)
    }
}
