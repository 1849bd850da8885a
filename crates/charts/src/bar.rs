//! A bar with its interval, for a cell of a table that also holds the number in words.

use std::fmt::Write;

use domain::language::Direction;

use crate::{Measured, Scale};

/// The bar; it stretches to the width of its cell and is hidden from assistive technology, because
/// the number stands beside it.
#[must_use]
pub fn svg(measured: &Measured, scale: Scale, direction: Direction) -> String {
    let zero = scale.place(0.0);
    let point = scale.place(measured.point());
    let mut markup = String::from(
        "<svg class=\"wb-figbar\" viewBox=\"0 0 100 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">",
    );
    rectangle(&mut markup, "all", (0.0, 1.0), (1.0, 12.0), direction);
    let ends = (zero.min(point), zero.max(point));
    rectangle(&mut markup, "value", ends, (1.0, 12.0), direction);
    if let Some((lower, upper)) = measured.interval() {
        let ends = (scale.place(lower), scale.place(upper));
        rectangle(&mut markup, "interval", ends, (6.0, 2.0), direction);
        for end in [ends.0, ends.1] {
            let width = (end - 0.004, end + 0.004);
            rectangle(&mut markup, "interval", width, (3.5, 7.0), direction);
        }
    }
    markup.push_str("</svg>");
    markup
}

/// A rectangle between two places along the line of reading, each from 0 to 1.
fn rectangle(
    markup: &mut String,
    class: &str,
    (from, to): (f64, f64),
    (top, height): (f64, f64),
    direction: Direction,
) {
    let left = match direction {
        Direction::LeftToRight => from,
        Direction::RightToLeft => 1.0 - to,
    };
    // A string can always be written to.
    let _ = write!(
        markup,
        "<rect class=\"wb-figbar__{class}\" x=\"{:.2}\" y=\"{top}\" width=\"{:.2}\" height=\"{height}\"/>",
        left * 100.0,
        (to - from) * 100.0
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_long_as_the_number_and_turns_with_the_text() {
        let measured = Measured::new(0.45, Some((0.40, 0.50))).unwrap();
        let ltr = svg(&measured, Scale::SHARE, Direction::LeftToRight);
        assert!(ltr.contains("__value\" x=\"0.00\" y=\"1\" width=\"45.00\""));
        assert!(ltr.contains("__interval\" x=\"40.00\" y=\"6\" width=\"10.00\""));
        let rtl = svg(&measured, Scale::SHARE, Direction::RightToLeft);
        assert!(rtl.contains("__value\" x=\"55.00\" y=\"1\" width=\"45.00\""));
        assert!(rtl.contains("__interval\" x=\"50.00\" y=\"6\" width=\"10.00\""));
        assert!(!ltr.contains("style"));
        assert_eq!(ltr, svg(&measured, Scale::SHARE, Direction::LeftToRight));
    }

    #[test]
    fn a_negative_number_begins_at_zero_and_goes_back() {
        let scale = Scale::around([-0.1, 0.1]);
        let measured = Measured::new(-0.05, None).unwrap();
        let bar = svg(&measured, scale, Direction::LeftToRight);
        assert!(
            bar.contains("__value\" x=\"25.00\" y=\"1\" width=\"25.00\""),
            "{bar}"
        );
    }
}
