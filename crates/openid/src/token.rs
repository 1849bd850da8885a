//! The token that says who came: a signed JSON document (RFC 7515, 7519; OpenID Connect Core 3.1.3.7).
//!
//! Only signatures with a public key are taken: `none` and those with a shared secret would let
//! somebody else sign. What is not understood is refused.

use application::sign_in::ProviderError;
use data_encoding::BASE64URL_NOPAD;
use domain::moment::Moment;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How far clocks may differ, in seconds.
const LEEWAY: i64 = 60;

/// Oldest token that is taken, in seconds after it was issued; it is fetched at once.
const OLDEST: i64 = 600;

/// Longest token in bytes.
const LONGEST: usize = 16 * 1024;

/// The keys of a provider.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone, Debug, Deserialize)]
struct Key {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    /// What the key is for; absent for everything.
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// Extensions that must be understood; none is.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// What the token says.
#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    pub(crate) sub: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a str,
    pub(crate) nonce: &'a str,
    /// One of these levels of assurance; empty when methods are asked.
    pub(crate) acr: &'a [String],
    /// One of these methods; empty when a level is asked.
    pub(crate) amr: &'a [String],
    pub(crate) now: Moment,
}

/// Why a token was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No key of the provider has the id: they may have been renewed.
    UnknownKey,
    /// Something else, as the log tells it.
    Refused(&'static str),
}

impl From<Fault> for ProviderError {
    fn from(fault: Fault) -> ProviderError {
        ProviderError::Refused(match fault {
            Fault::UnknownKey => "the token is signed with an unknown key",
            Fault::Refused(why) => why,
        })
    }
}

/// Checks a token and gives what it says.
pub(crate) fn check(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, Fault> {
    if token.len() > LONGEST {
        return Err(Fault::Refused("the token is too long"));
    }
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Fault::Refused("the token is not signed"));
    };
    let header: Header = read(head)?;
    if header.crit.is_some() {
        return Err(Fault::Refused("the token asks for an unknown extension"));
    }
    let signature = decoded(signature)?;
    // What was signed is the text before the last point.
    let signed = &token[..head.len() + 1 + body.len()];
    keys.verify(&header, signed.as_bytes(), &signature)?;
    let claims: Claims = read(body)?;
    claims.check(expected)?;
    Ok(claims)
}

impl Keys {
    fn verify(&self, header: &Header, signed: &[u8], signature: &[u8]) -> Result<(), Fault> {
        if !["RS256", "PS256", "ES256", "ES384"].contains(&header.alg.as_str()) {
            return Err(Fault::Refused(
                "the token is signed in a way that is not taken",
            ));
        }
        let fits = |key: &&Key| {
            let has_id = header.kid.is_none() || key.kid == header.kid;
            let is_for_signing = key
                .purpose
                .as_deref()
                .is_none_or(|purpose| purpose == "sig");
            let is_of_kind = key.alg.as_deref().is_none_or(|alg| alg == header.alg);
            has_id && is_for_signing && is_of_kind
        };
        let mut fitting = self.keys.iter().filter(fits);
        let key = match (fitting.next(), fitting.next()) {
            (Some(key), None) => key,
            (None, _) => return Err(Fault::UnknownKey),
            _ => return Err(Fault::Refused("several keys fit the token")),
        };
        key.verify(&header.alg, signed, signature)
    }
}

impl Key {
    fn verify(&self, alg: &str, signed: &[u8], signature: &[u8]) -> Result<(), Fault> {
        let point = || -> Result<Vec<u8>, Fault> {
            // Uncompressed point: 4, x, y.
            Ok([vec![4], decoded(&self.x)?, decoded(&self.y)?].concat())
        };
        let outcome = match (alg, self.kty.as_str(), self.crv.as_deref()) {
            ("RS256" | "PS256", "RSA", _) => {
                let (n, e) = (decoded(&self.n)?, decoded(&self.e)?);
                let key = RsaPublicKeyComponents { n, e };
                let how = if alg == "RS256" {
                    &RSA_PKCS1_2048_8192_SHA256
                } else {
                    &RSA_PSS_2048_8192_SHA256
                };
                key.verify(how, signed, signature)
            }
            ("ES256", "EC", Some("P-256")) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point()?).verify(signed, signature)
            }
            ("ES384", "EC", Some("P-384")) => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point()?).verify(signed, signature)
            }
            _ => return Err(Fault::Refused("the key does not fit the signature")),
        };
        outcome.map_err(|_| Fault::Refused("the signature is wrong"))
    }
}

impl Claims {
    fn check(&self, expected: &Expected<'_>) -> Result<(), Fault> {
        let now = expected.now.micros() / 1_000_000;
        let is_among = |wanted: &[String], found: &str| wanted.iter().any(|one| one == found);
        let has_second_factor = self
            .acr
            .as_deref()
            .is_some_and(|acr| is_among(expected.acr, acr))
            || self.amr.iter().any(|amr| is_among(expected.amr, amr));
        let rules = [
            (self.iss == expected.issuer, "another issuer"),
            (self.aud.is_only(expected.client), "another audience"),
            (
                self.azp.as_deref().is_none_or(|azp| azp == expected.client),
                "another authorised party",
            ),
            (now < self.exp + LEEWAY, "the token is too old"),
            (self.iat <= now + LEEWAY, "the token is of the future"),
            (now - self.iat <= OLDEST, "the token was issued long ago"),
            (
                self.nbf.is_none_or(|from| from <= now + LEEWAY),
                "the token is not valid yet",
            ),
            (
                self.nonce.as_deref() == Some(expected.nonce),
                "another nonce",
            ),
            (
                (1..=255).contains(&self.sub.len()),
                "no subject, or a too long one",
            ),
            (has_second_factor, "no second factor"),
        ];
        match rules.into_iter().find(|(holds, _)| !holds) {
            Some((_, why)) => Err(Fault::Refused(why)),
            None => Ok(()),
        }
    }
}

impl Audience {
    /// Whether the token is for this program and for no other.
    fn is_only(&self, client: &str) -> bool {
        match self {
            Audience::One(one) => one == client,
            Audience::Many(many) => matches!(many.as_slice(), [one] if one == client),
        }
    }
}

fn read<T: DeserializeOwned>(part: &str) -> Result<T, Fault> {
    serde_json::from_slice(&decoded(part)?).map_err(|_| Fault::Refused("the token cannot be read"))
}

fn decoded(part: &str) -> Result<Vec<u8>, Fault> {
    BASE64URL_NOPAD
        .decode(part.as_bytes())
        .map_err(|_| Fault::Refused("the token cannot be read"))
}
