//! What an import read, left out and missed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::files::{Found, Role};
use crate::source::CatalogueSource;

/// A kind of thing that was left out, with how often and the first place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was left out and why.
    pub what: String,
    /// How often in this file.
    pub times: u64,
    /// The file.
    pub file: PathBuf,
    /// Line of the first one, counted from 1.
    pub line: u64,
}

/// What an import read, left out and missed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportReport {
    /// Files that were read, in that order.
    pub files: Vec<PathBuf>,
    /// Files that belong to the download and were not there; the catalogue lacks what they hold.
    pub missing: Vec<String>,
    /// What was left out.
    pub findings: Vec<Finding>,
    /// Concepts in the source after the import.
    pub concepts: usize,
    #[serde(skip)]
    positions: BTreeMap<(u16, &'static str), usize>,
}

impl ImportReport {
    /// Counts something that was left out.
    pub(crate) fn leave_out(&mut self, file: u16, line: u64, what: &'static str) {
        if let Some(&position) = self.positions.get(&(file, what)) {
            self.findings[position].times += 1;
            return;
        }
        self.positions.insert((file, what), self.findings.len());
        let file = self.file(file).to_path_buf();
        self.findings.push(Finding {
            what: what.to_owned(),
            times: 1,
            file,
            line,
        });
    }

    /// Adds a file to the list and gives its number.
    pub(crate) fn add_file(&mut self, path: &Path) -> u16 {
        self.files.push(path.to_path_buf());
        (self.files.len() - 1) as u16
    }

    /// A file by number; empty when there is none.
    pub(crate) fn file(&self, number: u16) -> &Path {
        self.files
            .get(usize::from(number))
            .map_or(Path::new(""), PathBuf::as_path)
    }

    /// Notes which files of the download are not there.
    pub(crate) fn note_missing(&mut self, found: &[Found]) {
        for (role, stem) in Role::ALL {
            if !found.iter().any(|file| file.role == role) {
                let language = if role.is_relation() { "" } else { "_LANG" };
                self.missing.push(format!("{stem}{language}.csv"));
            }
        }
        let mut languages: Vec<_> = found.iter().filter_map(|file| file.language).collect();
        languages.sort_unstable();
        languages.dedup();
        for language in languages {
            for role in [Role::Occupations, Role::Skills] {
                let here = |f: &Found| f.role == role && f.language == Some(language);
                let somewhere = |f: &Found| f.role == role;
                if found.iter().any(somewhere) && !found.iter().any(here) {
                    self.missing.push(format!("{}_{language}.csv", role.stem()));
                }
            }
        }
    }

    pub(crate) fn count(&mut self, source: &CatalogueSource) {
        self.concepts = source.len();
    }
}
