//! `cargo xtask bench`: builds in release and starts a measurement.

use std::path::Path;

use clap::Args;

use crate::process;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct BenchArguments {
    /// Measurement and its arguments; without any, the list of measurements is printed.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "BENCH"
    )]
    bench: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(root: &Path, arguments: &BenchArguments) -> anyhow::Result<()> {
    process::run(
        root,
        "cargo",
        &["build", "--release", "--workspace", "--locked", "--quiet"],
    )?;
    let program = process::target_directory(root)?.join("release/werkbrug-bench");
    let program = program.display().to_string();
    let bench: Vec<&str> = if arguments.bench.is_empty() {
        vec!["help"]
    } else {
        arguments.bench.iter().map(String::as_str).collect()
    };
    // Paths on the command line are relative to where the user stands.
    process::run(&std::env::current_dir()?, &program, &bench)
}
