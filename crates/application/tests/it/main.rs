//! Use cases on both databases, from one body per test.

mod access;
mod api_tokens;
mod audit_log;
mod caseload;
mod cases;
mod crash;
mod key_rotation;
mod login;
mod matches;
mod memberships;
mod newcomers;
mod own_login;
mod policy;
mod random_walk;
mod register;
mod retention;
mod session_life;
mod sign_in;
mod staff_accounts;
mod statistics;
mod story;
mod vacancies;
mod work;
mod world;

pub(crate) use world::{Colleague, PASSWORD, TestError, World, named, network, prepare, world};
