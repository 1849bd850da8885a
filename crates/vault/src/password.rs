//! Passwords, kept as Argon2id hashes.
//!
//! Parameters after the OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rand_core::CryptoRng;

/// Shortest password in characters (NIST SP 800-63B-4 with a second factor: 8; we ask more, also
/// because newcomers may use theirs alone).
pub const SHORTEST: usize = 12;

/// Longest password in bytes; hashing must not become a way to keep the server busy.
pub const LONGEST: usize = 256;

/// Why a password cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer characters than [`SHORTEST`].
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// More bytes than [`LONGEST`].
    #[error("a password has at most {LONGEST} bytes")]
    TooLong,
    /// The system cannot hash.
    #[error("hashing failed")]
    Hashing,
}

/// A password as it is stored, in the PHC string format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPassword(String);

impl StoredPassword {
    /// Hashes a password.
    ///
    /// # Errors
    /// Fails when the password is too short or too long, or the system cannot hash.
    pub fn new(
        password: &str,
        random: &mut impl CryptoRng,
    ) -> Result<StoredPassword, PasswordError> {
        if password.chars().count() < SHORTEST {
            return Err(PasswordError::TooShort);
        }
        if password.len() > LONGEST {
            return Err(PasswordError::TooLong);
        }
        hash(password, random)
    }

    /// A stored password that no password matches.
    ///
    /// Verifying against it takes as long as against a real one, so that the time to answer does
    /// not tell whether an account exists.
    ///
    /// # Errors
    /// Fails when the system cannot hash.
    pub fn unmatchable(random: &mut impl CryptoRng) -> Result<StoredPassword, PasswordError> {
        let mut secret = [0; 32];
        random.fill_bytes(&mut secret);
        hash(&data_encoding::BASE64.encode(&secret), random)
    }

    /// Whether this is the password.
    #[must_use]
    pub fn matches(&self, password: &str) -> bool {
        password.len() <= LONGEST
            && PasswordHash::new(&self.0).is_ok_and(|stored| {
                hasher()
                    .verify_password(password.as_bytes(), &stored)
                    .is_ok()
            })
    }

    /// The text to store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A password from storage.
    #[must_use]
    pub fn from_stored(text: String) -> StoredPassword {
        StoredPassword(text)
    }
}

fn hash(password: &str, random: &mut impl CryptoRng) -> Result<StoredPassword, PasswordError> {
    let mut salt = [0; 16];
    random.fill_bytes(&mut salt);
    let hashed: PasswordHash = hasher()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| PasswordError::Hashing)?;
    Ok(StoredPassword(hashed.to_string()))
}

fn hasher() -> Argon2<'static> {
    // The parameters are constants within the allowed range; the default has the same strength.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::Counting;

    #[test]
    fn only_the_right_password_matches() -> Result<(), PasswordError> {
        let random = &mut Counting(1);
        let stored = StoredPassword::new("ኣንድ በጣም ረዥም ቃል", random)?;
        assert!(
            stored
                .as_str()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        assert!(stored.matches("ኣንድ በጣም ረዥም ቃል"));
        assert!(!stored.matches("ኣንድ በጣም ረዥም ቃ"));
        assert!(!stored.matches(""));
        let nobodys = StoredPassword::unmatchable(random)?;
        assert!(!nobodys.matches(""));
        // Comparing with it costs the same.
        assert_eq!(
            nobodys.as_str().split('$').nth(3),
            stored.as_str().split('$').nth(3)
        );
        assert!(!StoredPassword::from_stored("nonsense".into()).matches("nonsense"));
        Ok(())
    }

    #[test]
    fn lengths_are_bounded() {
        let random = &mut Counting(1);
        assert_eq!(
            StoredPassword::new("korte pas", random),
            Err(PasswordError::TooShort)
        );
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            StoredPassword::new(&long, random),
            Err(PasswordError::TooLong)
        );
    }
}
