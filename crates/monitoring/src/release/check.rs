//! Checking a release from what is published alone, as a reader would attack it.
//!
//! - every hidden cell leaves at least two values, and with the officer's reasons at hand an
//!   uncertainty of at least the minimum count, from all tables of the same share and month
//!   together, in this release and in earlier ones ([`exposed_cells`]);
//! - a share after so many months only grows from one release to the next, so two releases must
//!   not differ by a few people;
//! - shown counts keep the policy, totals add up, percentages follow from the counts, and every
//!   hidden cell has a reason.

use std::collections::BTreeMap;

use serde::Serialize;
use statistics::disclosure::linked::{LinkedCell, LinkedError, Sum, audit};

use super::{COLUMNS, HiddenBecause, PublishedTable, Release, ReleaseLedger, Subject};
use crate::codes::Dimension;

/// Address of a count within one share and month: dimension and group, or everybody; column.
type Address = (Option<(Dimension, String)>, usize);

/// Something wrong with a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where.
    pub place: String,
    /// What.
    pub what: String,
}

/// What a check looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CheckReport {
    /// Tables.
    pub tables: usize,
    /// Published counts.
    pub published: usize,
    /// Hidden cells whose bounds were computed.
    pub hidden: usize,
    /// Earlier releases compared with.
    pub earlier: usize,
    /// Faults; empty if the release keeps its secrets.
    pub findings: Vec<Finding>,
}

/// A hidden cell that is less uncertain than required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// Where, in words.
    pub place: String,
    /// Smallest value.
    pub lowest: u64,
    /// Largest value.
    pub highest: u64,
}

/// The hidden cells of some tables of one share that can be worked out too closely, given the
/// other tables and earlier published ones.
///
/// # Errors
/// [`LinkedError`] if the tables contradict each other.
pub fn exposed_cells(
    tables: &[&PublishedTable],
    earlier: &[&PublishedTable],
    minimum_count: u64,
) -> Result<Vec<Exposed>, LinkedError> {
    audit_tables(tables, earlier, minimum_count).map(|(exposed, _)| exposed)
}

/// The cells of linked tables, each address once.
#[derive(Default)]
struct System {
    places: BTreeMap<Address, usize>,
    cells: Vec<LinkedCell>,
    names: Vec<String>,
    sums: Vec<Sum>,
}

impl System {
    fn cell(&mut self, address: Address, published: Option<u64>, required: u64) -> usize {
        let name = || match &address.0 {
            None => format!("everybody, {}", COLUMNS[address.1]),
            Some((by, code)) => format!("{} = {code}, {}", by.code(), COLUMNS[address.1]),
        };
        let index = *self.places.entry(address.clone()).or_insert_with(|| {
            self.cells.push(LinkedCell {
                published: None,
                required: 0,
            });
            self.names.push(name());
            self.cells.len() - 1
        });
        let cell = &mut self.cells[index];
        cell.published = cell.published.or(published);
        cell.required = cell.required.max(required);
        index
    }

    fn add(&mut self, table: &PublishedTable, minimum_count: u64) {
        let rows = table.groups.len();
        let withheld = table
            .hidden
            .iter()
            .any(|cell| cell.because == HiddenBecause::TotalsWithheld);
        let mut places = vec![[0; COLUMNS.len()]; rows + 1];
        for (row, cells) in table.cells.iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let group = match (table.by, table.groups.get(row)) {
                    (Some(by), Some(code)) => Some((by, code.clone())),
                    _ => None,
                };
                let because = table
                    .hidden
                    .iter()
                    .find(|cell| (cell.row, cell.column) == (row, column))
                    .map(|cell| cell.because);
                let required = match because {
                    None | Some(HiddenBecause::TotalsWithheld) => 0,
                    // A reader does not know which cells had to be hidden themselves; every one
                    // of them must at least leave two values.
                    Some(HiddenBecause::ProtectsAnother | HiddenBecause::Withheld) => 1,
                    // Without totals a hidden cell is known to lie from 1 to T − 1.
                    Some(_) if withheld => minimum_count - 2,
                    Some(_) => minimum_count,
                };
                places[row][column] = self.cell((group, column), *value, required);
            }
        }
        for row in &places {
            self.sums.push(Sum {
                total: row[2],
                parts: row[..2].to_vec(),
            });
        }
        if table.by.is_some() {
            for column in 0..COLUMNS.len() {
                let parts = places[..rows].iter().map(|row| row[column]).collect();
                self.sums.push(Sum {
                    total: places[rows][column],
                    parts,
                });
            }
        }
    }
}

fn audit_tables(
    tables: &[&PublishedTable],
    earlier: &[&PublishedTable],
    minimum_count: u64,
) -> Result<(Vec<Exposed>, usize), LinkedError> {
    let mut system = System::default();
    for table in tables.iter().chain(earlier) {
        system.add(table, minimum_count);
    }
    let mut exposed = Vec::new();
    // A cell hidden in one table and shown in another is no unknown; that it is shown is the
    // fault, unless it was only withheld with the totals of its table.
    for table in tables {
        for hidden in &table.hidden {
            let group = match (table.by, table.groups.get(hidden.row)) {
                (Some(by), Some(code)) => Some((by, code.clone())),
                _ => None,
            };
            let at = system.places.get(&(group, hidden.column)).copied();
            let shown = at.and_then(|at| system.cells[at].published.map(|value| (at, value)));
            if let Some((at, value)) = shown
                && !matches!(hidden.because, HiddenBecause::TotalsWithheld)
            {
                let place = system.names[at].clone();
                exposed.push(Exposed {
                    place,
                    lowest: value,
                    highest: value,
                });
            }
        }
    }
    let bounds = audit(&system.cells, &system.sums)?;
    exposed.extend(
        bounds
            .iter()
            .filter(|bound| bound.exposed)
            .map(|bound| Exposed {
                place: system.names[bound.cell].clone(),
                lowest: bound.lowest,
                highest: bound.highest.unwrap_or(u64::MAX),
            }),
    );
    Ok((exposed, bounds.len()))
}

/// Checks a release against itself and the earlier releases of a ledger; a release of the same
/// name in the ledger is the release itself.
#[must_use]
pub fn check(release: &Release, ledger: &ReleaseLedger) -> CheckReport {
    let before: Vec<&Release> = ledger
        .releases
        .iter()
        .take_while(|other| other.name != release.name)
        .collect();
    let mut report = CheckReport {
        tables: release.tables.len(),
        earlier: before.len(),
        ..CheckReport::default()
    };
    for table in &release.tables {
        report.published += table.cells.iter().flatten().flatten().count();
        for what in faults_of(table, release) {
            report.findings.push(Finding {
                place: place(table),
                what,
            });
        }
    }
    if !report.findings.is_empty() {
        // Bounds of tables that are wrong in themselves mean nothing.
        return report;
    }
    check_bounds(release, &before, &mut report);
    for table in &release.tables {
        for other in &before {
            report
                .findings
                .extend(grown_by_a_few(table, release, other));
        }
    }
    report
}

/// Bounds of all hidden cells, share by share.
fn check_bounds(release: &Release, before: &[&Release], report: &mut CheckReport) {
    let mut subjects: BTreeMap<&Subject, Vec<&PublishedTable>> = BTreeMap::new();
    for table in &release.tables {
        subjects.entry(&table.subject).or_default().push(table);
    }
    for (subject, tables) in subjects {
        let earlier: Vec<&PublishedTable> = before
            .iter()
            .filter(|other| other.on == release.on)
            .flat_map(|other| &other.tables)
            .filter(|table| table.subject == *subject)
            .collect();
        let of = |what: String| Finding {
            place: name(subject),
            what,
        };
        match audit_tables(&tables, &earlier, release.policy.minimum_count) {
            Err(error) => report.findings.push(of(error.to_string())),
            Ok((exposed, hidden)) => {
                report.hidden += hidden;
                for cell in exposed {
                    let Exposed {
                        place,
                        lowest,
                        highest,
                    } = cell;
                    report.findings.push(of(format!(
                        "{place} is hidden but must lie between {lowest} and {highest}"
                    )));
                }
            }
        }
    }
}

fn name(subject: &Subject) -> String {
    let months = subject
        .months
        .map_or(String::new(), |months| format!("/{months}"));
    format!("{}/{}{months}", subject.indicator, subject.measure)
}

fn place(table: &PublishedTable) -> String {
    let by = table.by.map_or("everybody", Dimension::code);
    format!("{} by {by}", name(&table.subject))
}

/// Faults that a table has in itself.
fn faults_of(table: &PublishedTable, release: &Release) -> Vec<String> {
    let mut faults = Vec::new();
    let rows = table.groups.len();
    if table.cells.len() != rows + 1
        || table.percent.len() != rows + 1
        || table.interval.len() != rows + 1
    {
        return vec!["rows and groups do not belong together".to_owned()];
    }
    for (row, cells) in table.cells.iter().enumerate() {
        for (column, value) in cells.iter().enumerate() {
            let reason = table
                .hidden
                .iter()
                .any(|cell| (cell.row, cell.column) == (row, column));
            let at = format!("row {row}, {}", COLUMNS[column]);
            match value {
                None if !reason => faults.push(format!("{at} is hidden without a reason")),
                Some(_) if reason => {
                    faults.push(format!("{at} is shown and has a reason to be hidden"));
                }
                Some(count) if (1..release.policy.minimum_count).contains(count) => {
                    faults.push(format!(
                        "{at} shows a count below the smallest that may be shown"
                    ));
                }
                _ => {}
            }
        }
        if let (Some(percent), [Some(numerator), _, Some(denominator)]) =
            (table.percent[row], cells)
            && *denominator > 0
            && u64::from(percent) != (200 * numerator + denominator) / (2 * denominator)
        {
            faults.push(format!(
                "the percentage of row {row} does not follow from its counts"
            ));
        }
        if table.percent[row].is_some() && cells.contains(&None) {
            faults.push(format!(
                "row {row} shows a percentage beside a hidden count"
            ));
        }
    }
    faults
}

/// Counts after a fixed number of months only grow with the reference month: a few more than
/// before are the few who were added.
fn grown_by_a_few(table: &PublishedTable, release: &Release, earlier: &Release) -> Vec<Finding> {
    if table.subject.months.is_none() || earlier.on == release.on {
        return Vec::new();
    }
    let Some(before) = earlier
        .tables
        .iter()
        .find(|other| other.subject == table.subject && other.by == table.by)
    else {
        return Vec::new();
    };
    let row_of = |table: &PublishedTable, code: Option<&String>| match code {
        None => Some(table.groups.len()),
        Some(code) => table.groups.iter().position(|group| group == code),
    };
    let codes = table.groups.iter().map(Some).chain([None]);
    let mut findings = Vec::new();
    for (row, code) in codes.enumerate() {
        let Some(other) = row_of(before, code) else {
            continue;
        };
        for (column, name) in COLUMNS.iter().enumerate() {
            let now = table.cells[row][column];
            let then = before.cells.get(other).and_then(|cells| cells[column]);
            if let (Some(now), Some(then)) = (now, then)
                && (1..release.policy.minimum_count).contains(&now.abs_diff(then))
            {
                findings.push(Finding {
                    place: place(table),
                    what: format!(
                        "row {row}, {name} differs by {} from release {:?}",
                        now.abs_diff(then),
                        earlier.name
                    ),
                });
            }
        }
    }
    findings
}
