//! May I work? For everybody who chooses a situation, and for a newcomer who told theirs.

use application::may_work::{FactForm, MayWork, kinds_of_work, residences};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::availability::StartDay;
use domain::day::Day;

use crate::failure::Failure;
use crate::page::{self, Page};

/// Parameter with the residence situation.
const SITUATION: &str = "verblijf";

/// Parameter with the kind of work.
const KIND: &str = "soort";

/// Facts that are asked when a rule needs them, each a parameter of its own name.
const FURTHER: [&str; 4] = [
    "procedure_start",
    "weeks_worked",
    "rtb_document",
    "sponsor_free",
];

/// A missing fact with what was filled in.
struct Question {
    name: &'static str,
    text: String,
    form: FactForm,
}

#[derive(Template)]
#[template(path = "pages/newcomer/permission.html")]
struct PermissionPage {
    page: Page,
    is_own: bool,
    situation: String,
    kind: String,
    situations: Vec<&'static str>,
    kinds: Vec<&'static str>,
    answer: Option<MayWork>,
    checked_on: String,
    questions: Vec<Question>,
    further: Vec<(&'static str, String)>,
    problem: Option<String>,
}

/// `GET /mag-ik-werken`.
pub(super) async fn public(page: Page) -> Result<Response, Failure> {
    let app = super::application(&page)?;
    let situation = page.value(SITUATION).unwrap_or_default();
    let kind = page.value(KIND).unwrap_or_default();
    let further: Vec<(&'static str, String)> = FURTHER
        .into_iter()
        .filter_map(|name| Some((name, page.value(name)?)))
        .collect();
    let is_asked = page.value(SITUATION).is_some() || page.value(KIND).is_some();
    let mut facts = vec![("residence", situation.as_str()), ("kind", kind.as_str())];
    facts.extend(further.iter().map(|(name, value)| (*name, value.as_str())));
    let (answer, problem) = match app.may_work(&facts, page.language) {
        _ if !is_asked => (None, None),
        Ok(answer) => (Some(answer), None),
        Err(application::ApplicationError::Invalid(_)) => {
            (None, Some(page.t("newcomer-may-problem")))
        }
        Err(error) => return Err(error.into()),
    };
    show(
        page,
        Asked {
            situation,
            kind,
            further,
            is_own: false,
        },
        answer,
        problem,
    )
}

/// `GET /mijn/mag-ik-werken`.
pub(super) async fn own(page: Page) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let app = super::application(&page)?;
    let kinds = kinds_of_work();
    let wanted = page.value(KIND).unwrap_or_default();
    let kind = kinds.iter().find(|kind| **kind == wanted);
    let kind = kind.or(kinds.first()).copied().unwrap_or_default();
    let answer = app
        .may_person_work(page.context()?, person, kind, page.language)
        .await?;
    let asked = Asked {
        situation: String::new(),
        kind: kind.to_owned(),
        further: Vec::new(),
        is_own: true,
    };
    show(page, asked, answer, None)
}

/// What was asked.
struct Asked {
    situation: String,
    kind: String,
    further: Vec<(&'static str, String)>,
    is_own: bool,
}

fn show(
    page: Page,
    asked: Asked,
    answer: Option<MayWork>,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let status = if problem.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let source = answer.as_ref().and_then(|answer| answer.source.as_ref());
    let checked_on = source.map_or_else(String::new, |source| date(&page, source.checked_on));
    let missing = answer.iter().flat_map(|answer| &answer.missing);
    let questions = missing.filter(|_| !asked.is_own).map(|missing| Question {
        name: missing.name,
        text: missing.question.clone(),
        form: if FURTHER.contains(&missing.name) {
            missing.form.clone()
        } else {
            FactForm::Talk
        },
    });
    let template = PermissionPage {
        questions: questions.collect(),
        is_own: asked.is_own,
        situation: asked.situation,
        kind: asked.kind,
        further: asked.further,
        situations: residences(),
        kinds: kinds_of_work(),
        checked_on,
        answer,
        problem,
        page,
    };
    page::html(status, &template.page, &template)
}

impl PermissionPage {
    fn class(&self) -> &'static str {
        match self.answer.as_ref().map(|answer| answer.outcome) {
            Some("free" | "allowed" | "duty_to_notify" | "volunteer_statement") => "wb-fit--high",
            Some("permit_needed") => "wb-fit--some",
            _ => "wb-fit--low",
        }
    }

    fn key(&self, group: &str, code: &str) -> String {
        format!("newcomer-{group}-{}", code.replace('_', "-"))
    }

    fn asks_further(&self) -> bool {
        self.questions.iter().any(|q| q.form != FactForm::Talk)
    }
}

/// A day with the month in words.
pub(crate) fn date(page: &Page, day: Day) -> String {
    let text = day.to_string();
    text.parse::<StartDay>()
        .map_or(text, |day| page.date(day.date()))
}
