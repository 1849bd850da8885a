//! `werkbrug statistics weigh`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use statistics::Estimate;
use statistics::regression::Design;
use statistics::regression::weighting::{Balance, Comparison, Target, compare, e_value};

use super::input::Columns;
use super::report::{self, ReportOptions};

/// Said with every comparison that was not drawn by lot.
const CAVEAT: &str = "step 3 of the ladder of evidence: it says how the groups differ once they \
                      are alike in the covariates, and nothing about what was not measured";

/// Arguments of the command.
///
/// One unit per line. A logistic model of the covariates gives every unit its chance of being
/// treated; the untreated are weighted with `p/(1-p)` (or both groups towards everybody) and the
/// outcome compared. The difference is only worth reading when the balance is: every standardised
/// difference after weighting should lie within 0.1, and the effective size should not be small.
#[derive(Debug, Args)]
pub(crate) struct WeighArguments {
    /// CSV or XLSX file with a header; - is standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Column with 1 for treated units and 0 for the others.
    #[arg(long, value_name = "COLUMN")]
    treated: String,
    /// Column with the outcome, a number.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// Columns with numbers in which the groups must become alike, separated by commas.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', required = true)]
    covariates: Vec<String>,
    /// Whom the effect is about.
    #[arg(long, value_enum, default_value_t = About::Treated)]
    target: About,
    #[command(flatten)]
    report: ReportOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum About {
    /// Those who were treated.
    Treated,
    /// Everybody.
    Everybody,
}

impl About {
    fn target(self) -> Target {
        match self {
            Self::Treated => Target::Treated,
            Self::Everybody => Target::Everybody,
        }
    }
}

/// Prints the comparison with its balance table.
pub(super) fn run(arguments: &WeighArguments) -> anyhow::Result<()> {
    let mut names = vec![arguments.treated.as_str(), arguments.outcome.as_str()];
    names.extend(arguments.covariates.iter().map(String::as_str));
    let columns = Columns::read(&arguments.file, &names)?;
    let treated = columns.markers(0, "treated")?;
    let outcome = columns.numbers(1, "outcome", "a number", |_| true)?;
    let covariates = (2..names.len())
        .map(|column| columns.numbers(column, names[column], "a number", |_| true))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let design = Design::from_columns(&covariates)?;
    let found = compare(&design, &treated, &outcome, arguments.target.target())?;
    let confidence = arguments.report.confidence;
    let effect = Estimate::normal(found.weighted_difference, found.standard_error, confidence);
    let is_share = outcome.iter().all(|value| *value == 0.0 || *value == 1.0);
    let ratio = is_share.then(|| risk_ratio(&found, &treated, &outcome));
    let units = treated.iter().filter(|is_treated| **is_treated).count();
    let report = Report {
        found,
        effect,
        e_value: ratio.and_then(|ratio| e_value(ratio).ok()),
        treated: units,
        untreated: treated.len() - units,
    };
    report::print(
        arguments.report,
        &report.json(&arguments.covariates),
        &report.text(&arguments.covariates),
    )
}

/// Weighted share with the outcome among the treated over that among the untreated.
fn risk_ratio(found: &Comparison, treated: &[bool], outcome: &[f64]) -> f64 {
    let mean = |group: bool| {
        let (mut sum, mut total) = (0.0, 0.0);
        for ((weight, value), own) in found.weights.iter().zip(outcome).zip(treated) {
            if *own == group {
                sum += weight * value;
                total += weight;
            }
        }
        sum / total
    };
    mean(true) / mean(false)
}

struct Report {
    found: Comparison,
    effect: Estimate,
    e_value: Option<f64>,
    treated: usize,
    untreated: usize,
}

impl Report {
    fn is_balanced(&self) -> bool {
        self.found.balance.iter().all(Balance::is_acceptable)
    }

    fn text(&self, covariates: &[String]) -> Vec<String> {
        let number = report::number;
        let mut text = vec![
            format!(
                "difference before weighting: {}",
                number(self.found.raw_difference)
            ),
            format!(
                "difference after weighting: {}",
                report::estimate(&self.effect)
            ),
            format!(
                "effective sample size: {} of {} treated, {} of {} untreated",
                number(self.found.effective_treated),
                self.treated,
                number(self.found.effective_untreated),
                self.untreated
            ),
            match &self.found.overlap {
                Some(range) => format!("propensities in both groups: {}", report::range(range)),
                None => "propensities: the ranges of the groups do not meet".to_owned(),
            },
            "standardised differences before and after weighting (within 0.1 is balanced):"
                .to_owned(),
        ];
        let shown =
            |difference: Option<f64>| difference.map_or_else(|| "does not vary".to_owned(), number);
        for (name, balance) in covariates.iter().zip(&self.found.balance) {
            let mark = if balance.is_acceptable() {
                ""
            } else {
                "  not balanced"
            };
            let (before, after) = (shown(balance.before), shown(balance.after));
            text.push(format!("  {name}: {before} -> {after}{mark}"));
        }
        if let Some(e_value) = self.e_value {
            text.push(format!(
                "E-value: {} (how strongly an unmeasured cause would have to be tied to both)",
                number(e_value)
            ));
        }
        text.push(CAVEAT.to_owned());
        text
    }

    fn json(&self, covariates: &[String]) -> Value {
        let balance: Vec<Value> = covariates
            .iter()
            .zip(&self.found.balance)
            .map(|(name, balance)| {
                json!({
                    "covariate": name,
                    "before": balance.before,
                    "after": balance.after,
                    "balanced": balance.is_acceptable(),
                })
            })
            .collect();
        json!({
            "raw_difference": self.found.raw_difference,
            "weighted_difference": report::estimate_json(&self.effect),
            "treated": self.treated,
            "untreated": self.untreated,
            "effective_treated": self.found.effective_treated,
            "effective_untreated": self.found.effective_untreated,
            "overlap": self.found.overlap.as_ref().map(report::interval_json),
            "balance": balance,
            "is_balanced": self.is_balanced(),
            "e_value": self.e_value,
            "evidence": "matched",
            "caveat": CAVEAT,
        })
    }
}
