//! Which barriers keep many people from work, of the own organisation and of all.

use application::work::inventory::{Inventory, LEAST_PEOPLE, Reach};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::failure::Failure;
use crate::page::{self, Page};
use crate::pages::newcomer::Teller;

/// A row in words.
struct Row {
    what: String,
    people: String,
    opens: String,
}

/// An inventory in words.
struct Told {
    people: String,
    without_work: Option<String>,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "pages/guiding/barriers.html")]
struct BarriersPage {
    page: Page,
    /// Address, name, whether it is this one.
    tabs: [(&'static str, String, bool); 2],
    /// None when there are too few people to tell.
    told: Option<Told>,
    least: String,
}

/// `GET /drempels`; `?van=allen` for everybody.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let is_for_all = page.value("van").as_deref() == Some("allen");
    let reach = if is_for_all {
        Reach::Everybody
    } else {
        Reach::OwnOrganisation
    };
    let application = page.site.application()?;
    let found = application
        .barrier_inventory(page.context()?, reach)
        .await?;
    let told = match found {
        Some(found) => Some(told(&page, &found)?),
        None => None,
    };
    let template = BarriersPage {
        tabs: [
            ("/drempels", page.t("guiding-inventory-own"), !is_for_all),
            (
                "/drempels?van=allen",
                page.t("guiding-inventory-all"),
                is_for_all,
            ),
        ],
        told,
        least: page.number(LEAST_PEOPLE as usize),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn told(page: &Page, found: &Inventory) -> Result<Told, Failure> {
    let teller = Teller::new(page)?;
    let number = |count: u64| page.number(count as usize);
    let rows = found.rows.iter().map(|row| Row {
        what: teller.lever(&row.lever),
        people: number(row.people),
        opens: number(row.opens),
    });
    Ok(Told {
        people: number(found.people),
        without_work: found.without_work.map(number),
        rows: rows.collect(),
    })
}
