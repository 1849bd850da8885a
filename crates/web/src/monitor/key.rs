//! The secret that decides whether a count is rounded up or down.
//!
//! It must stay the same for a record, or two visits would tell more than one; nobody without it
//! can compute which way a count was rounded.

use sha2::{Digest, Sha256};
use statistics::disclosure::cell_key::RecordKey;

/// Gives every pseudonym its secret number.
#[derive(Clone)]
pub struct RoundingKey(Kind);

#[derive(Clone)]
enum Kind {
    Secret([u8; 32]),
    Open,
}

impl RoundingKey {
    /// The key of an installation from its rounding secret, the same at every start, or of one run
    /// of the program from its randomness.
    #[must_use]
    pub fn of_secret(secret: [u8; 32]) -> RoundingKey {
        RoundingKey(Kind::Secret(secret))
    }

    /// For invented records only: anybody can repeat the rounding, and nobody is behind it.
    #[must_use]
    pub fn of_invented() -> RoundingKey {
        RoundingKey(Kind::Open)
    }

    /// The secret number of a record.
    #[must_use]
    pub fn of(&self, pseudonym: &str) -> RecordKey {
        let mut hash = Sha256::new();
        if let Kind::Secret(secret) = &self.0 {
            hash.update(secret);
        }
        hash.update(pseudonym.as_bytes());
        let mut bits = [0; 8];
        bits.copy_from_slice(&hash.finalize()[..8]);
        RecordKey::from_secret_bits(u64::from_be_bytes(bits))
    }
}

impl std::fmt::Debug for RoundingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RoundingKey(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stays_the_same_and_differs_between_installations() {
        let of = |secret, name| RoundingKey::of_secret([secret; 32]).of(name);
        assert_eq!(of(1, "p1"), of(1, "p1"));
        assert_ne!(of(1, "p1"), of(1, "p2"));
        assert_ne!(of(1, "p1"), of(2, "p1"));
        assert_ne!(of(1, "p1"), RoundingKey::of_invented().of("p1"));
    }
}
