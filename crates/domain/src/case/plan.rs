//! The personal plan for integration and participation (PIP): drafted, discussed, fixed, revised.
//!
//! A fixed version never changes; a revision is a new version that begins with what stood in the
//! last. How long the municipality has, the clocks say.

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Code, EntryKind, Note, Stamp, room};
use crate::day::Day;

/// Learning route (Wet inburgering 2021, art. 7 to 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LearningRoute {
    /// B1-route.
    B1,
    /// Onderwijsroute.
    Education,
    /// Z-route (self-reliance).
    Z,
}

impl LearningRoute {
    /// The value of the fact `learning_route`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LearningRoute::B1 => "b1",
            LearningRoute::Education => "education",
            LearningRoute::Z => "z",
        }
    }

    /// The route with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<LearningRoute> {
        [
            LearningRoute::B1,
            LearningRoute::Education,
            LearningRoute::Z,
        ]
        .into_iter()
        .find(|route| route.code() == code)
    }
}

/// Part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanTopic {
    /// Where the person starts from.
    Situation,
    /// Language and learning route.
    Language,
    /// Knowledge of society (KNM) and participation statement (PVT).
    Society,
    /// Module labour market and participation (MAP).
    LabourMarket,
    /// The goal in work and the steps to it.
    Work,
    /// School and diplomas.
    Education,
    /// Home, care, health and money, and help with them.
    Support,
    /// Who guides, how often there is contact.
    Guidance,
    /// What was agreed and by when.
    Agreements,
}

/// A part with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPart {
    /// Which part.
    pub topic: PlanTopic,
    /// What stands in it.
    pub text: Note,
    /// Numbers of the statements it was made from.
    #[serde(default)]
    pub from_statements: Vec<u32>,
    /// Instruments that were chosen for it.
    #[serde(default)]
    pub instruments: Vec<Code>,
}

/// What stands in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanContent {
    /// Learning route; needed to fix the plan.
    pub route: Option<LearningRoute>,
    /// Parts in order.
    pub parts: Vec<PlanPart>,
}

/// Where a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// Being written.
    Draft,
    /// Discussed with the person.
    Discussed,
    /// Signed and sent: a decision against which the person can object.
    Fixed,
    /// Replaced by a later version.
    Revised,
}

/// Why a version was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanBecause {
    /// The first plan.
    First,
    /// The learning route changes.
    RouteChange,
    /// Down from B1 to A2.
    Downscale,
    /// Moved in from another municipality.
    Move,
    /// Something else.
    Other,
}

/// A version of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanVersion {
    /// Number in the file.
    pub number: u32,
    /// First, second, … plan, from 1.
    pub version: u32,
    /// Why it was made.
    pub because: PlanBecause,
    /// Where it stands.
    pub state: PlanState,
    /// What stands in it.
    pub content: PlanContent,
    /// Who drafted it, and when.
    pub drafted: Stamp,
    /// Day on which it was discussed.
    pub discussed_on: Option<Day>,
    /// Date on the decision.
    pub fixed_on: Option<Day>,
    /// Who changed it last, and when.
    pub stamp: Stamp,
}

impl CaseContent {
    /// All versions of the plan, the oldest first.
    #[must_use]
    pub fn plans(&self) -> &[PlanVersion] {
        &self.plans
    }

    /// The version in force.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&PlanVersion> {
        self.plans
            .iter()
            .rev()
            .find(|plan| plan.state == PlanState::Fixed)
    }

    /// The version that is being written or discussed.
    #[must_use]
    pub fn open_plan(&self) -> Option<&PlanVersion> {
        self.plans
            .iter()
            .find(|plan| matches!(plan.state, PlanState::Draft | PlanState::Discussed))
    }

    /// Begins a version.
    ///
    /// # Errors
    /// [`CaseFault::PlanOpen`] when another is open; [`CaseFault::PlanState`] when a first plan is
    /// made after another or a later one before the first.
    pub fn draft_plan(
        &mut self,
        because: PlanBecause,
        content: PlanContent,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        if self.open_plan().is_some() {
            return Err(CaseFault::PlanOpen);
        }
        if (because == PlanBecause::First) != self.plans.is_empty() {
            return Err(CaseFault::PlanState);
        }
        room(self.plans.len())?;
        let number = self.next_number();
        self.plans.push(PlanVersion {
            number,
            version: self.plans.len() as u32 + 1,
            because,
            state: PlanState::Draft,
            content,
            drafted: stamp,
            discussed_on: None,
            fixed_on: None,
            stamp,
        });
        self.enter_plan(number, "drafted", stamp)?;
        Ok(number)
    }

    /// Changes what stands in the open version; it then has to be discussed again.
    ///
    /// # Errors
    /// [`CaseFault::PlanState`] when it is fixed.
    pub fn change_plan(
        &mut self,
        number: u32,
        content: PlanContent,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let plan = self.open(number)?;
        plan.content = content;
        plan.state = PlanState::Draft;
        plan.discussed_on = None;
        plan.stamp = stamp;
        Ok(())
    }

    /// Says that the open version was discussed with the person.
    ///
    /// # Errors
    /// [`CaseFault::PlanState`] when it is fixed; [`CaseFault::InTheFuture`].
    pub fn discuss_plan(
        &mut self,
        number: u32,
        on: Day,
        today: Day,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        if on > today {
            return Err(CaseFault::InTheFuture);
        }
        let plan = self.open(number)?;
        plan.state = PlanState::Discussed;
        plan.discussed_on = Some(on);
        plan.stamp = stamp;
        self.enter_plan(number, "discussed", stamp)
    }

    /// Fixes the open version; the one in force before it becomes revised.
    ///
    /// # Errors
    /// [`CaseFault::PlanState`] unless it was discussed; [`CaseFault::NoRoute`];
    /// [`CaseFault::EndsBeforeItBegins`] when it is dated before the talk or the plan before it.
    pub fn fix_plan(
        &mut self,
        number: u32,
        on: Day,
        today: Day,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        if on > today {
            return Err(CaseFault::InTheFuture);
        }
        let last = self.plans.iter().filter_map(|plan| plan.fixed_on).max();
        let plan = self.open(number)?;
        if plan.state != PlanState::Discussed {
            return Err(CaseFault::PlanState);
        }
        if plan.content.route.is_none() {
            return Err(CaseFault::NoRoute);
        }
        if plan.discussed_on > Some(on) || last > Some(on) {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        plan.state = PlanState::Fixed;
        plan.fixed_on = Some(on);
        plan.stamp = stamp;
        for plan in &mut self.plans {
            if plan.number != number && plan.state == PlanState::Fixed {
                plan.state = PlanState::Revised;
            }
        }
        self.enter_plan(number, "fixed", stamp)
    }

    fn open(&mut self, number: u32) -> Result<&mut PlanVersion, CaseFault> {
        let plan = self.plans.iter_mut().find(|plan| plan.number == number);
        let plan = plan.ok_or(CaseFault::NoSuch(number))?;
        match plan.state {
            PlanState::Draft | PlanState::Discussed => Ok(plan),
            PlanState::Fixed | PlanState::Revised => Err(CaseFault::PlanState),
        }
    }

    fn enter_plan(&mut self, plan: u32, what: &str, stamp: Stamp) -> Result<(), CaseFault> {
        let what = Code::new(what)?;
        self.enter(EntryKind::Plan { plan, what }, None, stamp)?;
        Ok(())
    }
}
