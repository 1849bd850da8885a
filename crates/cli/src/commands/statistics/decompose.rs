//! `werkbrug statistics decompose`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use statistics::decomposition::{Category, Reference, kitagawa, oaxaca_blinder};
use statistics::regression::Design;

use super::input::Columns;
use super::report::{self, ReportOptions};

/// Said with every split that rests on a model.
const CAVEAT: &str = "the unexplained part is not a measure of discrimination: it also holds \
                      everything that was not measured";

/// Arguments of the command.
///
/// Without --outcome the file is a table with one category per line: the size (or share) and the
/// rate of the category in both groups; the gap second minus first is split after Kitagawa. With
/// --outcome the file has one unit per line; the gap first minus second is split after Oaxaca and
/// Blinder.
#[derive(Debug, Args)]
pub(crate) struct DecomposeArguments {
    /// CSV or XLSX file with a header; - is standard input.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Columns with category, size and rate in the first group, size and rate in the second.
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        default_value = "category,weight_first,rate_first,weight_second,rate_second",
        conflicts_with = "outcome"
    )]
    table: Vec<String>,
    /// Column with the outcome of each unit.
    #[arg(long, value_name = "COLUMN", requires_all = ["group", "covariates"])]
    outcome: Option<String>,
    /// Column with 1 for the first group and 0 for the second.
    #[arg(long, value_name = "COLUMN", requires = "outcome")]
    group: Option<String>,
    /// Columns with numbers that may explain the gap, separated by commas.
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        requires = "outcome"
    )]
    covariates: Vec<String>,
    /// Model that counts as "without difference".
    #[arg(long, value_enum, default_value_t = Standard::Pooled)]
    reference: Standard,
    #[command(flatten)]
    report: ReportOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Standard {
    /// Both groups together, with an indicator of the group.
    Pooled,
    /// Mean of both models, weighted with the size of the groups.
    Weighted,
    /// Plain mean of both models.
    Mean,
    /// Model of the first group.
    First,
    /// Model of the second group.
    Second,
}

impl Standard {
    fn reference(self) -> Reference {
        match self {
            Self::Pooled => Reference::PooledWithGroup,
            Self::Weighted => Reference::SizeWeighted,
            Self::Mean => Reference::Mean,
            Self::First => Reference::First,
            Self::Second => Reference::Second,
        }
    }
}

/// Prints the decomposition.
pub(super) fn run(arguments: &DecomposeArguments) -> anyhow::Result<()> {
    let (result, text) = match (&arguments.outcome, &arguments.group) {
        (Some(outcome), Some(group)) => of_units(arguments, outcome, group)?,
        _ => of_table(arguments)?,
    };
    report::print(arguments.report, &result, &text)
}

fn of_table(arguments: &DecomposeArguments) -> anyhow::Result<(Value, Vec<String>)> {
    let names: Vec<&str> = arguments.table.iter().map(String::as_str).collect();
    if names.len() != 5 {
        bail!("--table needs five columns, not {}", names.len());
    }
    let columns = Columns::read(&arguments.file, &names)?;
    let labels = columns.texts(0, "category")?;
    columns.refuse_duplicates(0, "category")?;
    let weight = |column| {
        columns.numbers(column, "size", "a number of at least 0", |weight| {
            weight >= 0.0
        })
    };
    let rate = |column| columns.numbers(column, "rate", "a number", |_| true);
    let (weight_first, rate_first) = (weight(1)?, rate(2)?);
    let (weight_second, rate_second) = (weight(3)?, rate(4)?);
    let categories: Vec<Category> = (0..labels.len())
        .map(|i| Category {
            weight_first: weight_first[i],
            rate_first: rate_first[i],
            weight_second: weight_second[i],
            rate_second: rate_second[i],
        })
        .collect();
    let found = kitagawa(&categories).with_context(|| arguments.file.display().to_string())?;
    let mut text = vec![
        format!("gap (second minus first): {}", report::number(found.gap)),
        format!("composition: {}", report::number(found.composition)),
        format!("rates: {}", report::number(found.rate)),
        "category\tcomposition\trates".to_owned(),
    ];
    let parts = labels.iter().zip(&found.categories);
    text.extend(parts.clone().map(|(label, (composition, rate))| {
        format!(
            "{label}\t{}\t{}",
            report::number(*composition),
            report::number(*rate)
        )
    }));
    let result = json!({
        "gap": found.gap,
        "composition": found.composition,
        "rate": found.rate,
        "categories": parts
            .map(|(label, (composition, rate))| {
                json!({ "category": label, "composition": composition, "rate": rate })
            })
            .collect::<Vec<_>>(),
    });
    Ok((result, text))
}

fn of_units(
    arguments: &DecomposeArguments,
    outcome: &str,
    group: &str,
) -> anyhow::Result<(Value, Vec<String>)> {
    let mut names = vec![outcome, group];
    names.extend(arguments.covariates.iter().map(String::as_str));
    let columns = Columns::read(&arguments.file, &names)?;
    let values = columns.numbers(0, "outcome", "a number", |_| true)?;
    let first: Vec<bool> = columns
        .numbers(1, "group", "0 or 1", |group| group == 0.0 || group == 1.0)?
        .into_iter()
        .map(|group| group == 1.0)
        .collect();
    let covariates = arguments
        .covariates
        .iter()
        .enumerate()
        .map(|(index, name)| columns.numbers(index + 2, name, "a number", |_| true))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let design = Design::from_columns(&covariates)?;
    let found = oaxaca_blinder(&design, &first, &values, arguments.reference.reference())
        .with_context(|| arguments.file.display().to_string())?;
    let text = vec![
        format!("gap (first minus second): {}", report::number(found.gap)),
        format!("explained: {}", report::number(found.explained)),
        format!("unexplained: {}", report::number(found.unexplained)),
        format!(
            "three-fold: endowments {}, coefficients {}, interaction {}",
            report::number(found.endowments),
            report::number(found.coefficients),
            report::number(found.interaction)
        ),
        format!("note: {CAVEAT}"),
    ];
    let result = json!({
        "gap": found.gap,
        "explained": found.explained,
        "unexplained": found.unexplained,
        "three_fold": {
            "endowments": found.endowments,
            "coefficients": found.coefficients,
            "interaction": found.interaction,
        },
        "note": CAVEAT,
    });
    Ok((result, text))
}
