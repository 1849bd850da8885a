//! A case on the desk: what every page of it shows, and what happens when a change is refused.

use application::{
    Application, ApplicationError, CaseAt, CaseView, Context, InvalidInput, Refusal,
};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::{CaseFault, Code, Note};
use domain::day::Day;
use domain::id::{AccountId, CaseId};

use super::words;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Fields that carry no words of a person.
const OWN_FIELDS: [&str; 2] = ["versie", "doe"];

/// A case with what its fixed bar shows.
pub(super) struct Desk {
    pub(super) view: CaseView,
    pub(super) name: String,
    pub(super) original: Option<String>,
    /// Consents in force.
    pub(super) n_consents: usize,
    pub(super) colleagues: Vec<(AccountId, String)>,
    /// What was typed and could not be taken.
    pub(super) form: Posted,
    pub(super) problem: Option<Problem>,
}

/// Why what was sent cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Problem {
    /// Field that it is about.
    pub(super) field: &'static str,
    pub(super) text: String,
    /// Article and link of the rule that forbids it.
    pub(super) source: Option<(String, String)>,
    /// Whether people must be told to check at the source.
    pub(super) needs_check: bool,
    /// What must be known first.
    pub(super) questions: Vec<String>,
}

/// Why a change did not happen.
#[derive(Debug)]
pub(super) enum Trouble {
    /// A field is wrong: its id and the key of the text.
    Field(&'static str, &'static str),
    /// The use case refused.
    Refused(ApplicationError),
}

/// What follows from a change.
pub(super) enum Concluded {
    /// A whole answer.
    Answer(Response),
    /// The page again, with the problem and what was typed.
    Again(StatusCode, Page, Box<Desk>),
}

impl From<ApplicationError> for Trouble {
    fn from(error: ApplicationError) -> Trouble {
        Trouble::Refused(error)
    }
}

impl From<CaseFault> for Trouble {
    fn from(fault: CaseFault) -> Trouble {
        Trouble::Refused(fault.into())
    }
}

impl Desk {
    /// Opens a case.
    pub(super) async fn open(page: &Page, id: &str) -> Result<Desk, Failure> {
        let case: CaseId = id.parse().map_err(|_| Failure::NotFound)?;
        let application = page.site.application()?;
        let context = page.context()?;
        let view = application.read_case(context, case).await?;
        let person = application.read_person(context, view.person).await?;
        let consents = application.list_consents(context, view.person).await?;
        let name = person.identity.name;
        Ok(Desk {
            n_consents: consents.iter().filter(|c| c.withdrawn_at.is_none()).count(),
            colleagues: application.list_klantmanagers(context).await?,
            original: name.original_script.as_ref().map(|n| n.as_str().to_owned()),
            name: words::full_name(&name),
            view,
            form: Posted::empty(),
            problem: None,
        })
    }

    /// What was typed into a field.
    pub(super) fn typed(&self, name: &str) -> String {
        self.form.lines(name).unwrap_or_default()
    }

    /// What was typed into a field, or else what stands there.
    pub(super) fn typed_or(&self, name: &str, now: impl ToString) -> String {
        self.form.lines(name).unwrap_or_else(|| now.to_string())
    }

    /// Address of the case.
    pub(super) fn address(&self, below: &str) -> String {
        format!("/mensen/{}{below}", self.view.at.case)
    }

    /// Who did something, by name.
    pub(super) fn who(&self, page: &Page, account: &Option<AccountId>) -> String {
        who(page, &self.colleagues, *account)
    }

    /// Words of the guidance.
    pub(super) fn words(&self, page: &Page, group: &str, code: &str) -> String {
        let key = format!("{group}.{code}");
        let texts = &self.view.guidance.set().texts;
        texts.words(&key, page.language).to_owned()
    }

    /// Today, as a field for a day takes it.
    pub(super) fn today(&self) -> String {
        self.view.guidance.date().to_string()
    }

    /// Until when the last change can be taken back.
    pub(super) fn undo_until(&self, page: &Page) -> Option<String> {
        self.view.undo_until.map(|until| page.moment(until))
    }

    /// Whether an interpreter is needed, in words.
    pub(super) fn interpreter(&self, page: &Page) -> String {
        let code = words::code(&self.view.content.bar().interpreter);
        words::name(page, "interpreter", &code)
    }

    /// Words for a code of a closed list.
    pub(super) fn name(&self, page: &Page, group: &str, code: &str) -> String {
        words::name(page, group, code)
    }

    fn problem(&self, page: &Page, trouble: &Trouble) -> Problem {
        let (field, key) = match trouble {
            Trouble::Field(field, key) => (*field, *key),
            Trouble::Refused(ApplicationError::Refused(refusal)) => {
                return self.refusal(page, refusal);
            }
            Trouble::Refused(error) => ("inhoud", reason(error)),
        };
        Problem {
            field,
            text: page.t(key),
            ..Problem::default()
        }
    }

    fn refusal(&self, page: &Page, refusal: &Refusal) -> Problem {
        let group = refusal
            .topic
            .as_ref()
            .map_or_else(|| "reason".to_owned(), words::code);
        let text = match &refusal.explanation {
            Some(key) => self.words(page, &group, key),
            None => page.t("guiding-fault-missing"),
        };
        let ask = |fact: &&str| self.words(page, "question", fact);
        Problem {
            field: "inhoud",
            text,
            source: refusal.article.clone().zip(refusal.source.clone()),
            needs_check: refusal.needs_check,
            questions: refusal.missing.iter().map(ask).collect(),
        }
    }
}

/// Key of the text for a refusal that is no rule's.
fn reason(error: &ApplicationError) -> &'static str {
    match error {
        ApplicationError::AlreadyThere => "guiding-fault-already",
        ApplicationError::Invalid(InvalidInput::CaseClosed) => "guiding-fault-closed",
        ApplicationError::Invalid(InvalidInput::IntakeIncomplete) => "guiding-fault-intake",
        ApplicationError::Invalid(InvalidInput::UndoOver) => "guiding-fault-undo",
        ApplicationError::Invalid(InvalidInput::MatchStep) => "guiding-fault-step",
        ApplicationError::Invalid(InvalidInput::Case(fault)) => match fault {
            CaseFault::InTheFuture => "guiding-fault-future",
            CaseFault::EndsBeforeItBegins => "guiding-fault-order",
            CaseFault::NoRoute => "guiding-fault-route",
            CaseFault::PlanState | CaseFault::PlanOpen => "guiding-fault-plan",
            CaseFault::DoneBefore => "guiding-fault-done",
            CaseFault::Number => "guiding-fault-number",
            _ => "guiding-fault-other",
        },
        _ => "guiding-fault-other",
    }
}

/// Who did something: a colleague by name, or nobody of the organisation.
fn who(page: &Page, colleagues: &[(AccountId, String)], account: Option<AccountId>) -> String {
    let Some(account) = account else {
        return page.t("guiding-by-person");
    };
    let known = colleagues.iter().find(|(id, _)| *id == account);
    known.map_or_else(|| page.t("guiding-by-other"), |(_, name)| name.clone())
}

/// The case and version that a form was made from.
pub(super) fn at(id: &str, form: &Posted) -> Result<CaseAt, Trouble> {
    let version = form
        .value("versie")
        .and_then(|version| version.parse().ok());
    match (id.parse(), version) {
        (Ok(case), Some(version)) => Ok(CaseAt { case, version }),
        _ => Err(Trouble::Refused(ApplicationError::NotFound)),
    }
}

/// The day in a field that must be filled in.
pub(super) fn day(form: &Posted, field: &'static str) -> Result<Day, Trouble> {
    optional_day(form, field)?.ok_or(Trouble::Field(field, "guiding-fault-day"))
}

/// The day in a field that may be empty.
pub(super) fn optional_day(form: &Posted, field: &'static str) -> Result<Option<Day>, Trouble> {
    let wrong = Trouble::Field(field, "guiding-fault-day");
    form.value(field)
        .map(|text| text.parse().map_err(|_| wrong))
        .transpose()
}

/// The text in a field that must be filled in.
pub(super) fn note(form: &Posted, field: &'static str) -> Result<Note, Trouble> {
    optional_note(form, field)?.ok_or(Trouble::Field(field, "guiding-fault-text"))
}

/// The text in a field that may be empty.
pub(super) fn optional_note(form: &Posted, field: &'static str) -> Result<Option<Note>, Trouble> {
    let wrong = |_| Trouble::Field(field, "guiding-fault-long");
    form.lines(field)
        .map(|text| Note::new(&text).map_err(wrong))
        .transpose()
}

/// What was chosen from a closed list.
pub(super) fn chosen<T: serde::de::DeserializeOwned>(
    form: &Posted,
    field: &'static str,
) -> Result<T, Trouble> {
    form.value(field)
        .and_then(|code| words::read(&code))
        .ok_or(Trouble::Field(field, "guiding-fault-choose"))
}

/// The code in a field that the page itself filled in.
pub(super) fn code(form: &Posted, field: &'static str) -> Result<Code, Trouble> {
    let code = form.value(field).unwrap_or_default();
    Code::new(&code).map_err(|_| Trouble::Field(field, "guiding-fault-choose"))
}

/// The number in a field that the page itself filled in.
pub(super) fn number<T: std::str::FromStr>(
    form: &Posted,
    field: &'static str,
) -> Result<T, Trouble> {
    form.value(field)
        .and_then(|text| text.parse().ok())
        .ok_or(Trouble::Field(field, "guiding-fault-count"))
}

/// The use cases and who acts.
pub(super) fn acting(page: &Page) -> Result<(&Application, &Context), Trouble> {
    let application = page.site.application.as_ref();
    match (application, page.visitor.context()) {
        (Some(application), Some(context)) => Ok((application, context)),
        _ => Err(Trouble::Refused(ApplicationError::NotFound)),
    }
}

/// What every page of a case can do: take the last change back.
pub(super) async fn undo(page: &Page, at: CaseAt, form: &Posted) -> Result<(), Trouble> {
    if form.value("doe").as_deref() != Some("terug") {
        return Err(Trouble::Field("inhoud", "guiding-fault-other"));
    }
    let (application, context) = acting(page)?;
    application.undo_case(context, at).await?;
    Ok(())
}

/// What follows from a change: on to `next`, the page again with the problem, or, when someone was
/// first, who that was with what was typed.
pub(super) async fn conclude(
    page: Page,
    id: &str,
    form: Posted,
    outcome: Result<String, Trouble>,
) -> Result<Concluded, Failure> {
    let trouble = match outcome {
        Ok(next) => return Ok(Concluded::Answer(Redirect::to(&next).into_response())),
        Err(trouble) => trouble,
    };
    let status = match &trouble {
        Trouble::Refused(ApplicationError::Stale(stale)) => {
            let desk = Desk::open(&page, id).await?;
            let by = desk.who(&page, &stale.changed_by);
            let answer = stale_page(page, &desk, &form, (by, stale.changed_at))?;
            return Ok(Concluded::Answer(answer));
        }
        Trouble::Field(..)
        | Trouble::Refused(ApplicationError::Invalid(_) | ApplicationError::Refused(_)) => {
            StatusCode::BAD_REQUEST
        }
        Trouble::Refused(ApplicationError::AlreadyThere) => StatusCode::CONFLICT,
        Trouble::Refused(error) => return Err(error.clone().into()),
    };
    let mut desk = Desk::open(&page, id).await?;
    desk.problem = Some(desk.problem(&page, &trouble));
    desk.form = form;
    Ok(Concluded::Again(status, page, Box::new(desk)))
}

/// The page again in another language, with what was typed.
pub(super) async fn in_other_language(
    page: &Page,
    id: &str,
    form: Posted,
) -> Result<Box<Desk>, Failure> {
    let mut desk = Desk::open(page, id).await?;
    desk.form = form;
    Ok(Box::new(desk))
}

#[derive(Template)]
#[template(path = "pages/guiding/stale.html")]
struct StalePage {
    page: Page,
    address: String,
    version: i64,
    by: String,
    when: String,
    /// Everything that was sent but the version, to be sent again.
    fields: Vec<(String, String)>,
    /// What a person typed, to be read.
    typed: Vec<String>,
}

fn stale_page(
    page: Page,
    desk: &Desk,
    form: &Posted,
    (by, at): (String, domain::moment::Moment),
) -> Result<Response, Failure> {
    let fields: Vec<(String, String)> = form
        .fields()
        .filter(|(name, _)| name != "versie")
        .cloned()
        .collect();
    let typed = fields
        .iter()
        .filter(|(name, text)| !OWN_FIELDS.contains(&name.as_str()) && !text.trim().is_empty())
        .map(|(_, text)| text.clone())
        .collect();
    let template = StalePage {
        address: desk.address(""),
        version: desk.view.at.version,
        by,
        when: page.moment(at),
        fields,
        typed,
        page: page.with_posted_form(),
    };
    page::html(StatusCode::CONFLICT, &template.page, &template)
}
