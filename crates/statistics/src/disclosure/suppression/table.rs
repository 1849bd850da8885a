//! A two-way table with totals.

use crate::disclosure::policy::{Policy, Reason};

/// Why counts do not form a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No rows or no columns.
    #[error("a table needs at least one row and one column")]
    Empty,
    /// Rows of different length.
    #[error("row {row} has {found} cells instead of {expected}")]
    RaggedRows {
        /// Index of the row, from 0.
        row: usize,
        /// Cells found.
        found: usize,
        /// Cells of the first row.
        expected: usize,
    },
    /// The counts add to more than fits.
    #[error("the counts add to more than a table can hold")]
    TooLarge,
    /// A category that does not exist, or one merged with itself.
    #[error("categories {0} and {1} cannot be merged")]
    CannotMerge(usize, usize),
}

/// Position in a table with totals: the row after the last holds the column totals, the column
/// after the last the row totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// Row, from 0; the number of rows for the column totals.
    pub row: usize,
    /// Column, from 0; the number of columns for the row totals.
    pub column: usize,
}

/// A two-way table of counts with its totals.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    rows: usize,
    columns: usize,
    /// Counts with totals, row by row, `(rows + 1) × (columns + 1)`.
    counts: Vec<u64>,
}

/// Largest grand total; keeps all sums far from overflow.
const LARGEST_TOTAL: u64 = 1 << 52;

impl Table {
    /// A table from its inner counts.
    ///
    /// # Errors
    /// [`TableError::Empty`], [`TableError::RaggedRows`], [`TableError::TooLarge`].
    pub fn new(inner: &[Vec<u64>]) -> Result<Self, TableError> {
        let (rows, columns) = (inner.len(), inner.first().map_or(0, Vec::len));
        if rows == 0 || columns == 0 {
            return Err(TableError::Empty);
        }
        for (row, cells) in inner.iter().enumerate() {
            if cells.len() != columns {
                let (found, expected) = (cells.len(), columns);
                return Err(TableError::RaggedRows {
                    row,
                    found,
                    expected,
                });
            }
        }
        let total = inner
            .iter()
            .flatten()
            .try_fold(0_u64, |sum, count| sum.checked_add(*count))
            .filter(|total| *total <= LARGEST_TOTAL)
            .ok_or(TableError::TooLarge)?;
        let mut counts = Vec::with_capacity((rows + 1) * (columns + 1));
        for cells in inner {
            counts.extend_from_slice(cells);
            counts.push(cells.iter().sum());
        }
        counts.extend(
            (0..columns).map(|column| inner.iter().map(|cells| cells[column]).sum::<u64>()),
        );
        counts.push(total);
        Ok(Self {
            rows,
            columns,
            counts,
        })
    }

    /// The same table from counts with totals that are known to be consistent.
    pub(super) fn with_counts(&self, counts: Vec<u64>) -> Self {
        Self {
            rows: self.rows,
            columns: self.columns,
            counts,
        }
    }

    /// Number of rows without the totals.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns without the totals.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Count in a cell or total.
    ///
    /// # Panics
    /// If the cell lies outside the table with its totals.
    #[must_use]
    pub fn count(&self, cell: Cell) -> u64 {
        self.counts[self.index(cell)]
    }

    /// Whether the cell is a total.
    #[must_use]
    pub fn is_total(&self, cell: Cell) -> bool {
        cell.row == self.rows || cell.column == self.columns
    }

    pub(super) fn counts(&self) -> &[u64] {
        &self.counts
    }

    pub(super) fn index(&self, cell: Cell) -> usize {
        cell.row * (self.columns + 1) + cell.column
    }

    pub(super) fn cell(&self, index: usize) -> Cell {
        Cell {
            row: index / (self.columns + 1),
            column: index % (self.columns + 1),
        }
    }

    /// Indices of the inner cells.
    pub(super) fn inner(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.counts.len()).filter(|index| !self.is_total(self.cell(*index)))
    }

    /// The inner counts, row by row.
    #[must_use]
    pub fn to_rows(&self) -> Vec<Vec<u64>> {
        (0..self.rows)
            .map(|row| {
                (0..self.columns)
                    .map(|column| self.count(Cell { row, column }))
                    .collect()
            })
            .collect()
    }

    /// The table with two rows made one, at the place of the first.
    ///
    /// # Errors
    /// [`TableError::CannotMerge`].
    pub fn merge_rows(&self, first: usize, second: usize) -> Result<Self, TableError> {
        if first == second || first >= self.rows || second >= self.rows {
            return Err(TableError::CannotMerge(first, second));
        }
        let mut inner = self.to_rows();
        let merged = inner[first]
            .iter()
            .zip(&inner[second])
            .map(|(a, b)| a + b)
            .collect::<Vec<u64>>();
        inner[first] = merged;
        inner.remove(second);
        Self::new(&inner)
    }

    /// The table with two columns made one, at the place of the first.
    ///
    /// # Errors
    /// [`TableError::CannotMerge`].
    pub fn merge_columns(&self, first: usize, second: usize) -> Result<Self, TableError> {
        if first == second || first >= self.columns || second >= self.columns {
            return Err(TableError::CannotMerge(first, second));
        }
        let mut inner = self.to_rows();
        for cells in &mut inner {
            cells[first] += cells[second];
            cells.remove(second);
        }
        Self::new(&inner)
    }

    /// Why the policy withholds a cell by itself, if it does.
    ///
    /// Group disclosure is judged along rows: rows are groups, columns their characteristic.
    pub(super) fn primary_reason(&self, index: usize, policy: &Policy) -> Option<Reason> {
        let cell = self.cell(index);
        let count = self.counts[index];
        if let Err(reason) = policy.count(count) {
            return Some(reason);
        }
        if self.is_total(cell) || self.columns < 2 || count == 0 {
            return None;
        }
        let group = self.count(Cell {
            row: cell.row,
            column: self.columns,
        });
        policy.part_of_group(count, group).err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_merging() {
        let table = Table::new(&[vec![1, 2, 3], vec![4, 5, 6]]).unwrap();
        assert_eq!(table.count(Cell { row: 0, column: 3 }), 6);
        assert_eq!(table.count(Cell { row: 2, column: 1 }), 7);
        assert_eq!(table.count(Cell { row: 2, column: 3 }), 21);
        assert_eq!(
            table.merge_columns(0, 2).unwrap().to_rows(),
            vec![vec![4, 2], vec![10, 5]]
        );
        assert_eq!(
            table.merge_rows(1, 0).unwrap().to_rows(),
            vec![vec![5, 7, 9]]
        );
        assert!(table.merge_rows(0, 0).is_err() && table.merge_columns(0, 3).is_err());
        assert_eq!(Table::new(&[]), Err(TableError::Empty));
        assert!(Table::new(&[vec![1], vec![1, 2]]).is_err());
        assert_eq!(Table::new(&[vec![u64::MAX, 2]]), Err(TableError::TooLarge));
    }
}
