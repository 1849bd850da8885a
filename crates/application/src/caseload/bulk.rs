//! One task for many cases.

use domain::case::NewTask;
use domain::id::CaseId;

use crate::audit::CaseStep;
use crate::cases::CaseAt;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Most cases that get a task at once.
const MOST: usize = 200;

/// What became of a task for many cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkOutcome {
    /// Cases that have it now, with the version and the number of the task in each.
    pub added: Vec<(CaseAt, u32)>,
    /// Cases that are closed and did not get it.
    pub closed: Vec<CaseId>,
}

impl Application {
    /// Adds a task to each of these cases, to all or, when one cannot be found, to none.
    ///
    /// A task is only added, so nobody's change can be lost; no version is asked.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when one of them is not there for the actor;
    /// [`InvalidInput::Amount`] for none or more than 200; [`ApplicationError::Stale`] when one is
    /// being changed at this moment.
    pub async fn add_task_to_many(
        &self,
        context: &Context,
        cases: &[CaseId],
        task: &NewTask,
    ) -> Result<BulkOutcome, ApplicationError> {
        let mut cases = cases.to_vec();
        cases.sort_unstable();
        cases.dedup();
        if cases.is_empty() || cases.len() > MOST {
            return Err(InvalidInput::Amount.into());
        }
        let mut opened = Vec::with_capacity(cases.len());
        for case in cases {
            opened.push(self.opened(context, Action::GuideCase, case).await?);
        }
        let mut outcome = BulkOutcome::default();
        let transaction = self.store.begin().await?;
        for mut one in opened {
            let at = CaseAt {
                case: one.file.id,
                version: one.file.version,
            };
            if one.file.closed_at.is_some() {
                outcome.closed.push(at.case);
                continue;
            }
            let what = (at, CaseStep::Tasks);
            let task = task.clone();
            let saved = self
                .edit_in(&transaction, context, what, &mut one, |content, edit| {
                    Ok(Some(content.add_task(task, edit.stamp)?))
                })
                .await?;
            outcome
                .added
                .push((saved.at, saved.number.unwrap_or_default()));
        }
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Takes back a task that was just given to many, as [`BulkOutcome::added`] named the cases;
    /// how many could be taken back. A case that was changed since keeps its task.
    ///
    /// # Errors
    /// [`InvalidInput::Amount`] for none or more than 200; fails when storage does.
    pub async fn take_back_from_many(
        &self,
        context: &Context,
        cases: &[CaseAt],
    ) -> Result<usize, ApplicationError> {
        if cases.is_empty() || cases.len() > MOST {
            return Err(InvalidInput::Amount.into());
        }
        let mut n_taken_back = 0;
        for at in cases {
            match self.undo_case(context, *at).await {
                Ok(_) => n_taken_back += 1,
                Err(ApplicationError::Stale(_) | ApplicationError::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(n_taken_back)
    }
}
