//! Open vacancies for everybody, as pages and as JobPosting (schema.org) in JSON-LD.
//!
//! The JSON-LD is a resource of its own that the page links to: no page holds a script, not even
//! one that is only data, so that the policy for content needs no exception.

use application::hiring::VacancyFilter;
use application::vacancies::PublicVacancy;
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::availability::WeeklyHours;
use domain::demand::{Importance, Moment};
use domain::placement::PlaceKind;
use domain::text::{ConceptUri, LongText};
use domain::vacancy::{LanguageDemand, Place};
use serde_json::{Value, json};

use crate::access::{Access, Routes, Surface};
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::pages::vacancies::{kind_key, language_name, level_name, modality_key, support_keys};
use crate::reading::{Named, Reader};

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .page("/werk", Access::Public, list)
        .page("/werk/{id}", Access::Public, one)
        .get(
            "/werk/{id}/jobposting.json",
            Surface::File,
            Access::Public,
            posting,
        )
}

/// A vacancy in a list.
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) employer: String,
    pub(crate) place: String,
    pub(crate) kind: &'static str,
    pub(crate) icon: String,
}

/// Hours a week to choose from.
const HOURS: [u8; 5] = [8, 16, 24, 32, 36];

/// A list to choose from: what is sent, what is shown, and whether it is chosen.
pub(crate) type Options = Vec<(String, String, bool)>;

/// What somebody looks for, as a form.
pub(crate) struct Filters {
    pub(crate) sectors: Options,
    pub(crate) regions: Options,
    pub(crate) hours: Options,
    pub(crate) filter: VacancyFilter,
    /// The same as parameters of an address, for links to what is older.
    query: String,
}

impl Filters {
    /// Whether anything is left out.
    pub(crate) fn is_set(&self) -> bool {
        self.filter != VacancyFilter::default()
    }

    /// Reads what was chosen; an unknown word chooses nothing.
    pub(crate) fn of(page: &Page) -> Result<Filters, Failure> {
        let (sector, region) = (page.value("sector"), page.value("regio"));
        let most = page.value("uren");
        let mut filter = VacancyFilter::default();
        let mut query = String::new();
        let known = sector
            .as_ref()
            .and_then(|id| page.site.directory.sector(id));
        if let Some(concept) = known {
            filter.sector = ConceptUri::new(page.site.catalogue.uri(concept)).ok();
        }
        filter.region = region.as_ref().and_then(|code| code.parse().ok());
        let hours = most.as_ref().and_then(|text| text.parse::<u8>().ok());
        let hours = hours.filter(|hours| HOURS.contains(hours));
        filter.at_most = hours.and_then(|hours| WeeklyHours::new(i64::from(hours)).ok());
        let regions = match &page.site.application {
            Some(application) => application.regions()?,
            None => Vec::new(),
        };
        let reader = Reader::new(&page.site, page.language);
        let sectors = reader.sectors().into_iter().map(|named| {
            let is_chosen = sector.as_ref() == Some(&named.id);
            (named.id, named.name, is_chosen)
        });
        let sectors: Options = sectors.collect();
        let regions = regions.into_iter().map(|(code, name)| {
            let is_chosen = filter.region == Some(code);
            (code.to_string(), name, is_chosen)
        });
        let choices = HOURS.map(|number| {
            let text = number.to_string();
            let name = page.tt("my-filter-hours-most", "hours", &text);
            (text, name, hours == Some(number))
        });
        for (name, value) in [("sector", sector), ("regio", region), ("uren", most)] {
            if let Some(value) = value {
                let safe = value
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || *c == '-');
                query.push_str(&format!("&{name}={}", safe.collect::<String>()));
            }
        }
        Ok(Filters {
            sectors,
            regions: regions.collect(),
            hours: choices.to_vec(),
            filter,
            query,
        })
    }
}

#[derive(Template)]
#[template(path = "pages/jobs/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Listed>,
    older: Option<String>,
    /// None where there is nothing to choose from.
    filters: Option<Filters>,
}

impl ListPage {
    fn leaves_out(&self) -> bool {
        self.filters.as_ref().is_some_and(Filters::is_set)
    }
}

struct Skills {
    key: &'static str,
    icon: &'static str,
    skills: Vec<Named>,
}

#[derive(Template)]
#[template(path = "pages/jobs/one.html")]
struct OnePage {
    page: Page,
    listed: Listed,
    occupation: Option<Named>,
    text: Vec<String>,
    tasks: Vec<String>,
    skills: Vec<Skills>,
    languages: Vec<(String, String, String)>,
    supports: Vec<&'static str>,
    hours: Option<usize>,
    places: usize,
    opened: Option<String>,
}

async fn list(page: Page) -> Result<Response, Failure> {
    let before = page.value("voor").and_then(|id| id.parse().ok());
    // Without a database there are no vacancies, and the page says so; where no matches are kept,
    // there is nothing to search with.
    let most = application::vacancies::PAGE;
    let (found, filters) = match &page.site.application {
        None => (Vec::new(), None),
        Some(application) if application.keeps_matches() => {
            let filters = Filters::of(&page)?;
            let filter = filters.filter.clone();
            let n = usize::try_from(most).unwrap_or(usize::MAX);
            let found = application.open_vacancies(filter, before, n).await?;
            (found, Some(filters))
        }
        Some(application) => (application.public_vacancies(before).await?, None),
    };
    let is_full = found.len() as u64 >= most;
    let query = filters
        .as_ref()
        .map_or("", |filters| filters.query.as_str());
    let older = found
        .last()
        .filter(|_| is_full)
        .map(|last| format!("/werk?voor={}{query}", last.id));
    let template = ListPage {
        rows: found.iter().map(|open| listed(&page, open)).collect(),
        older,
        filters,
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

async fn one(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let open = find(&page, &id).await?;
    let vacancy = &open.vacancy;
    let reader = Reader::new(&page.site, page.language);
    let named = |uri: &ConceptUri| Some(reader.named(page.site.catalogue.find(uri.as_str())?));
    let skills = |key, icon, is_it: &dyn Fn(Importance, Moment) -> bool| {
        let wanted = vacancy
            .skills
            .iter()
            .filter(|d| is_it(d.importance, d.moment));
        Skills {
            key,
            icon,
            skills: wanted.filter_map(|demand| named(&demand.skill)).collect(),
        }
    };
    let groups = [
        skills("employer-skill-start", "check", &|importance, moment| {
            importance != Importance::Optional && moment == Moment::AtStart
        }),
        skills("employer-skill-learn", "plus", &|importance, moment| {
            importance != Importance::Optional && moment == Moment::LearnedHere
        }),
        skills("employer-skill-nice", "info", &|importance, _| {
            importance == Importance::Optional
        }),
    ];
    let text = vacancy.text.as_ref().map_or("", LongText::as_str);
    let template = OnePage {
        listed: listed(&page, &open),
        occupation: vacancy.occupation.as_ref().and_then(named),
        text: text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        tasks: vacancy.tasks.iter().map(ToString::to_string).collect(),
        skills: groups
            .into_iter()
            .filter(|g| !g.skills.is_empty())
            .collect(),
        languages: vacancy
            .languages
            .iter()
            .map(|l| language(&page, l))
            .collect(),
        supports: support_keys(&vacancy.support),
        hours: vacancy.hours.map(|hours| usize::from(hours.number())),
        places: vacancy.places as usize,
        opened: open.opened_at.map(|at| page.date(at.in_amsterdam().date())),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

/// Vacancies of an occupation for its page; none where there is no database.
pub(crate) async fn of_occupation(
    page: &Page,
    uri: &str,
    n: usize,
) -> Result<Vec<Listed>, Failure> {
    let (Some(application), Ok(uri)) = (&page.site.application, ConceptUri::new(uri)) else {
        return Ok(Vec::new());
    };
    if !application.keeps_matches() {
        return Ok(Vec::new());
    }
    let found = application.open_vacancies_of(&uri, n).await?;
    Ok(found.iter().map(|open| listed(page, open)).collect())
}

async fn posting(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let open = find(&page, &id).await?;
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/ld+json"),
        ),
        (
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=300"),
        ),
    ];
    Ok((headers, Json(job_posting(&page, &open))).into_response())
}

async fn find(page: &Page, id: &str) -> Result<PublicVacancy, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    Ok(page.site.application()?.public_vacancy(id).await?)
}

fn listed(page: &Page, open: &PublicVacancy) -> Listed {
    let vacancy = &open.vacancy;
    let place = vacancy.place.and_then(|place| place_name(page, place));
    let occupation = vacancy.occupation.as_ref();
    let occupation = occupation.and_then(|uri| page.site.catalogue.find(uri.as_str()));
    let reader = Reader::new(&page.site, page.language);
    Listed {
        id: open.id.to_string(),
        title: vacancy.title.to_string(),
        employer: open.employer.clone(),
        place: place.unwrap_or_else(|| page.t("employer-place-anywhere")),
        kind: kind_key(vacancy.kind),
        icon: occupation.map_or_else(|| "occupations".to_owned(), |o| reader.icon(o)),
    }
}

fn language(page: &Page, demand: &LanguageDemand) -> (String, String, String) {
    let modality = page.t(modality_key(demand.modality));
    (
        format!("{}: {modality}", language_name(page, demand.language)),
        level_name(page, demand.at_start),
        level_name(page, demand.after_a_year),
    )
}

/// The name of a place.
pub(crate) fn place_name(page: &Page, place: Place) -> Option<String> {
    let application = page.site.application().ok()?;
    let guidance = application.guidance().ok()?;
    let today = application.today();
    let municipality = place.municipality.and_then(|code| {
        let found = guidance.regions.municipality(code.code(), today)?;
        Some(found.name.clone())
    });
    municipality.or_else(|| {
        let region = guidance.regions.region(place.region.code())?;
        Some(region.name.clone())
    })
}

/// A vacancy as JobPosting; what nobody said is left out.
fn job_posting(page: &Page, open: &PublicVacancy) -> Value {
    let vacancy = &open.vacancy;
    let concept = |uri: &ConceptUri| {
        let known = page.site.catalogue.find(uri.as_str())?;
        let named = Reader::new(&page.site, domain::language::Language::NL).named(known);
        Some(json!({"@type": "DefinedTerm", "@id": uri.as_str(), "name": named.name}))
    };
    let tasks: Vec<String> = vacancy.tasks.iter().map(ToString::to_string).collect();
    let text = vacancy.text.as_ref().map_or("", LongText::as_str);
    let description = match text {
        "" => tasks.join("\n"),
        text => text.to_owned(),
    };
    let mut posting = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Werkbrug", "value": open.id.to_string()},
        "title": vacancy.title.as_str(),
        "description": match description.as_str() {
            "" => vacancy.title.as_str(),
            text => text,
        },
        "hiringOrganization": {"@type": "Organization", "name": open.employer},
        "totalJobOpenings": vacancy.places,
        "directApply": false,
        "skills": vacancy.skills.iter().filter_map(|d| concept(&d.skill)).collect::<Vec<_>>(),
    });
    let mut set = |name: &str, value: Option<Value>| {
        if let (Some(value), Some(object)) = (value, posting.as_object_mut()) {
            object.insert(name.to_owned(), value);
        }
    };
    set(
        "responsibilities",
        (!tasks.is_empty()).then(|| json!(tasks)),
    );
    set(
        "occupationalCategory",
        vacancy.occupation.as_ref().and_then(concept),
    );
    set(
        "workHours",
        vacancy.hours.map(|h| json!(h.number().to_string())),
    );
    set(
        "datePosted",
        open.opened_at
            .map(|at| json!(at.in_amsterdam().date().to_string())),
    );
    let volunteer = vacancy.kind == PlaceKind::Volunteer;
    set("employmentType", volunteer.then(|| json!("VOLUNTEER")));
    let place = vacancy.place.map(|place| postal(page, place));
    let remote = place.is_none().then(|| json!("TELECOMMUTE"));
    set("jobLocation", place);
    set("jobLocationType", remote);
    posting
}

/// A place as schema.org writes it.
fn postal(page: &Page, place: Place) -> Value {
    let name = place_name(page, place).unwrap_or_default();
    json!({"@type": "Place", "address": {
        "@type": "PostalAddress", "addressLocality": name, "addressCountry": "NL",
    }})
}
