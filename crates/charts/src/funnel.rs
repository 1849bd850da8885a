//! Institutions of different size around a common share, with control limits; never a ranking.

use domain::language::Direction;

use crate::svg::{Canvas, Shape};
use crate::{Measured, Row, Scale, Wording};

/// What a place outside the limits means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Within what chance brings: a dot.
    Expected,
    /// Outside the inner limits: a diamond.
    Alert,
    /// Outside the outer limits: a square.
    Alarm,
}

/// An institution.
#[derive(Debug, Clone, PartialEq)]
pub struct Institution {
    /// Its name.
    pub label: String,
    /// Number of units it has.
    pub size: f64,
    /// Its share.
    pub measured: Measured,
    /// Where it stands.
    pub standing: Standing,
    /// The share as it is written.
    pub text: String,
}

/// Limits for one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Number of units.
    pub size: f64,
    /// Inner limits, lower first.
    pub inner: (f64, f64),
    /// Outer limits, lower first.
    pub outer: (f64, f64),
}

/// A funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Words.
    pub wording: Wording,
    /// The common share.
    pub target: f64,
    /// Institutions, in the order of the table.
    pub institutions: Vec<Institution>,
    /// Limits, ascending by size.
    pub limits: Vec<Limits>,
}

impl Funnel {
    /// The scale of the shares.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let own = self.institutions.iter().map(|one| one.measured.point());
        let limits = self
            .limits
            .iter()
            .flat_map(|limits| [limits.outer.0, limits.outer.1]);
        Scale::around(own.chain(limits).chain([self.target]))
    }

    /// The chart. `written` puts shares into words, `counted` sizes.
    #[must_use]
    pub fn svg(
        &self,
        direction: Direction,
        written: &dyn Fn(f64) -> String,
        counted: &dyn Fn(f64) -> String,
    ) -> String {
        let mut canvas = Canvas::begin(&self.wording, direction, self.scale(), written);
        let own = self.institutions.iter().map(|one| one.size);
        let sizes = Scale::around(own.chain(self.limits.iter().map(|limits| limits.size)));
        for mark in sizes.marks() {
            canvas.below(sizes.place(mark), &counted(mark));
        }
        canvas.segment("target", (0.0, self.target), (1.0, self.target));
        for pair in self.limits.windows(2) {
            if let [one, two] = pair {
                let (from, to) = (sizes.place(one.size), sizes.place(two.size));
                for (class, ends) in [
                    ("inner", (one.inner.0, two.inner.0)),
                    ("inner", (one.inner.1, two.inner.1)),
                    ("outer", (one.outer.0, two.outer.0)),
                    ("outer", (one.outer.1, two.outer.1)),
                ] {
                    canvas.segment(class, (from, ends.0), (to, ends.1));
                }
            }
        }
        for one in &self.institutions {
            let shape = match one.standing {
                Standing::Expected => Shape::Dot,
                Standing::Alert => Shape::Diamond,
                Standing::Alarm => Shape::Square,
            };
            let place = sizes.place(one.size);
            let said = format!("{}: {}", one.label, one.text);
            canvas.mark(shape, place, one.measured.point(), &said);
            if one.standing != Standing::Expected {
                // Beyond the middle the name stands before the mark, so that it stays within.
                let (anchor, x) = if place > 0.5 {
                    ("end", canvas.along(place - 0.03))
                } else {
                    ("start", canvas.along(place + 0.03))
                };
                let y = canvas.upward(one.measured.point()) + 5.0;
                canvas.text("name", anchor, x, y, &one.label);
            }
        }
        canvas.finish()
    }

    /// The table the chart is drawn from.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.institutions.iter().map(|one| Row {
            label: one.label.clone(),
            text: one.text.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::tests::{attributes, number_at};

    fn funnel() -> Funnel {
        let one = |label: &str, size: f64, share: f64, standing| Institution {
            label: label.into(),
            size,
            measured: Measured::new(share, None).unwrap(),
            standing,
            text: format!("{}%", share * 100.0),
        };
        Funnel {
            wording: Wording {
                id: "f".into(),
                title: "One stands out".into(),
                description: "Words".into(),
                along: "people".into(),
            },
            target: 0.4,
            institutions: vec![
                one("A", 600.0, 0.41, Standing::Expected),
                one("B", 200.0, 0.5, Standing::Alert),
                one("C", 100.0, 0.7, Standing::Alarm),
            ],
            limits: (1..=6)
                .map(|step| {
                    let size = f64::from(step) * 100.0;
                    let (inner, outer) = (0.98 / size.sqrt(), 1.5 / size.sqrt());
                    Limits {
                        size,
                        inner: (0.4 - inner, 0.4 + inner),
                        outer: (0.4 - outer, 0.4 + outer),
                    }
                })
                .collect(),
        }
    }

    fn written(number: f64) -> String {
        format!("{number:.2}")
    }

    #[test]
    fn marks_stand_where_the_table_says_and_differ_in_shape() {
        let funnel = funnel();
        let markup = funnel.svg(Direction::LeftToRight, &written, &written);
        for (class, share) in [("dot", 0.41), ("diamond", 0.5), ("square", 0.7)] {
            let y = attributes(&markup, class, "y");
            assert_eq!(y.len(), 1, "{class}");
            assert!((number_at(y[0], funnel.scale()) - share).abs() < 1e-4);
        }
        for row in funnel.rows() {
            assert!(markup.contains(&format!("<title>{}: {}</title>", row.label, row.text)));
        }
        assert!(!markup.contains("NaN") && !markup.contains("style"));
    }

    #[test]
    fn only_those_outside_the_limits_are_named_and_rtl_is_mirrored() {
        let ltr = funnel().svg(Direction::LeftToRight, &written, &written);
        assert_eq!(ltr.matches("wb-chart__name").count(), 2);
        let rtl = funnel().svg(Direction::RightToLeft, &written, &written);
        let (one, two) = (
            attributes(&ltr, "square", "x"),
            attributes(&rtl, "square", "x"),
        );
        assert!((one[0] + two[0] - 100.0).abs() < 1e-9);
    }
}
