//! What stands in the file in which an organisation guides a newcomer.
//!
//! [`CaseContent`] is the whole of it: a value that changes only through methods that keep it
//! sound, and that says of everything who put it there and when.
//! It must not know storage, sealing, statutory terms (those are dated data elsewhere) or wording;
//! codes of barriers, instruments, facts and events are opaque here.

mod advice;
mod fault;
mod intake;
mod placement;
mod plan;
mod task;
mod text;
mod timeline;
mod transfer;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::AccountId;
use crate::language::Language;
use crate::moment::Moment;

pub use advice::{AdviceDecision, BarrierFound, BarrierSource, Choice};
pub use fault::CaseFault;
pub use intake::{IntakeTopic, NewStatement, Statement, StatementSource};
pub use placement::{
    CheckIn, CheckInOutcome, EndReason, NewPlacement, Placement, RETENTION_MONTHS,
};
pub use plan::{
    LearningRoute, PlanBecause, PlanContent, PlanPart, PlanState, PlanTopic, PlanVersion,
};
pub use task::{NewTask, Task, TaskOwner};
pub use text::{CaseNumber, Code, Note};
pub use timeline::{Channel, CloseReason, Entry, EntryKind, Interpreted, NewContact};
pub use transfer::{Cover, HandOver, Transfer};

/// Version of the written form; a reader refuses a newer one.
pub const FORMAT: u32 = 1;

/// Most things of one kind in a case: far above what happens in years of guidance, and low enough
/// that a case stays below a mebibyte.
pub(crate) const MOST: usize = 2000;

/// Where in the guidance to work the person stands.
///
/// The phases of Regioplan/VJI (2021) with reception before and closure after.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Still in a reception centre, guided from there.
    Reception,
    /// Broad intake.
    #[default]
    Intake,
    /// Finding out which work fits.
    Orientation,
    /// Getting ready for it.
    Activation,
    /// Bringing person and employer together.
    Matching,
    /// At work or on a place.
    Placement,
    /// Keeping it.
    Aftercare,
}

impl Phase {
    /// All phases in their usual order.
    pub const ALL: [Phase; 7] = [
        Phase::Reception,
        Phase::Intake,
        Phase::Orientation,
        Phase::Activation,
        Phase::Matching,
        Phase::Placement,
        Phase::Aftercare,
    ];

    /// The word that stands for it in storage and files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Phase::Reception => "reception",
            Phase::Intake => "intake",
            Phase::Orientation => "orientation",
            Phase::Activation => "activation",
            Phase::Matching => "matching",
            Phase::Placement => "placement",
            Phase::Aftercare => "aftercare",
        }
    }

    /// The phase with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.code() == code)
    }
}

/// Whether an interpreter is needed in talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interpreter {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Needed.
    Needed,
    /// Not needed.
    NotNeeded,
}

/// Who put something into the file, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Who; none for the person themselves or the system.
    pub by: Option<AccountId>,
    /// When.
    pub at: Moment,
}

/// Extra time for the integration term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Ground; a code of the clocks.
    pub ground: Code,
    /// First day of the circumstance.
    pub from: Day,
    /// Last day of the circumstance.
    pub to: Day,
    /// Days granted.
    pub days: u32,
}

/// The fixed bar of a case page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Number of the case with the organisation.
    pub number: Option<CaseNumber>,
    /// Phase of guidance.
    pub phase: Phase,
    /// Language for talks and letters.
    pub contact_language: Option<Language>,
    /// Whether an interpreter is needed.
    pub interpreter: Interpreter,
    /// Municipality in which the person lives or will live (CBS code), for instruments that exist
    /// in some places only.
    pub municipality: Option<Code>,
}

/// The whole content of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseContent {
    format: u32,
    last_number: u32,
    bar: Bar,
    #[serde(default)]
    events: BTreeMap<Code, Day>,
    #[serde(default)]
    minutes: BTreeMap<Code, u32>,
    #[serde(default)]
    themes: BTreeSet<Code>,
    #[serde(default)]
    extensions: Vec<Extension>,
    #[serde(default)]
    timeline: Vec<Entry>,
    #[serde(default)]
    statements: Vec<Statement>,
    #[serde(default)]
    barriers: Vec<BarrierFound>,
    #[serde(default)]
    advice: Vec<AdviceDecision>,
    #[serde(default)]
    plans: Vec<PlanVersion>,
    #[serde(default)]
    tasks: Vec<Task>,
    #[serde(default)]
    placements: Vec<Placement>,
    #[serde(default)]
    transfers: Vec<Transfer>,
    #[serde(default)]
    cover: Option<Cover>,
}

impl CaseContent {
    /// A new file.
    #[must_use]
    pub fn new(bar: Bar) -> CaseContent {
        CaseContent {
            format: FORMAT,
            last_number: 0,
            bar,
            events: BTreeMap::new(),
            minutes: BTreeMap::new(),
            themes: BTreeSet::new(),
            extensions: Vec::new(),
            timeline: Vec::new(),
            statements: Vec::new(),
            barriers: Vec::new(),
            advice: Vec::new(),
            plans: Vec::new(),
            tasks: Vec::new(),
            placements: Vec::new(),
            transfers: Vec::new(),
            cover: None,
        }
    }

    /// Checks what was read from storage: that this program knows its form.
    ///
    /// # Errors
    /// [`CaseFault::Format`] when a newer program wrote it.
    pub fn check(&self) -> Result<(), CaseFault> {
        if self.format == FORMAT {
            Ok(())
        } else {
            Err(CaseFault::Format(self.format))
        }
    }

    /// The fixed bar.
    #[must_use]
    pub fn bar(&self) -> &Bar {
        &self.bar
    }

    /// Changes the fixed bar; a change of phase stands in the timeline.
    ///
    /// # Errors
    /// Fails when the timeline is full.
    pub fn set_bar(&mut self, bar: Bar, stamp: Stamp) -> Result<(), CaseFault> {
        if bar.phase != self.bar.phase {
            self.enter(EntryKind::PhaseChanged { to: bar.phase }, None, stamp)?;
        }
        self.bar = bar;
        Ok(())
    }

    /// Days on which events of the clocks happened.
    #[must_use]
    pub fn events(&self) -> &BTreeMap<Code, Day> {
        &self.events
    }

    /// Says when an event happened, or that it did not (`None`); stands in the timeline.
    ///
    /// # Errors
    /// Fails when there are too many.
    pub fn set_event(
        &mut self,
        event: Code,
        on: Option<Day>,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        room(self.events.len())?;
        match on {
            Some(day) => self.events.insert(event.clone(), day),
            None => self.events.remove(&event),
        };
        self.enter(EntryKind::Event { event, on }, None, stamp)?;
        Ok(())
    }

    /// Hours that count for clocks, in minutes.
    #[must_use]
    pub fn minutes(&self) -> &BTreeMap<Code, u32> {
        &self.minutes
    }

    /// Sets the total of hours of a kind, in minutes.
    ///
    /// # Errors
    /// Fails when there are too many kinds.
    pub fn set_minutes(&mut self, of: Code, minutes: u32) -> Result<(), CaseFault> {
        room(self.minutes.len())?;
        self.minutes.insert(of, minutes);
        Ok(())
    }

    /// Themes of the labour-market module that are finished.
    #[must_use]
    pub fn themes(&self) -> &BTreeSet<Code> {
        &self.themes
    }

    /// Sets the finished themes of the labour-market module.
    ///
    /// # Errors
    /// Fails when there are too many.
    pub fn set_themes(&mut self, themes: BTreeSet<Code>) -> Result<(), CaseFault> {
        room(themes.len())?;
        self.themes = themes;
        Ok(())
    }

    /// Extra time granted for the integration term.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Adds extra time.
    ///
    /// # Errors
    /// Fails when it ends before it begins.
    pub fn add_extension(&mut self, extension: Extension) -> Result<(), CaseFault> {
        if extension.to < extension.from {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        room(self.extensions.len())?;
        self.extensions.push(extension);
        Ok(())
    }

    /// The next number in this file: everything in it has one of its own.
    fn next_number(&mut self) -> u32 {
        self.last_number = self.last_number.saturating_add(1);
        self.last_number
    }
}

fn room(used: usize) -> Result<(), CaseFault> {
    if used < MOST {
        Ok(())
    } else {
        Err(CaseFault::Full)
    }
}
