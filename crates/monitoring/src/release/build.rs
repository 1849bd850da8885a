//! Making a release: tables from the records, protected one by one and checked together.

use std::collections::{BTreeMap, BTreeSet};

use statistics::Confidence;
use statistics::disclosure::differences::{UnitSet, small_difference};
use statistics::disclosure::policy::Policy;
use statistics::disclosure::suppression::{Fallback, Proof, ProtectedTable, Table, protect};
use statistics::proportion::Share;
use time::Date;

use super::check::exposed_cells;
use super::{
    COLUMNS, FORMAT, HiddenBecause, HiddenCell, MONTHS_FIRST, PublishedPolicy, PublishedTable,
    Release, ReleaseLedger, Subject, WithheldTable,
};
use crate::codes::Dimension;
use crate::compute::{ComputeError, Query, compute};
use crate::condition::Moment;
use crate::filter::Filter;
use crate::indicator::{Indicator, Measure, Method, Origin, Registry};
use crate::month::Month;
use crate::person::{Person, StatisticsVault};
use crate::programme::Fictional;

/// What is released, and how.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Name of the release.
    pub name: &'a str,
    /// Reference month.
    pub on: Month,
    /// Day of the release.
    pub released_on: Date,
    /// Name of the policy.
    pub policy_name: &'a str,
    /// The policy.
    pub policy: &'a Policy,
    /// Earlier releases.
    pub ledger: &'a ReleaseLedger,
}

/// Why there is no release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The records contradict the definitions.
    #[error(transparent)]
    Compute(#[from] ComputeError),
    /// A release of this name is in the ledger.
    #[error("the ledger already has a release named {0:?}")]
    NameTaken(String),
}

/// A cell of a table: its published value and the persons it counts.
type Counted = (UnitSet, u64);

/// A table before protection.
struct Draft<'a> {
    subject: Subject,
    indicator: &'a Indicator,
    measure: &'a Measure,
    by: Option<Dimension>,
    groups: Vec<String>,
    /// Persons per group, in the numerator and in the rest.
    units: Vec<[UnitSet; 2]>,
}

/// Makes a release.
///
/// # Errors
/// [`ReleaseError`]. A table that cannot be protected is no error: it is in
/// [`Release::withheld`].
pub fn build(
    vault: &StatisticsVault,
    registry: &Registry,
    order: &Order<'_>,
) -> Result<Release, ReleaseError> {
    if order
        .ledger
        .releases
        .iter()
        .any(|release| release.name == order.name)
    {
        return Err(ReleaseError::NameTaken(order.name.to_owned()));
    }
    let everybody = Filter::default();
    let query = Query {
        on: order.on,
        filter: &everybody,
        confidence: Confidence::NINETY_FIVE,
        record_key: None,
    };
    // Checks that every numerator lies within its denominator.
    compute(vault, registry, &query)?;
    let mut published: Vec<Counted> = earlier(vault, registry, order.ledger);
    let mut tables: Vec<PublishedTable> = Vec::new();
    let mut withheld = Vec::new();
    for draft in drafts(vault, registry, order.on) {
        match accept(&draft, order, &tables, &published) {
            Ok((table, counted)) => {
                published.extend(counted);
                tables.push(table);
            }
            Err(because) => withheld.push(WithheldTable {
                subject: draft.subject,
                by: draft.by,
                because,
            }),
        }
    }
    Ok(Release {
        format: FORMAT,
        name: order.name.to_owned(),
        on: order.on,
        released_on: order.released_on,
        fictional: if vault.is_invented() {
            Fictional::Yes
        } else {
            Fictional::No
        },
        policy: PublishedPolicy::of(order.policy_name, order.policy),
        tables,
        withheld,
    })
}

fn shares(registry: &Registry) -> impl Iterator<Item = (&Indicator, &Measure)> {
    registry.indicators().iter().flat_map(|indicator| {
        indicator
            .measure
            .iter()
            .filter(|measure| matches!(measure.method, Method::Share { .. }))
            .map(move |measure| (indicator, measure))
    })
}

/// The moment of a share for a person, if it is not later than the reference month.
fn moment(person: &Person, after: Option<Origin>, months: Option<u16>, on: Month) -> Option<Month> {
    let start = match after {
        None => return Some(on),
        Some(Origin::Permit) => person.permit,
        Some(Origin::Settlement) => person.settled?,
    };
    let month = start.plus(i32::from(months.unwrap_or(0)));
    (month <= on).then_some(month)
}

/// Persons of a share by group, in the numerator and in the rest.
fn units_of(
    vault: &StatisticsVault,
    measure: &Measure,
    months: Option<u16>,
    by: Option<Dimension>,
    on: Month,
) -> BTreeMap<String, [UnitSet; 2]> {
    let mut groups: BTreeMap<String, [UnitSet; 2]> = BTreeMap::new();
    let Method::Share {
        after,
        denominator,
        numerator,
        ..
    } = &measure.method
    else {
        return groups;
    };
    for (index, person) in vault.persons().iter().enumerate() {
        let Some(month) = moment(person, *after, months, on) else {
            continue;
        };
        let moment = Moment::new(person, vault.spells_of(person), month);
        if !moment.all(denominator) {
            continue;
        }
        let code = by.map_or_else(
            || "everybody".to_owned(),
            |by| {
                vault
                    .group(person, moment.spell, by)
                    .map_or_else(|| "unknown".to_owned(), |group| vault.group_code(by, group))
            },
        );
        let column = usize::from(!moment.all(numerator));
        groups.entry(code).or_default()[column].add(index);
    }
    groups
}

fn drafts<'a>(vault: &StatisticsVault, registry: &'a Registry, on: Month) -> Vec<Draft<'a>> {
    let mut drafts = Vec::new();
    for (indicator, measure) in shares(registry) {
        let Method::Share { months, .. } = &measure.method else {
            continue;
        };
        let mut moments: Vec<Option<u16>> = months.iter().copied().map(Some).collect();
        let rank = |months: &Option<u16>| {
            let months = months.unwrap_or(0);
            let first = MONTHS_FIRST.iter().position(|first| *first == months);
            (first.unwrap_or(MONTHS_FIRST.len()), months)
        };
        moments.sort_by_key(rank);
        if moments.is_empty() {
            moments.push(None);
        }
        let known = |by: &&Dimension| {
            StatisticsVault::column_of(**by).is_none_or(|column| vault.has(column))
        };
        let breakdowns = indicator.breakdowns.iter().filter(known).copied().map(Some);
        for months in moments {
            for by in [None].into_iter().chain(breakdowns.clone()) {
                let (groups, units) = units_of(vault, measure, months, by, on).into_iter().unzip();
                drafts.push(Draft {
                    subject: subject(indicator, measure, months),
                    indicator,
                    measure,
                    by,
                    groups,
                    units,
                });
            }
        }
    }
    drafts
}

fn subject(indicator: &Indicator, measure: &Measure, months: Option<u16>) -> Subject {
    Subject {
        indicator: indicator.code.clone(),
        version: indicator.version,
        measure: measure.code.clone(),
        months,
    }
}

/// Protects a table and checks it beside everything published; the reason if it is withheld.
fn accept(
    draft: &Draft<'_>,
    order: &Order<'_>,
    tables: &[PublishedTable],
    published: &[Counted],
) -> Result<(PublishedTable, Vec<Counted>), String> {
    if draft.groups.is_empty() {
        return Err("nobody belongs to the denominator".to_owned());
    }
    let counts: Vec<Vec<u64>> = draft
        .units
        .iter()
        .map(|units| units.iter().map(UnitSet::size).collect())
        .collect();
    let table = Table::new(&counts).map_err(|error| error.to_string())?;
    let protected = protect(&table, order.policy, Fallback::WithholdTotals)
        .map_err(|refusal| generic(&refusal.to_string()))?;
    let candidate = publish(draft, &protected, order.policy);
    let counted = counted(draft, &candidate);
    let minimum = order.policy.minimum_count();
    for (index, (units, value)) in counted.iter().enumerate() {
        let others = published.iter().chain(counted.iter().take(index));
        for (other, other_value) in others {
            if small_difference((units, *value), (other, *other_value), minimum).is_some() {
                return Err(
                    "its counts differ by a few people from those of another published table"
                        .to_owned(),
                );
            }
        }
    }
    let same = |table: &&PublishedTable| table.subject == candidate.subject;
    let linked: Vec<&PublishedTable> = tables.iter().filter(same).chain([&candidate]).collect();
    let earlier = earlier_tables(order, &candidate.subject);
    match exposed_cells(&linked, &earlier, minimum) {
        Ok(exposed) if exposed.is_empty() => Ok((candidate, counted)),
        Ok(_) => Err(
            "together with another table of the same share, a hidden cell could be worked out"
                .to_owned(),
        ),
        Err(error) => Err(error.to_string()),
    }
}

/// The reason of a refusal without naming a row, which itself would tell about it.
fn generic(refusal: &str) -> String {
    if refusal.contains("alike") {
        "(nearly) all members of a group are alike".to_owned()
    } else {
        "a hidden cell could be worked out, whatever else is hidden".to_owned()
    }
}

/// Published tables of the same share in earlier releases of the same month.
pub(super) fn earlier_tables<'l>(order: &Order<'l>, subject: &Subject) -> Vec<&'l PublishedTable> {
    order
        .ledger
        .releases
        .iter()
        .filter(|release| release.on == order.on)
        .flat_map(|release| &release.tables)
        .filter(|table| table.subject == *subject)
        .collect()
}

fn publish(draft: &Draft<'_>, protected: &ProtectedTable, policy: &Policy) -> PublishedTable {
    let mut cells = vec![[None; COLUMNS.len()]; draft.groups.len() + 1];
    for (row, found) in protected.published.iter().enumerate() {
        for (column, value) in found.iter().enumerate() {
            cells[row][column] = *value;
        }
    }
    let shares: Vec<Option<Share>> = cells
        .iter()
        .map(|row| Share::new(row[0]?, row[2]?).ok())
        .collect();
    let percent: Vec<Option<u8>> = shares
        .iter()
        .map(|share| policy.percentage(share.as_ref()?).ok())
        .collect();
    let interval = shares
        .iter()
        .zip(&percent)
        .map(|(share, percent)| {
            percent.and(share.as_ref()).map(|share| {
                let range = share.wilson(Confidence::NINETY_FIVE);
                [
                    (range.lower * 100.0).floor() as u8,
                    (range.upper * 100.0).ceil() as u8,
                ]
            })
        })
        .collect();
    PublishedTable {
        subject: draft.subject.clone(),
        by: draft.by,
        groups: draft.groups.clone(),
        cells,
        percent,
        interval,
        hidden: hidden_cells(protected, draft.groups.len()),
        evidence: draft.measure.evidence.unwrap_or(draft.indicator.evidence),
        proof: proof(protected.proof).to_owned(),
    }
}

/// Hidden cells with their reasons, row by row.
fn hidden_cells(protected: &ProtectedTable, rows: usize) -> Vec<HiddenCell> {
    let mut hidden: Vec<HiddenCell> = protected
        .hidden
        .iter()
        .map(|cell| HiddenCell {
            row: cell.cell.row,
            column: cell.cell.column,
            because: cell.reason.into(),
        })
        .collect();
    if !protected.with_totals {
        let totals = (0..=rows).flat_map(|row| (0..COLUMNS.len()).map(move |c| (row, c)));
        hidden.extend(
            totals
                .filter(|(row, column)| *row == rows || *column == 2)
                .map(|(row, column)| HiddenCell {
                    row,
                    column,
                    because: HiddenBecause::TotalsWithheld,
                }),
        );
    }
    hidden.sort_by_key(|cell| (cell.row, cell.column));
    hidden
}

fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::NothingHidden => "nothing hidden",
        Proof::BoundsAndReplay => "sharp bounds and replay of the procedure",
        Proof::Bounds => "sharp bounds",
        Proof::TotalsWithheld => "totals withheld, replay of the procedure",
    }
}

/// Every published count with the persons behind it.
fn counted(draft: &Draft<'_>, table: &PublishedTable) -> Vec<Counted> {
    let union = |sets: &[&UnitSet]| -> UnitSet {
        let mut all = UnitSet::default();
        sets.iter().for_each(|set| all.join(set));
        all
    };
    let mut counted = Vec::new();
    let rows = draft.units.len();
    for (row, cells) in table.cells.iter().enumerate() {
        for (column, value) in cells.iter().enumerate() {
            let Some(value) = *value else { continue };
            let within = |at: usize| row == rows || at == row;
            let sets: Vec<&UnitSet> = draft
                .units
                .iter()
                .enumerate()
                .filter(|(at, _)| within(*at))
                .flat_map(|(_, units)| units.iter().enumerate())
                .filter(|(at, _)| column == 2 || *at == column)
                .map(|(_, set)| set)
                .collect();
            counted.push((union(&sets), value));
        }
    }
    counted
}

/// Published counts of earlier releases, with the persons the records now show behind them.
fn earlier(vault: &StatisticsVault, registry: &Registry, ledger: &ReleaseLedger) -> Vec<Counted> {
    let mut all = Vec::new();
    for release in &ledger.releases {
        for table in &release.tables {
            let Some(indicator) = registry.get(&table.subject.indicator) else {
                continue;
            };
            let Some(measure) = indicator.measure(&table.subject.measure) else {
                continue;
            };
            let mut found = units_of(vault, measure, table.subject.months, table.by, release.on);
            // Groups that have appeared since do not belong to the earlier table's rows.
            let known: BTreeSet<&String> = table.groups.iter().collect();
            found.retain(|code, _| known.contains(code));
            let units = table
                .groups
                .iter()
                .map(|code| found.remove(code).unwrap_or_default())
                .collect();
            let draft = Draft {
                subject: table.subject.clone(),
                indicator,
                measure,
                by: table.by,
                groups: table.groups.clone(),
                units,
            };
            all.extend(counted(&draft, table));
        }
    }
    all
}
