//! The note to the minister ("nota ter beslissing") about one obligation, in the usual form:
//! occasion, advised decision, key points, explanation.
//!
//! Every sentence says where it comes from or asks the writer to fill in; nothing is made up.

use crate::overview::{Block, Composition};
use crate::read::dates;
use crate::read::people;
use crate::record::{AskForm, Kind, RecordContent};
use crate::register::{Move, Obligation};
use crate::wording;

/// Composes the note.
#[must_use]
pub fn compose(obligation: &Obligation) -> Composition {
    let content = obligation.content();
    let subject = subject(content);
    let mut blocks = vec![
        Block::Paragraph("Aan de minister".to_owned()),
        Block::Paragraph("nota".to_owned()),
        heading(1, &format!("Uitwerking {subject}")),
        Block::Paragraph("TER BESLISSING".to_owned()),
        heading(2, "Aanleiding"),
        Block::Paragraph(occasion(content, &subject)),
        heading(2, "Geadviseerd besluit"),
    ];
    blocks.push(Block::Item(format!(
        "Gelieve kennis te nemen van de uitwerking van {} als concept-Kamerbrief en de brief bij akkoord te ondertekenen.",
        this(content)
    )));
    blocks.push(heading(2, "Kernpunten"));
    blocks.extend(key_points(obligation).into_iter().map(Block::Item));
    blocks.push(heading(2, "Toelichting"));
    blocks.extend(explanation(obligation).into_iter().map(Block::Item));
    Composition {
        blocks,
        notes: Vec::new(),
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

fn this(content: &RecordContent) -> &'static str {
    match content.kind {
        Kind::Motion => "deze motie",
        _ => "deze toezegging",
    }
}

/// `Motie Jansen c.s.`, `toezegging`.
fn subject(content: &RecordContent) -> String {
    let word = match content.kind {
        Kind::Motion => "Motie",
        _ => "toezegging",
    };
    let names: Vec<&str> = content
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    let others = if content.and_others { " c.s." } else { "" };
    match (content.kind, names.is_empty()) {
        (_, true) => word.to_owned(),
        (Kind::Motion, _) => format!("{word} {}{others}", names.join("/")),
        _ => format!("{word} aan {}{others}", names.join("/")),
    }
}

fn occasion(content: &RecordContent, subject: &str) -> String {
    let join = match content.ask.form {
        AskForm::Om => " om",
        AskForm::Dat => " dat",
        AskForm::Bare => "",
    };
    let ask = plain(&content.ask.words);
    let title = if content.members.len() == 1 {
        "het lid"
    } else {
        "de leden"
    };
    let who = people::in_words(&content.members);
    let when = content.date.map(dates::in_words);
    let first = match (content.kind, &when) {
        (Kind::Motion, Some(when)) => {
            format!("De motie van {title} {who} van {when} verzoekt{join} {ask}.")
        }
        (Kind::Motion, None) => format!("De motie van {title} {who} verzoekt{join} {ask}."),
        (_, when) => {
            let debate = content
                .debate
                .as_ref()
                .map_or(String::new(), |debate| format!(" tijdens het {debate}"));
            let when = when
                .as_ref()
                .map_or(String::new(), |when| format!(" ({when})"));
            format!("Aan de Kamer is{debate}{when} toegezegd{join} {ask}.")
        }
    };
    let place = wording::place(content);
    format!(
        "{first} Vindplaats: {place}. In deze nota wordt de uitwerking van {} beschreven en toegelicht.",
        if content.kind == Kind::Motion {
            "deze motie".to_owned()
        } else {
            subject.to_owned()
        }
    )
}

fn key_points(obligation: &Obligation) -> Vec<String> {
    let content = obligation.content();
    let mut points = vec![format!(
        "Stand in het register: {}.",
        wording::state(obligation.state())
    )];
    if let Some(deadline) = obligation.deadline() {
        let days = deadline
            .interval
            .map_or("geen datum te geven".to_owned(), |days| {
                format!(
                    "uiterlijk {}",
                    dates::in_words(crate::calendar::PartialDate::Day(days.until))
                )
            });
        points.push(format!("Termijn: \"{}\" ({days}).", plain(&deadline.words)));
    }
    if obligation.deferrals() > 0 {
        points.push(format!("Uitstel gemeld: {} keer.", obligation.deferrals()));
    }
    if let Some(account) = &content.account {
        points.push(format!(
            "Eerder aan de Kamer gemeld: \"{}\"",
            plain(account)
        ));
    }
    if obligation.is_claimed_without_proof() {
        points.push(
            "Let op: er is gemeld dat dit is afgedaan, maar een Kamerstuk met passage ontbreekt."
                .to_owned(),
        );
    }
    points
}

fn explanation(obligation: &Obligation) -> Vec<String> {
    let mut out: Vec<String> = obligation
        .phases()
        .iter()
        .map(|phase| match &phase.finished {
            Some(proof) => format!(
                "Fase {}: afgerond, zie Kamerstuk {}.",
                phase.name,
                proof.paper()
            ),
            None => format!("Fase {}: loopt of moet nog beginnen.", phase.name),
        })
        .collect();
    for transition in obligation.history() {
        let day = dates::in_words(crate::calendar::PartialDate::Day(transition.on));
        let what = match &transition.what {
            Move::Assign { owner } => format!("toegewezen aan {}", owner.directorate),
            Move::Defer { until, reason, .. } => format!("uitstel tot {} ({reason})", until.words),
            Move::Report { proof } | Move::SettlePartly { proof } | Move::Settle { proof } => {
                format!(
                    "gemeld in Kamerstuk {}: \"{}\"",
                    proof.paper(),
                    proof.passage().quote
                )
            }
            other => format!("{}, bron: {}", other.name(), transition.source.document),
        };
        out.push(format!("{day}: {what}."));
    }
    if out.is_empty() {
        out.push("[Nog in te vullen: wat is gedaan, met bron.]".to_owned());
    }
    out
}

/// The words without footnote marks, which have no footnote in a note.
fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c))
        .collect()
}
