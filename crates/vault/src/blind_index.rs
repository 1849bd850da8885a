//! Looking up a sealed value exactly, without opening anything.
//!
//! The index of a value is a keyed hash: equal values have equal indexes, and without the master
//! key nobody can compute the index of a guess.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::keys::{KEY_LENGTH, MasterKey};

/// Bytes of an index: 128 bits, so that equal indexes of different values do not occur.
pub const INDEX_LENGTH: usize = 16;

/// Makes the indexes of one column.
#[derive(Clone)]
pub struct BlindIndex {
    key: [u8; KEY_LENGTH],
}

impl BlindIndex {
    /// The indexes of one column; the same value has another index in every column.
    #[must_use]
    pub fn of_column(master: &MasterKey, table: &str, column: &str) -> BlindIndex {
        BlindIndex {
            key: master.derive(&format!("blind index {table}.{column}")),
        }
    }

    /// The index of a value; the caller folds it first where spelling should not matter.
    #[must_use]
    pub fn of(&self, value: &str) -> [u8; INDEX_LENGTH] {
        let mut index = [0; INDEX_LENGTH];
        // HMAC takes keys of any length; there is no key it refuses.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            mac.update(value.as_bytes());
            index.copy_from_slice(&mac.finalize().into_bytes()[..INDEX_LENGTH]);
        }
        index
    }
}

impl std::fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlindIndex(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::Counting;

    #[test]
    fn equal_values_meet_and_columns_differ() {
        let random = &mut Counting(1);
        let master = MasterKey::generate(random);
        let index = BlindIndex::of_column(&master, "identity", "case_number");
        assert_eq!(index.of("123"), index.of("123"));
        assert_ne!(index.of("123"), index.of("124"));
        assert_ne!(index.of("123"), [0; INDEX_LENGTH]);
        let other = BlindIndex::of_column(&master, "identity", "email");
        assert_ne!(index.of("123"), other.of("123"));
        let stranger =
            BlindIndex::of_column(&MasterKey::generate(random), "identity", "case_number");
        assert_ne!(index.of("123"), stranger.of("123"));
    }
}
