//! Ways for people to prove who they are.
//!
//! Each way stands behind [`IdentityProvider`]: password with second factor ([`PasswordAndApp`]),
//! OpenID Connect of an organisation ([`crate::sign_in::OpenIdConnect`]), a newcomer's own password
//! ([`OwnPassword`]); eHerkenning and DigiD can follow. A way answers with who it is or not at all;
//! it never says what was wrong.

use domain::id::{AccountId, PersonId};
use store::staff::Account;
use vault::one_time::OneTimeSecret;

use crate::staff::valid_login_name;
use crate::{Application, ApplicationError};

/// A way to prove who one is.
pub trait IdentityProvider: Send + Sync {
    /// What is brought as proof.
    type Proof: Send + Sync;

    /// Who is proved to be there: an account of staff, or a newcomer.
    type Proven: Send;

    /// Under which name attempts are counted; none when the proof itself cannot be guessed.
    fn subject(proof: &Self::Proof) -> Option<&str>;

    /// Who the proof is for.
    ///
    /// Whatever is wrong, the answer is [`ApplicationError::WrongCredentials`] and takes the same
    /// time.
    fn prove(
        &self,
        application: &Application,
        proof: &Self::Proof,
    ) -> impl Future<Output = Result<Self::Proven, ApplicationError>> + Send;
}

/// An account whose owner has proved to be it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenAccount {
    pub(crate) account: AccountId,
    /// Step of the one-time password, to be used up with the login.
    pub(crate) step: Option<u64>,
}

/// Password and one-time password of an authenticator app.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasswordAndApp;

/// Proof for [`PasswordAndApp`].
#[derive(Clone)]
pub struct PasswordProof {
    /// Login name as it was typed.
    pub login_name: String,
    /// Password.
    pub password: String,
    /// One-time password.
    pub one_time_password: String,
}

impl std::fmt::Debug for PasswordProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordProof(secret)")
    }
}

impl IdentityProvider for PasswordAndApp {
    type Proof = PasswordProof;
    type Proven = ProvenAccount;

    fn subject(proof: &PasswordProof) -> Option<&str> {
        Some(&proof.login_name)
    }

    async fn prove(
        &self,
        application: &Application,
        proof: &PasswordProof,
    ) -> Result<ProvenAccount, ApplicationError> {
        let account = match valid_login_name(&proof.login_name) {
            Ok(name) => store::staff::find_by_login(&application.store, &name).await?,
            Err(_) => None,
        };
        // Both factors are always looked at, with stand-ins where there is no account.
        let has_password = application
            .matches_password(
                account
                    .as_ref()
                    .and_then(|account| account.password.as_ref()),
                &proof.password,
            )
            .await?;
        let secret = second_factor(application, account.as_ref())?;
        let last = account.as_ref().and_then(|a| a.second_factor_last_step);
        let seconds = (application.now().micros() / 1_000_000) as u64;
        let step = secret.matching_step(&proof.one_time_password, seconds, last);
        let account = account.filter(|account| {
            account.disabled_at.is_none()
                && account.password.is_some()
                && account.second_factor.is_some()
        });
        match (account, has_password, step) {
            (Some(account), true, Some(step)) => Ok(ProvenAccount {
                account: account.id,
                step: Some(step),
            }),
            _ => Err(ApplicationError::WrongCredentials),
        }
    }
}

/// A newcomer's own name and password.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnPassword;

/// Proof for [`OwnPassword`].
#[derive(Clone)]
pub struct OwnProof {
    /// Name as it was typed.
    pub name: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for OwnProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnProof(secret)")
    }
}

impl IdentityProvider for OwnPassword {
    type Proof = OwnProof;
    type Proven = PersonId;

    fn subject(proof: &OwnProof) -> Option<&str> {
        Some(&proof.name)
    }

    async fn prove(
        &self,
        application: &Application,
        proof: &OwnProof,
    ) -> Result<PersonId, ApplicationError> {
        let found = application.own_login_named(&proof.name).await?;
        let stored = found.as_ref().map(|own| &own.password);
        let is_right = application
            .matches_password(stored, &proof.password)
            .await?;
        found
            .filter(|_| is_right)
            .map(|own| own.person)
            .ok_or(ApplicationError::WrongCredentials)
    }
}

/// The account's secret, or one that nobody has.
fn second_factor(
    application: &Application,
    account: Option<&Account>,
) -> Result<OneTimeSecret, ApplicationError> {
    match account.and_then(|account| account.second_factor.as_ref().map(|s| (account.id, s))) {
        Some((id, sealed)) => {
            application.open_second_factor("staff_account", id.uuid().as_bytes(), sealed)
        }
        None => Ok(OneTimeSecret::generate(&mut application.random())),
    }
}
