//! An append-only log whose past cannot be changed unnoticed.
//!
//! Every entry has the hash of its content together with the hash of the entry before it, so a
//! change, a removal or an insertion breaks every later hash.
//! Cutting off the end is noticed by comparing the last hash with an anchor kept outside the
//! database.

use sha2::{Digest, Sha256};

/// Hash of an entry together with everything before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHash([u8; 32]);

/// Where a log and its chain, or its anchor, part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// The entry does not have the hash that its content and its past give.
    #[error("entry {number} was changed, or one before it was removed or inserted")]
    Broken {
        /// Number of the first entry that does not fit, counted from 1.
        number: u64,
    },
    /// The log ends before the anchor.
    #[error("the log has {found} entries, the anchor knows {anchored}: the end was cut off")]
    Truncated {
        /// Entries in the log.
        found: u64,
        /// Entries when the anchor was written.
        anchored: u64,
    },
    /// The entry to which the anchor points has another hash.
    #[error("entry {number} is not the one that was anchored: the log was rewritten")]
    Rewritten {
        /// Number of the anchored entry.
        number: u64,
    },
}

/// The state of a log at some time, to be kept outside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// How many entries there were.
    pub entries: u64,
    /// Hash of the last of them.
    pub hash: ChainHash,
}

impl ChainHash {
    /// The hash before the first entry.
    pub const START: ChainHash = ChainHash([0; 32]);

    /// The hash of the next entry with this content.
    #[must_use]
    pub fn next(self, number: u64, content: &[u8]) -> ChainHash {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(number.to_le_bytes());
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(content);
        ChainHash(hasher.finalize().into())
    }

    /// The bytes to store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash from storage.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> ChainHash {
        ChainHash(bytes)
    }
}

/// Checks a log, entry by entry in their order, against an anchor.
#[derive(Clone, Copy, Debug)]
pub struct Verifier {
    anchor: Option<Anchor>,
    last: ChainHash,
    entries: u64,
}

impl Verifier {
    /// Starts before the first entry; without an anchor a cut-off end cannot be noticed.
    #[must_use]
    pub fn new(anchor: Option<Anchor>) -> Verifier {
        Verifier {
            anchor,
            last: ChainHash::START,
            entries: 0,
        }
    }

    /// Checks the next entry.
    ///
    /// # Errors
    /// Fails when it does not fit to the entries before it or is not the anchored one.
    pub fn entry(&mut self, content: &[u8], stored: ChainHash) -> Result<(), ChainError> {
        self.entries += 1;
        let number = self.entries;
        self.last = self.last.next(number, content);
        if self.last != stored {
            return Err(ChainError::Broken { number });
        }
        match self.anchor {
            Some(anchor) if anchor.entries == number && anchor.hash != self.last => {
                Err(ChainError::Rewritten { number })
            }
            _ => Ok(()),
        }
    }

    /// Ends the check and gives the new anchor.
    ///
    /// # Errors
    /// Fails when the log is shorter than the anchor says.
    pub fn finish(self) -> Result<Anchor, ChainError> {
        match self.anchor {
            Some(anchor) if anchor.entries > self.entries => Err(ChainError::Truncated {
                found: self.entries,
                anchored: anchor.entries,
            }),
            _ => Ok(Anchor {
                entries: self.entries,
                hash: self.last,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn log(contents: &[Vec<u8>]) -> Vec<(Vec<u8>, ChainHash)> {
        let mut last = ChainHash::START;
        contents
            .iter()
            .enumerate()
            .map(|(position, content)| {
                last = last.next(position as u64 + 1, content);
                (content.clone(), last)
            })
            .collect()
    }

    fn verify(log: &[(Vec<u8>, ChainHash)], anchor: Option<Anchor>) -> Result<Anchor, ChainError> {
        let mut verifier = Verifier::new(anchor);
        for (content, hash) in log {
            verifier.entry(content, *hash)?;
        }
        verifier.finish()
    }

    proptest! {
        #[test]
        fn every_change_of_the_past_is_noticed(
            contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..5), 1..12),
            at: prop::sample::Index,
        ) {
            let whole = log(&contents);
            let anchor = verify(&whole, None)?;
            prop_assert_eq!(verify(&whole, Some(anchor))?, anchor);
            let at = at.index(whole.len());
            let mut changed = whole.clone();
            changed[at].0.push(1);
            prop_assert!(verify(&changed, Some(anchor)).is_err());
            let mut removed = whole.clone();
            removed.remove(at);
            prop_assert!(verify(&removed, Some(anchor)).is_err());
            let mut twice = whole.clone();
            twice.insert(at, whole[at].clone());
            prop_assert!(verify(&twice, Some(anchor)).is_err());
            // Someone who rewrites the whole log consistently is caught by the anchor.
            let mut other = contents.clone();
            other[at].push(1);
            prop_assert!(verify(&log(&other), Some(anchor)).is_err());
            // The log may grow.
            let mut longer = contents;
            longer.push(vec![9]);
            prop_assert!(verify(&log(&longer), Some(anchor)).is_ok());
        }
    }
}
