//! The compiled file: a catalogue as one file that opens in milliseconds.
//!
//! Layout, all numbers little-endian:
//! `WERKBRUG` · format version u32 · number of sections u32 · for each section {tag u32, CRC-32
//! of its content u32, length in bytes u64} · CRC-32 of everything so far u32 · the sections
//! behind each other in the order of the table.
//! A section is a flat list of bytes or numbers, so that reading is copying.
//!
//! The reader trusts nothing: sizes are checked against the file before memory is taken, contents
//! against their checksum, and numbers against what they point at.
//! A new version of the layout gets a new number; an older file is refused with advice to import
//! again, because an import takes seconds.

mod reader;
mod sections;
mod writer;

use std::io;

pub use reader::{open, read};
pub use writer::write;

/// First bytes of every compiled catalogue.
const MAGIC: [u8; 8] = *b"WERKBRUG";

/// Version of the layout that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// Sections that a file may have at most; far above what a catalogue needs.
const MOST_SECTIONS: u32 = 8192;

/// Why a file cannot be read as a compiled catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CompiledError {
    /// The system cannot read the file.
    #[error("cannot read the file")]
    Read(#[from] io::Error),
    /// The file does not start as a compiled catalogue does.
    #[error("no compiled catalogue")]
    NotACatalogue,
    /// The file has another layout than this program reads.
    #[error(
        "compiled with format {found}, this program reads format {FORMAT_VERSION}: import again"
    )]
    OtherVersion {
        /// The version in the file.
        found: u32,
    },
    /// The file ends before its content does, or goes on after it.
    #[error("truncated or overlong: {found} bytes where {expected} are announced")]
    WrongLength {
        /// Length according to the table of sections.
        expected: u64,
        /// Length of the file.
        found: u64,
    },
    /// Content does not match its checksum or points outside the catalogue.
    #[error("damaged: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
    },
}
