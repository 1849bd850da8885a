//! The table as a network: one edge per cell, one node per row, column and line of totals.
//!
//! Orienting inner cells from row to column and totals back makes every table with correct
//! totals a circulation, so bounds of a cell are flows.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::table::Table;

/// An edge of the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) tail: usize,
    pub(super) head: usize,
}

/// Edges by cell index.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) edges: Vec<Edge>,
    nodes: usize,
    /// Edges at every node.
    at_node: Vec<Vec<usize>>,
}

impl Network {
    pub(super) fn of(table: &Table) -> Self {
        let (rows, columns) = (table.rows() + 1, table.columns() + 1);
        let mut at_node = vec![Vec::new(); rows + columns];
        let edges: Vec<Edge> = (0..table.counts().len())
            .map(|index| {
                let cell = table.cell(index);
                let (row, column) = (cell.row, rows + cell.column);
                at_node[row].push(index);
                at_node[column].push(index);
                let forward = (cell.row < table.rows()) == (cell.column < table.columns());
                let (tail, head) = if forward {
                    (row, column)
                } else {
                    (column, row)
                };
                Edge { tail, head }
            })
            .collect();
        Self {
            edges,
            nodes: rows + columns,
            at_node,
        }
    }

    fn other_end(&self, edge: usize, node: usize) -> usize {
        let Edge { tail, head } = self.edges[edge];
        if node == tail { head } else { tail }
    }

    /// Cheapest path between the ends of `edge` that avoids it; `cost` is `None` for edges that
    /// may not be used. Ties are broken by the edge number, so the result is reproducible.
    pub(super) fn cheapest_detour(
        &self,
        edge: usize,
        cost: impl Fn(usize) -> Option<u64>,
    ) -> Option<Vec<usize>> {
        let Edge {
            tail: start,
            head: goal,
        } = self.edges[edge];
        let mut best = vec![u64::MAX; self.nodes];
        let mut arrived_by = vec![usize::MAX; self.nodes];
        let mut queue = BinaryHeap::from([Reverse((0_u64, start))]);
        best[start] = 0;
        while let Some(Reverse((so_far, node))) = queue.pop() {
            if node == goal {
                break;
            }
            if so_far > best[node] {
                continue;
            }
            for next_edge in self.at_node[node].iter().filter(|other| **other != edge) {
                let Some(step) = cost(*next_edge) else {
                    continue;
                };
                let next = self.other_end(*next_edge, node);
                let total = so_far.saturating_add(step);
                if total < best[next] {
                    best[next] = total;
                    arrived_by[next] = *next_edge;
                    queue.push(Reverse((total, next)));
                }
            }
        }
        if best[goal] == u64::MAX {
            return None;
        }
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            path.push(arrived_by[node]);
            node = self.other_end(arrived_by[node], node);
        }
        Some(path)
    }

    /// Pushes up to `limit` units around a cycle through `edge`, in its direction if `up`,
    /// against it otherwise, keeping every hidden edge at 1 or more. Changes `counts` to the
    /// extreme table and returns the units pushed.
    pub(super) fn push(
        &self,
        counts: &mut [u64],
        hidden: &[bool],
        edge: usize,
        direction: Direction,
        limit: u64,
    ) -> u64 {
        let Edge { tail, head } = self.edges[edge];
        // Raising x on tail→head needs as much flow from head back to tail.
        let (from, to) = match direction {
            Direction::Up => (head, tail),
            Direction::Down => (tail, head),
        };
        let own_room = match direction {
            Direction::Up => u64::MAX,
            Direction::Down => counts[edge] - 1,
        };
        let mut pushed = 0;
        while pushed < limit.min(own_room) {
            let Some((path, room)) = self.augmenting_path(counts, hidden, edge, from, to) else {
                break;
            };
            let amount = room.min(limit.min(own_room) - pushed);
            for (step, forward) in path {
                if forward {
                    counts[step] += amount;
                } else {
                    counts[step] -= amount;
                }
            }
            pushed += amount;
        }
        match direction {
            Direction::Up => counts[edge] += pushed,
            Direction::Down => counts[edge] -= pushed,
        }
        pushed
    }

    /// Shortest path with room along hidden edges other than `avoided` (breadth first).
    fn augmenting_path(
        &self,
        counts: &[u64],
        hidden: &[bool],
        avoided: usize,
        from: usize,
        to: usize,
    ) -> Option<(Vec<(usize, bool)>, u64)> {
        let mut arrived_by = vec![usize::MAX; self.nodes];
        let mut seen = vec![false; self.nodes];
        let mut queue = VecDeque::from([from]);
        seen[from] = true;
        while let Some(node) = queue.pop_front() {
            if node == to {
                break;
            }
            for edge in self.at_node[node]
                .iter()
                .filter(|e| hidden[**e] && **e != avoided)
            {
                let forward = self.edges[*edge].tail == node;
                let next = self.other_end(*edge, node);
                if !seen[next] && (forward || counts[*edge] > 1) {
                    seen[next] = true;
                    arrived_by[next] = *edge;
                    queue.push_back(next);
                }
            }
        }
        if !seen[to] {
            return None;
        }
        let mut path = Vec::new();
        let mut room = u64::MAX;
        let mut node = to;
        while node != from {
            let edge = arrived_by[node];
            let forward = self.edges[edge].head == node;
            if !forward {
                room = room.min(counts[edge] - 1);
            }
            path.push((edge, forward));
            node = self.other_end(edge, node);
        }
        Some((path, room))
    }
}

/// Which way a count is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}
