//! Logging in with the provider of the organisation over HTTP: the real client of the crate
//! `openid`, a provider on this machine that signs real tokens, the pages and cookies between.

use std::sync::Arc;

use application::{Application, Context, InviteStaff};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::id::AccountId;
use domain::organisation::{OrganisationKind, Role};
use openid::Provider;
use testkit::database::{TestDatabase, run};
use vault::token::Secret;
use web::{Settings, Site};

use crate::provider::{CLIENT, FakeProvider, SECRET, Turn};
use crate::site::{Answer, ask_of};
use crate::world::{self, TestError, World};

/// A service whose staff can log in with a provider.
struct Here {
    world: World,
    app: Application,
    service: Router,
    fake: FakeProvider,
    // The file goes when this does.
    _database: TestDatabase,
}

/// A browser that is with the provider: what it kept, and what it is told to bring back.
struct OnTheWay {
    cookie: String,
    state: String,
    code: String,
}

async fn here(turn: Turn) -> Result<Here, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let fake = FakeProvider::start(turn).await;
    let provider = Provider::new(openid::Settings {
        name: "Proefprovider".to_owned(),
        issuer: fake.issuer.clone(),
        client_id: CLIENT.to_owned(),
        client_secret: Secret::from_text(SECRET.to_owned()),
        site: "https://werkbrug.example".to_owned(),
        acr: Vec::new(),
        amr: vec!["mfa".to_owned()],
        authorities: None,
    })?;
    let app = world.application.clone().with_provider(Arc::new(provider));
    let site = Site::new(taxonomy::starter::catalogue()?, Settings::default())?;
    Ok(Here {
        service: web::router(Arc::new(site.with_application(app.clone()))),
        world,
        app,
        fake,
        _database: database,
    })
}

/// A cookie that an answer sets, as the browser sends it back.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let set = answer.headers.get_all("set-cookie").iter();
    let set = set
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.starts_with(&format!("{name}=")))?;
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(attribute), "{set}");
    }
    set.split(';').next().map(str::to_owned)
}

impl Here {
    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", "nl")
            .header("cookie", cookie);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn post(&self, path: &str, form: String) -> Answer {
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(form)).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    /// Invites a klantmanager.
    async fn invite(&self) -> Result<(AccountId, Secret), TestError> {
        let town = self
            .world
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let invite = InviteStaff {
            organisation: town,
            role: Role::Klantmanager,
            login_name: "k@example.org",
            display_name: "Fictieve Collega",
        };
        Ok(self.app.invite_staff(&Context::machine(), invite).await?)
    }

    /// The browser goes to the provider, where somebody logs in.
    fn leave(&self, answer: &Answer, address: &str) -> OnTheWay {
        let mut pairs = address.split(['?', '&']);
        let state = pairs.find_map(|pair| pair.strip_prefix("state="));
        OnTheWay {
            cookie: cookie(answer, "__Host-onderweg").expect("something to come back with"),
            state: state.expect("a state").to_owned(),
            code: self.fake.log_in(address),
        }
    }

    async fn set_out(&self, onward: &str) -> OnTheWay {
        let answer = self
            .get(&format!("/inloggen/organisatie{onward}"), "")
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(cookie(&answer, "__Host-sessie"), None);
        self.leave(&answer, answer.header("location"))
    }

    /// Whoever was invited sets out with the invitation.
    async fn set_out_invited(&self, code: &Secret) -> OnTheWay {
        let form = format!("code={}", code.reveal());
        let answer = self.post("/uitnodiging/organisatie", form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let start = format!("href=\"{}/login", self.fake.issuer);
        let rest = answer.body.split(&start).nth(1).expect("a link");
        let rest = rest.split('"').next().unwrap_or_default();
        let address = format!("{}/login{rest}", self.fake.issuer);
        let address = address.replace("&#38;", "&").replace("&amp;", "&");
        self.leave(&answer, &address)
    }

    async fn come_back(&self, way: &OnTheWay) -> Answer {
        let code = way.code.replace(' ', "%20");
        let query = format!("state={}&code={code}", way.state);
        self.get(
            &format!("/inloggen/organisatie/antwoord?{query}"),
            &way.cookie,
        )
        .await
    }

    /// Comes back and is in; gives the cookie of the session and the page that comes first.
    async fn comes_in(&self, way: &OnTheWay) -> (String, String) {
        let answer = self.come_back(way).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let session = cookie(&answer, "__Host-sessie").expect("a session begins");
        (session, answer.header("location").to_owned())
    }
}

/// Whoever is not let in is told the same, whatever was wrong, and keeps nothing.
fn check_refused(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    assert!(answer.body.contains("Dit inloggen is niet gelukt."));
    assert_eq!(cookie(answer, "__Host-sessie"), None);
    assert_eq!(
        cookie(answer, "__Host-onderweg").as_deref(),
        Some("__Host-onderweg="),
        "what was kept for the way is gone"
    );
}

#[test]
fn staff_come_in_by_their_organisation_once_they_were_invited() {
    run(async {
        let here = here(Turn::None).await?;
        let start = here.get("/inloggen", "").await;
        assert!(start.body.contains("href=\"/inloggen/organisatie\""));
        assert!(start.body.contains("Proefprovider"));
        // The provider knows them, this installation does not.
        check_refused(&here.come_back(&here.set_out("").await).await);
        let (account, code) = here.invite().await?;
        check_refused(&here.come_back(&here.set_out("").await).await);
        let wrong = here.post("/uitnodiging/organisatie", "code=wrong".to_owned());
        assert_eq!(wrong.await.status, StatusCode::FORBIDDEN);

        let (session, first) = here.comes_in(&here.set_out_invited(&code).await).await;
        assert_eq!(first, "/vandaag");
        assert_eq!(here.get(&first, &session).await.status, StatusCode::OK);
        let again = here.set_out_invited_refused(&code).await;
        assert_eq!(again, StatusCode::FORBIDDEN, "an invitation works once");

        // From now on without the invitation, and on to the page that was wanted.
        let (session, onward) = here.comes_in(&here.set_out("?naar=/mensen").await).await;
        assert_eq!(onward, "/mensen");
        assert_eq!(here.get("/mensen", &session).await.status, StatusCode::OK);
        let (_, elsewhere) = here
            .comes_in(&here.set_out("?naar=//evil.example").await)
            .await;
        assert_eq!(elsewhere, "/vandaag");

        here.app.disable_staff(&Context::machine(), account).await?;
        check_refused(&here.come_back(&here.set_out("").await).await);
        let ended = here.get("/mensen", &session).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        Ok::<(), TestError>(())
    });
}

#[test]
fn an_answer_works_once_for_the_browser_that_asked() {
    run(async {
        let here = here(Turn::None).await?;
        let (_, code) = here.invite().await?;
        here.comes_in(&here.set_out_invited(&code).await).await;

        let way = here.set_out("").await;
        here.comes_in(&way).await;
        check_refused(&here.come_back(&way).await);
        // The same with a code that the provider would take.
        let replayed = OnTheWay {
            code: here.set_out("").await.code,
            ..way
        };
        check_refused(&here.come_back(&replayed).await);

        // An answer that somebody else fetched, put into this browser.
        let mine = here.set_out("").await;
        let theirs = here.set_out("").await;
        let mixed = OnTheWay {
            cookie: mine.cookie.clone(),
            ..theirs
        };
        check_refused(&here.come_back(&mixed).await);
        check_refused(&here.come_back(&mine).await);

        let way = here.set_out("").await;
        for state in ["", "x", &"x".repeat(5000)] {
            let bad = OnTheWay {
                state: state.to_owned(),
                cookie: here.set_out("").await.cookie,
                code: way.code.clone(),
            };
            check_refused(&here.come_back(&bad).await);
        }
        let bare = OnTheWay {
            cookie: String::new(),
            ..here.set_out("").await
        };
        check_refused(&here.come_back(&bare).await);
        // The person said no at the provider.
        let way = here.set_out("").await;
        let path = format!(
            "/inloggen/organisatie/antwoord?error=access_denied&state={}",
            way.state
        );
        check_refused(&here.get(&path, &way.cookie).await);
        let late = here.set_out("").await;
        here.world.clock.pass(600);
        check_refused(&here.come_back(&late).await);
        Ok::<(), TestError>(())
    });
}

#[test]
fn without_a_second_factor_or_with_a_changed_token_nobody_comes_in() {
    run(async {
        for turn in [
            Turn::OnlyPassword,
            Turn::ChangedAfterSigning,
            Turn::OtherNonce,
        ] {
            let here = here(turn).await?;
            let (_, code) = here.invite().await?;
            check_refused(&here.come_back(&here.set_out_invited(&code).await).await);
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_provider_that_does_not_answer_is_told_apart() {
    run(async {
        let here = here(Turn::Broken).await?;
        let silent = here.get("/inloggen/organisatie", "").await;
        assert_eq!(silent.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(silent.body.contains("antwoordt nu niet"));
        assert_eq!(cookie(&silent, "__Host-onderweg"), None);
        let (_, code) = here.invite().await?;
        let status = here.set_out_invited_refused(&code).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        Ok::<(), TestError>(())
    });
}

impl Here {
    /// Whoever was invited cannot set out.
    async fn set_out_invited_refused(&self, code: &Secret) -> StatusCode {
        let form = format!("code={}", code.reveal());
        let answer = self.post("/uitnodiging/organisatie", form).await;
        assert_eq!(cookie(&answer, "__Host-onderweg"), None);
        answer.status
    }
}
