//! One-time passwords that an authenticator app shows (TOTP, RFC 6238).
//!
//! SHA-1, six digits, 30 seconds: what every app assumes; many ignore other parameters.
//! HMAC-SHA-1 is not weakened by the collisions known for SHA-1.
//! Forty lines of our own instead of a crate: the RFC's test vectors check them, and the crates
//! bring an older generation of the hash functions along.

use hmac::{Hmac, KeyInit, Mac};
use rand_core::CryptoRng;
use sha1::Sha1;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Seconds that a password lasts.
pub const STEP: u64 = 30;

/// Digits of a password.
pub const DIGITS: usize = 6;

/// Length of a shared secret in bytes (RFC 4226 recommends 160 bits).
const LENGTH: usize = 20;

/// The secret that the server and the app share.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct OneTimeSecret([u8; LENGTH]);

impl OneTimeSecret {
    /// Makes a new secret.
    pub fn generate(random: &mut impl CryptoRng) -> OneTimeSecret {
        let mut bytes = [0; LENGTH];
        random.fill_bytes(&mut bytes);
        OneTimeSecret(bytes)
    }

    /// A secret from storage, or `None` when it has another length.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<OneTimeSecret> {
        bytes.try_into().ok().map(OneTimeSecret)
    }

    /// The bytes, to be sealed and stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as people type it into an app: Base32, upper case.
    #[must_use]
    pub fn to_text(&self) -> String {
        data_encoding::BASE32_NOPAD.encode(&self.0)
    }

    /// The address that an app reads from a QR code; `issuer` and `account` are percent-encoded
    /// where they must be.
    #[must_use]
    pub fn to_uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent_encoded(issuer), percent_encoded(account));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}",
            self.to_text()
        )
    }

    /// The password of a step of time.
    #[must_use]
    pub fn password(&self, step: u64) -> String {
        format!("{:0DIGITS$}", self.number(step))
    }

    /// The step whose password was typed: the present one or one beside it, because clocks differ.
    ///
    /// A step that is not after `last_used` is refused, so that a password that was looked at over
    /// somebody's shoulder cannot be used again.
    #[must_use]
    pub fn matching_step(
        &self,
        typed: &str,
        unix_seconds: u64,
        last_used: Option<u64>,
    ) -> Option<u64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let now = unix_seconds / STEP;
        let mut found = None;
        for step in [now.saturating_sub(1), now, now + 1] {
            let same: Choice = self.password(step).as_bytes().ct_eq(typed.as_bytes());
            if bool::from(same) && last_used.is_none_or(|last| step > last) {
                found = found.or(Some(step));
            }
        }
        found
    }

    /// Dynamic truncation as in RFC 4226, section 5.3.
    fn number(&self, step: u64) -> u32 {
        // HMAC takes keys of any length; there is no key it refuses.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else {
            return 0;
        };
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        // The last half byte is at most 15, so the four bytes lie within the 20 of the digest.
        let at = usize::from(digest[19] & 0xF);
        let word = u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]);
        (word & 0x7FFF_FFFF) % 10_u32.pow(DIGITS as u32)
    }
}

impl std::fmt::Debug for OneTimeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTimeSecret(hidden)")
    }
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::Counting;

    /// RFC 6238, appendix B, last six of the eight digits.
    const VECTORS: [(u64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn the_vectors_of_the_rfc_hold() {
        let secret = OneTimeSecret(*b"12345678901234567890");
        for (seconds, password) in VECTORS {
            assert_eq!(secret.password(seconds / STEP), password);
            assert_eq!(
                secret.matching_step(password, seconds, None),
                Some(seconds / STEP)
            );
        }
    }

    #[test]
    fn clocks_may_differ_by_a_step_and_no_password_works_twice() {
        let secret = OneTimeSecret::generate(&mut Counting(1));
        let typed = secret.password(100);
        for (now, expected) in [(98, None), (99, Some(100)), (101, Some(100)), (102, None)] {
            assert_eq!(
                secret.matching_step(&typed, now * STEP, None),
                expected,
                "{now}"
            );
        }
        assert_eq!(secret.matching_step(&typed, 100 * STEP, Some(100)), None);
        assert_eq!(
            secret.matching_step(&typed, 100 * STEP, Some(99)),
            Some(100)
        );
        let spaced = format!("{} {}", &typed[..3], &typed[3..]);
        assert_eq!(secret.matching_step(&spaced, 100 * STEP, None), Some(100));
        assert_eq!(secret.matching_step("", 100 * STEP, None), None);
    }

    #[test]
    fn an_app_can_read_the_address() {
        let secret = OneTimeSecret(*b"12345678901234567890");
        assert_eq!(
            secret.to_uri("Werk brug", "a@example.org"),
            "otpauth://totp/Werk%20brug:a%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Werk%20brug&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{secret:?}"), "OneTimeSecret(hidden)");
    }
}
