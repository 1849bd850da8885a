//! `werkbrug statistics compare`.

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use statistics::Estimate;
use statistics::exact::{self, ExactTest, TableError};
use statistics::interval::ChiSquareTest;
use statistics::proportion::{
    ProportionError, RatioVerdict, Share, difference, equal_shares, odds_ratio, ratio,
    ratio_verdict,
};

use super::report::{self, ReportOptions};

/// Arguments of the command.
///
/// A share is written as events/total, for instance 56/70. The difference and the ratio are first
/// minus second and first over second.
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    /// First share, events/total.
    #[arg(value_name = "EVENTS/TOTAL")]
    first: String,
    /// Second share, events/total.
    #[arg(value_name = "EVENTS/TOTAL")]
    second: String,
    /// Smallest ratio that counts as equal, for the verdict on the ratio.
    #[arg(long, default_value_t = 0.8)]
    limit: f64,
    #[command(flatten)]
    report: ReportOptions,
}

/// Reads `events/total`.
pub(super) fn share(text: &str) -> anyhow::Result<Share> {
    let (events, total) = text
        .split_once('/')
        .with_context(|| format!("{text:?} is not of the form events/total"))?;
    let count = |part: &str| {
        part.trim()
            .parse::<u64>()
            .with_context(|| format!("{part:?} in {text:?} is not a whole number of at least 0"))
    };
    Share::new(count(events)?, count(total)?).with_context(|| format!("{text:?}"))
}

/// Everything that is computed, each with its own reason when it cannot be.
struct Comparison {
    first: Share,
    second: Share,
    gap: Estimate,
    ratio: Result<Estimate, ProportionError>,
    odds: Result<Estimate, ProportionError>,
    pearson: Result<ChiSquareTest, ProportionError>,
    fisher: Result<ExactTest, TableError>,
}

/// Prints the comparison.
pub(super) fn run(arguments: &CompareArguments) -> anyhow::Result<()> {
    let (first, second) = (share(&arguments.first)?, share(&arguments.second)?);
    let confidence = arguments.report.confidence;
    let rest = |share: &Share| share.total() - share.events();
    let found = Comparison {
        gap: difference(&first, &second, confidence),
        ratio: ratio(&first, &second, confidence),
        odds: odds_ratio(&first, &second, confidence),
        pearson: equal_shares(&first, &second),
        fisher: exact::fisher([
            [first.events(), rest(&first)],
            [second.events(), rest(&second)],
        ]),
        first,
        second,
    };
    let (result, text) = (found.json(arguments), found.text(arguments));
    report::print(arguments.report, &result, &text)
}

fn verdict(ratio: &Estimate, limit: f64) -> &'static str {
    match ratio_verdict(ratio, limit) {
        RatioVerdict::AboveLimit => "at or above the limit",
        RatioVerdict::Undecided => "undecided: the interval spans the limit",
        RatioVerdict::BelowLimit => "below the limit",
    }
}

impl Comparison {
    fn text(&self, arguments: &CompareArguments) -> Vec<String> {
        let confidence = arguments.report.confidence;
        let share = |name: &str, share: &Share| {
            format!(
                "{name}: {} (Wilson {}, exact {})",
                report::number(share.value()),
                report::range(&share.wilson(confidence)),
                report::range(&share.clopper_pearson(confidence))
            )
        };
        let mut text = vec![
            share("first", &self.first),
            share("second", &self.second),
            format!("difference (Newcombe): {}", report::estimate(&self.gap)),
            format!(
                "ratio (Katz): {}",
                report::or_reason(&self.ratio, report::estimate)
            ),
        ];
        if let Ok(ratio) = &self.ratio {
            let limit = report::number(arguments.limit);
            text.push(format!(
                "ratio against {limit}: {}",
                verdict(ratio, arguments.limit)
            ));
        }
        let p = |test: &ExactTest| format!("two-sided p {}", report::number(test.two_sided));
        text.push(format!(
            "odds ratio (Woolf): {}",
            report::or_reason(&self.odds, report::estimate)
        ));
        text.push(format!(
            "Pearson: {}",
            report::or_reason(&self.pearson, report::test)
        ));
        text.push(format!("Fisher: {}", report::or_reason(&self.fisher, p)));
        text
    }

    fn json(&self, arguments: &CompareArguments) -> Value {
        let confidence = arguments.report.confidence;
        let share = |share: &Share| {
            json!({
                "events": share.events(),
                "total": share.total(),
                "value": share.value(),
                "wilson": report::interval_json(&share.wilson(confidence)),
                "exact": report::interval_json(&share.clopper_pearson(confidence)),
            })
        };
        json!({
            "confidence": confidence.level(),
            "first": share(&self.first),
            "second": share(&self.second),
            "difference": report::estimate_json(&self.gap),
            "ratio": report::json_or_reason(&self.ratio, report::estimate_json),
            "ratio_verdict": self.ratio.as_ref().ok().map(|r| verdict(r, arguments.limit)),
            "odds_ratio": report::json_or_reason(&self.odds, report::estimate_json),
            "pearson": report::json_or_reason(&self.pearson, report::test_json),
            "fisher_two_sided_p": report::json_or_reason(&self.fisher, |test| json!(test.two_sided)),
        })
    }
}
