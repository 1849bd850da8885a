//! OpenDocument text (odt): reading paragraphs and footnotes, writing a composition.
//!
//! Format: OASIS OpenDocument 1.3, part `content.xml`.

use commitments::overview::{Block, Composition, Table};
use commitments::read::token::superscript_number;

use crate::archive::{Archive, Refusal};
use crate::extract::{Extracted, Place};
use crate::marks::{Piece, pieces};
use crate::markup::{Step, attribute, escape, walk};
use crate::package::{Package, WriteError};

/// Reads the text of an odt file.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let content = archive
        .part("content.xml")?
        .ok_or(Refusal::NoPart("content.xml"))?;
    let mut reader = Reading::default();
    walk(&content, |step| reader.step(&step))?;
    let Reading { mut out, notes, .. } = reader;
    for (number, text) in notes {
        out.push(
            &format!("[^{number}]: {}", text.trim()),
            Place::Footnote(number),
        );
    }
    Ok(out)
}

/// Where the reader is.
#[derive(Default)]
struct Reading {
    out: Extracted,
    paragraph: String,
    number: usize,
    /// Paragraphs open outside and inside a note.
    open: usize,
    in_list: usize,
    /// The note under the reader's eyes: its citation, its body, and what is read of it.
    note: Option<(String, String)>,
    citation: bool,
    notes: Vec<(u16, String)>,
    /// Annotations and tracked changes are no part of the text.
    hidden: usize,
}

impl Reading {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open("annotation" | "tracked-changes", _) => self.hidden += 1,
            Step::Close("annotation" | "tracked-changes") => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ if self.hidden > 0 => {}
            Step::Open("list-item", _) => self.in_list += 1,
            Step::Close("list-item") => self.in_list = self.in_list.saturating_sub(1),
            Step::Open("note", _) => self.note = Some(Default::default()),
            Step::Close("note") => self.close_note(),
            Step::Open("note-citation", _) => self.citation = true,
            Step::Close("note-citation") => self.citation = false,
            Step::Open("p" | "h", _) => self.open += 1,
            Step::Close("p" | "h") => self.close_paragraph(),
            Step::Open("s", tag) => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok());
                self.add(&" ".repeat(count.unwrap_or(1).min(100)));
            }
            Step::Open("tab" | "line-break", _) => self.add(" "),
            Step::Text(words) if self.open > 0 => self.add(words),
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        match &mut self.note {
            Some((citation, _)) if self.citation => citation.push_str(words),
            Some((_, body)) => body.push_str(words),
            None => self.paragraph.push_str(words),
        }
    }

    fn close_note(&mut self) {
        let Some((citation, body)) = self.note.take() else {
            return;
        };
        let next = u16::try_from(self.notes.len() + 1).unwrap_or(u16::MAX);
        let number = citation.trim().parse().unwrap_or(next);
        self.paragraph.push_str(&superscript_number(number));
        self.notes.push((number, body));
    }

    fn close_paragraph(&mut self) {
        self.open = self.open.saturating_sub(1);
        if let Some((_, body)) = &mut self.note {
            body.push(' ');
            return;
        }
        self.number += 1;
        let item = if self.in_list > 0 && !self.paragraph.trim().is_empty() {
            "- "
        } else {
            ""
        };
        let text = format!("{item}{}", self.paragraph.trim());
        self.out.push(&text, Place::Paragraph(self.number));
        self.paragraph.clear();
    }
}

const MIME: &str = "application/vnd.oasis.opendocument.text";

const CONTENT: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"office:version="1.3"><office:automatic-styles>"#,
    r#"<style:style style:name="Cell" style:family="table-cell">"#,
    r##"<style:table-cell-properties fo:border="0.5pt solid #808080" fo:padding="0.1cm"/>"##,
    r#"</style:style><style:style style:name="Head" style:family="paragraph">"#,
    r#"<style:text-properties fo:font-weight="bold"/></style:style>"#,
);

const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"office:version="1.3"><office:styles><style:default-style style:family="paragraph">"#,
    r#"<style:paragraph-properties fo:margin-bottom="0.28cm"/>"#,
    r#"<style:text-properties fo:font-size="11pt" fo:language="nl" fo:country="NL"/>"#,
    r#"</style:default-style></office:styles></office:document-styles>"#,
);

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>"#,
    r#"</manifest:manifest>"#,
);

/// Writes a composition as an odt file.
///
/// # Errors
/// Fails when the archive cannot be made.
pub fn write(composition: &Composition) -> Result<Vec<u8>, WriteError> {
    let mut content = CONTENT.to_owned();
    for block in &composition.blocks {
        if let Block::Table(table) = block {
            column_styles(&mut content, table);
        }
    }
    content.push_str("</office:automatic-styles><office:body><office:text>");
    for block in &composition.blocks {
        match block {
            Block::Heading { level, text } => {
                content.push_str(&format!(
                    r#"<text:h text:outline-level="{}">"#,
                    level.clamp(&1, &6)
                ));
                inline(&mut content, text, composition);
                content.push_str("</text:h>");
            }
            Block::Paragraph(text) => {
                content.push_str("<text:p>");
                inline(&mut content, text, composition);
                content.push_str("</text:p>");
            }
            Block::Table(table) => write_table(&mut content, table),
            Block::Item(text) => {
                content.push_str("<text:list><text:list-item><text:p>");
                inline(&mut content, text, composition);
                content.push_str("</text:p></text:list-item></text:list>");
            }
        }
    }
    content.push_str("</office:text></office:body></office:document-content>");
    let mut package = Package::new();
    package.add_plain("mimetype", MIME)?;
    package.add("content.xml", &content)?;
    package.add("styles.xml", STYLES)?;
    package.add("META-INF/manifest.xml", MANIFEST)?;
    package.finish()
}

/// Widths of columns are styles in this format.
fn column_styles(out: &mut String, table: &Table) {
    for (index, column) in table.columns.iter().enumerate() {
        out.push_str(&format!(
            r#"<style:style style:name="Column{index}" style:family="table-column"><style:table-column-properties style:rel-column-width="{}*"/></style:style>"#,
            column.share
        ));
    }
}

/// A table whose head repeats on every page.
fn write_table(out: &mut String, table: &Table) {
    out.push_str(r#"<table:table table:name="Overzicht">"#);
    for index in 0..table.columns.len() {
        out.push_str(&format!(
            r#"<table:table-column table:style-name="Column{index}"/>"#
        ));
    }
    let mut row = |cells: &mut dyn Iterator<Item = &str>, style: &str| {
        let (before, after) = match style {
            "" => ("", ""),
            _ => ("<table:table-header-rows>", "</table:table-header-rows>"),
        };
        out.push_str(&format!("{before}<table:table-row>"));
        for cell in cells {
            out.push_str(&format!(
                r#"<table:table-cell table:style-name="Cell" office:value-type="string"><text:p{style}>{}</text:p></table:table-cell>"#,
                escape(cell)
            ));
        }
        out.push_str(&format!("</table:table-row>{after}"));
    };
    let mut headings = table.columns.iter().map(|column| column.heading);
    row(&mut headings, r#" text:style-name="Head""#);
    for cells in &table.rows {
        row(&mut cells.iter().map(String::as_str), "");
    }
    out.push_str("</table:table>");
}

fn inline(out: &mut String, text: &str, composition: &Composition) {
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(&escape(words)),
            Piece::Mark(number) => {
                let note = composition.notes.iter().find(|(known, _)| *known == number);
                let words = note.map_or("", |(_, words)| words.as_str());
                out.push_str(&format!(
                    r#"<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>"#,
                    escape(words)
                ));
            }
        }
    }
}
