//! Files read and written.

#![expect(clippy::unwrap_used, reason = "a test fails where its own set-up does")]

mod chamber;
mod footnotes;
mod hostile;
mod libreoffice;
mod pdf;
mod round_trip;
mod sheets;
