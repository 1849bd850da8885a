//! Cases: the file in which a klantmanager guides a newcomer.
//!
//! What stands in the file is opaque here; the features that own it give it meaning.

use domain::id::{AccountId, CaseId, PersonId};
use domain::moment::Moment;
use store::case_file::{CaseChange, CaseFile, NewCase};

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Longest content of a case in bytes.
const LONGEST: usize = 1 << 20;

/// A case, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// Id.
    pub case: CaseId,
    /// Whose case.
    pub person: PersonId,
    /// Who guides.
    pub klantmanager: Option<AccountId>,
    /// What stands in it.
    pub content: String,
    /// Counts changes, for [`Application::change_case`].
    pub version: i64,
    /// When it was closed.
    pub closed_at: Option<Moment>,
}

impl Application {
    /// Opens a case for a newcomer; the actor becomes klantmanager.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn open_case(
        &self,
        context: &Context,
        person: PersonId,
        content: &str,
    ) -> Result<CaseId, ApplicationError> {
        let found = self.person_for(context, Action::GuideCase, person).await?;
        check_length(content)?;
        let key = found.key(&self.master)?.ok_or(ApplicationError::NotFound)?;
        let mut random = self.random();
        let now = self.now();
        let case = CaseId::new(now, &mut random);
        let new = NewCase {
            id: case,
            person,
            organisation: found.organisation,
            klantmanager: context.actor.account(),
            payload: content,
            opened_at: now,
            opened_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::case_file::insert(&transaction, &key, new, &mut random).await?;
        self.audit_in(&transaction, context, Event::CaseOpened { person, case })
            .await?;
        transaction.commit().await?;
        Ok(case)
    }

    /// Reads a case; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such case for the actor.
    pub async fn read_case(
        &self,
        context: &Context,
        case: CaseId,
    ) -> Result<CaseView, ApplicationError> {
        let file = self.case(case).await?;
        let person = self
            .person_for(context, Action::GuideCase, file.person)
            .await?;
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let content = file.payload(&key)?.ok_or(ApplicationError::NotFound)?;
        let event = Event::CaseRead {
            person: file.person,
            case,
        };
        self.audit_alone(context, event).await?;
        Ok(CaseView {
            case,
            person: file.person,
            klantmanager: file.klantmanager,
            content,
            version: file.version,
            closed_at: file.closed_at,
        })
    }

    /// Changes what stands in a case.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it since `version`.
    pub async fn change_case(
        &self,
        context: &Context,
        case: CaseId,
        version: i64,
        content: &str,
    ) -> Result<(), ApplicationError> {
        let file = self.case(case).await?;
        let person = self
            .person_for(context, Action::GuideCase, file.person)
            .await?;
        check_length(content)?;
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let change = CaseChange {
            version,
            klantmanager: file.klantmanager,
            payload: content,
            closed_at: file.closed_at,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::case_file::update(&transaction, &key, case, change, &mut self.random()).await?;
        let event = Event::CaseChanged {
            person: file.person,
            case,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn case(&self, case: CaseId) -> Result<CaseFile, ApplicationError> {
        store::case_file::find(&self.store, case)
            .await?
            .ok_or(ApplicationError::NotFound)
    }
}

fn check_length(content: &str) -> Result<(), InvalidInput> {
    if content.len() > LONGEST {
        return Err(InvalidInput::TooLong);
    }
    Ok(())
}
