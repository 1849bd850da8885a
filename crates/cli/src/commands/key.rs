//! `werkbrug key`: the master key.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use application::{ApplicationError, Context};
use clap::{Args, Subcommand};
use vault::keys::MasterKey;

use crate::configuration::read_secret;
use crate::installation::{self, InstallationArguments};
use crate::{output, surroundings};

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new master key. Without it nobody can read identities: keep a copy in a safe place,
    /// apart from the backups.
    Generate(GenerateArguments),
    /// Give the installation another master key; stop `werkbrug serve` first.
    Rotate(RotateArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// File to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "It happens as a whole or not at all: when the command is interrupted, the old key still fits.
Login codes on paper that were not used yet have to be handed out anew. Backups and anchors that
were made before need the old key: keep it apart until the last of them is gone."
)]
pub(crate) struct RotateArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// File with the new key, made by `werkbrug key generate`.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Runs one of the commands.
pub(crate) fn run(command: &KeyCommand) -> anyhow::Result<()> {
    match command {
        KeyCommand::Generate(arguments) => generate(&arguments.out),
        KeyCommand::Rotate(arguments) => installation::run(rotate(arguments)),
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

async fn rotate(arguments: &RotateArguments) -> anyhow::Result<()> {
    let path = arguments.to.display();
    let new = MasterKey::parse(&read_secret(&arguments.to)?).with_context(|| path.to_string())?;
    let application = arguments.installation.find()?.open().await?;
    let rotated = match application.rotate_key(&Context::machine(), &new).await {
        Err(ApplicationError::AlreadyThere) => bail!("{path} is the key in use"),
        outcome => outcome?,
    };
    let mut out = output::standard_output();
    writeln!(
        out,
        "the key is now that of {path}: {} persons, {} second factors; {} login codes on paper have to be handed out anew",
        rotated.n_persons, rotated.n_second_factors, rotated.n_codes
    )?;
    out.flush()?;
    output::warn(
        "name the new key in the configuration, start `werkbrug serve` again, and make a new backup and anchor; keep the old key for earlier ones",
    );
    Ok(())
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
