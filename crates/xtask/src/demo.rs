//! `cargo xtask demo`: build everything and show what there is.

use std::path::Path;

use clap::Args;

use crate::process;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DemoArguments {}

/// Runs the command.
pub(crate) fn run(root: &Path, _arguments: &DemoArguments) -> anyhow::Result<()> {
    process::run(root, "cargo", &["build", "--workspace", "--locked"])
}
