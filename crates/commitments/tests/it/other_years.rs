//! Overviews in the form of other years: numbered under headings, with bullets, in other order.

use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::read::Document;
use commitments::record::{Kind, Record, Standing};

fn read(text: &str, day: &str) -> Vec<Record> {
    let day = parse_iso(day).unwrap();
    Document::read("overzicht", text, Some(day), &Conventions::default()).records
}

/// Kind, names, paper, term and standing of each record.
fn lines(records: &[Record]) -> Vec<String> {
    records
        .iter()
        .map(Record::content)
        .map(|record| {
            let names: Vec<&str> = record.members.iter().map(|one| one.name.as_str()).collect();
            let paper = record.reference.map(|one| one.paper.to_string());
            let term = record.deadline.map(|one| one.words);
            format!(
                "{} | {} | {} | {} | {}",
                record.kind.code(),
                names.join(", "),
                paper.unwrap_or_default(),
                term.unwrap_or_default(),
                record.status.standing.code()
            )
        })
        .collect()
}

#[test]
fn numbers_and_headings_do_not_hide_the_records() {
    let text = include_str!("../../../exchange/tests/fixtures/overview-numbered.txt");
    let records = read(text, "2019-05-20");
    assert_eq!(
        lines(&records),
        [
            "commitment_in_debate | Lindeboom, Okkersen | 41 300, nr. 7 | voor de zomer van 2019 | done",
            "commitment_in_debate |  |  | in het derde kwartaal van 2019 | open",
            "motion | Kooistra-de Boer | 41 300, nr. 12 | uiterlijk 1 januari 2020 | open",
            "motion | Terhorst | 41 300, nr. 15 |  | done",
        ]
    );
    assert!(records[2].and_others);
}

#[test]
fn bullets_do_not_hide_the_records() {
    let text = include_str!("../../../exchange/tests/fixtures/overview-bullets.txt");
    let records = read(text, "2024-11-15");
    assert_eq!(
        lines(&records),
        [
            "motion | Van der Plank |  |  | open",
            "motion | Bouzian, Lindeboom |  |  | done",
            "commitment_from_questions | Okkersen |  | begin 2025 | unreported",
            "commitment_in_debate |  | 41 412, nr. 5 |  | done",
        ]
    );
    assert_eq!(records[3].kind.value, Kind::CommitmentInDebate);
    assert_ne!(records[2].status.value.standing, Standing::Done);
}

#[test]
fn what_has_begun_is_not_done() {
    for (account, standing) in [
        ("Het onderzoek is gestart.", Standing::Open),
        ("De gesprekken zijn begonnen.", Standing::Open),
        (
            "Het onderzoek is in mei gestart en in juli afgerond.",
            Standing::Done,
        ),
    ] {
        let text = format!(
            "Overzicht moties en toezeggingen\n\nIn de motie van het lid Terhorst (SP) wordt \
             verzocht de wachttijd te onderzoeken. {account}\n"
        );
        let records = read(&text, "2024-11-15");
        assert_eq!(records.len(), 1, "{account}");
        assert_eq!(records[0].content().status.standing, standing, "{account}");
    }
}
