//! What somebody has to do by a day.

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Note, Stamp, room};
use crate::day::Day;

/// Who does a task.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum TaskOwner {
    /// Whoever guides the person.
    #[default]
    Klantmanager,
    /// The person themselves, who can tick it in their own plan.
    Person,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Number in the file.
    pub number: u32,
    /// What.
    pub what: Note,
    /// By when.
    pub due: Option<Day>,
    /// Who does it.
    #[serde(default)]
    pub who: TaskOwner,
    /// Who wrote it, and when.
    pub stamp: Stamp,
    /// Who finished it, and when.
    pub done: Option<Stamp>,
}

/// A task to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// What.
    pub what: Note,
    /// By when.
    pub due: Option<Day>,
    /// Who does it.
    pub who: TaskOwner,
}

impl CaseContent {
    /// All tasks in the order of writing.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// Adds a task.
    ///
    /// # Errors
    /// Fails when there are too many.
    pub fn add_task(&mut self, new: NewTask, stamp: Stamp) -> Result<u32, CaseFault> {
        room(self.tasks.len())?;
        let number = self.next_number();
        self.tasks.push(Task {
            number,
            what: new.what,
            due: new.due,
            who: new.who,
            stamp,
            done: None,
        });
        Ok(number)
    }

    /// Says that a task is done.
    ///
    /// # Errors
    /// Fails when there is no such task or it was done before.
    pub fn finish_task(&mut self, number: u32, stamp: Stamp) -> Result<(), CaseFault> {
        let task = self.tasks.iter_mut().find(|task| task.number == number);
        let task = task.ok_or(CaseFault::NoSuch(number))?;
        if task.done.is_some() {
            return Err(CaseFault::DoneBefore);
        }
        task.done = Some(stamp);
        Ok(())
    }

    /// Takes back that the person did a task of theirs.
    ///
    /// # Errors
    /// Fails when there is no such task of the person, or it is not done by themselves.
    pub fn reopen_own_task(&mut self, number: u32) -> Result<(), CaseFault> {
        let task = self.tasks.iter_mut().find(|task| task.number == number);
        let task = task.filter(|task| task.who == TaskOwner::Person);
        let task = task.ok_or(CaseFault::NoSuch(number))?;
        // A stamp without an account is the person's own.
        if task.done.is_none_or(|done| done.by.is_some()) {
            return Err(CaseFault::NoSuch(number));
        }
        task.done = None;
        Ok(())
    }
}
