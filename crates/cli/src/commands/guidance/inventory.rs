//! `werkbrug guidance inventory`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use domain::language::Language;
use guidance::Day;
use guidance::facts::Facts;
use guidance::inventory::{Row, inventory};
use guidance::profile::ProfileFile;
use serde::Deserialize;

use super::input::{self, Common};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct InventoryArguments {
    /// File with cases (`[[case]]`), TOML or JSON; each as for `advise`, with a municipality.
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    /// File with the output of `werkbrug levers`; a line counts for the case with its reference.
    #[arg(long, value_name = "FILE")]
    levers: Option<PathBuf>,
    /// Date of the inventory.
    #[arg(long)]
    date: Day,
    #[command(flatten)]
    common: Common,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<ProfileFile>,
}

/// Runs the command.
pub(crate) fn run(arguments: &InventoryArguments) -> anyhow::Result<()> {
    let file: Cases = input::read(&arguments.cases)?;
    let set = arguments.common.set()?;
    let date = arguments.date;
    let levers = arguments.levers.as_deref().map(input::levers).transpose()?;
    let levers = levers.unwrap_or_default();
    let mut rows = Vec::new();
    for (index, case) in file.case.iter().enumerate() {
        let number = index + 1;
        let code = case.municipality.as_ref();
        let code = code.with_context(|| format!("case {number} names no municipality"))?;
        let facts = Facts::from_written(&case.facts).with_context(|| format!("case {number}"))?;
        let place = set.regions.municipality(code, date);
        let place = place.with_context(|| format!("case {number}: no municipality {code:?}"))?;
        let shown = input::levers_of(&levers, &case.reference)
            .map(|report| set.taxonomy.find_levers(report, &facts, date))
            .unwrap_or_default();
        let found =
            set.taxonomy
                .diagnose_with_levers(&facts, &shown.diagnoses, &case.barrier, date);
        let barriers: BTreeSet<_> = found.into_iter().map(|d| d.code).collect();
        rows.push(Row {
            region: place.region.clone(),
            municipality: place.code.clone(),
            barriers,
        });
    }
    let counts = inventory(&rows);
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &counts)?;
        writeln!(out)?;
    } else {
        let language: Language = arguments.common.language;
        let number = |value: &Option<u32>| value.map_or("-".to_owned(), |n| n.to_string());
        for count in &counts {
            let key = format!("barrier.{}", count.barrier);
            let name = set.texts.words(&key, language);
            writeln!(out, "{} {name}: {}", count.barrier, number(&count.total))?;
            let places = count.regions.iter().chain(&count.municipalities);
            for (place, value) in places {
                writeln!(out, "  {place}: {}", number(value))?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
