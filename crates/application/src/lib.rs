//! Use cases: authorise, transact, audit.
//!
//! Everything that people can do is a method of [`Application`], sorted into modules by matter.
//! Each one asks the [`policy`], does its work in one transaction and leaves an event in the audit
//! log in the same transaction; reading personal data is an event, too.
//! Who acts is a [`Context`]; time and randomness come from [`Surroundings`].
//!
//! This crate must not know HTTP, HTML, cookies or SQL.

mod access_log;
mod api_tokens;
pub mod audit;
pub mod candidate_help;
mod caseload;
mod cases;
mod consent;
mod context;
pub mod cv;
pub mod diplomas;
mod error;
pub mod features;
pub mod gaps;
mod hashing;
pub mod hiring;
pub mod identity_provider;
mod key_rotation;
pub mod labour_market;
mod login_code;
pub mod matches;
pub mod may_work;
mod memberships;
pub mod obligations;
mod organisations;
mod own_login;
mod passwords;
mod persons;
pub mod policy;
pub mod profiles;
mod retention;
mod session;
pub mod sign_in;
mod staff;
mod statistics;
mod surroundings;
pub mod throttle;
pub mod vacancies;
pub mod work;

use std::sync::Arc;

use chacha20::ChaCha20Rng;
use domain::day::Day;
use domain::moment::Moment;
use guidance::{GuidanceSet, RuleStore};
use store::Store;
use store::setting::KEY_CHECK;
use vault::keys::MasterKey;
use vault::password::StoredPassword;

pub use access_log::AccessView;
pub use api_tokens::NewApiToken;
pub use audit::AuditReport;
pub use caseload::{
    BulkOutcome, CaseFilter, CaseList, CaseRow, CaseloadCounts, Duplicate, DuplicateBy,
    ImportDecision, ImportFault, ImportOutcome, ImportPreview, ImportReason, ImportRow, ListForm,
    NextAction, ROUNDED_TO, SavedCaseSearch, Whose,
};
pub use cases::{
    AgreedPlan, CaseAt, CaseGuidance, CaseRules, CaseView, DecideAdvice, OpenCase, OwnPlan,
    OwnStep, OwnStepKind, PlanPaper, Refusal, Saved, THEMES, Tick,
};
pub use consent::{ConsentTerms, SharedPerson};
pub use context::{Actor, Context, NewcomerActor, ProgramActor, Reason, StaffActor};
pub use error::{ApplicationError, InvalidInput};
pub use key_rotation::Rotated;
pub use login_code::IssuedCode;
pub use memberships::RoleView;
pub use own_login::{OwnLoginView, SetOwnLogin};
pub use persons::{PersonView, RegisterPerson};
pub use retention::{AppliedTerm, RetentionRun};
pub use session::{LoggedIn, SessionRules};
pub use staff::{Enrolment, InviteStaff, StaffView};
pub use statistics::StatisticsRecords;
pub use store::Stale;
pub use store::api_token::ApiToken;
pub use store::consent::Consent;
pub use store::session::{Device, Session};
pub use surroundings::{Seeds, Surroundings};

/// The use cases over one database.
#[derive(Clone)]
pub struct Application {
    store: Store,
    master: MasterKey,
    surroundings: Surroundings,
    rules: Rules,
    guidance: Option<Arc<RuleStore>>,
    audit: Arc<audit::Queue>,
    /// Makes PDF; none in tests and small tools.
    typesetter: Option<Arc<dyn obligations::Typesetter>>,
    /// What a password is compared with when there is no account, so that it takes as long.
    unmatchable: StoredPassword,
    hashing: Arc<hashing::Hashing>,
    /// How often programs asked in the present minute.
    programs: Arc<throttle::ProgramUse>,
    /// Where staff can log in besides here; none unless it was configured.
    provider: Option<Arc<dyn sign_in::OpenIdProvider>>,
    /// Vacancies and profiles laid out for matching; none where nobody asks for matches.
    work: Option<Arc<work::Work>>,
}

/// Rules that an installation may change.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rules {
    /// How long sessions last.
    pub sessions: SessionRules,
    /// How often someone may try to log in.
    pub attempts: throttle::AttemptRules,
    /// How cases are kept.
    pub cases: CaseRules,
}

impl Application {
    /// The use cases over an open database.
    ///
    /// # Errors
    /// Fails when the system cannot hash.
    pub fn new(
        store: Store,
        master: MasterKey,
        surroundings: Surroundings,
        rules: Rules,
    ) -> Result<Application, ApplicationError> {
        let mut random = surroundings.random();
        let unmatchable = StoredPassword::unmatchable(&mut random)
            .map_err(|_| ApplicationError::Fault("hashing failed"))?;
        Ok(Application {
            store,
            master,
            surroundings,
            rules,
            guidance: None,
            audit: Arc::default(),
            typesetter: None,
            unmatchable,
            hashing: Arc::default(),
            programs: Arc::default(),
            provider: None,
            work: None,
        })
    }

    /// The same with the rules, clocks and instruments of the installation; everything around cases
    /// needs them.
    #[must_use]
    pub fn with_guidance(mut self, guidance: Arc<RuleStore>) -> Application {
        self.guidance = Some(guidance);
        self
    }

    /// The same with a provider of identities, with which staff can log in.
    #[must_use]
    pub fn with_provider(mut self, provider: Arc<dyn sign_in::OpenIdProvider>) -> Application {
        self.provider = Some(provider);
        self
    }

    /// The rules, clocks and instruments in force.
    ///
    /// # Errors
    /// Fails when the application was started without any.
    pub fn guidance(&self) -> Result<Arc<GuidanceSet>, ApplicationError> {
        let store = self.guidance.as_ref();
        store
            .map(|store| store.current())
            .ok_or(ApplicationError::Fault("no guidance was given"))
    }

    /// The day that calendars in the Netherlands show now.
    #[must_use]
    pub fn today(&self) -> Day {
        Day::in_the_netherlands(self.now())
    }

    /// The database, for commands that care for it as a whole (backup, migration).
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// This application, sure that its master key is the one that the database was set up with,
    /// now and whenever it writes; the first key that comes is remembered.
    ///
    /// # Errors
    /// [`ApplicationError::OtherKey`] when it is another.
    pub async fn check_key(mut self) -> Result<Application, ApplicationError> {
        let check = key_rotation::key_check(&self.master);
        match store::setting::find(&self.store, KEY_CHECK).await? {
            Some(known) if known == check => {}
            Some(_) => return Err(ApplicationError::OtherKey),
            None => {
                let transaction = self.store.begin().await?;
                store::setting::put(&transaction, KEY_CHECK, &check, self.now()).await?;
                transaction.commit().await?;
            }
        }
        self.store = self.store.sealed_with(&check);
        Ok(self)
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.surroundings.now()
    }

    /// How many passwords were compared since the start. Every attempt to log in costs one,
    /// whether there is such an account or not, so that the time to answer tells nothing.
    #[must_use]
    pub fn passwords_compared(&self) -> u64 {
        self.hashing.n_compared()
    }

    fn random(&self) -> ChaCha20Rng {
        self.surroundings.random()
    }
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application")
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
