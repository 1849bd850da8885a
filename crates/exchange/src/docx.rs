//! Office Open XML text (docx): reading paragraphs and footnotes, writing a composition.
//!
//! Only what stands in the text is read: no macros, no embedded files, no links are followed.
//! Format: ECMA-376, parts `word/document.xml` and `word/footnotes.xml`.

use std::collections::{BTreeMap, HashMap};

use commitments::overview::{Block, Composition, Table};
use commitments::read::token::superscript_number;

use crate::archive::{Archive, Refusal};
use crate::extract::{Extracted, Place};
use crate::marks::{Piece, pieces};
use crate::markup::{Step, attribute, escape, walk};
use crate::package::{Package, WriteError};

/// Reads the text of a docx file.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let body = archive
        .part("word/document.xml")?
        .ok_or(Refusal::NoPart("word/document.xml"))?;
    let mut out = Extracted::default();
    let mut number = 0;
    let mut marks = Marks::default();
    paragraphs(&body, &mut marks, |text, _| {
        number += 1;
        out.push(text, Place::Paragraph(number));
    })?;
    if let Some(notes) = archive.part("word/footnotes.xml")? {
        let mut found: BTreeMap<u16, String> = BTreeMap::new();
        let mut ids: Vec<(u16, String)> = Vec::new();
        paragraphs(&notes, &mut Marks::default(), |text, note| {
            let Some(id) = note else { return };
            match ids.last_mut() {
                Some((last, words)) if *last == id => {
                    words.push(' ');
                    words.push_str(text);
                }
                _ => ids.push((id, text.to_owned())),
            }
        })?;
        for (id, text) in ids {
            found.entry(marks.number(id)).or_insert(text);
        }
        for (number, text) in found {
            out.push(
                &format!("[^{number}]: {}", text.trim()),
                Place::Footnote(number),
            );
        }
    }
    Ok(out)
}

/// The numbers of footnotes. A file names them by ids that start anywhere (LibreOffice: at 2); what
/// a reader sees is the order in which they are referred to.
#[derive(Default)]
struct Marks(HashMap<u16, u16>);

impl Marks {
    /// The number of the note with this id, the next one when it is new.
    fn number(&mut self, id: u16) -> u16 {
        let next = u16::try_from(self.0.len() + 1).unwrap_or(u16::MAX);
        *self.0.entry(id).or_insert(next)
    }
}

/// Tells the text of every paragraph with the id of the footnote it stands in.
fn paragraphs(
    xml: &str,
    marks: &mut Marks,
    mut tell: impl FnMut(&str, Option<u16>),
) -> Result<(), Refusal> {
    let mut text = String::new();
    let mut in_text = 0_usize;
    let mut deleted = 0_usize;
    let mut note: Option<u16> = None;
    walk(xml, |step| match step {
        Step::Open("t", _) => in_text += 1,
        Step::Close("t") => in_text = in_text.saturating_sub(1),
        // Tracked deletions are no longer part of the text.
        Step::Open("del", _) => deleted += 1,
        Step::Close("del") => deleted = deleted.saturating_sub(1),
        Step::Open("tab" | "br" | "cr", _) => text.push(' '),
        Step::Open("noBreakHyphen", _) => text.push('-'),
        Step::Open("footnoteReference", tag) if deleted == 0 => {
            if let Some(id) = attribute(tag, "id").and_then(|id| id.parse().ok()) {
                text.push_str(&superscript_number(marks.number(id)));
            }
        }
        Step::Open("footnote", tag) => {
            // The lines that separate notes from text are notes with a type.
            note = attribute(tag, "id")
                .filter(|_| attribute(tag, "type").is_none_or(|kind| kind == "normal"))
                .and_then(|id| id.parse().ok());
        }
        Step::Close("footnote") => note = None,
        Step::Text(words) if in_text > 0 && deleted == 0 => text.push_str(words),
        Step::Close("p") => {
            tell(&text, note);
            text.clear();
        }
        _ => {}
    })
}

const DOCUMENT: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
);

const NOTES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#,
    r#"<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>"#,
    r#"<w:continuationSeparator/></w:r></w:p></w:footnote>"#,
);

const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="nl-NL"/></w:rPr>"#,
    r#"</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault>"#,
    r#"</w:docDefaults>"#,
    r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>"#,
    r#"<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>"#,
    r#"<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>"#,
    r#"<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr>"#,
    r#"<w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>"#,
    r#"<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>"#,
    r#"</w:styles>"#,
);

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>"#,
    r#"</Types>"#,
);

const ROOT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"</Relationships>"#,
);

const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>"#,
    r#"</Relationships>"#,
);

/// A sheet of paper: its element and how wide a table on it is, in twentieths of a point within
/// margins of 1418.
struct Sheet {
    size: &'static str,
    width: u32,
}

/// A4 upright.
const UPRIGHT: Sheet = Sheet {
    size: r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
    width: 9070,
};

/// A4 on its side, for tables: upright their columns break words.
const LANDSCAPE: Sheet = Sheet {
    size: r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#,
    width: 14002,
};

/// Writes a composition as a docx file.
///
/// # Errors
/// Fails when the archive cannot be made.
pub fn write(composition: &Composition) -> Result<Vec<u8>, WriteError> {
    let mut body = DOCUMENT.to_owned();
    let is_table = |block: &Block| matches!(block, Block::Table(_));
    let sheet = if composition.blocks.iter().any(is_table) {
        LANDSCAPE
    } else {
        UPRIGHT
    };
    for block in &composition.blocks {
        let (style, text) = match block {
            Block::Heading { level: 1, text } => (Some("Heading1"), text.clone()),
            Block::Heading { text, .. } => (Some("Heading2"), text.clone()),
            Block::Paragraph(text) => (None, text.clone()),
            Block::Item(text) => (None, format!("- {text}")),
            Block::Table(table) => {
                write_table(&mut body, table, sheet.width);
                continue;
            }
        };
        paragraph(&mut body, style, &text);
    }
    body.push_str("<w:sectPr>");
    body.push_str(sheet.size);
    body.push_str(
        r#"<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
    );
    let mut notes = NOTES.to_owned();
    for (number, text) in &composition.notes {
        notes.push_str(&format!(
            r#"<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {}</w:t></w:r></w:p></w:footnote>"#,
            escape(text)
        ));
    }
    notes.push_str("</w:footnotes>");
    let mut package = Package::new();
    package.add("[Content_Types].xml", CONTENT_TYPES)?;
    package.add("_rels/.rels", ROOT_RELATIONS)?;
    package.add("word/document.xml", &body)?;
    package.add("word/styles.xml", STYLES)?;
    package.add("word/footnotes.xml", &notes)?;
    package.add("word/_rels/document.xml.rels", DOCUMENT_RELATIONS)?;
    package.finish()
}

/// A table of that width whose head repeats on every page.
fn write_table(out: &mut String, table: &Table, full: u32) {
    let sum: u32 = table
        .columns
        .iter()
        .map(|column| u32::from(column.share))
        .sum();
    let widths: Vec<u32> = table
        .columns
        .iter()
        .map(|column| full * u32::from(column.share) / sum.max(1))
        .collect();
    out.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{full}" w:type="dxa"/><w:tblBorders>"#
    ));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!(
            r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>"#
        ));
    }
    out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for width in &widths {
        out.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    out.push_str("</w:tblGrid>");
    let head: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.heading.to_owned())
        .collect();
    let rows = std::iter::once((
        &head,
        "<w:trPr><w:tblHeader/></w:trPr>",
        "<w:rPr><w:b/></w:rPr>",
    ))
    .chain(table.rows.iter().map(|row| (row, "", "")));
    for (cells, kind, letters) in rows {
        out.push_str(&format!("<w:tr>{kind}"));
        for (cell, width) in cells.iter().zip(&widths) {
            out.push_str(&format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:r>{letters}<w:t xml:space="preserve">{}</w:t></w:r></w:p></w:tc>"#,
                escape(cell)
            ));
        }
        out.push_str("</w:tr>");
    }
    // A document may not end with a table.
    out.push_str("</w:tbl><w:p/>");
}

fn paragraph(out: &mut String, style: Option<&str>, text: &str) {
    out.push_str("<w:p>");
    if let Some(style) = style {
        out.push_str(&format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#));
    }
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(&format!(
                r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#,
                escape(words)
            )),
            Piece::Mark(number) => out.push_str(&format!(
                r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>"#
            )),
        }
    }
    out.push_str("</w:p>");
}
