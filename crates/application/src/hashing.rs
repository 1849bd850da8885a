//! Hashing and comparing passwords: on threads where it holds nobody up, few at a time, counted.

use std::sync::atomic::{AtomicU64, Ordering};

use chacha20::ChaCha20Rng;
use tokio::sync::Semaphore;
use vault::password::StoredPassword;

use crate::{ApplicationError, InvalidInput};

/// Passwords that are hashed at the same time; each takes 19 MiB.
const AT_ONCE: usize = 2;

const FAULT: ApplicationError = ApplicationError::Fault("hashing failed");

/// Where passwords are hashed.
#[derive(Debug)]
pub(crate) struct Hashing {
    room: Semaphore,
    n_compared: AtomicU64,
}

impl Default for Hashing {
    fn default() -> Hashing {
        Hashing {
            room: Semaphore::new(AT_ONCE),
            n_compared: AtomicU64::new(0),
        }
    }
}

impl Hashing {
    /// Hashes a password.
    pub(crate) async fn hash(
        &self,
        password: &str,
        mut random: ChaCha20Rng,
    ) -> Result<StoredPassword, ApplicationError> {
        let _permit = self.room.acquire().await.map_err(|_| FAULT)?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || StoredPassword::new(&password, &mut random))
            .await
            .map_err(|_| FAULT)?
            .map_err(|_| InvalidInput::Password.into())
    }

    /// Compares a password with a stored one.
    pub(crate) async fn matches(
        &self,
        stored: StoredPassword,
        password: &str,
    ) -> Result<bool, ApplicationError> {
        let _permit = self.room.acquire().await.map_err(|_| FAULT)?;
        self.n_compared.fetch_add(1, Ordering::Relaxed);
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || stored.matches(&password))
            .await
            .map_err(|_| FAULT)
    }

    /// How many passwords were compared.
    pub(crate) fn n_compared(&self) -> u64 {
        self.n_compared.load(Ordering::Relaxed)
    }
}
