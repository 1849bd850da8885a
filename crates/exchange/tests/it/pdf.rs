//! PDF in: text where there is text, a refusal with the reason where there is none.

use std::io::Write;

use commitments::deadline::Conventions;
use commitments::read::Document;
use exchange::{Place, Refusal, extract};
use proptest::prelude::*;

/// A PDF of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        writeln!(out, "{} 0 obj", index + 1).unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    let n = objects.len() + 1;
    write!(
        out,
        "trailer\n<< /Size {n} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    out
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {dictionary} >>\nstream\n", content.len()).into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream");
    out
}

/// A page with this content, Helvetica as F1.
fn page(dictionary: &str, content: &[u8]) -> Vec<u8> {
    pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream(dictionary, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ])
}

const LETTER: &[u8] = b"BT /F1 11 Tf 70 760 Td (In de motie van het lid Aartsen) Tj \
/F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf ( \\(VVD\\) wordt) Tj 0 -15 Td \
(verzocht om in april een plan te maken. Dit is) Tj 0 -15 Td (afgerond.) Tj \
0 -30 Td (Een nieuwe alinea met een zin die ook over de regel heen gaat en) Tj 0 -15 Td (dan eindigt.) Tj ET \
BT /F1 6 Tf 70 64 Td (1) Tj /F1 8 Tf 5 -3 Td (Kamerstuk 41 000, nr. 2.) Tj ET";

#[test]
fn lines_become_paragraphs_and_raised_digits_footnotes() {
    let read = extract("brief.pdf", &page("", LETTER)).unwrap();
    assert_eq!(
        read.text,
        "In de motie van het lid Aartsen¹ (VVD) wordt\nverzocht om in april een plan te maken. Dit is\n\
         afgerond.\n\nEen nieuwe alinea met een zin die ook over de regel heen gaat en\ndan eindigt.\n\n\
         [^1]: Kamerstuk 41 000, nr. 2."
    );
    assert_eq!(read.parts[0].1, Place::Page(1));
    let document = Document::read("brief", &read.text, None, &Conventions::default());
    let content = document.records[0].content();
    assert_eq!(content.members[0].name, "Aartsen");
    assert_eq!(
        content.reference.unwrap().paper.to_string(),
        "41 000, nr. 2"
    );
    // The kind is told by the first bytes when the name does not say it.
    assert!(extract("brief", &page("", LETTER)).is_ok());
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn packed_pages_are_read_and_bombs_refused() {
    let read = extract("a.pdf", &page("/Filter /FlateDecode", &packed(LETTER))).unwrap();
    assert!(read.text.contains("motie van het lid Aartsen"));
    let bomb = packed(&vec![b' '; 80 << 20]);
    for dictionary in ["/Filter /FlateDecode", "", "/Subtype /Image"] {
        let refused = extract("a.pdf", &page(dictionary, &bomb));
        assert!(
            matches!(refused, Err(Refusal::Swells { .. })),
            "{refused:?}"
        );
    }
    let twice = packed(&bomb);
    let refused = extract(
        "a.pdf",
        &page("/Filter [/FlateDecode /FlateDecode]", &twice),
    );
    assert!(
        matches!(refused, Err(Refusal::Swells { .. })),
        "{refused:?}"
    );
}

#[test]
fn forms_that_call_each_other_are_refused() {
    // Thirty levels, each drawing the next ten times: more work than there is time.
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
        stream("", b"/X Do"),
    ];
    for level in 5..35 {
        let dictionary = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>",
            level + 1
        );
        objects.push(stream(&dictionary, &b"/X Do ".repeat(10)));
    }
    objects.push(stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
        b"0 0 1 1 re f",
    ));
    let refused = extract("a.pdf", &pdf(&objects));
    assert!(matches!(refused, Err(Refusal::TooMuchWork)), "{refused:?}");
}

#[test]
fn pictures_locks_and_other_files_are_refused() {
    let scan = page(
        "",
        b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q",
    );
    assert!(matches!(
        extract("a.pdf", &scan),
        Err(Refusal::OnlyPictures(1))
    ));
    let mut locked = page("", LETTER);
    locked.extend_from_slice(b"\n% trailer << /Encrypt 9 0 R >>\n");
    assert!(matches!(extract("a.pdf", &locked), Err(Refusal::LockedPdf)));
    for bytes in [&b"no pdf"[..], b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b""] {
        assert!(matches!(extract("a.pdf", bytes), Err(Refusal::NoPdf)));
    }
    // What says it is a PDF is read as one, whatever its name.
    assert!(matches!(
        extract("a.docx", b"%PDF-1.7"),
        Err(Refusal::NoArchive(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_pdfs_do_not_panic(
        is_packed in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if is_packed {
            page("/Filter /FlateDecode", &packed(LETTER))
        } else {
            page("", LETTER)
        };
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = extract("a.pdf", &bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = extract("a.pdf", &bytes);
    }
}
