//! Tables that share cells or margins, and tables of more than two ways, checked together.
//!
//! Two-way tables are flows and have sharp bounds ([`super::suppression`]). Once tables share a
//! margin, or a table has a third way, the attacker has more equations than one network holds;
//! here all of them are solved together as linear programs: every hidden cell is made as small
//! and as large as everything published allows (Fischetti and Salazar 2001 call it the attacker's
//! problem; the audit of τ-ARGUS does the same).
//!
//! The attacker knows that hidden cells are whole numbers of at least 1, because zeros are shown.
//! The linear bounds can be wider than those of whole numbers; [`Bound::integral`] says whether
//! both ends are reached by whole numbers, which they always are for two-way tables.

/// A cell or total of the linked tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedCell {
    /// The published count; `None` if hidden.
    pub published: Option<u64>,
    /// How uncertain it must be if hidden: largest minus smallest possible value.
    pub required: u64,
}

/// A total and the cells that add to it, by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// Its parts.
    pub parts: Vec<usize>,
}

/// What everything published together tells about a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The cell.
    pub cell: usize,
    /// Smallest value it can have.
    pub lowest: u64,
    /// Largest value it can have; `None` if nothing bounds it.
    pub highest: Option<u64>,
    /// Whether whole numbers reach both ends.
    pub integral: bool,
    /// Whether it is less uncertain than required.
    pub exposed: bool,
}

/// Why linked tables cannot be audited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkedError {
    /// An index without a cell.
    #[error("a sum names cell {0}, which does not exist")]
    NoSuchCell(usize),
    /// No counts agree with what is published.
    #[error("the published counts contradict each other")]
    Contradiction,
    /// More hidden cells hang together than the audit can hold.
    #[error("{0} hidden cells hang together, too many to audit")]
    TooLarge(usize),
}

/// Hidden cells that hang together in one program, at most.
const LARGEST: usize = 2_000;
/// Distance from a whole number that counts as rounding.
const TOLERANCE: f64 = 1e-6;

/// Bounds of every hidden cell from all sums together.
///
/// # Errors
/// [`LinkedError`].
pub fn audit(cells: &[LinkedCell], sums: &[Sum]) -> Result<Vec<Bound>, LinkedError> {
    let mut parent: Vec<usize> = (0..cells.len()).collect();
    for sum in sums {
        let mut hidden = Vec::new();
        for index in sum.parts.iter().chain([&sum.total]) {
            let cell = cells.get(*index).ok_or(LinkedError::NoSuchCell(*index))?;
            if cell.published.is_none() {
                hidden.push(*index);
            }
        }
        for pair in hidden.windows(2) {
            let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
            parent[a] = b;
        }
        if hidden.is_empty() {
            let value = |index: &usize| i128::from(cells[*index].published.unwrap_or(0));
            let parts: i128 = sum.parts.iter().map(value).sum();
            if parts != value(&sum.total) {
                return Err(LinkedError::Contradiction);
            }
        }
    }
    let mut together: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for index in (0..cells.len()).filter(|index| cells[*index].published.is_none()) {
        together
            .entry(root(&mut parent, index))
            .or_default()
            .push(index);
    }
    let mut bounds = Vec::new();
    for members in together.values() {
        bounds.extend(audit_component(cells, sums, members)?);
    }
    bounds.sort_by_key(|bound| bound.cell);
    Ok(bounds)
}

fn root(parent: &mut [usize], mut index: usize) -> usize {
    while parent[index] != index {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    index
}

fn audit_component(
    cells: &[LinkedCell],
    sums: &[Sum],
    members: &[usize],
) -> Result<Vec<Bound>, LinkedError> {
    if members.len() > LARGEST {
        return Err(LinkedError::TooLarge(members.len()));
    }
    let column: std::collections::BTreeMap<usize, usize> = members
        .iter()
        .enumerate()
        .map(|(at, index)| (*index, at))
        .collect();
    let mut rows = Vec::new();
    for sum in sums {
        let mut row = vec![0.0; members.len() + 1];
        let mut touches = false;
        let signed = sum.parts.iter().map(|part| (*part, 1.0));
        for (index, sign) in signed.chain([(sum.total, -1.0)]) {
            match (column.get(&index), cells[index].published) {
                (Some(at), _) => {
                    row[*at] += sign;
                    // The variable is what the count exceeds 1 by.
                    row[members.len()] -= sign;
                    touches = true;
                }
                (None, Some(value)) => row[members.len()] -= sign * value as f64,
                (None, None) => {}
            }
        }
        if touches {
            rows.push(row);
        }
    }
    let mut program = Program::feasible(rows, members.len()).ok_or(LinkedError::Contradiction)?;
    let bound = |(at, index): (usize, &usize)| {
        let low = program.extreme(at, Sense::Smallest);
        let high = program.extreme(at, Sense::Largest);
        let whole = |end: &End| end.value.is_none() || end.integral;
        let lowest = 1 + (low.value.unwrap_or(0.0) - TOLERANCE).ceil().max(0.0) as u64;
        let highest = high
            .value
            .map(|value| 1 + (value + TOLERANCE).floor().max(0.0) as u64);
        Bound {
            cell: *index,
            lowest,
            highest,
            integral: whole(&low) && whole(&high),
            exposed: highest
                .is_some_and(|highest| highest.saturating_sub(lowest) < cells[*index].required),
        }
    };
    Ok(members.iter().enumerate().map(bound).collect())
}

/// Which end of a variable is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Smallest,
    Largest,
}

/// An end of a variable; `None` if it is not bounded.
struct End {
    value: Option<f64>,
    integral: bool,
}

/// A feasible tableau of `A·x = b`, `x ≥ 0`, solved by the simplex method with Bland's rule, which
/// cannot cycle.
struct Program {
    /// Rows with the right-hand side last.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    variables: usize,
}

const ZERO: f64 = 1e-9;

impl Program {
    fn feasible(mut rows: Vec<Vec<f64>>, variables: usize) -> Option<Program> {
        let artificial = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let right = row.pop().unwrap_or(0.0);
            let sign = if right < 0.0 { -1.0 } else { 1.0 };
            row.iter_mut().for_each(|value| *value *= sign);
            row.extend((0..artificial).map(|at| f64::from(u8::from(at == index))));
            row.push(right * sign);
        }
        let basis = (variables..variables + artificial).collect();
        let mut program = Program {
            rows,
            basis,
            variables,
        };
        let mut cost = vec![0.0; variables + artificial];
        cost[variables..].fill(1.0);
        program.minimise(&cost);
        let left: f64 = program
            .basis
            .iter()
            .zip(&program.rows)
            .filter(|(variable, _)| **variable >= variables)
            .map(|(_, row)| row[row.len() - 1])
            .sum();
        if left > TOLERANCE {
            return None;
        }
        program.drop_artificial();
        Some(program)
    }

    /// Pivots artificial variables out of the basis, and drops rows that say nothing new.
    fn drop_artificial(&mut self) {
        let mut row = 0;
        while row < self.rows.len() {
            if self.basis[row] >= self.variables {
                let entering = (0..self.variables).find(|at| self.rows[row][*at].abs() > ZERO);
                match entering {
                    Some(at) => self.pivot(row, at),
                    None => {
                        self.rows.swap_remove(row);
                        self.basis.swap_remove(row);
                        continue;
                    }
                }
            }
            row += 1;
        }
        for row in &mut self.rows {
            let right = row.pop().unwrap_or(0.0);
            row.truncate(self.variables);
            row.push(right);
        }
    }

    fn pivot(&mut self, row: usize, at: usize) {
        let scale = self.rows[row][at];
        self.rows[row].iter_mut().for_each(|value| *value /= scale);
        let pivot = self.rows[row].clone();
        for (index, other) in self.rows.iter_mut().enumerate() {
            let factor = other[at];
            if index == row || factor.abs() < ZERO {
                continue;
            }
            for (value, change) in other.iter_mut().zip(&pivot) {
                *value -= factor * change;
            }
            other[at] = 0.0;
        }
        self.basis[row] = at;
    }

    /// Minimises; whether the minimum is bounded.
    fn minimise(&mut self, cost: &[f64]) -> bool {
        loop {
            let reduced = |at: usize, program: &Program| {
                let through: f64 = program
                    .basis
                    .iter()
                    .zip(&program.rows)
                    .map(|(variable, row)| cost[*variable] * row[at])
                    .sum();
                cost[at] - through
            };
            let Some(entering) = (0..cost.len()).find(|at| reduced(*at, self) < -ZERO) else {
                return true;
            };
            let mut leaving: Option<(f64, usize, usize)> = None;
            for (index, row) in self.rows.iter().enumerate() {
                if row[entering] > ZERO {
                    let ratio = row[row.len() - 1] / row[entering];
                    let candidate = (ratio, self.basis[index], index);
                    let better = leaving.is_none_or(|(best, variable, _)| {
                        ratio < best - ZERO || (ratio <= best + ZERO && candidate.1 < variable)
                    });
                    if better {
                        leaving = Some(candidate);
                    }
                }
            }
            let Some((_, _, row)) = leaving else {
                return false;
            };
            self.pivot(row, entering);
        }
    }

    fn extreme(&mut self, variable: usize, sense: Sense) -> End {
        let mut cost = vec![0.0; self.variables];
        cost[variable] = if sense == Sense::Smallest { 1.0 } else { -1.0 };
        if !self.minimise(&cost) {
            return End {
                value: None,
                integral: true,
            };
        }
        let right = |row: &Vec<f64>| row[row.len() - 1];
        let value = self
            .basis
            .iter()
            .position(|basic| *basic == variable)
            .map_or(0.0, |row| right(&self.rows[row]));
        let integral = self
            .rows
            .iter()
            .all(|row| (right(row) - right(row).round()).abs() < TOLERANCE);
        End {
            value: Some(value.max(0.0)),
            integral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::policy::Policy;
    use crate::disclosure::suppression::{Fallback, Table, protect};
    use crate::random::{Generator, Seed};

    fn hidden() -> LinkedCell {
        LinkedCell {
            published: None,
            required: 3,
        }
    }

    fn shown(value: u64) -> LinkedCell {
        LinkedCell {
            published: Some(value),
            required: 0,
        }
    }

    #[test]
    fn a_margin_hidden_in_one_table_and_shown_in_another_gives_the_cell_away() {
        // First table: 4 + 30 = hidden total. Second table publishes that total as 34.
        let sums = [Sum {
            total: 2,
            parts: vec![0, 1],
        }];
        let alone = audit(&[hidden(), shown(30), hidden()], &sums).unwrap();
        assert!(
            alone
                .iter()
                .all(|bound| !bound.exposed && bound.highest.is_none())
        );
        let linked = audit(&[hidden(), shown(30), shown(34)], &sums).unwrap();
        assert_eq!((linked[0].lowest, linked[0].highest), (4, Some(4)));
        assert!(linked[0].exposed);
    }

    #[test]
    fn contradictions_and_bad_indices_are_errors() {
        let sum = |total, parts: &[usize]| Sum {
            total,
            parts: parts.to_vec(),
        };
        let wrong = audit(&[shown(1), shown(2), shown(4)], &[sum(2, &[0, 1])]);
        assert_eq!(wrong, Err(LinkedError::Contradiction));
        let wrong = audit(&[hidden(), shown(5), shown(4)], &[sum(2, &[0, 1])]);
        assert_eq!(wrong, Err(LinkedError::Contradiction));
        assert_eq!(
            audit(&[hidden()], &[sum(3, &[0])]),
            Err(LinkedError::NoSuchCell(3))
        );
    }

    /// Cells and sums of a two-way table as it was published.
    fn two_way(published: &[Vec<Option<u64>>]) -> (Vec<LinkedCell>, Vec<Sum>) {
        let (rows, columns) = (published.len(), published[0].len());
        let cells = published
            .iter()
            .flatten()
            .map(|value| LinkedCell {
                published: *value,
                required: 1,
            })
            .collect();
        let at = |row: usize, column: usize| row * columns + column;
        let mut sums = Vec::new();
        for row in 0..rows {
            let parts = (0..columns - 1).map(|column| at(row, column)).collect();
            sums.push(Sum {
                total: at(row, columns - 1),
                parts,
            });
        }
        for column in 0..columns {
            let parts = (0..rows - 1).map(|row| at(row, column)).collect();
            sums.push(Sum {
                total: at(rows - 1, column),
                parts,
            });
        }
        (cells, sums)
    }

    #[test]
    fn two_way_tables_get_the_bounds_of_the_flows() {
        let mut generator = Generator::new(Seed(11));
        let mut compared = 0;
        for _ in 0..400 {
            let rows: Vec<Vec<u64>> = (0..3)
                .map(|_| (0..4).map(|_| generator.below(40) as u64).collect())
                .collect();
            let table = Table::new(&rows).unwrap();
            let Ok(found) = protect(&table, &Policy::PUBLICATION, Fallback::Refuse) else {
                continue;
            };
            let (cells, sums) = two_way(&found.published);
            let bounds = audit(&cells, &sums).unwrap();
            for hidden in &found.hidden {
                let index = hidden.cell.row * 5 + hidden.cell.column;
                let bound = bounds.iter().find(|bound| bound.cell == index).unwrap();
                assert_eq!(
                    (bound.lowest, bound.highest),
                    (hidden.lowest, hidden.highest)
                );
                assert!(bound.integral && !bound.exposed);
                compared += 1;
            }
        }
        assert!(compared > 500, "{compared}");
    }

    /// All fillings of the hidden inner cells of a 2×2×2 table that agree with all its two-way
    /// margins.
    fn brute_force(counts: &[u64; 8], hidden: &[bool; 8]) -> Vec<(u64, u64)> {
        let margin = |c: &[u64], keep: [usize; 2], values: [usize; 2]| -> u64 {
            (0..8)
                .filter(|i| (0..2).all(|k| (i >> keep[k]) & 1 == values[k]))
                .map(|i| c[i])
                .sum()
        };
        let margins = |c: &[u64]| -> Vec<u64> {
            let mut all = Vec::new();
            for keep in [[0, 1], [0, 2], [1, 2]] {
                for values in [[0, 0], [0, 1], [1, 0], [1, 1]] {
                    all.push(margin(c, keep, values));
                }
            }
            all
        };
        let wanted = margins(counts);
        let mut ranges = vec![(u64::MAX, 0); 8];
        // With all two-way margins a 2×2×2 table has one degree of freedom.
        for shift in -30_i64..=30 {
            let moved: Vec<i64> = (0..8_usize)
                .map(|i| {
                    counts[i] as i64
                        + if i.count_ones() % 2 == 0 {
                            shift
                        } else {
                            -shift
                        }
                })
                .collect();
            let fits = (0..8).all(|i| {
                if hidden[i] {
                    moved[i] >= 1
                } else {
                    moved[i] == counts[i] as i64
                }
            });
            if fits {
                let moved: Vec<u64> = moved.iter().map(|value| *value as u64).collect();
                assert_eq!(margins(&moved), wanted);
                for (range, value) in ranges.iter_mut().zip(&moved) {
                    *range = (range.0.min(*value), range.1.max(*value));
                }
            }
        }
        ranges
    }

    #[test]
    fn three_way_tables_with_all_margins_agree_with_brute_force() {
        let mut generator = Generator::new(Seed(3));
        for _ in 0..2_000 {
            let mut counts = [0_u64; 8];
            let mut hide = [false; 8];
            for i in 0..8 {
                counts[i] = 1 + generator.below(12) as u64;
                hide[i] = generator.below(4) > 0;
            }
            let mut cells: Vec<LinkedCell> = (0..8)
                .map(|i| LinkedCell {
                    published: (!hide[i]).then_some(counts[i]),
                    required: 2,
                })
                .collect();
            let mut sums = Vec::new();
            for keep in [[0, 1], [0, 2], [1, 2]] {
                for values in [[0, 0], [0, 1], [1, 0], [1, 1]] {
                    let parts: Vec<usize> = (0..8)
                        .filter(|i| (0..2).all(|k| (i >> keep[k]) & 1 == values[k]))
                        .collect();
                    let total = parts.iter().map(|part| counts[*part]).sum();
                    cells.push(shown(total));
                    sums.push(Sum {
                        total: cells.len() - 1,
                        parts,
                    });
                }
            }
            let ranges = brute_force(&counts, &hide);
            for bound in audit(&cells, &sums).unwrap() {
                let (lowest, highest) = ranges[bound.cell];
                assert_eq!((bound.lowest, bound.highest), (lowest, Some(highest)));
                assert_eq!(bound.exposed, highest - lowest < 2);
            }
        }
    }
}
