//! The crate as its users see it: from a file of records to figures and releases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test helper that finds nothing to test must fail"
)]

mod effects;
mod figures;
mod reasons;
mod releases;
mod synthetic;

use monitoring::compute::{ComputeError, Query, compute};
use monitoring::figure::Figure;
use monitoring::filter::Filter;
use monitoring::indicator::Registry;
use monitoring::month::Month;
use monitoring::person::StatisticsVault;
use monitoring::synthetic::{Course, Plan, Rows, synthesise, write};
use monitoring::vault_file;
use statistics::Confidence;
use statistics::random::Seed;

/// Invented persons, written and read again.
fn invented(persons: usize, seed: u64) -> StatisticsVault {
    let plan = Plan {
        persons,
        ..Plan::default()
    };
    let all = synthesise(&Course::embedded().unwrap(), &plan, Seed(seed));
    let mut text = Vec::new();
    write(&all, Rows::Spells, &mut text).unwrap();
    vault_file::read("invented.csv", text.as_slice()).unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// All figures at a month with the registry of the programme.
fn figures(vault: &StatisticsVault, on: &str) -> Vec<Figure> {
    figures_of(vault, &Registry::embedded().unwrap(), on).unwrap()
}

fn figures_of(
    vault: &StatisticsVault,
    registry: &Registry,
    on: &str,
) -> Result<Vec<Figure>, ComputeError> {
    let query = Query {
        on: month(on),
        filter: &Filter::default(),
        confidence: Confidence::NINETY_FIVE,
        record_key: None,
    };
    compute(vault, registry, &query)
}

/// The only figure for everybody with this address.
fn figure<'f>(figures: &'f [Figure], address: &str) -> &'f Figure {
    let mut found = figures
        .iter()
        .filter(|figure| figure.key.to_string() == address);
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no figure {address}"));
    assert!(found.next().is_none(), "{address} stands twice");
    first
}
