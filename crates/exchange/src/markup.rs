//! Walking through XML that is not trusted.
//!
//! A document type is refused, so there are no entities of its own and nothing outside the file
//! is fetched; depth is bounded.
//! This module must not know which tags mean what.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::archive::Refusal;

/// How deep tags may nest.
pub(crate) const MAX_DEPTH: usize = 256;

/// What a walker is told.
pub(crate) enum Step<'a> {
    /// A tag opens: its local name and its attributes.
    Open(&'a str, &'a BytesStart<'a>),
    /// A tag closes.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// Walks through the markup.
pub(crate) fn walk(xml: &str, mut visit: impl FnMut(Step<'_>)) -> Result<(), Refusal> {
    walk_at(xml, |step, _| visit(step))
}

/// Walks through the markup and says at which byte each step begins.
pub(crate) fn walk_at(xml: &str, mut visit: impl FnMut(Step<'_>, u64)) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let at = reader.buffer_position();
        let event = reader
            .read_event()
            .map_err(|source| Refusal::Markup { at, source })?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Refusal::TooDeep(MAX_DEPTH));
                }
                let name = tag.local_name();
                visit(Step::Open(name.as_ref(), &tag), at);
            }
            Event::Empty(tag) => {
                let name = tag.local_name();
                visit(Step::Open(name.as_ref(), &tag), at);
                visit(Step::Close(name.as_ref()), at);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Step::Close(tag.local_name().as_ref()), at);
            }
            Event::Text(text) => visit(Step::Text(&text.xml10_content()), at),
            Event::CData(text) => visit(Step::Text(&text.xml10_content()), at),
            Event::GeneralRef(reference) => {
                let known = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference
                        .resolve_char_ref()
                        .map_err(|source| Refusal::Markup { at, source })?,
                };
                let Some(c) = known else {
                    return Err(Refusal::Entity(reference.chars().take(40).collect()));
                };
                visit(Step::Text(c.encode_utf8(&mut [0; 4])), at);
            }
            Event::DocType(text) => {
                return Err(Refusal::Entity(text.chars().take(40).collect()));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The value of an attribute by its local name.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.to_string())
}

/// The text with the signs of markup written as references; control signs are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
