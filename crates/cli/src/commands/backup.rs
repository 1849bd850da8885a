//! `werkbrug backup` and `werkbrug restore`.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use store::Store;
use store::backup::Copied;
use vault::stream::{OpeningReader, Passphrase, SealingWriter, StreamKey};

use crate::configuration::read_secret;
use crate::installation::{self, Installation, InstallationArguments};
use crate::{output, surroundings};

/// Arguments of `backup`.
#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// File to write; an existing one is replaced when the new one is whole.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Seal with the passphrase in this file instead of the master key. To read identities the
    /// master key is needed all the same.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Backup to put back, of either kind of database.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The passphrase file with which it was sealed.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Runs `backup`.
pub(crate) fn back_up(arguments: &BackupArguments) -> anyhow::Result<()> {
    let found = arguments.installation.find()?;
    let key = stream_key(&found, arguments.passphrase_file.as_deref())?;
    let surroundings = surroundings::of_machine();
    let mut copied = None;
    output::write_beside_then_rename(&arguments.out, |file| {
        let mut sealing = SealingWriter::new(file, &key, &mut surroundings.random())?;
        copied = Some(installation::run(async {
            let store = Store::open(&found.address)
                .await
                .with_context(|| found.address.to_string())?;
            Ok(store::backup::write(&store, surroundings.now(), &mut sealing).await?)
        })?);
        sealing.finish()?;
        Ok(())
    })?;
    copied.map_or(Ok(()), |copied| report("wrote", &arguments.out, &copied))
}

/// Runs `restore`.
pub(crate) fn restore(arguments: &RestoreArguments) -> anyhow::Result<()> {
    let found = arguments.installation.find()?;
    let key = stream_key(&found, arguments.passphrase_file.as_deref())?;
    let master = found.master_key()?;
    let path = &arguments.from;
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let opening = OpeningReader::new(BufReader::new(file), &key)
        .with_context(|| path.display().to_string())?;
    let mut lines = BufReader::with_capacity(1 << 16, opening);
    let now = surroundings::of_machine().now();
    let copied = installation::run(async {
        let store = Store::connect(&found.address)
            .await
            .with_context(|| found.address.to_string())?;
        let copied = store::backup::read(&store, now, &mut lines)
            .await
            .with_context(|| path.display().to_string())?;
        let application = found.application(store, master).await?;
        application
            .verify_audit(&application::Context::machine(), &[])
            .await
            .context("the restored audit log")?;
        Ok(copied)
    })?;
    report("restored", path, &copied)?;
    output::warn("persons who were erased after this backup was made are back; erase them again");
    Ok(())
}

fn stream_key(found: &Installation, passphrase_file: Option<&Path>) -> anyhow::Result<StreamKey> {
    Ok(match passphrase_file {
        Some(file) => StreamKey::Passphrase(
            Passphrase::new(&read_secret(file)?).with_context(|| file.display().to_string())?,
        ),
        None => StreamKey::Master(found.master_key()?),
    })
}

fn report(did: &str, path: &Path, copied: &Copied) -> anyhow::Result<()> {
    let n: u64 = copied.rows.iter().map(|(_, n)| n).sum();
    let mut out = output::standard_output();
    writeln!(
        out,
        "{did} {}: {n} rows as of {}",
        path.display(),
        copied.header.made_at
    )?;
    Ok(out.flush()?)
}
