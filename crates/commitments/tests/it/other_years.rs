//! Overviews in the form of other years: numbered under headings, with bullets, in other order.

use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::miner::mine;
use commitments::overview::headline;
use commitments::place::Confidence;
use commitments::read::Document;
use commitments::record::{Kind, Record, Standing};
use commitments::register::{Origin, Register, State};

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

/// An overview of one motion of the member Terhorst with this account.
fn one_motion(account: &str) -> Record {
    let text = format!(
        "Overzicht moties en toezeggingen\n\nIn de motie van het lid Terhorst (SP) wordt verzocht \
         de wachttijd te onderzoeken. {account}\n"
    );
    let records = read(&text, "2024-11-15");
    assert_eq!(records.len(), 1, "{account}");
    records[0].clone()
}

#[test]
fn a_vote_and_a_denial_are_no_execution() {
    for (account, state) in [
        ("Deze motie is verworpen.", State::Rejected),
        ("Deze motie is ingetrokken.", State::Withdrawn),
        ("De motie is aangehouden.", State::Withheld),
        (
            "De motie is vervallen. De wachttijd is onderzocht.",
            State::Lapsed,
        ),
        (
            "De motie is door het kabinet overgenomen.",
            State::TakenOver,
        ),
        (
            "De motie is met algemene stemmen aangenomen.",
            State::Adopted,
        ),
        ("Deze brief is niet verzonden.", State::Adopted),
        ("Er is geen onderzoek gedaan.", State::Adopted),
        (
            "De uitvoering is vertraagd; de Kamer wordt in mei geïnformeerd.",
            State::Adopted,
        ),
        (
            "En dat dit op een duurzame wijze wordt geregeld is toegelicht.",
            State::Adopted,
        ),
    ] {
        let record = one_motion(account);
        let content = record.content();
        assert_ne!(content.status.standing, Standing::Done, "{account}");
        let mut register = Register::default();
        register.take(
            content,
            Origin::Document {
                name: "o".to_owned(),
                date: None,
                span: record.span,
                record: None,
            },
        );
        let taken = register.obligations().next().unwrap();
        assert_eq!(taken.state(), state, "{account}");
    }
    let vote = one_motion("Deze motie is verworpen.");
    assert_eq!(vote.status.confidence, Confidence::DOUBTFUL);
    assert_eq!(vote.status.value.words, "Deze motie is verworpen.");
    assert_eq!(headline(&[vote.content()], &[]), "1 stuk: 1 motie; 0 open");
    let done = one_motion("Dat onderzoek, dat niet eenvoudig was, is gedaan.");
    assert_eq!(done.content().status.standing, Standing::Done);
}

#[test]
fn a_term_in_an_ask_counts_from_the_meeting() {
    let text = "Overzicht moties en toezeggingen\n\nTijdens het tweeminutendebat Klimaat van 4 \
                oktober 2023 is toegezegd om de Kamer voor de kerst te informeren over de \
                strategie. De brief volgt in het eerste kwartaal.\n";
    let records = read(text, "2024-03-01");
    let term = records[0].content().deadline.unwrap();
    assert_eq!(term.words, "voor de kerst");
    assert_eq!(term.interval.unwrap().to_string(), "2023-10-04..2023-12-20");
}

/// Every word once looked at all the others of its sentence: this took hours.
#[test]
fn a_text_without_full_stops_is_read_and_mined() {
    for words in ["zoals toegezegd ", "ik zal dit overzicht sturen en "] {
        let text = words.repeat(6000);
        let document = Document::read("lang", &text, None, &Conventions::default());
        let found = mine(&document, &Conventions::default());
        assert!(!found.is_empty() || document.records.is_empty(), "{words}");
    }
}
