//! Templates and data → tagged PDF.
//!
//! A template is a Typst file of this crate; its data is JSON. The outcome is PDF/UA-1: tagged,
//! with title and language, checked by the writer. Nothing is read from disk or network: templates
//! and fonts are part of the program, and a document is the same bytes for the same data.
//! This crate must not know what the data means nor where it comes from.
//!
//! Typst is a third of what the whole program takes to build, therefore only the program itself
//! depends on this crate; everybody else knows a trait.

mod fonts;
mod world;

use domain::language::{Direction, Language};
use serde_json::Value;
use time::Date;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::world::TemplateWorld;

/// The documents that can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// Prose with headings, paragraphs, list items and footnotes, such as the overview of motions
    /// and commitments or the note to the minister.
    ///
    /// Data: `title`, `subtitle` (may be empty), `notice` (may be empty), `blocks` (each with
    /// `kind` one of `heading`, `paragraph`, `item`; `level` for headings; `text`) and `notes`
    /// (number → text). Superscript digits in a text that name a note become footnotes.
    Prose,
    /// One table under a title.
    ///
    /// Data: `title`, `subtitle`, `notice` as above, `columns` (headings), `rows` (lists of texts)
    /// and, unless all columns are as wide, `shares` (the widths in proportion).
    Table,
    /// Two languages side by side: the language of the document and that of whoever reads it.
    ///
    /// Data: `title`, `subtitle`, `notice` as above; `own` (null, or `language`, `direction`,
    /// `title`, `notice` in the other language); `rows`, each with `kind` one of `heading`,
    /// `text`, `item`, `signature` with `text` and `own`, or `written` with `text` and `direction`
    /// for what stands in one language only.
    SideBySide,
    /// A CV in Dutch, or in Dutch with another language beside it.
    ///
    /// Data: `title`, `subtitle` (may be empty), `second` (null, or `language` and `direction`) and
    /// `sections` (each with `title`, `kind` one of `list`, `entries`, and `entries` of `main` and
    /// `note`); titles, mains and notes are pairs of texts, the second empty without a second
    /// language.
    Cv,
}

impl Template {
    /// All templates.
    pub const ALL: [Template; 4] = [
        Template::Prose,
        Template::Table,
        Template::SideBySide,
        Template::Cv,
    ];

    /// The name of its file.
    fn source(self) -> &'static str {
        match self {
            Template::Prose => include_str!("../templates/prose.typ"),
            Template::Table => include_str!("../templates/table.typ"),
            Template::SideBySide => include_str!("../templates/side_by_side.typ"),
            Template::Cv => include_str!("../templates/cv.typ"),
        }
    }
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The template does not fit the data; the messages of the typesetter.
    #[error("the template cannot be set: {0}")]
    Template(String),
    /// The document cannot be written as accessible PDF; the messages of the writer.
    #[error("the document cannot be written as accessible PDF: {0}")]
    Accessible(String),
    /// The day is out of the range of the format.
    #[error("the day cannot be written")]
    Day,
}

/// The document as PDF/UA-1. `made_on` is the day that stands in its metadata.
///
/// # Errors
/// Fails when data and template do not fit each other; a text in the data is never run as markup.
pub fn render(
    template: Template,
    data: &Value,
    language: Language,
    made_on: Date,
) -> Result<Vec<u8>, DocumentError> {
    let direction = match language.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let shell = serde_json::json!({
        "language": language.code(),
        "direction": direction,
        "content": data,
    });
    let world = TemplateWorld::new(template.source(), shell.to_string());
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| DocumentError::Template(messages(&errors)))?;
    let day = Datetime::from_ymd(made_on.year(), made_on.month().into(), made_on.day())
        .ok_or(DocumentError::Day)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| DocumentError::Accessible(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Werkbrug".to_owned())),
        timestamp: Some(Timestamp::new_utc(day)),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|errors| DocumentError::Accessible(messages(&errors)))
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    let all: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    all.join("; ")
}
