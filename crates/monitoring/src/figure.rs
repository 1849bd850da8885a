//! A figure: a number with interval, n and what it proves, or the reason why there is none.
//!
//! There is no figure without one of the two, and no number that is not finite.

use std::fmt;

use serde::{Deserialize, Serialize};
use statistics::disclosure::cell_key::CellKey;
use statistics::proportion::Share;
use statistics::{Confidence, Estimate, Interval};

use crate::codes::{Dimension, EvidenceLevel};

/// In what a figure is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share between 0 and 1.
    Share,
    /// A difference of shares between −1 and 1.
    ShareDifference,
    /// A ratio of shares; 1 means as many as expected.
    Ratio,
    /// Months.
    Months,
    /// Days.
    Days,
    /// Hours a week.
    Hours,
    /// Euro.
    Euro,
    /// Agreement between coders, at most 1.
    Kappa,
}

/// For whom a figure holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    /// The characteristic.
    pub by: Dimension,
    /// The code of the group, `unknown` where the record is silent.
    pub code: String,
}

/// What a figure is about: the address of a figure in pages, downloads and releases.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// Code of the indicator.
    pub indicator: String,
    /// Version of its definition.
    pub version: u32,
    /// Code of the measure.
    pub measure: String,
    /// Months of follow-up, or of before–after; `None` in the reference month.
    pub months: Option<u16>,
    /// Period and group as published, for figures of others.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub label: Option<String>,
    /// The group; `None` for everybody.
    pub group: Option<Group>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.indicator, self.measure)?;
        if let Some(months) = self.months {
            write!(f, "/{months}")?;
        }
        if let Some(label) = &self.label {
            write!(f, "/{label}")?;
        }
        if let Some(group) = &self.group {
            write!(f, "?{}={}", group.by.code(), group.code)?;
        }
        Ok(())
    }
}

/// Two ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl From<Interval> for Range {
    fn from(interval: Interval) -> Range {
        Range {
            lower: interval.lower,
            upper: interval.upper,
        }
    }
}

/// A number with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The number; always finite.
    pub point: f64,
    /// Interval at the level asked for; `None` only with a reason in [`Value::caution`].
    pub interval: Option<Range>,
    /// Units it is based on; `None` only for published figures that do not say.
    pub n: Option<u64>,
    /// Units in the numerator, for shares.
    pub numerator: Option<u64>,
    /// What a reader must know, such as why there is no interval or that the denominator is
    /// unclear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
}

/// A number, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The number.
    Value(Value),
    /// "Cannot be computed because …", a whole sentence part.
    NotComputed(String),
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is about.
    #[serde(flatten)]
    pub key: Key,
    /// In what it is expressed.
    pub unit: Unit,
    /// What it proves.
    pub evidence: EvidenceLevel,
    /// The number or the reason.
    pub outcome: Outcome,
    /// Counts behind a share, with the keys of its records; never printed.
    #[serde(skip)]
    pub cells: Option<Cells>,
    /// What rounds a figure on persons that is no plain count; never printed.
    #[serde(skip)]
    pub guard: Option<Guard>,
}

/// As many people as the base to which counts are rounded: what a few more or fewer of them would
/// change must not show in a figure under a filter.
pub const FEW: f64 = 5.0;

/// The persons behind a figure that is no plain count, and how a page must blur it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guard {
    /// The persons.
    pub people: CellKey,
    /// How.
    pub kind: GuardKind,
}

/// How a figure is blurred before a page shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GuardKind {
    /// A share read from a curve: rounded as the count it stands for.
    Part,
    /// A number that gets noise of at most this much to either side, in its unit.
    Noise(f64),
    /// A share among those reached over one among the eligible, computed again from rounded
    /// counts: those of the group, and those of everybody.
    Ratio {
        /// The group: reached, eligible.
        group: Cells,
        /// Everybody.
        all: Cells,
    },
}

/// Numerator and denominator with the keys of their records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cells {
    /// Numerator.
    pub numerator: CellKey,
    /// Denominator.
    pub denominator: CellKey,
}

impl Figure {
    /// The figure with what a page needs to blur it.
    #[must_use]
    pub fn guarded(mut self, people: CellKey, kind: GuardKind) -> Figure {
        self.guard = Some(Guard { people, kind });
        self
    }

    /// The number, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match &self.outcome {
            Outcome::Value(value) => Some(value),
            Outcome::NotComputed(_) => None,
        }
    }
}

/// A reason in the form all reasons have.
#[must_use]
pub fn not_computed(reason: impl fmt::Display) -> Outcome {
    let reason = reason.to_string();
    if reason.starts_with("cannot be computed because") {
        Outcome::NotComputed(reason)
    } else {
        Outcome::NotComputed(format!("cannot be computed because {reason}"))
    }
}

/// A share with its Wilson interval.
#[must_use]
pub fn of_share(share: &Share, confidence: Confidence) -> Outcome {
    Outcome::Value(Value {
        point: share.value(),
        interval: Some(share.wilson(confidence).into()),
        n: Some(share.total()),
        numerator: Some(share.events()),
        caution: None,
    })
}

/// An estimate over `n` units; a number that is not finite becomes a reason.
#[must_use]
pub fn of_estimate(estimate: &Estimate, n: u64) -> Outcome {
    let Interval { lower, upper } = estimate.interval;
    if ![estimate.value, lower, upper]
        .iter()
        .all(|number| number.is_finite())
    {
        return not_computed("the data do not determine it");
    }
    Outcome::Value(Value {
        point: estimate.value,
        interval: Some(estimate.interval.into()),
        n: Some(n),
        numerator: None,
        caution: None,
    })
}
