//! Columns of a CSV or XLSX file with the line every value came from.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::tables;

/// Largest line accepted; a file without line ends is refused instead of filling memory.
const LONGEST_LINE: usize = 1 << 20;

/// A file with a header, of which some columns are read.
pub(super) struct Columns {
    path: PathBuf,
    /// Line of each record, counted from 1 with the header.
    lines: Vec<u64>,
    values: Vec<Vec<String>>,
    decimal_comma: bool,
}

impl Columns {
    /// Reads the named columns of a file (`-` is standard input). The separator is a comma,
    /// semicolon or tab, whichever the header has most of; with a semicolon or tab a decimal
    /// comma is understood.
    pub(super) fn read(path: &Path, names: &[&str]) -> anyhow::Result<Self> {
        let text = read_text(path)?;
        let header = text.lines().next().unwrap_or_default();
        let count = |separator: char| header.matches(separator).count();
        let separator = [',', ';', '\t'].into_iter().max_by_key(|separator| {
            // The comma wins a tie, so a file of one column has a separator too.
            (count(*separator), *separator == ',')
        });
        let separator = separator.unwrap_or(',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator as u8)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headers = reader.headers().with_context(|| at(path, 1))?.clone();
        let positions = names
            .iter()
            .map(|name| position(path, &headers, name))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let mut columns = Self {
            path: path.to_owned(),
            lines: Vec::new(),
            values: vec![Vec::new(); names.len()],
            decimal_comma: separator != ',',
        };
        let mut record = csv::StringRecord::new();
        while reader
            .read_record(&mut record)
            .map_err(|error| described(path, &error))?
        {
            columns
                .lines
                .push(record.position().map_or(0, csv::Position::line));
            for (column, position) in positions.iter().enumerate() {
                let value = record.get(*position).unwrap_or_default();
                columns.values[column].push(value.to_owned());
            }
        }
        if columns.lines.is_empty() {
            bail!("{}: there are no records below the header", path.display());
        }
        Ok(columns)
    }

    /// Texts of one column; empty values are refused.
    pub(super) fn texts(&self, column: usize, what: &str) -> anyhow::Result<Vec<String>> {
        for (record, value) in self.values[column].iter().enumerate() {
            if value.is_empty() {
                bail!("{}: {what} is empty", self.place(record));
            }
        }
        Ok(self.values[column].clone())
    }

    /// Numbers of one column that satisfy `valid`; `expected` says what is wrong otherwise.
    pub(super) fn numbers(
        &self,
        column: usize,
        what: &str,
        expected: &str,
        valid: impl Fn(f64) -> bool,
    ) -> anyhow::Result<Vec<f64>> {
        let parse = |(record, value): (usize, &String)| {
            let dotted;
            let text = if self.decimal_comma {
                dotted = value.replace(',', ".");
                &dotted
            } else {
                value
            };
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() && valid(number) => Ok(number),
                _ => bail!("{}: {what} {value:?} is not {expected}", self.place(record)),
            }
        };
        self.values[column].iter().enumerate().map(parse).collect()
    }

    /// Whole numbers, or nothing where the cell is empty.
    pub(super) fn whole_or_empty(
        &self,
        column: usize,
        what: &str,
    ) -> anyhow::Result<Vec<Option<i64>>> {
        let parse = |(record, value): (usize, &String)| {
            if value.is_empty() {
                return Ok(None);
            }
            let wrong = || {
                let place = self.place(record);
                anyhow::anyhow!("{place}: {what} {value:?} is not a whole number")
            };
            value.parse().map(Some).map_err(|_| wrong())
        };
        self.values[column].iter().enumerate().map(parse).collect()
    }

    /// Whether each value is 1; only 0 and 1 are allowed.
    pub(super) fn markers(&self, column: usize, what: &str) -> anyhow::Result<Vec<bool>> {
        let numbers = self.numbers(column, what, "0 or 1", |value| value == 0.0 || value == 1.0)?;
        Ok(numbers.into_iter().map(|value| value == 1.0).collect())
    }

    /// Whole numbers of at least 0.
    pub(super) fn counts(&self, column: usize, what: &str) -> anyhow::Result<Vec<u64>> {
        let whole = |value: f64| value >= 0.0 && value.fract() == 0.0 && value < 9e15;
        let numbers = self.numbers(column, what, "a whole number of at least 0", whole)?;
        // Checked above: whole, not negative and below 2^53.
        Ok(numbers.into_iter().map(|number| number as u64).collect())
    }

    /// Refuses a value that occurs twice in a column that identifies units.
    pub(super) fn refuse_duplicates(&self, column: usize, what: &str) -> anyhow::Result<()> {
        let mut first = std::collections::HashMap::new();
        for (record, value) in self.values[column].iter().enumerate() {
            if let Some(earlier) = first.insert(value, record) {
                bail!(
                    "{}: {what} {value:?} is also on line {}",
                    self.place(record),
                    self.lines[earlier]
                );
            }
        }
        Ok(())
    }

    /// File and line of a record.
    pub(super) fn place(&self, record: usize) -> String {
        at(&self.path, self.lines.get(record).copied().unwrap_or(0))
    }
}

fn at(path: &Path, line: u64) -> String {
    format!("{}, line {line}", path.display())
}

fn position(path: &Path, headers: &csv::StringRecord, name: &str) -> anyhow::Result<usize> {
    let mut found = headers
        .iter()
        .enumerate()
        .filter(|(_, header)| *header == name);
    match (found.next(), found.next()) {
        (Some((position, _)), None) => Ok(position),
        (Some(_), Some(_)) => bail!("{}: there are two columns {name:?}", at(path, 1)),
        (None, _) => {
            let known: Vec<&str> = headers.iter().collect();
            bail!(
                "{}: there is no column {name:?}; there are {}",
                at(path, 1),
                known.join(", ")
            )
        }
    }
}

fn described(path: &Path, error: &csv::Error) -> anyhow::Error {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => anyhow::anyhow!(
            "{}: there are {len} values instead of {expected_len}",
            at(path, line)
        ),
        _ => anyhow::anyhow!("{}: {error}", at(path, line)),
    }
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let mut table = tables::open(path)?;
    table
        .text
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", table.name))?;
    for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if text.len() > LONGEST_LINE {
            bail!(
                "{}: the line is longer than {LONGEST_LINE} bytes",
                at(path, line)
            );
        }
        if std::str::from_utf8(text).is_err() {
            bail!("{}: the line is not UTF-8", at(path, line));
        }
    }
    String::from_utf8(bytes).with_context(|| path.display().to_string())
}
