//! Indicators as versioned data: what a figure counts, of whom, when, how and on whose authority.
//!
//! The file `data/monitoring/indicators.toml` is embedded; another text can be read with the same
//! checks. Must not know any record or figure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::codes::{Dimension, EvidenceLevel, Instrument};
use crate::condition::Condition;
use crate::fault::{DataFault, line_at};
use crate::texts::Texts;

/// Name of the embedded file, for messages.
pub const FILE: &str = "data/monitoring/indicators.toml";
const EMBEDDED: &str = include_str!("../../../data/monitoring/indicators.toml");

time::serde::format_description!(pub(crate) day, Date, "[year]-[month]-[day]");

/// From which month the time of a person is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The permit.
    Permit,
    /// Settling in a municipality.
    Settlement,
}

/// A number that can be averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Hours a week of those in work.
    Hours,
    /// Hourly wage in euro of those in work.
    HourlyWage,
    /// Days from asking for a diploma valuation to the decision.
    ValuationDays,
    /// Days from settling to the broad intake.
    IntakeDays,
}

/// Which records outside the persons a measure reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Learning networks: agreements done among agreements made.
    NetworkAgreements,
    /// Learning networks: participants present among participants invited, over all sessions.
    NetworkAttendance,
    /// Trainings: professionals reached among those they are meant for.
    Trainings,
    /// Practice tests: difference of the positive reactions within pairs.
    PracticeTests,
    /// Money spent per person reached.
    Funding,
    /// Interviews: people who name a code among those interviewed.
    Interviews,
    /// Agreement of two coders of the same interviews, Cohen's κ.
    InterviewAgreement,
}

/// How a measure becomes a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// Share of persons, with a Wilson interval.
    Share {
        /// Counted from here; without it the reference month is taken.
        #[serde(default)]
        after: Option<Origin>,
        /// Months after it.
        #[serde(default)]
        months: Vec<u16>,
        /// Who counts.
        denominator: Vec<Condition>,
        /// Whom the figure is about; checked to lie within the denominator.
        numerator: Vec<Condition>,
    },
    /// First paid job by Kaplan–Meier (leaving counts as no longer observed) or Aalen–Johansen
    /// (leaving, death and pension compete).
    FirstWork {
        /// Counted from here.
        after: Origin,
        /// Months at which the curve is read.
        months: Vec<u16>,
        /// Whether leaving, death and pension compete.
        competing: Competing,
    },
    /// Median months to the first paid job, Kaplan–Meier.
    FirstWorkMedian {
        /// Counted from here.
        after: Origin,
    },
    /// Share in work by the product integral over moves between work and no work, which uses
    /// people who are observed for a part of the time only.
    Occupation {
        /// Months after the permit.
        months: Vec<u16>,
    },
    /// Share still in the first job, Kaplan–Meier.
    Retention {
        /// Months after its start.
        months: Vec<u16>,
    },
    /// Share back in work after the first job ended, Kaplan–Meier.
    Return {
        /// Months after its end.
        months: Vec<u16>,
    },
    /// Share off social assistance, Kaplan–Meier from its first month.
    AssistanceExit {
        /// Months after its first month.
        months: Vec<u16>,
    },
    /// Mean with a normal interval.
    Mean {
        /// Of what.
        of: Quantity,
        /// Who counts.
        denominator: Vec<Condition>,
    },
    /// Participants among the eligible, and per group how it is represented.
    Reach {
        /// The instrument.
        instrument: Instrument,
        /// Who is eligible, in the reference month.
        eligible: Vec<Condition>,
    },
    /// Effect of an instrument: the same people before and after, and against people alike.
    Effect {
        /// The instrument.
        instrument: Instrument,
        /// Months after its start.
        months: u16,
    },
    /// Figures that others published or counted ([`crate::reported`]).
    Reported,
    /// From the records of the programme ([`crate::programme`]).
    Records {
        /// Which.
        of: RecordKind,
    },
}

/// Whether other ways to leave the risk set compete with the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Competing {
    /// They end the observation: "if nobody left".
    Censored,
    /// They compete: "as it went".
    Competing,
}

/// One way to measure an indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Code within the indicator.
    pub code: String,
    /// What it is called.
    pub label: Texts,
    /// How it is computed.
    pub method: Method,
    /// What it proves, if not the same as the indicator.
    #[serde(default)]
    pub evidence: Option<EvidenceLevel>,
}

/// Where a definition or a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Where it is.
    #[serde(default)]
    pub url: Option<String>,
    /// Whether it was read; false for what is known from others.
    pub verified: bool,
}

/// Something that was wrong in a definition or figure, and since when it is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// When it was corrected.
    #[serde(with = "day")]
    pub on: Date,
    /// Version of the definition that was wrong.
    pub version: u32,
    /// What was wrong.
    pub wrong: String,
    /// What is right.
    pub right: String,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Code, never used again for something else.
    pub code: String,
    /// Number in the list of the monitor.
    pub number: u16,
    /// Version of the definition, from 1.
    pub version: u32,
    /// First day of this version.
    #[serde(with = "day")]
    pub valid_from: Date,
    /// Title.
    pub title: Texts,
    /// Definition.
    pub definition: Texts,
    /// The numerator in words.
    pub numerator: Texts,
    /// The denominator in words.
    pub denominator: Texts,
    /// Who or what is counted.
    pub population: Texts,
    /// Reference date or follow-up in words.
    pub reference: Texts,
    /// By what it may be broken down.
    pub breakdowns: Vec<Dimension>,
    /// What the figures prove.
    pub evidence: EvidenceLevel,
    /// What a figure says.
    pub says: Texts,
    /// What it does not say.
    pub says_not: Texts,
    /// Sources.
    pub source: Vec<Source>,
    /// Corrections, the latest last.
    #[serde(default)]
    pub erratum: Vec<Erratum>,
    /// How it is measured.
    pub measure: Vec<Measure>,
}

impl Indicator {
    /// A measure by its code.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measure.iter().find(|measure| measure.code == code)
    }
}

/// All indicators in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    indicators: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    indicator: Vec<toml::Spanned<Indicator>>,
}

impl Registry {
    /// The indicators of the programme.
    ///
    /// # Errors
    /// [`DataFault`]; a test of this crate keeps the embedded file free of faults.
    pub fn embedded() -> Result<Registry, DataFault> {
        Registry::read(FILE, EMBEDDED)
    }

    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`DataFault`] with the line of the faulty indicator.
    pub fn read(file: &str, text: &str) -> Result<Registry, DataFault> {
        let parsed: File =
            toml::from_str(text).map_err(|error| DataFault::of_toml(file, text, &error))?;
        let mut codes = BTreeSet::new();
        let mut indicators = Vec::with_capacity(parsed.indicator.len());
        for spanned in parsed.indicator {
            let line = line_at(text, spanned.span().start);
            let indicator = spanned.into_inner();
            check(&indicator).map_err(|reason| DataFault::new(file, line, reason))?;
            if !codes.insert(indicator.code.clone()) {
                let reason = format!("the code {:?} stands twice", indicator.code);
                return Err(DataFault::new(file, line, reason));
            }
            indicators.push(indicator);
        }
        Ok(Registry { indicators })
    }

    /// The indicators in the order of the file.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// A registry with one indicator only, for computing no more than a page shows.
    #[must_use]
    pub fn only(&self, code: &str) -> Registry {
        let indicators = self.indicators.iter();
        Registry {
            indicators: indicators
                .filter(|indicator| indicator.code == code)
                .cloned()
                .collect(),
        }
    }

    /// An indicator by its code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|found| found.code == code)
    }
}

fn check(indicator: &Indicator) -> Result<(), String> {
    let code = &indicator.code;
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Err(format!(
            "{code:?} is no code: small letters and hyphens only"
        ));
    }
    if indicator.version == 0 {
        return Err("versions count from 1".to_owned());
    }
    if !indicator.title.is_complete() {
        return Err(format!("{code}: the title lacks a language of the pages"));
    }
    if indicator.source.is_empty() {
        return Err(format!("{code}: no source"));
    }
    if indicator.measure.is_empty() {
        return Err(format!("{code}: no measure"));
    }
    if let Some(erratum) = indicator
        .erratum
        .iter()
        .find(|e| e.version > indicator.version)
    {
        return Err(format!(
            "{code}: an erratum on version {} to come",
            erratum.version
        ));
    }
    let mut codes = BTreeSet::new();
    for measure in &indicator.measure {
        if !codes.insert(&measure.code) {
            return Err(format!(
                "{code}: the measure {:?} stands twice",
                measure.code
            ));
        }
        check_method(&measure.method).map_err(|why| format!("{code}/{}: {why}", measure.code))?;
    }
    Ok(())
}

fn check_method(method: &Method) -> Result<(), String> {
    let months = match method {
        Method::Share {
            after,
            months,
            denominator,
            numerator,
        } => {
            if after.is_some() == months.is_empty() {
                return Err("months and what they are counted from belong together".to_owned());
            }
            // The numerator must say everything itself, so that the check on the data is one.
            if denominator.is_empty() || numerator.is_empty() {
                return Err("a share needs conditions on both sides".to_owned());
            }
            if after.is_none() {
                return Ok(());
            }
            months
        }
        Method::FirstWork { months, .. }
        | Method::Occupation { months }
        | Method::Retention { months }
        | Method::Return { months }
        | Method::AssistanceExit { months } => months,
        Method::Effect { months, .. } if *months == 0 => {
            return Err("an effect needs months after the start".to_owned());
        }
        _ => return Ok(()),
    };
    if months.is_empty() || !months.is_sorted_by(|a, b| a < b) || months.iter().any(|m| *m > 240) {
        return Err("months must ascend and not exceed 240".to_owned());
    }
    Ok(())
}
