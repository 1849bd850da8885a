//! Removing what was kept long enough, term by term, each with its event in the audit log.

use store::retention::{self, Term};

use crate::audit::Event;
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context};

/// Whether something is removed or only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionRun {
    /// It is removed.
    Remove,
    /// It is counted; nothing changes.
    Count,
}

/// What a term was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppliedTerm {
    /// Which.
    pub term: Term,
    /// Rows that it no longer allows to keep.
    pub n_rows: u64,
}

impl Application {
    /// Applies the terms that are declared for every column and that a number of days decides.
    ///
    /// A term is applied as a whole or not at all; what fails later leaves the earlier ones
    /// applied. Applying them again removes nothing more.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] for everybody but the machine.
    pub async fn apply_retention(
        &self,
        context: &Context,
        run: RetentionRun,
    ) -> Result<Vec<AppliedTerm>, ApplicationError> {
        self.authorise(context, Action::ApplyRetention, Relation::Installation)?;
        let now = self.now();
        let mut applied = Vec::with_capacity(Term::ALL.len());
        for term in Term::ALL {
            let transaction = self.store.begin().await?;
            let n_rows = retention::apply(&transaction, term, now).await?;
            applied.push(AppliedTerm { term, n_rows });
            // Counting is removing that is not committed, so that both know the same rows.
            if run == RetentionRun::Count || n_rows == 0 {
                continue;
            }
            let n_rows = u32::try_from(n_rows).unwrap_or(u32::MAX);
            let event = Event::RetentionApplied { term, n_rows };
            self.audit_in(&transaction, context, event).await?;
            transaction.commit().await?;
        }
        Ok(applied)
    }
}
