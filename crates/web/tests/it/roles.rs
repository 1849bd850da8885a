//! Choosing a role over HTTP.

use std::sync::Arc;

use application::Context;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::{Settings, Site};

use crate::site::{Answer, ask_of};
use crate::world::{self, TestError};

async fn send(service: &Router, path: &str, cookie: &str, form: Option<&str>) -> Answer {
    let method = if form.is_some() { "POST" } else { "GET" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.unwrap_or_default().to_owned()));
    ask_of(service.clone(), request.expect("a valid request")).await
}

#[test]
fn the_menu_offers_another_role_only_to_who_has_one() {
    run(async {
        let database = TestDatabase::sqlite()?;
        let world = world::prepare(&database).await?;
        let site = Site::new(taxonomy::starter::catalogue()?, Settings::default())?;
        let service = web::router(Arc::new(site.with_application(world.application.clone())));
        let town = world
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let region = world
            .organisation(OrganisationKind::Region, "Proefregio")
            .await?;
        let k = world
            .colleague(town, Role::Administrator, "k@example.org")
            .await?;
        let cookie = format!("__Host-sessie={}", k.token.reveal());
        let before = send(&service, "/team", &cookie, None).await;
        assert!(!before.body.contains("href=\"/rollen\""));
        let other = world
            .application
            .grant_role(&Context::machine(), k.account, region, Role::PolicyOfficer)
            .await?;
        let page = send(&service, "/rollen", &cookie, None).await;
        assert!(page.body.contains("href=\"/rollen\"") && page.body.contains("Proefregio"));
        let nonsense = send(&service, "/rollen", &cookie, Some("rol=x")).await;
        assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
        let chosen = send(&service, "/rollen", &cookie, Some(&format!("rol={other}"))).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER);
        assert_eq!(chosen.header("location"), "/toezeggingen");
        let new = chosen
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        assert_eq!(
            send(&service, "/toezeggingen", &new, None).await.status,
            StatusCode::OK
        );
        assert_eq!(
            send(&service, "/team", &new, None).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            send(&service, "/team", &cookie, None).await.status,
            StatusCode::SEE_OTHER
        );
        Ok::<(), TestError>(())
    });
}
