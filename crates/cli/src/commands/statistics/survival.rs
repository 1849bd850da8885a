//! `werkbrug statistics survival`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use statistics::survival::kaplan_meier::{Curve, CurveInterval, Quantile, curve};
use statistics::survival::log_rank::{LogRank, log_rank};
use statistics::survival::restricted_mean::restricted_mean;
use statistics::survival::{Observations, SurvivalError};

use super::input::Columns;
use super::report::{self, ReportOptions};

/// Arguments of the command.
///
/// The file has a header and one unit per line. A unit is under observation after its entry (or
/// from the start) until its time; the event happened at that time if the event is 1, and the
/// unit was merely no longer observed if it is 0. At the same time events come before the end of
/// observation. The median is the first time at which the curve is at or below one half; where
/// the curve lies exactly at one half the end of that stretch is printed too.
#[derive(Debug, Args)]
pub(crate) struct SurvivalArguments {
    /// CSV or XLSX file with a header; - is standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Column with the time of the event or the end of observation, at least 0.
    #[arg(long, value_name = "COLUMN")]
    time: String,
    /// Column with 1 for an event and 0 for the end of observation without it.
    #[arg(long, value_name = "COLUMN")]
    event: String,
    /// Column with the time from which the unit was observed (delayed entry).
    #[arg(long, value_name = "COLUMN")]
    entry: Option<String>,
    /// Column with the group; one curve per group and a log-rank test.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Column within whose values the log-rank test compares the groups.
    #[arg(long, value_name = "COLUMN", requires = "by")]
    strata: Option<String>,
    /// Column that identifies units; a unit on two lines is refused.
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Times at which to print the curve, separated by commas.
    #[arg(long, value_name = "TIMES", value_delimiter = ',')]
    at: Vec<f64>,
    /// Print the mean time up to this horizon.
    #[arg(long, value_name = "TIME")]
    horizon: Option<f64>,
    /// Weight of the log-rank test: 0 for all times alike, 1 for more weight on early times.
    #[arg(long, default_value_t = 0.0, requires = "by")]
    rho: f64,
    /// Scale of the intervals of the curve.
    #[arg(long, value_enum, default_value_t = Scale::LogLog)]
    scale: Scale,
    /// Print every step of the curves (always part of the JSON).
    #[arg(long)]
    steps: bool,
    #[command(flatten)]
    report: ReportOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Scale {
    /// Log minus log: stays between 0 and 1.
    LogLog,
    /// Logarithm.
    Log,
    /// Plain.
    Plain,
}

impl Scale {
    fn interval(self) -> CurveInterval {
        match self {
            Self::LogLog => CurveInterval::LogMinusLog,
            Self::Log => CurveInterval::Log,
            Self::Plain => CurveInterval::Plain,
        }
    }
}

/// Reads the file, prints the curves.
pub(super) fn run(arguments: &SurvivalArguments) -> anyhow::Result<()> {
    if let Some(time) = arguments
        .at
        .iter()
        .find(|time| !(time.is_finite() && **time >= 0.0))
    {
        bail!("--at: {time} is not a number of at least 0");
    }
    let input = read(arguments)?;
    let mut text = Vec::new();
    let mut groups = Vec::new();
    for (number, name) in input.names.iter().enumerate() {
        // Every name comes from at least one line, so the group is never empty.
        let Some(members) = input
            .observations
            .filtered(|unit| input.group[unit] == number)
        else {
            continue;
        };
        let curve = curve(&members);
        groups.push(describe(name, &curve, arguments, &mut text));
    }
    let test = (input.names.len() > 1).then(|| {
        log_rank(
            &input.observations,
            &input.group,
            input.strata.as_deref(),
            arguments.rho,
        )
    });
    let mut result = json!({
        "units": input.observations.len(),
        "events": input.observations.events(),
        "confidence": arguments.report.confidence.level(),
        "groups": groups,
    });
    if let Some(test) = &test {
        text.push(format!(
            "log-rank: {}",
            report::or_reason(test, |t| report::test(&t.test))
        ));
        result["log_rank"] = report::json_or_reason(test, |t| log_rank_json(t, &input.names));
    }
    report::print(arguments.report, &result, &text)
}

struct Input {
    observations: Observations,
    group: Vec<usize>,
    names: Vec<String>,
    strata: Option<Vec<usize>>,
}

fn read(arguments: &SurvivalArguments) -> anyhow::Result<Input> {
    let mut names = vec![arguments.time.as_str(), arguments.event.as_str()];
    let optional = |name: &Option<String>, names: &mut Vec<String>| {
        name.as_ref().map(|name| {
            names.push(name.clone());
            names.len() + 1
        })
    };
    let mut more = Vec::new();
    let entry = optional(&arguments.entry, &mut more);
    let by = optional(&arguments.by, &mut more);
    let strata = optional(&arguments.strata, &mut more);
    let id = optional(&arguments.id, &mut more);
    names.extend(more.iter().map(String::as_str));
    let columns = Columns::read(&arguments.file, &names)?;
    let not_negative = "a number of at least 0";
    let time = columns.numbers(0, "time", not_negative, |time| time >= 0.0)?;
    let event = columns.numbers(1, "event", "0 or 1", |event| event == 0.0 || event == 1.0)?;
    let event = Observations::markers(&event)?;
    if let Some(id) = id {
        columns.refuse_duplicates(id, "unit")?;
    }
    let observations = match entry {
        None => Observations::right_censored(time, event)?,
        Some(entry) => {
            let entry = columns.numbers(entry, "entry", not_negative, |entry| entry >= 0.0)?;
            Observations::with_entry(entry, time, event).map_err(|error| match error {
                SurvivalError::EntryNotBeforeExit { unit, entry, exit } => anyhow::anyhow!(
                    "{}: entry {entry} is not before the time {exit}",
                    columns.place(unit)
                ),
                other => other.into(),
            })?
        }
    };
    let (group, names) = match by {
        Some(by) => numbered(&columns.texts(by, "group")?),
        None => (vec![0; observations.len()], vec!["all".to_owned()]),
    };
    let strata = match strata {
        Some(strata) => Some(numbered(&columns.texts(strata, "stratum")?).0),
        None => None,
    };
    Ok(Input {
        observations,
        group,
        names,
        strata,
    })
}

/// Numbers for texts in their alphabetical order.
fn numbered(texts: &[String]) -> (Vec<usize>, Vec<String>) {
    let mut numbers: BTreeMap<&String, usize> = texts.iter().map(|text| (text, 0)).collect();
    for (number, slot) in numbers.values_mut().enumerate() {
        *slot = number;
    }
    let names = numbers.keys().map(|name| (*name).clone()).collect();
    (texts.iter().map(|text| numbers[text]).collect(), names)
}

fn describe(
    name: &str,
    curve: &Curve,
    arguments: &SurvivalArguments,
    text: &mut Vec<String>,
) -> Value {
    let confidence = arguments.report.confidence;
    let kind = arguments.scale.interval();
    let median = curve.median(kind, confidence);
    text.push(format!(
        "{name}: {} units, {} events, median {}",
        curve.units(),
        curve.events(),
        median_text(curve, median.as_ref())
    ));
    let mut result = json!({
        "group": name,
        "units": curve.units(),
        "events": curve.events(),
        "median": median.map(|m| json!({
            "time": m.time, "flat_until": m.flat_until, "interval": [m.lower, m.upper],
        })),
    });
    if median.is_none() {
        result["median_not_computed"] = json!(median_text(curve, None));
    }
    if let Some(time) = curve.emptied_early_at() {
        let note = format!(
            "nobody is left at risk after {} although units enter later",
            report::number(time)
        );
        text.push(format!("  note: {note}"));
        result["note"] = json!(note);
    }
    if let Some(horizon) = arguments.horizon {
        let mean = restricted_mean(curve, horizon, confidence);
        let shown = report::or_reason(&mean, report::estimate);
        text.push(format!(
            "  mean time up to {}: {shown}",
            report::number(horizon)
        ));
        result["restricted_mean"] = report::json_or_reason(&mean, report::estimate_json);
    }
    let at = add_times(curve, arguments, text);
    if !at.is_empty() {
        result["at"] = json!(at);
    }
    add_steps(curve, arguments, text, &mut result);
    result
}

fn add_times(curve: &Curve, arguments: &SurvivalArguments, text: &mut Vec<String>) -> Vec<Value> {
    let (kind, confidence) = (arguments.scale.interval(), arguments.report.confidence);
    arguments
        .at
        .iter()
        .map(|time| {
            let survival = curve.survival_at(*time);
            let interval = curve
                .step_at(*time)
                .and_then(|step| step.interval(kind, confidence));
            let band = interval.as_ref().map(report::range).unwrap_or_default();
            let shown = report::or_reason(&survival, |s| format!("{} {band}", report::number(*s)));
            text.push(format!(
                "  at {}: {}",
                report::number(*time),
                shown.trim_end()
            ));
            json!({
                "time": time,
                "survival": report::json_or_reason(&survival, |s| json!(s)),
                "interval": interval.as_ref().map(report::interval_json),
            })
        })
        .collect()
}

fn add_steps(
    curve: &Curve,
    arguments: &SurvivalArguments,
    text: &mut Vec<String>,
    result: &mut Value,
) {
    let (kind, confidence) = (arguments.scale.interval(), arguments.report.confidence);
    if arguments.steps && !arguments.report.json {
        text.push("  time\tat risk\tevents\tcensored\tsurvival\tinterval".to_owned());
        for step in curve.steps() {
            let band = step.interval(kind, confidence).as_ref().map(report::range);
            text.push(format!(
                "  {}\t{}\t{}\t{}\t{}\t{}",
                report::number(step.time),
                step.at_risk,
                step.events,
                step.censored,
                report::number(step.survival),
                band.unwrap_or_default()
            ));
        }
    }
    if arguments.report.json {
        let step = |step: &statistics::survival::kaplan_meier::Step| {
            json!({
                "time": step.time,
                "at_risk": step.at_risk,
                "events": step.events,
                "censored": step.censored,
                "survival": step.survival,
                "standard_error": step.standard_error(),
                "interval": step.interval(kind, confidence).as_ref().map(report::interval_json),
            })
        };
        result["steps"] = curve.steps().iter().map(step).collect();
    }
}

fn median_text(curve: &Curve, median: Option<&Quantile>) -> String {
    let Some(median) = median else {
        return if curve.events() == 0 {
            SurvivalError::AllCensored.to_string()
        } else {
            "cannot be computed because the curve does not fall to one half".to_owned()
        };
    };
    let end = |end: Option<f64>| end.map_or_else(|| "not reached".to_owned(), report::number);
    let flat = match median.flat_until {
        Some(until) => format!(" (exactly one half until {})", report::number(until)),
        None => String::new(),
    };
    let (lower, upper) = (end(median.lower), end(median.upper));
    format!("{} [{lower}, {upper}]{flat}", report::number(median.time))
}

fn log_rank_json(test: &LogRank, names: &[String]) -> Value {
    let group = |(group, name): (&statistics::survival::log_rank::GroupEvents, &String)| {
        json!({
            "group": name,
            "units": group.units,
            "observed": group.observed,
            "expected": group.expected,
        })
    };
    let mut result = report::test_json(&test.test);
    result["groups"] = test.groups.iter().zip(names).map(group).collect();
    result
}
