//! `werkbrug guidance ledger`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use guidance::answer::Speaker;
use guidance::facts::{Facts, Written};
use guidance::funding::{Claim, Cost, Ledger};
use serde::{Deserialize, Serialize};

use super::input::{self, Common};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct LedgerArguments {
    /// File with costs and claims, TOML or JSON.
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerFile {
    /// Facts such as the applicant.
    facts: BTreeMap<String, Written>,
    cost: Vec<Cost>,
    #[serde(default)]
    claim: Vec<Claim>,
}

#[derive(Serialize)]
struct Shown<'a> {
    claims: &'a [Claim],
    totals_cents: BTreeMap<&'a str, u64>,
    unclaimed_cents: u64,
    refused: &'a [String],
}

/// Runs the command; ends with an error when a claim was refused.
pub(crate) fn run(arguments: &LedgerArguments) -> anyhow::Result<()> {
    let file: LedgerFile = input::read(&arguments.file)?;
    let facts = Facts::from_written(&file.facts)?;
    let set = arguments.common.set()?;
    let mut ledger = Ledger::default();
    for cost in file.cost {
        ledger.record(cost)?;
    }
    let mut refused = Vec::new();
    for claim in file.claim {
        if let Err(fault) = ledger.claim(&set.register, &facts, claim) {
            refused.push(fault.to_string());
        }
    }
    let shown = Shown {
        claims: ledger.claims(),
        totals_cents: ledger.totals(),
        unclaimed_cents: ledger.unclaimed(),
        refused: &refused,
    };
    let mut out = output::standard_output();
    if arguments.common.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        let by = Speaker {
            set: &set,
            language: arguments.common.language,
        };
        for (fund, cents) in &shown.totals_cents {
            let name = by.say(&format!("instrument.{fund}"));
            writeln!(out, "{name}: {}", super::show::euro(*cents))?;
        }
        let unclaimed = super::show::euro(shown.unclaimed_cents);
        writeln!(out, "{}: {unclaimed}", by.say("label.unclaimed"))?;
        for reason in &refused {
            writeln!(out, "{}: {reason}", by.say("label.refused"))?;
        }
    }
    out.flush()?;
    if !refused.is_empty() {
        bail!("{} claim(s) refused: {}", refused.len(), refused.join("; "));
    }
    Ok(())
}
