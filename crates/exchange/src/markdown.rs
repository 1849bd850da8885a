//! Markdown: writing a composition, and undoing the escapes when it is read.

use commitments::overview::{Block, Composition};

use crate::marks::{Piece, pieces};

/// Signs that Markdown reads as markup inside a line.
const SPECIAL: [char; 9] = ['\\', '`', '*', '_', '[', ']', '<', '>', '|'];

/// Writes a composition as Markdown, with footnotes as `[^1]`.
#[must_use]
pub fn write(composition: &Composition) -> String {
    let mut out = String::new();
    for block in &composition.blocks {
        match block {
            Block::Heading { level, text } => {
                out.push_str(&"#".repeat(usize::from((*level).clamp(1, 6))));
                out.push(' ');
                out.push_str(&inline(text));
            }
            Block::Paragraph(text) => out.push_str(&inline(text)),
            Block::Table(table) => {
                let row = |cells: &mut dyn Iterator<Item = String>| {
                    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
                };
                out.push_str(&row(&mut table
                    .columns
                    .iter()
                    .map(|one| escape(one.heading))));
                out.push_str(&row(&mut table.columns.iter().map(|_| "---".to_owned())));
                for cells in &table.rows {
                    out.push_str(&row(&mut cells.iter().map(|cell| escape(cell))));
                }
            }
            Block::Item(text) => {
                out.push_str("- ");
                out.push_str(&inline(text));
            }
        }
        out.push_str("\n\n");
    }
    for (number, text) in &composition.notes {
        out.push_str(&format!("[^{number}]: {}\n", escape(text)));
    }
    out
}

fn inline(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => escape(words),
            Piece::Mark(number) => format!("[^{number}]"),
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SPECIAL.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The text with the escapes undone.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(next) = chars.next_if(|next| SPECIAL.contains(next))
        {
            out.push(next);
        } else {
            out.push(c);
        }
    }
    out
}
