//! Logging in, and the sessions that follow.

use chacha20::ChaCha20Rng;
use domain::id::{OrganisationId, PersonId, SessionId};
use domain::moment::Moment;
use store::Transaction;
use store::session::{Device, Holder, Session};
use store::staff::Membership;
use time::Duration;
use vault::token::Secret;

use crate::audit::{Event, Who};
use crate::context::{Actor, Context, NewcomerActor, Reason, StaffActor};
use crate::identity_provider::{IdentityProvider, ProvenAccount};
use crate::own_login::folded;
use crate::throttle::Network;
use crate::{Application, ApplicationError};

/// A session is written at most once in this time for being used.
const TOUCH_EVERY: Duration = Duration::MINUTE;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Staff: unused.
    pub staff_idle: Duration,
    /// Staff: at most.
    pub staff_longest: Duration,
    /// Newcomer on a device of their own: unused.
    pub own_idle: Duration,
    /// Newcomer on a device of their own: at most.
    pub own_longest: Duration,
    /// Newcomer on a shared device: unused.
    pub shared_idle: Duration,
    /// Newcomer on a shared device: at most.
    pub shared_longest: Duration,
}

impl Default for SessionRules {
    fn default() -> SessionRules {
        SessionRules {
            staff_idle: Duration::minutes(30),
            staff_longest: Duration::hours(12),
            own_idle: Duration::days(14),
            own_longest: Duration::days(60),
            shared_idle: Duration::minutes(10),
            shared_longest: Duration::hours(1),
        }
    }
}

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// What the browser keeps; it is not stored anywhere else.
    pub token: Secret,
    /// Who logged in.
    pub actor: Actor,
    /// When the session ends at the latest.
    pub ends_at: Moment,
}

impl Application {
    /// Logs a member of staff in, for the organisation they choose or their first.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] whatever was wrong;
    /// [`ApplicationError::TooManyAttempts`] after too many of those.
    pub async fn log_in<P: IdentityProvider<Proven = ProvenAccount>>(
        &self,
        provider: &P,
        proof: &P::Proof,
        network: Network,
        organisation: Option<OrganisationId>,
    ) -> Result<LoggedIn, ApplicationError> {
        let subject = P::subject(proof).map(|name| name.trim().to_lowercase());
        // Staff and newcomers are counted apart: a name of the one may be a name of the other.
        let counted = subject.as_ref().map(|name| format!("staff {name}"));
        let attempt = self.count_attempt(network, counted.as_deref()).await?;
        let outcome = match provider.prove(self, proof).await {
            Ok(proven) => {
                self.begin_staff_session(&proven, &attempt, organisation)
                    .await
            }
            Err(error) => Err(error),
        };
        let is_refused = matches!(
            outcome,
            Err(ApplicationError::WrongCredentials | ApplicationError::RefusedByProvider(_))
        );
        if is_refused {
            let account = match &subject {
                Some(name) => store::staff::find_by_login(&self.store, name)
                    .await?
                    .map(|a| a.id),
                None => None,
            };
            let transaction = self.store.begin().await?;
            let event = Event::LoginRefused { account };
            self.audit_as(&transaction, Who::Nobody, Reason::Access, event)
                .await?;
            transaction.commit().await?;
        }
        outcome
    }

    /// Logs a newcomer in.
    ///
    /// # Errors
    /// As [`Application::log_in`].
    pub async fn log_in_newcomer<P: IdentityProvider<Proven = PersonId>>(
        &self,
        provider: &P,
        proof: &P::Proof,
        network: Network,
        device: Device,
    ) -> Result<LoggedIn, ApplicationError> {
        let subject = P::subject(proof).map(|name| format!("own {}", folded(name)));
        let attempt = self.count_attempt(network, subject.as_deref()).await?;
        let proven = provider.prove(self, proof).await;
        let transaction = self.store.begin().await?;
        let outcome = match proven {
            Ok(person) => {
                self.forget_attempts(&transaction, &attempt).await?;
                self.begin_newcomer_session(&transaction, person, device)
                    .await
            }
            Err(ApplicationError::WrongCredentials) => {
                let event = Event::OwnLoginRefused;
                self.audit_as(&transaction, Who::Nobody, Reason::Access, event)
                    .await?;
                Err(ApplicationError::WrongCredentials)
            }
            Err(error) => return Err(error),
        };
        transaction.commit().await?;
        outcome
    }

    /// Adds a session for a newcomer who proved who they are, and its event.
    pub(crate) async fn begin_newcomer_session(
        &self,
        transaction: &Transaction,
        person: PersonId,
        device: Device,
    ) -> Result<LoggedIn, ApplicationError> {
        let holder = Holder::Newcomer(person);
        let (token, session) = self
            .begin_session(transaction, holder, device, &mut self.random())
            .await?;
        let found = store::person::find(transaction, person).await?;
        let found = found.ok_or(ApplicationError::SessionOver)?;
        let actor = Actor::Newcomer(NewcomerActor {
            person,
            guided_by: found.organisation,
            session: session.id,
        });
        let event = Event::LoggedIn {
            session: session.id,
        };
        self.audit_as(transaction, Who::from(&actor), Reason::Access, event)
            .await?;
        Ok(LoggedIn {
            token,
            actor,
            ends_at: session.ends_at,
        })
    }

    /// Who a session belongs to; every use prolongs it.
    ///
    /// # Errors
    /// [`ApplicationError::SessionOver`] when there is no such session, it was ended or ran out, or
    /// its holder may not use the system any more.
    pub async fn resume(&self, token: &Secret) -> Result<Context, ApplicationError> {
        let now = self.now();
        let session = store::session::find_by_token(&self.store, token.hash())
            .await?
            .filter(|session| session.is_live(now))
            .ok_or(ApplicationError::SessionOver)?;
        let actor = self.actor_of(&session).await?;
        if now.since(session.last_seen_at) >= TOUCH_EVERY {
            let (idle, _) = self.lengths(session.holder, session.device);
            let transaction = self.store.begin().await?;
            store::session::touch(&transaction, session.id, now, now + idle).await?;
            transaction.commit().await?;
        }
        Ok(Context::of(actor))
    }

    /// Ends one of the actor's own sessions, the present or another.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not theirs or over.
    pub async fn end_session(
        &self,
        context: &Context,
        session: SessionId,
    ) -> Result<(), ApplicationError> {
        let holder = context.actor.holder().ok_or(ApplicationError::NotFound)?;
        let transaction = self.store.begin().await?;
        if !store::session::end(&transaction, holder, session, self.now()).await? {
            return Err(ApplicationError::NotFound);
        }
        let context = Context {
            reason: Reason::Access,
            ..*context
        };
        self.audit_in(&transaction, &context, Event::LoggedOut { session })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The actor's own live sessions, the newest first.
    ///
    /// # Errors
    /// Fails when the database cannot be read.
    pub async fn list_sessions(&self, context: &Context) -> Result<Vec<Session>, ApplicationError> {
        let Some(holder) = context.actor.holder() else {
            return Ok(Vec::new());
        };
        Ok(store::session::live_of(&self.store, holder, self.now()).await?)
    }

    /// The role to log in with: in the organisation that was asked for or the first that is open.
    async fn membership_to_begin(
        &self,
        proven: &ProvenAccount,
        organisation: Option<OrganisationId>,
    ) -> Result<Membership, ApplicationError> {
        for membership in store::staff::memberships_of(&self.store, proven.account).await? {
            if organisation.is_some_and(|wanted| wanted != membership.organisation) {
                continue;
            }
            let found = store::organisation::find(&self.store, membership.organisation).await?;
            if found.is_some_and(|organisation| organisation.disabled_at.is_none()) {
                return Ok(membership);
            }
        }
        Err(ApplicationError::WrongCredentials)
    }

    async fn begin_staff_session(
        &self,
        proven: &ProvenAccount,
        attempt: &crate::throttle::Attempt,
        organisation: Option<OrganisationId>,
    ) -> Result<LoggedIn, ApplicationError> {
        let membership = self.membership_to_begin(proven, organisation).await?;
        let transaction = self.store.begin().await?;
        if let Some(step) = proven.step
            && !store::staff::use_step(&transaction, proven.account, step).await?
        {
            // Someone was faster with the same one-time password.
            return Err(ApplicationError::WrongCredentials);
        }
        self.forget_attempts(&transaction, attempt).await?;
        let holder = Holder::Staff(membership.id);
        let (token, session) = self
            .begin_session(&transaction, holder, Device::Own, &mut self.random())
            .await?;
        let actor = match self.actor_of(&session).await {
            Ok(actor) => actor,
            Err(ApplicationError::SessionOver) => return Err(ApplicationError::WrongCredentials),
            Err(error) => return Err(error),
        };
        self.audit_as(
            &transaction,
            Who::from(&actor),
            Reason::Access,
            Event::LoggedIn {
                session: session.id,
            },
        )
        .await?;
        transaction.commit().await?;
        Ok(LoggedIn {
            token,
            actor,
            ends_at: session.ends_at,
        })
    }

    /// Adds a session that ends no later than another did.
    pub(crate) async fn begin_session_until(
        &self,
        transaction: &Transaction,
        holder: Holder,
        device: Device,
        latest: Moment,
    ) -> Result<(Secret, Session), ApplicationError> {
        let (_, longest) = self.lengths(holder, device);
        let longest = longest.min(latest.since(self.now()));
        let mut random = self.random();
        self.add_session(transaction, holder, (device, longest), &mut random)
            .await
    }

    /// Adds a session for someone who proved who they are.
    pub(crate) async fn begin_session(
        &self,
        transaction: &Transaction,
        holder: Holder,
        device: Device,
        random: &mut ChaCha20Rng,
    ) -> Result<(Secret, Session), ApplicationError> {
        let (_, longest) = self.lengths(holder, device);
        self.add_session(transaction, holder, (device, longest), random)
            .await
    }

    async fn add_session(
        &self,
        transaction: &Transaction,
        holder: Holder,
        (device, longest): (Device, Duration),
        random: &mut ChaCha20Rng,
    ) -> Result<(Secret, Session), ApplicationError> {
        let now = self.now();
        let token = Secret::token(random);
        let (idle, _) = self.lengths(holder, device);
        let session = Session {
            id: SessionId::new(now, random),
            token: token.hash(),
            holder,
            device,
            created_at: now,
            last_seen_at: now,
            idle_ends_at: now + idle,
            ends_at: now + longest,
            ended_at: None,
        };
        store::session::insert(transaction, &session).await?;
        Ok((token, session))
    }

    /// Who holds a session, if they may still use the system.
    pub(crate) async fn actor_of(&self, session: &Session) -> Result<Actor, ApplicationError> {
        const OVER: ApplicationError = ApplicationError::SessionOver;
        match session.holder {
            Holder::Newcomer(person) => {
                let person = store::person::find(&self.store, person)
                    .await?
                    .filter(|person| person.erased_at.is_none())
                    .ok_or(OVER)?;
                Ok(Actor::Newcomer(NewcomerActor {
                    person: person.id,
                    guided_by: person.organisation,
                    session: session.id,
                }))
            }
            Holder::Staff(membership) => {
                let roles = store::staff::memberships_beside(&self.store, membership).await?;
                let n_roles = roles.len();
                let membership = roles
                    .into_iter()
                    .find(|role| role.id == membership)
                    .ok_or(OVER)?;
                store::staff::find(&self.store, membership.account)
                    .await?
                    .filter(|account| account.disabled_at.is_none())
                    .ok_or(OVER)?;
                let organisation = store::organisation::find(&self.store, membership.organisation)
                    .await?
                    .filter(|organisation| organisation.disabled_at.is_none())
                    .ok_or(OVER)?;
                Ok(Actor::Staff(StaffActor {
                    account: membership.account,
                    membership: membership.id,
                    organisation: organisation.id,
                    kind: organisation.kind,
                    role: membership.role,
                    session: session.id,
                    n_roles,
                }))
            }
        }
    }

    fn lengths(&self, holder: Holder, device: Device) -> (Duration, Duration) {
        let rules = &self.rules.sessions;
        match (holder, device) {
            (Holder::Staff(_), _) => (rules.staff_idle, rules.staff_longest),
            (Holder::Newcomer(_), Device::Own) => (rules.own_idle, rules.own_longest),
            (Holder::Newcomer(_), Device::Shared) => (rules.shared_idle, rules.shared_longest),
        }
    }
}
