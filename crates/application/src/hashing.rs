//! Hashing and comparing passwords: on threads where it holds nobody up, few at a time, counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chacha20::ChaCha20Rng;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use vault::password::StoredPassword;

use crate::{ApplicationError, InvalidInput};

/// Passwords that are hashed at the same time; each takes 19 MiB.
const AT_ONCE: usize = 2;

const FAULT: ApplicationError = ApplicationError::Fault("hashing failed");

/// Where passwords are hashed.
#[derive(Debug)]
pub(crate) struct Hashing {
    room: Arc<Semaphore>,
    n_compared: AtomicU64,
}

impl Default for Hashing {
    fn default() -> Hashing {
        Hashing {
            room: Arc::new(Semaphore::new(AT_ONCE)),
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
        let permit = self.permit().await?;
        let password = password.to_owned();
        let hash = move || {
            let _permit = permit;
            StoredPassword::new(&password, &mut random)
        };
        tokio::task::spawn_blocking(hash)
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
        let permit = self.permit().await?;
        self.n_compared.fetch_add(1, Ordering::Relaxed);
        let password = password.to_owned();
        let compare = move || {
            let _permit = permit;
            stored.matches(&password)
        };
        tokio::task::spawn_blocking(compare)
            .await
            .map_err(|_| FAULT)
    }

    /// Room for one password; it goes with the work, which also goes on when nobody waits for it.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, ApplicationError> {
        let room = Arc::clone(&self.room);
        room.acquire_owned().await.map_err(|_| FAULT)
    }

    /// How many passwords were compared.
    pub(crate) fn n_compared(&self) -> u64 {
        self.n_compared.load(Ordering::Relaxed)
    }
}
