//! Measurements: each subcommand does work of a stated size and prints one JSON line.
//!
//! Started by `cargo xtask bench`, always in release.
//! CPU seconds are those of the whole process (user and system), because they can be compared on a
//! machine that others use at the same time.

#![expect(clippy::print_stdout, reason = "measurements print their figures")]

mod catalogue;
mod clock;
mod dice;
mod divide;
mod link;
mod matching_bench;
mod monitor;
mod ranking;
mod semantics;
mod web;
mod workload;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
struct Arguments {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// Import an ESCO download, open the compiled file, and the memory it takes.
    Catalogue(catalogue::CatalogueArguments),
    /// Divide places among candidates, cold and one by one, with proof.
    Divide(divide::DivideArguments),
    /// Quality and speed of linking on query sets with known answers.
    Link(link::LinkArguments),
    /// Exact constrained matching on a workload of packed files.
    Match(matching_bench::MatchArguments),
    /// A million person-months from the file to all figures of the monitor.
    Monitor(monitor::MonitorArguments),
    /// Whether half-forgotten occupations are found again.
    Ranking(ranking::RankingArguments),
    /// Matching with the full semantics, from files of records.
    Semantics(semantics::SemanticsArguments),
    /// Pages under load, memory, start, bytes of a first visit; beside a bare axum page.
    Web(web::WebArguments),
    /// The bare page that `web` compares with.
    #[command(hide = true)]
    BarePage,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().bench {
        Bench::Catalogue(arguments) => catalogue::run(&arguments),
        Bench::Divide(arguments) => divide::run(&arguments),
        Bench::Link(arguments) => link::run(&arguments),
        Bench::Match(arguments) => matching_bench::run(&arguments),
        Bench::Monitor(arguments) => monitor::run(&arguments),
        Bench::Ranking(arguments) => ranking::run(&arguments),
        Bench::Semantics(arguments) => semantics::run(&arguments),
        Bench::Web(arguments) => web::run(&arguments),
        Bench::BarePage => web::run_bare_page(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
