//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// Runs a program in a folder and fails when it does.
pub(crate) fn run(root: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    run_with(root, program, arguments, &[])
}

/// Runs a program with extra environment variables.
pub(crate) fn run_with(
    root: &Path,
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    if !status.success() {
        bail!("`{program} {}` failed ({status})", arguments.join(" "));
    }
    Ok(())
}

/// Runs a program and gives what it printed.
pub(crate) fn output(root: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    if !output.status.success() {
        bail!(
            "`{program} {}` failed ({})",
            arguments.join(" "),
            output.status
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed no UTF-8"))
}

/// Where cargo puts what it builds.
pub(crate) fn target_directory(root: &Path) -> anyhow::Result<PathBuf> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let metadata: serde_json::Value = serde_json::from_str(&output(root, "cargo", &arguments)?)?;
    Ok(PathBuf::from(
        metadata["target_directory"]
            .as_str()
            .context("no target directory")?,
    ))
}

/// Whether a program is installed: whether it can be started with these arguments.
pub(crate) fn is_installed(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Says that a step is skipped and how to get what it lacks; fails where skipping hides faults.
pub(crate) fn skip(what: &str, how_to_get_it: &str) -> anyhow::Result<()> {
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        bail!("{what} is missing; {how_to_get_it}");
    }
    println!("      skipped: {what} is missing; {how_to_get_it}");
    Ok(())
}
