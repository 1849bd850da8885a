//! The plan as the newcomer follows it: what is next, who does it, by when, and ticking it off.
//!
//! It holds the steps and the plan in force; notes, barriers and what is only being drafted stay
//! with the klantmanager until they have discussed them.

use domain::case::{CaseContent, Code, LearningRoute, Note, PlanPart, TaskOwner};
use domain::day::Day;
use domain::id::{CaseId, OrganisationId, PersonId};
use guidance::rule::Party;
use store::case_file::CaseFile;
use store::case_overview::DueKind;

use super::overview::dues;
use super::{CaseAt, CaseGuidance};
use crate::audit::{CaseStep, Event};
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// What a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnStepKind {
    /// A task, in the words of whoever wrote it.
    Task {
        /// Number in the file.
        number: u32,
        /// What.
        what: Note,
    },
    /// A term of the law; key of the texts below `clock`.
    Term(String),
    /// An instrument that was chosen; key of the texts below `instrument`.
    Help(Code),
    /// A look at how it goes, so many months after the start of work.
    CheckIn {
        /// Months.
        months: u32,
    },
    /// The next talk.
    Talk,
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStep {
    /// What.
    pub kind: OwnStepKind,
    /// Who does it.
    pub who: TaskOwner,
    /// By when; none when nobody set a day.
    pub due: Option<Day>,
    /// Whether the day has passed.
    pub is_late: bool,
}

/// A plan that was fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedPlan {
    /// Date on the decision.
    pub fixed_on: Option<Day>,
    /// Learning route.
    pub route: Option<LearningRoute>,
    /// What stands in it.
    pub parts: Vec<PlanPart>,
}

/// The plan as the person follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPlan {
    /// Which case.
    pub case: CaseId,
    /// Who guides.
    pub organisation: OrganisationId,
    /// What is to be done: the person's own steps first, each by day, those without a day last.
    pub steps: Vec<OwnStep>,
    /// Tasks of the person that they ticked, the last first.
    pub done: Vec<(u32, Note, Day)>,
    /// The plan in force.
    pub agreed: Option<AgreedPlan>,
}

/// What the person says of a task of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It is done.
    Done,
    /// It is not done after all.
    NotDone,
}

impl Application {
    /// The plan of a newcomer as they follow it; none while nobody guides them. That it was read
    /// is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not the actor's.
    pub async fn own_plan(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Option<OwnPlan>, ApplicationError> {
        self.person_for(context, Action::FollowPlan, person).await?;
        let Some(case) = self.own_case(person).await? else {
            return Ok(None);
        };
        self.audit_alone(context, Event::CaseRead { person, case })
            .await?;
        let opened = self.opened(context, Action::FollowPlan, case).await?;
        let (content, file) = (&opened.content, &opened.file);
        let guidance = CaseGuidance::of(self.guidance()?, content, self.today());
        let dues = dues(content, &guidance, self.rules.cases, file.opened_at)?;
        let mut steps: Vec<OwnStep> = Vec::new();
        for due in &dues {
            let known = match due.kind {
                DueKind::Clock => term(&guidance, &due.code),
                DueKind::Task => None,
                DueKind::CheckIn => check_in(&due.code),
                DueKind::Contact => Some((OwnStepKind::Talk, TaskOwner::Klantmanager)),
            };
            steps.extend(known.map(|(kind, who)| self.step(kind, who, due.due_on)));
        }
        for task in content.tasks().iter().filter(|task| task.done.is_none()) {
            let kind = OwnStepKind::Task {
                number: task.number,
                what: task.what.clone(),
            };
            steps.push(self.step(kind, task.who, task.due));
        }
        steps.extend(self.help(content, &guidance));
        steps.sort_by_key(|step| {
            let by_klantmanager = step.who == TaskOwner::Klantmanager;
            (by_klantmanager, step.due.is_none(), step.due)
        });
        Ok(Some(OwnPlan {
            case,
            organisation: file.organisation,
            steps,
            done: done(content),
            agreed: content.plan_in_force().map(|plan| AgreedPlan {
                fixed_on: plan.fixed_on,
                route: plan.content.route,
                parts: plan.content.parts.clone(),
            }),
        }))
    }

    /// The open case of a person; none while nobody guides them.
    pub(super) async fn own_case(
        &self,
        person: PersonId,
    ) -> Result<Option<CaseId>, ApplicationError> {
        let cases = store::case_file::of_person(&self.store, person).await?;
        let open = |case: &&CaseFile| case.closed_at.is_none();
        Ok(cases.iter().find(open).map(|case| case.id))
    }

    /// Says that a task of the person is done, or not after all. Whatever else changed in the case
    /// meanwhile stays: a tick overwrites nothing.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not the actor's own open task;
    /// [`ApplicationError::Stale`] when somebody changed the case at the same moment.
    pub async fn tick_own_task(
        &self,
        context: &Context,
        case: CaseId,
        number: u32,
        tick: Tick,
    ) -> Result<(), ApplicationError> {
        let opened = self.opened(context, Action::FollowPlan, case).await?;
        let own = opened.content.tasks().iter();
        let is_own = own.into_iter().any(|task| {
            task.number == number
                && task.who == TaskOwner::Person
                && task.done.is_some() == (tick == Tick::NotDone)
        });
        if !is_own || opened.file.closed_at.is_some() {
            return Err(ApplicationError::NotFound);
        }
        let at = CaseAt {
            case,
            version: opened.file.version,
        };
        self.edit_opened(context, at, CaseStep::Tasks, opened, |content, edit| {
            match tick {
                Tick::Done => content.finish_task(number, edit.stamp)?,
                Tick::NotDone => content.reopen_own_task(number)?,
            }
            Ok(Some(number))
        })
        .await?;
        Ok(())
    }

    fn step(&self, kind: OwnStepKind, who: TaskOwner, due: Option<Day>) -> OwnStep {
        OwnStep {
            kind,
            who,
            due,
            is_late: due.is_some_and(|due| due < self.today()),
        }
    }

    /// Instruments that were chosen; who moves first does the step.
    fn help(&self, content: &CaseContent, guidance: &CaseGuidance) -> Vec<OwnStep> {
        let chosen = content.hand_over().instruments.into_iter();
        let steps = chosen.filter_map(|code| {
            let instrument = guidance.set().register.get(code.as_str())?;
            let who = owner(instrument.moves_first);
            Some(self.step(OwnStepKind::Help(code), who, None))
        });
        steps.collect()
    }
}

/// A term of the law that runs.
fn term(guidance: &CaseGuidance, code: &str) -> Option<(OwnStepKind, TaskOwner)> {
    let mut clocks = guidance.set().clocks.iter();
    let clock = clocks.find(|clock| clock.id == code)?;
    Some((OwnStepKind::Term(code.to_owned()), owner(clock.who)))
}

fn check_in(code: &str) -> Option<(OwnStepKind, TaskOwner)> {
    let months = code.split(':').next_back()?.parse().ok()?;
    Some((OwnStepKind::CheckIn { months }, TaskOwner::Klantmanager))
}

/// Whose step it is: the klantmanager answers for everybody but the person.
fn owner(party: Party) -> TaskOwner {
    match party {
        Party::Newcomer => TaskOwner::Person,
        Party::Employer | Party::Municipality | Party::State => TaskOwner::Klantmanager,
    }
}

fn done(content: &CaseContent) -> Vec<(u32, Note, Day)> {
    let tasks = content.tasks().iter();
    let mut done: Vec<(u32, Note, Day)> = tasks
        .filter(|task| task.who == TaskOwner::Person)
        .filter_map(|task| {
            // Only what they ticked themselves can be taken back by them.
            let stamp = task.done.filter(|stamp| stamp.by.is_none())?;
            let day = Day::in_the_netherlands(stamp.at);
            Some((task.number, task.what.clone(), day))
        })
        .collect();
    done.reverse();
    done
}
