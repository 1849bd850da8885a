//! The master key and the keys of persons.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Length of every key in bytes.
pub const KEY_LENGTH: usize = 32;

/// Length of the random nonce before every ciphertext (XChaCha20).
pub(crate) const NONCE_LENGTH: usize = 24;

/// First byte of everything sealed; a new scheme gets a new number.
pub(crate) const SCHEME: u8 = 1;

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not 32 bytes in hexadecimal or base64.
    #[error("a master key is 32 random bytes, as 64 hexadecimal digits or 44 characters of base64")]
    NotAKey,
    /// The bytes are not random: all the same or an ascending row.
    #[error("this master key is no secret: its bytes follow a pattern")]
    Guessable,
    /// The wrapped key was made with another master key, for another person, or was changed.
    #[error("the key of the person does not open")]
    DoesNotOpen,
    /// The system cannot encrypt.
    #[error("encrypting failed")]
    Encrypting,
}

/// The key that wraps the keys of persons and derives the keys for other purposes.
///
/// It comes from outside the database (environment or file); there is no default.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; KEY_LENGTH]);

/// The key with which one person's identity is sealed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PersonKey([u8; KEY_LENGTH]);

/// A key for what belongs to no person, such as second factors of staff, derived for one purpose.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SystemKey([u8; KEY_LENGTH]);

/// A key with which fields can be sealed.
pub trait FieldKey: sealed::Bytes {}

impl FieldKey for PersonKey {}

impl FieldKey for SystemKey {}

pub(crate) mod sealed {
    //! Keeps the bytes of keys inside this crate.

    /// A key that has bytes.
    pub trait Bytes {
        /// The bytes of the key.
        fn bytes(&self) -> &[u8; super::KEY_LENGTH];
    }
}

/// A person's key as it is stored: sealed with the master key for this person only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey(Vec<u8>);

impl MasterKey {
    /// Makes a new key.
    pub fn generate(random: &mut impl CryptoRng) -> MasterKey {
        let mut bytes = [0; KEY_LENGTH];
        random.fill_bytes(&mut bytes);
        MasterKey(bytes)
    }

    /// Reads a key from text: 64 hexadecimal digits or base64.
    ///
    /// # Errors
    /// Fails when the text has another form or its bytes follow a pattern.
    pub fn parse(text: &str) -> Result<MasterKey, KeyError> {
        let text = text.trim();
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.as_bytes())
            .or_else(|_| data_encoding::BASE64.decode(text.as_bytes()))
            .map_err(|_| KeyError::NotAKey)?;
        let key: [u8; KEY_LENGTH] = bytes.try_into().map_err(|_| KeyError::NotAKey)?;
        let step = key[1].wrapping_sub(key[0]);
        if key
            .windows(2)
            .all(|pair| pair[1].wrapping_sub(pair[0]) == step)
        {
            return Err(KeyError::Guessable);
        }
        Ok(MasterKey(key))
    }

    /// The key as base64, to be written into the place it is read from.
    #[must_use]
    pub fn to_text(&self) -> String {
        data_encoding::BASE64.encode(&self.0)
    }

    /// A key for one purpose, from which neither this key nor other purposes' keys can be found
    /// (HKDF with SHA-256, RFC 5869).
    pub(crate) fn derive(&self, purpose: &str) -> [u8; KEY_LENGTH] {
        let mut key = [0; KEY_LENGTH];
        let expanded =
            Hkdf::<Sha256>::new(Some(b"werkbrug"), &self.0).expand(purpose.as_bytes(), &mut key);
        debug_assert!(expanded.is_ok(), "32 bytes are within what HKDF can give");
        key
    }
}

impl PersonKey {
    /// Makes a new key.
    pub fn generate(random: &mut impl CryptoRng) -> PersonKey {
        let mut bytes = [0; KEY_LENGTH];
        random.fill_bytes(&mut bytes);
        PersonKey(bytes)
    }

    /// Seals the key for storage; it can only be opened for the same person.
    ///
    /// # Errors
    /// Fails when the system cannot encrypt.
    pub fn wrap(
        &self,
        master: &MasterKey,
        person: &[u8],
        random: &mut impl CryptoRng,
    ) -> Result<WrappedKey, KeyError> {
        seal(&master.derive(WRAPPING), &self.0, person, random).map(WrappedKey)
    }

    /// Opens a stored key.
    ///
    /// # Errors
    /// Fails when the key belongs to another person or master key, or was changed.
    pub fn unwrap(
        wrapped: &WrappedKey,
        master: &MasterKey,
        person: &[u8],
    ) -> Result<PersonKey, KeyError> {
        let mut bytes = open(&master.derive(WRAPPING), &wrapped.0, person)?;
        let key = bytes
            .as_slice()
            .try_into()
            .map(PersonKey)
            .map_err(|_| KeyError::DoesNotOpen);
        bytes.zeroize();
        key
    }
}

impl SystemKey {
    /// The key for one purpose.
    #[must_use]
    pub fn of_purpose(master: &MasterKey, purpose: &str) -> SystemKey {
        SystemKey(master.derive(&format!("system key {purpose}")))
    }
}

impl sealed::Bytes for PersonKey {
    fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }
}

impl sealed::Bytes for SystemKey {
    fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }
}

impl WrappedKey {
    /// The bytes to store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// A wrapped key from storage.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> WrappedKey {
        WrappedKey(bytes)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(secret)")
    }
}

impl fmt::Debug for SystemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemKey(secret)")
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(secret)")
    }
}

/// Purpose of the derived key that wraps persons' keys.
const WRAPPING: &str = "wrap persons' keys";

/// Seals with XChaCha20-Poly1305: scheme, nonce, ciphertext with tag.
pub(crate) fn seal(
    key: &[u8; KEY_LENGTH],
    plain: &[u8],
    bound_to: &[u8],
    random: &mut impl CryptoRng,
) -> Result<Vec<u8>, KeyError> {
    let mut nonce = [0; NONCE_LENGTH];
    random.fill_bytes(&mut nonce);
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: bound_to,
            },
        )
        .map_err(|_| KeyError::Encrypting)?;
    let mut out = Vec::with_capacity(1 + NONCE_LENGTH + sealed.len());
    out.push(SCHEME);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &[u8; KEY_LENGTH],
    sealed: &[u8],
    bound_to: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let [SCHEME, rest @ ..] = sealed else {
        return Err(KeyError::DoesNotOpen);
    };
    let (nonce, ciphertext) = rest
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or(KeyError::DoesNotOpen)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad: bound_to,
            },
        )
        .map_err(|_| KeyError::DoesNotOpen)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::sealed::Bytes;
    use super::*;

    /// Randomness that only looks random: enough to tell keys apart in tests.
    pub(crate) struct Counting(pub(crate) u64);

    impl rand_core::TryRng for Counting {
        type Error = std::convert::Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            self.try_next_u64().map(|value| value as u32)
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            // SplitMix64 (Steele, Lea, Flood, 2014).
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            Ok(z ^ (z >> 31))
        }

        fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Self::Error> {
            for chunk in to.chunks_mut(8) {
                let Ok(value) = self.try_next_u64();
                chunk.copy_from_slice(&value.to_le_bytes()[..chunk.len()]);
            }
            Ok(())
        }
    }

    impl rand_core::TryCryptoRng for Counting {}

    #[test]
    fn a_wrapped_key_opens_only_for_its_person_and_master() -> Result<(), KeyError> {
        let random = &mut Counting(1);
        let (master, other) = (MasterKey::generate(random), MasterKey::generate(random));
        let key = PersonKey::generate(random);
        let wrapped = key.wrap(&master, b"person 1", random)?;
        assert_eq!(
            PersonKey::unwrap(&wrapped, &master, b"person 1")?.bytes(),
            key.bytes()
        );
        for (master, person) in [(&master, &b"person 2"[..]), (&other, b"person 1")] {
            assert!(PersonKey::unwrap(&wrapped, master, person).is_err());
        }
        Ok(())
    }

    #[test]
    fn master_keys_are_read_and_patterns_refused() -> Result<(), KeyError> {
        let key = MasterKey::generate(&mut Counting(2));
        assert_eq!(MasterKey::parse(&format!(" {}\n", key.to_text()))?.0, key.0);
        assert_eq!(
            MasterKey::parse(&"00".repeat(32)).err(),
            Some(KeyError::Guessable)
        );
        let row: String = (0..32).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(MasterKey::parse(&row).err(), Some(KeyError::Guessable));
        for text in ["", "secret", "00ff"] {
            assert_eq!(
                MasterKey::parse(text).err(),
                Some(KeyError::NotAKey),
                "{text}"
            );
        }
        Ok(())
    }

    #[test]
    fn keys_do_not_print_themselves() {
        let key = MasterKey::generate(&mut Counting(3));
        assert_eq!(format!("{key:?}"), "MasterKey(secret)");
    }
}
