//! The text of a document with passages marked, in pieces that a template can write.

use commitments::place::Span;

/// A stretch of the text that is marked or not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The words.
    pub(super) text: String,
    /// Whether a passage covers them.
    pub(super) is_marked: bool,
    /// Names and anchors of the passages that begin here.
    pub(super) begins: Vec<(String, String)>,
}

/// A passage to mark.
pub(super) struct Passage {
    /// Where.
    pub(super) span: Span,
    /// Its name, shown where it begins.
    pub(super) label: String,
    /// Its anchor; empty for none.
    pub(super) anchor: String,
}

/// The part of the text that `window` holds, taken apart at the ends of passages. Passages that do
/// not fit the text are left out.
pub(super) fn pieces(text: &str, window: Span, passages: &[Passage]) -> Vec<Piece> {
    let fits = |span: Span| window.holds(span) && span.start < span.end && span.of(text).is_some();
    let kept: Vec<&Passage> = passages.iter().filter(|one| fits(one.span)).collect();
    let mut cuts: Vec<usize> = kept
        .iter()
        .flat_map(|one| [one.span.start, one.span.end])
        .chain([window.start, window.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| {
            let [start, end] = *cut else { return None };
            let here = Span::new(start, end);
            Some(Piece {
                text: here.of(text)?.to_owned(),
                is_marked: kept.iter().any(|one| one.span.holds(here)),
                begins: kept
                    .iter()
                    .filter(|one| one.span.start == start)
                    .map(|one| (one.label.clone(), one.anchor.clone()))
                    .collect(),
            })
        })
        .collect()
}

/// The whole lines around a span, at least `around` bytes on both sides where the text has them.
pub(super) fn window(text: &str, span: Span, around: usize) -> Span {
    let (first, last) = (span.start.min(text.len()), span.end.min(text.len()));
    let before = text
        .as_bytes()
        .get(..first.saturating_sub(around))
        .and_then(|bytes| bytes.iter().rposition(|byte| *byte == b'\n'))
        .map_or(0, |at| at + 1);
    let after = last.saturating_add(around);
    let rest = text.as_bytes().get(after..).unwrap_or_default();
    let end = match rest.iter().position(|byte| *byte == b'\n') {
        Some(at) => after + at,
        None => text.len(),
    };
    Span::new(before, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(start: usize, end: usize, label: &str) -> Passage {
        Passage {
            span: Span::new(start, end),
            label: label.to_owned(),
            anchor: String::new(),
        }
    }

    #[test]
    fn pieces_join_to_the_text_and_overlaps_are_marked_once() {
        let text = "één twee\ndrie vier";
        let whole = Span::new(0, text.len());
        let made = pieces(
            text,
            whole,
            &[
                passage(0, 5, "a"),
                passage(2, 10, "b"),
                passage(1, 3, "cut in a letter"),
            ],
        );
        let joined: String = made.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(joined, text);
        assert_eq!(made[0].begins[0].0, "a");
        assert!(
            made.iter()
                .any(|piece| piece.is_marked && piece.begins.iter().any(|one| one.0 == "b"))
        );
        assert!(!made[made.len() - 1].is_marked);
    }

    #[test]
    fn a_window_has_whole_lines() {
        let text = "eerste\ntweede\nderde\nvierde";
        let span = Span::new(14, 19);
        assert_eq!(window(text, span, 0).of(text), Some("derde"));
        assert_eq!(window(text, span, 1000), Span::new(0, text.len()));
    }
}
