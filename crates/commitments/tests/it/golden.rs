//! The nine records of the published overview, checked by hand.

use commitments::deadline::Conventions;
use commitments::overview::headline;
use commitments::read::Document;
use commitments::read::people;
use commitments::record::{RecordContent, ReferenceOrigin};

use crate::material::source;

/// Kind, people, paper, meeting, date, term and standing of a record on one line.
fn line(record: &RecordContent) -> String {
    let members = people::in_words(&record.members);
    let others = if record.and_others { " c.s." } else { "" };
    let paper = record
        .reference
        .as_ref()
        .map_or("-".to_owned(), |reference| {
            let mark = match reference.origin {
                ReferenceOrigin::Stated => "",
                ReferenceOrigin::Footnote(_) => " (voetnoot)",
                ReferenceOrigin::Inherited(_) => " (geërfd)",
            };
            format!("{}{mark}", reference.paper)
        });
    let debate = record
        .debate
        .as_ref()
        .map_or("-".to_owned(), ToString::to_string);
    let date = record.date.map_or("-".to_owned(), |date| date.to_string());
    let deadline = record.deadline.as_ref().map_or("-".to_owned(), |deadline| {
        let days = deadline
            .interval
            .map_or("?".to_owned(), |days| days.to_string());
        format!("{} = {days}", deadline.words)
    });
    let notes: Vec<String> = record
        .notes
        .iter()
        .map(|note| {
            format!(
                "{}{}",
                note.number,
                if note.text.is_some() { "" } else { "!" }
            )
        })
        .collect();
    format!(
        "{} | {members}{others} | {paper} | {debate} | {date} | {deadline} | {} | {} | {}",
        record.kind.code(),
        record.status.standing.code(),
        record.attachments.join(", "),
        notes.join(" "),
    )
}

const GOLDEN: [&str; 9] = [
    "motion | Japser Van Dijk (SP) en Peters (CDA) | - | - | - | - | done | plan van aanpak | 1!",
    "motion | Aartsen (VVD) | - | - | - | in het eerste kwartaal van 2023 = \
     2023-01-01..2023-03-31 | done | plan van aanpak | 2!",
    "motion | Aartsen (VVD) | - | - | - | in het eerste kwartaal van 2023 = \
     2023-01-01..2023-03-31 | done | plan van aanpak | 3!",
    "commitment_from_questions | Becker (VVD) | - | - | - | - | done | plan van aanpak | 4!",
    "commitment_in_debate |  | 32 824, nr. 367 | Commissiedebat Integratie en Inburgering | \
     2022-07 | medio 2023 = 2023-05-15..2023-08-15 | open |  | ",
    "commitment_in_debate | Aartsen (VVD) | 36 200 XV, nr. 85 | WGO Integratie en \
     maatschappelijke samenhang | 2022-11 | - | done | plan van aanpak | ",
    "commitment_in_debate |  | 36 200 XV, nr. 85 (geërfd) | WGO Integratie en maatschappelijke \
     samenhang | 2022-11 | - | done | plan van aanpak | ",
    "motion | Ceder (CU) | - | - | - | - | done | plan van aanpak | 5! 6!",
    "motion | Podt c.s. | - | - | 2022-11-29 | bij de Voorjaarsnota = ? | open |  | ",
];

/// The beginning of each ask.
const ASKS: [&str; 9] = [
    "een plan van aanpak te maken",
    "concrete afspraken te maken met VNG, MBO-scholen",
    "met gemeenten en regionale ondernemersorganisaties in gesprek te gaan",
    "het onderwerp loonkostensubsidie (LKS)",
    "er een overzicht van best practices uit andere landen",
    "onderzoek te doen naar startbanen",
    "in de kamerbrief over statushouders en werk in te gaan",
    "een overzicht te geven van praktische belemmeringen",
    "in kaart te brengen hoe",
];

#[test]
fn the_overview_gives_its_nine_records() {
    let Some(text) = source("002") else { return };
    let document = Document::read("002", &text, None, &Conventions::default());
    let contents: Vec<RecordContent> = document
        .records
        .iter()
        .map(commitments::record::Record::content)
        .collect();
    let lines: Vec<String> = contents.iter().map(line).collect();
    assert_eq!(lines, GOLDEN);
    for (record, ask) in contents.iter().zip(ASKS) {
        assert!(
            record.ask.words.starts_with(ask),
            "{} / {ask}",
            record.ask.words
        );
    }
    assert_eq!(
        headline(&contents, &[]),
        "9 stuks: 5 moties, 3 debattoezeggingen, 1 uit Kamervragen; 2 open; 7 steunen op één \
         bijlage die niet in het dossier zit"
    );
    let missing: Vec<u16> = document
        .missing_notes()
        .iter()
        .map(|(number, _)| *number)
        .collect();
    assert_eq!(missing, [1, 2, 3, 4, 5, 6]);
    assert_eq!(
        contents[8].topic.as_deref(),
        Some("meerjarige financiering van onderdelen van het programma Participatie en taal")
    );
}

#[test]
fn with_a_date_the_spring_memorandum_has_days() {
    let Some(text) = source("002") else { return };
    let day = commitments::calendar::parse_iso("2022-12-01").unwrap();
    let document = Document::read("002", &text, Some(day), &Conventions::default());
    let deadline = document.records[8].content().deadline.unwrap();
    assert_eq!(
        deadline.interval.unwrap().to_string(),
        "2023-04-01..2023-06-01"
    );
}

#[test]
fn every_field_stands_where_it_says() {
    let Some(text) = source("002") else { return };
    let document = Document::read("002", &text, None, &Conventions::default());
    let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    for record in &document.records {
        for member in &record.members {
            let place = flat(member.span.of(&text).unwrap());
            assert!(place.starts_with(&member.value.name), "{place}");
            assert!(record.span.holds(member.span));
        }
        assert_eq!(
            flat(record.ask.span.of(&text).unwrap()),
            record.ask.value.words
        );
        if let Some(deadline) = &record.deadline {
            assert_eq!(flat(deadline.span.of(&text).unwrap()), deadline.value.words);
        }
        for note in &record.notes {
            assert_eq!(note.span.of(&text).unwrap(), note.value.number.to_string());
        }
    }
}
