//! The attacker who knows the procedure: which tables lead to the same publication?
//!
//! Everything here is computed from published figures only, so that the answer "protected" itself
//! is the same for every table behind a publication and tells nothing.

use super::bounds::{Pattern, choose};
use super::network::{Direction, Network};
use super::table::Table;
use crate::disclosure::policy::Policy;
use crate::random::{Generator, Seed};

/// Tables tried before a publication counts as not protected.
const TRIES: usize = 48;
/// Fixed, because the walk must be the same for every table behind a publication.
const WALK: Seed = Seed(0x5eed_0f7a_b1e5);

/// Values seen per hidden cell among tables that lead to the same publication.
struct Seen {
    first: Vec<Option<u64>>,
    differs: Vec<bool>,
}

impl Seen {
    fn new(cells: usize) -> Self {
        Self {
            first: vec![None; cells],
            differs: vec![false; cells],
        }
    }

    fn add(&mut self, counts: &[u64]) {
        for (index, count) in counts.iter().enumerate() {
            match self.first[index] {
                None => self.first[index] = Some(*count),
                Some(value) if value != *count => self.differs[index] = true,
                Some(_) => {}
            }
        }
    }

    fn all_differ(&self, hidden: &[bool]) -> bool {
        hidden
            .iter()
            .zip(&self.differs)
            .all(|(hidden, differs)| !hidden || *differs)
    }
}

/// Whether tables with the same published cells and totals, for which the procedure makes the
/// same choice, show at least two values of every hidden cell.
pub(super) fn with_totals(
    table: &Table,
    network: &Network,
    policy: &Policy,
    pattern: &Pattern,
) -> bool {
    let hidden = &pattern.hidden;
    let edges: Vec<usize> = (0..hidden.len()).filter(|index| hidden[*index]).collect();
    if edges.is_empty() {
        return true;
    }
    let mut counts = lowest_table(table, network, hidden, &edges);
    let mut generator = Generator::new(WALK);
    let mut seen = Seen::new(hidden.len());
    let reach = 2 * policy.minimum_count();
    for _ in 0..TRIES {
        let edge = edges[generator.below(edges.len())];
        let amount = 1 + generator.below(reach as usize) as u64;
        let direction = if generator.below(2) == 0 {
            Direction::Up
        } else {
            Direction::Down
        };
        network.push(&mut counts, hidden, edge, direction, amount);
        let same_choice = choose(&table.with_counts(counts.clone()), network, policy)
            .is_ok_and(|other| other.hidden == *hidden);
        if same_choice {
            seen.add(&counts);
            if seen.all_differ(hidden) {
                return true;
            }
        }
    }
    false
}

/// The table behind a publication with the smallest first hidden cell, then the smallest second,
/// and so on: one and the same table for all tables behind the publication.
fn lowest_table(table: &Table, network: &Network, hidden: &[bool], edges: &[usize]) -> Vec<u64> {
    let mut counts = table.counts().to_vec();
    let mut free = hidden.to_vec();
    for edge in edges {
        network.push(&mut counts, &free, *edge, Direction::Down, u64::MAX);
        // Later steps must not raise it again.
        free[*edge] = false;
    }
    counts
}

/// The same for a table published without totals: `fails` says whether the procedure would
/// withhold the totals of another table as well.
pub(super) fn without_totals(
    table: &Table,
    policy: &Policy,
    hidden: &[bool],
    fails: impl Fn(&Table) -> bool,
) -> bool {
    let edges: Vec<usize> = table.inner().filter(|index| hidden[*index]).collect();
    if edges.is_empty() {
        return true;
    }
    let mut generator = Generator::new(WALK);
    let mut seen = Seen::new(hidden.len());
    let mut inner: Vec<u64> = table.counts().to_vec();
    for _ in 0..TRIES {
        for edge in &edges {
            inner[*edge] = 1 + generator.below(policy.minimum_count() as usize - 1) as u64;
        }
        let rows: Vec<Vec<u64>> = (0..table.rows())
            .map(|row| {
                let start = row * (table.columns() + 1);
                inner[start..start + table.columns()].to_vec()
            })
            .collect();
        let Ok(other) = Table::new(&rows) else {
            continue;
        };
        let same_choice = table
            .inner()
            .all(|i| other.primary_reason(i, policy).is_some() == hidden[i]);
        if same_choice && fails(&other) {
            seen.add(other.counts());
            if table
                .inner()
                .all(|index| !hidden[index] || seen.differs[index])
            {
                return true;
            }
        }
    }
    false
}
