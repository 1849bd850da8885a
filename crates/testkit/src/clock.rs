//! A clock that a test sets.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::moment::{Clock, Moment};

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

/// 2 March 2026, 08:00 UTC: a Monday, like every first day of work.
pub const START: i64 = 1_772_438_400_000_000;

impl SetClock {
    /// A clock that shows [`START`].
    #[must_use]
    pub fn new() -> SetClock {
        SetClock(AtomicI64::new(START))
    }

    /// Moves the clock.
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Default for SetClock {
    fn default() -> SetClock {
        SetClock::new()
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::SeqCst))
    }
}
