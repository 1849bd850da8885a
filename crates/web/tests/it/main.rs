//! The service as a whole, without a network: requests in, responses out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail at once"
)]

mod access;
mod api;
mod dashboard;
mod errors;
mod headers;
mod languages;
mod login;
mod pages;
mod server;
mod site;
#[path = "../../../application/tests/it/world.rs"]
#[expect(dead_code, reason = "each crate uses a part of it")]
mod world;
