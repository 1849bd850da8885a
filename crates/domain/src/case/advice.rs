//! Barriers that stand in the way, and what the klantmanager decided on advised instruments.

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Code, Note, Stamp, room};
use crate::day::Day;

/// Who says that a barrier exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarrierSource {
    /// It follows from facts.
    Derived,
    /// The person said so.
    Person,
    /// The klantmanager says so.
    Klantmanager,
}

/// A barrier in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarrierFound {
    /// Code of the taxonomy, such as `N3b`.
    pub code: Code,
    /// How much it stands in the way, 1 to 3.
    pub severity: u8,
    /// Who says so.
    pub source: BarrierSource,
    /// First day.
    pub since: Day,
    /// Day on which it was resolved.
    pub resolved: Option<Day>,
    /// Who wrote it last, and when.
    pub stamp: Stamp,
}

/// What was decided on an advised instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Choice {
    /// Use it.
    Accepted,
    /// Use another instead.
    Changed {
        /// The other.
        instrument: Code,
        /// Reason code.
        reason: Code,
    },
    /// Do not use it.
    Rejected {
        /// Reason code.
        reason: Code,
    },
}

/// A decision on an advised instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdviceDecision {
    /// Number in the file.
    pub number: u32,
    /// The advised instrument.
    pub instrument: Code,
    /// What was decided.
    pub choice: Choice,
    /// Strength of the evidence when it was decided.
    pub evidence_level: Code,
    /// Barriers it was advised for.
    pub barriers: Vec<Code>,
    /// What was written about it.
    pub note: Option<Note>,
    /// Who decided, and when.
    pub stamp: Stamp,
}

impl CaseContent {
    /// All barriers, also resolved ones, in the order of writing.
    #[must_use]
    pub fn barriers(&self) -> &[BarrierFound] {
        &self.barriers
    }

    /// Writes down a barrier, or changes the open one with the same code.
    ///
    /// # Errors
    /// Fails when it is resolved before it began or there are too many.
    pub fn put_barrier(&mut self, barrier: BarrierFound) -> Result<(), CaseFault> {
        if barrier.resolved.is_some_and(|end| end < barrier.since) {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        let open = self
            .barriers
            .iter_mut()
            .find(|found| found.code == barrier.code && found.resolved.is_none());
        match open {
            Some(found) => {
                let since = found.since.min(barrier.since);
                *found = BarrierFound { since, ..barrier };
            }
            None => {
                room(self.barriers.len())?;
                self.barriers.push(barrier);
            }
        }
        Ok(())
    }

    /// Says that an open barrier is resolved since a day, and who says so.
    ///
    /// # Errors
    /// Fails when there is no such open barrier or it began later.
    pub fn resolve_barrier(
        &mut self,
        code: &Code,
        (on, source): (Day, BarrierSource),
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let found = self
            .barriers
            .iter_mut()
            .find(|found| found.code == *code && found.resolved.is_none())
            .ok_or(CaseFault::DoneBefore)?;
        if on < found.since {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        found.resolved = Some(on);
        found.source = source;
        found.stamp = stamp;
        Ok(())
    }

    /// Decisions on advised instruments, the oldest first.
    #[must_use]
    pub fn advice(&self) -> &[AdviceDecision] {
        &self.advice
    }

    /// Writes down a decision; its number is given here.
    ///
    /// # Errors
    /// Fails when there are too many.
    pub fn add_decision(&mut self, decision: AdviceDecision) -> Result<u32, CaseFault> {
        room(self.advice.len())?;
        let number = self.next_number();
        self.advice.push(AdviceDecision { number, ..decision });
        Ok(number)
    }
}
