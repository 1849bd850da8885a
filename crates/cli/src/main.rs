//! The program `werkbrug`: commands, configuration and wiring, nothing else.
//!
//! A command reads its arguments, calls the crate that knows the matter and prints the outcome.
//! Errors end as one line on standard error with exit code 1; wrong usage has exit code 2.

mod commands;
mod configuration;
mod installation;
mod lines;
mod ndjson;
mod output;
mod progress;
mod surroundings;
mod tables;
mod typesetting;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Memory freed by one thread serves the others, so that `serve` stays small under load.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Guide newcomers to lasting work at their own level, and see whether it helps.
#[derive(Debug, Parser)]
#[command(
    name = "werkbrug",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Occupations and skills: import, look up, link, compare.
    #[command(subcommand)]
    Catalogue(commands::catalogue::CatalogueCommand),
    /// Motions and commitments: read, find, keep, see what is late, report.
    #[command(subcommand)]
    Commitments(commands::commitments::CommitmentsCommand),
    /// Write files with fictional people and vacancies.
    DemoData(commands::demo::DemoArguments),
    /// Make a whole fictional installation, with accounts to log in with.
    DemoTown(commands::demo_town::DemoTownArguments),
    /// Divide scarce places so that the total is the highest, and prove it.
    Divide(commands::divide::DivideArguments),
    /// Count what would change if a barrier were gone.
    Levers(commands::levers::LeversArguments),
    /// Find the best vacancies for candidates, or the best candidates for vacancies.
    Match(commands::matching::MatchArguments),
    /// What the law allows, what stands in the way, and what helps.
    #[command(subcommand)]
    Guidance(commands::guidance::GuidanceCommand),
    /// The monitor: indicators, reach and effect, protected releases.
    #[command(subcommand)]
    Monitor(commands::monitor::MonitorCommand),
    /// Curves, comparisons, decompositions, funnels and sample sizes from the command line.
    #[command(subcommand)]
    Statistics(commands::statistics::StatisticsCommand),
    /// Make the master key of an installation, or give it another.
    #[command(subcommand)]
    Key(commands::key::KeyCommand),
    /// Set the database up, or bring it up to date.
    Migrate(commands::migrate::MigrateArguments),
    /// Check configuration, key, database and audit log, and say what to do.
    Doctor(commands::doctor::DoctorArguments),
    /// Organisations: add, list.
    #[command(subcommand)]
    Organisation(commands::organisation::OrganisationCommand),
    /// Accounts of staff: add, list, reset, disable.
    #[command(subcommand)]
    User(commands::user::UserCommand),
    /// The audit log: check it, keep its end outside the database.
    #[command(subcommand)]
    Audit(commands::audit::AuditCommand),
    /// Write everything into one encrypted file, while the system runs.
    Backup(commands::backup::BackupArguments),
    /// Put a backup into an empty database.
    Restore(commands::backup::RestoreArguments),
    /// Remove what was kept long enough.
    #[command(subcommand)]
    Retention(commands::retention::RetentionCommand),
    /// Serve the pages and the JSON interface.
    Serve(commands::serve::ServeArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Catalogue(command) => commands::catalogue::run(command),
        Command::Commitments(command) => commands::commitments::run(command),
        Command::DemoData(arguments) => commands::demo::run(&arguments),
        Command::DemoTown(arguments) => commands::demo_town::run(&arguments),
        Command::Divide(arguments) => commands::divide::run(&arguments),
        Command::Levers(arguments) => commands::levers::run(&arguments),
        Command::Match(arguments) => commands::matching::run(&arguments),
        Command::Guidance(command) => commands::guidance::run(command),
        Command::Monitor(command) => commands::monitor::run(command),
        Command::Statistics(command) => commands::statistics::run(command),
        Command::Key(command) => commands::key::run(&command),
        Command::Migrate(arguments) => commands::migrate::run(&arguments),
        Command::Doctor(arguments) => commands::doctor::run(&arguments),
        Command::Organisation(command) => commands::organisation::run(&command),
        Command::User(command) => commands::user::run(&command),
        Command::Audit(command) => commands::audit::run(&command),
        Command::Backup(arguments) => commands::backup::back_up(&arguments),
        Command::Restore(arguments) => commands::backup::restore(&arguments),
        Command::Retention(command) => commands::retention::run(&command),
        Command::Serve(arguments) => commands::serve::run(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report_error(&error);
            ExitCode::FAILURE
        }
    }
}
