//! Documents in every script: tagged, with language and title, the same bytes for the same data.

mod reading;

use documents::{Template, render};
use domain::language::Language;
use serde_json::{Value, json};
use time::macros::date;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn prose(text: &str) -> Value {
    json!({
        "title": "Overzicht moties en toezeggingen",
        "subtitle": "9 stuks",
        "notice": "",
        "blocks": [
            { "kind": "heading", "level": 2, "text": "Eerste deel" },
            { "kind": "paragraph", "text": text },
            { "kind": "item", "text": "Eén" },
            { "kind": "item", "text": "Twee" }
        ],
        "notes": { "1": "Kamerstuk 32 824, nr. 367." }
    })
}

fn contains(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len())
        .any(|part| part == words.as_bytes())
}

#[test]
fn a_document_is_tagged_and_says_its_language() -> Outcome {
    for (language, text) in [
        (Language::NL, "Verzocht om een plan¹ en *geen* #markup."),
        (Language::AR, "خطة العمل للحاصلين على الإقامة¹"),
        (Language::TI, "ትልሚ ስራሕ"),
        (Language::UK, "План дій¹"),
    ] {
        let pdf = render(
            Template::Prose,
            &prose(text),
            language,
            date!(2022 - 12 - 01),
        )?;
        assert!(pdf.starts_with(b"%PDF-1."));
        for mark in [
            "/StructTreeRoot",
            "/MarkInfo",
            "/Marked true",
            "/DisplayDocTitle true",
        ] {
            assert!(contains(&pdf, mark), "{} lacks {mark}", language.code());
        }
        assert!(
            contains(&pdf, &format!("/Lang({})", language.code())),
            "{} is not named",
            language.code()
        );
    }
    Ok(())
}

#[test]
fn a_table_has_a_head() -> Outcome {
    let rows: Vec<Vec<String>> = (0..80)
        .map(|n| vec![n.to_string(), "motie".into()])
        .collect();
    let data = json!({
        "title": "Tabel", "subtitle": "", "notice": "Let op",
        "columns": ["Nummer", "Soort"], "rows": rows
    });
    let pdf = render(Template::Table, &data, Language::NL, date!(2022 - 12 - 01))?;
    assert!(contains(&pdf, "/StructTreeRoot"));
    Ok(())
}

#[test]
fn two_languages_stand_side_by_side() -> Outcome {
    let row = |kind: &str, own: &str| json!({ "kind": kind, "text": "Uw plan", "own": own });
    for (language, own) in [
        (Language::AR, "خطتك"),
        (Language::TI, "ትልምኹም"),
        (Language::UK, "Ваш план"),
    ] {
        let direction = match language {
            Language::AR => "rtl",
            _ => "ltr",
        };
        let data = json!({
            "title": "Plan", "subtitle": "", "notice": "Concept",
            "own": {
                "language": language.code(), "direction": direction,
                "title": own, "notice": own
            },
            "rows": [
                row("heading", own), row("text", own), row("item", own), row("signature", own),
                { "kind": "written", "text": "Zoals het #geschreven is", "direction": "ltr" }
            ]
        });
        let pdf = render(
            Template::SideBySide,
            &data,
            Language::NL,
            date!(2026 - 11 - 22),
        )?;
        assert!(contains(&pdf, "/StructTreeRoot") && contains(&pdf, "/Lang(nl)"));
        let named = contains(&pdf, &format!("/Lang({})", language.code()));
        assert!(named, "what is in {} says so", language.code());
    }
    let dutch = json!({
        "title": "Plan", "subtitle": "", "notice": "", "own": null,
        "rows": [{ "kind": "heading", "text": "Uw plan", "own": "" }]
    });
    render(
        Template::SideBySide,
        &dutch,
        Language::NL,
        date!(2026 - 11 - 22),
    )?;
    Ok(())
}

#[test]
fn the_same_data_gives_the_same_bytes_and_missing_data_a_reason() -> Outcome {
    let make = || {
        render(
            Template::Prose,
            &prose("x"),
            Language::NL,
            date!(2022 - 12 - 01),
        )
    };
    assert!(make()? == make()?);
    let error = render(
        Template::Prose,
        &json!({}),
        Language::NL,
        date!(2022 - 12 - 01),
    );
    assert!(error.is_err_and(|error| error.to_string().contains("title")));
    Ok(())
}

fn cv(second: Option<Language>, words: &str) -> Value {
    let second = second.map(|language| {
        let direction = match language.direction() {
            domain::language::Direction::RightToLeft => "rtl",
            domain::language::Direction::LeftToRight => "ltr",
        };
        json!({ "language": language.code(), "direction": direction })
    });
    json!({
        "title": "Fictieve Lasser",
        "subtitle": "lasser@example.org",
        "second": second,
        "sections": [
            { "title": ["Werk", words], "kind": "entries", "entries": [
                { "main": ["Lasser", words], "note": ["Met loon, 2009 tot 2015", words] }
            ] },
            { "title": ["Dit kan ik", words], "kind": "list", "entries": [
                { "main": ["metaal *lassen*", words], "note": ["", ""] }
            ] }
        ]
    })
}

/// A text in which no letter follows itself: an Arabic letter can be drawn as a shape and its dots,
/// and both stand for the letter.
fn without_doubles(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Whether the letters of a word follow each other, but for dots that are drawn as glyphs of their
/// own and then read as another letter.
fn is_drawn(word: &str, drawn: &str) -> bool {
    let letters: Vec<char> = drawn.chars().collect();
    (0..letters.len()).any(|start| {
        let mut at = start;
        word.chars().all(|letter| {
            let near = letters.iter().skip(at).take(2);
            let found = near.into_iter().position(|other| *other == letter);
            at += found.unwrap_or_default() + 1;
            found.is_some()
        })
    })
}

#[test]
fn a_cv_is_tagged_in_one_language_and_in_two() -> Outcome {
    for (second, words) in [
        (None, ""),
        (Some(Language::AR), "لحام المعادن 2015"),
        (Some(Language::FA), "جوشکاری فلز"),
        (Some(Language::TI), "ብየዳ ሓጺን"),
        (Some(Language::UK), "зварювання металу"),
        (Some(Language::TR), "Kaynakçı, iş yeri"),
    ] {
        let pdf = render(
            Template::Cv,
            &cv(second, words),
            Language::NL,
            date!(2026 - 11 - 22),
        )?;
        for mark in ["/StructTreeRoot", "/Marked true", "/Lang(nl)"] {
            assert!(contains(&pdf, mark), "{second:?} lacks {mark}");
        }
        if let Some(second) = second {
            let language = format!("/Lang({})", second.code());
            assert!(contains(&pdf, &language), "{language} is not named");
        }
        let letters = reading::letters(pdf)?;
        // Words are drawn from left to right, whatever their direction.
        let drawn = without_doubles(&letters.concat());
        for word in ["FictieveLasser", "lasser@example.org", "metaal*lassen*"] {
            assert!(
                drawn.contains(&without_doubles(word)),
                "no {word} in {drawn}"
            );
        }
        for word in words.split_whitespace() {
            let word = without_doubles(word);
            let turned: String = word.chars().rev().collect();
            let is_there = is_drawn(&word, &drawn) || is_drawn(&turned, &drawn);
            assert!(is_there, "no {word} in {drawn}");
        }
    }
    Ok(())
}
