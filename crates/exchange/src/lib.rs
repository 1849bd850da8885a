//! Files and messages of others: office files, PDF, spreadsheets, tables, calendars, vacancies and
//! the open data of the Chamber.
//!
//! Files are never trusted: what is too big, swells, nests or points outside is refused with the
//! reason.
//! This crate must not know about HTTP or storage.

pub mod agenda;
mod archive;
pub mod chamber;
pub mod docx;
mod europass;
mod extract;
pub mod formula;
pub mod jobposting;
pub mod markdown;
mod marks;
mod markup;
pub mod odt;
mod package;
mod pdf;
pub mod profile_file;
pub mod sheet;
pub mod table;

pub use archive::{MAX_FILE, MAX_PART, MAX_PARTS, MAX_RATIO, Refusal};
pub use extract::{Extracted, FileKind, Place, extract};
pub use package::WriteError;
