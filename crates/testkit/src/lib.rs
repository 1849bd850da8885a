//! What tests share; only a dev-dependency.
//!
//! - [`test_data`]: public data that is too large or not ours to keep in the repository, such as an
//!   ESCO download, found through the environment variable [`VARIABLE`].
//! - [`database`]: an empty database per test, on SQLite and PostgreSQL from one body.
//! - [`postgres`]: a private PostgreSQL server.
//! - [`clock`] and [`random`]: time and randomness that a test decides.

pub mod clock;
pub mod database;
pub mod postgres;
pub mod random;

use std::path::{Path, PathBuf};

/// Environment variable with the folder of the test data.
pub const VARIABLE: &str = "WERKBRUG_TEST_DATA";

/// Where the folder is when the variable is not set, from the root of the workspace.
const DEFAULT: &str = "../shared";

/// A file or folder of the test data, or `None` after saying that the test is skipped.
///
/// # Panics
/// When `CI` is `true` and the data is missing: there a skipped test would hide a fault.
#[must_use]
#[expect(
    clippy::panic,
    reason = "a test must fail in CI when its data is missing"
)]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn test_data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(VARIABLE).map_or_else(default_folder, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    if is_ci() {
        panic!("test data {name} is missing; set {VARIABLE} to the folder that has it");
    }
    eprintln!("skipped: test data {name} is missing; set {VARIABLE} to the folder that has it");
    None
}

/// Whether a test that cannot run must fail instead of being skipped.
pub(crate) fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

fn default_folder() -> PathBuf {
    // This crate stands two folders below the root of the workspace.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(DEFAULT)
}
