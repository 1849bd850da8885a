//! Part 3: schools, diplomas and what was done with them; licences and certificates.

use domain::code::Licence;
use domain::placement::Recognition;
use domain::profile::{Documents, Education, EducationLevel, HeldLicence, Profile};
use domain::text::OwnWords;

use super::fields::{Choice, Field};
use super::working::small;
use super::years::{calendars, read_year, year};
use super::{Asking, Next, Problem, choose};
use crate::form::Posted;
use crate::page::Page;

/// Licences and certificates on the form; others are added with the klantmanager.
const LICENCES: [&str; 5] = ["B", "C", "D", "forklift", "VCA"];

/// The answer of who went to no school.
const NO_SCHOOL: &str = "geen";

pub(super) fn ask_education(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let mut fields = Vec::new();
    for (n, school) in profile.school.iter().enumerate() {
        fields.push(Field::Open(education_name(page, school.level)));
        let words = school.words.as_ref().map(|words| words.as_str().to_owned());
        let until = school.until.map(|until| until.to_string());
        let finished = if school.is_finished {
            "newcomer-finished"
        } else {
            "newcomer-unfinished"
        };
        let told: Vec<String> = words
            .into_iter()
            .chain(until)
            .chain([page.t(finished)])
            .collect();
        fields.push(Field::Note(told.join(", ")));
        let remove = Choice::new("1", page.t("newcomer-remove"), page.language, false);
        fields.push(small(Field::many(
            &format!("weg-{n}"),
            String::new(),
            vec![remove],
        )));
        fields.push(Field::Close);
    }
    let choice = |code: &str, key: &str| Choice::new(code, page.t(key), page.language, false);
    let mut levels: Vec<Choice> = EducationLevel::ALL
        .into_iter()
        .map(|level| {
            Choice::new(
                code(level),
                education_name(page, level),
                page.language,
                false,
            )
        })
        .collect();
    if profile.school.is_empty() {
        levels.push(choice(NO_SCHOOL, "newcomer-school-none"));
    }
    let legend = if profile.school.is_empty() {
        String::new()
    } else {
        page.t("newcomer-more-school")
    };
    fields.push(Field::one("niveau", levels).with_legend(legend));
    details(page, &mut fields);
    fields
}

/// What is asked of a school beside its level.
fn details(page: &Page, fields: &mut Vec<Field>) {
    let choice = |code: &str, key: &str| Choice::new(code, page.t(key), page.language, false);
    let yes_no = || vec![choice("ja", "newcomer-yes"), choice("nee", "newcomer-no")];
    fields.push(small(
        Field::one("klaar", yes_no()).with_legend(page.t("newcomer-school-finished")),
    ));
    fields.push(Field::text(
        "richting",
        page.t("newcomer-school-words"),
        String::new(),
    ));
    fields.extend(calendars(page));
    fields.push(year(page, "jaar", page.t("newcomer-until"), None));
    let papers = [
        ("origineel", "newcomer-papers-original"),
        ("kopie", "newcomer-papers-copy"),
        ("geen", "newcomer-papers-none"),
    ];
    let papers: Vec<Choice> = papers.map(|(code, key)| choice(code, key)).into();
    fields.push(small(
        Field::one("papieren", papers).with_legend(page.t("newcomer-papers")),
    ));
    let valued = [
        ("nee", "newcomer-valued-no"),
        ("bezig", "newcomer-valued-pending"),
        ("ja", "newcomer-valued-yes"),
    ];
    let valued: Vec<Choice> = valued.map(|(code, key)| choice(code, key)).into();
    fields.push(small(
        Field::one("gewaardeerd", valued).with_legend(page.t("newcomer-valued")),
    ));
}

pub(super) fn take_education(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let mut n = 0;
    profile.school.retain(|_| {
        let is_kept = !form.has(&format!("weg-{n}"));
        n += 1;
        is_kept
    });
    let chosen = form.value("niveau");
    let level = EducationLevel::ALL
        .into_iter()
        .find(|level| chosen.as_deref() == Some(code(*level)));
    let Some(level) = level else {
        // Nothing to add: what stands, or "no school", is the answer.
        return if chosen.as_deref() == Some(NO_SCHOOL) || n > 0 {
            Ok(Next::Onward)
        } else {
            Err(choose(page, "niveau"))
        };
    };
    let words = form.value("richting").map(|words| OwnWords::new(&words));
    let words = words.transpose().map_err(|_| Problem {
        text: page.tn("search-too-long", crate::page::LONGEST_TEXT),
        field: "richting".to_owned(),
    })?;
    profile.school.push(Education {
        words,
        level,
        field: None,
        is_finished: form.value("klaar").as_deref() == Some("ja"),
        until: read_year(page, form, ("jaar", None))?,
        documents: match form.value("papieren").as_deref() {
            Some("origineel") => Some(Documents::Original),
            Some("kopie") => Some(Documents::Copy),
            Some("geen") => Some(Documents::None),
            _ => None,
        },
        recognition: match form.value("gewaardeerd").as_deref() {
            Some("ja") => Some(Recognition::Recognised),
            Some("bezig") => Some(Recognition::Pending),
            Some("nee") => Some(Recognition::NotRecognised),
            _ => None,
        },
    });
    Ok(if form.has("nog") {
        Next::Again
    } else {
        Next::Onward
    })
}

pub(super) fn ask_licences(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let options = LICENCES.into_iter().map(|code| {
        let label = licence_name(page, code);
        let is_held = profile
            .licences
            .iter()
            .any(|held| held.licence.code() == code);
        Choice::new(code, label, page.language, is_held)
    });
    vec![Field::many("rijbewijs", String::new(), options.collect())]
}

pub(super) fn take_licences(form: &Posted, profile: &mut Profile) -> Result<Next, Problem> {
    let chosen = form.values("rijbewijs");
    for code in LICENCES {
        let Ok(licence) = code.parse::<Licence>() else {
            continue;
        };
        let is_chosen = chosen.iter().any(|one| one == code);
        let is_held = profile.licences.iter().any(|held| held.licence == licence);
        if is_chosen && !is_held {
            profile.licences.push(HeldLicence {
                licence,
                is_valid_here: None,
                valid_until: None,
            });
        } else if !is_chosen {
            profile.licences.retain(|held| held.licence != licence);
        }
    }
    Ok(Next::Onward)
}

/// Name of a licence or certificate by its code; one that is not on the form is its code.
pub(in super::super) fn licence_name(page: &Page, code: &str) -> String {
    if LICENCES.contains(&code) {
        page.t(&format!("newcomer-licence-{}", code.to_ascii_lowercase()))
    } else {
        page.tt("newcomer-about-licence", "licence", code)
    }
}

pub(in super::super) fn education_name(page: &Page, level: EducationLevel) -> String {
    page.t(&format!("newcomer-school-{}", code(level)))
}

fn code(level: EducationLevel) -> &'static str {
    match level {
        EducationLevel::Primary => "primary",
        EducationLevel::LowerSecondary => "lower-secondary",
        EducationLevel::UpperSecondary => "upper-secondary",
        EducationLevel::VocationalBasic => "vocational-basic",
        EducationLevel::VocationalSkilled => "vocational-skilled",
        EducationLevel::Bachelor => "bachelor",
        EducationLevel::Master => "master",
        EducationLevel::Doctorate => "doctorate",
    }
}
