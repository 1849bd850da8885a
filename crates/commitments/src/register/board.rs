//! The deadline board: what is late, what comes soon, what has no day, on a given date.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{Obligation, ObligationId, Register, Review};
use crate::calendar::Interval;
use crate::deadline::{Certainty, Conventions};

/// Days before the end of a term in which it counts as near.
pub const NEAR_DAYS: i64 = 30;

/// How pressing an open obligation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "urgency")]
pub enum Urgency {
    /// The last day has passed.
    Late {
        /// Days since.
        days: i64,
    },
    /// The last day comes in fewer than [`NEAR_DAYS`] days.
    Near {
        /// Days left.
        days: i64,
    },
    /// Promised without a day, and long enough ago to ask.
    UndatedAlert,
    /// The days cannot be counted until somebody gives the date of the document.
    NeedsDate,
    /// The last day comes later.
    Later {
        /// Days left.
        days: i64,
    },
    /// No day, and not yet time to ask.
    Undated,
    /// No term at all.
    NoTerm,
}

/// One row of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The obligation.
    pub id: ObligationId,
    /// How pressing it is.
    #[serde(flatten)]
    pub urgency: Urgency,
    /// The days of the term in force.
    pub interval: Option<Interval>,
    /// How often it was deferred.
    pub deferrals: usize,
}

/// How pressing an obligation is on a date, by what was known of it on that date; `None` when
/// nothing is to be done then or it did not exist yet.
#[must_use]
pub fn urgency(obligation: &Obligation, on: Date, conventions: &Conventions) -> Option<Urgency> {
    pressing(&*obligation.as_of(on)?, on, conventions)
}

/// As [`urgency`], for an obligation as it stood on the date.
pub(super) fn pressing(
    obligation: &Obligation,
    on: Date,
    conventions: &Conventions,
) -> Option<Urgency> {
    let dismissed = matches!(obligation.review(), Review::Dismissed { .. });
    if dismissed || !obligation.state().is_open() {
        return None;
    }
    let Some(deadline) = obligation.deadline() else {
        return Some(Urgency::NoTerm);
    };
    if let Some(until) = deadline.until() {
        let days = (until - on).whole_days();
        return Some(match days {
            ..0 => Urgency::Late { days: -days },
            0..NEAR_DAYS => Urgency::Near { days },
            _ => Urgency::Later { days },
        });
    }
    if deadline.certainty == Certainty::NeedsDocumentDate {
        return Some(Urgency::NeedsDate);
    }
    let alert = obligation
        .document_date()
        .and_then(|document| deadline.alert_on(document, conventions));
    Some(match alert {
        Some(day) if day <= on => Urgency::UndatedAlert,
        _ => Urgency::Undated,
    })
}

/// The obligations that were open on a date, the most pressing first.
#[must_use]
pub fn board(register: &Register, on: Date, conventions: &Conventions) -> Vec<Row> {
    let mut rows: Vec<Row> = register
        .obligations()
        .filter_map(|obligation| {
            let obligation = obligation.as_of(on)?;
            Some(Row {
                id: obligation.id(),
                urgency: pressing(&obligation, on, conventions)?,
                interval: obligation.deadline().and_then(|deadline| deadline.interval),
                deferrals: obligation.deferrals(),
            })
        })
        .collect();
    rows.sort_by_key(|row| (order(row.urgency), row.id));
    rows
}

/// The most pressing first.
pub(super) fn order(urgency: Urgency) -> (u8, i64) {
    match urgency {
        Urgency::Late { days } => (0, -days),
        Urgency::Near { days } => (1, days),
        Urgency::UndatedAlert => (2, 0),
        Urgency::NeedsDate => (3, 0),
        Urgency::Later { days } => (4, days),
        Urgency::Undated => (5, 0),
        Urgency::NoTerm => (6, 0),
    }
}
