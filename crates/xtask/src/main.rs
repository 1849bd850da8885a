//! Repository commands, run as `cargo xtask COMMAND`.
//!
//! `demo` serves a fictional town, `tour` shows the commands, `test` checks everything, `tidy` holds the repository to its own
//! rules, `assets` builds what pages need besides HTML, `screenshots` pictures the pages, `bench`
//! measures.
//! This crate must stay light: it depends on no other crate of the workspace, so that
//! `cargo xtask test` starts at once.

#![expect(
    clippy::print_stdout,
    reason = "commands of the repository speak to people at a terminal"
)]

mod assets;
mod bench;
mod browser;
mod demo;
mod postgres;
mod process;
mod test;
mod tidy;
mod tour;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

/// Repository commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build, make a fictional town with accounts to log in with, and serve it.
    Demo(demo::DemoArguments),
    /// Run the commands end to end over files of a fictional town and show what they find.
    Tour(tour::TourArguments),
    /// Formatting, lints, docs, repository rules and all tests.
    Test(test::TestArguments),
    /// Only the repository rules.
    Tidy,
    /// Build style, fonts, icons and scripts of the pages into ui/dist (needs Node.js and npm).
    Assets,
    /// Every page in every language in Chromium: accessibility, small screens, keyboard.
    Browser,
    /// Pictures of all pages in the folder screenshots, for a designer's eye.
    Screenshots,
    /// Measure; figures for docs/performance.md.
    Bench(bench::BenchArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = root().and_then(|root| match arguments.command {
        Command::Demo(arguments) => demo::run(&root, &arguments),
        Command::Tour(arguments) => tour::run(&root, &arguments),
        Command::Test(arguments) => test::run(&root, &arguments),
        Command::Tidy => tidy::run(&root),
        Command::Assets => assets::run(&root),
        Command::Browser => browser::test(&root),
        Command::Screenshots => browser::screenshots(&root),
        Command::Bench(arguments) => bench::run(&root, &arguments),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Root folder of the workspace.
fn root() -> anyhow::Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .context("no workspace above this crate")
}
