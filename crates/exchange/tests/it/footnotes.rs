//! Footnotes of docx files of other programs, whose ids are not their numbers.

use std::io::{Cursor, Read as _};

use commitments::overview::{Block, Column, Composition, Table};
use exchange::{docx, extract};

use crate::hostile::archive;

/// As LibreOffice writes it: the two separators are notes 0 and 1, and the notes go on from 2.
#[test]
fn notes_are_numbered_as_a_reader_sees_them() {
    let body = "<w:document><w:body><w:p><w:r><w:t>Eerst</w:t></w:r><w:r>\
        <w:footnoteReference w:id=\"3\"/></w:r><w:r><w:t> en dan</w:t></w:r><w:r>\
        <w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:document>";
    let notes = "<w:footnotes>\
        <w:footnote w:id=\"0\" w:type=\"separator\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"1\" w:type=\"continuationSeparator\"><w:p/></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:t>De tweede.</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"3\"><w:p><w:r><w:t>De eerste,</w:t></w:r></w:p>\
        <w:p><w:r><w:t>in twee stukken.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = archive(&[("word/document.xml", body), ("word/footnotes.xml", notes)]);
    assert_eq!(
        extract("a.docx", &bytes).unwrap().text,
        "Eerst¹ en dan²\n\n[^1]: De eerste, in twee stukken.\n\n[^2]: De tweede."
    );
}

fn document_part(composition: &Composition) -> String {
    let bytes = docx::write(composition).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_table_lies_on_its_side() {
    let table = Block::Table(Table {
        columns: vec![Column {
            heading: "Nr.",
            share: 1,
        }],
        rows: vec![vec!["1".to_owned()]],
    });
    let page = |block| {
        document_part(&Composition {
            blocks: vec![block],
            notes: Vec::new(),
        })
    };
    assert!(page(table).contains("w:orient=\"landscape\""));
    assert!(!page(Block::Paragraph("Tekst.".to_owned())).contains("landscape"));
}
