//! Handing a case over to another klantmanager, and covering for one who is away.

use serde::{Deserialize, Serialize};

use super::{
    AdviceDecision, BarrierFound, CaseContent, CaseFault, Choice, Code, EntryKind, Note, Phase,
    PlanState, Stamp, Task, room,
};
use crate::day::Day;
use crate::id::AccountId;

/// What whoever takes over has to know, made from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Phase of guidance.
    pub phase: Phase,
    /// Day of the last talk.
    pub last_contact: Option<Day>,
    /// Number and state of the newest plan.
    pub plan: Option<(u32, PlanState)>,
    /// Open barriers with their severity, the most severe first.
    pub barriers: Vec<(Code, u8)>,
    /// Instruments in use.
    pub instruments: Vec<Code>,
    /// Numbers of open tasks, the earliest first.
    pub tasks: Vec<u32>,
    /// Numbers of placements that run.
    pub placements: Vec<u32>,
    /// Days of check-ins still to be done.
    pub check_ins: Vec<Day>,
}

/// A change of klantmanager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// From whom; none when nobody was named.
    pub from: Option<AccountId>,
    /// To whom.
    pub to: AccountId,
    /// What whoever takes over has to know, in words.
    pub note: Option<Note>,
    /// What stood in the file then.
    pub pack: HandOver,
    /// Who did it, and when.
    pub stamp: Stamp,
}

/// Somebody looks after the case while the klantmanager is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// Who.
    pub by: AccountId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Who arranged it, and when.
    pub stamp: Stamp,
}

impl CaseContent {
    /// Changes of klantmanager, the oldest first.
    #[must_use]
    pub fn transfers(&self) -> &[Transfer] {
        &self.transfers
    }

    /// Who covers, if that was arranged; the days may be over.
    #[must_use]
    pub fn cover(&self) -> Option<&Cover> {
        self.cover.as_ref()
    }

    /// What whoever takes over has to know.
    #[must_use]
    pub fn hand_over(&self) -> HandOver {
        let mut barriers: Vec<(Code, u8)> = open(&self.barriers)
            .map(|found| (found.code.clone(), found.severity))
            .collect();
        barriers.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let mut tasks: Vec<&Task> = self.tasks.iter().filter(|t| t.done.is_none()).collect();
        tasks.sort_by_key(|task| (task.due.is_none(), task.due, task.number));
        let running = || self.placements.iter().filter(|p| p.ended.is_none());
        let mut check_ins: Vec<Day> = running()
            .flat_map(|placement| &placement.check_ins)
            .filter(|check_in| check_in.done.is_none())
            .map(|check_in| check_in.due)
            .collect();
        check_ins.sort_unstable();
        HandOver {
            phase: self.bar.phase,
            last_contact: self.last_contact(),
            plan: self.plans.last().map(|plan| (plan.number, plan.state)),
            barriers,
            instruments: in_use(&self.advice),
            tasks: tasks.iter().map(|task| task.number).collect(),
            placements: running().map(|placement| placement.number).collect(),
            check_ins,
        }
    }

    /// Hands the case over; who covered for the former klantmanager covers no more.
    ///
    /// # Errors
    /// Fails when there are too many.
    pub fn transfer(
        &mut self,
        from: Option<AccountId>,
        to: AccountId,
        note: Option<Note>,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        room(self.transfers.len())?;
        let pack = self.hand_over();
        self.transfers.push(Transfer {
            from,
            to,
            note,
            pack,
            stamp,
        });
        self.cover = None;
        self.enter(EntryKind::Transferred { to }, None, stamp)?;
        Ok(())
    }

    /// Arranges that somebody covers, or that nobody does.
    ///
    /// # Errors
    /// Fails when it ends before it begins.
    pub fn set_cover(&mut self, cover: Option<Cover>) -> Result<(), CaseFault> {
        if cover.as_ref().is_some_and(|cover| cover.until < cover.from) {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        self.cover = cover;
        Ok(())
    }
}

fn open(barriers: &[BarrierFound]) -> impl Iterator<Item = &BarrierFound> {
    barriers.iter().filter(|found| found.resolved.is_none())
}

fn in_use(decisions: &[AdviceDecision]) -> Vec<Code> {
    let mut used: Vec<Code> = decisions
        .iter()
        .filter_map(|decision| match &decision.choice {
            Choice::Accepted => Some(decision.instrument.clone()),
            Choice::Changed { instrument, .. } => Some(instrument.clone()),
            Choice::Rejected { .. } => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    used
}
