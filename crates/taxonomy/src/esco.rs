//! Import of the official ESCO download in CSV form, layouts 1.1.x and 1.2.x.
//!
//! The download comes as one folder per language; several can stand side by side under one folder.
//! Files are found by name at most three folders deep, columns by their header, so both layouts
//! and partial downloads are read by the same code.
//! What is missing is reported; what is wrong stops the import with file and line, or is counted
//! where the rest is usable.
//!
//! Source of the layout: ESCO portal, *Structure of the ESCO downloadable datasets*.

mod files;
mod labels;
mod report;
mod rows;
mod table;

use std::path::{Path, PathBuf};

use crate::concept::ConceptKind;
use crate::source::{CatalogueSource, CompileError, Place};

pub use labels::LabelFile;
pub use report::{Finding, ImportReport};

use files::Role;
use table::Table;

/// Notice that the European Commission asks to show (Commission Decision 2011/833/EU).
pub const ESCO_NOTICE: &str =
    "This service uses the ESCO classification of the European Commission.";

/// What to import.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// Folders to look in.
    pub folders: Vec<PathBuf>,
    /// Extra label files.
    pub labels: Vec<LabelFile>,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A folder or file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Nothing in the folder is named as in the ESCO download.
    #[error("{}: no ESCO files found (looked for occupations_LANG.csv and skills_LANG.csv, three folders deep)", path.display())]
    NothingFound {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be understood.
    #[error("{}:{line}: {what}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
}

/// Reads an ESCO download and extra labels into a source.
///
/// # Errors
/// Fails when a folder holds no ESCO file, a file cannot be read or is not as documented.
pub fn import(
    request: &ImportRequest,
    mut progress: impl FnMut(&Path),
) -> Result<(CatalogueSource, ImportReport), ImportError> {
    let mut source = CatalogueSource::default();
    let mut report = ImportReport::default();
    let mut found = Vec::new();
    for folder in &request.folders {
        found.extend(files::find(folder)?);
    }
    report.note_missing(&found);
    // Concepts before labels and relations, so that the order of the files does not matter.
    found.sort_by_key(|file| (file.role.step(), file.language, file.path.clone()));
    let mut seen: Vec<Role> = Vec::new();
    for file in found {
        // The download repeats the relations in every language; once is enough.
        if file.role.is_relation() && seen.contains(&file.role) {
            continue;
        }
        seen.push(file.role);
        progress(&file.path);
        let number = report.add_file(&file.path);
        let table = Table::open(&file.path, file.role.columns())?;
        rows::read(
            file.role,
            file.language,
            table,
            number,
            &mut source,
            &mut report,
        )?;
    }
    for file in &request.labels {
        progress(&file.path);
        let number = report.add_file(&file.path);
        labels::read(file, number, &mut source, &mut report)?;
    }
    if !request.folders.is_empty() {
        source.add_notice(ESCO_NOTICE);
    }
    report.count(&source);
    Ok((source, report))
}

/// Says where a fault that was only found in the whole catalogue stands.
#[must_use]
pub fn locate(error: CompileError, report: &ImportReport) -> ImportError {
    let at = match &error {
        CompileError::CyclicHierarchy { at, .. } => *at,
        CompileError::TooManyConcepts { .. } => Place::default(),
    };
    ImportError::File {
        path: report.file(at.file).to_path_buf(),
        line: u64::from(at.line),
        what: error.to_string(),
    }
}

/// Kind of concept by the first column of the ESCO files.
fn kind_of(concept_type: &str) -> Option<ConceptKind> {
    match concept_type {
        "Occupation" => Some(ConceptKind::Occupation),
        "KnowledgeSkillCompetence" => Some(ConceptKind::Skill),
        "ISCOGroup" => Some(ConceptKind::OccupationGroup),
        "SkillGroup" => Some(ConceptKind::SkillGroup),
        _ => None,
    }
}
