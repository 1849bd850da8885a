//! Walking through time with the number of units at risk, for one group.

use super::Observations;

/// Counts at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Units with `entry < t <= exit`.
    pub(super) at_risk: u64,
    /// Events at `t`.
    pub(super) events: u64,
    /// Censorings at `t`.
    pub(super) censored: u64,
}

/// Sorted exits and entries of one group with a position in time.
pub(super) struct RiskWalk {
    /// Exit times as ordered bits, shifted left by one; the lowest bit is 1 for an event.
    exits: Vec<u64>,
    /// Entry times as ordered bits; empty without delayed entry.
    entries: Option<Vec<u64>>,
    left: usize,
    entered: usize,
    event_cursor: usize,
}

/// Non-negative doubles order like their bits. Adding 0.0 turns -0.0 into 0.0.
fn ordered_bits(time: f64) -> u64 {
    (time + 0.0).to_bits()
}

impl RiskWalk {
    pub(super) fn new(observations: &Observations) -> Self {
        let pairs = observations.exit().iter().zip(observations.event());
        let mut exits: Vec<u64> = pairs
            .map(|(exit, event)| ordered_bits(*exit) << 1 | u64::from(*event))
            .collect();
        exits.sort_unstable();
        let entries = observations.entry().map(|entry| {
            let mut entries: Vec<u64> = entry.iter().map(|time| ordered_bits(*time)).collect();
            entries.sort_unstable();
            entries
        });
        Self {
            exits,
            entries,
            left: 0,
            entered: 0,
            event_cursor: 0,
        }
    }

    /// Number of units.
    pub(super) fn len(&self) -> usize {
        self.exits.len()
    }

    /// Next exit time that has not been passed yet.
    pub(super) fn next_time(&self) -> Option<f64> {
        self.exits
            .get(self.left)
            .map(|key| f64::from_bits(key >> 1))
    }

    /// Time of the next event that has not been passed yet.
    pub(super) fn next_event_time(&mut self) -> Option<f64> {
        self.event_cursor = self.event_cursor.max(self.left);
        // The cursor never moves back, so all searches together cost one pass.
        while self
            .exits
            .get(self.event_cursor)
            .is_some_and(|key| key & 1 == 0)
        {
            self.event_cursor += 1;
        }
        self.exits
            .get(self.event_cursor)
            .map(|key| f64::from_bits(key >> 1))
    }

    /// Counts at `time`; moves past it. Times must be passed in ascending order.
    pub(super) fn advance(&mut self, time: f64) -> Counts {
        let key = ordered_bits(time);
        while self
            .exits
            .get(self.left)
            .is_some_and(|exit| exit >> 1 < key)
        {
            self.left += 1;
        }
        let entered = match &self.entries {
            None => self.exits.len(),
            Some(entries) => {
                while entries.get(self.entered).is_some_and(|entry| *entry < key) {
                    self.entered += 1;
                }
                self.entered
            }
        };
        let at_risk = (entered - self.left) as u64;
        let (mut events, mut censored) = (0, 0);
        while let Some(exit) = self.exits.get(self.left).filter(|exit| *exit >> 1 == key) {
            events += exit & 1;
            censored += 1 - (exit & 1);
            self.left += 1;
        }
        Counts {
            at_risk,
            events,
            censored,
        }
    }
}
