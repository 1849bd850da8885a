//! Who looked at a newcomer's data, as the newcomer sees it.

use domain::id::{OrganisationId, PersonId};
use domain::moment::Moment;
use domain::organisation::Role;

use crate::audit::{Event, Record, Who};
use crate::context::Reason;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Most entries that are given at a time.
const PAGE: u64 = 100;

/// One entry of the access log: organisation and role, not the name of a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessView {
    /// Number in the audit log, for asking on.
    pub number: u64,
    /// When.
    pub at: Moment,
    /// For which organisation and in which role; none for the person themselves or the system.
    pub by: Option<(OrganisationId, Role)>,
    /// Why.
    pub why: Reason,
    /// What was done.
    pub what: Event,
}

impl Application {
    /// Who did what with a newcomer's data, the newest first, from before an entry on.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn access_log(
        &self,
        context: &Context,
        person: PersonId,
        before: Option<u64>,
    ) -> Result<Vec<AccessView>, ApplicationError> {
        self.person_for(context, Action::ReadAccessLog, person)
            .await?;
        self.audit_alone(context, Event::AccessLogRead { person })
            .await?;
        let entries = store::audit::about_person(&self.store, person, before, PAGE).await?;
        entries
            .into_iter()
            .map(|entry| {
                let record: Record = serde_json::from_str(&entry.event.content)
                    .map_err(|_| ApplicationError::Fault("an audit entry is no event"))?;
                Ok(AccessView {
                    number: entry.number,
                    at: record.at,
                    by: match record.who {
                        Who::Staff {
                            organisation, role, ..
                        } => Some((organisation, role)),
                        Who::Newcomer { .. } | Who::Program { .. } | Who::Machine | Who::Nobody => {
                            None
                        }
                    },
                    why: record.why,
                    what: record.what,
                })
            })
            .collect()
    }
}
