//! The plan: drafted from the intake, discussed, fixed, revised.

use domain::case::{
    CaseContent, Code, IntakeTopic, LearningRoute, Note, PlanBecause, PlanContent, PlanPart,
    PlanTopic, Statement,
};
use domain::day::Day;

use super::{CaseAt, Saved};
use crate::audit::CaseStep;
use crate::{Application, ApplicationError, Context};

/// Longest text of a part made from statements, in characters; the rest stays in the intake.
const LONGEST_PART: usize = 3500;

/// Which statements go into which part of a plan.
const PARTS: [(PlanTopic, &[IntakeTopic]); 6] = [
    (
        PlanTopic::Situation,
        &[
            IntakeTopic::WorkExperience,
            IntakeTopic::OtherCompetences,
            IntakeTopic::Residence,
        ],
    ),
    (
        PlanTopic::Language,
        &[IntakeTopic::Languages, IntakeTopic::Learnability],
    ),
    (PlanTopic::Work, &[IntakeTopic::Ambitions]),
    (
        PlanTopic::Education,
        &[IntakeTopic::Education, IntakeTopic::Diplomas],
    ),
    (
        PlanTopic::LabourMarket,
        &[IntakeTopic::Network, IntakeTopic::Digital],
    ),
    (
        PlanTopic::Support,
        &[
            IntakeTopic::Functioning,
            IntakeTopic::Home,
            IntakeTopic::Mobility,
            IntakeTopic::Money,
        ],
    ),
];

impl Application {
    /// Drafts the first plan from what the intake holds, or a revision from the plan in force.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::PlanOpen` when one is being written;
    /// `CaseFault::PlanState` when a first plan is asked after another or a revision before it.
    pub async fn draft_plan(
        &self,
        context: &Context,
        at: CaseAt,
        because: PlanBecause,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Plan, |content, edit| {
            let start = match content.plan_in_force() {
                Some(plan) => plan.content.clone(),
                None => prefilled(content)?,
            };
            Ok(Some(content.draft_plan(because, start, edit.stamp)?))
        })
        .await
    }

    /// Changes what stands in the open plan; it then has to be discussed again.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::PlanState` when it is fixed.
    pub async fn change_plan(
        &self,
        context: &Context,
        at: CaseAt,
        number: u32,
        plan: PlanContent,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Plan, |content, edit| {
            content.change_plan(number, plan, edit.stamp)?;
            Ok(Some(number))
        })
        .await
    }

    /// Says that the open plan was discussed with the person.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::PlanState`, `CaseFault::InTheFuture`.
    pub async fn discuss_plan(
        &self,
        context: &Context,
        at: CaseAt,
        number: u32,
        on: Day,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Plan, |content, edit| {
            content.discuss_plan(number, on, edit.today, edit.stamp)?;
            Ok(Some(number))
        })
        .await
    }

    /// Fixes the discussed plan with the date on the decision; the integration term of the first
    /// one begins the day after, a revision does not move it.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::PlanState` unless it was discussed,
    /// `CaseFault::NoRoute` without a learning route.
    pub async fn fix_plan(
        &self,
        context: &Context,
        at: CaseAt,
        number: u32,
        on: Day,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Plan, |content, edit| {
            content.fix_plan(number, on, edit.today, edit.stamp)?;
            Ok(Some(number))
        })
        .await
    }
}

/// A first plan from the statements of the intake and the accepted instruments.
fn prefilled(content: &CaseContent) -> Result<PlanContent, ApplicationError> {
    let route = content
        .facts()
        .get("learning_route")
        .and_then(|code| LearningRoute::from_code(code));
    let instruments = content.hand_over().instruments;
    let mut parts = Vec::new();
    for (topic, from) in PARTS {
        let said: Vec<&Statement> = content
            .present_statements()
            .filter(|statement| from.contains(&statement.topic))
            .filter(|statement| statement.text.is_some())
            .collect();
        let own = if topic == PlanTopic::Work {
            instruments.clone()
        } else {
            Vec::new()
        };
        if let Some(part) = part(topic, &said, own)? {
            parts.push(part);
        }
    }
    Ok(PlanContent { route, parts })
}

fn part(
    topic: PlanTopic,
    said: &[&Statement],
    instruments: Vec<Code>,
) -> Result<Option<PlanPart>, ApplicationError> {
    let mut text = String::new();
    let mut from_statements = Vec::new();
    for statement in said {
        let Some(note) = &statement.text else {
            continue;
        };
        if text.chars().count() + note.as_str().chars().count() > LONGEST_PART {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(note.as_str());
        from_statements.push(statement.number);
    }
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(PlanPart {
        topic,
        text: Note::new(&text)?,
        from_statements,
        instruments,
    }))
}
