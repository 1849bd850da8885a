//! Municipalities and the labour-market regions they belong to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::{DataFault, Reading};
use crate::day::Day;

/// A municipality in a labour-market region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// CBS code, `GM` and four digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// CBS code of the labour-market region, `AM` and two digits.
    pub region: String,
    /// First day of this row.
    pub valid_from: Day,
    /// Last day of this row, if it ends.
    pub valid_to: Option<Day>,
}

/// A labour-market region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// CBS code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// All municipalities and regions of a set.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    municipalities: BTreeMap<String, Vec<Municipality>>,
    regions: BTreeMap<String, Region>,
}

impl Regions {
    /// Reads the file of regions (`code,name`).
    pub fn read_regions(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        for (line, row) in rows::<Region>(reading) {
            match row {
                Ok(region) if code_fits(&region.code, "AM", 2) => {
                    self.regions.insert(region.code.clone(), region);
                }
                Ok(region) => {
                    faults.push(at(
                        reading,
                        line,
                        format!("{:?} is no region code", region.code),
                    ));
                }
                Err(error) => faults.push(at(reading, line, error.to_string())),
            }
        }
    }

    /// Reads the file of municipalities (`code,name,region,valid_from,valid_to`); regions must
    /// have been read.
    pub fn read_municipalities(&mut self, reading: Reading<'_>, faults: &mut Vec<DataFault>) {
        for (line, row) in rows::<Municipality>(reading) {
            let municipality = match row {
                Ok(municipality) => municipality,
                Err(error) => {
                    faults.push(at(reading, line, error.to_string()));
                    continue;
                }
            };
            if !code_fits(&municipality.code, "GM", 4) {
                let reason = format!("{:?} is no municipality code", municipality.code);
                faults.push(at(reading, line, reason));
            } else if !self.regions.contains_key(&municipality.region) {
                let reason = format!("there is no region {:?}", municipality.region);
                faults.push(at(reading, line, reason));
            } else {
                let rows = self.municipalities.entry(municipality.code.clone());
                rows.or_default().push(municipality);
            }
        }
    }

    /// The municipality with this code on a date.
    #[must_use]
    pub fn municipality(&self, code: &str, date: Day) -> Option<&Municipality> {
        let rows = self.municipalities.get(code)?;
        rows.iter()
            .find(|m| m.valid_from <= date && m.valid_to.is_none_or(|last| date <= last))
    }

    /// All municipalities on a date, in order of code.
    pub fn municipalities(&self, date: Day) -> impl Iterator<Item = &Municipality> {
        let rows = self.municipalities.values().flatten();
        rows.filter(move |m| m.valid_from <= date && m.valid_to.is_none_or(|last| date <= last))
    }

    /// The region with this code.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.get(code)
    }

    /// All regions in order of code.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.values()
    }

    /// Number of municipalities.
    #[must_use]
    pub fn count(&self) -> usize {
        self.municipalities.len()
    }
}

fn code_fits(code: &str, letters: &str, digits: usize) -> bool {
    code.strip_prefix(letters)
        .is_some_and(|rest| rest.len() == digits && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn rows<T: serde::de::DeserializeOwned>(
    reading: Reading<'_>,
) -> Vec<(usize, Result<T, csv::Error>)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(reading.text.as_bytes());
    let mut found = Vec::new();
    let headers = reader.headers().cloned().unwrap_or_default();
    for record in reader.records() {
        let line = record
            .as_ref()
            .ok()
            .and_then(csv::StringRecord::position)
            .map_or(0, csv::Position::line);
        let row = record.and_then(|record| record.deserialize(Some(&headers)));
        found.push((usize::try_from(line).unwrap_or(0), row));
    }
    found
}

fn at(reading: Reading<'_>, line: usize, reason: String) -> DataFault {
    DataFault {
        file: reading.file.to_owned(),
        line,
        reason,
    }
}
