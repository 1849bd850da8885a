//! Sharp bounds of hidden cells, and the choice of what to hide.

use super::network::{Direction, Network};
use super::table::Table;
use crate::disclosure::policy::{Policy, Reason};

/// Why no choice of hidden cells protects a table with its totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unprotectable {
    /// Index of the cell that stays exposed.
    pub(super) index: usize,
    /// Why it must be hidden.
    pub(super) reason: Reason,
}

/// A choice of hidden cells, by cell index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) hidden: Vec<bool>,
    /// Why each cell is hidden.
    pub(super) reasons: Vec<Option<Reason>>,
}

/// Smallest and largest value a hidden cell can have for an attacker who knows the published
/// cells, the totals and that hidden cells are at least 1.
pub(super) fn bounds(
    network: &Network,
    counts: &[u64],
    hidden: &[bool],
    index: usize,
    far: u64,
) -> (u64, u64) {
    let extreme = |direction| {
        let mut moved = counts.to_vec();
        network.push(&mut moved, hidden, index, direction, far);
        moved[index]
    };
    (extreme(Direction::Down), extreme(Direction::Up))
}

/// Chooses what to hide in a table published with its totals.
///
/// A function of the table and the policy alone; the replay runs it on other tables.
pub(super) fn choose(
    table: &Table,
    network: &Network,
    policy: &Policy,
) -> Result<Pattern, Unprotectable> {
    let counts = table.counts();
    let mut reasons: Vec<Option<Reason>> = (0..counts.len())
        .map(|index| table.primary_reason(index, policy))
        .collect();
    let primary: Vec<usize> = (0..counts.len())
        .filter(|index| reasons[*index].is_some())
        .collect();
    let mut hidden: Vec<bool> = reasons.iter().map(Option::is_some).collect();
    let costs = costs(table);
    for index in &primary {
        let cost = |edge: usize| match (hidden[edge], counts[edge]) {
            (true, _) => Some(0),
            (false, 0) => None,
            (false, _) => Some(costs[edge]),
        };
        let detour = network.cheapest_detour(*index, cost);
        let Some(path) = detour else {
            return Err(exposed(*index, reasons[*index]));
        };
        hide(&path, &mut hidden, &mut reasons);
    }
    widen(network, counts, &costs, policy, &mut hidden, &mut reasons)?;
    Ok(Pattern { hidden, reasons })
}

fn exposed(index: usize, reason: Option<Reason>) -> Unprotectable {
    Unprotectable {
        index,
        reason: reason.unwrap_or(Reason::ProtectsAnother),
    }
}

fn hide(path: &[usize], hidden: &mut [bool], reasons: &mut [Option<Reason>]) {
    for edge in path {
        hidden[*edge] = true;
        reasons[*edge].get_or_insert(Reason::ProtectsAnother);
    }
}

/// Adds detours until every hidden cell is uncertain enough. Hiding more only widens bounds, so
/// the loop ends at the latest when every cell above 0 is hidden.
fn widen(
    network: &Network,
    counts: &[u64],
    costs: &[u64],
    policy: &Policy,
    hidden: &mut [bool],
    reasons: &mut [Option<Reason>],
) -> Result<(), Unprotectable> {
    let required = |reason: Option<Reason>| match reason {
        Some(Reason::ProtectsAnother) => 1,
        _ => policy.minimum_count(),
    };
    loop {
        let narrow = (0..counts.len())
            .filter(|index| hidden[*index])
            .find(|index| {
                let required = required(reasons[*index]);
                let far = counts[*index].saturating_add(required);
                let (low, high) = bounds(network, counts, hidden, *index, far);
                high - low < required
            });
        let Some(index) = narrow else { return Ok(()) };
        let fresh_only = |edge: usize| (!hidden[edge] && counts[edge] > 0).then(|| costs[edge]);
        let mixed = |edge: usize| match (hidden[edge], counts[edge]) {
            // Passing a hidden cell costs more than any new one, so the path brings new cells.
            (true, _) => Some(1 << 54),
            (false, 0) => None,
            (false, _) => Some(costs[edge]),
        };
        let path = network
            .cheapest_detour(index, fresh_only)
            .or_else(|| network.cheapest_detour(index, mixed))
            .filter(|path| path.iter().any(|edge| !hidden[*edge]))
            .or_else(|| cheapest_unhidden(counts, costs, hidden).map(|edge| vec![edge]));
        let Some(path) = path else {
            return Err(exposed(index, reasons[index]));
        };
        hide(&path, hidden, reasons);
    }
}

fn cheapest_unhidden(counts: &[u64], costs: &[u64], hidden: &[bool]) -> Option<usize> {
    (0..counts.len())
        .filter(|index| !hidden[*index] && counts[*index] > 0)
        .min_by_key(|index| (costs[*index], *index))
}

/// Loss of information when a cell is hidden: the count its totals lead one to expect. Totals
/// cost more than all inner cells.
fn costs(table: &Table) -> Vec<u64> {
    let total = |row, column| table.count(super::table::Cell { row, column });
    let (rows, columns) = (table.rows(), table.columns());
    let grand = total(rows, columns);
    (0..table.counts().len())
        .map(|index| {
            let cell = table.cell(index);
            if table.is_total(cell) {
                return 2 * grand + 2 + table.counts()[index];
            }
            let product =
                u128::from(total(cell.row, columns)) * u128::from(total(rows, cell.column));
            1 + u64::try_from(product / u128::from(grand.max(1))).unwrap_or(grand)
        })
        .collect()
}
