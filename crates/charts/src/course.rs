//! One number over time, with its intervals: a line that breaks where there is no number.

use domain::language::Direction;

use crate::svg::{Canvas, Shape};
use crate::{Measured, Row, Scale, Wording};

/// A moment of the course.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The moment, in the unit of the axis.
    pub at: f64,
    /// The moment as it is written.
    pub label: String,
    /// The number; `None` where it is hidden or cannot be computed, and is never drawn as 0.
    pub measured: Option<Measured>,
    /// The number as it is written, or why there is none.
    pub text: String,
}

/// A course, moments ascending.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Words.
    pub wording: Wording,
    /// Moments.
    pub moments: Vec<Moment>,
}

impl Course {
    /// The scale of the numbers.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let measured = self.moments.iter().filter_map(|moment| moment.measured);
        Scale::around(measured.flat_map(|measured| measured.extremes().collect::<Vec<_>>()))
    }

    /// The chart; `written` puts the numbers of the axis into words.
    #[must_use]
    pub fn svg(&self, direction: Direction, written: &dyn Fn(f64) -> String) -> String {
        let scale = self.scale();
        let mut canvas = Canvas::begin(&self.wording, direction, scale, written);
        let first = self.moments.first().map_or(0.0, |moment| moment.at);
        let last = self.moments.last().map_or(1.0, |moment| moment.at);
        let length = if last > first { last - first } else { 1.0 };
        let place = |moment: &Moment| (moment.at - first) / length;
        for pair in self.moments.windows(2) {
            if let [before, after] = pair
                && let (Some(one), Some(two)) = (before.measured, after.measured)
            {
                let (from, to) = (place(before), place(after));
                canvas.segment("line", (from, one.point()), (to, two.point()));
            }
        }
        for moment in &self.moments {
            let at = place(moment);
            canvas.below(at, &moment.label);
            let Some(measured) = moment.measured else {
                continue;
            };
            if let Some((lower, upper)) = measured.interval() {
                canvas.segment("interval", (at, lower), (at, upper));
            }
            let said = format!("{}: {}", moment.label, moment.text);
            canvas.mark(Shape::Dot, at, measured.point(), &said);
        }
        canvas.finish()
    }

    /// The table the chart is drawn from.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.moments.iter().map(|moment| Row {
            label: moment.label.clone(),
            text: moment.text.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svg::tests::{attributes, number_at};

    fn course() -> Course {
        let moment = |at: f64, measured: Option<Measured>| Moment {
            at,
            label: format!("{at}"),
            text: measured.map_or("hidden".to_owned(), |m| format!("{}%", m.point() * 100.0)),
            measured,
        };
        let shown = |point| Measured::new(point, Some((point - 0.05, point + 0.05))).ok();
        Course {
            wording: Wording {
                id: "c".into(),
                title: "A <title>".into(),
                description: "Words".into(),
                along: "months".into(),
            },
            moments: vec![
                moment(6.0, shown(0.1)),
                moment(12.0, shown(0.2)),
                moment(18.0, None),
                moment(60.0, shown(0.45)),
            ],
        }
    }

    fn percent(number: f64) -> String {
        format!("{:.0}%", number * 100.0)
    }

    #[test]
    fn the_chart_shows_the_numbers_of_its_table() {
        let course = course();
        let markup = course.svg(Direction::LeftToRight, &percent);
        let drawn: Vec<f64> = attributes(&markup, "dot", "y")
            .into_iter()
            .map(|y| number_at(y, course.scale()))
            .collect();
        let told: Vec<f64> = course
            .rows()
            .filter_map(|row| row.text.strip_suffix('%')?.parse::<f64>().ok())
            .collect();
        assert_eq!(drawn.len(), told.len());
        for (drawn, told) in drawn.iter().zip(&told) {
            assert!((drawn * 100.0 - told).abs() < 0.01, "{drawn} {told}");
        }
        for row in course.rows().filter(|row| row.text != "hidden") {
            assert!(markup.contains(&format!("<title>{}: {}</title>", row.label, row.text)));
        }
    }

    #[test]
    fn the_line_breaks_where_a_number_is_hidden() {
        let markup = course().svg(Direction::LeftToRight, &percent);
        assert_eq!(attributes(&markup, "line", "x1").len(), 1);
        assert_eq!(attributes(&markup, "dot", "x").len(), 3);
        assert!(!markup.contains("NaN") && !markup.contains("inf"));
    }

    #[test]
    fn from_right_to_left_the_course_is_mirrored() {
        let (ltr, rtl) = (
            course().svg(Direction::LeftToRight, &percent),
            course().svg(Direction::RightToLeft, &percent),
        );
        let mirrored: Vec<f64> = attributes(&ltr, "dot", "x")
            .into_iter()
            .map(|x| 100.0 - x)
            .collect();
        for (one, two) in attributes(&rtl, "dot", "x").iter().zip(&mirrored) {
            assert!((one - two).abs() < 1e-9);
        }
        assert!(rtl.contains("direction=\"rtl\""));
        assert_eq!(ltr, course().svg(Direction::LeftToRight, &percent));
    }

    #[test]
    fn the_chart_has_a_name_and_no_style() {
        let markup = course().svg(Direction::LeftToRight, &percent);
        assert!(markup.contains("role=\"img\"") && markup.contains("aria-labelledby=\"c-t c-d\""));
        assert!(markup.contains("<title id=\"c-t\">A &lt;title&gt;</title>"));
        assert!(!markup.contains("style"));
    }

    #[test]
    fn a_course_of_one_moment_or_none_is_drawn() {
        let mut short = course();
        short.moments.truncate(1);
        assert!(!short.svg(Direction::LeftToRight, &percent).contains("NaN"));
        short.moments.clear();
        assert!(!short.svg(Direction::LeftToRight, &percent).contains("NaN"));
        assert!(Measured::new(f64::NAN, None).is_err());
        assert!(Measured::new(0.1, Some((0.0, f64::INFINITY))).is_err());
    }
}
