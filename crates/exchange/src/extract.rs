//! Files → text with the place each part of it came from.
//!
//! The text of an office file is its paragraphs with an empty line between them; footnote marks
//! stand as superscript digits and the footnotes follow at the end as `[^1]: …`.
//! The text of a PDF is the lines of its pages, put together from where the letters stand.
//! This module must not know what the text says.

use serde::{Deserialize, Serialize};

use commitments::place::Span;

use crate::archive::{MAX_FILE, Refusal};
use crate::{docx, markdown, odt, pdf};

/// Where a part of a text came from in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The paragraph with this number, counted from 1.
    Paragraph(usize),
    /// The footnote with this number.
    Footnote(u16),
    /// The page with this number, counted from 1.
    Page(usize),
}

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The text.
    pub text: String,
    /// Stretches of the text with the place they came from, in order. Empty for plain text, where
    /// the text is the file.
    pub parts: Vec<(Span, Place)>,
}

impl Extracted {
    /// Adds a block with an empty line before it.
    pub(crate) fn push(&mut self, block: &str, place: Place) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        self.parts.push((Span::new(start, self.text.len()), place));
    }
}

/// How a compound file begins, the container of older office files (MS-CFB 2.2).
const CONTAINER: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Plain text in UTF-8.
    Plain,
    /// Markdown.
    Markdown,
    /// Office Open XML text.
    Docx,
    /// OpenDocument text.
    Odt,
    /// PDF with text in it.
    Pdf,
}

impl FileKind {
    /// The kind by the ending of a file name and the first bytes.
    ///
    /// # Errors
    /// Fails for kinds that are not read.
    pub fn of(name: &str, bytes: &[u8]) -> Result<FileKind, Refusal> {
        let ending = name
            .rsplit_once('.')
            .map_or(String::new(), |(_, ending)| ending.to_lowercase());
        // Newer office files behind a password stand in a container of the older kind.
        let container = bytes.starts_with(CONTAINER);
        if container && matches!(ending.as_str(), "docx" | "xlsx" | "pptx") {
            return Err(Refusal::Locked);
        }
        if container || bytes.starts_with(b"{\\rtf") || matches!(ending.as_str(), "doc" | "rtf") {
            return Err(Refusal::OldKind);
        }
        match ending.as_str() {
            "docx" => Ok(FileKind::Docx),
            "odt" => Ok(FileKind::Odt),
            "pdf" => Ok(FileKind::Pdf),
            "md" | "markdown" => Ok(FileKind::Markdown),
            "txt" | "text" => Ok(FileKind::Plain),
            _ if bytes.starts_with(b"PK\x03\x04") => Err(Refusal::UnknownKind(ending)),
            _ if bytes.starts_with(b"%PDF") => Ok(FileKind::Pdf),
            _ => Ok(FileKind::Plain),
        }
    }
}

/// The text of a file.
///
/// # Errors
/// Fails for a kind that is not read and for a file that is damaged or hostile, with the reason.
pub fn extract(name: &str, bytes: &[u8]) -> Result<Extracted, Refusal> {
    if bytes.len() > MAX_FILE {
        return Err(Refusal::TooBig {
            size: bytes.len() as u64,
            limit: MAX_FILE as u64,
        });
    }
    match FileKind::of(name, bytes)? {
        FileKind::Docx => docx::read(bytes),
        FileKind::Odt => odt::read(bytes),
        FileKind::Pdf => pdf::read(bytes),
        kind => {
            let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotText)?;
            let text = match kind {
                FileKind::Markdown => markdown::unescape(text),
                _ => text.to_owned(),
            };
            Ok(Extracted {
                text,
                parts: Vec::new(),
            })
        }
    }
}
