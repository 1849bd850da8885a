//! Finding an occupation and reading about it.

use application::labour_market::ShortageView;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::text::ConceptUri;
use language::Argument;

use crate::failure::Failure;
use crate::page::{self, LONGEST_TEXT, Page};
use crate::pages::jobs::{Listed, of_occupation};
use crate::reading::{Named, Neighbour, Occupation, Reader};
use crate::search::{Wanted, search};

/// Most occupations on one page of results.
const MOST_RESULTS: usize = 20;

/// Occupations shown as near to another.
const N_NEAR: usize = 6;

/// Open vacancies shown with an occupation.
const N_OPEN: usize = 10;

/// An occupation that was found, with the label that led to it.
struct Found {
    named: Named,
    /// Where it differs from both names that are shown.
    matched: Option<String>,
    icon: String,
}

/// What the list shows.
enum Listing {
    /// Nothing was asked: the sectors.
    Sectors,
    /// All of a sector.
    Sector {
        id: String,
        name: String,
        occupations: Vec<Named>,
    },
    /// What a text led to.
    Found { occupations: Vec<Found> },
    /// The text is too long.
    TooLong,
}

#[derive(Template)]
#[template(path = "pages/occupations/list.html")]
struct ListPage {
    page: Page,
    query: String,
    example: String,
    listing: Listing,
    sectors: Vec<Named>,
    most: usize,
    longest: usize,
}

#[derive(Template)]
#[template(path = "pages/occupations/one.html")]
struct OnePage {
    page: Page,
    occupation: Occupation,
    others: String,
    open: Vec<Listed>,
    /// How hard it is to find people, where that is known.
    shortages: Vec<ShortageView>,
    /// Day on which the first was last compared with its source.
    checked: String,
    /// Open vacancies here, by region.
    by_region: Vec<(String, usize)>,
}

impl OnePage {
    fn level_text(&self, level: &u8) -> String {
        let level = [("level", Argument::Number(u64::from(*level)))];
        self.page.texts("level", &level)
    }

    fn near_counts(&self, near: &Neighbour) -> String {
        let counts = [
            ("shared", Argument::Number(near.shared.len() as u64)),
            ("missing", Argument::Number(near.missing.len() as u64)),
        ];
        self.page.texts("near-counts", &counts)
    }
}

/// `GET /beroepen`.
pub(crate) async fn list(page: Page) -> Result<Response, Failure> {
    let reader = Reader::new(&page.site, page.language);
    let typed = page.typed("zoek");
    let listing = match (&typed, page.value("sector")) {
        (Err(page::TextTooLong), _) => Listing::TooLong,
        (Ok(Some(text)), _) => Listing::Found {
            occupations: find(&page, &reader, text),
        },
        (Ok(None), Some(sector)) => {
            let sector = page
                .site
                .directory
                .sector(&sector)
                .ok_or(Failure::NotFound)?;
            Listing::Sector {
                id: reader.named(sector).id,
                name: reader.named(sector).name,
                occupations: reader.in_sector(sector),
            }
        }
        (Ok(None), None) => Listing::Sectors,
    };
    let status = match listing {
        Listing::TooLong => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let template = ListPage {
        query: typed.ok().flatten().unwrap_or_default(),
        example: reader.example_occupation(),
        sectors: reader.sectors(),
        listing,
        most: MOST_RESULTS,
        longest: LONGEST_TEXT,
        page,
    };
    page::html(status, &template.page, &template)
}

/// `GET /beroepen/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let occupation = page
        .site
        .directory
        .occupation(&id)
        .ok_or(Failure::NotFound)?;
    let occupation = Reader::new(&page.site, page.language).occupation(occupation, N_NEAR);
    let open = of_occupation(&page, &occupation.uri, N_OPEN).await?;
    let shortages = shortages(&page, occupation.isco.as_deref())?;
    let checked = shortages.first().map(|one| {
        let on = crate::pages::newcomer::date(&page, one.source.checked_on);
        page.tt("newcomer-may-checked", "date", on)
    });
    let by_region = by_region(&page, &occupation.uri).await?;
    let others: Vec<&str> = occupation.others.iter().map(String::as_str).collect();
    let template = OnePage {
        others: page.site.formats(page.language).list(&others),
        occupation,
        open,
        shortages,
        checked: checked.unwrap_or_default(),
        by_region,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// How hard it is to find people in a group; without guidance nothing is known.
fn shortages(page: &Page, isco: Option<&str>) -> Result<Vec<ShortageView>, Failure> {
    let isco = isco.and_then(|code| code.parse().ok());
    match (&page.site.application, isco) {
        (Some(application), Some(isco)) => Ok(application.shortages(isco, page.language)?),
        _ => Ok(Vec::new()),
    }
}

/// Open vacancies of an occupation by name of the region, most first.
async fn by_region(page: &Page, uri: &str) -> Result<Vec<(String, usize)>, Failure> {
    let (Some(application), Ok(uri)) = (&page.site.application, ConceptUri::new(uri)) else {
        return Ok(Vec::new());
    };
    if !application.keeps_matches() {
        return Ok(Vec::new());
    }
    let names = application.regions()?;
    let counts = application.open_by_region(&uri).await?.into_iter();
    let named = counts.map(|(region, count)| {
        let name = names.iter().find(|(code, _)| *code == region);
        (
            name.map_or_else(|| region.to_string(), |(_, name)| name.clone()),
            count,
        )
    });
    Ok(named.collect())
}

fn find(page: &Page, reader: &Reader<'_>, text: &str) -> Vec<Found> {
    let catalogue = &page.site.catalogue;
    let hits = search(
        catalogue,
        text,
        Wanted::Occupations,
        page.language,
        MOST_RESULTS,
    );
    let found = hits.iter().map(|hit| {
        let named = reader.named(hit.concept);
        let is_shown = hit.label == named.name || named.dutch.as_deref() == Some(hit.label);
        Found {
            matched: (!is_shown).then(|| hit.label.to_owned()),
            icon: reader.icon(hit.concept),
            named,
        }
    });
    found.collect()
}
