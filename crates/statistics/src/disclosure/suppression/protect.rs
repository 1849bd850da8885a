//! From a table to a protected table, or to the reason why not.

use super::bounds::{Pattern, bounds, choose};
use super::network::Network;
use super::replay;
use super::table::{Cell, Table};
use crate::disclosure::policy::{Policy, Reason};

/// What to do with a table that cannot be protected together with its totals.
///
/// Decided by the caller before seeing the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallback {
    /// Publish the inner cells without any totals.
    WithholdTotals,
    /// Publish nothing.
    Refuse,
}

/// How it was established that hidden cells stay hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing had to be hidden.
    NothingHidden,
    /// Sharp bounds, and a replay against an attacker who knows the procedure.
    BoundsAndReplay,
    /// Sharp bounds only: the table has too many hidden cells to replay.
    Bounds,
    /// Without totals: every hidden cell may be any count below the minimum; replayed.
    TotalsWithheld,
}

/// A hidden cell, for the officer who approves the release. Not for publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenCell {
    /// Which cell.
    pub cell: Cell,
    /// Why it is hidden.
    pub reason: Reason,
    /// Smallest value it can have for a reader of the publication.
    pub lowest: u64,
    /// Largest value it can have for a reader; `None` if nothing bounds it.
    pub highest: Option<u64>,
}

/// A table ready for publication, with the record of what is hidden and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectedTable {
    /// Cells with totals, row by row; `None` is hidden. Without totals the last row and column
    /// are missing.
    pub published: Vec<Vec<Option<u64>>>,
    /// Whether the totals are part of it.
    pub with_totals: bool,
    /// Hidden cells with reason and bounds.
    pub hidden: Vec<HiddenCell>,
    /// The proof.
    pub proof: Proof,
}

/// Why a table is not released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A cell would stay exposed whatever else is hidden.
    #[error(
        "the table cannot be released because the cell in row {row}, column {column} would stay \
         exposed"
    )]
    Exposed {
        /// Row, from 0; the number of rows for totals.
        row: usize,
        /// Column, from 0; the number of columns for totals.
        column: usize,
        /// Why that cell must be hidden.
        reason: Reason,
    },
    /// A group whose members are (nearly) all alike, with zeros shown beside it.
    #[error("the table cannot be released because (nearly) all of row {row} are alike")]
    GroupDisclosure {
        /// Row, from 0.
        row: usize,
    },
    /// Someone who knows the procedure could work out a hidden cell.
    #[error(
        "the table cannot be released because knowing the procedure would expose a hidden cell"
    )]
    ProcedureExposes,
}

/// Outcome of the protection.
pub type Outcome = Result<ProtectedTable, Refusal>;

/// Tables with more hidden cells are proven by bounds only.
const REPLAY_LIMIT: usize = 60;

/// Protects a table under a policy.
///
/// # Errors
/// [`Refusal`], naming the cell or row that cannot be protected.
pub fn protect(table: &Table, policy: &Policy, fallback: Fallback) -> Outcome {
    if let Some(row) = row_of_one_category(table) {
        return Err(Refusal::GroupDisclosure { row });
    }
    let network = Network::of(table);
    match (protect_with_totals(table, &network, policy), fallback) {
        (Ok(protected), _) => Ok(protected),
        (Err(refusal), Fallback::Refuse) => Err(refusal),
        (Err(_), Fallback::WithholdTotals) => protect_without_totals(table, &network, policy),
    }
}

fn protect_with_totals(table: &Table, network: &Network, policy: &Policy) -> Outcome {
    let pattern = choose(table, network, policy).map_err(|failure| {
        let Cell { row, column } = table.cell(failure.index);
        Refusal::Exposed {
            row,
            column,
            reason: failure.reason,
        }
    })?;
    let count = pattern.hidden.iter().filter(|hidden| **hidden).count();
    let proof = if count == 0 {
        Proof::NothingHidden
    } else if count > REPLAY_LIMIT {
        Proof::Bounds
    } else if replay::with_totals(table, network, policy, &pattern) {
        Proof::BoundsAndReplay
    } else {
        return Err(Refusal::ProcedureExposes);
    };
    Ok(describe(table, network, &pattern, proof))
}

fn describe(table: &Table, network: &Network, pattern: &Pattern, proof: Proof) -> ProtectedTable {
    let counts = table.counts();
    let grand = counts.iter().copied().max().unwrap_or(0);
    let hidden = (0..counts.len())
        .filter_map(|index| pattern.reasons[index].map(|reason| (index, reason)))
        .map(|(index, reason)| {
            let far = grand.saturating_mul(2).saturating_add(1);
            let (lowest, highest) = bounds(network, counts, &pattern.hidden, index, far);
            // Reaching the limit of the search means that nothing published bounds the cell.
            let highest = (highest - counts[index] < far).then_some(highest);
            HiddenCell {
                cell: table.cell(index),
                reason,
                lowest,
                highest,
            }
        })
        .collect();
    let published = counts
        .chunks(table.columns() + 1)
        .enumerate()
        .map(|(row, cells)| {
            let start = row * (table.columns() + 1);
            let show = |(column, count): (usize, &u64)| {
                (!pattern.hidden[start + column]).then_some(*count)
            };
            cells.iter().enumerate().map(show).collect()
        })
        .collect();
    ProtectedTable {
        published,
        with_totals: true,
        hidden,
        proof,
    }
}

fn protect_without_totals(table: &Table, network: &Network, policy: &Policy) -> Outcome {
    let reasons: Vec<Option<Reason>> = (0..table.counts().len())
        .map(|index| {
            if table.is_total(table.cell(index)) {
                None
            } else {
                table.primary_reason(index, policy)
            }
        })
        .collect();
    // With zeros shown, a group in one category stays visible without any number.
    let alike = reasons
        .iter()
        .position(|reason| *reason == Some(Reason::GroupDisclosure));
    if let Some(index) = alike {
        return Err(Refusal::GroupDisclosure {
            row: table.cell(index).row,
        });
    }
    let hidden: Vec<bool> = reasons.iter().map(Option::is_some).collect();
    let fails = |other: &Table| protect_with_totals(other, network, policy).is_err();
    if !replay::without_totals(table, policy, &hidden, fails) {
        return Err(Refusal::ProcedureExposes);
    }
    let cells = table
        .inner()
        .filter_map(|index| reasons[index].map(|reason| (index, reason)))
        .map(|(index, reason)| HiddenCell {
            cell: table.cell(index),
            reason,
            lowest: 1,
            highest: Some(policy.minimum_count() - 1),
        })
        .collect();
    let published = (0..table.rows())
        .map(|row| {
            let show = |column: usize| {
                let cell = Cell { row, column };
                (!hidden[table.index(cell)]).then(|| table.count(cell))
            };
            (0..table.columns()).map(show).collect()
        })
        .collect();
    Ok(ProtectedTable {
        published,
        with_totals: false,
        hidden: cells,
        proof: Proof::TotalsWithheld,
    })
}

/// A row with counts in one column only, in a table with several columns. Zeros are shown, so such
/// a row tells what all its members have in common, whichever numbers are hidden.
fn row_of_one_category(table: &Table) -> Option<usize> {
    if table.columns() < 2 {
        return None;
    }
    (0..table.rows()).find(|row| {
        let cells = (0..table.columns()).map(|column| table.count(Cell { row: *row, column }));
        cells.filter(|count| *count > 0).count() == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[u64]]) -> Table {
        Table::new(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_harmless_table_is_published_whole() {
        let found = protect(
            &table(&[&[20, 30], &[40, 0], &[12, 15]])
                .merge_rows(1, 2)
                .unwrap(),
            &Policy::PUBLICATION,
            Fallback::Refuse,
        )
        .unwrap();
        assert_eq!(found.proof, Proof::NothingHidden);
        assert_eq!(found.published[2], vec![Some(72), Some(45), Some(117)]);
    }

    #[test]
    fn one_small_cell_hides_a_cycle_and_says_why() {
        let found = protect(
            &table(&[&[4, 30, 25], &[40, 35, 20], &[50, 20, 45]]),
            &Policy::PUBLICATION,
            Fallback::Refuse,
        )
        .unwrap();
        assert_eq!(found.published[0][0], None);
        assert_eq!(found.hidden.len(), 4);
        assert_eq!(found.proof, Proof::BoundsAndReplay);
        let small: Vec<_> = found
            .hidden
            .iter()
            .filter(|cell| cell.reason == Reason::SmallCount)
            .collect();
        assert_eq!(small.len(), 1);
        assert!(small[0].highest.unwrap() - small[0].lowest >= 10);
        // Totals stay.
        assert!(found.published[3].iter().all(Option::is_some));
    }

    #[test]
    fn a_table_of_one_row_hides_two_cells_and_their_copies() {
        let found = protect(
            &table(&[&[3, 40, 60]]),
            &Policy::PUBLICATION,
            Fallback::Refuse,
        )
        .unwrap();
        let inner = found
            .hidden
            .iter()
            .filter(|hidden| hidden.cell.row == 0)
            .count();
        assert_eq!(inner, 2);
        assert_eq!(
            found.published[1][0], None,
            "the column total repeats the cell"
        );
    }

    #[test]
    fn unprotectable_tables_lose_their_totals_or_are_refused() {
        // Everybody in the first row is in the first column; hiding the number hides nothing.
        let lonely = table(&[&[4, 0, 0], &[30, 20, 25], &[50, 20, 45]]);
        for fallback in [Fallback::Refuse, Fallback::WithholdTotals] {
            assert_eq!(
                protect(&lonely, &Policy::PUBLICATION, fallback),
                Err(Refusal::GroupDisclosure { row: 0 })
            );
        }
        // Counts so small that knowing the procedure pins them down: the totals go.
        let policy = Policy::PUBLICATION.with_minimum_count(3).unwrap();
        let small = table(&[&[1, 7], &[1, 7]]);
        assert_eq!(
            protect(&small, &policy, Fallback::Refuse),
            Err(Refusal::ProcedureExposes)
        );
        let found = protect(&small, &policy, Fallback::WithholdTotals).unwrap();
        assert!(!found.with_totals);
        assert_eq!(found.published[0], vec![None, Some(7)]);
        assert_eq!(
            (found.hidden[0].lowest, found.hidden[0].highest),
            (1, Some(2))
        );
    }

    #[test]
    fn large_tables_are_proven_by_bounds() {
        let rows: Vec<Vec<u64>> = (0..60)
            .map(|i| {
                (0..8)
                    .map(|j| [3, 25, 40, 18, 90, 33, 14][(i * 5 + j * 3) % 7])
                    .collect()
            })
            .collect();
        let table = Table::new(&rows).unwrap();
        let found = protect(&table, &Policy::PUBLICATION, Fallback::Refuse).unwrap();
        assert_eq!(found.proof, Proof::Bounds);
        let small = found
            .hidden
            .iter()
            .filter(|cell| cell.reason == Reason::SmallCount);
        for cell in small {
            assert!(
                cell.highest
                    .is_none_or(|highest| highest - cell.lowest >= 10)
            );
        }
    }
}
