//! An append-only log whose past cannot be changed unnoticed.
//!
//! Every entry has the hash of its content together with the hash of the entry before it, so a
//! change, a removal or an insertion breaks every later hash.
//! Cutting off the end is noticed by comparing the last hash with an anchor kept outside the
//! database.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::keys::MasterKey;

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

/// A line of an anchor file that is none or that nobody with the master key wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a genuine line of an anchor file")]
pub struct NotAnAnchor;

impl Anchor {
    /// The anchor as a line of a text file: entries, hash, and a proof (HMAC-SHA-256) that someone
    /// with the master key wrote it.
    #[must_use]
    pub fn to_line(&self, master: &MasterKey) -> String {
        let body = format!(
            "{} {}",
            self.entries,
            data_encoding::HEXLOWER.encode(&self.hash.0)
        );
        let proof = data_encoding::HEXLOWER.encode(&proof(master, &body));
        format!("{body} {proof}")
    }

    /// Reads a line that [`Anchor::to_line`] wrote.
    ///
    /// # Errors
    /// Fails when the line has another form or its proof is not right.
    pub fn from_line(line: &str, master: &MasterKey) -> Result<Anchor, NotAnAnchor> {
        use subtle::ConstantTimeEq;

        let hex = |text: &str| -> Option<[u8; 32]> {
            let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
            bytes.try_into().ok()
        };
        let (body, given) = line.trim_end().rsplit_once(' ').ok_or(NotAnAnchor)?;
        let (entries, hash) = body.split_once(' ').ok_or(NotAnAnchor)?;
        let given = hex(given).ok_or(NotAnAnchor)?;
        if !bool::from(proof(master, body).ct_eq(&given)) {
            return Err(NotAnAnchor);
        }
        Ok(Anchor {
            entries: entries.parse().map_err(|_| NotAnAnchor)?,
            hash: hex(hash).map(ChainHash).ok_or(NotAnAnchor)?,
        })
    }
}

fn proof(master: &MasterKey, body: &str) -> [u8; 32] {
    let mut proof = [0; 32];
    // HMAC takes keys of any length; there is no key it refuses.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&master.derive("anchors of the audit log"))
    {
        mac.update(body.as_bytes());
        proof.copy_from_slice(&mac.finalize().into_bytes());
    }
    proof
}

/// Checks a log, entry by entry in their order, against anchors.
#[derive(Clone, Debug)]
pub struct Verifier {
    /// Anchors that were not reached yet, the one with the fewest entries last.
    anchors: Vec<Anchor>,
    last: ChainHash,
    entries: u64,
}

impl Verifier {
    /// Starts before the first entry; without an anchor a cut-off end cannot be noticed.
    #[must_use]
    pub fn new(anchors: impl IntoIterator<Item = Anchor>) -> Verifier {
        let mut anchors: Vec<Anchor> = anchors.into_iter().collect();
        anchors.sort_by_key(|anchor| std::cmp::Reverse(anchor.entries));
        // The anchor of an empty log says nothing: every log begins so.
        anchors.retain(|anchor| anchor.entries > 0);
        Verifier {
            anchors,
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
        while let Some(anchor) = self.anchors.pop_if(|anchor| anchor.entries == number) {
            if anchor.hash != self.last {
                return Err(ChainError::Rewritten { number });
            }
        }
        Ok(())
    }

    /// Ends the check and gives the new anchor.
    ///
    /// # Errors
    /// Fails when the log is shorter than the anchor says.
    pub fn finish(self) -> Result<Anchor, ChainError> {
        // Anchors that the log reached were taken away; the first holds the most entries.
        match self.anchors.first() {
            Some(anchor) => Err(ChainError::Truncated {
                found: self.entries,
                anchored: anchor.entries,
            }),
            None => Ok(Anchor {
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
    use crate::keys::tests::Counting;

    #[test]
    fn anchors_are_written_as_lines_that_cannot_be_forged() -> Result<(), NotAnAnchor> {
        let random = &mut Counting(3);
        let (master, other) = (MasterKey::generate(random), MasterKey::generate(random));
        let anchor = Anchor {
            entries: 12,
            hash: ChainHash::START.next(1, b"x"),
        };
        let line = anchor.to_line(&master);
        assert_eq!(Anchor::from_line(&format!("{line}\n"), &master)?, anchor);
        assert_eq!(Anchor::from_line(&line, &other), Err(NotAnAnchor));
        assert_eq!(
            Anchor::from_line(&line.replacen("12", "11", 1), &master),
            Err(NotAnAnchor)
        );
        for text in ["", "1", "1 2 3", "1 2"] {
            assert_eq!(Anchor::from_line(text, &master), Err(NotAnAnchor));
        }
        Ok(())
    }

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
