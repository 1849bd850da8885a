//! Tables of terms with the days they must give.

use super::*;
use crate::calendar::parse_iso;
use crate::read::token::tokens;

fn read(text: &str, document: Option<&str>) -> String {
    let row = tokens(text, &[Span::new(0, text.len())]);
    let conventions = Conventions::default();
    let reference = Reference {
        document: document.map(|day| parse_iso(day).unwrap()),
        conventions: &conventions,
    };
    find(Words(&row), reference)
        .into_iter()
        .map(|field| {
            let days = field
                .value
                .interval
                .map_or("-".to_owned(), |days| days.to_string());
            format!(
                "{} {days} {}",
                field.value.words,
                field.value.certainty.code()
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn terms_with_a_year_need_no_document_date() {
    let table = [
        (
            "in het eerste kwartaal van 2023",
            "2023-01-01..2023-03-31 exact",
        ),
        (
            "in het vierde kwartaal 2024",
            "2024-10-01..2024-12-31 exact",
        ),
        ("in Q3 2024", "2024-07-01..2024-09-30 exact"),
        (
            "in de tweede helft van 2023",
            "2023-07-01..2023-12-31 exact",
        ),
        ("medio 2023", "2023-05-15..2023-08-15 convention"),
        ("begin 2023", "2023-01-01..2023-03-31 convention"),
        ("eind 2025", "2025-10-01..2025-12-31 convention"),
        ("eind maart 2024", "2024-03-21..2024-03-31 convention"),
        ("rond de zomer 2023", "2023-06-01..2023-09-30 convention"),
        (
            "in het najaar van 2024",
            "2024-09-01..2024-12-20 convention",
        ),
        ("uiterlijk 1 maart 2024", "2024-03-01..2024-03-01 exact"),
        ("vóór 1 maart 2024", "2024-02-29..2024-02-29 exact"),
        ("per 1 januari 2025", "2025-01-01..2025-01-01 exact"),
        ("in maart 2024", "2024-03-01..2024-03-31 exact"),
        ("najaar 2025", "2025-09-01..2025-12-20 convention"),
        ("in de loop van 2024", "2024-01-01..2024-12-31 exact"),
        (
            "bij de Voorjaarsnota 2024",
            "2024-04-01..2024-06-01 convention",
        ),
    ];
    for (words, expected) in table {
        assert_eq!(read(words, None), format!("{words} {expected}"));
    }
}

#[test]
fn relative_terms_count_from_the_document() {
    let table = [
        ("voor het einde van het jaar", "2022-09-28..2022-12-31"),
        ("voor het eind van dit jaar", "2022-09-28..2022-12-31"),
        ("begin volgend jaar", "2023-01-01..2023-03-31"),
        ("in de 2e helft van dit jaar", "2022-07-01..2022-12-31"),
        ("later dit jaar", "2022-09-29..2022-12-31"),
        ("dit najaar", "2022-09-01..2022-12-20"),
        ("komend voorjaar", "2023-03-01..2023-06-20"),
        ("in het eerste kwartaal", "2023-01-01..2023-03-31"),
        ("bij de Voorjaarsnota", "2023-04-01..2023-06-01"),
        ("binnen drie maanden", "2022-09-28..2022-12-28"),
        ("over zes weken", "2022-11-09..2022-11-09"),
        ("dit kwartaal", "2022-07-01..2022-09-30"),
        ("volgende maand", "2022-10-01..2022-10-31"),
        ("uiterlijk 1 maart", "2022-09-28..2023-03-01"),
        ("voor de zomer", "2022-09-28..2023-06-20"),
        ("na de zomer", "2022-09-01..2022-10-31"),
        ("voor het kerstreces", "2022-09-28..2022-12-20"),
    ];
    for (words, days) in table {
        let with = read(words, Some("2022-09-28"));
        assert!(with.starts_with(&format!("{words} {days} ")), "{with}");
        assert!(!with.ends_with("exact"), "{with}");
        let without = read(words, None);
        assert_eq!(without, format!("{words} - needs_document_date"));
    }
}

#[test]
fn vague_terms_have_no_days_and_periods_are_no_terms() {
    for words in [
        "op korte termijn",
        "zo spoedig mogelijk",
        "te zijner tijd",
        "binnenkort",
    ] {
        assert_eq!(
            read(words, Some("2022-09-28")),
            format!("{words} - undated")
        );
    }
    for words in [
        "de Wet inburgering 2021",
        "actieplan 2022–2025",
        "29 544, nr. 1158",
        "van 2021",
    ] {
        assert_eq!(read(words, Some("2022-09-28")), "", "{words}");
    }
}

#[test]
fn the_dated_term_is_preferred() {
    let text = "op korte termijn (voor het einde van het jaar)";
    let row = tokens(text, &[Span::new(0, text.len())]);
    let conventions = Conventions::default();
    let reference = Reference {
        document: None,
        conventions: &conventions,
    };
    let found = find(Words(&row), reference);
    assert_eq!(
        best(&found, &[]).unwrap().value.words,
        "voor het einde van het jaar"
    );
}

#[test]
fn prose_of_ministries_is_read() {
    let table = [
        ("voor 2024", "2022-12-01..2023-12-31"),
        ("begin volgend schooljaar", "2023-08-01..2023-09-30"),
        ("in het schooljaar 2023/2024", "2023-08-01..2024-07-31"),
        ("tegen de zomer", "2022-12-01..2023-06-20"),
        ("in april of mei 2023", "2023-04-01..2023-05-31"),
        ("tussen april en juni 2023", "2023-04-01..2023-06-30"),
        ("tussen 1 april en 1 juli 2023", "2023-04-01..2023-07-01"),
        ("in december of januari 2024", "2023-12-01..2024-01-31"),
        ("binnen een half jaar", "2022-12-01..2023-06-01"),
        ("binnen anderhalf jaar", "2022-12-01..2024-06-01"),
        ("binnen vier tot zes weken", "2022-12-01..2023-01-12"),
        ("binnen tien werkdagen", "2022-12-01..2022-12-15"),
        ("binnen drie werkdagen", "2022-12-01..2022-12-06"),
        ("in de eerste twee kwartalen", "2023-01-01..2023-06-30"),
        (
            "in de eerste twee kwartalen van 2023",
            "2023-01-01..2023-06-30",
        ),
        (
            "in de laatste twee maanden van 2023",
            "2023-11-01..2023-12-31",
        ),
        ("in week 12", "2023-03-20..2023-03-26"),
        ("in de week van 12 december", "2022-12-12..2022-12-18"),
        ("op 15 mrt. 2023", "2023-03-15..2023-03-15"),
        ("vóór het meireces", "2022-12-01..2023-04-24"),
        ("in het nieuwe jaar", "2023-01-01..2023-12-31"),
        ("voor de jaarwisseling", "2022-12-01..2022-12-31"),
        ("rond de jaarwisseling", "2022-12-15..2023-01-15"),
        (
            "bij de eerste suppletoire begroting",
            "2023-04-01..2023-06-01",
        ),
        ("uiterlijk eind maart", "2022-12-01..2023-03-31"),
    ];
    let mut wrong = Vec::new();
    for (words, days) in table {
        let found = read(words, Some("2022-12-01"));
        if !found.starts_with(&format!("{words} {days} ")) {
            wrong.push(format!("{words}: {found}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn before_a_time_that_has_begun_is_before_the_next() {
    let found = read("vóór de begrotingsbehandeling", Some("2023-11-13"));
    assert!(found.contains(" 2023-11-13..2024-09-30 "), "{found}");
    let found = read("voor de zomer", Some("2023-07-03"));
    assert!(found.contains(" 2023-07-03..2024-06-20 "), "{found}");
}

#[test]
fn the_year_something_is_for_is_no_time_before_it() {
    for words in [
        "staan voor 2023 gepland",
        "het budget voor 2023",
        "is voor 2023 voorzien",
    ] {
        let found = read(words, Some("2022-12-01"));
        assert!(found.contains("2023-01-01..2023-12-31"), "{words}: {found}");
    }
    let found = read("is voor dit jaar beschikbaar gesteld", Some("2022-12-01"));
    assert!(found.contains("..2022-12-31"), "{found}");
}
