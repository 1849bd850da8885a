//! Roles of one account in several organisations: granting, ending, choosing.
//!
//! A session is for one role. Whoever chooses another gets a new session that ends no later than
//! the one before, so that choosing never prolongs a login.

use domain::id::{AccountId, MembershipId, OrganisationId};
use domain::organisation::Role;
use store::session::{Device, Holder};
use store::staff::Membership;

use crate::audit::Event;
use crate::policy::Action;
use crate::session::LoggedIn;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// A role that the actor can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleView {
    /// Which.
    pub membership: MembershipId,
    /// Name of the organisation.
    pub organisation: String,
    /// The role.
    pub role: Role,
    /// Whether the session is for it now.
    pub is_present: bool,
}

impl Application {
    /// Gives an account a further role. Whoever does it must manage both the organisation and
    /// every organisation that the account has a role in.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when it has this role there.
    pub async fn grant_role(
        &self,
        context: &Context,
        account: AccountId,
        organisation: OrganisationId,
        role: Role,
    ) -> Result<MembershipId, ApplicationError> {
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ManageStaff, relation)?;
        self.authorise_on_all_of(context, account).await?;
        let found = store::organisation::find(&self.store, organisation)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        if !found.kind.roles().contains(&role) {
            return Err(InvalidInput::Role.into());
        }
        let present = store::staff::memberships_of(&self.store, account).await?;
        if present
            .iter()
            .any(|has| has.organisation == organisation && has.role == role)
        {
            return Err(ApplicationError::AlreadyThere);
        }
        let now = self.now();
        let membership = Membership {
            id: MembershipId::new(now, &mut self.random()),
            account,
            organisation,
            role,
            granted_at: now,
            ended_at: None,
        };
        let transaction = self.store.begin().await?;
        store::staff::insert_membership(&transaction, &membership).await?;
        let event = Event::RoleGranted {
            account,
            membership: membership.id,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(membership.id)
    }

    /// Ends the roles of an account in organisations that the actor manages, and their sessions.
    pub(crate) async fn end_roles(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<(), ApplicationError> {
        let roles = store::staff::memberships_of(&self.store, account).await?;
        let now = self.now();
        let transaction = self.store.begin().await?;
        for role in roles {
            let relation = Application::relation_to(context, role.organisation);
            if self
                .authorise(context, Action::ManageStaff, relation)
                .is_err()
            {
                continue;
            }
            store::staff::end_membership(&transaction, role.id, now).await?;
            store::session::end_all_of(&transaction, Holder::Staff(role.id), now).await?;
            let event = Event::RoleEnded {
                account,
                membership: role.id,
            };
            self.audit_in(&transaction, context, event).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The roles that the actor can choose from, the oldest first.
    ///
    /// # Errors
    /// [`ApplicationError::Forbidden`] when the actor is no member of staff.
    pub async fn own_roles(&self, context: &Context) -> Result<Vec<RoleView>, ApplicationError> {
        let staff = context.actor.staff().ok_or(ApplicationError::Forbidden)?;
        let mut views = Vec::new();
        for role in store::staff::memberships_of(&self.store, staff.account).await? {
            let organisation = store::organisation::find(&self.store, role.organisation).await?;
            let organisation = organisation.filter(|found| found.disabled_at.is_none());
            if let Some(organisation) = organisation {
                views.push(RoleView {
                    membership: role.id,
                    organisation: organisation.name,
                    role: role.role,
                    is_present: role.id == staff.membership,
                });
            }
        }
        Ok(views)
    }

    /// Goes on in another role of the same account: the present session ends, a new one begins.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the account has no such role.
    pub async fn choose_role(
        &self,
        context: &Context,
        membership: MembershipId,
    ) -> Result<LoggedIn, ApplicationError> {
        let staff = context.actor.staff().ok_or(ApplicationError::NotFound)?;
        let roles = store::staff::memberships_of(&self.store, staff.account).await?;
        if !roles.iter().any(|role| role.id == membership) {
            return Err(ApplicationError::NotFound);
        }
        let now = self.now();
        let present = Holder::Staff(staff.membership);
        let live = store::session::live_of(&self.store, present, now).await?;
        let before = live
            .into_iter()
            .find(|session| session.id == staff.session)
            .ok_or(ApplicationError::SessionOver)?;
        let transaction = self.store.begin().await?;
        if !store::session::end(&transaction, present, staff.session, now).await? {
            return Err(ApplicationError::SessionOver);
        }
        let holder = Holder::Staff(membership);
        let (token, session) = self
            .begin_session_until(&transaction, holder, Device::Own, before.ends_at)
            .await?;
        let actor = match self.actor_of(&session).await {
            Ok(actor) => actor,
            Err(ApplicationError::SessionOver) => return Err(ApplicationError::NotFound),
            Err(error) => return Err(error),
        };
        let event = Event::RoleChosen {
            account: staff.account,
            membership,
        };
        self.audit_in(&transaction, &Context::of(actor), event)
            .await?;
        transaction.commit().await?;
        Ok(LoggedIn {
            token,
            actor,
            ends_at: session.ends_at,
        })
    }
}
