//! `werkbrug catalogue compare`.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use domain::language::Language;
use serde::Serialize;
use taxonomy::comparing::{self, NeededSkill};
use taxonomy::concept::{ConceptKind, Relation};
use taxonomy::{Catalogue, ConceptId, Family};

use super::lookup::{self, CatalogueFile, NamedConcept};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// The occupation to go from: URI or text.
    #[arg(value_name = "URI")]
    first: String,
    /// The occupation to go to: URI or text.
    #[arg(value_name = "URI")]
    second: String,
    /// Language to show names in, and of texts.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Compared {
    first: NamedConcept,
    second: NamedConcept,
    nearness: u16,
    shared: Vec<Shared>,
    only_first: Vec<Needed>,
    only_second: Vec<Needed>,
}

#[derive(Debug, Serialize)]
struct Shared {
    #[serde(flatten)]
    skill: NamedConcept,
    first: Relation,
    second: Relation,
    telling: u16,
}

/// A needed skill in machine output.
#[derive(Debug, Serialize)]
pub(super) struct Needed {
    #[serde(flatten)]
    skill: NamedConcept,
    #[serde(flatten)]
    needed: NeededSkill,
}

/// Names a list of needed skills.
pub(super) fn needed(
    catalogue: &Catalogue,
    skills: &[NeededSkill],
    language: Language,
) -> Vec<Needed> {
    skills
        .iter()
        .map(|&needed| Needed {
            skill: lookup::named(catalogue, needed.skill, language),
            needed,
        })
        .collect()
}

/// Prints a list of needed skills under a heading.
pub(super) fn print_needed(
    heading: &str,
    skills: &[Needed],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    writeln!(out, "{heading} ({})", skills.len())?;
    for skill in skills {
        writeln!(out, "  {:<10}{}", skill.needed.relation, skill.skill)?;
    }
    Ok(())
}

/// Runs the command.
pub(crate) fn run(arguments: &CompareArguments) -> anyhow::Result<()> {
    let catalogue = arguments.catalogue.open()?;
    let first = occupation(&catalogue, &arguments.first, arguments.language)?;
    let second = occupation(&catalogue, &arguments.second, arguments.language)?;
    let comparison = comparing::compare(&catalogue, first, second);
    let language = arguments.language;
    let compared = Compared {
        first: lookup::named(&catalogue, first, language),
        second: lookup::named(&catalogue, second, language),
        nearness: comparison.nearness,
        shared: comparison
            .shared
            .iter()
            .map(|s| Shared {
                skill: lookup::named(&catalogue, s.skill, language),
                first: s.first,
                second: s.second,
                telling: s.telling,
            })
            .collect(),
        only_first: needed(&catalogue, &comparison.only_first, language),
        only_second: needed(&catalogue, &comparison.only_second, language),
    };
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &compared)?;
        writeln!(out)?;
    } else {
        print(&compared, &mut out)?;
    }
    Ok(out.flush()?)
}

fn occupation(catalogue: &Catalogue, text: &str, language: Language) -> anyhow::Result<ConceptId> {
    let concept = lookup::find(catalogue, text, language, &[Family::Occupation])?;
    if catalogue.kind(concept) != ConceptKind::Occupation {
        bail!(
            "{text} is a {}, not an occupation; only occupations can be compared",
            catalogue.kind(concept)
        );
    }
    Ok(concept)
}

fn print(compared: &Compared, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}  →  {}", compared.first, compared.second)?;
    writeln!(out, "nearness {} of 1000", compared.nearness)?;
    writeln!(out, "shared ({})", compared.shared.len())?;
    for shared in &compared.shared {
        writeln!(
            out,
            "  {:<10}{:<10}{}",
            shared.first, shared.second, shared.skill
        )?;
    }
    print_needed("only the first", &compared.only_first, out)?;
    print_needed("missing for the second", &compared.only_second, out)
}
