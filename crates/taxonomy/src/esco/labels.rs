//! Extra labels: `uri<TAB>label` per line, or another ESCO concept file.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use domain::language::Language;

use super::ImportError;
use super::report::ImportReport;
use super::table::Table;
use crate::concept::{LabelRole, TranslationStatus};
use crate::source::{CatalogueSource, SourceLabel};

/// Longest label in bytes; anything longer is no name of a concept.
const LONGEST_LABEL: usize = 2000;

/// A file with labels in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelFile {
    /// Language of the labels.
    pub language: Language,
    /// The file: tab-separated, or ESCO's CSV when the name ends in `.csv`.
    pub path: PathBuf,
}

/// Reads a label file into the source.
///
/// The first label of a concept in a language becomes its preferred one.
/// Labels of concepts that no file defines are counted and left out.
pub(crate) fn read(
    file: &LabelFile,
    number: u16,
    source: &mut CatalogueSource,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    if file.path.extension().is_some_and(|ending| ending == "csv") {
        return read_csv(file, number, source, report);
    }
    let cannot = |source| ImportError::Read {
        path: file.path.clone(),
        source,
    };
    let fault = |line: u64, what: &str| ImportError::File {
        path: file.path.clone(),
        line,
        what: what.to_owned(),
    };
    let mut reader = BufReader::new(File::open(&file.path).map_err(cannot)?);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(cannot)? == 0 {
            break;
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| fault(line, "not UTF-8"))?;
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            report.leave_out(number, line, "empty lines left out");
            continue;
        }
        let Some((uri, label)) = text.split_once('\t') else {
            return Err(fault(line, "expected uri<TAB>label"));
        };
        add(
            file.language,
            (number, line),
            uri.trim(),
            label.trim(),
            source,
            report,
        );
    }
    Ok(())
}

fn read_csv(
    file: &LabelFile,
    number: u16,
    source: &mut CatalogueSource,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    let mut table = Table::open(&file.path, &["conceptUri", "preferredLabel"])?;
    let [uri, preferred, alternative] =
        ["conceptUri", "preferredLabel", "altLabels"].map(|name| table.column(name));
    while let Some(row) = table.next_row()? {
        for column in [preferred, alternative] {
            for text in row
                .get(column)
                .split('\n')
                .map(str::trim)
                .filter(|t| !t.is_empty())
            {
                add(
                    file.language,
                    (number, row.line),
                    row.get(uri),
                    text,
                    source,
                    report,
                );
            }
        }
    }
    Ok(())
}

fn add(
    language: Language,
    (file, line): (u16, u64),
    uri: &str,
    text: &str,
    source: &mut CatalogueSource,
    report: &mut ImportReport,
) {
    if text.is_empty() || text.len() > LONGEST_LABEL {
        report.leave_out(file, line, "empty or endless labels left out");
        return;
    }
    let role = if source.has_label(uri, language) {
        LabelRole::Alternative
    } else {
        LabelRole::Preferred
    };
    let label = SourceLabel {
        language,
        role,
        status: TranslationStatus::Official,
        text: text.to_owned(),
    };
    if source.add_label(uri, label).is_err() {
        report.leave_out(
            file,
            line,
            "labels of concepts that no file defines left out",
        );
    }
}
