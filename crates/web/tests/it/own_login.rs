//! A newcomer's own name and password over HTTP.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::world::{self, TestError};

const OWN: &str = "blauwe%20lucht%20boven%20zee";

async fn send(service: &Router, path: &str, cookie: &str, form: Option<&str>) -> Answer {
    let method = if form.is_some() { "POST" } else { "GET" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("accept-language", "nl")
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.unwrap_or_default().to_owned()));
    ask_of(service.clone(), request.expect("a valid request")).await
}

fn session(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-sessie="), "{cookie}");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

#[test]
fn from_the_code_on_paper_to_a_password_of_ones_own() {
    run(async {
        let database = TestDatabase::sqlite()?;
        let world = world::prepare(&database).await?;
        let site = Site::new(taxonomy::starter::catalogue()?, Settings::default())?;
        let service = web::router(Arc::new(site.with_application(world.application.clone())));
        let town = world
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let k = world
            .colleague(town, Role::Klantmanager, "k@example.org")
            .await?;
        let person = world.person(&k.context, "Fictieve Nieuwkomer").await?;
        let code = world
            .application
            .issue_login_code(&k.context, person)
            .await?;
        let form = format!("code={}&toestel=eigen", code.code.reveal());
        let cookie = session(&send(&service, "/inloggen/code", "", Some(&form)).await);
        let devices = send(&service, "/apparaten", &cookie, None).await;
        assert!(devices.body.contains("href=\"/mijn/inloggen\""));
        let own = "/mijn/inloggen";
        for (form, field) in [
            (format!("naam=abc&wachtwoord={OWN}"), "#naam"),
            (
                "naam=groene+fiets&wachtwoord=wachtwoord2026".to_owned(),
                "#wachtwoord",
            ),
            (
                "naam=groene+fiets&wachtwoord=kort".to_owned(),
                "#wachtwoord",
            ),
        ] {
            let answer = send(&service, own, &cookie, Some(&form)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
            assert!(answer.body.contains(&format!("href=\"{field}\"")), "{form}");
            assert!(!answer.body.contains("wachtwoord2026"), "never shown again");
        }
        let form = format!("naam=Groene+Fiets&wachtwoord={OWN}");
        // Another language shows the form again and keeps nothing.
        let turkish = send(&service, "/mijn/inloggen?taal=tr", &cookie, Some(&form)).await;
        assert_eq!(turkish.status, StatusCode::OK);
        assert!(
            turkish.body.contains("Groene Fiets") && !turkish.body.contains("Parolanız silindi")
        );
        let saved = send(&service, own, &cookie, Some(&form)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = send(&service, saved.header("location"), &cookie, None).await;
        assert!(
            page.body.contains("opgeslagen") && page.body.contains("Groene Fiets"),
            "{} {}",
            page.status,
            page.body
        );

        let login = "/inloggen/eigen";
        let mut answers = Vec::new();
        for form in [
            "naam=groene+fiets&wachtwoord=iets+heel+anders",
            "naam=niemand+hier&wachtwoord=iets+heel+anders",
        ] {
            let wrong = send(&service, login, "", Some(form)).await;
            assert_eq!(wrong.status, StatusCode::FORBIDDEN);
            answers.push(
                wrong
                    .body
                    .replace("groene fiets", "")
                    .replace("niemand hier", ""),
            );
        }
        assert_eq!(
            answers[0], answers[1],
            "the answer does not tell who is known"
        );
        let form =
            format!("naam=groene+fiets&wachtwoord={OWN}&toestel=gedeeld&naar=%2Fmijn%2Fwerk");
        let answer = send(&service, login, "", Some(&form)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.header("location"), "/mijn/werk");
        let shared = session(&answer);
        let removed = send(&service, "/mijn/inloggen/weg", &shared, Some("")).await;
        assert_eq!(removed.header("location"), "/mijn/inloggen?klaar=weg");
        let gone = send(&service, login, "", Some(&form)).await;
        assert_eq!(gone.status, StatusCode::FORBIDDEN);
        Ok::<(), TestError>(())
    });
}
