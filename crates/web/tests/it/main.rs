//! The service as a whole, without a network: requests in, responses out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail at once"
)]

mod access;
mod api;
mod errors;
mod headers;
mod languages;
mod pages;
mod server;
mod site;
