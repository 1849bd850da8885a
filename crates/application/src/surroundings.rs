//! Time and randomness, given by whoever starts the application.

use std::sync::Arc;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng;
use domain::moment::{Clock, Moment};

/// A source of seeds that nobody can guess; the operating system's, except in tests.
pub trait Seeds: Send + Sync {
    /// A fresh seed.
    fn seed(&self) -> [u8; 32];
}

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Surroundings {
    clock: Arc<dyn Clock>,
    seeds: Arc<dyn Seeds>,
}

impl Surroundings {
    /// Surroundings of a clock and a source of seeds.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, seeds: Arc<dyn Seeds>) -> Surroundings {
        Surroundings { clock, seeds }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Randomness for one use case: a generator of its own, so that none is shared or locked
    /// while a use case waits for the database.
    #[must_use]
    pub fn random(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.seeds.seed())
    }
}
