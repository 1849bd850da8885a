//! What happened, in the order in which it was written down: talks, notes, events.

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Code, Note, Phase, Stamp, room};
use crate::day::Day;
use crate::id::AccountId;
use crate::language::Language;

/// How people were in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At the office or elsewhere.
    InPerson,
    /// At home.
    HomeVisit,
    /// By telephone.
    Telephone,
    /// By video.
    Video,
    /// By message or letter.
    Written,
    /// Not said, as in lists that were brought in.
    Unknown,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryKind {
    /// A talk with the person.
    Contact {
        /// Day of the talk.
        on: Day,
        /// How.
        channel: Channel,
        /// Language spoken.
        language: Option<Language>,
        /// Whether an interpreter took part.
        interpreter: Interpreted,
    },
    /// A note.
    Note,
    /// An event of the clocks was set, or taken back when there is no day.
    Event {
        /// Which.
        event: Code,
        /// On which day.
        on: Option<Day>,
    },
    /// The phase changed.
    PhaseChanged {
        /// Into which.
        to: Phase,
    },
    /// A plan changed its state; the plan says which.
    Plan {
        /// Number of the plan.
        plan: u32,
        /// What happened: `drafted`, `discussed`, `fixed`.
        what: Code,
    },
    /// A placement began or ended.
    Placement {
        /// Number of the placement.
        placement: u32,
        /// What happened: `begun`, `ended`, `check_in`.
        what: Code,
    },
    /// The case was closed.
    Closed {
        /// Why.
        reason: CloseReason,
    },
    /// The case was opened again.
    Reopened,
    /// Another klantmanager took over.
    Transferred {
        /// Who.
        to: AccountId,
    },
}

/// Whether an interpreter took part in a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interpreted {
    /// Nobody translated.
    No,
    /// A professional interpreter.
    Professional,
    /// Family, a friend or a colleague.
    Informal,
}

/// Why guidance ended (after the Gemeentelijk Gegevensmodel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// Work.
    Work,
    /// Work at the person's own level.
    WorkAtLevel,
    /// School or training.
    Education,
    /// An own business.
    OwnBusiness,
    /// Moved to another municipality.
    Moved,
    /// Illness.
    Illness,
    /// Stopped.
    DroppedOut,
    /// The time of the guidance was over.
    TermOver,
    /// Something else.
    Other,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Number in the file.
    pub number: u32,
    /// What it is.
    pub what: EntryKind,
    /// What was written about it.
    pub note: Option<Note>,
    /// Who wrote it, and when.
    pub stamp: Stamp,
}

/// A talk to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Day of the talk.
    pub on: Day,
    /// How.
    pub channel: Channel,
    /// Language spoken.
    pub language: Option<Language>,
    /// Whether an interpreter took part.
    pub interpreter: Interpreted,
    /// What was said and agreed.
    pub note: Option<Note>,
}

impl CaseContent {
    /// The timeline in the order of writing.
    #[must_use]
    pub fn timeline(&self) -> &[Entry] {
        &self.timeline
    }

    /// Day of the last talk.
    #[must_use]
    pub fn last_contact(&self) -> Option<Day> {
        self.timeline
            .iter()
            .filter_map(|entry| match entry.what {
                EntryKind::Contact { on, .. } => Some(on),
                _ => None,
            })
            .max()
    }

    /// Writes down a talk.
    ///
    /// # Errors
    /// Fails when it lies after `today` or the timeline is full.
    pub fn add_contact(
        &mut self,
        contact: NewContact,
        today: Day,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        if contact.on > today {
            return Err(CaseFault::InTheFuture);
        }
        let what = EntryKind::Contact {
            on: contact.on,
            channel: contact.channel,
            language: contact.language,
            interpreter: contact.interpreter,
        };
        self.enter(what, contact.note, stamp)
    }

    /// Writes a note.
    ///
    /// # Errors
    /// Fails when the timeline is full.
    pub fn add_note(&mut self, note: Note, stamp: Stamp) -> Result<u32, CaseFault> {
        self.enter(EntryKind::Note, Some(note), stamp)
    }

    /// Writes down that the case was closed.
    ///
    /// # Errors
    /// Fails when the timeline is full.
    pub fn close(
        &mut self,
        reason: CloseReason,
        note: Option<Note>,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        self.enter(EntryKind::Closed { reason }, note, stamp)
    }

    /// Writes down that the case was opened again.
    ///
    /// # Errors
    /// Fails when the timeline is full.
    pub fn reopen(&mut self, stamp: Stamp) -> Result<u32, CaseFault> {
        self.enter(EntryKind::Reopened, None, stamp)
    }

    pub(super) fn enter(
        &mut self,
        what: EntryKind,
        note: Option<Note>,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        room(self.timeline.len())?;
        let number = self.next_number();
        self.timeline.push(Entry {
            number,
            what,
            note,
            stamp,
        });
        Ok(number)
    }
}
