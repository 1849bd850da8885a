//! A case on the desk: what every page of it shows, and what happens when a change is refused.

use application::{
    Application, ApplicationError, CaseAt, CaseView, Context, InvalidInput, Refusal,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::{CaseFault, Code, Note, TaskOwner};
use domain::day::Day;
use domain::id::{AccountId, CaseId};
use domain::language::Language;
use domain::moment::Moment;

use super::{drafts, stale, words};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::Page;

/// Field with the name of the form that a draft is of.
pub(super) const DRAFT_FIELD: &str = "concept-van";

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
    /// When the draft was kept that fills the form.
    pub(super) draft_of: Option<Moment>,
    /// Version that the draft was made from, when what it changes was changed since.
    overtaken: Option<i64>,
}

/// What stands in a field now, for whoever was second.
pub(super) struct Standing {
    /// Name of the field.
    pub(super) field: String,
    /// What it is called on the page.
    pub(super) name: String,
    /// What stands there.
    pub(super) text: String,
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

/// A page of a case: what its form does, and how it is shown. [`show`] and [`receive`] are the
/// handlers of every such page.
pub(super) trait CasePage {
    /// Does what the form asks for; gives the address to go on to.
    fn change(
        page: &Page,
        id: &str,
        form: &Posted,
    ) -> impl Future<Output = Result<String, Trouble>> + Send;

    /// Name of the long form of the page, of which drafts are kept.
    fn draft(_page: &Page, _desk: &Desk) -> Option<String> {
        None
    }

    /// When that which the long form changes was last changed.
    fn changed(_desk: &Desk) -> Option<Moment> {
        None
    }

    /// What stands in the fields of the page now.
    fn standing(_page: &Page, _desk: &Desk) -> Vec<Standing> {
        Vec::new()
    }

    /// The page, with what was typed when that could not be taken.
    fn render(
        status: StatusCode,
        page: Page,
        desk: Desk,
    ) -> impl Future<Output = Result<Response, Failure>> + Send;
}

/// `GET` of a page of a case.
pub(super) async fn show<P: CasePage>(
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let mut desk = Desk::open(&page, &id).await?;
    if let Some(name) = P::draft(&page, &desk) {
        desk.take_draft(&page, &name, P::changed(&desk)).await?;
    }
    P::render(StatusCode::OK, page, desk).await
}

/// `POST` of a page of a case: the page again in another language, on to the next address, or the
/// page again with the problem.
pub(super) async fn receive<P: CasePage>(
    page: Page,
    Path(id): Path<String>,
    form: Posted,
) -> Result<Response, Failure> {
    if page.changes_language() {
        let mut desk = Desk::open(&page, &id).await?;
        desk.form = form;
        return P::render(StatusCode::OK, page, desk).await;
    }
    match P::change(&page, &id, &form).await {
        Ok(next) => {
            drafts::forget(&page, &id, &form).await?;
            Ok(Redirect::to(&next).into_response())
        }
        Err(trouble) => refused::<P>(page, &id, form, trouble).await,
    }
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
            draft_of: None,
            overtaken: None,
        })
    }

    /// Fills the form with the draft that was kept of it, if there is one. A draft of what was
    /// changed after it keeps its version, so that sending it shows both texts first.
    async fn take_draft(
        &mut self,
        page: &Page,
        name: &str,
        changed: Option<Moment>,
    ) -> Result<(), Failure> {
        if let Some((form, kept_at)) = drafts::find(page, self.view.at.case, name).await? {
            if changed.is_some_and(|changed| changed > kept_at) {
                self.overtaken = form.value("versie").and_then(|text| text.parse().ok());
            }
            self.form = form;
            self.draft_of = Some(kept_at);
        }
        Ok(())
    }

    /// The version that the form is sent with.
    pub(super) fn form_version(&self) -> i64 {
        self.overtaken.unwrap_or(self.view.at.version)
    }

    /// When the draft in the form was kept, in words.
    pub(super) fn draft_moment(&self, page: &Page) -> Option<String> {
        self.draft_of.map(|kept_at| page.moment(kept_at))
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

    /// The language of the person when it is one of the interface and not Dutch.
    pub(super) fn own_language(&self) -> Option<Language> {
        let own = self.view.content.bar().contact_language;
        own.filter(|own| *own != Language::NL && Language::interface().any(|l| l == *own))
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
        ApplicationError::Invalid(InvalidInput::ModuleIncomplete) => "guiding-fault-module",
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

/// Who does a task: the person, where the box is ticked.
pub(super) fn task_owner(form: &Posted) -> TaskOwner {
    if form.has("zelf") {
        TaskOwner::Person
    } else {
        TaskOwner::Klantmanager
    }
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

/// What follows from a refused change: the page again with the problem, or, when someone was
/// first, who that was with what was typed.
async fn refused<P: CasePage>(
    page: Page,
    id: &str,
    form: Posted,
    trouble: Trouble,
) -> Result<Response, Failure> {
    let mut desk = Desk::open(&page, id).await?;
    let status = match &trouble {
        Trouble::Refused(ApplicationError::Stale(first)) => {
            let standing = P::standing(&page, &desk);
            return stale::stale_page(page, &desk, &form, (first, standing));
        }
        Trouble::Field(..)
        | Trouble::Refused(ApplicationError::Invalid(_) | ApplicationError::Refused(_)) => {
            StatusCode::BAD_REQUEST
        }
        Trouble::Refused(ApplicationError::AlreadyThere) => StatusCode::CONFLICT,
        Trouble::Refused(error) => return Err(error.clone().into()),
    };
    desk.problem = Some(desk.problem(&page, &trouble));
    desk.form = form;
    P::render(status, page, desk).await
}
