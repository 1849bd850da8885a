//! `werkbrug catalogue info`.

use std::io::Write;

use clap::Args;
use serde::Serialize;
use taxonomy::Catalogue;
use taxonomy::concept::{ConceptKind, TranslationStatus};

use super::lookup::CatalogueFile;
use crate::output;

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct InfoArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What a catalogue holds.
#[derive(Debug, Serialize)]
struct Info {
    catalogue: String,
    concepts: Vec<(ConceptKind, usize)>,
    needs: usize,
    broader: usize,
    related: usize,
    languages: Vec<LanguageInfo>,
    notices: Vec<String>,
}

#[derive(Debug, Serialize)]
struct LanguageInfo {
    language: &'static str,
    own_name: &'static str,
    labels: usize,
    draft: usize,
    reviewed: usize,
    official: usize,
}

/// Runs the command.
pub(crate) fn run(arguments: &InfoArguments) -> anyhow::Result<()> {
    let catalogue = arguments.catalogue.open()?;
    let info = collect(&catalogue, arguments.catalogue.name());
    let mut out = output::standard_output();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &info)?;
        writeln!(out)?;
    } else {
        print(&info, &mut out)?;
    }
    Ok(out.flush()?)
}

fn collect(catalogue: &Catalogue, name: String) -> Info {
    let (needs, broader, related) = catalogue.n_relations();
    let languages = catalogue
        .languages()
        .map(|language| {
            let mut counts = [0usize; TranslationStatus::ALL.len()];
            for kind in ConceptKind::ALL {
                for concept in catalogue.of_kind(*kind) {
                    for label in catalogue.labels(concept, language) {
                        counts[usize::from(label.status.number())] += 1;
                    }
                }
            }
            let [draft, reviewed, official] = counts;
            LanguageInfo {
                language: language.code(),
                own_name: language.own_name(),
                labels: catalogue.n_labels(language),
                draft,
                reviewed,
                official,
            }
        })
        .collect();
    Info {
        catalogue: name,
        concepts: ConceptKind::ALL
            .iter()
            .map(|&k| (k, catalogue.of_kind(k).len()))
            .collect(),
        needs,
        broader,
        related,
        languages,
        notices: catalogue.notices().map(str::to_owned).collect(),
    }
}

fn print(info: &Info, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}", info.catalogue)?;
    for (kind, n) in &info.concepts {
        writeln!(out, "  {:<24}{n:>8}", kind.code())?;
    }
    writeln!(out, "  {:<24}{:>8}", "occupation needs skill", info.needs)?;
    writeln!(out, "  {:<24}{:>8}", "broader", info.broader)?;
    writeln!(out, "  {:<24}{:>8}", "related skills", info.related)?;
    writeln!(out, "language  labels   draft  reviewed  official")?;
    for l in &info.languages {
        writeln!(
            out,
            "  {}     {:>8}{:>8}{:>10}{:>10}  {}",
            l.language, l.labels, l.draft, l.reviewed, l.official, l.own_name
        )?;
    }
    for notice in &info.notices {
        writeln!(out, "{notice}")?;
    }
    Ok(())
}
