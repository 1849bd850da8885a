//! How near an occupation is to what a person can do: what they can already, what is missing, and
//! the sum.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::text::ConceptUri;

use super::work::{Need, Points, named, needs, points, without_notes, words_of};
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::reading::Named;

#[derive(Template)]
#[template(path = "pages/newcomer/occupation.html")]
struct OccupationPage {
    page: Page,
    occupation: Named,
    /// Key of the words, class and icon of the fit.
    fit: (&'static str, &'static str, &'static str),
    can: Vec<Need>,
    in_part: Vec<Need>,
    missing: Vec<Need>,
    points: Vec<Points>,
    score: u16,
}

/// `GET /mijn/werk/beroep/{id}`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let found = page.site.directory.occupation(&id);
    let concept = found.ok_or(Failure::NotFound)?;
    let uri = ConceptUri::new(page.site.catalogue.uri(concept)).map_err(|_| Failure::NotFound)?;
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let near = app
        .how_occupation_fits(page.context()?, person, &uri)
        .await?;
    let why = &near.explanation;
    let template = OccupationPage {
        occupation: named(&page, &uri).ok_or(Failure::NotFound)?,
        fit: words_of(why.fit),
        can: without_notes(needs(&page, why.can_do())),
        in_part: needs(&page, why.in_part()),
        missing: needs(&page, why.missing()),
        points: points(&page, why),
        score: why.score,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}
