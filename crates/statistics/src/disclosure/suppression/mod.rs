//! Static tables: cells left out so that none of them can be worked out, with the proof.
//!
//! # The attacker
//! Knows the published table with its totals, that counts are whole and not negative, that zeros
//! are shown (so every hidden cell is at least 1), the policy, and this very procedure.
//!
//! # The procedure
//! 1. Primary: every count that breaks the policy, totals included.
//! 2. The table with its totals is a network: rows and columns are nodes, every cell is an edge,
//!    and the row and column sums are conservation of flow. A hidden cell follows from the
//!    totals if and only if its edge is a bridge among the hidden edges (Gusfield 1988), so the
//!    cheapest further edges are hidden until no primary edge is a bridge. Costs are expected
//!    counts from the totals, not the counts themselves, so the choice tells little.
//! 3. Sharp bounds of every hidden cell by maximal flow; a primary cell must be uncertain by at
//!    least the minimum count, any other hidden cell by at least 1.
//! 4. Replay: tables that agree with everything published are generated from the published
//!    figures alone, and the procedure is run on them. Only if they show at least two values
//!    for every hidden cell *and* lead to exactly the same publication does the attacker who
//!    knows the procedure learn nothing from it.
//!
//! Where this fails the caller decides beforehand what happens: the totals are withheld, or the
//! release is refused with the reason. Merging categories ([`Table::merge_rows`],
//! [`Table::merge_columns`]) is a decision before the procedure, because which categories were
//! merged tells about the counts.

mod bounds;
mod network;
mod protect;
mod replay;
mod table;

pub use protect::{Fallback, HiddenCell, Outcome, Proof, ProtectedTable, Refusal, protect};
pub use table::{Cell, Table, TableError};
