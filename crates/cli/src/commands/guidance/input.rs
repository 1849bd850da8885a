//! What the commands share: the set in force, the language, and files in TOML or JSON.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use domain::language::Language;
use guidance::facts::{Fact, Facts};
use guidance::lever_link::LeverReport;
use guidance::{GuidanceSet, RuleStore};
use serde::de::DeserializeOwned;

/// Which data, which language, which form of output.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder with a guidance set that replaces the one in the program.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// Language of the texts.
    #[arg(long, default_value = "nl")]
    pub(crate) language: Language,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Common {
    /// The set in force: that of the folder, or the one in the program.
    pub(crate) fn set(&self) -> anyhow::Result<Arc<GuidanceSet>> {
        let store = match &self.data {
            None => RuleStore::embedded()?,
            Some(folder) => RuleStore::from_folder(folder)
                .with_context(|| format!("cannot use the data in {}", folder.display()))?,
        };
        Ok(store.current())
    }
}

/// Largest file that is read.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Reads a file in JSON (by its ending) or TOML.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let about = || format!("cannot read {}", path.display());
    let size = std::fs::metadata(path).with_context(about)?.len();
    if size > LARGEST {
        bail!("{} is larger than {LARGEST} bytes", path.display());
    }
    let text = std::fs::read_to_string(path).with_context(about)?;
    if path.extension().is_some_and(|ending| ending == "json") {
        serde_json::from_str(&text).with_context(about)
    } else {
        toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.bytes().take(start).filter(|byte| *byte == b'\n');
            let line = before.count() + 1;
            anyhow::anyhow!("{}:{line}: {}", path.display(), error.message())
        })
    }
}

/// Reads the lines of `werkbrug levers`, by candidate, group or vacancy.
pub(crate) fn levers(path: &Path) -> anyhow::Result<Vec<LeverReport>> {
    let about = || format!("cannot read {}", path.display());
    let size = std::fs::metadata(path).with_context(about)?.len();
    if size > LARGEST {
        bail!("{} is larger than {LARGEST} bytes", path.display());
    }
    let text = std::fs::read_to_string(path).with_context(about)?;
    let mut reports = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            let report = serde_json::from_str(line);
            let place = || format!("{}:{}", path.display(), index + 1);
            reports.push(report.with_context(place)?);
        }
    }
    Ok(reports)
}

/// The line about a candidate, group or vacancy.
pub(crate) fn levers_of<'a>(reports: &'a [LeverReport], name: &str) -> Option<&'a LeverReport> {
    let named = |of: &Option<String>| of.as_deref() == Some(name);
    reports.iter().find(|report| {
        [&report.candidate, &report.group, &report.vacancy]
            .into_iter()
            .any(named)
    })
}

/// Facts given as `name=value`.
pub(crate) fn facts(given: &[String]) -> anyhow::Result<Facts> {
    let mut facts = Facts::none();
    for pair in given {
        let (name, value) = pair
            .split_once('=')
            .with_context(|| format!("{pair:?} is no fact; expected name=value"))?;
        facts = facts.with(Fact::named(name)?, value)?;
    }
    Ok(facts)
}
