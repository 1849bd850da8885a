//! OpenID Connect: speaking to the provider of identities of an organisation.
//!
//! [`Provider`] does what `application::sign_in` asks: it finds out where the provider is
//! (discovery), sends people there and checks the token that it gives for them (`token`): the
//! signature by the provider's keys, issuer, audience, times, nonce, and that there was a second
//! factor. `exchange` is the only place from which this program opens connections of its own.
//!
//! It must not know accounts, storage or pages.

mod exchange;
mod provider;
mod token;

pub use provider::{Provider, Settings, SettingsError};
