//! Secrets: what keeps newcomers' identity unreadable without the right keys.
//!
//! - [`keys`]: one master key outside the database, one key per person wrapped by it; destroying a
//!   person's key makes everything sealed with it unreadable for ever.
//! - [`field`]: fields sealed so that a ciphertext opens only in its own row and column.
//! - [`blind_index`]: looking a sealed value up exactly without opening anything.
//! - [`password`] and [`token`]: what people prove themselves with, kept only as hashes.
//! - [`one_time`]: one-time passwords of an authenticator app as second factor.
//! - [`chain`]: an append-only log whose past cannot be changed unnoticed.
//! - [`stream`]: sealing files of any length, such as backups.
//!
//! Randomness is a parameter everywhere.
//! This crate must not know what the data means, where it is stored, or who asks for it.

pub mod blind_index;
pub mod chain;
pub mod field;
pub mod keys;
pub mod one_time;
pub mod password;
pub mod stream;
pub mod token;
