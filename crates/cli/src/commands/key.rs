//! `werkbrug key`: the master key.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use vault::keys::MasterKey;

use crate::{output, surroundings};

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new master key. Without it nobody can read identities: keep a copy in a safe place,
    /// apart from the backups.
    Generate(GenerateArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// File to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs one of the commands.
pub(crate) fn run(command: &KeyCommand) -> anyhow::Result<()> {
    match command {
        KeyCommand::Generate(arguments) => generate(&arguments.out),
    }
}

fn generate(path: &Path) -> anyhow::Result<()> {
    let key = MasterKey::generate(&mut surroundings::of_machine().random());
    write(path, &key)?;
    let mut out = output::standard_output();
    writeln!(
        out,
        "wrote {}; keep a copy apart from the backups",
        path.display()
    )?;
    Ok(out.flush()?)
}

/// Writes a key to a new file that only its owner can read.
pub(super) fn write(path: &Path, key: &MasterKey) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    // Never over an existing key: what it sealed would be lost.
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        options.mode(0o600);
    }
    let mut file = options
        .open(path)
        .with_context(|| format!("cannot create {}", path.display()))?;
    writeln!(file, "{}", key.to_text())
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write {}", path.display()))
}
