//! The story: one question on a page, in five parts; every answer is saved at once.
//!
//! A question is a list of [`fields::Field`]s made from the profile, and a function that puts a
//! form into the profile. The page with all answers is made from the same fields.

mod about;
pub(super) mod check;
mod fields;
mod languages;
mod school;
mod suggesting;
mod wishes;
mod working;
mod years;

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::code::Region;
use domain::day::Day;
use domain::profile::{AnswerState, Part, PoolChoice, Profile, ProfileQuestion};

use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Beside, Page};
use crate::reading::Reader;
use fields::Field;
pub(super) use school::{education_name, licence_name};
use suggesting::Suggested;
pub(super) use working::{kind_code, skill_level_code};

/// Parameter that leads back to where the question was chosen, not on to the next one.
const BACK: &str = "terug";

/// Value of [`BACK`] for the page with work that fits; any other is the page with all answers.
const TO_WORK: &str = "werk";

/// What is wrong with an answer.
struct Problem {
    text: String,
    /// Id of the field.
    field: String,
}

/// What follows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// The next question.
    Onward,
    /// The same question again, for the details of what was added.
    Again,
}

/// What a question needs to be asked.
struct Asking<'a> {
    page: &'a Page,
    reader: Reader<'a>,
    today: Day,
    regions: &'a [(Region, String)],
    suggested: &'a Suggested,
}

#[derive(Template)]
#[template(path = "pages/newcomer/story.html")]
struct QuestionPage {
    page: Page,
    step: String,
    title: String,
    hint: String,
    /// Title and hint in the language beside that of the page.
    beside: Option<(Beside, Beside)>,
    action: String,
    back: String,
    version: i64,
    fields: Vec<Field>,
    may_add: bool,
    done: (usize, usize),
    problem: Option<String>,
    problem_field: String,
}

/// Short name of a part in addresses.
fn part_slug(part: Part) -> &'static str {
    match part {
        Part::About => "over-mij",
        Part::Work => "werk",
        Part::School => "school",
        Part::Languages => "talen",
        Part::Wishes => "wensen",
    }
}

/// Key of the name of a part.
pub(super) fn part_key(part: Part) -> &'static str {
    match part {
        Part::About => "newcomer-part-about",
        Part::Work => "newcomer-part-work",
        Part::School => "newcomer-part-school",
        Part::Languages => "newcomer-part-languages",
        Part::Wishes => "newcomer-part-wishes",
    }
}

/// Short name of a question in addresses, and name in keys of texts.
fn names(question: ProfileQuestion) -> (&'static str, &'static str) {
    match question {
        ProfileQuestion::PreferredLanguage => ("taal", "language"),
        ProfileQuestion::Residence => ("verblijf", "residence"),
        ProfileQuestion::Experience => ("ervaring", "experience"),
        ProfileQuestion::Skills => ("vaardigheden", "skills"),
        ProfileQuestion::Education => ("opleiding", "education"),
        ProfileQuestion::Licences => ("rijbewijs", "licences"),
        ProfileQuestion::Languages => ("talen", "languages"),
        ProfileQuestion::WantedWork => ("wens", "wanted"),
        ProfileQuestion::Hours => ("uren", "hours"),
        ProfileQuestion::DayParts => ("dagen", "days"),
        ProfileQuestion::Reach => ("waar", "reach"),
        ProfileQuestion::Start => ("begin", "start"),
        ProfileQuestion::Readiness => ("leren", "learning"),
        ProfileQuestion::Pool => ("werkgevers", "pool"),
    }
}

/// Address of a question.
pub(super) fn path(question: ProfileQuestion) -> String {
    let part = part_slug(question.part());
    format!("/mijn/verhaal/{part}/{}", names(question).0)
}

/// Where a question leads back to when it was chosen by itself.
#[derive(Clone, Copy)]
enum Back {
    ToAnswers,
    ToWork,
}

impl Back {
    fn of(page: &Page) -> Option<Back> {
        let value = page.value(BACK)?;
        Some(if value == TO_WORK {
            Back::ToWork
        } else {
            Back::ToAnswers
        })
    }

    fn path(self) -> &'static str {
        match self {
            Back::ToAnswers => "/mijn/verhaal",
            Back::ToWork => "/mijn/werk",
        }
    }
}

/// Address of a question that leads back.
fn address(question: ProfileQuestion, back: Option<Back>) -> String {
    match back {
        None => path(question),
        Some(Back::ToAnswers) => format!("{}?{BACK}=1", path(question)),
        Some(Back::ToWork) => format!("{}?{BACK}={TO_WORK}", path(question)),
    }
}

/// Address of a question that leads back to the page with work that fits.
pub(super) fn path_from_work(question: ProfileQuestion) -> String {
    address(question, Some(Back::ToWork))
}

/// Key of what a question asks.
pub(super) fn title_key(question: ProfileQuestion) -> String {
    format!("newcomer-q-{}", names(question).1)
}

/// Address of the first open question of a part, or of its first question.
pub(super) fn path_of_part(profile: &Profile, part: Part) -> String {
    let of_part = || {
        ProfileQuestion::ALL
            .into_iter()
            .filter(move |question| question.part() == part)
    };
    let open = of_part().find(|question| profile.state(*question) == AnswerState::NotYet);
    open.or_else(|| of_part().next())
        .map_or_else(|| "/mijn/verhaal".to_owned(), path)
}

fn question(part: &str, slug: &str) -> Result<ProfileQuestion, Failure> {
    ProfileQuestion::ALL
        .into_iter()
        .find(|question| part_slug(question.part()) == part && names(*question).0 == slug)
        .ok_or(Failure::NotFound)
}

/// The question after another; none after the last.
fn after(question: ProfileQuestion) -> Option<ProfileQuestion> {
    let mut all = ProfileQuestion::ALL.into_iter();
    all.find(|other| *other == question);
    all.next()
}

/// The question before another; none before the first.
fn before(question: ProfileQuestion) -> Option<ProfileQuestion> {
    let all = ProfileQuestion::ALL.into_iter();
    all.take_while(|other| *other != question).last()
}

/// `GET /mijn/verhaal/{deel}/{vraag}`.
pub(super) async fn show(
    page: Page,
    Path((part, slug)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let question = question(&part, &slug)?;
    let person = super::acting(&page)?;
    let view = super::application(&page)?
        .read_profile(page.context()?, person)
        .await?;
    let shown = Shown {
        question,
        profile: view.profile,
        version: view.version,
        form: None,
        found: Vec::new(),
        problem: None,
    };
    render(page, StatusCode::OK, shown).await
}

/// `POST /mijn/verhaal/{deel}/{vraag}`.
pub(super) async fn receive(
    page: Page,
    Path((part, slug)): Path<(String, String)>,
    form: Posted,
) -> Result<Response, Failure> {
    let question = question(&part, &slug)?;
    let person = super::acting(&page)?;
    let site = Arc::clone(&page.site);
    let app = site.application()?;
    let context = *page.context()?;
    let view = app.read_profile(&context, person).await?;
    let version = form.value("versie").and_then(|text| text.parse().ok());
    let version: i64 = version.unwrap_or(view.version);
    let mut shown = Shown {
        question,
        profile: view.profile,
        version,
        form: Some(form),
        found: Vec::new(),
        problem: None,
    };
    let Some(form) = shown.form.as_ref().filter(|_| !page.changes_language()) else {
        return render(page, StatusCode::OK, shown).await;
    };
    let words = match question {
        ProfileQuestion::Skills | ProfileQuestion::WantedWork => form.value("eigen"),
        _ => None,
    };
    if let Some(words) = words.filter(|_| !form.has("onbekend")) {
        shown.found = suggesting::of_words(&page, question, &words).await?;
        let status = if shown.found.is_empty() {
            shown.problem = Some(Problem {
                text: page.t("newcomer-problem-not-found"),
                field: "eigen".to_owned(),
            });
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        };
        return render(page, status, shown).await;
    }
    let mut profile = shown.profile.clone();
    let next = match put(&page, app, (question, form), &mut profile) {
        Ok(next) => next,
        Err(problem) => {
            shown.problem = Some(problem);
            return render(page, StatusCode::BAD_REQUEST, shown).await;
        }
    };
    app.save_profile(&context, person, version, &profile)
        .await?;
    let onward = onward(&page, (question, next), &profile);
    Ok(Redirect::to(&onward).into_response())
}

/// Puts what was sent into a profile, "I do not know" included, and holds it to its limits.
fn put(
    page: &Page,
    app: &application::Application,
    (question, form): (ProfileQuestion, &Posted),
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let next = if form.has("onbekend") {
        forget(question, profile);
        profile.answers.insert(question, AnswerState::DoesNotKnow);
        Next::Onward
    } else {
        profile.answers.insert(question, AnswerState::Answered);
        take(page, app, (question, form), profile)?
    };
    profile.check().map_err(|_| Problem {
        text: page.t("newcomer-problem-check"),
        field: "formulier".to_owned(),
    })?;
    Ok(next)
}

/// Where an answer leads.
fn onward(page: &Page, (question, next): (ProfileQuestion, Next), profile: &Profile) -> String {
    let back = Back::of(page);
    let mut onward = match (next, back, after(question)) {
        (Next::Again, back, _) => address(question, back),
        (Next::Onward, None, Some(after)) => path(after),
        (Next::Onward, back, _) => back.unwrap_or(Back::ToAnswers).path().to_owned(),
    };
    // The language that the person wants is that of the pages from here on.
    if question == ProfileQuestion::PreferredLanguage
        && let Some(language) = profile.about.language
    {
        onward = format!("{onward}?taal={}", language.code());
    }
    onward
}

/// A question with what is known of it.
struct Shown {
    question: ProfileQuestion,
    profile: Profile,
    version: i64,
    /// What was sent and not taken.
    form: Option<Posted>,
    /// Short names of concepts that the person's own words may name.
    found: Vec<taxonomy::ConceptId>,
    problem: Option<Problem>,
}

async fn render(page: Page, status: StatusCode, shown: Shown) -> Result<Response, Failure> {
    let suggested = suggesting::of_profile(&page, shown.question, &shown.profile).await?;
    let app = super::application(&page)?;
    let regions = app.regions()?;
    let asking = Asking {
        reader: Reader::new(&page.site, page.language),
        page: &page,
        today: app.today(),
        regions: &regions,
        suggested: &suggested,
    };
    let question = shown.question;
    let mut fields = ask(&asking, question, &shown.profile);
    if let Some(form) = &shown.form {
        fields::overlay(&mut fields, form);
    }
    put_beside(&asking, question, &shown.profile, &mut fields);
    if !shown.found.is_empty() {
        fields.insert(0, suggesting::found(&asking, question, &shown.found));
    }
    let back = Back::of(&page);
    let key = names(question).1;
    let all = ProfileQuestion::ALL.len();
    let at = ProfileQuestion::ALL.iter().position(|q| *q == question);
    let template = QuestionPage {
        step: step(&page, question.part()),
        title: page.t(&title_key(question)),
        hint: page.t(&format!("newcomer-h-{key}")),
        beside: page
            .other(&title_key(question))
            .zip(page.other(&format!("newcomer-h-{key}"))),
        action: address(question, back),
        back: match (back, before(question)) {
            (Some(back), _) => back.path().to_owned(),
            (None, Some(before)) => path(before),
            (None, None) => "/mijn".to_owned(),
        },
        version: shown.version,
        may_add: question == ProfileQuestion::Education,
        done: (at.unwrap_or(0), all),
        problem_field: shown
            .problem
            .as_ref()
            .map_or_else(String::new, |problem| problem.field.clone()),
        problem: shown.problem.map(|problem| problem.text),
        fields,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}

/// Which of the parts it is, and its name.
fn step(page: &Page, part: Part) -> String {
    let number = Part::ALL.iter().position(|other| *other == part);
    let number = (number.unwrap_or(0) + 1).to_string();
    let name = page.t(part_key(part));
    let arguments = [
        ("part", language::Argument::Text(&number)),
        ("name", language::Argument::Text(&name)),
    ];
    page.texts("newcomer-step", &arguments)
}

/// Puts the language beside that of the page to the fields, where there is one.
fn put_beside(
    asking: &Asking<'_>,
    question: ProfileQuestion,
    profile: &Profile,
    fields: &mut [Field],
) {
    let Some(language) = asking.page.beside() else {
        return;
    };
    let other = asking.page.in_language(language);
    let asking = Asking {
        reader: Reader::new(&other.site, language),
        page: &other,
        ..*asking
    };
    let twins = ask(&asking, question, profile);
    fields::put_beside(fields, twins, language);
}

/// The fields of a question, filled from the profile.
fn ask(asking: &Asking<'_>, question: ProfileQuestion, profile: &Profile) -> Vec<Field> {
    match question {
        ProfileQuestion::PreferredLanguage => about::ask_language(profile),
        ProfileQuestion::Residence => about::ask_residence(asking, profile),
        ProfileQuestion::Experience => working::ask_experience(asking, profile),
        ProfileQuestion::Skills => working::ask_skills(asking, profile),
        ProfileQuestion::Education => school::ask_education(asking, profile),
        ProfileQuestion::Licences => school::ask_licences(asking, profile),
        ProfileQuestion::Languages => languages::ask(asking, profile),
        ProfileQuestion::WantedWork => wishes::ask_wanted(asking, profile),
        ProfileQuestion::Hours => wishes::ask_hours(asking, profile),
        ProfileQuestion::DayParts => wishes::ask_days(asking, profile),
        ProfileQuestion::Reach => wishes::ask_reach(asking, profile),
        ProfileQuestion::Start => wishes::ask_start(asking, profile),
        ProfileQuestion::Readiness => wishes::ask_learning(asking, profile),
        ProfileQuestion::Pool => wishes::ask_pool(asking, profile),
    }
}

/// Puts an answer into a profile.
fn take(
    page: &Page,
    app: &application::Application,
    (question, form): (ProfileQuestion, &Posted),
    profile: &mut Profile,
) -> Result<Next, Problem> {
    match question {
        ProfileQuestion::PreferredLanguage => about::take_language(page, form, profile),
        ProfileQuestion::Residence => about::take_residence(page, form, profile),
        ProfileQuestion::Experience => working::take_experience(page, form, profile),
        ProfileQuestion::Skills => working::take_skills(page, form, profile),
        ProfileQuestion::Education => school::take_education(page, form, profile),
        ProfileQuestion::Licences => school::take_licences(form, profile),
        ProfileQuestion::Languages => languages::take(form, profile),
        ProfileQuestion::WantedWork => wishes::take_wanted(page, form, profile),
        ProfileQuestion::Hours => wishes::take_hours(page, form, profile),
        ProfileQuestion::DayParts => wishes::take_days(page, form, profile),
        ProfileQuestion::Reach => wishes::take_reach(page, app, form, profile),
        ProfileQuestion::Start => wishes::take_start(page, app.today(), form, profile),
        ProfileQuestion::Readiness => wishes::take_learning(page, form, profile),
        ProfileQuestion::Pool => wishes::take_pool(page, form, profile),
    }
}

/// Takes back an answer: who does not know has not told.
fn forget(question: ProfileQuestion, profile: &mut Profile) {
    match question {
        ProfileQuestion::PreferredLanguage => profile.about.language = None,
        ProfileQuestion::Residence => profile.about.residence = None,
        ProfileQuestion::Hours => profile.availability.hours = None,
        ProfileQuestion::DayParts => profile.availability.day_parts = None,
        ProfileQuestion::Reach => profile.availability.travel = None,
        ProfileQuestion::Start => profile.availability.start = None,
        ProfileQuestion::Readiness => profile.readiness = None,
        ProfileQuestion::Pool => profile.pool = PoolChoice::NotAsked,
        // Lists stay: not knowing what to add takes nothing away.
        ProfileQuestion::Experience
        | ProfileQuestion::Skills
        | ProfileQuestion::Education
        | ProfileQuestion::Licences
        | ProfileQuestion::Languages
        | ProfileQuestion::WantedWork => {}
    }
}

/// The problem of a question without an answer.
fn choose(page: &Page, field: &str) -> Problem {
    Problem {
        text: page.t("newcomer-problem-choose"),
        field: format!("{field}-0"),
    }
}
