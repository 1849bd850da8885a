//! Tests of the crate as its users see it.

mod compiled_file;
mod esco_download;
mod esco_import;
mod starter_catalogue;

/// Errors of any kind end a test.
type Outcome = Result<(), Box<dyn std::error::Error>>;
