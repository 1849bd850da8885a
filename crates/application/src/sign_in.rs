//! Staff who log in with the provider of identities of their organisation (OpenID Connect).
//!
//! An account is never made here: whoever comes back from the provider must be known by issuer and
//! subject, or bring the invitation that says which account is theirs.
//!
//! The browser holds one random token on the way. State, nonce and verifier (PKCE, RFC 7636) are
//! derived from it, so that an answer belongs to the browser that asked and nothing secret is
//! stored; the token's hash is forgotten with the first answer, so that none works twice.
//! How the provider is spoken to is behind [`OpenIdProvider`].

use std::future::Future;
use std::pin::Pin;

use data_encoding::BASE64URL_NOPAD;
use domain::id::AccountId;
use domain::moment::Moment;
use store::sign_in::SignIn;
use subtle::ConstantTimeEq;
use time::Duration;
use vault::token::Secret;

use crate::audit::{Event, Who};
use crate::context::Reason;
use crate::identity_provider::{IdentityProvider, ProvenAccount};
use crate::session::LoggedIn;
use crate::throttle::{Network, data_text};
use crate::{Application, ApplicationError};

/// How long somebody may be with the provider.
const ON_THE_WAY: Duration = Duration::minutes(10);

/// How many may set out from one network within the window of attempts.
const MOST_SETTING_OUT: u64 = 500;

/// What a provider does, later.
pub type ProviderFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send + 'a>>;

/// A provider of identities.
pub trait OpenIdProvider: Send + Sync {
    /// What people call it; stands on the button.
    fn name(&self) -> &str;

    /// Where to send somebody who wants to log in.
    fn address<'a>(&'a self, way: &'a WayOut, now: Moment) -> ProviderFuture<'a, String>;

    /// Who came back with a code, after every check of the token that the provider gives for it,
    /// the second factor included.
    fn subject<'a>(&'a self, back: &'a WayBack, now: Moment) -> ProviderFuture<'a, Subject>;
}

/// What is sent along to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// Comes back with the answer.
    pub state: String,
    /// Comes back within the token.
    pub nonce: String,
    /// SHA-256 of the verifier, base64url (PKCE method S256).
    pub challenge: String,
}

/// What is needed to learn who came back.
#[derive(Clone)]
pub struct WayBack {
    /// Code that the provider gave the browser.
    pub code: String,
    /// What the token must hold.
    pub nonce: String,
    /// Proves that the asker is who set out.
    pub verifier: String,
}

/// Somebody as a provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Who says it.
    pub issuer: String,
    /// Who it is there; never given to anybody else.
    pub subject: String,
}

/// Why a provider did not say who came back.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ProviderError {
    /// The provider cannot be reached or understood.
    #[error("the provider of identities does not answer: {0}")]
    Unavailable(String),
    /// Its answer is refused; the reason is for the log, never for the page.
    #[error("the answer of the provider of identities is refused: {0}")]
    Refused(&'static str),
}

/// Somebody sets out for the provider.
#[derive(Clone, Debug)]
pub struct SetOut {
    /// Where to send the browser.
    pub address: String,
    /// What the browser keeps until it comes back.
    pub token: Secret,
}

/// Logging in with the provider of the organisation.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenIdConnect;

/// Proof for [`OpenIdConnect`].
#[derive(Clone)]
pub struct AnswerProof {
    /// What the browser kept.
    pub token: Secret,
    /// State as it came back.
    pub state: String,
    /// Code as it came back.
    pub code: String,
}

impl std::fmt::Debug for AnswerProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerProof(secret)")
    }
}

impl std::fmt::Debug for WayBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WayBack(secret)")
    }
}

impl IdentityProvider for OpenIdConnect {
    type Proof = AnswerProof;
    type Proven = ProvenAccount;

    fn subject(_: &AnswerProof) -> Option<&str> {
        None
    }

    async fn prove(
        &self,
        application: &Application,
        proof: &AnswerProof,
    ) -> Result<ProvenAccount, ApplicationError> {
        let account = application.account_of_answer(proof).await?;
        Ok(ProvenAccount {
            account,
            step: None,
        })
    }
}

impl Application {
    /// What staff call the provider of identities; none when there is none.
    #[must_use]
    pub fn provider_name(&self) -> Option<&str> {
        self.provider.as_ref().map(|provider| provider.name())
    }

    /// Sends somebody to the provider, to log in or to accept an invitation by it.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] without a provider; [`ApplicationError::WrongCredentials`]
    /// when the invitation is wrong, used or too old; [`ApplicationError::NoProvider`] when the
    /// provider does not answer.
    pub async fn set_out(
        &self,
        network: Network,
        invitation: Option<&Secret>,
    ) -> Result<SetOut, ApplicationError> {
        let provider = self.provider.as_ref().ok_or(ApplicationError::NotFound)?;
        let subject = format!("set out {}", data_text(network));
        self.count_of_network(&subject, MOST_SETTING_OUT).await?;
        let invitation = match invitation {
            Some(code) => Some(self.find_invitation(code).await?.0.id),
            None => None,
        };
        let now = self.now();
        let token = Secret::token(&mut self.random());
        let address = provider.address(&way_out(&token), now).await?;
        let sign_in = SignIn {
            token: token.hash(),
            invitation,
            expires_at: now + ON_THE_WAY,
        };
        let transaction = self.store.begin().await?;
        store::sign_in::insert(&transaction, &sign_in, now).await?;
        transaction.commit().await?;
        Ok(SetOut { address, token })
    }

    /// Logs in whoever comes back from the provider.
    ///
    /// # Errors
    /// As [`Application::log_in`]; [`ApplicationError::NoProvider`] when the provider does not
    /// answer.
    pub async fn come_back(
        &self,
        network: Network,
        proof: &AnswerProof,
    ) -> Result<LoggedIn, ApplicationError> {
        self.log_in(&OpenIdConnect, proof, network, None).await
    }

    async fn account_of_answer(&self, proof: &AnswerProof) -> Result<AccountId, ApplicationError> {
        const WRONG: ApplicationError = ApplicationError::WrongCredentials;
        let provider = self.provider.as_ref().ok_or(ApplicationError::NotFound)?;
        let transaction = self.store.begin().await?;
        let found = store::sign_in::take(&transaction, proof.token.hash()).await?;
        transaction.commit().await?;
        let way = way_out(&proof.token);
        let sign_in = found
            .filter(|found| self.now() < found.expires_at)
            .filter(|_| bool::from(way.state.as_bytes().ct_eq(proof.state.as_bytes())))
            .ok_or(WRONG)?;
        let back = WayBack {
            code: proof.code.clone(),
            nonce: way.nonce,
            verifier: verifier(&proof.token),
        };
        let who = provider.subject(&back, self.now()).await?;
        if let Some(invitation) = sign_in.invitation {
            self.link(invitation, &who).await
        } else {
            let account =
                store::sign_in::account_of(&self.store, &who.issuer, &who.subject).await?;
            let account = match account {
                Some(account) => store::staff::find(&self.store, account).await?,
                None => None,
            };
            account
                .filter(|account| account.disabled_at.is_none())
                .map(|account| account.id)
                .ok_or(WRONG)
        }
    }

    /// Uses an invitation up for whoever came back: from now on the provider says who they are.
    async fn link(
        &self,
        invitation: domain::id::InvitationId,
        who: &Subject,
    ) -> Result<AccountId, ApplicationError> {
        const WRONG: ApplicationError = ApplicationError::WrongCredentials;
        let now = self.now();
        let transaction = self.store.begin().await?;
        let invitation = store::staff::find_invitation_by_id(&transaction, invitation)
            .await?
            .filter(|invitation| now < invitation.expires_at)
            .ok_or(WRONG)?;
        let account = store::staff::find(&transaction, invitation.account)
            .await?
            .filter(|account| account.disabled_at.is_none())
            .ok_or(WRONG)?;
        if !store::staff::use_invitation(&transaction, invitation.id, now).await? {
            return Err(WRONG);
        }
        store::sign_in::unlink(&transaction, account.id).await?;
        let linked =
            store::sign_in::link(&transaction, &who.issuer, &who.subject, account.id, now).await;
        match linked {
            // Somebody is one account here; a second one would be chosen by chance.
            Err(store::StoreError::Duplicate) => return Err(WRONG),
            linked => linked?,
        }
        let event = Event::StaffLinked {
            account: account.id,
        };
        self.audit_as(&transaction, Who::Nobody, Reason::Access, event)
            .await?;
        transaction.commit().await?;
        Ok(account.id)
    }
}

impl From<ProviderError> for ApplicationError {
    fn from(error: ProviderError) -> ApplicationError {
        match error {
            ProviderError::Unavailable(_) => ApplicationError::NoProvider(error),
            ProviderError::Refused(_) => ApplicationError::RefusedByProvider(error),
        }
    }
}

fn way_out(token: &Secret) -> WayOut {
    WayOut {
        state: derived(token, "state"),
        nonce: derived(token, "nonce"),
        challenge: text_of(Secret::from_text(verifier(token)).hash().as_bytes()),
    }
}

/// The verifier of PKCE; 43 characters, as RFC 7636 asks at least.
fn verifier(token: &Secret) -> String {
    derived(token, "verifier")
}

/// Something that only who has the token can know, and that does not tell the token.
fn derived(token: &Secret, purpose: &str) -> String {
    let text = format!("{purpose} {}", token.reveal());
    text_of(Secret::from_text(text).hash().as_bytes())
}

fn text_of(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}
