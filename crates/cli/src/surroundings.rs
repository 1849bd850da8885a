//! The machine's clock and randomness: the one place where they enter the program.

use std::sync::Arc;
use std::time::SystemTime;

use application::{Seeds, Surroundings};
use domain::moment::{Clock, Moment};

/// The time and randomness of this machine.
pub(crate) fn of_machine() -> Surroundings {
    Surroundings::new(Arc::new(MachineClock), Arc::new(MachineSeeds))
}

/// Fresh secret bits of this machine.
pub(crate) fn seed() -> [u8; 32] {
    MachineSeeds.seed()
}

struct MachineClock;

impl Clock for MachineClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "here the machine's time enters the program"
    )]
    fn now(&self) -> Moment {
        let since = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Moment::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

struct MachineSeeds;

impl Seeds for MachineSeeds {
    #[expect(
        clippy::expect_used,
        reason = "without the system's randomness nothing secret can be made; going on would be worse"
    )]
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("the operating system gives randomness");
        seed
    }
}
