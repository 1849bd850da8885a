//! Tokens and codes: random secrets that are shown once and kept only as hashes.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Characters of a code on paper: digits and capitals without those that look alike
/// (after D. Crockford's Base32), so 30 characters, 4.9 bits each.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRSTVWXY";

/// Characters of a code on paper: 58 bits, beyond guessing under a rate limit.
pub const CODE_LENGTH: usize = 12;

/// A secret that is shown once.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

/// What is kept of a secret: its SHA-256 hash; the secrets are random, so no salt is needed.
#[derive(Clone, Copy, Debug)]
pub struct SecretHash([u8; 32]);

impl Secret {
    /// A token for sessions and programs: 256 random bits as base64url.
    pub fn token(random: &mut impl CryptoRng) -> Secret {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes);
        let text = data_encoding::BASE64URL_NOPAD.encode(&bytes);
        bytes.zeroize();
        Secret(text)
    }

    /// A code to be read from paper and typed: three groups of four characters.
    pub fn code(random: &mut impl CryptoRng) -> Secret {
        let mut text = String::with_capacity(CODE_LENGTH + 2);
        let mut n = 0;
        while n < CODE_LENGTH {
            let byte = random.next_u32() as u8;
            // 240 is the largest multiple of 30 in a byte; what is beyond would favour some.
            if byte >= 240 {
                continue;
            }
            if n > 0 && n % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
            n += 1;
        }
        Secret(text)
    }

    /// What a person typed as a code: case, spaces and hyphens do not matter, Z is read as 2, and
    /// characters that no code has are dropped.
    #[must_use]
    pub fn typed_code(text: &str) -> Secret {
        let read = |c: char| match c.to_ascii_uppercase() {
            'Z' => Some('2'),
            'O' | 'U' | 'I' | '0' | '1' => None,
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        };
        let mut kept = String::with_capacity(CODE_LENGTH + 2);
        for (n, c) in text
            .chars()
            .filter_map(read)
            .take(CODE_LENGTH + 1)
            .enumerate()
        {
            if n > 0 && n % 4 == 0 {
                kept.push('-');
            }
            kept.push(c);
        }
        Secret(kept)
    }

    /// A token as it came in.
    #[must_use]
    pub fn from_text(text: String) -> Secret {
        Secret(text)
    }

    /// The text to show once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The hash to keep.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl SecretHash {
    /// The bytes to store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash from storage.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> SecretHash {
        SecretHash(bytes)
    }
}

impl PartialEq for SecretHash {
    /// Compares in constant time.
    fn eq(&self, other: &SecretHash) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretHash {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::Counting;

    #[test]
    fn codes_can_be_typed_carelessly() {
        let code = Secret::code(&mut Counting(5));
        assert_eq!(code.reveal().len(), CODE_LENGTH + 2);
        let careless = format!(" {} ", code.reveal().to_lowercase().replace('-', " "));
        assert_eq!(Secret::typed_code(&careless).hash(), code.hash());
        assert_ne!(
            Secret::typed_code(&format!("{careless}2")).hash(),
            code.hash()
        );
        assert_ne!(Secret::typed_code("").hash(), code.hash());
    }

    #[test]
    fn every_character_of_the_alphabet_occurs() {
        let random = &mut Counting(6);
        let all: String = (0..200)
            .map(|_| Secret::code(random).reveal().to_owned())
            .collect();
        assert!(ALPHABET.iter().all(|&c| all.contains(char::from(c))));
    }

    #[test]
    fn tokens_differ_and_hide() {
        let random = &mut Counting(7);
        let (a, b) = (Secret::token(random), Secret::token(random));
        assert_ne!(a.hash(), b.hash());
        assert_eq!(Secret::from_text(a.reveal().to_owned()).hash(), a.hash());
        assert_eq!(format!("{a:?}"), "Secret(hidden)");
    }
}
