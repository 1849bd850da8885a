//! My diplomas: what they are worth here, what to do, what it costs, how long it takes, who decides.

use application::diplomas::{DiplomaRoutes, ProfessionRoute, ValuationRoute};
use application::may_work::MayWorkSource;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::permission::date;
use super::story::education_name;
use crate::failure::Failure;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/newcomer/diplomas.html")]
struct DiplomasPage {
    page: Page,
    routes: DiplomaRoutes,
}

/// `GET /mijn/diploma`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let routes = app
        .diploma_routes(page.context()?, person, page.language)
        .await?;
    let template = DiplomasPage { page, routes };
    page::html(StatusCode::OK, &template.page, &template)
}

impl DiplomasPage {
    fn school(&self, route: &ValuationRoute) -> String {
        let level = education_name(&self.page, route.school.level);
        match &route.school.words {
            Some(words) => format!("{} ({level})", words.as_str()),
            None => level,
        }
    }

    /// What it costs, in words.
    fn fee(&self, route: &ValuationRoute) -> String {
        match route.fee_cents {
            Some(0) => self.page.t("my-diploma-free"),
            Some(cents) => {
                let euros = format!("{},{:02}", cents / 100, cents % 100);
                self.page.tt("my-diploma-fee", "euros", euros)
            }
            None => self.page.t("my-diploma-fee-ask"),
        }
    }

    fn days(&self, route: &ValuationRoute) -> String {
        self.page.tn("my-diploma-days", route.working_days as usize)
    }

    fn dutch(&self, route: &ProfessionRoute) -> Option<String> {
        let (level, has) = route.dutch?;
        let key = match has {
            Some(true) => "my-diploma-dutch-enough",
            Some(false) => "my-diploma-dutch-more",
            None => "my-diploma-dutch",
        };
        Some(self.page.tt(key, "level", level.code()))
    }

    fn checked(&self, source: &MayWorkSource) -> String {
        let on = date(&self.page, source.checked_on);
        self.page.tt("newcomer-may-checked", "date", on)
    }
}
