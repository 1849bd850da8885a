//! `werkbrug migrate`.

use std::io::Write;

use anyhow::Context;
use clap::Args;
use store::{Store, migration};

use crate::installation::{self, Installation, InstallationArguments};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct MigrateArguments {
    #[command(flatten)]
    installation: InstallationArguments,
}

/// Runs the command.
pub(crate) fn run(arguments: &MigrateArguments) -> anyhow::Result<()> {
    let found = arguments.installation.find()?;
    installation::run(migrate(&found))
}

async fn migrate(found: &Installation) -> anyhow::Result<()> {
    // Without the key nothing can be stored; better to say so before making a database.
    let master = found.master_key()?;
    let store = Store::connect(&found.address)
        .await
        .with_context(|| found.address.to_string())?;
    let before = migration::state(&store).await?;
    let now = crate::surroundings::of_machine().now();
    let after = migration::migrate(&store, now).await?;
    found.application(store, master).await?;
    let mut out = output::standard_output();
    writeln!(
        out,
        "{}: schema {}, {} steps done now",
        found.address,
        after.version(),
        before.pending.len()
    )?;
    Ok(out.flush()?)
}
