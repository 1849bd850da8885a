//! Sectors a person ruled out: a neutral word where one was ruled out unseen.

use std::collections::BTreeSet;

use serde::Serialize;

/// A suggestion to look at a sector; the person stays free to leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Widening<'a> {
    /// The sector.
    pub sector: &'a str,
    /// Key of the text.
    pub text: &'static str,
}

/// Suggestions for the sectors that were ruled out without having been looked at.
///
/// A sector that the person looked at and then ruled out is respected: there is no suggestion.
/// There is no other outcome than a suggestion: nothing is added to or taken from the choice.
#[must_use]
pub fn widening<'a>(
    ruled_out: &'a BTreeSet<String>,
    looked_at: &BTreeSet<String>,
) -> Vec<Widening<'a>> {
    let unseen = ruled_out
        .iter()
        .filter(|sector| !looked_at.contains(*sector));
    unseen
        .map(|sector| Widening {
            sector,
            text: "orientation.widen",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unseen_sectors_get_a_suggestion() {
        let set = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let (out, seen): (BTreeSet<_>, BTreeSet<_>) = (set(&["zorg", "bouw"]), set(&["bouw"]));
        let found = widening(&out, &seen);
        assert_eq!(found.iter().map(|w| w.sector).collect::<Vec<_>>(), ["zorg"]);
        assert!(widening(&set(&["bouw"]), &seen).is_empty());
    }
}
