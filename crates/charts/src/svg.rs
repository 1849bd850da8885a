//! The markup that all charts share.

use std::fmt::Write;

use domain::language::Direction;

use crate::scale::percent_from_left;
use crate::{Scale, Wording};

/// Height of a chart in pixels.
pub(crate) const HEIGHT: f64 = 260.0;
/// Highest and lowest place of a number, in pixels from the top.
const PLOT: (f64, f64) = (22.0, 204.0);
/// First and last place of a mark along the line of reading.
const ALONG: (f64, f64) = (0.14, 0.95);

/// A chart being written.
pub(crate) struct Canvas {
    direction: Direction,
    upward: Scale,
    markup: String,
}

impl Canvas {
    /// Begins a chart: its words, the lines across it and what they stand for.
    pub(crate) fn begin(
        wording: &Wording,
        direction: Direction,
        upward: Scale,
        written: &dyn Fn(f64) -> String,
    ) -> Canvas {
        let id = escape(&wording.id);
        let mut canvas = Canvas {
            direction,
            upward,
            markup: format!(
                "<svg class=\"wb-chart\" role=\"img\" width=\"100%\" height=\"{HEIGHT}\" aria-labelledby=\"{id}-t {id}-d\" direction=\"{}\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
                match direction {
                    Direction::LeftToRight => "ltr",
                    Direction::RightToLeft => "rtl",
                },
                escape(&wording.title),
                escape(&wording.description),
            ),
        };
        for mark in upward.marks() {
            let y = canvas.upward(mark);
            canvas.line("grid", (0.0, mark), (1.0, mark));
            canvas.text("tick", "start", canvas.raw(0.0), y - 4.0, &written(mark));
        }
        let middle = canvas.raw(0.5);
        canvas.text("axis", "middle", middle, HEIGHT - 8.0, &wording.along);
        canvas
    }

    /// Percent from the left of a place between the first and the last mark.
    pub(crate) fn along(&self, place: f64) -> f64 {
        self.raw(ALONG.0 + place * (ALONG.1 - ALONG.0))
    }

    fn raw(&self, place: f64) -> f64 {
        percent_from_left(place, self.direction)
    }

    /// Pixels from the top of a number.
    pub(crate) fn upward(&self, number: f64) -> f64 {
        PLOT.1 - self.upward.place(number) * (PLOT.1 - PLOT.0)
    }

    /// A line over the whole width at a number, or between two places of the raw width.
    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, y1) = (self.raw(from.0), self.upward(from.1));
        let (x2, y2) = (self.raw(to.0), self.upward(to.1));
        self.stroke(class, (x1, y1), (x2, y2));
    }

    /// A line between two places among the marks.
    pub(crate) fn segment(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, y1) = (self.along(from.0), self.upward(from.1));
        let (x2, y2) = (self.along(to.0), self.upward(to.1));
        self.stroke(class, (x1, y1), (x2, y2));
    }

    fn stroke(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.push(format_args!(
            "<line class=\"wb-chart__{class}\" x1=\"{:.3}%\" y1=\"{:.2}\" x2=\"{:.3}%\" y2=\"{:.2}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    /// A mark with what a pointer over it says.
    pub(crate) fn mark(&mut self, shape: Shape, place: f64, number: f64, said: &str) {
        let (x, y) = (self.along(place), self.upward(number));
        let (class, drawing) = match shape {
            Shape::Dot => ("dot", "<circle r=\"5\"/>"),
            Shape::Diamond => ("diamond", "<path d=\"M0-8 8 0 0 8-8 0z\"/>"),
            Shape::Square => ("square", "<path d=\"M-7-7H7V7H-7z\"/>"),
        };
        self.push(format_args!(
            "<svg class=\"wb-chart__{class}\" x=\"{x:.3}%\" y=\"{y:.2}\" overflow=\"visible\"><title>{}</title>{drawing}</svg>",
            escape(said)
        ));
    }

    /// A text; `anchor` is `start`, `middle` or `end`.
    pub(crate) fn text(&mut self, class: &str, anchor: &str, x: f64, y: f64, text: &str) {
        self.push(format_args!(
            "<text class=\"wb-chart__{class}\" text-anchor=\"{anchor}\" x=\"{x:.3}%\" y=\"{y:.2}\">{}</text>",
            escape(text)
        ));
    }

    /// A text below a mark.
    pub(crate) fn below(&mut self, place: f64, text: &str) {
        let x = self.along(place);
        self.text("tick", "middle", x, PLOT.1 + 20.0, text);
    }

    /// The finished markup.
    pub(crate) fn finish(mut self) -> String {
        self.markup.push_str("</svg>");
        self.markup
    }

    fn push(&mut self, piece: std::fmt::Arguments<'_>) {
        // A string can always be written to.
        let _ = self.markup.write_fmt(piece);
    }
}

/// Form of a mark, so that its meaning does not rest on colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Dot,
    Diamond,
    Square,
}

/// A text that can stand in markup and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The values of an attribute of elements with a class, in order.
    pub(crate) fn attributes(markup: &str, class: &str, name: &str) -> Vec<f64> {
        let opening = format!("class=\"wb-chart__{class}\"");
        let attribute = format!(" {name}=\"");
        markup
            .split('<')
            .filter(|element| element.contains(&opening))
            .filter_map(|element| element.split(&attribute).nth(1))
            .filter_map(|rest| rest.split('"').next())
            .map(|value| value.trim_end_matches('%').parse().unwrap())
            .collect()
    }

    /// The number that a height stands for.
    pub(crate) fn number_at(y: f64, scale: Scale) -> f64 {
        scale.from() + (PLOT.1 - y) / (PLOT.1 - PLOT.0) * (scale.to() - scale.from())
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            escape("<script>\"&'\u{0}"),
            "&lt;script&gt;&quot;&amp;&#39; "
        );
    }
}
