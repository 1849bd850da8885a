//! Programs of organisations over HTTP: tokens made on a page, used with `Authorization: Bearer`.

use std::sync::Arc;

use application::{Context, NewApiToken};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::id::OrganisationId;
use domain::organisation::{OrganisationKind, Role};
use domain::scope::Scope;
use domain::vacancy::VacancyState;
use serde_json::{Value, json};
use testkit::database::{TestDatabase, run};
use web::{Access, Settings, Site, Surface};

use crate::site::{Answer, ask_of};
use crate::story::{CATALOGUE, Town, town, vacancy_for};
use crate::world::{self, TestError, World};

struct Programs {
    world: World,
    town: Town,
    service: Router,
    // The file goes when this does.
    _database: TestDatabase,
}

async fn programs() -> Result<Programs, TestError> {
    let database = TestDatabase::sqlite()?;
    let world = world::prepare(&database).await?;
    let town = town(&world).await?;
    let site = Site::new(CATALOGUE.clone(), Settings::default())?;
    let site = site.with_application(town.application.clone());
    Ok(Programs {
        service: web::router(Arc::new(site)),
        town,
        world,
        _database: database,
    })
}

impl Programs {
    async fn token(
        &self,
        organisation: OrganisationId,
        scopes: &[Scope],
    ) -> Result<String, TestError> {
        let new = NewApiToken {
            organisation,
            name: "Proefprogramma",
            scopes: scopes.iter().copied().collect(),
            days: 30,
        };
        let made = self
            .world
            .application
            .make_api_token(&Context::machine(), new)
            .await?;
        Ok(made.1.reveal().to_owned())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        (headers, body): (&[(&str, &str)], &str),
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned()));
        ask_of(self.service.clone(), request.expect("a valid request")).await
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        self.send(Method::GET, path, token, (&[], "")).await
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn a_program_keeps_its_vacancies() {
    run(async {
        let here = programs().await?;
        let all: Vec<Scope> = OrganisationKind::Employer.scopes().iter().collect();
        let token = here.token(here.town.workshop, &all).await?;
        let content = json!({
            "content": {
                "title": "Lasser",
                "tasks": ["platen lassen"],
                "kind": "regular",
                "places": 2,
                "hours": 24,
                "languages": [{"language": "nl", "modality": "speaking", "atStart": "A1", "afterAYear": "A2"}]
            }
        });
        let path = "/api/v1/vacancies";
        let made = here
            .send(Method::POST, path, &token, (&[JSON], &content.to_string()))
            .await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let address = made.header("location").to_owned();
        let read = here.get(&address, &token).await;
        assert_eq!(read.status, StatusCode::OK);
        assert_eq!(read.header("etag"), "\"1\"");
        assert_eq!(read.header("cache-control"), "no-store");
        assert_eq!(read.header("access-control-allow-origin"), "");
        let mut body = read.json();
        body["id"] = Value::from("(id)");
        insta::assert_json_snapshot!("program-vacancy", body);
        let listed = here.get(path, &token).await.json();
        assert_eq!(listed["vacancies"].as_array().map(Vec::len), Some(1));

        // Opening it without a demanded skill is refused and says why.
        let open = |title: &str| {
            let mut content = content.clone();
            content["content"]["title"] = Value::from(title);
            content["state"] = Value::from("open");
            content.to_string()
        };
        let put = |tag: &'static str, body: String| {
            let token = token.clone();
            let address = address.clone();
            let here = &here;
            async move {
                let headers = [JSON, ("if-match", tag)];
                let used = if tag.is_empty() {
                    &headers[..1]
                } else {
                    &headers[..]
                };
                here.send(Method::PUT, &address, &token, (used, &body))
                    .await
            }
        };
        let refused = put("\"1\"", open("Lasser")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert_eq!(refused.json()["invalidParams"][0]["name"], "body");
        let blind = put("", content.to_string()).await;
        assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
        let changed = put("\"1\"", content.to_string()).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
        assert_eq!(changed.header("etag"), "\"2\"");
        let late = put("\"1\"", content.to_string()).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(late.json()["type"], "urn:werkbrug:problem:stale-version");

        // More than is asked for is refused, wherever it stands.
        for extra in [
            json!({"organisation": "x", "content": content["content"]}),
            json!({"content": {"title": "Lasser", "kind": "regular", "places": 1, "version": 1}}),
            json!({"content": {"kind": "regular", "places": 1}}),
            json!([]),
        ] {
            let outcome = here
                .send(Method::POST, path, &token, (&[JSON], &extra.to_string()))
                .await;
            assert_eq!(outcome.status, StatusCode::BAD_REQUEST, "{extra}");
        }
        let wrong_type = here
            .send(
                Method::POST,
                path,
                &token,
                (&[("content-type", "text/csv")], "title\nLasser"),
            )
            .await;
        assert_eq!(wrong_type.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_job_posting_is_taken_and_candidates_are_only_counted() {
    run(async {
        let here = programs().await?;
        let all: Vec<Scope> = OrganisationKind::Employer.scopes().iter().collect();
        let token = here.token(here.town.workshop, &all).await?;
        let posting = json!({
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": "Lasser",
            "description": "Wij zoeken een lasser."
        });
        let linked = ("content-type", "application/ld+json; charset=utf-8");
        let made = here
            .send(
                Method::POST,
                "/api/v1/vacancies",
                &token,
                (&[linked], &posting.to_string()),
            )
            .await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!(made.json()["content"]["title"], "Lasser");
        let table = here
            .send(
                Method::POST,
                "/api/v1/vacancies",
                &token,
                (&[linked], "title\nLasser\n"),
            )
            .await;
        assert_eq!(table.status, StatusCode::BAD_REQUEST);

        let app = &here.town.application;
        let employer = &here.town.employer.context;
        let vacancy = vacancy_for("lasser")?;
        let id = app.create_vacancy(employer, &vacancy).await?;
        let count = format!("/api/v1/vacancies/{id}/candidate-count");
        assert_eq!(
            here.get(&count, &token).await.status,
            StatusCode::NOT_FOUND,
            "a draft"
        );
        app.set_vacancy_state(employer, id, 1, VacancyState::Open)
            .await?;
        app.refresh_work().await?;
        let few = here.get(&count, &token).await;
        assert_eq!(few.status, StatusCode::OK, "{}", few.body);
        assert_eq!(few.json(), json!({"kind": "few"}));
        Ok::<(), TestError>(())
    });
}

#[test]
fn what_belongs_to_others_is_not_there() {
    run(async {
        let here = programs().await?;
        let other = here
            .world
            .organisation(OrganisationKind::Employer, "Anders BV")
            .await?;
        let all: Vec<Scope> = OrganisationKind::Employer.scopes().iter().collect();
        let token = here.token(other, &all).await?;
        let employer = &here.town.employer.context;
        let vacancy = vacancy_for("lasser")?;
        let id = here
            .town
            .application
            .create_vacancy(employer, &vacancy)
            .await?;
        let unknown = "01900000-0000-7000-8000-000000000000";
        for end in ["", "/candidate-count"] {
            let theirs = here
                .get(&format!("/api/v1/vacancies/{id}{end}"), &token)
                .await;
            let nothing = here
                .get(&format!("/api/v1/vacancies/{unknown}{end}"), &token)
                .await;
            assert_eq!(theirs.status, StatusCode::NOT_FOUND);
            assert_eq!(nothing.status, StatusCode::NOT_FOUND);
            assert_eq!(theirs.json()["title"], nothing.json()["title"]);
        }
        let body = json!({"content": {"title": "Anders", "kind": "regular", "places": 1}});
        let put = here
            .send(
                Method::PUT,
                &format!("/api/v1/vacancies/{id}"),
                &token,
                (&[JSON, ("if-match", "\"1\"")], &body.to_string()),
            )
            .await;
        assert_eq!(put.status, StatusCode::NOT_FOUND);
        let listed = here.get("/api/v1/vacancies", &token).await.json();
        assert_eq!(listed, json!({"vacancies": []}));
        Ok::<(), TestError>(())
    });
}

/// Every route for programs: without a token, with one that does not work, with every other scope,
/// with a session of a person, and with too many requests.
#[test]
fn routes_for_programs_open_only_with_their_scope() {
    run(async {
        let here = programs().await?;
        let mut tokens = Vec::new();
        for (organisation, kind) in [
            (here.town.workshop, OrganisationKind::Employer),
            (here.town.municipality, OrganisationKind::Municipality),
        ] {
            for scope in kind.scopes().iter() {
                tokens.push((scope, here.token(organisation, &[scope]).await?));
            }
        }
        let cookie = format!("__Host-sessie={}", here.town.employer.token.reveal());
        for route in web::declared_routes() {
            let Access::Program(needed) = route.access else {
                continue;
            };
            assert_eq!(route.surface, Surface::Api);
            let path = route
                .path
                .replace("{id}", "01900000-0000-7000-8000-000000000000");
            let method: Method = route.method.parse()?;
            let ask = async |token: &str, headers: &[(&str, &str)]| {
                here.send(method.clone(), &path, token, (headers, "{}"))
                    .await
            };
            let nobody = ask("", &[]).await;
            assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(
                nobody.header("www-authenticate"),
                "Bearer realm=\"werkbrug\""
            );
            assert_eq!(nobody.header("content-type"), "application/problem+json");
            let person = ask("", &[("cookie", &cookie)]).await;
            assert_eq!(person.status, StatusCode::UNAUTHORIZED, "{path}");
            let wrong = ask("werkbrug_wrong", &[]).await;
            assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(
                wrong
                    .header("www-authenticate")
                    .ends_with("error=\"invalid_token\"")
            );
            for (scope, token) in &tokens {
                let answer = ask(token, &[JSON]).await;
                if *scope == needed {
                    assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{path} {scope}");
                    assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path} {scope}");
                } else {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {scope}");
                    let expected = format!("error=\"insufficient_scope\", scope=\"{needed}\"");
                    assert!(answer.header("www-authenticate").ends_with(&expected));
                }
            }
        }
        // A token opens no page for people.
        let (_, token) = &tokens[0];
        let page = here.get("/vacatures", token).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let rules = application::throttle::AttemptRules::default();
        let token = here
            .token(here.town.municipality, &[Scope::CaseloadRead])
            .await?;
        let mut last = here.get("/api/v1/caseload-counts", &token).await;
        assert_eq!(last.status, StatusCode::OK);
        insta::assert_json_snapshot!("program-caseload", last.json());
        for _ in 0..rules.program_per_minute {
            last = here.get("/api/v1/caseload-counts", &token).await;
        }
        assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(last.header("retry-after"), "61");
        Ok::<(), TestError>(())
    });
}

#[test]
fn figures_are_those_of_the_pages() {
    run(async {
        let here = programs().await?;
        let token = here
            .token(here.town.municipality, &[Scope::FiguresRead])
            .await?;
        let listed = here.get("/api/v1/indicators", &token).await.json();
        let ids: Vec<&str> = listed["indicators"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["id"].as_str())
            .collect();
        assert!(ids.contains(&"paid-work"), "{ids:?}");
        for id in &ids {
            let read = here
                .get(&format!("/api/v1/indicators/{id}/figures"), &token)
                .await;
            assert_eq!(read.status, StatusCode::OK, "{id}");
            for figure in read.json()["figures"].as_array().into_iter().flatten() {
                let has_value = figure["outcome"] == "value";
                assert_eq!(figure["value"].is_number(), has_value, "{figure}");
            }
        }
        for (query, name) in [
            ("area=GM9999", "area"),
            ("cohort=1800", "cohort"),
            ("month=x", "month"),
        ] {
            let path = format!("/api/v1/indicators/paid-work/figures?{query}");
            let answer = here.get(&path, &token).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(answer.json()["invalidParams"][0]["name"], name);
        }
        let unknown = here.get("/api/v1/indicators/nothing/figures", &token).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        Ok::<(), TestError>(())
    });
}

#[test]
fn an_administrator_makes_and_stops_a_token() {
    run(async {
        let here = programs().await?;
        let administrator = here
            .world
            .colleague(here.town.workshop, Role::Administrator, "a@example.org")
            .await?;
        let cookie = format!("__Host-sessie={}", administrator.token.reveal());
        let form = ("content-type", "application/x-www-form-urlencoded");
        let post = async |path: &str, body: &str| {
            let headers = [("cookie", cookie.as_str()), form, ("accept-language", "nl")];
            here.send(Method::POST, path, "", (&headers, body)).await
        };
        for (body, field) in [
            ("naam=&mag=vacancies%3Aread&dagen=90", "#naam"),
            ("naam=Rooster&dagen=90", "#mag"),
            ("naam=Rooster&mag=caseload%3Aread&dagen=90", "#mag"),
            ("naam=Rooster&mag=vacancies%3Aread&dagen=9999", "#dagen"),
        ] {
            let answer = post("/koppelingen", body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
            assert!(answer.body.contains(&format!("href=\"{field}\"")), "{body}");
        }
        let made = post("/koppelingen", "naam=Rooster&mag=vacancies%3Aread&dagen=90").await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let token = made
            .body
            .split("<code class=\"wb-secret\" dir=\"ltr\">")
            .nth(1)
            .and_then(|rest| rest.split("</code>").next())
            .expect("the token is shown");
        assert_eq!(
            here.get("/api/v1/vacancies", token).await.status,
            StatusCode::OK
        );
        let headers = [("cookie", cookie.as_str())];
        let again = here
            .send(Method::GET, "/koppelingen", "", (&headers, ""))
            .await;
        assert!(
            again.body.contains("Rooster") && !again.body.contains(token),
            "shown once"
        );
        let id = again
            .body
            .split("name=\"sleutel\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("it can be stopped");
        let stopped = post("/koppelingen/stoppen", &format!("sleutel={id}")).await;
        assert_eq!(stopped.status, StatusCode::SEE_OTHER);
        let after = here.get("/api/v1/vacancies", token).await;
        assert_eq!(after.status, StatusCode::UNAUTHORIZED);
        Ok::<(), TestError>(())
    });
}
