//! Who acts, and why.

use domain::id::{AccountId, ApiTokenId, MembershipId, OrganisationId, PersonId, SessionId};
use domain::organisation::{OrganisationKind, Role};
use domain::scope::Scopes;
use serde::{Deserialize, Serialize};
use store::session::Holder;

/// Who acts, and why; every use case takes one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// Why.
    pub reason: Reason,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff, in one role.
    Staff(StaffActor),
    /// A newcomer.
    Newcomer(NewcomerActor),
    /// A program of an organisation, with a token.
    Program(ProgramActor),
    /// Whoever has the machine's shell.
    Machine,
}

/// A member of staff who is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffActor {
    /// Account.
    pub account: AccountId,
    /// The role that the session is for.
    pub membership: MembershipId,
    /// Where the role is.
    pub organisation: OrganisationId,
    /// What that organisation is.
    pub kind: OrganisationKind,
    /// The role.
    pub role: Role,
    /// The session.
    pub session: SessionId,
    /// Roles that the account has now, this one included.
    pub n_roles: usize,
}

/// A newcomer who is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewcomerActor {
    /// Who.
    pub person: PersonId,
    /// The organisation that guides them.
    pub guided_by: OrganisationId,
    /// The session.
    pub session: SessionId,
}

/// A program of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgramActor {
    /// The token that it showed.
    pub token: ApiTokenId,
    /// Whose program.
    pub organisation: OrganisationId,
    /// What that organisation is.
    pub kind: OrganisationKind,
    /// What the token allows.
    pub scopes: Scopes,
}

/// Why something is done, as the access log tells it to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Guiding the person to work.
    Guidance,
    /// The person acts for themselves.
    OwnData,
    /// Accounts and organisations are managed.
    Administration,
    /// Privacy is watched over, or a person's rights under the GDPR are served.
    PrivacyRights,
    /// Someone logs in or out.
    Access,
}

impl Context {
    /// The context of an actor with the reason that is usual for their role.
    #[must_use]
    pub fn of(actor: Actor) -> Context {
        let reason = match actor {
            Actor::Newcomer(_) => Reason::OwnData,
            Actor::Machine => Reason::Administration,
            Actor::Program(_) => Reason::Guidance,
            Actor::Staff(staff) => match staff.role {
                Role::Administrator => Reason::Administration,
                Role::PrivacyOfficer => Reason::PrivacyRights,
                Role::Klantmanager
                | Role::Coordinator
                | Role::PolicyOfficer
                | Role::EmployerContact => Reason::Guidance,
            },
        };
        Context { actor, reason }
    }

    /// The context of whoever has the machine's shell.
    #[must_use]
    pub fn machine() -> Context {
        Context::of(Actor::Machine)
    }
}

impl Actor {
    /// The account of a member of staff.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Actor::Staff(staff) => Some(staff.account),
            Actor::Newcomer(_) | Actor::Program(_) | Actor::Machine => None,
        }
    }

    /// The organisation for which a member of staff or a program acts.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Actor::Staff(staff) => Some(staff.organisation),
            Actor::Program(program) => Some(program.organisation),
            Actor::Newcomer(_) | Actor::Machine => None,
        }
    }

    /// The organisation whose looks pages have for the actor: that of the role, or the one that
    /// guides a newcomer.
    #[must_use]
    pub fn host(&self) -> Option<OrganisationId> {
        match self {
            Actor::Newcomer(newcomer) => Some(newcomer.guided_by),
            Actor::Staff(_) | Actor::Program(_) | Actor::Machine => self.organisation(),
        }
    }

    /// The member of staff who acts.
    #[must_use]
    pub fn staff(&self) -> Option<&StaffActor> {
        match self {
            Actor::Staff(staff) => Some(staff),
            Actor::Newcomer(_) | Actor::Program(_) | Actor::Machine => None,
        }
    }

    /// The newcomer who acts.
    #[must_use]
    pub fn newcomer(&self) -> Option<PersonId> {
        match self {
            Actor::Newcomer(newcomer) => Some(newcomer.person),
            Actor::Staff(_) | Actor::Program(_) | Actor::Machine => None,
        }
    }

    /// The session in which the actor acts; machine and programs have none.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Actor::Staff(staff) => Some(staff.session),
            Actor::Newcomer(newcomer) => Some(newcomer.session),
            Actor::Program(_) | Actor::Machine => None,
        }
    }

    /// Whose sessions the actor's own are; machine and programs have none.
    pub(crate) fn holder(&self) -> Option<Holder> {
        match self {
            Actor::Staff(staff) => Some(Holder::Staff(staff.membership)),
            Actor::Newcomer(newcomer) => Some(Holder::Newcomer(newcomer.person)),
            Actor::Program(_) | Actor::Machine => None,
        }
    }
}
