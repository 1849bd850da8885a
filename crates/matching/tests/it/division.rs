//! Division of places against independent oracles.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, also where it is called from a property"
)]

mod live;
mod optimal;
mod oracle;
mod schema;
mod stable;
