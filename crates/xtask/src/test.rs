//! `cargo xtask test`: everything that must hold before a change lands.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use crate::{assets, browser, postgres, process, tidy};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    /// Only the steps whose name contains this text.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// One step of the check.
struct Step {
    name: &'static str,
    run: fn(&Path) -> anyhow::Result<()>,
}

/// Cheap steps first, so that a slip shows within seconds.
const STEPS: [Step; 9] = [
    Step {
        name: "formatting",
        run: formatting,
    },
    Step {
        name: "tidy",
        run: tidy::run,
    },
    // Before anything is compiled, because the program holds the assets.
    Step {
        name: "assets",
        run: assets::run_or_skip,
    },
    Step {
        name: "lints",
        run: lints,
    },
    Step {
        name: "tests",
        run: tests,
    },
    Step {
        name: "browser",
        run: browser::test,
    },
    Step {
        name: "doctests",
        run: doctests,
    },
    Step {
        name: "docs",
        run: docs,
    },
    Step {
        name: "dependencies",
        run: dependencies,
    },
];

/// Runs the command.
pub(crate) fn run(root: &Path, arguments: &TestArguments) -> anyhow::Result<()> {
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| {
            arguments
                .only
                .as_ref()
                .is_none_or(|text| step.name.contains(text.as_str()))
        })
        .collect();
    let start = Instant::now();
    for (number, step) in chosen.iter().enumerate() {
        println!("[{}/{}] {}", number + 1, chosen.len(), step.name);
        let started = Instant::now();
        (step.run)(root).with_context(|| format!("step {}", step.name))?;
        println!(
            "      {} took {:.1} s",
            step.name,
            started.elapsed().as_secs_f32()
        );
    }
    println!(
        "all {} steps passed in {:.0} s",
        chosen.len(),
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn formatting(root: &Path) -> anyhow::Result<()> {
    process::run(root, "cargo", &["fmt", "--all", "--check"])
}

fn lints(root: &Path) -> anyhow::Result<()> {
    let arguments = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ];
    process::run(root, "cargo", &arguments)
}

fn docs(root: &Path) -> anyhow::Result<()> {
    let arguments = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
    ];
    process::run_with(
        root,
        "cargo",
        &arguments,
        &[("RUSTDOCFLAGS", "--deny warnings")],
    )
}

/// With nextest where it is installed, else with cargo's own runner; the tests are the same.
///
/// One PostgreSQL server serves all of them.
fn tests(root: &Path) -> anyhow::Result<()> {
    let server = postgres::Server::start(root)?;
    let environment: Vec<(&str, &str)> = server
        .iter()
        .map(|server| (postgres::VARIABLE, server.address.as_str()))
        .collect();
    if process::is_installed("cargo", &["nextest", "--version"]) {
        let arguments = [
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--status-level",
            "slow",
        ];
        return process::run_with(root, "cargo", &arguments, &environment);
    }
    println!("      cargo-nextest is not installed; using cargo test");
    let arguments = [
        "test",
        "--workspace",
        "--locked",
        "--all-targets",
        "--quiet",
    ];
    process::run_with(root, "cargo", &arguments, &environment)
}

fn doctests(root: &Path) -> anyhow::Result<()> {
    process::run(
        root,
        "cargo",
        &["test", "--workspace", "--locked", "--doc", "--quiet"],
    )
}

/// Licences, sources and banned crates as `deny.toml` says.
///
/// Advisories need a database from outside and are checked where there is network.
fn dependencies(root: &Path) -> anyhow::Result<()> {
    if process::is_installed("cargo", &["deny", "--version"]) {
        return process::run(
            root,
            "cargo",
            &[
                "deny",
                "--log-level",
                "error",
                "check",
                "bans",
                "licenses",
                "sources",
            ],
        );
    }
    println!(
        "      skipped: cargo-deny is missing; get it with `cargo install --locked cargo-deny`"
    );
    println!("      licences and sources were checked by tidy");
    Ok(())
}
