//! `werkbrug demo-data`: files with fictional people and vacancies.
//!
//! Everything is drawn from the starter catalogue with a seed, so the same seed gives the same
//! files; ids are plainly invented and no record has a name.

mod candidate;
pub(super) mod draw;
mod vacancy;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::Value;
use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, ConceptId, starter};

use crate::output;
use draw::Draw;

/// Labour-market regions of the demo with how often they are drawn.
const REGIONS: [&str; 6] = ["AM01", "AM07", "AM11", "AM20", "AM24", "AM31"];

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Writes candidates.ndjson, vacancies.ndjson and skills.txt, in the formats of the commands
match, levers and catalogue near. The people and firms do not exist."
)]
pub(crate) struct DemoArguments {
    /// Folder to write to; made when it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Seed of everything that is drawn; the same seed gives the same files.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many people.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    people: u32,
    /// How many vacancies.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    vacancies: u32,
}

/// Runs the command.
pub(crate) fn run(arguments: &DemoArguments) -> anyhow::Result<()> {
    let catalogue = starter::catalogue().context("the starter catalogue is broken")?;
    let occupations: Vec<ConceptId> = catalogue.of_kind(ConceptKind::Occupation).collect();
    fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make {}", arguments.out.display()))?;
    let mut draw = Draw::new(arguments.seed);
    // People and vacancies meet in fewer occupations than there are, as in a real town.
    let town = draw.some(&occupations, 60);
    let people = (1..=arguments.people)
        .map(|number| candidate::record(&catalogue, &town, number, &mut draw))
        .collect::<Vec<_>>();
    let vacancies = (1..=arguments.vacancies)
        .map(|number| vacancy::record(&catalogue, &town, number, &mut draw))
        .collect::<Vec<_>>();
    write(&arguments.out.join("candidates.ndjson"), &people)?;
    write(&arguments.out.join("vacancies.ndjson"), &vacancies)?;
    let skills: Vec<&str> = people
        .first()
        .and_then(|person| person["skills"].as_array())
        .into_iter()
        .flatten()
        .filter_map(|row| row["skill"].as_str())
        .collect();
    output::write_beside_then_rename(&arguments.out.join("skills.txt"), |to| {
        Ok(writeln!(to, "{}", skills.join("\n"))?)
    })?;
    let mut out = output::standard_output();
    writeln!(
        out,
        "{} fictional people and {} vacancies in {}",
        people.len(),
        vacancies.len(),
        arguments.out.display()
    )?;
    Ok(out.flush()?)
}

fn write(path: &Path, records: &[Value]) -> anyhow::Result<()> {
    output::write_beside_then_rename(path, |to| {
        for record in records {
            serde_json::to_writer(&mut *to, record)?;
            writeln!(to)?;
        }
        Ok(())
    })
}

/// A word for an occupation that can stand in an id.
fn slug(catalogue: &Catalogue, occupation: ConceptId) -> String {
    let name = catalogue.name(occupation, domain::language::Language::NL);
    let text = name.map_or("werk", |label| label.text);
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect()
}
