//! A provider of identities on this machine: description, keys, codes, signed tokens. It checks
//! what a provider checks (secret, verifier, one use of a code), and can be told to misbehave.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::Listener;
use axum::{Form, Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use domain::moment::Clock;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use serde_json::{Value, json};
use testkit::clock::SetClock;
use vault::token::Secret;

pub(crate) const CLIENT: &str = "werkbrug";
pub(crate) const SECRET: &str = "a secret with a : and a %";

/// A key for this test alone.
const KEY: &[u8] = include_bytes!("fixtures/provider-key.der");

/// What the provider does in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    None,
    Elliptic,
    OneInAList,
    RenewsKeys,
    OtherNonce,
    NoNonce,
    OtherAudience,
    TwoAudiences,
    OtherIssuer,
    Expired,
    OfTheFuture,
    IssuedLongAgo,
    OnlyPassword,
    NoMethods,
    ChangedAfterSigning,
    ChangedSignature,
    UnknownKey,
    AlgNone,
    SharedSecret,
    KeyOfOtherKind,
    NotSigned,
    Critical,
    OtherVerifier,
    DescribesAnother,
    UnsafeAddress,
    TooMuch,
    NotJson,
    Broken,
}

struct Inner {
    turn: Turn,
    issuer: String,
    rsa: RsaKeyPair,
    elliptic: EcdsaKeyPair,
    /// Code → nonce and challenge; gone when it was used.
    codes: Mutex<HashMap<String, (String, String)>>,
    n_keys_asked: Mutex<u32>,
}

/// The provider; it goes with the test.
pub(crate) struct FakeProvider {
    pub(crate) issuer: String,
    inner: Arc<Inner>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl FakeProvider {
    pub(crate) async fn start(turn: Turn) -> FakeProvider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        FakeProvider::serve(turn, issuer, listener)
    }

    /// A provider that is reached through a listener of the caller.
    pub(crate) fn serve<L>(turn: Turn, issuer: String, listener: L) -> FakeProvider
    where
        L: Listener<Addr: std::fmt::Debug>,
    {
        let random = SystemRandom::new();
        let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let elliptic = EcdsaKeyPair::generate_pkcs8(curve, &random).unwrap();
        let inner = Arc::new(Inner {
            turn,
            issuer: issuer.clone(),
            rsa: RsaKeyPair::from_der(KEY).unwrap(),
            elliptic: EcdsaKeyPair::from_pkcs8(curve, elliptic.as_ref(), &random).unwrap(),
            codes: Mutex::default(),
            n_keys_asked: Mutex::default(),
        });
        let service = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        let serving = tokio::spawn(async move {
            axum::serve(listener, service).await.unwrap();
        });
        FakeProvider {
            issuer,
            inner,
            serving,
        }
    }

    /// Somebody logs in at the address; gives the code that their browser would bring back.
    pub(crate) fn log_in(&self, address: &str) -> String {
        let (start, query) = address.split_once('?').unwrap();
        assert_eq!(start, format!("{}/login", self.issuer));
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(own, _)| *own == name).unwrap().1.to_owned()
        };
        assert_eq!(value("client_id"), CLIENT);
        let code = "the code".to_owned();
        let asked = (value("nonce"), value("code_challenge"));
        self.inner.codes.lock().unwrap().insert(code.clone(), asked);
        code
    }
}

async fn describe(State(inner): State<Arc<Inner>>) -> Response {
    let issuer = match inner.turn {
        Turn::DescribesAnother => "https://another.example",
        _ => inner.issuer.as_str(),
    };
    let keys = match inner.turn {
        Turn::UnsafeAddress => "http://elsewhere.example/keys".to_owned(),
        _ => format!("{}/keys", inner.issuer),
    };
    match inner.turn {
        Turn::TooMuch => " ".repeat(300 * 1024).into_response(),
        Turn::NotJson => "<html>".into_response(),
        Turn::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => Json(json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{}/login", inner.issuer),
            "token_endpoint": format!("{}/token", inner.issuer),
            "jwks_uri": keys,
        }))
        .into_response(),
    }
}

async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let mut asked = inner.n_keys_asked.lock().unwrap();
    *asked += 1;
    let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(inner.rsa.public());
    let point = inner.elliptic.public_key().as_ref();
    // Before it renews its keys the provider has another one.
    let id = if inner.turn == Turn::RenewsKeys && *asked == 1 {
        "old"
    } else {
        "rsa"
    };
    Json(json!({"keys": [
        {
            "kty": "RSA", "kid": id, "use": "sig",
            "n": text(&public.n),
            "e": text(&public.e),
        },
        {
            "kty": "EC", "kid": "elliptic", "use": "sig", "crv": "P-256",
            "x": text(&point[1..33]), "y": text(&point[33..]),
        },
        {"kty": "RSA", "kid": "encryption", "use": "enc", "n": "AQAB", "e": "AQAB"},
    ]}))
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let refused = || {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        )
    };
    let id = "werkbrug:a%20secret%20with%20a%20%3A%20and%20a%20%25";
    let credentials = format!("Basic {}", BASE64.encode(id.as_bytes()));
    assert_eq!(headers["authorization"], credentials.as_str());
    let Some((nonce, challenge)) = inner.codes.lock().unwrap().remove(&form["code"]) else {
        return refused().into_response();
    };
    let verifier = Secret::from_text(form["code_verifier"].clone());
    let proves = BASE64URL_NOPAD.encode(verifier.hash().as_bytes()) == challenge;
    if !proves || inner.turn == Turn::OtherVerifier {
        return refused().into_response();
    }
    Json(json!({"access_token": "unused", "token_type": "Bearer", "id_token": signed(&inner, &nonce)}))
        .into_response()
}

/// The token for somebody.
fn signed(inner: &Inner, nonce: &str) -> String {
    let now = SetClock::new().now().micros() / 1_000_000;
    let mut claims = json!({
        "iss": inner.issuer, "sub": "somebody", "aud": CLIENT, "nonce": nonce,
        "iat": now, "exp": now + 300, "amr": ["pwd", "mfa"],
    });
    match inner.turn {
        Turn::OneInAList => claims["aud"] = json!([CLIENT]),
        Turn::OtherNonce => claims["nonce"] = json!("another"),
        Turn::NoNonce => claims["nonce"] = Value::Null,
        Turn::OtherAudience => claims["aud"] = json!("another"),
        Turn::TwoAudiences => claims["aud"] = json!([CLIENT, "another"]),
        Turn::OtherIssuer => claims["iss"] = json!("https://another.example"),
        Turn::Expired => claims["exp"] = json!(now - 61),
        Turn::OfTheFuture => claims["iat"] = json!(now + 300),
        Turn::IssuedLongAgo => claims["iat"] = json!(now - 3600),
        Turn::OnlyPassword => claims["amr"] = json!(["pwd"]),
        Turn::NoMethods => claims["amr"] = json!([]),
        _ => {}
    }
    let mut header = json!({"alg": "RS256", "kid": "rsa", "typ": "JWT"});
    match inner.turn {
        Turn::Elliptic => header = json!({"alg": "ES256", "kid": "elliptic"}),
        Turn::UnknownKey => header["kid"] = json!("unknown"),
        Turn::AlgNone => header = json!({"alg": "none"}),
        Turn::SharedSecret => header["alg"] = json!("HS256"),
        Turn::KeyOfOtherKind => header["kid"] = json!("elliptic"),
        Turn::Critical => header["crit"] = json!(["exp"]),
        _ => {}
    }
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let mut text = format!("{}.{}", part(&header), part(&claims));
    let mut signature = signature(inner, text.as_bytes());
    match inner.turn {
        Turn::NotSigned => return text,
        Turn::AlgNone => signature.clear(),
        Turn::ChangedSignature => signature[7] ^= 1,
        Turn::ChangedAfterSigning => {
            claims["sub"] = json!("somebody else");
            text = format!("{}.{}", part(&header), part(&claims));
        }
        _ => {}
    }
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature))
}

fn signature(inner: &Inner, text: &[u8]) -> Vec<u8> {
    let random = SystemRandom::new();
    if inner.turn == Turn::Elliptic {
        return inner
            .elliptic
            .sign(&random, text)
            .unwrap()
            .as_ref()
            .to_vec();
    }
    let mut signature = vec![0; inner.rsa.public().modulus_len()];
    inner
        .rsa
        .sign(&RSA_PKCS1_SHA256, &random, text, &mut signature)
        .unwrap();
    signature
}
