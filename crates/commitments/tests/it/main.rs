//! Documents read from beginning to end.

#![expect(clippy::unwrap_used, reason = "a test fails where its own set-up does")]
#![expect(
    clippy::print_stdout,
    reason = "what was missed and what was wrong is shown"
)]

mod golden;
mod linting;
mod material;
mod mining;
mod other_years;
