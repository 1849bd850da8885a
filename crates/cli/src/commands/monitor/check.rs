//! `werkbrug monitor check-release`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use monitoring::release::Release;
use monitoring::release::check::check;
use monitoring::release::files::{self, names};

use super::release::read_ledger;
use crate::output;

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Folder of the release.
    dir: PathBuf,
    /// Ledger of all releases, if not the one in the folder.
    #[arg(long, value_name = "FILE.json")]
    ledger: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command; a release that gives something away is an error.
pub(crate) fn run(arguments: &CheckArguments) -> anyhow::Result<()> {
    let path = arguments.dir.join(names::RELEASE);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let release: Release =
        serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let ledger_path = arguments
        .ledger
        .clone()
        .unwrap_or_else(|| arguments.dir.join(names::LEDGER));
    let ledger = read_ledger(&ledger_path)?;
    let mut figures = Vec::new();
    files::write_figures(&release, &mut figures)?;
    let csv = arguments.dir.join(names::FIGURES);
    let found = fs::read(&csv).with_context(|| format!("cannot open {}", csv.display()))?;
    if found != figures {
        bail!(
            "{} and {} do not say the same",
            csv.display(),
            path.display()
        );
    }
    let mut report = check(&release, &ledger);
    let internal = arguments.dir.join(names::INTERNAL).join(names::RELEASE);
    if internal.exists() {
        // With the reasons the officer has, the stricter demand can be checked as well.
        let text = fs::read_to_string(&internal)
            .with_context(|| format!("cannot open {}", internal.display()))?;
        let full: Release = serde_json::from_str(&text)
            .with_context(|| format!("cannot read {}", internal.display()))?;
        if full.public() != release {
            bail!(
                "{} and {} do not say the same",
                internal.display(),
                path.display()
            );
        }
        report.findings.extend(check(&full, &ledger).findings);
    }
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} tables, {} published counts, {} hidden cells with bounds computed, {} earlier releases",
            report.tables, report.published, report.hidden, report.earlier
        )?;
        for finding in &report.findings {
            writeln!(out, "{}: {}", finding.place, finding.what)?;
        }
    }
    out.flush()?;
    match report.findings.len() {
        0 => Ok(()),
        1 => bail!("1 place gives something away or is wrong"),
        many => bail!("{many} places give something away or are wrong"),
    }
}
