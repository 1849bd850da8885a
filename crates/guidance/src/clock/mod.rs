//! Statutory clocks of the Wet inburgering 2021 and of the residence document.
//!
//! Which clocks exist, how long they run and where that is written is data; the ways a clock can
//! run are the closed list here.
//! A clock is early, due or late for a date that the caller gives.

mod case;
mod run;

pub use case::{Case, Extension, Hours, Map, PipReason, PipVersion};
pub use run::{ClockResult, OpenItem, State};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition};
use crate::provenance::Provenance;
use crate::rule::Party;

/// Something that happened on a day of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Permit or protection granted; no clock runs from it, statistics count from it.
    PermitGranted,
    /// Registered in the BRP after housing.
    BrpRegistration,
    /// Notice of the duty to integrate.
    Notification,
    /// The municipality opened the file.
    FileStart,
    /// Whichever of the three above starts the term of the PIP.
    PipStart,
    /// First intake talk.
    IntakeStarted,
    /// Intake complete.
    IntakeFinished,
    /// Learnability test taken.
    LbtDone,
    /// First PIP signed and sent.
    PipFirstSigned,
    /// Latest PIP signed and sent.
    PipLatestSigned,
    /// Objection against the latest PIP received.
    ObjectionReceived,
    /// Learning route changed.
    RouteChanged,
    /// Went down from B1 to A2.
    Downscaled,
    /// Moved to another municipality.
    Moved,
    /// Final talk of the MAP.
    MapInterview,
    /// Participation statement signed.
    PvtSigned,
    /// Exam KNM passed.
    KnmPassed,
    /// Language exams passed.
    LanguagePassed,
    /// Final talk of the Z-route.
    ZInterview,
    /// Integration complete.
    Integrated,
    /// Social assistance began.
    BenefitStart,
    /// Last day of the residence document.
    ResidenceExpires,
    /// Residence document renewed.
    ResidenceRenewed,
    /// Diploma file complete at IDW.
    ValuationComplete,
    /// Valuation received.
    ValuationReceived,
}

impl Event {
    /// All events.
    pub const ALL: [Event; 25] = [
        Event::PermitGranted,
        Event::BrpRegistration,
        Event::Notification,
        Event::FileStart,
        Event::PipStart,
        Event::IntakeStarted,
        Event::IntakeFinished,
        Event::LbtDone,
        Event::PipFirstSigned,
        Event::PipLatestSigned,
        Event::ObjectionReceived,
        Event::RouteChanged,
        Event::Downscaled,
        Event::Moved,
        Event::MapInterview,
        Event::PvtSigned,
        Event::KnmPassed,
        Event::LanguagePassed,
        Event::ZInterview,
        Event::Integrated,
        Event::BenefitStart,
        Event::ResidenceExpires,
        Event::ResidenceRenewed,
        Event::ValuationComplete,
        Event::ValuationReceived,
    ];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Event::PermitGranted => "permit_granted",
            Event::BrpRegistration => "brp_registration",
            Event::Notification => "notification",
            Event::FileStart => "file_start",
            Event::PipStart => "pip_start",
            Event::IntakeStarted => "intake_started",
            Event::IntakeFinished => "intake_finished",
            Event::LbtDone => "lbt_done",
            Event::PipFirstSigned => "pip_first_signed",
            Event::PipLatestSigned => "pip_latest_signed",
            Event::ObjectionReceived => "objection_received",
            Event::RouteChanged => "route_changed",
            Event::Downscaled => "downscaled",
            Event::Moved => "moved",
            Event::MapInterview => "map_interview",
            Event::PvtSigned => "pvt_signed",
            Event::KnmPassed => "knm_passed",
            Event::LanguagePassed => "language_passed",
            Event::ZInterview => "z_interview",
            Event::Integrated => "integrated",
            Event::BenefitStart => "benefit_start",
            Event::ResidenceExpires => "residence_expires",
            Event::ResidenceRenewed => "residence_renewed",
            Event::ValuationComplete => "valuation_complete",
            Event::ValuationReceived => "valuation_received",
        }
    }
}

/// Unit of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// Calendar days.
    Days,
    /// Working days.
    WorkingDays,
    /// Calendar months.
    Months,
}

/// Which day is the first of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstDay {
    /// The event's day is day 0; the last day is that many days later.
    EventIsDayZero,
    /// The term's first day is the day after the event.
    DayAfterEvent,
    /// The event's day itself is the deadline.
    EventIsDeadline,
}

/// What happens when the last day is no working day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastDay {
    /// It stays.
    #[default]
    Stays,
    /// It moves to the next working day (Algemene termijnenwet article 1).
    MovesToWorkingDay,
}

/// What a term is once its last day has passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// Late: something should have been done.
    #[default]
    Late,
    /// Closed: a right or a support that ends by itself, nothing is missed.
    Closed,
}

/// Something that must be reached within the integration term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Need {
    /// This event.
    Event(Event),
    /// At least this many hours.
    Hours {
        /// Of what.
        of: Hours,
        /// How many.
        at_least: u32,
    },
    /// All themes in the list.
    Themes(Vec<String>),
}

/// How a clock runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Running {
    /// A term from an event until another.
    Term {
        /// What starts it.
        start: Event,
        /// How long.
        amount: u32,
        /// In which unit.
        unit: TermUnit,
        /// Which day is its first.
        first_day: FirstDay,
        /// What happens at weekends and holidays.
        #[serde(default)]
        last_day: LastDay,
        /// What ends it.
        done: Option<Event>,
        /// What it is when its last day has passed.
        #[serde(default)]
        after: Afterwards,
        /// Whether extensions of the integration term lengthen it.
        #[serde(default)]
        extended_by: Vec<String>,
    },
    /// Things to be reached before the integration term ends.
    WithinIntegrationTerm {
        /// The clock that tells the integration term.
        term: String,
        /// What must be reached.
        needs: Vec<Need>,
    },
    /// A PIP must be made anew after a change; the law names no number of days.
    PipAfter {
        /// The change.
        change: Event,
    },
    /// Something that is possible only after so many hours.
    Threshold {
        /// Of what.
        of: Hours,
        /// How many.
        at_least: u32,
        /// What becomes possible.
        permits: Event,
    },
}

/// A clock.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Stable code; key of its texts below `clock`.
    pub id: String,
    /// Who must do it.
    pub who: Party,
    /// For whom it runs.
    pub applies: Condition,
    /// How it runs.
    pub running: Running,
    /// Days before the deadline from which it counts as early warning.
    pub early_days: i64,
    /// Days before the deadline from which it counts as due.
    pub due_days: i64,
    /// Source, period and check.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockFile {
    /// Which event starts the term of the PIP, unless a case says otherwise.
    pip_start: Event,
    clock: Vec<Spanned<RawClock>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClock {
    id: String,
    who: Party,
    applies: Option<RawCondition>,
    running: Running,
    early_days: i64,
    #[serde(default)]
    due_days: i64,
    provenance: Provenance,
}

/// The clocks of a set.
#[derive(Clone, Debug)]
pub struct Clocks {
    clocks: Vec<Clock>,
    pip_start: Event,
}

impl Default for Clocks {
    fn default() -> Clocks {
        Clocks {
            clocks: Vec::new(),
            pip_start: Event::BrpRegistration,
        }
    }
}

/// Events that may start the term of the PIP.
pub const PIP_STARTS: [Event; 3] = [
    Event::BrpRegistration,
    Event::Notification,
    Event::FileStart,
];

impl Clocks {
    /// Reads the file of clocks.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Clocks {
        let file: ClockFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return Clocks::default();
            }
        };
        if !PIP_STARTS.contains(&file.pip_start) {
            let reason = "pip_start must be brp_registration, notification or file_start";
            faults.push(reading.fault(0, reason));
        }
        let mut clocks: BTreeMap<String, Clock> = BTreeMap::new();
        let mut order = Vec::new();
        for raw in file.clock {
            let start = raw.span().start;
            match read_clock(raw.into_inner(), &clocks) {
                Ok(clock) => {
                    order.push(clock.id.clone());
                    clocks.insert(clock.id.clone(), clock);
                }
                Err(reason) => faults.push(reading.fault(start, reason)),
            }
        }
        let clocks = order.iter().filter_map(|id| clocks.remove(id)).collect();
        Clocks {
            clocks,
            pip_start: file.pip_start,
        }
    }

    /// All clocks in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter()
    }
}

fn read_clock(raw: RawClock, before: &BTreeMap<String, Clock>) -> Result<Clock, String> {
    let named = |reason: &dyn std::fmt::Display| format!("clock {:?}: {reason}", raw.id);
    raw.provenance.check().map_err(|fault| named(&fault))?;
    if before.contains_key(&raw.id) {
        return Err(named(&"stands twice"));
    }
    if let Running::WithinIntegrationTerm { term, .. } = &raw.running
        && !before.contains_key(term)
    {
        return Err(named(&format_args!("the clock {term:?} must stand before")));
    }
    if raw.early_days < raw.due_days {
        return Err(named(&"early_days must not be less than due_days"));
    }
    let applies = match &raw.applies {
        None => Condition::Always,
        Some(applies) => applies
            .read(&Parameters::new())
            .map_err(|fault| named(&fault))?,
    };
    Ok(Clock {
        who: raw.who,
        id: raw.id,
        applies,
        running: raw.running,
        early_days: raw.early_days,
        due_days: raw.due_days,
        provenance: raw.provenance,
    })
}
