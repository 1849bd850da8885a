//! What is written and read again says the same.

use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::overview::{Composition, compose};
use commitments::place::Span;
use commitments::read::Document;
use commitments::record::{Record, RecordContent};
use commitments::register::{Origin, Register};
use commitments::tabulation::tabulate;
use exchange::{docx, extract, markdown, odt, table};

const FICTIONAL: &str = include_str!("../fixtures/overview.txt");

/// The published overview when it is on this machine, and a fictional one always.
fn texts() -> Vec<String> {
    let published =
        testkit::test_data("sources/002.txt").map(|path| std::fs::read_to_string(path).unwrap());
    published
        .into_iter()
        .chain([FICTIONAL.to_owned()])
        .collect()
}

fn read(text: &str) -> Vec<Record> {
    let day = parse_iso("2022-12-01").unwrap();
    Document::read("overview", text, Some(day), &Conventions::default()).records
}

fn contents(records: &[Record]) -> Vec<RecordContent> {
    records.iter().map(Record::content).collect()
}

fn prose_round_trip(write: impl Fn(&Composition) -> Vec<u8>, name: &str) {
    for text in texts() {
        let records = read(&text);
        assert!(records.len() >= 6, "{}", records.len());
        let before = contents(&records);
        let composition = compose("Overzicht moties en toezeggingen", &before);
        let bytes = write(&composition);
        let again = extract(name, &bytes).unwrap();
        for (span, _) in &again.parts {
            assert!(span.of(&again.text).is_some());
        }
        let after = contents(&read(&again.text));
        assert_eq!(after.len(), before.len());
        for (after, before) in after.iter().zip(&before) {
            assert_eq!(after, before);
        }
    }
}

#[test]
fn docx_says_the_same() {
    prose_round_trip(|composition| docx::write(composition).unwrap(), "o.docx");
}

#[test]
fn odt_says_the_same() {
    prose_round_trip(|composition| odt::write(composition).unwrap(), "o.odt");
}

#[test]
fn markdown_says_the_same() {
    prose_round_trip(
        |composition| markdown::write(composition).into_bytes(),
        "o.md",
    );
}

#[test]
fn tables_carry_every_field_with_its_place() {
    for text in texts() {
        let records = read(&text);
        let csv = table::write_csv(&records).unwrap();
        assert_eq!(table::read_csv(&csv).unwrap(), records);
        let json = table::write_json("Overzicht", &records).unwrap();
        assert_eq!(table::read_json(&json).unwrap(), records);
    }
}

#[test]
fn the_same_composition_gives_the_same_bytes() {
    let composition = compose("Overzicht", &contents(&read(FICTIONAL)));
    assert_eq!(
        docx::write(&composition).unwrap(),
        docx::write(&composition).unwrap()
    );
    assert_eq!(
        odt::write(&composition).unwrap(),
        odt::write(&composition).unwrap()
    );
}

#[test]
fn a_table_with_a_wrong_cell_is_refused_with_its_place() {
    let records = read(FICTIONAL);
    let csv = table::write_csv(&records)
        .unwrap()
        .replace("commitment_in_debate", "iets anders");
    let error = table::read_csv(&csv).unwrap_err().to_string();
    assert!(
        error.contains("soort") && error.contains("iets anders"),
        "{error}"
    );
    assert!(table::read_csv("a,b\n1,2\n").is_err());
}

/// The overview as a table of a register with these records.
fn tabulated(records: &[Record]) -> Composition {
    let mut register = Register::default();
    for content in contents(records) {
        let origin = Origin::Document {
            name: "overzicht".to_owned(),
            date: None,
            span: Span::default(),
            record: None,
        };
        register.take(content, origin);
    }
    tabulate("Moties | toezeggingen", register.obligations())
}

#[test]
fn a_table_says_what_is_asked_where_and_how_far() {
    for text in texts() {
        let records = read(&text);
        let composition = tabulated(&records);
        let files = [
            ("t.docx", docx::write(&composition).unwrap()),
            ("t.odt", odt::write(&composition).unwrap()),
            ("t.md", markdown::write(&composition).into_bytes()),
        ];
        for (name, bytes) in files {
            let again = extract(name, &bytes).unwrap().text;
            for heading in ["Omschrijving", "Vindplaats", "Stand van zaken"] {
                assert!(again.contains(heading), "{name} lacks {heading}");
            }
            assert!(again.contains("Moties | toezeggingen"), "{name}");
            for content in contents(&records) {
                let ask: String = content.ask.words.chars().take(20).collect();
                assert!(again.contains(&ask), "{name} lacks {ask}");
            }
        }
    }
}
