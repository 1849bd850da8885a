//! Time until an event, when not everybody has had it yet.
//!
//! # Conventions of the whole module
//! - A unit is under observation on the half-open span `(entry, exit]`. Without delayed entry
//!   it is under observation from before time 0, so an exit at time 0 is allowed.
//! - At a time with both events and censorings the events come first: a unit censored at `t` is
//!   still at risk at `t`. A unit that enters at `t` is not yet at risk at `t`.
//! - Times are equal when they are the same number; nothing is rounded.
//! - A group of one unit is a group: its curve has one step, or none when it is censored.
//!
//! Must not know what the event is.

pub mod competing;
pub mod concordance;
pub mod cox;
pub mod kaplan_meier;
pub mod log_rank;
pub mod multi_state;
pub mod nelson_aalen;
pub mod observations;
pub mod restricted_mean;
pub mod weibull;

mod cox_risk_sets;
mod gray;
mod risk_walk;

pub use observations::Observations;

/// Why a survival figure cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SurvivalError {
    /// No units at all.
    #[error("cannot be computed because there are no units")]
    Empty,
    /// Columns of different length.
    #[error("cannot be computed because {what} has {found} values for {expected} units")]
    LengthMismatch {
        /// Which column.
        what: &'static str,
        /// Values found.
        found: usize,
        /// Units expected.
        expected: usize,
    },
    /// A time that is negative, infinite or not a number.
    #[error("time {value} of unit {unit} is not a number of at least 0")]
    NotATime {
        /// Index of the unit, from 0.
        unit: usize,
        /// The value.
        value: f64,
    },
    /// An event marker outside 0 and 1.
    #[error("event marker {value} of unit {unit} is not 0 or 1")]
    NotAnEventMarker {
        /// Index of the unit, from 0.
        unit: usize,
        /// The value.
        value: f64,
    },
    /// Entry not before exit.
    #[error("entry {entry} of unit {unit} is not before its exit {exit}")]
    EntryNotBeforeExit {
        /// Index of the unit, from 0.
        unit: usize,
        /// Entry time.
        entry: f64,
        /// Exit time.
        exit: f64,
    },
    /// Nobody had the event, and the figure needs at least one.
    #[error("cannot be computed because all units are censored")]
    AllCensored,
    /// A comparison of fewer than two groups.
    #[error("cannot be computed because there are fewer than two groups with units at risk")]
    FewerThanTwoGroups,
    /// The horizon is not above 0, or the data end before it.
    #[error("cannot be computed because the data end at {last}, before the horizon {horizon}")]
    HorizonBeyondData {
        /// Horizon asked for.
        horizon: f64,
        /// Last observed time.
        last: f64,
    },
    /// A horizon that is not a positive number.
    #[error("cannot be computed because the horizon {0} is not above 0")]
    NotAHorizon(f64),
    /// The groups never meet: at no event time are two of them at risk.
    #[error("cannot be computed because the groups are never at risk at the same time")]
    GroupsNeverMeet,
    /// The covariates determine each other or never vary within a risk set.
    #[error("cannot be computed because the covariates are linearly dependent or do not vary")]
    Singular,
    /// The likelihood has no maximum: a covariate separates early from late events completely.
    #[error("cannot be computed because a covariate separates the events completely")]
    MonotoneLikelihood,
    /// The iteration did not settle.
    #[error("cannot be computed because the fit did not settle in {0} steps")]
    NotConverged(usize),
    /// A parametric model of time needs times above 0.
    #[error("cannot be computed because unit {0} has time 0, which the model excludes")]
    TimeZero(usize),
    /// Every time is the same.
    #[error("cannot be computed because the event times do not vary")]
    NoSpread,
    /// A cause number beyond the number of causes.
    #[error("cannot be computed because cause {cause} does not occur")]
    UnknownCause {
        /// The cause.
        cause: usize,
    },
    /// A state number beyond the number of states.
    #[error("spell {spell} names state {state}, but there are {states} states")]
    UnknownState {
        /// Index of the spell, from 0.
        spell: usize,
        /// State named.
        state: usize,
        /// Number of states.
        states: usize,
    },
    /// Two spells of one unit overlap.
    #[error("spells of unit {unit} overlap at time {time}")]
    OverlappingSpells {
        /// Identifier of the unit.
        unit: u64,
        /// Start of the later spell.
        time: f64,
    },
    /// A spell continues in another state than the previous one led to.
    #[error(
        "unit {unit} moves to state {expected} at time {time}, but its next spell is in {found}"
    )]
    BrokenPath {
        /// Identifier of the unit.
        unit: u64,
        /// Time of the move.
        time: f64,
        /// State the earlier spell led to.
        expected: usize,
        /// State of the next spell.
        found: usize,
    },
    /// A spell that leads to the state it is in.
    #[error("unit {unit} moves from state {state} to itself at time {time}")]
    MoveToItself {
        /// Identifier of the unit.
        unit: u64,
        /// The state.
        state: usize,
        /// Time of the move.
        time: f64,
    },
    /// Nobody is under observation at the start.
    #[error("cannot be computed because nobody is under observation at time {0}")]
    NobodyAtStart(f64),
}
