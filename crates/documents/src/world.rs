//! What the typesetter may see: one template, its data, our fonts, nothing else.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::FONTS;

/// The building blocks that templates import.
const BLOCKS: &str = include_str!("../templates/blocks.typ");

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

static MAIN: LazyLock<FileId> = LazyLock::new(|| id("main.typ"));
static PARTS: LazyLock<FileId> = LazyLock::new(|| id("blocks.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| id("data.json"));

#[expect(
    clippy::expect_used,
    reason = "the three names are constants of this file; the test below calls this for each"
)]
fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a name without separators is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The files of one document.
pub(crate) struct TemplateWorld {
    template: Source,
    parts: Source,
    data: Bytes,
}

impl TemplateWorld {
    /// A template with its data in JSON.
    pub(crate) fn new(template: &str, data: String) -> TemplateWorld {
        TemplateWorld {
            template: Source::new(*MAIN, template.to_owned()),
            parts: Source::new(*PARTS, BLOCKS.to_owned()),
            data: Bytes::from_string(data),
        }
    }
}

impl World for TemplateWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id {
            _ if id == *MAIN => Ok(self.template.clone()),
            _ if id == *PARTS => Ok(self.parts.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.data.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    // A document takes its day from the data, so that it is the same tomorrow.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
