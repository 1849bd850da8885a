//! `werkbrug statistics funnel`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use statistics::Confidence;
use statistics::funnel::{self, Dispersion, Position};
use statistics::proportion::Share;

use super::input::Columns;
use super::report::{self, ReportOptions};

/// Arguments of the command.
///
/// One institution per line. Limits are exact binomial limits around the common share (or
/// --target): --confidence gives the inner pair, the outer pair is at 99.8 %. When the shares
/// vary more than chance allows, limits that include that variation are used and said so.
#[derive(Debug, Args)]
pub(crate) struct FunnelArguments {
    /// CSV or XLSX file with a header; - is standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Column with the name of the institution.
    #[arg(long, value_name = "COLUMN", default_value = "name")]
    name: String,
    /// Column with the number of events.
    #[arg(long, value_name = "COLUMN", default_value = "events")]
    events: String,
    /// Column with the number of units, at least 1.
    #[arg(long, value_name = "COLUMN", default_value = "total")]
    total: String,
    /// Share to compare with; the common share of all institutions if absent.
    #[arg(long)]
    target: Option<f64>,
    /// Share of the scores cut off at each end when variation beyond chance is measured.
    #[arg(long, default_value_t = 0.1)]
    winsorise: f64,
    #[command(flatten)]
    report: ReportOptions,
}

/// Prints the funnel.
pub(super) fn run(arguments: &FunnelArguments) -> anyhow::Result<()> {
    let names = [
        arguments.name.as_str(),
        arguments.events.as_str(),
        arguments.total.as_str(),
    ];
    let columns = Columns::read(&arguments.file, &names)?;
    let names = columns.texts(0, "name")?;
    columns.refuse_duplicates(0, "name")?;
    let events = columns.counts(1, "number of events")?;
    let totals = columns.counts(2, "number of units")?;
    let shares = events
        .into_iter()
        .zip(totals)
        .enumerate()
        .map(|(record, (events, total))| {
            Share::new(events, total).with_context(|| columns.place(record))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let dispersion = funnel::dispersion(&shares, arguments.winsorise)?;
    let target = arguments.target.unwrap_or(dispersion.target);
    // With a target of one's own the common share says nothing about dispersion around it.
    let widened = arguments.target.is_none() && dispersion.is_over_dispersed(0.05);
    let mut text = heading(&dispersion, target, widened);
    let mut rows = Vec::new();
    for (name, share) in names.iter().zip(&shares) {
        let limits = |confidence| {
            if widened {
                dispersion.additive_limits(share.total(), confidence)
            } else {
                funnel::limits(target, share.total(), confidence)
            }
        };
        let inner = limits(arguments.report.confidence)?;
        let outer = limits(Confidence::NINETY_NINE_POINT_EIGHT)?;
        let position = match funnel::position(share.value(), &inner, &outer) {
            Position::Expected => "as expected",
            Position::Alert => "outside the inner limits",
            Position::Alarm => "outside the outer limits",
        };
        text.push(format!(
            "{name}\t{}/{}\t{}\t{}\t{}\t{position}",
            share.events(),
            share.total(),
            report::number(share.value()),
            report::range(&inner),
            report::range(&outer)
        ));
        rows.push(json!({
            "name": name,
            "events": share.events(),
            "total": share.total(),
            "share": share.value(),
            "inner": report::interval_json(&inner),
            "outer": report::interval_json(&outer),
            "position": position,
        }));
    }
    let result = summary(&dispersion, target, widened, rows);
    report::print(arguments.report, &result, &text)
}

fn heading(dispersion: &Dispersion, target: f64, widened: bool) -> Vec<String> {
    let limits = if widened {
        "limits include it"
    } else {
        "exact binomial limits"
    };
    vec![
        format!("target: {}", report::number(target)),
        format!(
            "variation beyond chance: factor {} (p {}); {limits}",
            report::number(dispersion.winsorised),
            report::number(dispersion.p_value)
        ),
        "name\tevents/total\tshare\tinner limits\touter limits\tposition".to_owned(),
    ]
}

fn summary(dispersion: &Dispersion, target: f64, widened: bool, rows: Vec<Value>) -> Value {
    json!({
        "target": target,
        "dispersion": {
            "raw": dispersion.raw,
            "winsorised": dispersion.winsorised,
            "p_value": dispersion.p_value,
            "tau_squared": dispersion.tau_squared,
        },
        "limits": if widened { "normal with additive variance" } else { "exact binomial" },
        "institutions": rows,
    })
}
