//! Writing the ZIP archive of an office file, the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The archive.
    #[error("cannot make the archive")]
    Archive(#[from] zip::result::ZipError),
    /// The bytes.
    #[error("cannot write the bytes")]
    Bytes(#[from] std::io::Error),
    /// A table.
    #[error("cannot write the table")]
    Table(#[from] csv::Error),
    /// JSON.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
}

/// An archive under construction.
pub(crate) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub(crate) fn new() -> Package {
        Package {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }

    /// Adds a part.
    pub(crate) fn add(&mut self, name: &str, text: &str) -> Result<(), WriteError> {
        self.put(name, text, CompressionMethod::Deflated)
    }

    /// Adds a part without packing it, as `mimetype` of OpenDocument must be.
    pub(crate) fn add_plain(&mut self, name: &str, text: &str) -> Result<(), WriteError> {
        self.put(name, text, CompressionMethod::Stored)
    }

    fn put(&mut self, name: &str, text: &str, how: CompressionMethod) -> Result<(), WriteError> {
        // The fixed time of the format's epoch: the same content gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(how)
            .last_modified_time(zip::DateTime::default());
        self.zip.start_file(name, options)?;
        self.zip.write_all(text.as_bytes())?;
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, WriteError> {
        Ok(self.zip.finish()?.into_inner())
    }
}
