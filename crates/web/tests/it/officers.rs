//! What officers see of the figures: where they come from, what is hidden, and why.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::language::Language;
use domain::organisation::{OrganisationKind, Role};
use testkit::database::{TestDatabase, run};
use web::monitor::key::RoundingKey;
use web::monitor::{Monitor, MonitorSettings};
use web::{Settings, Site};

use crate::site::ask_of;
use crate::world::{self, TestError};

#[test]
fn a_privacy_officer_sees_why_each_hidden_cell_is_hidden() {
    run(async {
        let database = TestDatabase::sqlite()?;
        let world = world::prepare(&database).await?;
        let settings = MonitorSettings {
            demo: true,
            ..MonitorSettings::default()
        };
        let monitor = Monitor::open(settings, RoundingKey::of_invented())?;
        let site = Site::new(taxonomy::starter::catalogue()?, Settings::default())?
            .with_monitor(Arc::new(monitor))
            .with_application(world.application.clone());
        let service = web::router(Arc::new(site));
        let ask = |path: &str, cookie: String, language: Language| {
            let request = Request::get(path)
                .header("accept-language", language.code())
                .header("cookie", cookie)
                .body(Body::empty())
                .expect("a valid request");
            ask_of(service.clone(), request)
        };
        let here = world
            .organisation(OrganisationKind::Municipality, "Testdam")
            .await?;
        let officer = world
            .colleague(here, Role::PrivacyOfficer, "p@example.org")
            .await?;
        let cookie = format!("__Host-sessie={}", officer.token.reveal());
        let path = "/cijfers/intern?gebied=GM1883";
        for language in Language::interface() {
            let page = ask(path, cookie.clone(), language).await;
            assert_eq!(page.status, StatusCode::OK, "{language}");
            assert!(!page.body.contains("NaN") && !page.body.contains("⟦"));
        }
        let page = ask(path, cookie.clone(), Language::NL).await.body;
        assert!(
            page.contains("href=\"/cijfers/intern\""),
            "the menu leads there"
        );
        let n_hidden = ask(
            "/cijfers/work-at-level/cijfers.csv?gebied=GM1883",
            cookie,
            Language::NL,
        )
        .await
        .body
        .lines()
        .filter(|line| line.contains(",hidden,"))
        .count();
        let of_indicator = page.matches("Werk onder het opleidingsniveau<").count();
        assert!(
            n_hidden > 0 && of_indicator >= n_hidden,
            "{n_hidden} {of_indicator}"
        );
        assert!(page.contains("De groep is te klein voor een percentage."));
        let klantmanager = world
            .colleague(here, Role::Klantmanager, "k@example.org")
            .await?;
        let cookie = format!("__Host-sessie={}", klantmanager.token.reveal());
        let refused = ask(path, cookie, Language::NL).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        Ok::<(), TestError>(())
    });
}
