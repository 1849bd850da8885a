//! One provider: its settings, its own description, its keys.

use std::sync::Arc;

use application::sign_in::{
    OpenIdProvider, ProviderError, ProviderFuture, Subject, WayBack, WayOut,
};
use data_encoding::BASE64;
use domain::moment::Moment;
use serde::Deserialize;
use time::Duration;
use tokio::sync::RwLock;
use vault::token::Secret;

use crate::exchange::{Exchange, Form, NoAuthority, encoded, escaped};
use crate::token::{Expected, Fault, Keys, check};

/// Path at which people come back, behind the address of the site.
const BACK: &str = "/inloggen/organisatie/antwoord";

/// How long the provider's description and keys are kept.
const KEPT: Duration = Duration::hours(1);

/// How soon keys are fetched again for a token with an unknown one.
const AGAIN: Duration = Duration::minutes(1);

/// What an installation sets for its provider.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What staff call it; stands on the button.
    pub name: String,
    /// Issuer, exactly as the provider writes it.
    pub issuer: String,
    /// Id of this program with the provider.
    pub client_id: String,
    /// Secret of this program with the provider.
    pub client_secret: Secret,
    /// Address of this site, `https://…` without a path.
    pub site: String,
    /// Levels of assurance (`acr`) that include a second factor.
    pub acr: Vec<String>,
    /// Methods (`amr`) that prove a second factor.
    pub amr: Vec<String>,
    /// Certificates (PEM) of the authorities that vouch for the provider; then no others are
    /// trusted. None for those that browsers trust.
    pub authorities: Option<String>,
}

/// Settings that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Issuer or site are not `https://…`.
    #[error("issuer and site must begin with https://")]
    NotHttps,
    /// Nothing says how the provider shows that there was a second factor.
    #[error("say in `acr` or `amr` how the provider shows that there was a second factor")]
    NoSecondFactor,
    /// A part is empty.
    #[error("name, client-id and the secret must not be empty")]
    Empty,
    /// What should be certificates of authorities is not.
    #[error("authority-file must hold one or more certificates of authorities in PEM")]
    NoAuthority,
}

impl From<NoAuthority> for SettingsError {
    fn from(_: NoAuthority) -> SettingsError {
        SettingsError::NoAuthority
    }
}

/// A provider of identities that speaks OpenID Connect.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    exchange: Exchange,
    known: RwLock<Option<Arc<Known>>>,
}

/// What the provider says of itself.
#[derive(Debug)]
struct Known {
    description: Description,
    keys: Keys,
    since: Moment,
}

#[derive(Debug, Clone, Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Answer {
    id_token: String,
}

impl Provider {
    /// A provider; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn new(settings: Settings) -> Result<Provider, SettingsError> {
        if !is_safe(&settings.issuer) || !is_safe(&settings.site) {
            return Err(SettingsError::NotHttps);
        }
        if settings.acr.is_empty() && settings.amr.is_empty() {
            return Err(SettingsError::NoSecondFactor);
        }
        let parts = [
            settings.name.as_str(),
            &settings.client_id,
            settings.client_secret.reveal(),
        ];
        if parts.iter().any(|part| part.trim().is_empty()) {
            return Err(SettingsError::Empty);
        }
        Ok(Provider {
            exchange: Exchange::new(settings.authorities.as_deref())?,
            settings,
            known: RwLock::default(),
        })
    }

    /// What the provider says of itself, asked again when it is older than `oldest`.
    async fn known(&self, now: Moment, oldest: Duration) -> Result<Arc<Known>, ProviderError> {
        let fresh = |known: &Arc<Known>| now.since(known.since) < oldest;
        if let Some(known) = self
            .known
            .read()
            .await
            .as_ref()
            .filter(|known| fresh(known))
        {
            return Ok(Arc::clone(known));
        }
        // One asks for all who wait.
        let mut kept = self.known.write().await;
        if let Some(known) = kept.as_ref().filter(|known| fresh(known)) {
            return Ok(Arc::clone(known));
        }
        let issuer = self.settings.issuer.trim_end_matches('/');
        let address = format!("{issuer}/.well-known/openid-configuration");
        let description: Description = self.exchange.get(&address).await?;
        if description.issuer != self.settings.issuer {
            return Err(ProviderError::Refused("the provider names another issuer"));
        }
        let parts = [
            &description.authorization_endpoint,
            &description.token_endpoint,
            &description.jwks_uri,
        ];
        if !parts.into_iter().all(|part| is_safe(part)) {
            return Err(ProviderError::Refused(
                "the provider names an unsafe address",
            ));
        }
        let keys = self.exchange.get(&description.jwks_uri).await?;
        let known = Arc::new(Known {
            description,
            keys,
            since: now,
        });
        *kept = Some(Arc::clone(&known));
        Ok(known)
    }

    fn back(&self) -> String {
        format!("{}{BACK}", self.settings.site.trim_end_matches('/'))
    }

    async fn address_of(&self, way: &WayOut, now: Moment) -> Result<String, ProviderError> {
        let known = self.known(now, KEPT).await?;
        let back = self.back();
        let mut fields = vec![
            ("response_type", "code"),
            ("scope", "openid"),
            ("client_id", self.settings.client_id.as_str()),
            ("redirect_uri", &back),
            ("state", &way.state),
            ("nonce", &way.nonce),
            ("code_challenge", &way.challenge),
            ("code_challenge_method", "S256"),
        ];
        let acr = self.settings.acr.join(" ");
        if !acr.is_empty() {
            fields.push(("acr_values", &acr));
        }
        let start = &known.description.authorization_endpoint;
        let sign = if start.contains('?') { '&' } else { '?' };
        Ok(format!("{start}{sign}{}", encoded(&fields)))
    }

    async fn subject_of(&self, back: &WayBack, now: Moment) -> Result<Subject, ProviderError> {
        let known = self.known(now, KEPT).await?;
        let address = self.back();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", back.code.as_str()),
            ("redirect_uri", &address),
            ("code_verifier", &back.verifier),
        ];
        let form = Form {
            fields: &fields,
            credentials: self.credentials(),
        };
        let endpoint = &known.description.token_endpoint;
        let answer: Answer = self.exchange.post(endpoint, &form).await?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client_id,
            nonce: &back.nonce,
            acr: &self.settings.acr,
            amr: &self.settings.amr,
            now,
        };
        let claims = match check(&answer.id_token, &known.keys, &expected) {
            // The provider may have new keys.
            Err(Fault::UnknownKey) => {
                let known = self.known(now, AGAIN).await?;
                check(&answer.id_token, &known.keys, &expected)?
            }
            outcome => outcome?,
        };
        Ok(Subject {
            issuer: self.settings.issuer.clone(),
            subject: claims.sub,
        })
    }

    /// Id and secret as RFC 6749, section 2.3.1 writes them.
    fn credentials(&self) -> String {
        let id = escaped(&self.settings.client_id);
        let secret = escaped(self.settings.client_secret.reveal());
        format!(
            "Basic {}",
            BASE64.encode(format!("{id}:{secret}").as_bytes())
        )
    }
}

impl OpenIdProvider for Provider {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn address<'a>(&'a self, way: &'a WayOut, now: Moment) -> ProviderFuture<'a, String> {
        Box::pin(self.address_of(way, now))
    }

    fn subject<'a>(&'a self, back: &'a WayBack, now: Moment) -> ProviderFuture<'a, Subject> {
        Box::pin(self.subject_of(back, now))
    }
}

/// Whether an address is encrypted, or on this machine, where tests have their provider.
fn is_safe(address: &str) -> bool {
    let on_this_machine = ["http://127.0.0.1:", "http://localhost:"];
    address.starts_with("https://")
        || on_this_machine
            .iter()
            .any(|start| address.starts_with(start))
}
