//! Logging in over HTTP: cookies, what each role may open, limits, sessions that end.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::{Access, Settings, Site, Surface};

use crate::site::{Answer, ask_of};
use crate::world::{self, PASSWORD, TestError, World};

/// A service over a database, and the world behind it.
struct Installation {
    world: World,
    service: Router,
    // The file goes when this does.
    _database: TestDatabase,
}

async fn install() -> Result<Installation, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let catalogue = taxonomy::starter::catalogue()?;
    let site = Site::new(catalogue, Settings::default())?;
    let site = site.with_application(world.application.clone());
    Ok(Installation {
        service: web::router(Arc::new(site)),
        world,
        _database: database,
    })
}

impl Installation {
    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header("accept-language", "nl")
            .header("cookie", cookie);
        let request = request.body(Body::empty()).expect("a valid request");
        ask_of(self.service.clone(), request).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("accept-language", "nl")
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(Body::from(form.to_owned()));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    async fn organisation(&self, name: &str) -> Result<domain::id::OrganisationId, TestError> {
        Ok(self
            .world
            .organisation(OrganisationKind::Municipality, name)
            .await?)
    }
}

/// The cookie of a session as a browser sends it back.
fn session(answer: &Answer) -> String {
    let cookie = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.starts_with("__Host-sessie="))
        .expect("a session begins");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    cookie.split(';').next().unwrap_or_default().to_owned()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[test]
fn staff_log_in_with_both_factors_and_out_again() {
    run(async {
        let installation = install().await?;
        let town = installation.organisation("Voorbeeldstad").await?;
        let colleague = installation
            .world
            .colleague(town, Role::Administrator, "a.fictief@example.org")
            .await?;
        installation.world.clock.pass(60);
        let one_time = installation.world.one_time(&colleague.second_factor);
        let form = |password: &str, code: &str| {
            format!(
                "naam={}&wachtwoord={}&eenmalig={code}",
                escaped("a.fictief@example.org"),
                escaped(password)
            )
        };
        let path = "/inloggen/medewerker";
        for wrong in [
            form("een ander wachtwoord", &one_time),
            form(PASSWORD, "000000"),
        ] {
            let answer = installation.post(path, "", &wrong).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert!(answer.body.contains("klopt niet"));
            assert!(!answer.body.contains("een ander wachtwoord"));
        }
        let answer = installation
            .post(path, "", &form(PASSWORD, &one_time))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/team");
        let cookie = session(&answer);

        let team = installation.get("/team", &cookie).await;
        assert_eq!(team.status, StatusCode::OK);
        assert!(team.body.contains("Fictieve Collega"));
        assert_eq!(team.header("cache-control"), "no-store");

        let out = installation.post("/uitloggen", &cookie, "").await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        let again = installation.get("/team", &cookie).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert_eq!(again.header("location"), "/inloggen?naar=/team&voorbij=1");
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_code_on_paper_works_once_and_only_few_guesses_do() {
    run(async {
        let installation = install().await?;
        let town = installation.organisation("Voorbeeldstad").await?;
        let klantmanager = installation
            .world
            .colleague(town, Role::Klantmanager, "k.fictief@example.org")
            .await?;
        let person = installation
            .world
            .person(&klantmanager.context, "Fictieve Nieuwkomer")
            .await?;
        let issued = installation
            .world
            .application
            .issue_login_code(&klantmanager.context, person)
            .await?;
        let form = format!("code={}&toestel=gedeeld", escaped(issued.code.reveal()));
        let answer = installation.post("/inloggen/code", "", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = session(&answer);
        let devices = installation.get("/apparaten", &cookie).await;
        assert_eq!(devices.status, StatusCode::OK);
        assert!(devices.body.contains("Gedeeld apparaat"));

        let again = installation.post("/inloggen/code", "", &form).await;
        assert_eq!(again.status, StatusCode::FORBIDDEN);
        // A shared device is forgotten soon.
        installation.world.clock.pass(11 * 60);
        let later = installation.get("/apparaten", &cookie).await;
        assert_eq!(later.status, StatusCode::SEE_OTHER);

        let mut last = again;
        for n in 0..60 {
            let guess = format!("code=ABCD-EFGH-{n:04}&toestel=eigen");
            last = installation.post("/inloggen/code", "", &guess).await;
        }
        assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(last.body.contains("te vaak"));
        Ok::<(), TestError>(())
    });
}

/// Every page that asks for logging in sends a stranger to do so, and hides itself from whoever
/// has another role; sending a form from elsewhere is refused.
#[test]
fn pages_open_only_for_whom_they_were_declared() {
    run(async {
        let installation = install().await?;
        let town = installation.organisation("Voorbeeldstad").await?;
        let mut sessions = Vec::new();
        for (n, role) in [
            Role::Klantmanager,
            Role::Coordinator,
            Role::PolicyOfficer,
            Role::Administrator,
            Role::PrivacyOfficer,
        ]
        .into_iter()
        .enumerate()
        {
            let login_name = format!("fictief{n}@example.org");
            let colleague = installation
                .world
                .colleague(town, role, &login_name)
                .await?;
            let cookie = format!("__Host-sessie={}", colleague.token.reveal());
            sessions.push((role, cookie));
        }
        for route in web::declared_routes() {
            if route.surface != Surface::Page || route.access == Access::Public {
                continue;
            }
            let path = route
                .path
                .replace("{id}", "01900000-0000-7000-8000-000000000000")
                .replace("{number}", "1");
            let ask = async |cookie: &str| {
                if route.method == "POST" {
                    installation.post(&path, cookie, "").await
                } else {
                    installation.get(&path, cookie).await
                }
            };
            let stranger = ask("").await;
            assert_eq!(stranger.status, StatusCode::SEE_OTHER, "{path}");
            assert!(stranger.header("location").starts_with("/inloggen"));
            for (role, cookie) in &sessions {
                // Logging out would end the session that the next routes need.
                if route.path == "/uitloggen" {
                    continue;
                }
                let may = match route.access {
                    Access::Public | Access::LoggedIn => true,
                    Access::Newcomer | Access::Program(_) => false,
                    Access::Staff(roles) => roles.contains(role),
                };
                let answer = ask(cookie).await;
                if may {
                    assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{path} {role:?}");
                } else {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {role:?}");
                }
            }
            if route.method == "POST" {
                let request = Request::post(&path)
                    .header("cookie", sessions[0].1.as_str())
                    .header("sec-fetch-site", "cross-site")
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(Body::empty())?;
                let answer = ask_of(installation.service.clone(), request).await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{path} from elsewhere"
                );
            }
        }
        Ok::<(), TestError>(())
    });
}

#[test]
fn an_invitation_becomes_an_account_of_ones_own() {
    run(async {
        let installation = install().await?;
        let town = installation.organisation("Voorbeeldstad").await?;
        let administrator = installation
            .world
            .colleague(town, Role::Administrator, "a.fictief@example.org")
            .await?;
        let cookie = format!("__Host-sessie={}", administrator.token.reveal());
        let form = format!(
            "naam=N.%20Fictief&email={}&rol=klantmanager",
            escaped("n.fictief@example.org")
        );
        let answer = installation.post("/team", &cookie, &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let code = answer
            .body
            .split("<code class=\"wb-secret\" dir=\"ltr\">")
            .nth(1)
            .and_then(|rest| rest.split("</code>").next())
            .expect("the code is shown")
            .to_owned();
        let again = installation.post("/team", &cookie, &form).await;
        assert_eq!(again.status, StatusCode::CONFLICT);

        let step = installation
            .post("/uitnodiging", "", &format!("code={}", escaped(&code)))
            .await;
        assert_eq!(step.status, StatusCode::OK);
        assert!(step.body.contains("n.fictief@example.org"));
        let weak = format!(
            "code={}&wachtwoord=welkom01&eenmalig=000000",
            escaped(&code)
        );
        let answer = installation.post("/uitnodiging", "", &weak).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(
            !answer.body.contains("welkom01"),
            "a password is never shown again"
        );
        Ok::<(), TestError>(())
    });
}
