//! Opening office files, which are ZIP archives, without trusting them.
//!
//! An archive is refused when it is too big, swells too much, is encrypted, or holds names that
//! point outside it. Nothing is ever written to disk.
//! This module must not know what the parts mean.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The largest file that is opened, in bytes.
pub const MAX_FILE: usize = 64 << 20;
/// The largest part after unpacking, in bytes.
pub const MAX_PART: u64 = 64 << 20;
/// The most parts an archive may hold.
pub const MAX_PARTS: usize = 4096;
/// How many times its packed size a part of more than a megabyte may be.
pub const MAX_RATIO: u64 = 200;

/// Why a file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Too many bytes.
    #[error("the file holds {size} bytes, more than the {limit} that are read")]
    TooBig {
        /// Bytes, as far as they were counted.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// Too many parts.
    #[error("the file holds {0} parts, more than are opened")]
    TooManyParts(usize),
    /// A part that swells far more than text does: a "zip bomb".
    #[error("part {part:?} unpacks to more than {MAX_RATIO} times its size")]
    Swells {
        /// The part.
        part: String,
    },
    /// A name that points outside the archive.
    #[error("part name {0:?} points outside the file")]
    PathName(String),
    /// A part that is locked.
    #[error("part {0:?} is encrypted")]
    Encrypted(String),
    /// A part that must be there is not.
    #[error("the file has no part {0:?}")]
    NoPart(&'static str),
    /// No archive, or a damaged one.
    #[error("cannot open the file as an archive")]
    NoArchive(#[source] zip::result::ZipError),
    /// A part that cannot be unpacked.
    #[error("cannot unpack part {part:?}")]
    Damaged {
        /// The part.
        part: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A document type or an entity of its own.
    #[error("the file declares a document type or an entity ({0:?}), which is not read")]
    Entity(String),
    /// Tags within tags without end.
    #[error("the file nests deeper than {0} levels")]
    TooDeep(usize),
    /// Markup that is none.
    #[error("the markup is damaged at byte {at}")]
    Markup {
        /// Byte in the part.
        at: u64,
        /// Why.
        #[source]
        source: quick_xml::Error,
    },
    /// A file of an older word processor: `.doc` or `.rtf`.
    #[error("this is a file of an older kind (.doc or .rtf): save it as .docx or .odt")]
    OldKind,
    /// An office file behind a password.
    #[error("the file is locked with a password: save it without one")]
    Locked,
    /// Bytes that are no UTF-8.
    #[error("the text is not UTF-8: save it with that encoding, or as .docx or .odt")]
    NotText,
    /// No PDF, or a damaged one.
    #[error("the file is no PDF that can be opened")]
    NoPdf,
    /// A PDF that is locked, also when only against copying.
    #[error("the PDF is encrypted")]
    LockedPdf,
    /// Too many pages.
    #[error("the PDF holds {0} pages, more than are read")]
    TooManyPages(usize),
    /// Pages that hold pictures and no letters.
    #[error(
        "the {0} pages of the PDF hold no text, only pictures: read it with a scanner program first"
    )]
    OnlyPictures(usize),
    /// Letters of which the file does not say which they are.
    #[error("the PDF does not say which letters it shows")]
    NoLetters,
    /// A page that draws without end or breaks the reader.
    #[error("the PDF asks for more work than a text does")]
    TooMuchWork,
    /// A kind of file that is not read.
    #[error("files of kind {0:?} are not read")]
    UnknownKind(String),
}

/// An archive whose names and sizes were checked.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Refusal> {
        if bytes.len() > MAX_FILE {
            return Err(too_big(bytes.len() as u64, MAX_FILE as u64));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::NoArchive)?;
        if zip.len() > MAX_PARTS {
            return Err(Refusal::TooManyParts(zip.len()));
        }
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(Refusal::NoArchive)?;
            let name = part.name().map_err(Refusal::NoArchive)?.into_owned();
            let outside = part.enclosed_name().is_none()
                || name.starts_with('/')
                || name.contains('\\')
                || name.contains(':')
                || name.split('/').any(|piece| piece == "..");
            if outside || part.is_symlink() {
                return Err(Refusal::PathName(name));
            }
            if part.encrypted() {
                return Err(Refusal::Encrypted(name));
            }
            if part.size() > MAX_PART {
                return Err(too_big(part.size(), MAX_PART));
            }
            if swells(part.size(), part.compressed_size()) {
                return Err(Refusal::Swells { part: name });
            }
        }
        Ok(Archive { zip })
    }

    /// The text of a part, or `None` when the archive has no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Refusal::NoArchive(error)),
        };
        let packed = part.compressed_size();
        let mut bytes = Vec::new();
        // The sizes an archive states may be lies: count while unpacking.
        part.take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| Refusal::Damaged {
                part: name.to_owned(),
                source,
            })?;
        let size = bytes.len() as u64;
        if size > MAX_PART {
            return Err(too_big(size, MAX_PART));
        }
        if swells(size, packed) {
            return Err(Refusal::Swells {
                part: name.to_owned(),
            });
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| Refusal::NotText)
    }

    /// Unpacks every part once and throws it away, so that a reader which trusts the sizes an
    /// archive states can be given the file: `limit` bounds the bytes of all parts together.
    pub(crate) fn unpack_all(&mut self, limit: u64) -> Result<(), Refusal> {
        let mut total = 0;
        for index in 0..self.zip.len() {
            let part = self.zip.by_index(index).map_err(Refusal::NoArchive)?;
            let packed = part.compressed_size();
            let name = part.name().map_err(Refusal::NoArchive)?.into_owned();
            let rest = limit - total;
            let size = std::io::copy(&mut part.take(rest + 1), &mut std::io::sink()).map_err(
                |source| Refusal::Damaged {
                    part: name.clone(),
                    source,
                },
            )?;
            if size > rest {
                return Err(too_big(total + size, limit));
            }
            if swells(size, packed) {
                return Err(Refusal::Swells { part: name });
            }
            total += size;
        }
        Ok(())
    }
}

fn swells(size: u64, packed: u64) -> bool {
    size > 1 << 20 && size / packed.max(1) > MAX_RATIO
}

fn too_big(size: u64, limit: u64) -> Refusal {
    Refusal::TooBig { size, limit }
}
