//! `werkbrug statistics pairs`.

use clap::Args;
use serde_json::{Value, json};
use statistics::Confidence;
use statistics::paired::{Pairs, largest_significant_discordance};

use super::report::{self, ReportOptions};

/// Arguments of the command.
///
/// Each pair has a first and a second half, each of which succeeded or not. The difference is the
/// share of the first minus that of the second.
#[derive(Debug, Args)]
pub(crate) struct PairsArguments {
    /// Pairs in which both halves succeeded.
    both: u64,
    /// Pairs in which only the first succeeded.
    only_first: u64,
    /// Pairs in which only the second succeeded.
    only_second: u64,
    /// Pairs in which neither succeeded.
    neither: u64,
    #[command(flatten)]
    report: ReportOptions,
}

/// Prints the paired analysis.
pub(super) fn run(arguments: &PairsArguments) -> anyhow::Result<()> {
    let &PairsArguments {
        both,
        only_first,
        only_second,
        neither,
        ..
    } = arguments;
    let largest = both.max(only_first).max(only_second).max(neither);
    if largest > 1 << 50 {
        anyhow::bail!("{largest} pairs are more than can be counted");
    }
    let pairs = Pairs {
        both,
        only_first,
        only_second,
        neither,
    };
    let confidence = arguments.report.confidence;
    let (result, text) = (json_of(&pairs, confidence), text_of(&pairs, confidence));
    report::print(arguments.report, &result, &text)
}

/// Largest share of discordant pairs at which the observed difference would be significant.
fn largest_discordance(pairs: &Pairs, confidence: Confidence) -> Option<f64> {
    let gap = pairs.difference(confidence).ok()?;
    Some(largest_significant_discordance(
        pairs.total(),
        gap.value,
        confidence,
    ))
}

fn text_of(pairs: &Pairs, confidence: Confidence) -> Vec<String> {
    let number = |value: &f64| report::number(*value);
    let plain = report::or_reason(&pairs.difference(confidence), report::estimate);
    let adjusted = report::or_reason(&pairs.adjusted_difference(confidence), report::estimate);
    let ratio = report::or_reason(&pairs.success_ratio(confidence), report::estimate);
    let mut text = vec![
        format!(
            "pairs: {}, of which {} discordant",
            pairs.total(),
            pairs.discordant()
        ),
        format!("difference: {plain}"),
        format!("difference (Bonett-Price): {adjusted}"),
        format!(
            "McNemar: {}",
            report::or_reason(&pairs.mcnemar(), report::test)
        ),
        format!(
            "McNemar exact p: {}",
            report::or_reason(&pairs.mcnemar_exact(), number)
        ),
        format!("net rate: {}", report::or_reason(&pairs.net_rate(), number)),
        format!("ratio: {ratio}"),
    ];
    if let Some(largest) = largest_discordance(pairs, confidence) {
        let largest = report::number(largest);
        text.push(format!(
            "significant only with a discordant share of at most {largest}"
        ));
    }
    text
}

fn json_of(pairs: &Pairs, confidence: Confidence) -> Value {
    let value = |value: &f64| json!(value);
    let adjusted = pairs.adjusted_difference(confidence);
    json!({
        "confidence": confidence.level(),
        "pairs": pairs.total(),
        "discordant": pairs.discordant(),
        "difference": report::json_or_reason(&pairs.difference(confidence), report::estimate_json),
        "difference_adjusted": report::json_or_reason(&adjusted, report::estimate_json),
        "mcnemar": report::json_or_reason(&pairs.mcnemar(), report::test_json),
        "mcnemar_exact_p": report::json_or_reason(&pairs.mcnemar_exact(), value),
        "net_rate": report::json_or_reason(&pairs.net_rate(), value),
        "ratio": report::json_or_reason(&pairs.success_ratio(confidence), report::estimate_json),
        "largest_significant_discordance": largest_discordance(pairs, confidence),
    })
}
