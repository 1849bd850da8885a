//! What is written down of everything that happens: typed events, and the check of their chain.
//!
//! An event says who, in which role, what, whose, why and when; it holds ids, never names.

use std::sync::{Arc, Mutex, PoisonError};

use domain::id::{
    AccountId, ApiTokenId, CaseId, MembershipId, OrganisationId, PersonId, SessionId, VacancyId,
};
use domain::match_state::MatchState;
use domain::moment::Moment;
use domain::organisation::Role;
use domain::vacancy::VacancyState;
use serde::{Deserialize, Serialize};
use store::audit::NewEntry;
use store::retention::Term;
use store::{Store, StoreError, Transaction};
use tokio::sync::oneshot;
use vault::chain::{Anchor, ChainError, Verifier};

use crate::context::{Actor, Context, Reason};
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError};

/// Entries that are checked at a time.
const PAGE: u64 = 1000;

/// Everything that is kept of something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When.
    pub at: Moment,
    /// Who, in which role.
    pub who: Who,
    /// Why.
    pub why: Reason,
    /// What, and whose.
    pub what: Event,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Who {
    /// A member of staff.
    Staff {
        /// Account.
        account: AccountId,
        /// For which organisation.
        organisation: OrganisationId,
        /// In which role.
        role: Role,
    },
    /// A newcomer.
    Newcomer {
        /// Who.
        person: PersonId,
    },
    /// A program of an organisation.
    Program {
        /// The token that it showed.
        token: ApiTokenId,
        /// Whose program.
        organisation: OrganisationId,
    },
    /// Whoever has the machine's shell.
    Machine,
    /// Someone who did not log in.
    Nobody,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names of events and their ids say what they are"
)]
pub enum Event {
    OrganisationAdded {
        organisation: OrganisationId,
    },
    StaffInvited {
        account: AccountId,
        organisation: OrganisationId,
        role: Role,
    },
    StaffEnrolled {
        account: AccountId,
    },
    StaffReset {
        account: AccountId,
    },
    StaffDisabled {
        account: AccountId,
    },
    StaffLinked {
        account: AccountId,
    },
    RoleGranted {
        account: AccountId,
        membership: MembershipId,
    },
    RoleEnded {
        account: AccountId,
        membership: MembershipId,
    },
    RoleChosen {
        account: AccountId,
        membership: MembershipId,
    },
    ApiTokenMade {
        token: ApiTokenId,
        organisation: OrganisationId,
    },
    ApiTokenEnded {
        token: ApiTokenId,
        organisation: OrganisationId,
    },
    LoggedIn {
        session: SessionId,
    },
    LoginRefused {
        account: Option<AccountId>,
    },
    LoggedOut {
        session: SessionId,
    },
    LoginCodeIssued {
        person: PersonId,
    },
    LoginCodeRefused,
    OwnLoginSet {
        person: PersonId,
    },
    OwnLoginRemoved {
        person: PersonId,
    },
    OwnLoginRefused,
    PersonRegistered {
        person: PersonId,
        organisation: OrganisationId,
    },
    PersonRead {
        person: PersonId,
    },
    PersonChanged {
        person: PersonId,
    },
    PersonsSearched {
        organisation: OrganisationId,
        n_found: u32,
    },
    PersonErased {
        person: PersonId,
    },
    CaseOpened {
        person: PersonId,
        case: CaseId,
    },
    CaseRead {
        person: PersonId,
        case: CaseId,
    },
    CaseChanged {
        person: PersonId,
        case: CaseId,
        step: CaseStep,
    },
    CaseDraftKept {
        person: PersonId,
        case: CaseId,
    },
    CasesListed {
        organisation: OrganisationId,
        n_found: u32,
    },
    CasesCounted {
        organisation: OrganisationId,
    },
    CasesImported {
        organisation: OrganisationId,
        n_added: u32,
    },
    CasesExported {
        organisation: OrganisationId,
        n_found: u32,
    },
    SavedSearchChanged {
        account: AccountId,
    },
    ConsentGiven {
        person: PersonId,
        receiver: OrganisationId,
    },
    ConsentWithdrawn {
        person: PersonId,
        receiver: OrganisationId,
    },
    ConsentsRead {
        person: PersonId,
    },
    AccessLogRead {
        person: PersonId,
    },
    ProfileRead {
        person: PersonId,
    },
    ProfileChanged {
        person: PersonId,
    },
    PoolJoined {
        person: PersonId,
    },
    PoolLeft {
        person: PersonId,
    },
    WorkRead {
        person: PersonId,
    },
    VacancyAdded {
        vacancy: VacancyId,
        organisation: OrganisationId,
    },
    VacancyChanged {
        vacancy: VacancyId,
        state: VacancyState,
    },
    CandidatesListed {
        vacancy: VacancyId,
        n_found: u32,
    },
    CandidatesCounted {
        vacancy: VacancyId,
    },
    MatchesRead {
        person: PersonId,
    },
    MatchesOfVacancyRead {
        vacancy: VacancyId,
    },
    MatchChanged {
        person: PersonId,
        vacancy: VacancyId,
        state: MatchState,
    },
    DetailsOpened {
        person: PersonId,
        vacancy: VacancyId,
    },
    ObligationsTaken {
        organisation: OrganisationId,
        n_new: u32,
        n_updated: u32,
    },
    ObligationAccepted {
        organisation: OrganisationId,
        number: u32,
    },
    ObligationDismissed {
        organisation: OrganisationId,
        number: u32,
    },
    ObligationMoved {
        organisation: OrganisationId,
        number: u32,
    },
    ObligationAmended {
        organisation: OrganisationId,
        number: u32,
    },
    ObligationsExported {
        organisation: OrganisationId,
        n_exported: u32,
    },
    RetentionApplied {
        term: Term,
        n_rows: u32,
    },
    KeyRotated {
        n_persons: u32,
    },
    StatisticsRead {
        n_spells: u32,
    },
}

/// What was changed in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStep {
    /// Phase, language, number.
    Bar,
    /// A talk or note.
    Timeline,
    /// Statements of the intake.
    Intake,
    /// Events, hours and themes of the clocks.
    Events,
    /// Barriers.
    Barriers,
    /// Decisions on advice.
    Advice,
    /// The plan.
    Plan,
    /// Tasks.
    Tasks,
    /// Placements and check-ins.
    Placements,
    /// Another klantmanager, or cover.
    Transfer,
    /// Closed or opened again.
    Closing,
    /// The last change was undone.
    Undone,
}

/// The outcome of a check of the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// The end of the log, to be kept outside the database.
    pub anchor: Anchor,
    /// Anchors that were compared.
    pub n_anchors: usize,
}

/// Why the audit log is not what was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuditError {
    /// The chain is broken, cut off or rewritten.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// An entry is no event, or what stands beside it for searching is not what it says.
    #[error("entry {number} is no event or does not match its columns")]
    Entry {
        /// Number of the entry.
        number: u64,
    },
    /// The end of the log in the database is not that of its last entry.
    #[error("the log has {entries} entries, its recorded end is {head}")]
    Head {
        /// Entries found.
        entries: u64,
        /// Entries according to the recorded end.
        head: u64,
    },
    /// The check itself failed.
    #[error(transparent)]
    Application(#[from] ApplicationError),
}

impl Event {
    /// Whose data it is about.
    #[expect(
        clippy::too_many_lines,
        reason = "one line per event, so that a new one must say whose data it is about"
    )]
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match *self {
            Event::LoginCodeIssued { person }
            | Event::OwnLoginSet { person }
            | Event::OwnLoginRemoved { person }
            | Event::PersonRegistered { person, .. }
            | Event::PersonRead { person }
            | Event::PersonChanged { person }
            | Event::PersonErased { person }
            | Event::CaseOpened { person, .. }
            | Event::CaseRead { person, .. }
            | Event::CaseChanged { person, .. }
            | Event::CaseDraftKept { person, .. }
            | Event::ConsentGiven { person, .. }
            | Event::ConsentWithdrawn { person, .. }
            | Event::ConsentsRead { person }
            | Event::AccessLogRead { person }
            | Event::ProfileRead { person }
            | Event::ProfileChanged { person }
            | Event::PoolJoined { person }
            | Event::PoolLeft { person }
            | Event::WorkRead { person }
            | Event::MatchesRead { person }
            | Event::MatchChanged { person, .. }
            | Event::DetailsOpened { person, .. } => Some(person),
            Event::OrganisationAdded { .. }
            | Event::StaffInvited { .. }
            | Event::StaffEnrolled { .. }
            | Event::StaffReset { .. }
            | Event::StaffDisabled { .. }
            | Event::StaffLinked { .. }
            | Event::RoleGranted { .. }
            | Event::RoleEnded { .. }
            | Event::RoleChosen { .. }
            | Event::ApiTokenMade { .. }
            | Event::ApiTokenEnded { .. }
            | Event::LoggedIn { .. }
            | Event::LoginRefused { .. }
            | Event::LoggedOut { .. }
            | Event::LoginCodeRefused
            | Event::OwnLoginRefused
            | Event::VacancyAdded { .. }
            | Event::VacancyChanged { .. }
            | Event::CandidatesListed { .. }
            | Event::CandidatesCounted { .. }
            | Event::MatchesOfVacancyRead { .. }
            | Event::CasesListed { .. }
            | Event::CasesCounted { .. }
            | Event::CasesImported { .. }
            | Event::CasesExported { .. }
            | Event::SavedSearchChanged { .. }
            | Event::PersonsSearched { .. }
            | Event::ObligationsTaken { .. }
            | Event::ObligationAccepted { .. }
            | Event::ObligationDismissed { .. }
            | Event::ObligationMoved { .. }
            | Event::ObligationAmended { .. }
            | Event::ObligationsExported { .. }
            | Event::RetentionApplied { .. }
            | Event::KeyRotated { .. }
            | Event::StatisticsRead { .. } => None,
        }
    }
}

impl Who {
    fn account(self) -> Option<AccountId> {
        match self {
            Who::Staff { account, .. } => Some(account),
            Who::Newcomer { .. } | Who::Program { .. } | Who::Machine | Who::Nobody => None,
        }
    }
}

impl From<&Actor> for Who {
    fn from(actor: &Actor) -> Who {
        match actor {
            Actor::Staff(staff) => Who::Staff {
                account: staff.account,
                organisation: staff.organisation,
                role: staff.role,
            },
            Actor::Newcomer(newcomer) => Who::Newcomer {
                person: newcomer.person,
            },
            Actor::Program(program) => Who::Program {
                token: program.token,
                organisation: program.organisation,
            },
            Actor::Machine => Who::Machine,
        }
    }
}

impl Record {
    fn entry(&self) -> Result<NewEntry, ApplicationError> {
        let fault = |_| ApplicationError::Fault("an audit event cannot be written");
        let what = serde_json::to_value(self.what).map_err(fault)?;
        Ok(NewEntry {
            kind: what["kind"].as_str().unwrap_or_default().to_owned(),
            // A newcomer who logs in or out touches their own data.
            person: self.what.person().or(match self.who {
                Who::Newcomer { person } => Some(person),
                Who::Staff { .. } | Who::Program { .. } | Who::Machine | Who::Nobody => None,
            }),
            actor: self.who.account(),
            content: serde_json::to_string(self).map_err(fault)?,
        })
    }
}

impl Application {
    /// Writes an event in the transaction of what happened; call it last.
    pub(crate) async fn audit_in(
        &self,
        transaction: &Transaction,
        context: &Context,
        what: Event,
    ) -> Result<(), ApplicationError> {
        let who = Who::from(&context.actor);
        self.audit_as(transaction, who, context.reason, what).await
    }

    /// Writes an event of someone who is not logged in yet.
    pub(crate) async fn audit_as(
        &self,
        transaction: &Transaction,
        who: Who,
        why: Reason,
        what: Event,
    ) -> Result<(), ApplicationError> {
        let record = Record {
            at: self.now(),
            who,
            why,
            what,
        };
        store::audit::append(transaction, record.entry()?).await?;
        Ok(())
    }

    /// Writes an event that changed nothing else, such as reading; it is in the log before the
    /// reader gets anything.
    pub(crate) async fn audit_alone(
        &self,
        context: &Context,
        what: Event,
    ) -> Result<(), ApplicationError> {
        let record = Record {
            at: self.now(),
            who: Who::from(&context.actor),
            why: context.reason,
            what,
        };
        self.audit.append(&self.store, record.entry()?).await
    }

    /// Checks the whole audit log against anchors kept outside the database.
    ///
    /// # Errors
    /// Fails when the log is not what was written, or cannot be read.
    pub async fn verify_audit(
        &self,
        context: &Context,
        anchors: &[Anchor],
    ) -> Result<AuditReport, AuditError> {
        self.authorise(context, Action::VerifyAudit, Relation::Installation)?;
        // One state of everything, while others write.
        let snapshot = self
            .store
            .snapshot()
            .await
            .map_err(ApplicationError::from)?;
        let mut verifier = Verifier::new(anchors.iter().copied());
        let mut last = 0;
        loop {
            let entries = store::audit::after(&snapshot, last, PAGE)
                .await
                .map_err(ApplicationError::from)?;
            for entry in &entries {
                // A gap in the numbers breaks the chain; the number itself is hashed.
                verifier.entry(entry.event.content.as_bytes(), entry.hash)?;
                last += 1;
                let record: Option<Record> = serde_json::from_str(&entry.event.content).ok();
                let matches = record
                    .and_then(|record| record.entry().ok())
                    .is_some_and(|again| again == entry.event && entry.number == last);
                if !matches {
                    return Err(AuditError::Entry { number: last });
                }
            }
            if (entries.len() as u64) < PAGE {
                break;
            }
        }
        let anchor = verifier.finish()?;
        let head = store::audit::head(&snapshot)
            .await
            .map_err(ApplicationError::from)?;
        if head != anchor {
            return Err(AuditError::Head {
                entries: anchor.entries,
                head: head.entries,
            });
        }
        Ok(AuditReport {
            anchor,
            n_anchors: anchors.len(),
        })
    }
}

/// Events that wait to be written together: a transaction that survives loss of power costs
/// milliseconds, however many events it holds.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    entry: NewEntry,
    outcome: oneshot::Sender<Result<(), Arc<StoreError>>>,
}

impl Queue {
    /// Writes an event, together with those that wait at the same time; done when it is durable.
    async fn append(&self, store: &Store, entry: NewEntry) -> Result<(), ApplicationError> {
        let (outcome, mut written) = oneshot::channel();
        self.lock().push(Waiting { entry, outcome });
        let turn = self.turn.lock().await;
        if written.is_empty() {
            // Nobody took it along: this is the one that writes for all who wait.
            let batch = std::mem::take(&mut *self.lock());
            let (entries, outcomes): (Vec<NewEntry>, Vec<_>) = batch
                .into_iter()
                .map(|waiting| (waiting.entry, waiting.outcome))
                .unzip();
            let result = write(store, entries).await.map_err(Arc::new);
            for outcome in outcomes {
                // Whoever does not wait any more needs no answer.
                let _ = outcome.send(result.clone());
            }
        }
        drop(turn);
        match written.try_recv() {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ApplicationError::of_shared(error)),
            // The one that wrote for us was stopped in the middle.
            Err(_) => Err(ApplicationError::Fault("the audit event was not written")),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        // A list of whole entries is never half-changed.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(store: &Store, entries: Vec<NewEntry>) -> Result<(), StoreError> {
    let transaction = store.begin().await?;
    for entry in entries {
        store::audit::append(&transaction, entry).await?;
    }
    transaction.commit().await
}
