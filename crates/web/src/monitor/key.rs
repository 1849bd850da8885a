//! The secret that decides whether a count is rounded up or down.
//!
//! It must stay the same for a record, or two visits would tell more than one; nobody without it
//! can compute which way a count was rounded.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use statistics::disclosure::cell_key::RecordKey;
use vault::blind_index::BlindIndex;
use vault::keys::{KeyError, MasterKey};

/// Gives every pseudonym its secret number.
#[derive(Clone, Debug)]
pub struct RoundingKey(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Secret(BlindIndex),
    Open,
}

impl RoundingKey {
    /// The key of an installation: the same at every start.
    #[must_use]
    pub fn of_master(master: &MasterKey) -> RoundingKey {
        let index = BlindIndex::of_column(master, "statistics_spell", "rounding");
        RoundingKey(Kind::Secret(index))
    }

    /// A key for one run of the program, from its randomness, where no master key is set. Another
    /// run rounds otherwise, so a public site should have a master key.
    ///
    /// # Errors
    /// [`KeyError`] for a seed that follows a pattern.
    pub fn of_seed(seed: [u8; 32]) -> Result<RoundingKey, KeyError> {
        let master = MasterKey::parse(&HEXLOWER.encode(&seed))?;
        Ok(RoundingKey::of_master(&master))
    }

    /// For invented records only: anybody can repeat the rounding, and nobody is behind it.
    #[must_use]
    pub fn of_invented() -> RoundingKey {
        RoundingKey(Kind::Open)
    }

    /// The secret number of a record.
    #[must_use]
    pub fn of(&self, pseudonym: &str) -> RecordKey {
        let mut bits = [0; 8];
        match &self.0 {
            Kind::Secret(index) => bits.copy_from_slice(&index.of(pseudonym)[..8]),
            Kind::Open => bits.copy_from_slice(&Sha256::digest(pseudonym.as_bytes())[..8]),
        }
        RecordKey::from_secret_bits(u64::from_be_bytes(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stays_the_same_and_differs_between_installations() -> Result<(), KeyError> {
        let one = "8f3a1c5577e2094db6c0aa91f3d4e80b1276c5d9e3f4a0b78c6d5e4f30211909";
        let two = "0d3a1c5577e2094db6c0aa91f3d4e80b1276c5d9e3f4a0b78c6d5e4f30211909";
        let key = |text| MasterKey::parse(text).map(|master| RoundingKey::of_master(&master));
        assert_eq!(key(one)?.of("p1"), key(one)?.of("p1"));
        assert_ne!(key(one)?.of("p1"), key(one)?.of("p2"));
        assert_ne!(key(one)?.of("p1"), key(two)?.of("p1"));
        assert_ne!(key(one)?.of("p1"), RoundingKey::of_invented().of("p1"));
        Ok(())
    }
}
