//! Step 5: hours, parts of the week, place, kind, number of places, licences, qualification.

use application::hiring::RegionPlaces;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::{DayPart, DayParts, StartDay, WeeklyHours};
use domain::code::Licence;
use domain::demand::QualificationBasis;
use domain::level::Nlqf;
use domain::placement::PlaceKind;
use domain::vacancy::{MOST_PLACES, Place, QualificationDemand, Vacancy};

use super::cost::{self, Costs};
use super::draft::{self, Problem, Step};
use super::wording::kind_key;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Licences and certificates that are offered: categories of Dutch driving licences (RVW) and two
/// certificates that building and logistics often ask.
const LICENCES: [&str; 9] = ["AM", "B", "BE", "C", "CE", "D", "T", "VCA", "heftruck"];

/// Days and parts of the week as [`DayPart`] writes them.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

const BASES: [(&str, QualificationBasis); 3] = [
    ("wet", QualificationBasis::ByLaw),
    ("gevraagd", QualificationBasis::Asked),
    ("ervaring", QualificationBasis::ExperienceSuffices),
];

/// What stands in the fields, as typed.
struct Fields {
    hours: String,
    day_parts: DayParts,
    place: String,
    kind: PlaceKind,
    places: String,
    start: String,
    licences: Vec<Licence>,
    level: String,
    basis: String,
}

#[derive(Template)]
#[template(path = "pages/vacancies/place.html")]
struct PlacePage {
    page: Page,
    step: Step,
    fields: Fields,
    regions: Vec<RegionPlaces>,
    kinds: [PlaceKind; 7],
    licences: Vec<(String, bool)>,
    days: [&'static str; 7],
    parts: [&'static str; 4],
    costs: Option<Costs>,
}

impl PlacePage {
    fn is_part(&self, day: &str, part: &str) -> bool {
        let part: Option<DayPart> = format!("{day}-{part}").parse().ok();
        part.is_some_and(|part| self.fields.day_parts.contains(part))
    }

    fn kind_text(&self, kind: &PlaceKind) -> String {
        self.page.t(kind_key(*kind))
    }

    fn day(&self, day: &str) -> String {
        self.page.t(&format!("employer-day-{day}"))
    }

    fn part(&self, part: &str) -> String {
        self.page.t(&format!("employer-part-{part}"))
    }

    fn kind_code(&self, kind: &PlaceKind) -> String {
        code_of(*kind)
    }
}

/// `GET /vacatures/{id}/plek`.
pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let step = Step::of(5, &view);
    let fields = of(&view.vacancy);
    render(page, step, fields, &view.vacancy).await
}

/// `POST /vacatures/{id}/plek`.
pub(super) async fn save(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    let view = draft::find(&page, &id).await?;
    let mut step = Step::of(5, &view);
    step.version = draft::version(&form)?;
    let fields = sent(&form);
    let mut vacancy = view.vacancy;
    let problems = apply(&page, &fields, &mut vacancy)?;
    if page.changes_language() || form.has("reken") {
        return render(page, step, fields, &vacancy).await;
    }
    step.problems = problems;
    if !step.problems.is_empty() {
        return render(page, step, fields, &vacancy).await;
    }
    draft::save(&page, &form, view.id, &vacancy).await?;
    Ok(draft::onward(&form, view.id, 5))
}

fn of(vacancy: &Vacancy) -> Fields {
    let basis = vacancy.qualification.map(|q| q.basis);
    let basis = BASES.iter().find(|(_, known)| Some(*known) == basis);
    Fields {
        hours: vacancy
            .hours
            .map_or_else(String::new, |h| h.number().to_string()),
        day_parts: vacancy.day_parts,
        place: vacancy.place.map_or_else(String::new, |place| {
            let municipality = place.municipality.map(|m| m.code().to_owned());
            municipality.unwrap_or_else(|| place.region.code().to_owned())
        }),
        kind: vacancy.kind,
        places: vacancy.places.to_string(),
        start: vacancy
            .start_by
            .map_or_else(String::new, |day| day.to_string()),
        licences: vacancy.licences.clone(),
        level: vacancy
            .qualification
            .map_or_else(String::new, |q| q.level.to_string()),
        basis: basis.map_or("gevraagd", |(code, _)| code).to_owned(),
    }
}

fn sent(form: &Posted) -> Fields {
    let value = |name| form.value(name).unwrap_or_default();
    let kind = value("soort");
    let kind = PlaceKind::ALL.into_iter().find(|k| code_of(*k) == kind);
    let parts = form.values("dagdeel");
    let licences = form.values("rijbewijs");
    Fields {
        hours: value("uren"),
        day_parts: parts.iter().filter_map(|part| part.parse().ok()).collect(),
        place: value("plaats"),
        kind: kind.unwrap_or(PlaceKind::Regular),
        places: value("plekken"),
        start: value("begin"),
        licences: licences
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect(),
        level: value("opleiding"),
        basis: value("waarom"),
    }
}

/// Puts the fields into the vacancy, or says what is wrong with them.
fn apply(page: &Page, fields: &Fields, vacancy: &mut Vacancy) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    let mut wrong = |field, text| problems.push(Problem { field, text });
    match fields.hours.as_str() {
        "" => vacancy.hours = None,
        text => match text.parse().ok().and_then(|n| WeeklyHours::new(n).ok()) {
            Some(hours) => vacancy.hours = Some(hours),
            None => wrong("uren", page.t("employer-hours-wrong")),
        },
    }
    match fields.places.parse() {
        Ok(places) if (1..=MOST_PLACES).contains(&places) => vacancy.places = places,
        _ => wrong(
            "plekken",
            page.tn("employer-places-wrong", MOST_PLACES as usize),
        ),
    }
    match fields.start.as_str() {
        "" => vacancy.start_by = None,
        text => match text.parse::<StartDay>() {
            Ok(day) => vacancy.start_by = Some(day),
            Err(_) => wrong("begin", page.t("employer-start-wrong")),
        },
    }
    match place(page, &fields.place)? {
        Some(place) => vacancy.place = place,
        None => wrong("plaats", page.t("employer-place-wrong")),
    }
    vacancy.day_parts = fields.day_parts;
    vacancy.kind = fields.kind;
    vacancy.licences = fields.licences.clone();
    vacancy.licences.sort_unstable();
    vacancy.licences.dedup();
    let level: Option<Nlqf> = fields
        .level
        .parse()
        .ok()
        .and_then(|n: u8| Nlqf::new(n).ok());
    let basis = BASES.iter().find(|(code, _)| *code == fields.basis);
    let field = vacancy.qualification.and_then(|before| before.field);
    vacancy.qualification = level.map(|level| QualificationDemand {
        level,
        basis: basis.map_or(QualificationBasis::Asked, |(_, basis)| *basis),
        field,
    });
    Ok(problems)
}

/// The place that a code names: anywhere for none; nothing for a code that is not offered.
fn place(page: &Page, code: &str) -> Result<Option<Option<Place>>, Failure> {
    if code.is_empty() {
        return Ok(Some(None));
    }
    let regions = page.site.application()?.places()?;
    let found = regions.iter().find_map(|region| {
        if region.code.code() == code {
            return Some(Place {
                region: region.code,
                municipality: None,
            });
        }
        let mut inside = region.municipalities.iter();
        let (municipality, _) = inside.find(|(own, _)| own.code() == code)?;
        Some(Place {
            region: region.code,
            municipality: Some(*municipality),
        })
    });
    Ok(found.map(Some))
}

fn code_of(kind: PlaceKind) -> String {
    kind_key(kind)
        .trim_start_matches("employer-kind-")
        .to_owned()
}

async fn render(
    page: Page,
    step: Step,
    fields: Fields,
    vacancy: &Vacancy,
) -> Result<Response, Failure> {
    let costs = cost::of(&page, vacancy).await?;
    let status = match step.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::BAD_REQUEST,
    };
    // What an import brought besides stays to choose.
    let mut codes: Vec<String> = LICENCES.map(str::to_owned).into_iter().collect();
    for licence in &fields.licences {
        if !codes.iter().any(|code| code == licence.code()) {
            codes.push(licence.to_string());
        }
    }
    let licences = codes.into_iter().map(|code| {
        let is_asked = fields.licences.iter().any(|licence| licence.code() == code);
        (code, is_asked)
    });
    let template = PlacePage {
        licences: licences.collect(),
        regions: page.site.application()?.places()?,
        page: page.with_posted_form(),
        step,
        fields,
        kinds: PlaceKind::ALL,
        days: DAYS,
        parts: PARTS,
        costs,
    };
    page::html(status, &template.page, &template)
}
