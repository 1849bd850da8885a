//! The files of a release: one JSON with everything, one CSV of figures, one CSV of reasons, the
//! definitions, and a text to read first.

use std::io::Write;

use super::{COLUMNS, PublishedTable, Release};
use crate::indicator::Registry;
use crate::programme::Fictional;

/// Names of the files.
pub mod names {
    /// Everything, for machines and for the check.
    pub const RELEASE: &str = "release.json";
    /// Figures, one count per line.
    pub const FIGURES: &str = "figures.csv";
    /// Folder of what is for the privacy officer only.
    pub const INTERNAL: &str = "internal";
    /// Hidden cells and withheld tables with their reason; in the internal folder.
    pub const REASONS: &str = "reasons.csv";
    /// Definitions of the indicators.
    pub const DEFINITIONS: &str = "definitions.json";
    /// What to read first.
    pub const README: &str = "README.md";
    /// The ledger up to and including this release.
    pub const LEDGER: &str = "ledger.json";
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A table.
    #[error("cannot write the table")]
    Table(#[from] csv::Error),
    /// JSON.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
    /// The bytes.
    #[error("cannot write the bytes")]
    Bytes(#[from] std::io::Error),
}

fn group(table: &PublishedTable, row: usize) -> &str {
    table.groups.get(row).map_or("total", String::as_str)
}

fn months(table: &PublishedTable) -> String {
    table
        .subject
        .months
        .map_or(String::new(), |months| months.to_string())
}

fn by(table: &PublishedTable) -> &'static str {
    table.by.map_or("everybody", |by| by.code())
}

/// Writes the figures.
///
/// # Errors
/// [`FileError`].
pub fn write_figures(release: &Release, to: impl Write) -> Result<(), FileError> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record([
        "indicator",
        "version",
        "measure",
        "on",
        "months",
        "by",
        "group",
        "numerator",
        "rest",
        "denominator",
        "percent",
        "percent_low",
        "percent_high",
        "evidence",
    ])?;
    for table in &release.tables {
        for (row, cells) in table.cells.iter().enumerate() {
            let count = |column: usize| {
                cells[column].map_or_else(|| "x".to_owned(), |count| count.to_string())
            };
            let percent =
                |value: Option<u8>| value.map_or(String::new(), |value| value.to_string());
            let interval = table.interval.get(row).copied().flatten();
            writer.write_record([
                table.subject.indicator.clone(),
                table.subject.version.to_string(),
                table.subject.measure.clone(),
                release.on.to_string(),
                months(table),
                by(table).to_owned(),
                group(table, row).to_owned(),
                count(0),
                count(1),
                count(2),
                percent(table.percent.get(row).copied().flatten()),
                percent(interval.map(|ends| ends[0])),
                percent(interval.map(|ends| ends[1])),
                table.evidence.code().to_owned(),
            ])?;
        }
    }
    Ok(writer.flush()?)
}

/// Writes why cells are hidden and tables withheld. Not for publication, see
/// [`Release::public`].
///
/// # Errors
/// [`FileError`].
pub fn write_reasons(release: &Release, to: impl Write) -> Result<(), FileError> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record([
        "indicator",
        "measure",
        "months",
        "by",
        "group",
        "column",
        "reason",
        "explanation",
    ])?;
    for table in &release.tables {
        for cell in &table.hidden {
            let reason = serde_json::to_value(cell.because)?;
            writer.write_record([
                table.subject.indicator.as_str(),
                &table.subject.measure,
                &months(table),
                by(table),
                group(table, cell.row),
                COLUMNS.get(cell.column).copied().unwrap_or_default(),
                reason.as_str().unwrap_or_default(),
                cell.because.in_dutch(),
            ])?;
        }
    }
    for table in &release.withheld {
        let months = table
            .subject
            .months
            .map_or(String::new(), |months| months.to_string());
        writer.write_record([
            table.subject.indicator.as_str(),
            &table.subject.measure,
            &months,
            table.by.map_or("everybody", |by| by.code()),
            "",
            "",
            "table_withheld",
            &table.because,
        ])?;
    }
    Ok(writer.flush()?)
}

/// The definitions behind a release.
///
/// # Errors
/// [`FileError::Json`].
pub fn definitions(registry: &Registry) -> Result<String, FileError> {
    Ok(serde_json::to_string_pretty(registry.indicators())?)
}

/// What to read first, in Dutch.
#[must_use]
pub fn readme(release: &Release) -> String {
    let hidden: usize = release.tables.iter().map(|table| table.hidden.len()).sum();
    let invented = match release.fictional {
        Fictional::Yes => "**VERZONNEN GEGEVENS: dit zijn geen cijfers over echte mensen.**\n\n",
        Fictional::No => "",
    };
    format!(
        "# Monitor, uitgave {}\n\n{invented}\
         Peilmaand {}, uitgegeven op {}, beleid {:?}.\n\n\
         - {} tabellen, {} verborgen cellen, {} tabellen niet uitgegeven.\n\
         - Aantallen van 1 tot en met {} worden niet getoond; een `x` is een verborgen getal.\n\
         - Een kenmerk dat {:.0} % of meer van een groep deelt, wordt niet getoond.\n\
         - `figures.csv` heeft de cijfers, \
         `definitions.json` de definities met teller, noemer, bron en wat een cijfer wel en niet zegt, \
         `release.json` alles samen.\n\
         - De map `internal` heeft de reden van elk verborgen getal. Zij is alleen voor de \
         functionaris gegevensbescherming: wie de reden kent, weet hoe klein een getal is.\n\
         - Percentages zijn hele procenten met een 95 %-interval naar buiten afgerond.\n\n\
         Controleren: `werkbrug monitor check-release MAP`.\n\
         Een percentage narekenen: `werkbrug statistics compare`.\n",
        release.name,
        release.on,
        release.released_on,
        release.policy.name,
        release.tables.len(),
        hidden,
        release.withheld.len(),
        release.policy.minimum_count - 1,
        release.policy.group_limit * 100.0,
    )
}
