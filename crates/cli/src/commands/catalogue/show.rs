//! `werkbrug catalogue show`.

use std::io::Write;

use clap::Args;
use domain::language::Language;
use serde::Serialize;
use taxonomy::concept::{ConceptKind, Relation, Verification};
use taxonomy::{Catalogue, ConceptId, Family, Label};

use super::lookup::{self, CatalogueFile, NamedConcept};
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// URI of a concept, or a text that names one.
    #[arg(value_name = "URI|TEXT")]
    concept: String,
    /// Language to show it in, and of the text.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// A concept with everything around it, by name.
#[derive(Debug, Serialize)]
struct Shown {
    uri: String,
    kind: ConceptKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    isco: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nlqf: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regulated: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    authority: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<Verification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telling: Option<u16>,
    labels: Vec<ShownLabel>,
    sectors: Vec<NamedConcept>,
    broader: Vec<NamedConcept>,
    narrower: Vec<NamedConcept>,
    essential: Vec<NamedConcept>,
    optional: Vec<NamedConcept>,
    occupations: Vec<NamedConcept>,
    related: Vec<NamedConcept>,
}

#[derive(Debug, Serialize)]
struct ShownLabel {
    language: &'static str,
    role: &'static str,
    status: &'static str,
    text: String,
}

impl From<Label<'_>> for ShownLabel {
    fn from(label: Label<'_>) -> ShownLabel {
        ShownLabel {
            language: label.language.code(),
            role: label.role.code(),
            status: label.status.code(),
            text: label.text.to_owned(),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &ShowArguments) -> anyhow::Result<()> {
    let catalogue = arguments.catalogue.open()?;
    let families = [Family::Occupation, Family::Skill];
    let concept = lookup::find(
        &catalogue,
        &arguments.concept,
        arguments.language,
        &families,
    )?;
    let shown = collect(&catalogue, concept, arguments.language);
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &shown)?;
        writeln!(out)?;
    } else {
        print(&shown, arguments.language, &mut out)?;
    }
    Ok(out.flush()?)
}

fn collect(catalogue: &Catalogue, concept: ConceptId, language: Language) -> Shown {
    let kind = catalogue.kind(concept);
    let list = |concepts: &mut dyn Iterator<Item = ConceptId>| {
        concepts
            .map(|other| lookup::named(catalogue, other, language))
            .collect::<Vec<_>>()
    };
    let needs = |wanted: Relation| {
        list(
            &mut catalogue
                .skills_of(concept)
                .filter(|(_, r)| *r == wanted)
                .map(|(s, _)| s),
        )
    };
    let is_occupation = kind == ConceptKind::Occupation;
    let is_skill = kind == ConceptKind::Skill;
    Shown {
        uri: catalogue.uri(concept).to_owned(),
        kind,
        isco: catalogue.isco(concept).map(|code| code.to_string()),
        nlqf: catalogue.nlqf(concept).map(domain::level::Nlqf::number),
        regulated: is_occupation.then(|| catalogue.regulation(concept).code()),
        authority: catalogue.authority(concept).to_owned(),
        checked: is_occupation.then(|| catalogue.verification(concept)),
        skill_kind: is_skill.then(|| catalogue.skill_kind(concept).code()),
        telling: is_skill.then(|| catalogue.telling(concept)),
        labels: catalogue
            .languages()
            .flat_map(|language| catalogue.labels(concept, language))
            .map(ShownLabel::from)
            .collect(),
        sectors: list(&mut catalogue.sectors(concept)),
        broader: list(&mut catalogue.broader(concept)),
        narrower: list(&mut catalogue.narrower(concept)),
        essential: needs(Relation::Essential),
        optional: needs(Relation::Optional),
        occupations: list(&mut catalogue.occupations_with(concept).map(|(o, _)| o)),
        related: list(&mut catalogue.related(concept).map(|(s, _)| s)),
    }
}

fn print(shown: &Shown, language: Language, out: &mut impl Write) -> anyhow::Result<()> {
    let preferred = shown
        .labels
        .iter()
        .filter(|label| label.role == "preferred");
    let title = preferred
        .clone()
        .find(|label| label.language == language.code())
        .or_else(|| preferred.clone().next());
    writeln!(
        out,
        "{}",
        title.map_or(shown.uri.as_str(), |label| &label.text)
    )?;
    writeln!(out, "  uri         {}", shown.uri)?;
    writeln!(
        out,
        "  kind        {}",
        shown.skill_kind.unwrap_or(shown.kind.code())
    )?;
    if let Some(isco) = &shown.isco {
        writeln!(out, "  ISCO-08     {isco}")?;
    }
    if let Some(level) = shown.nlqf {
        writeln!(out, "  NLQF        {level}")?;
    }
    if let Some(regulated) = shown.regulated {
        let unverified = shown.checked == Some(Verification::Unverified);
        let advice = if unverified {
            "(unverified: check at the source)"
        } else {
            ""
        };
        let words = [regulated, &shown.authority, advice];
        writeln!(out, "  regulated   {}", words.join(" ").trim_end())?;
    }
    for label in &shown.labels {
        let also = if label.role == "preferred" {
            ""
        } else {
            "  also "
        };
        writeln!(
            out,
            "  {:<3}{also}{} ({})",
            label.language, label.text, label.status
        )?;
    }
    print_lists(shown, out)
}

fn print_lists(shown: &Shown, out: &mut impl Write) -> anyhow::Result<()> {
    let lists = [
        ("sectors", &shown.sectors),
        ("broader", &shown.broader),
        ("narrower", &shown.narrower),
        ("essential", &shown.essential),
        ("optional", &shown.optional),
        ("occupations", &shown.occupations),
        ("related", &shown.related),
    ];
    for (heading, concepts) in lists {
        if !concepts.is_empty() {
            writeln!(out, "{heading}")?;
            for concept in concepts {
                writeln!(out, "  {concept}")?;
            }
        }
    }
    Ok(())
}
