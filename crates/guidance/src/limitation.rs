//! What a person can and cannot do, apart from why: only the first may leave the case file.
//!
//! The note about health has no way out of this module as text: it cannot be written to a file,
//! shown or compared, and nothing that goes to the matcher or an employer has a field for it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A note about health in the case file.
///
/// It can be read in, by the case file's own page, and nowhere else.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct HealthNote(String);

impl HealthNote {
    /// A note with these words.
    #[must_use]
    pub fn new(words: String) -> HealthNote {
        HealthNote(words)
    }

    /// Whether there are words in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for HealthNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthNote(withheld)")
    }
}

/// What work must take into account, in terms of doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limitation {
    /// No heavy lifting.
    Lifting,
    /// No long standing or walking.
    Standing,
    /// No fine work with the hands.
    FineHandwork,
    /// A quiet place.
    QuietPlace,
    /// Few hours at first.
    FewHours,
    /// No night or shift work.
    RegularHours,
    /// Breaks when needed.
    Breaks,
}

/// Pace of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// As planned.
    #[default]
    Normal,
    /// Slower.
    Adjusted,
    /// Nothing is asked for now.
    Pause,
}

impl Pace {
    /// All paces.
    pub const ALL: [Pace; 3] = [Pace::Normal, Pace::Adjusted, Pace::Pause];

    /// Code in files and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Pace::Normal => "normal",
            Pace::Adjusted => "adjusted",
            Pace::Pause => "pause",
        }
    }
}

/// What the case file holds about limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsOnFile {
    /// What work must take into account.
    #[serde(default)]
    pub limitations: Vec<Limitation>,
    /// Pace of the plan.
    #[serde(default)]
    pub pace: Pace,
    /// Whether somebody should come back to it.
    #[serde(default)]
    pub follow_up: bool,
    /// Note for the case file only.
    #[serde(default)]
    pub note: HealthNote,
}

/// What may be shared with an employer, once the person agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShareableLimits {
    /// What work must take into account.
    pub limitations: Vec<Limitation>,
}

impl LimitsOnFile {
    /// The part that may be shared with an employer.
    #[must_use]
    pub fn shareable(&self) -> ShareableLimits {
        let mut limitations = self.limitations.clone();
        limitations.sort_unstable();
        limitations.dedup();
        ShareableLimits { limitations }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_note_never_leaves(words in "[a-z]{12,40}") {
            let limits = LimitsOnFile {
                limitations: vec![Limitation::Breaks],
                pace: Pace::Pause,
                follow_up: true,
                note: HealthNote::new(words.clone()),
            };
            let shared = serde_json::to_string(&limits.shareable()).expect("json");
            prop_assert!(!shared.contains(&words));
            let debugged = format!("{:?}", limits);
            prop_assert!(!debugged.contains(&words));
        }
    }
}
