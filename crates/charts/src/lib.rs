//! From numbers with their words to a chart: an SVG and the table it was drawn from.
//!
//! - [`bar`]: the small bar with its interval that stands in a table;
//! - [`course`]: one number over time, with intervals;
//! - [`funnel`]: institutions of different size around a common share, with control limits;
//! - [`scale`]: from a number to a place and to the marks of an axis.
//!
//! The same input gives the same bytes. Text keeps its size on every screen: places along the
//! line of reading are percentages, places across it are pixels. There is no style in the markup,
//! only classes; nothing is told by colour alone; in languages written from right to left charts
//! run from right to left.
//!
//! Must not know what is measured, any language, HTTP or the page around it.

pub mod bar;
pub mod course;
pub mod funnel;
pub mod scale;
mod svg;

pub use scale::Scale;

use std::fmt;

/// A number that cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number to draw is infinite or not a number")
    }
}

impl std::error::Error for NotFinite {}

/// A number with its interval, all finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    point: f64,
    interval: Option<(f64, f64)>,
}

impl Measured {
    /// A number with its interval, lower end first.
    ///
    /// # Errors
    /// [`NotFinite`].
    pub fn new(point: f64, interval: Option<(f64, f64)>) -> Result<Measured, NotFinite> {
        let ends = interval.is_none_or(|(lower, upper)| lower.is_finite() && upper.is_finite());
        if point.is_finite() && ends {
            Ok(Measured { point, interval })
        } else {
            Err(NotFinite)
        }
    }

    /// The number.
    #[must_use]
    pub fn point(&self) -> f64 {
        self.point
    }

    /// Lower and upper end.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.interval
    }

    /// The number and its ends, for a scale that shows them all.
    pub fn extremes(&self) -> impl Iterator<Item = f64> {
        let (lower, upper) = self.interval.unwrap_or((self.point, self.point));
        [self.point, lower, upper].into_iter()
    }
}

/// The words of a chart as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Prefix of the ids in the markup; unique on its page.
    pub id: String,
    /// The message of the chart.
    pub title: String,
    /// What a reader who cannot see the chart must know.
    pub description: String,
    /// What runs along the line of reading.
    pub along: String,
}

/// A row of the table of a chart: what it is about, and the number as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What the row is about.
    pub label: String,
    /// The number as it is written, or why there is none.
    pub text: String,
}
