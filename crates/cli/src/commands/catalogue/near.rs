//! `werkbrug catalogue near`.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use domain::language::Language;
use serde::Serialize;
use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, ConceptId, Family, comparing};

use super::compare::{Needed, needed, print_needed};
use super::lookup::{self, CatalogueFile, NamedConcept};
use crate::lines::{Line, Lines};
use crate::output;

/// Longest line of a file of skills, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct NearArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// File with one skill per line: URI or text.
    #[arg(long, value_name = "FILE")]
    skills: PathBuf,
    /// How many occupations.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,
    /// Language to show names in, and of texts.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct NearOccupation {
    rank: usize,
    #[serde(flatten)]
    occupation: NamedConcept,
    nearness: u16,
    shared: Vec<Needed>,
    missing: Vec<Needed>,
}

/// Runs the command.
pub(crate) fn run(arguments: &NearArguments) -> anyhow::Result<()> {
    let catalogue = arguments.catalogue.open()?;
    let skills = read_skills(&catalogue, arguments)?;
    let language = arguments.language;
    let near: Vec<NearOccupation> =
        comparing::nearest_occupations(&catalogue, &skills, usize::from(arguments.top))
            .iter()
            .enumerate()
            .map(|(position, near)| NearOccupation {
                rank: position + 1,
                occupation: lookup::named(&catalogue, near.occupation, language),
                nearness: near.nearness,
                shared: needed(&catalogue, &near.shared, language),
                missing: needed(&catalogue, &near.missing, language),
            })
            .collect();
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &near)?;
        writeln!(out)?;
    } else {
        for near in &near {
            writeln!(
                out,
                "{}. {}  nearness {}",
                near.rank, near.occupation, near.nearness
            )?;
            print_needed("  shared", &near.shared, &mut out)?;
            print_needed("  missing", &near.missing, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

fn read_skills(catalogue: &Catalogue, arguments: &NearArguments) -> anyhow::Result<Vec<ConceptId>> {
    let path = &arguments.skills;
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = Lines::new(BufReader::new(file), LONGEST_LINE);
    let mut skills = Vec::new();
    while let Some((number, line)) = lines
        .next_line()
        .with_context(|| format!("cannot read {}", path.display()))?
    {
        let at = || format!("{}:{number}", path.display());
        match line {
            Line::NotUtf8 => bail!("{}: not UTF-8", at()),
            Line::TooLong => bail!("{}: longer than {LONGEST_LINE} bytes", at()),
            Line::Text(text) if text.trim().is_empty() => {}
            Line::Text(text) => {
                let skill =
                    lookup::find(catalogue, text.trim(), arguments.language, &[Family::Skill])
                        .with_context(at)?;
                if catalogue.kind(skill) != ConceptKind::Skill {
                    bail!(
                        "{}: {} is a {}, not a skill",
                        at(),
                        text,
                        catalogue.kind(skill)
                    );
                }
                skills.push(skill);
            }
        }
    }
    if skills.is_empty() {
        bail!("{}: no skills", path.display());
    }
    Ok(skills)
}
