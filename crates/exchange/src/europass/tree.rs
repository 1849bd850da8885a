//! A Europass file as a tree of named parts, whether it was written as XML or as JSON.
//!
//! This module must not know what the parts mean.

use quick_xml::events::BytesStart;
use serde_json::Value;

use crate::archive::Refusal;
use crate::markup::{Step, attribute, walk_at};

/// The attributes that are kept: parts of dates, codes and the language of the document.
const KEPT: [&str; 8] = [
    "year",
    "month",
    "day",
    "typeCode",
    "languageID",
    "languageCode",
    "locale",
    "xmlns",
];

/// A part of the file.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Name without prefix.
    pub(super) name: String,
    /// Line on which it begins, from 1; none in JSON.
    pub(super) line: Option<u64>,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// The first child with a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first part along a path.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// The parts with a name anywhere below that hold no part of the same name: older programs put
    /// a list into a part of the name of its entries.
    pub(super) fn below<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for child in &self.children {
            let inner = child.below(name);
            if inner.is_empty() && child.name == name {
                found.push(child);
            } else {
                found.extend(inner);
            }
        }
        found
    }

    /// An attribute that is kept.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its own text without white space around it; none when there is none.
    pub(super) fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The text along a path.
    pub(super) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.text()
    }
}

/// The tree of an XML text; the root stands below a part without a name.
pub(super) fn of_xml(xml: &str) -> Result<Node, Refusal> {
    let mut open = vec![Node::default()];
    let mut counted = (0, 1);
    walk_at(xml, |step, at| match step {
        Step::Open(name, tag) => {
            let at = usize::try_from(at).unwrap_or(usize::MAX).min(xml.len());
            let passed = xml.as_bytes().get(counted.0..at).unwrap_or_default();
            let lines = passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            counted = (at, counted.1 + lines);
            open.push(Node {
                name: name.to_owned(),
                line: Some(counted.1),
                attributes: kept(tag),
                ..Node::default()
            });
        }
        Step::Close(_) => close(&mut open),
        Step::Text(text) => {
            if let Some(node) = open.last_mut() {
                node.text.push_str(text);
            }
        }
    })?;
    while open.len() > 1 {
        close(&mut open);
    }
    Ok(open.pop().unwrap_or_default())
}

fn close(open: &mut Vec<Node>) {
    if open.len() < 2 {
        return;
    }
    let done = open.pop();
    if let (Some(done), Some(parent)) = (done, open.last_mut()) {
        parent.children.push(done);
    }
}

fn kept(tag: &BytesStart<'_>) -> Vec<(&'static str, String)> {
    let kept = KEPT.into_iter();
    kept.filter_map(|name| Some((name, attribute(tag, name)?)))
        .collect()
}

/// The tree of a JSON document; a list becomes several parts of the same name.
pub(super) fn of_json(document: &Value) -> Node {
    let mut root = Node::default();
    push(&mut root, "", document);
    root.children.pop().unwrap_or_default()
}

fn push(parent: &mut Node, name: &str, value: &Value) {
    let mut node = Node {
        name: name.to_owned(),
        ..Node::default()
    };
    match value {
        Value::Null => return,
        Value::Array(entries) => {
            for entry in entries {
                push(parent, name, entry);
            }
            return;
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                push(&mut node, name, value);
            }
        }
        Value::String(text) => text.clone_into(&mut node.text),
        Value::Bool(_) | Value::Number(_) => node.text = value.to_string(),
    }
    parent.children.push(node);
}
