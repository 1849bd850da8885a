//! Cells that a spreadsheet would take for a formula (CWE-1236).

use std::borrow::Cow;

/// Signs with which spreadsheets begin a formula.
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before it.
#[must_use]
pub fn disarmed(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(SIGNS) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell before it was disarmed.
#[must_use]
pub fn rearmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(SIGNS) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_come_back() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-", "'-"),
            ("Ahmad", "Ahmad"),
            ("", ""),
        ] {
            assert_eq!(disarmed(cell), safe);
            assert_eq!(rearmed(safe), cell);
        }
        assert_eq!(rearmed("'s-Gravenhage"), "'s-Gravenhage");
    }
}
