//! How figures are printed: four significant digits for people, all digits as JSON.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};
use statistics::interval::ChiSquareTest;
use statistics::{Confidence, Estimate, Interval};

use crate::output;

/// Options that every command of the family has.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ReportOptions {
    /// Confidence level of the intervals, between 0 and 1.
    #[arg(long, default_value = "0.95", value_parser = confidence)]
    pub(super) confidence: Confidence,
    /// Print JSON with all digits.
    #[arg(long)]
    pub(super) json: bool,
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let level: f64 = text
        .parse()
        .map_err(|_| format!("{text:?} is not a number"))?;
    Confidence::new(level).map_err(|error| error.to_string())
}

/// Prints the report as text or as JSON.
pub(super) fn print(options: ReportOptions, json: &Value, text: &[String]) -> anyhow::Result<()> {
    let mut out = output::standard_output();
    if options.json {
        serde_json::to_writer_pretty(&mut out, json)?;
        writeln!(out)?;
    } else {
        for line in text {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// A number with at most six decimals and without trailing zeros.
pub(super) fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-4 {
        return format!("{value:.3e}");
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// `[lower, upper]`.
pub(super) fn range(interval: &Interval) -> String {
    format!("[{}, {}]", number(interval.lower), number(interval.upper))
}

/// `value [lower, upper]`.
pub(super) fn estimate(estimate: &Estimate) -> String {
    format!("{} {}", number(estimate.value), range(&estimate.interval))
}

pub(super) fn interval_json(interval: &Interval) -> Value {
    json!([interval.lower, interval.upper])
}

pub(super) fn estimate_json(estimate: &Estimate) -> Value {
    json!({
        "value": estimate.value,
        "standard_error": estimate.standard_error,
        "interval": interval_json(&estimate.interval),
    })
}

pub(super) fn test(test: &ChiSquareTest) -> String {
    let (statistic, p) = (number(test.statistic), number(test.p_value));
    format!(
        "chi-square {statistic}, {} df, p {p}",
        test.degrees_of_freedom
    )
}

pub(super) fn test_json(test: &ChiSquareTest) -> Value {
    json!({
        "statistic": test.statistic,
        "degrees_of_freedom": test.degrees_of_freedom,
        "p_value": test.p_value,
    })
}

/// A figure or the sentence that says why there is none.
pub(super) fn or_reason<T, E: std::fmt::Display>(
    outcome: &Result<T, E>,
    show: impl Fn(&T) -> String,
) -> String {
    match outcome {
        Ok(value) => show(value),
        Err(reason) => reason.to_string(),
    }
}

/// The same as JSON: the figure, or an object with the reason.
pub(super) fn json_or_reason<T, E: std::fmt::Display>(
    outcome: &Result<T, E>,
    show: impl Fn(&T) -> Value,
) -> Value {
    match outcome {
        Ok(value) => show(value),
        Err(reason) => json!({ "not_computed": reason.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_negative_zero() {
        assert_eq!(number(0.5), "0.5");
        assert_eq!(number(310.0), "310");
        assert_eq!(number(-1e-19 * 0.0), "0");
        assert_eq!(number(0.000_037), "3.700e-5");
        assert_eq!(number(1.0 / 3.0), "0.333333");
    }
}
