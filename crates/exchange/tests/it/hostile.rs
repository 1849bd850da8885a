//! Hostile office files are refused with the reason, and no input makes the reader panic.

use std::io::{Cursor, Write};

use commitments::deadline::Conventions;
use commitments::overview::{Block, Composition};
use commitments::read::Document;
use exchange::{Refusal, docx, extract, odt};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused() {
    let bomb = format!("<p>{}</p>", "a".repeat(20 << 20));
    let bytes = archive(&[("word/document.xml", &bomb)]);
    assert!(matches!(
        extract("a.docx", &bytes),
        Err(Refusal::Swells { .. })
    ));
    let bytes = archive(&[("content.xml", &bomb)]);
    assert!(matches!(
        extract("a.odt", &bytes),
        Err(Refusal::Swells { .. })
    ));
}

#[test]
fn an_external_entity_is_refused() {
    let xml = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d><t>&x;</t></d>";
    let bytes = archive(&[("word/document.xml", xml)]);
    assert!(matches!(extract("a.docx", &bytes), Err(Refusal::Entity(_))));
    let bytes = archive(&[("content.xml", "<d><p>&x;</p></d>")]);
    assert!(matches!(extract("a.odt", &bytes), Err(Refusal::Entity(_))));
}

#[test]
fn names_that_point_outside_are_refused() {
    for name in ["../evil.xml", "/etc/passwd", "a/../../b", "c:\\x"] {
        let bytes = archive(&[("word/document.xml", "<d/>"), (name, "x")]);
        let refused = extract("a.docx", &bytes);
        assert!(
            matches!(refused, Err(Refusal::PathName(_))),
            "{name}: {refused:?}"
        );
    }
}

#[test]
fn endless_nesting_and_missing_parts_are_refused() {
    let deep = "<a>".repeat(2000);
    let bytes = archive(&[("word/document.xml", &deep)]);
    assert!(matches!(
        extract("a.docx", &bytes),
        Err(Refusal::TooDeep(_))
    ));
    let bytes = archive(&[("other.xml", "<d/>")]);
    assert!(matches!(extract("a.docx", &bytes), Err(Refusal::NoPart(_))));
    assert!(matches!(
        extract("a.docx", b"no archive"),
        Err(Refusal::NoArchive(_))
    ));
    assert!(matches!(
        extract("a.txt", &[0xff, 0xfe]),
        Err(Refusal::NotText)
    ));
    assert!(matches!(
        extract("a.pages", b"PK\x03\x04"),
        Err(Refusal::UnknownKind(_))
    ));
}

#[test]
fn older_and_locked_files_are_told_from_damaged_ones() {
    let container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest";
    assert!(matches!(extract("a.docx", container), Err(Refusal::Locked)));
    for (name, bytes) in [
        ("a.doc", &container[..]),
        ("brief", container),
        ("a.rtf", b"{\\rtf1 tekst}"),
        ("a.txt", b"{\\rtf1 tekst}"),
    ] {
        let refused = extract(name, bytes);
        assert!(
            matches!(refused, Err(Refusal::OldKind)),
            "{name}: {refused:?}"
        );
    }
}

/// The whole way of a document that somebody hands in; the fuzz target calls the same.
fn whole_way(name: &str, bytes: &[u8]) {
    if let Ok(extracted) = extract(name, bytes) {
        let document = Document::read(name, &extracted.text, None, &Conventions::default());
        for record in &document.records {
            assert!(record.span.of(&document.text).is_some());
        }
    }
}

fn sample(kind: &str) -> Vec<u8> {
    let composition = Composition {
        blocks: vec![Block::Paragraph(
            "In de motie van het lid A¹ (SP) wordt verzocht om iets te doen.".to_owned(),
        )],
        notes: vec![(1, "Kamerstuk 41 000, nr. 2.".to_owned())],
    };
    match kind {
        "a.docx" => docx::write(&composition).unwrap(),
        _ => odt::write(&composition).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_office_files_do_not_panic(
        kind in prop::sample::select(vec!["a.docx", "a.odt"]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample(kind);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        whole_way(kind, &bytes);
        bytes.truncate(cut.index(bytes.len()));
        whole_way(kind, &bytes);
    }

    #[test]
    fn markup_of_any_kind_does_not_panic(xml in "(<[a-z:]{1,6}( id=\"[0-9]{1,4}\")?>|</[a-z:]{1,6}>|&#?[a-z0-9]{1,5};|[ a-z<&]{1,9}){0,40}") {
        whole_way("a.docx", &archive(&[("word/document.xml", &xml)]));
        whole_way("a.odt", &archive(&[("content.xml", &xml)]));
    }
}
