//! What can go wrong in a use case, as whoever asked may know it.

use std::sync::Arc;

use commitments::register::RegisterError;
use domain::case::CaseFault;
use domain::moment::Moment;
use domain::profile::ProfileFault;
use domain::vacancy::VacancyFault;
use exchange::WriteError;
use exchange::chamber::ChamberError;
use store::{Stale, StoreError};

use crate::cases::Refusal;
use crate::obligations::TypesettingError;
use crate::sign_in::ProviderError;

/// Why a use case did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ApplicationError {
    /// There is no such thing, or the actor may not know that there is.
    #[error("there is no such thing")]
    NotFound,
    /// The actor may not do this.
    #[error("this is not allowed")]
    Forbidden,
    /// What was given cannot be.
    #[error("{0}")]
    Invalid(#[from] InvalidInput),
    /// Someone else changed it in between; nothing was overwritten.
    #[error("it was changed by someone else in between")]
    Stale(Stale),
    /// A rule forbids it, or cannot be answered yet; which one is told.
    #[error("a rule forbids this")]
    Refused(Box<Refusal>),
    /// There is already one.
    #[error("there is already one")]
    AlreadyThere,
    /// Name, password, one-time password or code are wrong; which of them is not told.
    #[error("these credentials are not right")]
    WrongCredentials,
    /// The provider of identities does not answer; it may later.
    #[error("the provider of identities does not answer")]
    NoProvider(#[source] ProviderError),
    /// The answer of the provider of identities is refused, told apart from wrong credentials only
    /// in the log.
    #[error("the answer of the provider of identities is refused")]
    RefusedByProvider(#[source] ProviderError),
    /// Too many attempts; the next is possible at a time.
    #[error("too many attempts")]
    TooManyAttempts {
        /// When to try again.
        again_at: Moment,
    },
    /// Too many details of candidates were opened for a vacancy within a day.
    #[error("too many details were opened")]
    TooManyOpenings {
        /// When the next can be opened.
        again_at: Moment,
    },
    /// There is no such session or it is over.
    #[error("the session is over")]
    SessionOver,
    /// The database is locked, gone or full; nothing was written and it may work later.
    #[error("the system is not available now")]
    Unavailable(#[source] Arc<StoreError>),
    /// The database holds what it must not or refused a statement: a fault of the program.
    #[error("storage failed")]
    Storage(#[source] Arc<StoreError>),
    /// The register of motions and commitments refuses it.
    #[error("the register refuses this")]
    Obligation(#[from] RegisterError),
    /// A file is hostile, damaged or of another kind.
    #[error("the file is refused")]
    Document(#[source] Arc<exchange::Refusal>),
    /// A page is no page of the open data of the Chamber.
    #[error("this is no page of the open data of the Chamber")]
    Chamber(#[source] Arc<ChamberError>),
    /// A file could not be written: a fault of the program.
    #[error("a file cannot be written")]
    Export(#[source] Arc<WriteError>),
    /// A PDF could not be made: a fault of the program.
    #[error(transparent)]
    Typesetting(#[from] TypesettingError),
    /// The master key is not the one that the database was set up with.
    #[error("the master key is not the one that this database was set up with")]
    OtherKey,
    /// Another fault of the program.
    #[error("{0}")]
    Fault(&'static str),
}

/// What was wrong with what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInput {
    /// Not a login name: an e-mail address is asked.
    #[error("a login name is an e-mail address")]
    LoginName,
    /// An empty or too long name of an account or organisation.
    #[error("a name has 1 to 200 characters")]
    Name,
    /// A role that this kind of organisation cannot give.
    #[error("an organisation of this kind cannot give this role")]
    Role,
    /// A password that is too short, too long or too well known.
    #[error("the password is too short, too long or too well known")]
    Password,
    /// Not a name to log in with: 4 to 60 characters, not the password.
    #[error("a name to log in with has 4 to 60 characters")]
    OwnName,
    /// No scope, or one that this kind of organisation cannot give.
    #[error("an organisation of this kind cannot give these scopes")]
    Scopes,
    /// A token that works for no or too long a time.
    #[error("a token works for 1 to 365 days")]
    TokenDays,
    /// The one-time password does not fit to the secret.
    #[error("the one-time password is not right")]
    OneTimePassword,
    /// Text that is too long.
    #[error("the text is too long")]
    TooLong,
    /// A profile beyond its limits.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// A residence situation that guidance does not know.
    #[error("there is no such residence situation")]
    Residence,
    /// A vacancy beyond its limits, or incomplete.
    #[error(transparent)]
    Vacancy(#[from] VacancyFault),
    /// A step that does not follow from where the match stands.
    #[error("this step does not follow from where the match stands")]
    MatchStep,
    /// No skill of the vacancy is known to the catalogue in use.
    #[error("the catalogue knows no demanded skill")]
    UnknownSkills,
    /// More at a time than is taken.
    #[error("too much at a time")]
    TooMany,
    /// A case refuses it.
    #[error(transparent)]
    Case(#[from] CaseFault),
    /// A fact, event, barrier, instrument or value that the guidance does not know.
    #[error("the guidance does not know this fact, event, barrier, instrument or value")]
    UnknownToGuidance,
    /// The case is closed.
    #[error("the case is closed")]
    CaseClosed,
    /// Topics of the intake are missing.
    #[error("the intake is not complete")]
    IntakeIncomplete,
    /// Themes or hours of the labour-market module (MAP) are missing.
    #[error("the labour-market module lacks themes or hours")]
    ModuleIncomplete,
    /// The last change is not the actor's own, or too long ago.
    #[error("the last change cannot be undone any more")]
    UndoOver,
    /// Not a klantmanager of this organisation.
    #[error("not a klantmanager of this organisation")]
    NotAKlantmanager,
    /// Nothing, or more than can be done at once.
    #[error("nothing was chosen, or more than can be done at once")]
    Amount,
    /// Nothing where something has to be.
    #[error("this must not be empty")]
    Empty,
    /// An action or indicator that the programme and the monitor do not have.
    #[error("there is no such action or indicator")]
    UnknownTie,
    /// A day that is still to come, for something that was done.
    #[error("the day is still to come")]
    FutureDay,
}

impl ApplicationError {
    /// What a failure of storage that several wait for is to each of them.
    pub(crate) fn of_shared(error: Arc<StoreError>) -> ApplicationError {
        match *error {
            StoreError::Unavailable(_) => ApplicationError::Unavailable(error),
            StoreError::OtherKey => ApplicationError::OtherKey,
            _ => ApplicationError::Storage(error),
        }
    }

    /// A word that stays the same, for problem documents, logs and translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ApplicationError::NotFound => "not-found",
            ApplicationError::Forbidden => "forbidden",
            ApplicationError::Invalid(_) => "invalid",
            ApplicationError::Stale(_) => "stale",
            ApplicationError::Refused(_) => "refused",
            ApplicationError::AlreadyThere => "already-there",
            ApplicationError::WrongCredentials | ApplicationError::RefusedByProvider(_) => {
                "wrong-credentials"
            }
            ApplicationError::NoProvider(_) => "unavailable",
            ApplicationError::TooManyAttempts { .. } => "too-many-attempts",
            ApplicationError::TooManyOpenings { .. } => "too-many-openings",
            ApplicationError::SessionOver => "session-over",
            ApplicationError::Unavailable(_) => "unavailable",
            ApplicationError::Obligation(_) => "refused",
            ApplicationError::Document(_) | ApplicationError::Chamber(_) => "document-refused",
            ApplicationError::Storage(_)
            | ApplicationError::Export(_)
            | ApplicationError::Typesetting(_)
            | ApplicationError::OtherKey
            | ApplicationError::Fault(_) => "fault",
        }
    }
}

impl From<exchange::Refusal> for ApplicationError {
    fn from(refusal: exchange::Refusal) -> ApplicationError {
        ApplicationError::Document(Arc::new(refusal))
    }
}

impl From<ChamberError> for ApplicationError {
    fn from(error: ChamberError) -> ApplicationError {
        ApplicationError::Chamber(Arc::new(error))
    }
}

impl From<WriteError> for ApplicationError {
    fn from(error: WriteError) -> ApplicationError {
        ApplicationError::Export(Arc::new(error))
    }
}

impl From<StoreError> for ApplicationError {
    fn from(error: StoreError) -> ApplicationError {
        match error {
            StoreError::Stale(stale) => ApplicationError::Stale(stale),
            StoreError::Duplicate => ApplicationError::AlreadyThere,
            StoreError::Missing => ApplicationError::NotFound,
            StoreError::OtherKey => ApplicationError::OtherKey,
            error => ApplicationError::of_shared(Arc::new(error)),
        }
    }
}

impl From<ProfileFault> for ApplicationError {
    fn from(fault: ProfileFault) -> ApplicationError {
        ApplicationError::Invalid(InvalidInput::Profile(fault))
    }
}

impl From<VacancyFault> for ApplicationError {
    fn from(fault: VacancyFault) -> ApplicationError {
        ApplicationError::Invalid(InvalidInput::Vacancy(fault))
    }
}

impl From<CaseFault> for ApplicationError {
    fn from(fault: CaseFault) -> ApplicationError {
        ApplicationError::Invalid(InvalidInput::Case(fault))
    }
}
