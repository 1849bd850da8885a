//! `cargo xtask tidy`: the repository's own rules as checks.
//!
//! Every rule says where it is broken; all rules run before the command fails.

mod dependencies;
mod layers;
mod sources;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::process;

/// A rule that is broken, with the place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    place: String,
    what: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Fault {
        Fault {
            place: place.into(),
            what: what.into(),
        }
    }
}

/// Runs all rules.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let metadata = metadata(root)?;
    let architecture = std::fs::read_to_string(root.join("ARCHITECTURE.md"))
        .context("cannot read ARCHITECTURE.md")?;
    let mut faults = layers::check(&architecture, &metadata)?;
    faults.extend(dependencies::check(&metadata)?);
    faults.extend(sources::check(root, &tracked_files(root)?)?);
    faults.sort();
    for fault in &faults {
        eprintln!("{}: {}", fault.place, fault.what);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        bail!("{} rules broken", faults.len())
    }
}

fn metadata(root: &Path) -> anyhow::Result<serde_json::Value> {
    let text = process::output(
        root,
        "cargo",
        &["metadata", "--format-version", "1", "--locked"],
    )?;
    serde_json::from_str(&text).context("cargo metadata printed no JSON")
}

/// Files that git knows or would add.
fn tracked_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = process::output(
        root,
        "git",
        &[
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ],
    )?;
    Ok(listed
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| root.join(path).is_file())
        .collect())
}
