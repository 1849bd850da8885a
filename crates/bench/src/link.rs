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
use taxonomy::esco::{self, ImportRequest, LabelFile};
use taxonomy::{Catalogue, Family};

use crate::clock::Clock;

/// Concepts asked for per query; a relevant one further down counts as not found.
const TOP: usize = 1000;

/// How often all queries are linked to measure speed.
const SPEED_ROUNDS: u32 = 3;

/// Arguments of the measurement.
#[derive(Debug, Args)]
pub(crate) struct LinkArguments {
    /// Folder with the ESCO files, `labels` and the query sets in `linking`.
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Only this set.
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
}

/// Runs the measurement on every set in the folder.
pub(crate) fn run(arguments: &LinkArguments) -> anyhow::Result<()> {
    let sets = arguments.data.join("linking");
    let mut folders: Vec<PathBuf> = fs::read_dir(&sets)
        .with_context(|| format!("cannot read {}", sets.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let catalogue = import(&arguments.data)?;
    for folder in folders {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned();
        if arguments.set.as_ref().is_none_or(|set| *set == name) && folder.is_dir() {
            measure(&catalogue, &folder, &name)?;
        }
    }
    Ok(())
}

/// ESCO in English, Dutch and Arabic with the labels of the sets in other languages beside it.
fn import(data: &Path) -> anyhow::Result<Catalogue> {
    let clock = Clock::start();
    let label = |language: &str, name: &str| -> anyhow::Result<LabelFile> {
        Ok(LabelFile {
            language: language.parse()?,
            path: data.join("labels").join(name),
        })
    };
    let request = ImportRequest {
        folders: ["esco-v1.1.1", "esco-nl", "esco-ar"]
            .map(|name| data.join(name))
            .to_vec(),
        labels: vec![
            label("nl", "occupations_nl.tsv")?,
            label("nl", "skills_nl_partial.tsv")?,
            label("de", "occupations_de.tsv")?,
            label("fr", "occupations_fr.tsv")?,
        ],
    };
    let catalogue = esco::import(&request, |_| ())?.0.compile()?;
    catalogue.build_indexes();
    println!(
        "{}",
        json!({"bench": "link import", "wall_s": clock.wall(), "cpu_s": clock.cpu()})
    );
    Ok(catalogue)
}

fn measure(catalogue: &Catalogue, folder: &Path, name: &str) -> anyhow::Result<()> {
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
    let mut linker = catalogue
        .linker(language)
        .context("no labels in the language of the set")?;
    let (mut reciprocal, mut first, mut ten) = (0.0, 0, 0);
    for [id, text] in &queries {
        let found = linker.link(text, family, TOP);
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
    let n = queries.len() as f64;
    let clock = Clock::start();
    let mut linked = 0usize;
    // Several rounds, because CPU time comes in steps of 0.01 s.
    for _ in 0..SPEED_ROUNDS {
        for [_, text] in &queries {
            linked += linker.link(text, family, 10).len();
        }
    }
    let speed = n * f64::from(SPEED_ROUNDS) / clock.cpu().max(0.01);
    println!(
        "{}",
        json!({
            "bench": "link", "set": name, "queries": queries.len(),
            "labels": catalogue.n_labels(language), "mrr": reciprocal / n,
            "first": first as f64 / n, "in_ten": ten as f64 / n,
            "titles_per_cpu_s": speed, "linked": linked,
        })
    );
    Ok(())
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
