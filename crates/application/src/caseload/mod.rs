//! Many cases at once: what waits today, lists with filters, saved searches, tasks for many,
//! bringing in and taking out.
//!
//! Lists read overviews and names, never a sealed file.

mod bulk;
mod counts;
mod export;
mod import;
mod list;
mod saved;

use domain::case::{Interpreter, Phase};
use domain::day::Day;
use domain::id::{AccountId, CaseId, PersonId, SavedSearchId};
use domain::language::Language;
use domain::person::PersonName;
use guidance::clock::State;
use serde::{Deserialize, Serialize};
use store::case_overview::DueKind;

pub use bulk::BulkOutcome;
pub use counts::{CaseloadCounts, ROUNDED_TO};
pub use export::ListForm;
pub use import::{
    Duplicate, DuplicateBy, ImportDecision, ImportFault, ImportOutcome, ImportPreview,
    ImportReason, ImportRow,
};

/// Whose cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The actor's own, and those they cover for.
    #[default]
    Mine,
    /// Of the whole organisation.
    Everyone,
    /// Of a colleague.
    Of(AccountId),
}

/// Which cases a list holds; what is empty does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseFilter {
    /// Whose.
    pub whose: Whose,
    /// In one of these phases.
    pub phases: Vec<Phase>,
    /// With one of these contact languages.
    pub languages: Vec<Language>,
    /// With a term of the law in one of these states (running, early, due, late).
    pub clocks: Vec<State>,
    /// Name in any script, or the exact number of the case.
    pub text: String,
}

/// What to do next in a case, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAction {
    /// A term of the law, a task, a check-in, a talk.
    pub kind: DueKind,
    /// Which: code of the clock; number of the task; `placement:months`; `contact`.
    pub code: String,
    /// Running, early, due or late today.
    pub state: State,
    /// Last day; none when the law names no number of days.
    pub due_on: Option<Day>,
    /// Article behind a term of the law.
    pub article: Option<String>,
    /// Link to it.
    pub source: Option<String>,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Which case.
    pub case: CaseId,
    /// Version of the case, for tasks from the list.
    pub version: i64,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// Number of the case.
    pub number: Option<String>,
    /// Phase of guidance.
    pub phase: Phase,
    /// Language for talks and letters.
    pub contact_language: Option<Language>,
    /// Whether an interpreter is needed.
    pub interpreter: Interpreter,
    /// Who guides.
    pub klantmanager: Option<AccountId>,
    /// Day of the last talk.
    pub last_contact_on: Option<Day>,
    /// What to do next; none when nothing has a day.
    pub next: Option<NextAction>,
    /// Everything else that waits on the klantmanager today, after `next`.
    pub also: Vec<NextAction>,
}

/// A list of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseList {
    /// The cases in their order.
    pub rows: Vec<CaseRow>,
    /// Whether there are more than a list holds.
    pub truncated: bool,
}

/// A search that the actor keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedCaseSearch {
    /// Id.
    pub id: SavedSearchId,
    /// Name.
    pub name: String,
    /// What is searched.
    pub filter: CaseFilter,
    /// Counts changes.
    pub version: i64,
}
