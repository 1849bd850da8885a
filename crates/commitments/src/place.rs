//! Where in a text something was read, by which rule, and how sure that rule is.
//!
//! Positions are byte offsets into the text exactly as it was given, so that a page can show the
//! source on the left and mark the words behind a field.
//! This module must not know what is being read.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A stretch of the source text: byte offsets, start inclusive, end exclusive.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `inner` lies within this span.
    #[must_use]
    pub fn holds(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// The words of the span, or nothing when it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// The name of a reading rule, such as `motion.members` or `deadline.quarter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rule(Cow<'static, str>);

impl Rule {
    /// The rule with this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Rule {
        Rule(Cow::Borrowed(name))
    }

    /// The rule with a name read from a file.
    #[must_use]
    pub fn named(name: &str) -> Rule {
        Rule(Cow::Owned(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How sure a rule is of what it read, in percent (0..=100).
///
/// An ordering of rules by how often they were right on reviewed documents, not a probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(u8);

impl Confidence {
    /// The words admit one reading.
    pub const CLEAR: Confidence = Confidence(95);
    /// The usual reading; another one is possible.
    pub const LIKELY: Confidence = Confidence(80);
    /// A reading that a person must look at.
    pub const DOUBTFUL: Confidence = Confidence(50);

    /// This many percent; more than 100 is taken as 100.
    #[must_use]
    pub fn percent(value: u8) -> Confidence {
        Confidence(value.min(100))
    }

    /// The percentage, 0..=100.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }
}

/// Something read from a text, with its place, rule and confidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
    /// Which rule read it.
    pub rule: Rule,
    /// How sure the rule is.
    pub confidence: Confidence,
}

impl<T> Field<T> {
    /// A field read at `span` by the rule with this name.
    #[must_use]
    pub fn new(value: T, span: Span, rule: &'static str, confidence: Confidence) -> Field<T> {
        Field {
            value,
            span,
            rule: Rule::new(rule),
            confidence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_join_and_compare() {
        let a = Span::new(2, 5);
        let b = Span::new(5, 9);
        assert!(!a.overlaps(b));
        assert_eq!(a.join(b), Span::new(2, 9));
        assert!(a.join(b).holds(a));
        assert_eq!(Span::new(4, 1), Span::new(4, 4));
        assert_eq!(Span::new(0, 1).of("é"), None);
    }
}
