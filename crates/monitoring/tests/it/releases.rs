//! Releases: nothing hidden can be worked out, and the check finds what is wrong.

use std::path::Path;

use monitoring::codes::Dimension;
use monitoring::indicator::Registry;
use monitoring::person::StatisticsVault;
use monitoring::release::build::{Order, ReleaseError, build};
use monitoring::release::check::check;
use monitoring::release::files::{write_figures, write_reasons};
use monitoring::release::{HiddenBecause, PublishedTable, Release, ReleaseLedger};
use statistics::disclosure::policy::Policy;
use time::macros::date;

use super::{invented, month};

fn release(vault: &StatisticsVault, on: &str, ledger: &ReleaseLedger) -> Release {
    let registry = Registry::embedded().unwrap();
    let order = Order {
        name: on,
        on: month(on),
        released_on: date!(2026 - 07 - 15),
        policy_name: "publicatie",
        policy: &Policy::PUBLICATION,
        ledger,
    };
    build(vault, &registry, &order).unwrap()
}

#[test]
fn a_release_is_the_same_every_time() {
    let found = release(&invented(900, 7), "2026-06", &ReleaseLedger::default());
    let mut text = Vec::new();
    write_figures(&found, &mut text).unwrap();
    write_reasons(&found, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/release.csv");
    if std::env::var_os("WERKBRUG_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert!(
        text == golden,
        "the release differs from {}; look at the difference and run again with WERKBRUG_UPDATE_GOLDEN=1",
        path.display()
    );
}

/// Values a hidden inner cell can take, by trying all tables with the published counts and
/// totals; `None` if a total is hidden as well, so that there is no end to try.
fn possible_values(table: &PublishedTable) -> Option<Vec<Vec<u64>>> {
    let rows = table.groups.len();
    let totals: Vec<u64> = table
        .cells
        .iter()
        .map(|row| row[2])
        .collect::<Option<_>>()?;
    let numerator_total = table.cells[rows][0]?;
    let mut seen = vec![Vec::new(); rows];
    let mut chosen = vec![0; rows];
    try_rows(table, &totals, numerator_total, 0, &mut chosen, &mut seen);
    Some(seen)
}

fn try_rows(
    table: &PublishedTable,
    totals: &[u64],
    left: u64,
    row: usize,
    chosen: &mut Vec<u64>,
    seen: &mut [Vec<u64>],
) {
    if row == table.groups.len() {
        if left == 0 {
            for (values, value) in seen.iter_mut().zip(chosen.iter()) {
                if !values.contains(value) {
                    values.push(*value);
                }
            }
        }
        return;
    }
    let [numerator, rest, _] = table.cells[row];
    for value in 0..=totals[row].min(left) {
        let fits = |published: Option<u64>, value: u64| match published {
            Some(published) => published == value,
            // Zeros are shown.
            None => value > 0,
        };
        if fits(numerator, value) && fits(rest, totals[row] - value) {
            chosen[row] = value;
            try_rows(table, totals, left - value, row + 1, chosen, seen);
        }
    }
}

#[test]
fn no_hidden_cell_of_any_small_release_can_be_worked_out() {
    let (mut tables, mut tried) = (0, 0);
    for seed in 0..30 {
        let persons = 60 + 13 * seed as usize;
        let found = release(
            &invented(persons, seed),
            "2026-06",
            &ReleaseLedger::default(),
        );
        let report = check(&found, &ReleaseLedger::default());
        assert_eq!(report.findings, [], "seed {seed}");
        let public = check(&found.public(), &ReleaseLedger::default());
        assert_eq!(public.findings, [], "seed {seed}");
        for table in &found.tables {
            tables += 1;
            let hidden = table
                .hidden
                .iter()
                .filter(|cell| cell.row < table.groups.len() && cell.column == 0);
            let rows: Vec<usize> = hidden.map(|cell| cell.row).collect();
            if rows.is_empty() || rows.len() > 4 {
                continue;
            }
            let Some(seen) = possible_values(table) else {
                continue;
            };
            for row in rows {
                tried += 1;
                assert!(
                    seen[row].len() >= 2,
                    "{:?} {:?}",
                    table.subject,
                    table.groups[row]
                );
            }
        }
    }
    assert!(
        tables > 1000 && tried > 50,
        "{tables} tables, {tried} hidden cells"
    );
}

#[test]
fn a_release_that_gives_something_away_is_found_out() {
    let empty = ReleaseLedger::default();
    let good = release(&invented(900, 7), "2026-06", &empty);
    assert_eq!(check(&good, &empty).findings, []);
    // Show a protecting cell: the small one beside it follows.
    let mut shown = good.clone();
    let at = shown
        .tables
        .iter()
        .position(|table| {
            let small = |b: HiddenBecause| table.hidden.iter().filter(|c| c.because == b).count();
            table.by.is_some()
                && small(HiddenBecause::SmallCount) >= 1
                && small(HiddenBecause::ProtectsAnother) >= 1
                && table.cells[table.groups.len()].iter().all(Option::is_some)
        })
        .unwrap();
    let table = &mut shown.tables[at];
    let position = table
        .hidden
        .iter()
        .position(|c| c.because == HiddenBecause::ProtectsAnother)
        .unwrap();
    let cell = table.hidden.remove(position);
    // Any count that agrees with the totals will do for the attack; a false one contradicts.
    table.cells[cell.row][cell.column] = Some(40);
    assert_ne!(check(&shown, &empty).findings, []);

    let change = |change: &dyn Fn(&mut PublishedTable)| {
        let mut changed = good.clone();
        let at = changed
            .tables
            .iter()
            .position(|table| table.by == Some(Dimension::Sex) && table.hidden.is_empty())
            .unwrap();
        change(&mut changed.tables[at]);
        check(&changed, &empty).findings
    };
    assert_ne!(change(&|table| table.cells[0][0] = Some(3)), []);
    assert_ne!(change(&|table| table.cells[0][0] = None), []);
    assert_ne!(
        change(&|table| table.percent[0] = table.percent[0].map(|p| p + 1)),
        []
    );
}

#[test]
fn a_later_release_must_not_differ_by_a_few_people() {
    let vault = invented(1500, 3);
    let registry = Registry::embedded().unwrap();
    let mut ledger = ReleaseLedger::default();
    let first = release(&vault, "2025-12", &ledger);
    ledger.releases.push(first);
    // One month later only a few have reached a follow-up more.
    let alone = release(&vault, "2026-01", &ReleaseLedger::default());
    assert_ne!(
        check(&alone, &ledger).findings,
        [],
        "made without looking back, it gives away who came in"
    );
    let second = release(&vault, "2026-01", &ledger);
    assert_eq!(check(&second, &ledger).findings, []);
    assert!(second.tables.len() < alone.tables.len());
    ledger.releases.push(second);
    let again = Order {
        name: "2026-01",
        on: month("2026-01"),
        released_on: date!(2026 - 07 - 15),
        policy_name: "publicatie",
        policy: &Policy::PUBLICATION,
        ledger: &ledger,
    };
    assert_eq!(
        build(&vault, &registry, &again),
        Err(ReleaseError::NameTaken("2026-01".into()))
    );
}
