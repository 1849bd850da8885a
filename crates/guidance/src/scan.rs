//! The scan of a work floor: what stands red in W1–W10, and what to do about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::adviser::{self, Advice, Question};
use crate::barrier::{BarrierCode, Diagnosis, SaidBy, Severity};
use crate::bundle::{DataFault, Reading};
use crate::day::Day;
use crate::facts::Facts;
use crate::instrument::{Place, Register};
use crate::provenance::Provenance;
use crate::rule::Party;

/// Colour of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// In order.
    Green,
    /// Needs attention.
    Amber,
    /// Stands in the way.
    Red,
}

impl Colour {
    /// All colours.
    pub const ALL: [Colour; 3] = [Colour::Green, Colour::Amber, Colour::Red];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Colour::Green => "green",
            Colour::Amber => "amber",
            Colour::Red => "red",
        }
    }
}

/// A measure that a work floor can take itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Code; key of the texts below `measure`.
    pub id: String,
    /// Barrier it is for.
    pub barrier: BarrierCode,
    /// Who does it.
    pub who: Party,
    /// Days after the start of the work by which it is done; negative is before the start.
    pub by_day: i32,
    /// Where it comes from.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    measure: Vec<Spanned<Measure>>,
}

/// Measures of a set.
#[derive(Clone, Debug, Default)]
pub struct Measures(Vec<Measure>);

/// A scan as filled in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// Colour per item W1–W10; what is not filled in is unknown.
    pub item: BTreeMap<BarrierCode, Colour>,
    /// Facts about employer and vacancy.
    #[serde(default)]
    pub facts: BTreeMap<String, crate::facts::Written>,
}

/// A scan that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} is no item of the scan; expected W1 to W10")]
pub struct NotAnItem {
    code: BarrierCode,
}

/// The plan that follows from a scan.
#[derive(Clone, Debug, Serialize)]
pub struct FloorPlan<'a> {
    /// Items that stand red or amber, red first.
    pub items: Vec<(BarrierCode, Colour)>,
    /// Items W1–W10 that were not filled in.
    pub unknown: Vec<BarrierCode>,
    /// Measures in order of time.
    pub measures: Vec<&'a Measure>,
    /// Instruments that help.
    pub advice: Advice<'a>,
}

impl Measures {
    /// Reads the file of measures.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Measures {
        let file: MeasureFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return Measures::default();
            }
        };
        let mut measures: Vec<Measure> = Vec::new();
        for measure in file.measure {
            let start = measure.span().start;
            let measure = measure.into_inner();
            let mut refuse = |reason: &dyn std::fmt::Display| {
                let reason = format!("measure {:?}: {reason}", measure.id);
                faults.push(reading.fault(start, reason));
            };
            if let Err(fault) = measure.provenance.check() {
                refuse(&fault);
            }
            if measures.iter().any(|m| m.id == measure.id) {
                refuse(&"stands twice");
            }
            measures.push(measure);
        }
        Measures(measures)
    }

    /// All measures in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Measure> {
        self.0.iter()
    }

    /// The plan for a scan on a date.
    ///
    /// # Errors
    /// Fails when an item is none of W1–W10.
    pub fn plan<'a>(
        &'a self,
        register: &'a Register,
        scan: &Scan,
        facts: &Facts,
        date: Day,
    ) -> Result<FloorPlan<'a>, NotAnItem> {
        let all: Vec<BarrierCode> = (1..=10)
            .filter_map(|number| format!("W{number}").parse().ok())
            .collect();
        if let Some(code) = scan.item.keys().find(|code| !all.contains(code)) {
            return Err(NotAnItem { code: code.clone() });
        }
        let mut items: Vec<(BarrierCode, Colour)> = scan
            .item
            .iter()
            .filter(|(_, colour)| **colour != Colour::Green)
            .map(|(code, colour)| (code.clone(), *colour))
            .collect();
        items.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let barriers: Vec<Diagnosis> = items.iter().filter_map(diagnosis).collect();
        let mut measures: Vec<&Measure> = self
            .iter()
            .filter(|m| m.provenance.holds_on(date))
            .filter(|m| items.iter().any(|(code, _)| m.barrier.covers(code)))
            .collect();
        measures.sort_by_key(|m| (m.by_day, &m.id));
        let question = Question {
            facts,
            barriers: &barriers,
            openings: &[],
            date,
            place: Place::default(),
        };
        let advice = adviser::advise(register, question);
        let unknown = all.into_iter().filter(|c| !scan.item.contains_key(c));
        Ok(FloorPlan {
            unknown: unknown.collect(),
            items,
            measures,
            advice,
        })
    }
}

fn diagnosis((code, colour): &(BarrierCode, Colour)) -> Option<Diagnosis> {
    let severity = match colour {
        Colour::Green => return None,
        Colour::Amber => 1,
        Colour::Red => 3,
    };
    Some(Diagnosis {
        code: code.clone(),
        severity: Severity::try_from(severity).ok()?,
        said_by: SaidBy::Employer,
        since: None,
        resolved: None,
    })
}
