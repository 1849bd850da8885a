//! Cases: the file in which a klantmanager guides a newcomer.
//!
//! Every change names the version it was made from ([`CaseAt`]), happens in one transaction with
//! its event, and keeps the overview that lists read. Nothing is overwritten unseen: who comes
//! second is told who was first.

mod advice;
mod changing;
mod guiding;
mod opening;
mod overview;
mod own_plan;
mod placements;
mod plan;
mod plan_document;
mod registering;
mod transfer;

use std::collections::{BTreeMap, BTreeSet};

use domain::case::{Bar, CaseContent, Code, NewContact, NewStatement, NewTask, Note};
use domain::day::Day;
use domain::id::{AccountId, CaseId, OrganisationId, PersonId};
use domain::moment::Moment;
use time::Duration;

pub use advice::DecideAdvice;
pub use guiding::{CaseGuidance, Refusal};
pub(crate) use opening::{NewOpen, read};
pub use own_plan::{AgreedPlan, OwnPlan, OwnStep, OwnStepKind, Tick};
pub use plan_document::PlanPaper;

/// Themes of the labour-market module (MAP); the clock that runs on them names the same.
pub const THEMES: [&str; 8] = [
    "occupations",
    "realistic_picture",
    "chances",
    "occupational_skills",
    "employee_skills",
    "network",
    "work_culture",
    "finding_work",
];

/// Longest content of a case in bytes.
const LONGEST: usize = 1 << 20;

/// How cases are kept; the numbers are this project's, an installation may set others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseRules {
    /// How long one may undo one's own last change.
    pub undo_for: Duration,
    /// Days after the last talk on which the next one is due.
    pub contact_every_days: u32,
    /// Days before a check-in from which it shows.
    pub check_in_early_days: u32,
}

impl Default for CaseRules {
    fn default() -> CaseRules {
        CaseRules {
            undo_for: Duration::minutes(10),
            contact_every_days: 42,
            check_in_early_days: 7,
        }
    }
}

/// A case and the version of it that somebody has before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseAt {
    /// Which case.
    pub case: CaseId,
    /// The version that a change is made from.
    pub version: i64,
}

/// A case after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where the next change begins.
    pub at: CaseAt,
    /// Number in the file of what was made, if something was; the last of several.
    pub number: Option<u32>,
}

/// A case to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenCase {
    /// The fixed bar of the case.
    pub bar: Bar,
    /// Day on which the municipality opened the file; today when none is given.
    pub file_start: Option<Day>,
    /// Days of other events of the clocks, such as `brp_registration`.
    pub events: BTreeMap<Code, Day>,
    /// What is known already.
    pub statements: Vec<NewStatement>,
    /// The last talk, if there was one.
    pub last_contact: Option<NewContact>,
    /// What is still to be done.
    pub tasks: Vec<NewTask>,
    /// What whoever guided before wants to say.
    pub note: Option<Note>,
    /// Themes of the labour-market module that are finished already.
    pub themes: BTreeSet<Code>,
}

/// A case, opened.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case as it was read.
    pub at: CaseAt,
    /// Whose case.
    pub person: PersonId,
    /// Which organisation guides.
    pub organisation: OrganisationId,
    /// Who guides.
    pub klantmanager: Option<AccountId>,
    /// What stands in it.
    pub content: CaseContent,
    /// What rules, clocks and instruments say of it today.
    pub guidance: CaseGuidance,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: Option<AccountId>,
    /// Until when the actor may undo the last change; none when they may not.
    pub undo_until: Option<Moment>,
}
