//! Accounts of staff: inviting, enrolling, listing, resetting, disabling.
//!
//! Nobody ever sets a password for someone else: an invitation is a code that its receiver
//! exchanges for a password and a second factor of their own.

use chacha20::ChaCha20Rng;
use domain::id::{AccountId, InvitationId, MembershipId, OrganisationId};
use domain::moment::Moment;
use domain::organisation::Role;
use domain::person::Email;
use store::Transaction;
use store::staff::{Account, Invitation, Membership};
use time::Duration;
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::{MasterKey, SystemKey};
use vault::one_time::OneTimeSecret;
use vault::token::Secret;

use crate::audit::{Event, Who};
use crate::context::Reason;
use crate::organisations::valid_name;
use crate::passwords;
use crate::policy::{Action, Relation};
use crate::throttle::Network;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// How long an invitation can be accepted.
const INVITATION_LASTS: Duration = Duration::days(7);

/// Someone to invite.
#[derive(Clone, Copy, Debug)]
pub struct InviteStaff<'a> {
    /// Where.
    pub organisation: OrganisationId,
    /// In which role.
    pub role: Role,
    /// Their e-mail address, with which they log in.
    pub login_name: &'a str,
    /// Their name as colleagues and newcomers see it.
    pub display_name: &'a str,
}

/// What someone who was invited needs to set up their account.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Their login name.
    pub login_name: String,
    /// The secret for their authenticator app.
    pub second_factor: OneTimeSecret,
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffView {
    /// Account.
    pub account: AccountId,
    /// Login name.
    pub login_name: String,
    /// Name.
    pub display_name: String,
    /// Where.
    pub organisation: OrganisationId,
    /// In which role.
    pub role: Role,
    /// Whether the invitation was accepted.
    pub is_enrolled: bool,
    /// Since when it cannot be used.
    pub disabled_at: Option<Moment>,
}

impl Application {
    /// Makes an account and a code with which its owner sets it up; the code is shown once.
    ///
    /// # Errors
    /// [`ApplicationError::AlreadyThere`] when the login name is taken.
    pub async fn invite_staff(
        &self,
        context: &Context,
        invite: InviteStaff<'_>,
    ) -> Result<(AccountId, Secret), ApplicationError> {
        self.authorise(
            context,
            Action::ManageStaff,
            Application::relation_to(context, invite.organisation),
        )?;
        let login_name = valid_login_name(invite.login_name)?;
        let display_name = valid_name(invite.display_name)?;
        let organisation = store::organisation::find(&self.store, invite.organisation)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        if !organisation.kind.roles().contains(&invite.role) {
            return Err(InvalidInput::Role.into());
        }
        let mut random = self.random();
        let now = self.now();
        let account = Account {
            id: AccountId::new(now, &mut random),
            login_name,
            display_name,
            password: None,
            second_factor: None,
            second_factor_last_step: None,
            created_at: now,
            disabled_at: None,
        };
        let membership = Membership {
            id: MembershipId::new(now, &mut random),
            account: account.id,
            organisation: organisation.id,
            role: invite.role,
            granted_at: now,
            ended_at: None,
        };
        let transaction = self.store.begin().await?;
        store::staff::insert_account(&transaction, &account).await?;
        store::staff::insert_membership(&transaction, &membership).await?;
        let code = self
            .add_invitation(&transaction, context, account.id, &mut random)
            .await?;
        let event = Event::StaffInvited {
            account: account.id,
            organisation: organisation.id,
            role: invite.role,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok((account.id, code))
    }

    /// Takes an account its credentials, ends its sessions and gives a code to set it up anew.
    ///
    /// # Errors
    /// Fails when there is no such account for the actor, or it also has a role where the actor
    /// manages nothing: whoever gets the code would act there, too.
    pub async fn reset_staff(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<Secret, ApplicationError> {
        self.authorise_on_all_of(context, account).await?;
        let mut random = self.random();
        let transaction = self.store.begin().await?;
        store::staff::clear_credentials(&transaction, account).await?;
        store::sign_in::unlink(&transaction, account).await?;
        store::session::end_all_of_account(&transaction, account, self.now()).await?;
        let code = self
            .add_invitation(&transaction, context, account, &mut random)
            .await?;
        self.audit_in(&transaction, context, Event::StaffReset { account })
            .await?;
        transaction.commit().await?;
        Ok(code)
    }

    /// Ends the use of an account and its sessions; of an account that also has roles where the
    /// actor manages nothing, only the roles that the actor manages.
    ///
    /// # Errors
    /// Fails when there is no such account for the actor.
    pub async fn disable_staff(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<(), ApplicationError> {
        self.authorise_on_account(context, account).await?;
        match self.authorise_on_all_of(context, account).await {
            Ok(()) => {}
            Err(ApplicationError::Forbidden) => return self.end_roles(context, account).await,
            Err(error) => return Err(error),
        }
        let now = self.now();
        let transaction = self.store.begin().await?;
        store::staff::disable(&transaction, account, now).await?;
        store::session::end_all_of_account(&transaction, account, now).await?;
        self.audit_in(&transaction, context, Event::StaffDisabled { account })
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The accounts of an organisation, or of all, by login name.
    ///
    /// # Errors
    /// Fails when the actor may not see them.
    pub async fn list_staff(
        &self,
        context: &Context,
        organisation: Option<OrganisationId>,
    ) -> Result<Vec<StaffView>, ApplicationError> {
        let relation = organisation.map_or(Relation::OtherOrganisation, |organisation| {
            Application::relation_to(context, organisation)
        });
        self.authorise(context, Action::ManageStaff, relation)?;
        let listed = store::staff::list(&self.store, organisation).await?;
        let ids: Vec<AccountId> = listed.iter().map(|(account, _)| account.id).collect();
        let linked = store::sign_in::linked_among(&self.store, &ids).await?;
        Ok(listed
            .into_iter()
            .map(|(account, membership)| StaffView {
                account: account.id,
                login_name: account.login_name,
                display_name: account.display_name,
                organisation: membership.organisation,
                role: membership.role,
                is_enrolled: account.password.is_some() || linked.contains(&account.id),
                disabled_at: account.disabled_at,
            })
            .collect())
    }

    /// An account by login name, for whoever may manage it.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] also when the actor may not manage it.
    pub async fn find_staff(
        &self,
        context: &Context,
        login_name: &str,
    ) -> Result<AccountId, ApplicationError> {
        let name = valid_login_name(login_name)?;
        let account = store::staff::find_by_login(&self.store, &name)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        self.authorise_on_account(context, account.id).await?;
        Ok(account.id)
    }

    /// What someone with an invitation needs to set up their account; asking changes nothing.
    ///
    /// # Errors
    /// [`ApplicationError::WrongCredentials`] when the code is wrong, used or too old.
    pub async fn read_invitation(
        &self,
        network: Network,
        code: &Secret,
    ) -> Result<Enrolment, ApplicationError> {
        self.count_attempt(network, None).await?;
        let (invitation, account) = self.find_invitation(code).await?;
        let second_factor = self.open_second_factor(
            "staff_invitation",
            invitation.id.uuid().as_bytes(),
            &invitation.second_factor,
        )?;
        Ok(Enrolment {
            login_name: account.login_name,
            second_factor,
        })
    }

    /// Sets up an account: a password of one's own, and proof that the app has the secret.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when password or one-time password do not do;
    /// [`ApplicationError::WrongCredentials`] when the code is wrong, used or too old.
    pub async fn accept_invitation(
        &self,
        network: Network,
        code: &Secret,
        password: &str,
        one_time_password: &str,
    ) -> Result<AccountId, ApplicationError> {
        self.count_attempt(network, None).await?;
        let (invitation, account) = self.find_invitation(code).await?;
        let around = self.names_around(&account).await?;
        passwords::check(password, around.iter().map(String::as_str))?;
        let second_factor = self.open_second_factor(
            "staff_invitation",
            invitation.id.uuid().as_bytes(),
            &invitation.second_factor,
        )?;
        let seconds = (self.now().micros() / 1_000_000) as u64;
        let step = second_factor
            .matching_step(one_time_password, seconds, None)
            .ok_or(InvalidInput::OneTimePassword)?;
        let password = self.hash(password).await?;
        let sealed = self.seal_second_factor(
            "staff_account",
            account.id.uuid().as_bytes(),
            &second_factor,
            &mut self.random(),
        )?;
        let transaction = self.store.begin().await?;
        if !store::staff::use_invitation(&transaction, invitation.id, self.now()).await? {
            return Err(ApplicationError::WrongCredentials);
        }
        store::staff::set_credentials(&transaction, account.id, &password, &sealed, step).await?;
        let event = Event::StaffEnrolled {
            account: account.id,
        };
        self.audit_as(&transaction, Who::Nobody, Reason::Access, event)
            .await?;
        transaction.commit().await?;
        Ok(account.id)
    }

    /// Opens the secret of a second factor from its place.
    pub(crate) fn open_second_factor(
        &self,
        table: &'static str,
        row: &[u8],
        sealed: &[u8],
    ) -> Result<OneTimeSecret, ApplicationError> {
        let key = second_factor_key(&self.master);
        open_field(&key, second_factor_place(table, row), sealed)
            .ok()
            .and_then(|plain| OneTimeSecret::from_bytes(&plain))
            .ok_or(ApplicationError::Fault("a second factor does not open"))
    }

    fn seal_second_factor(
        &self,
        table: &'static str,
        row: &[u8],
        secret: &OneTimeSecret,
        random: &mut ChaCha20Rng,
    ) -> Result<Vec<u8>, ApplicationError> {
        let key = second_factor_key(&self.master);
        seal_field(
            &key,
            second_factor_place(table, row),
            secret.as_bytes(),
            random,
        )
        .map_err(|_| ApplicationError::Fault("encrypting failed"))
    }

    async fn add_invitation(
        &self,
        transaction: &Transaction,
        context: &Context,
        account: AccountId,
        random: &mut ChaCha20Rng,
    ) -> Result<Secret, ApplicationError> {
        let now = self.now();
        let code = Secret::token(random);
        let id = InvitationId::new(now, random);
        let second_factor = OneTimeSecret::generate(random);
        let sealed = self.seal_second_factor(
            "staff_invitation",
            id.uuid().as_bytes(),
            &second_factor,
            random,
        )?;
        let invitation = Invitation {
            id,
            account,
            code: code.hash(),
            second_factor: sealed,
            created_by: context.actor.account(),
            created_at: now,
            expires_at: now + INVITATION_LASTS,
            used_at: None,
        };
        store::staff::insert_invitation(transaction, &invitation).await?;
        Ok(code)
    }

    pub(crate) async fn find_invitation(
        &self,
        code: &Secret,
    ) -> Result<(Invitation, Account), ApplicationError> {
        let invitation = store::staff::find_invitation(&self.store, code.hash())
            .await?
            .filter(|invitation| invitation.used_at.is_none() && self.now() < invitation.expires_at)
            .ok_or(ApplicationError::WrongCredentials)?;
        let account = store::staff::find(&self.store, invitation.account)
            .await?
            .filter(|account| account.disabled_at.is_none())
            .ok_or(ApplicationError::WrongCredentials)?;
        Ok((invitation, account))
    }

    /// Whether the actor may manage an account: one that has a role in an organisation they manage.
    pub(crate) async fn authorise_on_account(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<(), ApplicationError> {
        let memberships = store::staff::memberships_of(&self.store, account).await?;
        let mut outcome = Err(ApplicationError::NotFound);
        for membership in memberships {
            let relation = Application::relation_to(context, membership.organisation);
            outcome = self.authorise(context, Action::ManageStaff, relation);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Whether the actor manages every organisation in which an account has a role.
    pub(crate) async fn authorise_on_all_of(
        &self,
        context: &Context,
        account: AccountId,
    ) -> Result<(), ApplicationError> {
        self.authorise_on_account(context, account).await?;
        for membership in store::staff::memberships_of(&self.store, account).await? {
            let relation = Application::relation_to(context, membership.organisation);
            // The account is known to the actor; only what it may elsewhere is not.
            self.authorise(context, Action::ManageStaff, relation)
                .map_err(|_| ApplicationError::Forbidden)?;
        }
        Ok(())
    }

    /// Names that a password of an account must not be made of.
    async fn names_around(&self, account: &Account) -> Result<Vec<String>, ApplicationError> {
        let roles = store::staff::memberships_of(&self.store, account.id).await?;
        let organisations = roles.iter().map(|role| role.organisation).collect();
        let names = self.organisation_names(organisations).await?;
        let own = [account.login_name.clone(), account.display_name.clone()];
        Ok(own.into_iter().chain(names.into_values()).collect())
    }
}

/// Opens a second factor with one master key and seals it for the same place with another.
pub(crate) fn reseal_second_factor(
    (old, new): (&MasterKey, &MasterKey),
    (table, row): (&'static str, &[u8]),
    sealed: &[u8],
    random: &mut ChaCha20Rng,
) -> Result<Vec<u8>, ApplicationError> {
    let place = || second_factor_place(table, row);
    let secret = open_field(&second_factor_key(old), place(), sealed)
        .map_err(|_| ApplicationError::Fault("a second factor does not open"))?;
    seal_field(&second_factor_key(new), place(), &secret, random)
        .map_err(|_| ApplicationError::Fault("encrypting failed"))
}

fn second_factor_key(master: &MasterKey) -> SystemKey {
    SystemKey::of_purpose(master, "second factors of staff")
}

/// A login name as it is stored: an e-mail address, lower-case.
pub(crate) fn valid_login_name(text: &str) -> Result<String, InvalidInput> {
    Email::new(text)
        .map(String::from)
        .map_err(|_| InvalidInput::LoginName)
}

fn second_factor_place<'a>(table: &'a str, row: &'a [u8]) -> FieldPlace<'a> {
    FieldPlace {
        table,
        row,
        column: "second_factor",
    }
}
