//! Logging in with a provider of identities: a real one on this machine, with real signatures.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail at once"
)]

mod encrypted;
mod provider;

use std::sync::Arc;

use application::sign_in::{OpenIdProvider, ProviderError, Subject, WayBack, WayOut};
use domain::moment::{Clock, Moment};
use encrypted::{AUTHORITY, OTHER_AUTHORITY};
use openid::{Provider, Settings, SettingsError};
use provider::{CLIENT, FakeProvider, SECRET, Turn};
use testkit::clock::SetClock;
use vault::token::Secret;

/// SHA-256 of "verifier" and what belongs to it, as the use case would derive them.
fn way() -> (WayOut, WayBack) {
    let verifier = "a-verifier-of-at-least-forty-three-characters";
    let challenge = data_encoding::BASE64URL_NOPAD
        .encode(Secret::from_text(verifier.to_owned()).hash().as_bytes());
    let out = WayOut {
        state: "the-state".to_owned(),
        nonce: "the-nonce".to_owned(),
        challenge,
    };
    let back = WayBack {
        code: String::new(),
        nonce: out.nonce.clone(),
        verifier: verifier.to_owned(),
    };
    (out, back)
}

fn now() -> Moment {
    SetClock::new().now()
}

/// When people come back: late enough for keys to be asked for again.
fn later() -> Moment {
    now() + time::Duration::minutes(2)
}

fn settings(issuer: &str) -> Settings {
    Settings {
        name: "Proefprovider".to_owned(),
        issuer: issuer.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: Secret::from_text(SECRET.to_owned()),
        site: "https://werkbrug.example".to_owned(),
        acr: Vec::new(),
        amr: vec!["mfa".to_owned()],
        authorities: None,
    }
}

/// Goes to the provider and comes back, while the provider does something in its own way.
async fn journey(turn: Turn) -> Result<Subject, ProviderError> {
    let fake = FakeProvider::start(turn).await;
    let provider = Provider::new(settings(&fake.issuer)).expect("good settings");
    come_back(&fake, &provider).await
}

async fn come_back(fake: &FakeProvider, provider: &Provider) -> Result<Subject, ProviderError> {
    let (out, back) = way();
    let address = provider.address(&out, now()).await?;
    let code = fake.log_in(&address);
    let back = WayBack { code, ..back };
    provider.subject(&back, later()).await
}

#[tokio::test]
async fn who_logs_in_comes_back_as_themselves() {
    for turn in [
        Turn::None,
        Turn::Elliptic,
        Turn::OneInAList,
        Turn::RenewsKeys,
    ] {
        let subject = journey(turn)
            .await
            .unwrap_or_else(|e| panic!("{turn:?}: {e}"));
        assert_eq!(subject.subject, "somebody", "{turn:?}");
        assert!(subject.issuer.starts_with("http://127.0.0.1:"), "{turn:?}");
    }
}

#[tokio::test]
async fn what_was_tampered_with_is_refused() {
    for (turn, why) in [
        (Turn::OtherNonce, "another nonce"),
        (Turn::NoNonce, "another nonce"),
        (Turn::OtherAudience, "another audience"),
        (Turn::TwoAudiences, "another audience"),
        (Turn::OtherIssuer, "another issuer"),
        (Turn::Expired, "the token is too old"),
        (Turn::OfTheFuture, "the token is of the future"),
        (Turn::IssuedLongAgo, "the token was issued long ago"),
        (Turn::OnlyPassword, "no second factor"),
        (Turn::NoMethods, "no second factor"),
        (Turn::ChangedAfterSigning, "the signature is wrong"),
        (Turn::ChangedSignature, "the signature is wrong"),
        (Turn::UnknownKey, "the token is signed with an unknown key"),
        (
            Turn::AlgNone,
            "the token is signed in a way that is not taken",
        ),
        (
            Turn::SharedSecret,
            "the token is signed in a way that is not taken",
        ),
        (Turn::KeyOfOtherKind, "the key does not fit the signature"),
        (Turn::NotSigned, "the token is not signed"),
        (Turn::Critical, "the token asks for an unknown extension"),
        (Turn::OtherVerifier, "the provider refuses the code"),
        (Turn::DescribesAnother, "the provider names another issuer"),
        (Turn::UnsafeAddress, "the provider names an unsafe address"),
    ] {
        match journey(turn).await {
            Err(ProviderError::Refused(found)) => assert_eq!(found, why, "{turn:?}"),
            other => panic!("{turn:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_code_works_once_and_a_silent_provider_is_told_apart() {
    let fake = FakeProvider::start(Turn::None).await;
    let provider = Provider::new(settings(&fake.issuer)).expect("good settings");
    let (out, back) = way();
    let address = provider.address(&out, now()).await.unwrap();
    let code = fake.log_in(&address);
    let back = WayBack { code, ..back };
    provider.subject(&back, later()).await.unwrap();
    let again = provider.subject(&back, later()).await;
    assert!(matches!(again, Err(ProviderError::Refused(_))), "{again:?}");
    let gone = Provider::new(settings("http://127.0.0.1:9")).expect("good settings");
    let silent = gone.address(&out, now()).await;
    assert!(
        matches!(silent, Err(ProviderError::Unavailable(_))),
        "{silent:?}"
    );
    for turn in [Turn::TooMuch, Turn::NotJson, Turn::Broken] {
        let outcome = journey(turn).await;
        assert!(
            matches!(outcome, Err(ProviderError::Unavailable(_))),
            "{turn:?} {outcome:?}"
        );
    }
}

#[test]
fn settings_without_a_second_factor_or_encryption_are_refused() {
    let refused = |change: fn(&mut Settings)| {
        let mut settings = settings("https://provider.example");
        change(&mut settings);
        Provider::new(settings).err()
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(
        refused(|s| s.amr.clear()),
        Some(SettingsError::NoSecondFactor)
    );
    let plain = refused(|s| s.issuer = "http://provider.example".to_owned());
    assert_eq!(plain, Some(SettingsError::NotHttps));
    let plain = refused(|s| s.site = "http://werkbrug.example".to_owned());
    assert_eq!(plain, Some(SettingsError::NotHttps));
    assert_eq!(refused(|s| s.client_id.clear()), Some(SettingsError::Empty));
}

/// Goes to an encrypted provider under one of its names, trusting somebody.
async fn encrypted_journey(
    host: &str,
    authorities: Option<&str>,
) -> Result<Subject, ProviderError> {
    let (listener, port) = encrypted::listener().await;
    let issuer = format!("https://{host}:{port}");
    let fake = FakeProvider::serve(Turn::None, issuer, listener);
    let provider = Provider::new(Settings {
        authorities: authorities.map(str::to_owned),
        ..settings(&fake.issuer)
    });
    come_back(&fake, &provider.expect("good settings")).await
}

#[tokio::test]
async fn a_provider_with_an_authority_of_its_own_is_known_by_it() {
    let both = format!("{OTHER_AUTHORITY}{AUTHORITY}");
    for authorities in [AUTHORITY, &both] {
        let subject = encrypted_journey("127.0.0.1", Some(authorities)).await;
        assert_eq!(subject.expect("trusted").subject, "somebody");
    }
    // The authorities that browsers trust, another one, and a name the certificate is not for.
    for (host, authorities) in [
        ("127.0.0.1", None),
        ("127.0.0.1", Some(OTHER_AUTHORITY)),
        ("localhost", Some(AUTHORITY)),
    ] {
        let refused = encrypted_journey(host, authorities).await;
        assert!(
            matches!(refused, Err(ProviderError::Unavailable(_))),
            "{host} {refused:?}"
        );
    }
}

#[test]
fn what_is_no_certificate_of_an_authority_is_refused() {
    let cut = &AUTHORITY[..AUTHORITY.len() / 2];
    let emptied = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for wrong in ["", "a path", cut, emptied, key] {
        let refused = Provider::new(Settings {
            authorities: Some(wrong.to_owned()),
            ..settings("https://provider.example")
        });
        assert_eq!(refused.err(), Some(SettingsError::NoAuthority), "{wrong}");
    }
}

#[tokio::test]
async fn the_address_holds_what_the_answer_is_checked_by() {
    let fake = FakeProvider::start(Turn::None).await;
    let provider = Provider::new(Settings {
        acr: vec!["urn:two factors".to_owned()],
        ..settings(&fake.issuer)
    });
    let provider: Arc<dyn OpenIdProvider> = Arc::new(provider.expect("good settings"));
    let (out, _) = way();
    let address = provider.address(&out, now()).await.unwrap();
    for part in [
        "response_type=code",
        "scope=openid&",
        "state=the-state",
        "nonce=the-nonce",
        "code_challenge_method=S256",
        "redirect_uri=https%3A%2F%2Fwerkbrug.example%2Finloggen%2Forganisatie%2Fantwoord",
        "acr_values=urn%3Atwo%20factors",
    ] {
        assert!(address.contains(part), "{part}: {address}");
    }
    assert!(!address.contains("verifier-of") && !address.contains(SECRET));
}
