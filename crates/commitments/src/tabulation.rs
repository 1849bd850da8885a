//! The overview as a table: what, where, by when and how far, in the order of the register.
//!
//! The columns are those of the yearly annex to the budget (omschrijving, vindplaats, stand van
//! zaken) with number, kind and term beside them.
//! This module must not know about file formats.

use crate::overview::{Block, Column, Composition, Table};
use crate::read::people;
use crate::register::Obligation;
use crate::wording;

/// The columns.
pub const COLUMNS: [Column; 6] = [
    Column {
        heading: "Nr.",
        share: 6,
    },
    Column {
        heading: "Soort en leden",
        share: 16,
    },
    Column {
        heading: "Omschrijving",
        share: 26,
    },
    Column {
        heading: "Vindplaats",
        share: 16,
    },
    Column {
        heading: "Termijn",
        share: 14,
    },
    Column {
        heading: "Stand van zaken",
        share: 22,
    },
];

/// The obligations as a table under this title.
#[must_use]
pub fn tabulate<'a>(
    title: &str,
    obligations: impl IntoIterator<Item = &'a Obligation>,
) -> Composition {
    Composition {
        blocks: vec![
            Block::Heading {
                level: 1,
                text: title.to_owned(),
            },
            Block::Table(Table {
                columns: COLUMNS.to_vec(),
                rows: obligations.into_iter().map(row).collect(),
            }),
        ],
        notes: Vec::new(),
    }
}

fn row(obligation: &Obligation) -> Vec<String> {
    let content = obligation.content();
    let mut who = wording::kind(content.kind).to_owned();
    if !content.members.is_empty() {
        let others = if content.and_others { " c.s." } else { "" };
        who.push_str(&format!("; {}{others}", people::in_words(&content.members)));
    }
    let term = obligation
        .deadline()
        .map_or("–".to_owned(), |deadline| deadline.words.clone());
    let mut standing = wording::state(obligation.state()).to_owned();
    match obligation.deferrals() {
        0 => {}
        n => standing.push_str(&format!(", {n} keer uitgesteld")),
    }
    if let Some(account) = &content.account {
        standing.push_str(". ");
        standing.push_str(&without_marks(account));
    }
    vec![
        obligation.id().to_string(),
        who,
        without_marks(&content.ask.words),
        wording::place(content),
        term,
        standing,
    ]
}

/// A table has no footnotes; the column "Vindplaats" says where things stand.
fn without_marks(words: &str) -> String {
    words
        .chars()
        .filter(|c| !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c))
        .collect()
}
