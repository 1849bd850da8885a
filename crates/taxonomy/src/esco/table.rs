//! A CSV file read by column name, row by row, with line numbers in its errors.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

use super::ImportError;

/// An open file with a header.
#[derive(Debug)]
pub(crate) struct Table {
    path: PathBuf,
    reader: Reader<File>,
    header: StringRecord,
    record: StringRecord,
}

/// Number of a column, from the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(Option<usize>);

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    record: &'a StringRecord,
    /// Line on which the row starts, counted from 1.
    pub(crate) line: u64,
}

impl Row<'_> {
    /// The trimmed text of a column; empty when the file does not have the column.
    pub(crate) fn get(&self, column: Column) -> &str {
        column
            .0
            .and_then(|number| self.record.get(number))
            .unwrap_or("")
            .trim()
    }
}

impl Table {
    /// Opens a file and checks that it has the columns it must have.
    pub(crate) fn open(path: &Path, columns: &[&str]) -> Result<Table, ImportError> {
        let file = File::open(path).map_err(|source| ImportError::Read {
            path: path.to_path_buf(),
            source,
        })?;
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(1 << 18)
            .from_reader(file);
        let mut header = reader
            .headers()
            .map_err(|error| fault(path, error))?
            .clone();
        if let Some(first) = header.get(0).and_then(|text| text.strip_prefix('\u{feff}')) {
            // A byte order mark belongs to the file, not to the name of the first column.
            let names: Vec<String> = std::iter::once(first.to_owned())
                .chain(header.iter().skip(1).map(str::to_owned))
                .collect();
            header = StringRecord::from(names);
        }
        let table = Table {
            path: path.to_path_buf(),
            reader,
            header,
            record: StringRecord::new(),
        };
        for &name in columns {
            if table.column(name).0.is_none() {
                return Err(table.fault(1, format!("column {name:?} is missing")));
            }
        }
        Ok(table)
    }

    /// The column with a name; a column that the file does not have reads as empty.
    pub(crate) fn column(&self, name: &str) -> Column {
        Column(self.header.iter().position(|other| other.trim() == name))
    }

    /// The next row.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row<'_>>, ImportError> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {
                let line = self.record.position().map_or(0, csv::Position::line);
                Ok(Some(Row {
                    record: &self.record,
                    line,
                }))
            }
            Ok(false) => Ok(None),
            Err(error) => Err(fault(&self.path, error)),
        }
    }

    /// An error that points at a line of this file.
    pub(crate) fn fault(&self, line: u64, what: String) -> ImportError {
        ImportError::File {
            path: self.path.clone(),
            line,
            what,
        }
    }
}

/// Turns an error of the CSV reader into one with file and line.
fn fault(path: &Path, error: csv::Error) -> ImportError {
    let line = error.position().map_or(1, csv::Position::line);
    let what = match error.into_kind() {
        ErrorKind::Io(source) => {
            return ImportError::Read {
                path: path.to_path_buf(),
                source,
            };
        }
        ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("{len} columns where the header has {expected_len}")
        }
        other => format!("{other:?}"),
    };
    ImportError::File {
        path: path.to_path_buf(),
        line,
        what,
    }
}
