//! The service as a whole, without a network: requests in, responses out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail at once"
)]
#![expect(
    clippy::too_many_lines,
    reason = "a journey is told from beginning to end"
)]

mod access;
mod api;
mod commitments;
mod dashboard;
mod employer;
mod errors;
mod extra_fields;
mod fields;
mod guiding;
mod headers;
mod languages;
mod login;
mod newcomer;
mod officers;
mod own_files;
mod own_login;
mod own_pages;
mod pages;
mod programs;
#[path = "../../../openid/tests/it/provider.rs"]
#[expect(dead_code, reason = "each crate uses a part of it")]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail at once"
)]
mod provider;
mod roles;
mod server;
mod sharing;
mod sign_in;
mod site;
#[path = "../../../application/tests/it/story.rs"]
mod story;
#[path = "../../../application/tests/it/world.rs"]
#[expect(dead_code, reason = "each crate uses a part of it")]
mod world;

// Where the story looks for them.
use world::{Colleague, TestError, World, named};
