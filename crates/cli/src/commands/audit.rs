//! `werkbrug audit`: the check of the audit log.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use application::Context;
use clap::{Args, Subcommand};
use vault::chain::Anchor;
use vault::keys::MasterKey;

use crate::configuration::read_secret;
use crate::installation::{self, InstallationArguments};
use crate::output;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Check that nothing was changed, removed or cut off; the last only with an anchor file.
    Verify(VerifyArguments),
    /// Check the log and append its present end to a file outside the database.
    Anchor(AnchorArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// File that `audit anchor` wrote.
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
    /// File with the master key with which the anchors were made, when it is an earlier one.
    #[arg(long, value_name = "FILE", requires = "anchor")]
    anchor_key: Option<PathBuf>,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct AnchorArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// File to append to; keep it where whoever can change the database cannot change it.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Runs one of the commands.
pub(crate) fn run(command: &AuditCommand) -> anyhow::Result<()> {
    match command {
        AuditCommand::Verify(arguments) => installation::run(verify(arguments)),
        AuditCommand::Anchor(arguments) => installation::run(anchor(arguments)),
    }
}

async fn verify(arguments: &VerifyArguments) -> anyhow::Result<()> {
    let found = arguments.installation.find()?;
    let made_with = match &arguments.anchor_key {
        Some(file) => {
            MasterKey::parse(&read_secret(file)?).with_context(|| file.display().to_string())?
        }
        None => found.master_key()?,
    };
    let anchors = match &arguments.anchor {
        Some(file) => read_anchors(file, &made_with)?,
        None => Vec::new(),
    };
    let application = found.open().await?;
    let report = application
        .verify_audit(&Context::machine(), &anchors)
        .await?;
    let mut out = output::standard_output();
    writeln!(
        out,
        "{} entries, unbroken; {} anchors match",
        report.anchor.entries, report.n_anchors
    )?;
    out.flush()?;
    if anchors.is_empty() {
        output::warn("without an anchor it cannot be seen whether the end was cut off");
    }
    Ok(())
}

async fn anchor(arguments: &AnchorArguments) -> anyhow::Result<()> {
    let found = arguments.installation.find()?;
    let master = found.master_key()?;
    let before = if arguments.to.exists() {
        read_anchors(&arguments.to, &master)?
    } else {
        Vec::new()
    };
    let application = found.open().await?;
    // An anchor of a log that is broken already would only cover that up.
    let report = application
        .verify_audit(&Context::machine(), &before)
        .await?;
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&arguments.to)
        .with_context(|| format!("cannot open {}", arguments.to.display()))?;
    writeln!(file, "{}", report.anchor.to_line(&master))
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write {}", arguments.to.display()))?;
    let mut out = output::standard_output();
    writeln!(out, "{} entries anchored", report.anchor.entries)?;
    Ok(out.flush()?)
}

fn read_anchors(file: &Path, master: &MasterKey) -> anyhow::Result<Vec<Anchor>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            Anchor::from_line(line, master)
                .with_context(|| format!("{}: line {}", file.display(), at + 1))
        })
        .collect()
}
