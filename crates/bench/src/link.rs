//! Linking on query sets in the layout of the MELO benchmark.
//!
//! A set is a folder with `queries.tsv` (id, text), `corpus_elements.tsv` (element, label),
//! `concept_mapping.tsv` (element, URI) and `annotations.tsv` (query, 0, element, 1).
//! Measured at the level of concepts: a concept scores its best label; the figure is the mean
//! reciprocal rank of the first relevant concept.
//!
//! Source of the method: F. Retyk et al., *MELO: An Evaluation Benchmark for Multilingual Entity
//! Linking of Occupations*, 2024.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::language::Language;
use serde_json::json;
use taxonomy::concept::{ConceptKind, LabelRole, TranslationStatus};
use taxonomy::source::{CatalogueSource, ConceptFacts, SourceLabel};
use taxonomy::{Catalogue, Family};

use crate::clock::Clock;

/// Concepts asked for per query; a relevant one further down counts as not found.
const TOP: usize = 1000;

/// Arguments of the measurement.
#[derive(Debug, Args)]
pub(crate) struct LinkArguments {
    /// Folder with the query sets.
    #[arg(long, value_name = "DIR", default_value = "../shared/data/linking")]
    data: PathBuf,
    /// Only this set.
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
}

/// Runs the measurement on every set in the folder.
pub(crate) fn run(arguments: &LinkArguments) -> anyhow::Result<()> {
    let mut folders: Vec<PathBuf> = fs::read_dir(&arguments.data)
        .with_context(|| format!("cannot read {}", arguments.data.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    for folder in folders {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned();
        if arguments.set.as_ref().is_none_or(|set| *set == name) && folder.is_dir() {
            measure(&folder, &name)?;
        }
    }
    Ok(())
}

fn measure(folder: &Path, name: &str) -> anyhow::Result<()> {
    // The name of a set ends in the language of its labels, as in uwv_titles_nl.
    let language: Language = name.rsplit('_').next().unwrap_or_default().parse()?;
    let family = if name.contains("skills") {
        Family::Skill
    } else {
        Family::Occupation
    };
    let uri_of: HashMap<String, String> = rows(folder, "concept_mapping.tsv")?
        .into_iter()
        .map(|[a, b]| (a, b))
        .collect();
    let clock = Clock::start()?;
    let catalogue = corpus(folder, language, &uri_of)?;
    let build_cpu_s = clock.cpu()?;
    let mut relevant: HashMap<String, HashSet<&str>> = HashMap::new();
    for [query, rest] in rows(folder, "annotations.tsv")? {
        let element = rest
            .split('\t')
            .nth(1)
            .context("an annotation is too short")?;
        if let Some(uri) = uri_of.get(element) {
            relevant.entry(query).or_default().insert(uri);
        }
    }
    let queries = rows(folder, "queries.tsv")?;
    let clock = Clock::start()?;
    let (mut reciprocal, mut first, mut ten) = (0.0, 0, 0);
    for [id, text] in &queries {
        let found = catalogue.link(text, family, language, TOP);
        let Some(relevant) = relevant.get(id) else {
            continue;
        };
        let rank = found
            .iter()
            .position(|link| relevant.contains(catalogue.uri(link.concept)));
        if let Some(rank) = rank {
            reciprocal += 1.0 / (rank + 1) as f64;
            first += usize::from(rank == 0);
            ten += usize::from(rank < 10);
        }
    }
    let quality_cpu_s = clock.cpu()?;
    let n = queries.len() as f64;
    let clock = Clock::start()?;
    let mut linked = 0usize;
    for [_, text] in &queries {
        linked += catalogue.link(text, family, language, 10).len();
    }
    let speed = n / clock.cpu()?.max(0.01);
    println!(
        "{}",
        json!({
            "bench": "link", "set": name, "queries": queries.len(),
            "labels": catalogue.n_labels(language), "mrr": reciprocal / n,
            "first": first as f64 / n, "in_ten": ten as f64 / n,
            "titles_per_cpu_s": speed, "linked": linked,
            "build_cpu_s": build_cpu_s, "quality_cpu_s": quality_cpu_s,
        })
    );
    Ok(())
}

/// The labels of the set as a catalogue of their own.
fn corpus(
    folder: &Path,
    language: Language,
    uri_of: &HashMap<String, String>,
) -> anyhow::Result<Catalogue> {
    let mut source = CatalogueSource::default();
    for [element, label] in rows(folder, "corpus_elements.tsv")? {
        let uri = uri_of
            .get(&element)
            .with_context(|| format!("{element} has no URI"))?;
        if source.facts(uri).is_none() {
            let kind = match uri {
                uri if uri.contains("/isco/") => ConceptKind::OccupationGroup,
                uri if uri.contains("/skill/") => ConceptKind::Skill,
                _ => ConceptKind::Occupation,
            };
            source.add_concept(uri, ConceptFacts::of_kind(kind))?;
        }
        let role = if source.has_label(uri, language) {
            LabelRole::Alternative
        } else {
            LabelRole::Preferred
        };
        source.add_label(
            uri,
            SourceLabel {
                language,
                role,
                status: TranslationStatus::Official,
                text: label,
            },
        )?;
    }
    Ok(source.compile()?)
}

/// Rows of a tab-separated file as first cell and rest.
fn rows(folder: &Path, file: &str) -> anyhow::Result<Vec<[String; 2]>> {
    let path = folder.join(file);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (first, rest) = line
                .split_once('\t')
                .with_context(|| format!("{}: no tab", path.display()))?;
            Ok([first.to_owned(), rest.to_owned()])
        })
        .collect()
}
