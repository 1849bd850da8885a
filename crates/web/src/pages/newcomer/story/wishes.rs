//! Part 5: which work, when and where; learning on the job; being seen by employers.

use application::Application;
use domain::availability::{DayPart, DayParts, StartDay, WeeklyHours};
use domain::code::Region;
use domain::day::Day;
use domain::profile::{PoolChoice, Profile, Travel};
use domain::skill::Readiness;

use super::fields::{Choice, Field, Text};
use super::working::{occupation_uri, small};
use super::{Asking, Next, Problem, choose};
use crate::form::Posted;
use crate::page::Page;

/// Hours a week to choose from.
const HOURS: [u8; 6] = [8, 16, 24, 32, 36, 40];

/// Months until the first day of work to choose from.
const MONTHS: [u32; 4] = [0, 1, 3, 6];

/// Days as the parts of a week are named, and in texts.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Parts of a day.
const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

/// How many regions can be chosen one by one.
const REGIONS: usize = 2;

pub(super) fn ask_wanted(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let wishes = &profile.wishes;
    let sectors = asking.reader.sectors().into_iter().map(|sector| {
        let is_wished = wishes
            .sectors
            .iter()
            .any(|wished| wished.code() == sector.id);
        let icon = format!("sector-{}", sector.id);
        Choice::named(sector, is_wished).with_icon(icon)
    });
    let mut fields = vec![Field::many(
        "sector",
        page.t("newcomer-sectors"),
        sectors.collect(),
    )];
    // What somebody did is often what they want again.
    let done = profile
        .work
        .iter()
        .filter_map(|work| work.occupation.as_ref());
    let mut offered = Vec::new();
    for uri in wishes.occupations.iter().chain(done) {
        let concept = page.site.catalogue.find(uri.as_str());
        if let Some(concept) = concept.filter(|concept| !offered.contains(concept)) {
            offered.push(concept);
        }
    }
    if !offered.is_empty() {
        let is_wished = |id: &str| {
            let mut wished = wishes.occupations.iter();
            wished.any(|uri| crate::directory::short(uri.as_str()) == id)
        };
        let options = offered.iter().map(|concept| {
            let named = asking.reader.named(*concept);
            let is_wished = is_wished(&named.id);
            Choice::named(named, is_wished)
        });
        let legend = page.t("newcomer-occupations");
        fields.push(Field::many("beroep", legend, options.collect()));
    }
    fields.push(Field::Text(Text {
        name: "eigen".to_owned(),
        label: page.t("newcomer-own-wish"),
        label_beside: None,
        hint: page.t("newcomer-own-skills-hint"),
        value: String::new(),
        is_long: false,
        is_number: false,
    }));
    fields
}

pub(super) fn take_wanted(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let sectors = form.values("sector").into_iter();
    profile.wishes.sectors = sectors
        .filter(|id| page.site.directory.sector(id).is_some())
        .filter_map(|id| id.parse().ok())
        .collect();
    let mut occupations = Vec::new();
    for id in form.values("beroep") {
        let uri = occupation_uri(page, &id);
        occupations.extend(uri.filter(|uri| !occupations.contains(uri)));
    }
    profile.wishes.occupations = occupations;
    Ok(Next::Onward)
}

pub(super) fn ask_hours(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let told = profile.availability.hours.map(WeeklyHours::number);
    let options = HOURS.into_iter().map(|hours| {
        let number = hours.to_string();
        let label = page.tt("newcomer-hours", "hours", &number);
        Choice::new(number, label, page.language, told == Some(hours))
    });
    vec![Field::one("uren", options.collect())]
}

pub(super) fn take_hours(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let chosen = form.value("uren").and_then(|text| text.parse::<i64>().ok());
    let hours = chosen.and_then(|hours| WeeklyHours::new(hours).ok());
    profile.availability.hours = Some(hours.ok_or_else(|| choose(page, "uren"))?);
    Ok(Next::Onward)
}

pub(super) fn ask_days(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let told = profile.availability.day_parts.unwrap_or(DayParts::NONE);
    let always = Choice::new(
        "1",
        page.t("newcomer-always"),
        page.language,
        told == DayParts::ALL,
    );
    let mut fields = vec![Field::many("altijd", String::new(), vec![always])];
    for day in DAYS {
        let parts = PARTS.into_iter().map(|part| {
            let value = format!("{day}-{part}");
            let is_told = told != DayParts::ALL
                && value
                    .parse::<DayPart>()
                    .is_ok_and(|part| told.contains(part));
            Choice::new(
                value,
                page.t(&format!("newcomer-{part}")),
                page.language,
                is_told,
            )
        });
        let title = page.t(&format!("newcomer-{day}"));
        fields.push(small(Field::many("dagdeel", title, parts.collect())));
    }
    fields
}

pub(super) fn take_days(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let chosen = form.values("dagdeel").into_iter();
    let parts: Vec<DayPart> = chosen.filter_map(|text| text.parse().ok()).collect();
    let parts = if form.has("altijd") {
        DayParts::ALL
    } else {
        parts.into_iter().fold(DayParts::NONE, |all, part| {
            DayParts::from_bits(all.bits() | 1 << part.position())
        })
    };
    if parts.is_empty() {
        return Err(choose(page, "altijd"));
    }
    profile.availability.day_parts = Some(parts);
    Ok(Next::Onward)
}

pub(super) fn ask_reach(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let told: &[Region] = profile
        .availability
        .travel
        .as_ref()
        .map_or(&[], |travel| &travel.regions);
    let is_everywhere = !told.is_empty() && told.len() >= asking.regions.len();
    let options: Vec<(String, String)> =
        std::iter::once((String::new(), page.t("newcomer-choose")))
            .chain(
                asking
                    .regions
                    .iter()
                    .map(|(region, name)| (region.to_string(), name.clone())),
            )
            .collect();
    let mut fields: Vec<Field> = (0..REGIONS)
        .map(|n| {
            let chosen = told.get(n).filter(|_| !is_everywhere);
            let label = page.t(if n == 0 {
                "newcomer-region"
            } else {
                "newcomer-region-too"
            });
            let chosen = chosen.map_or_else(String::new, ToString::to_string);
            Field::select(&format!("regio-{n}"), label, options.clone(), &chosen)
        })
        .collect();
    let everywhere = page.t("newcomer-everywhere");
    let everywhere = Choice::new("1", everywhere, page.language, is_everywhere);
    fields.push(Field::many("overal", String::new(), vec![everywhere]));
    fields
}

pub(super) fn take_reach(
    page: &Page,
    app: &Application,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let known = app.regions().unwrap_or_default();
    let all = known.into_iter().map(|(region, _)| region);
    let regions: Vec<Region> = if form.has("overal") {
        all.collect()
    } else {
        let chosen: Vec<String> = (0..REGIONS)
            .filter_map(|n| form.value(&format!("regio-{n}")))
            .collect();
        all.filter(|region| chosen.iter().any(|code| code == region.code()))
            .collect()
    };
    if regions.is_empty() {
        return Err(Problem {
            text: page.t("newcomer-problem-choose"),
            field: "regio-0".to_owned(),
        });
    }
    // A smaller reach that the klantmanager noted stays while its region does.
    let before = profile.availability.travel.take();
    let municipalities = before
        .filter(|before| before.regions == regions)
        .and_then(|before| before.municipalities);
    profile.availability.travel = Some(Travel {
        regions,
        municipalities,
    });
    Ok(Next::Onward)
}

fn first_day(today: Day, months: u32) -> Option<StartDay> {
    today.plus_months(months).to_string().parse().ok()
}

pub(super) fn ask_start(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let told = profile.availability.start;
    let mut options: Vec<Choice> = MONTHS
        .into_iter()
        .map(|months| {
            let number = months.to_string();
            let label = if months == 0 {
                page.t("newcomer-now")
            } else {
                page.tt("newcomer-in-months", "months", &number)
            };
            let is_told = told.is_some() && told == first_day(asking.today, months);
            Choice::new(number, label, page.language, is_told)
        })
        .collect();
    // An earlier answer was counted from another day.
    let is_other = told.is_some() && options.iter().all(|option| !option.is_checked);
    if let Some(day) = told.filter(|_| is_other) {
        options.push(Choice::new(
            "zo",
            page.date(day.date()),
            page.language,
            true,
        ));
    }
    vec![Field::one("begin", options)]
}

pub(super) fn take_start(
    page: &Page,
    today: Day,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let chosen = form.value("begin");
    if chosen.as_deref() == Some("zo") && profile.availability.start.is_some() {
        return Ok(Next::Onward);
    }
    let months = MONTHS
        .into_iter()
        .find(|months| chosen.as_deref() == Some(months.to_string().as_str()));
    let day = months.and_then(|months| first_day(today, months));
    profile.availability.start = Some(day.ok_or_else(|| choose(page, "begin"))?);
    Ok(Next::Onward)
}

fn yes_no(page: &Page, name: &str, told: Option<bool>) -> Vec<Field> {
    let choice =
        |code: &str, key: &str, is_told| Choice::new(code, page.t(key), page.language, is_told);
    vec![Field::one(
        name,
        vec![
            choice("ja", "newcomer-yes", told == Some(true)),
            choice("nee", "newcomer-no", told == Some(false)),
        ],
    )]
}

fn read_yes_no(page: &Page, form: &Posted, name: &str) -> Result<bool, Problem> {
    match form.value(name).as_deref() {
        Some("ja") => Ok(true),
        Some("nee") => Ok(false),
        _ => Err(choose(page, name)),
    }
}

pub(super) fn ask_learning(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let told = profile.readiness.map(|told| told == Readiness::Ready);
    yes_no(asking.page, "leren", told)
}

pub(super) fn take_learning(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let is_ready = read_yes_no(page, form, "leren")?;
    profile.readiness = Some(if is_ready {
        Readiness::Ready
    } else {
        Readiness::NotReady
    });
    Ok(Next::Onward)
}

pub(super) fn ask_pool(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let told = match profile.pool {
        PoolChoice::NotAsked => None,
        PoolChoice::Listed => Some(true),
        PoolChoice::NotListed => Some(false),
    };
    yes_no(asking.page, "lijst", told)
}

pub(super) fn take_pool(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let is_listed = read_yes_no(page, form, "lijst")?;
    profile.pool = if is_listed {
        PoolChoice::Listed
    } else {
        PoolChoice::NotListed
    };
    Ok(Next::Onward)
}
