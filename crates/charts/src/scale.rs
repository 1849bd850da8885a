//! From a number to a place, and the marks of an axis.

use domain::language::Direction;

/// Most marks on an axis, both ends included.
const MOST_MARKS: f64 = 5.0;

/// A range of numbers that a chart shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    /// Shares from none to all.
    pub const SHARE: Scale = Scale { from: 0.0, to: 1.0 };

    /// A scale that holds 0 and all the numbers, with round ends. Numbers that are not finite are
    /// passed over; without any the scale runs from 0 to 1.
    #[must_use]
    pub fn around(numbers: impl IntoIterator<Item = f64>) -> Scale {
        let (mut from, mut to) = (0.0_f64, 0.0_f64);
        for number in numbers.into_iter().filter(|number| number.is_finite()) {
            from = from.min(number);
            to = to.max(number);
        }
        if from >= to {
            return Scale::SHARE;
        }
        let step = step(to - from);
        Scale {
            from: (from / step).floor() * step,
            to: (to / step).ceil() * step,
        }
    }

    /// The first number.
    #[must_use]
    pub fn from(&self) -> f64 {
        self.from
    }

    /// The last number.
    #[must_use]
    pub fn to(&self) -> f64 {
        self.to
    }

    /// Where a number lies, from 0 to 1; numbers beyond the ends lie at the ends.
    #[must_use]
    pub fn place(&self, number: f64) -> f64 {
        ((number - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// The numbers at which an axis is marked, ascending.
    #[must_use]
    pub fn marks(&self) -> Vec<f64> {
        let step = step(self.to - self.from);
        let first = (self.from / step).round() as i64;
        let last = (self.to / step).round() as i64;
        (first..=last).map(|mark| mark as f64 * step).collect()
    }
}

/// 1, 2 or 5 times a power of ten, such that an axis has few marks.
fn step(length: f64) -> f64 {
    let rough = length / (MOST_MARKS - 1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    let fits = |step: &&f64| **step * power >= rough - 1e-12;
    steps.iter().find(fits).copied().unwrap_or(10.0) * power
}

/// A place along the line of reading, from 0 at its beginning to 1, as percent from the left.
pub(crate) fn percent_from_left(place: f64, direction: Direction) -> f64 {
    match direction {
        Direction::LeftToRight => place * 100.0,
        Direction::RightToLeft => (1.0 - place) * 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round_and_hold_all_numbers() {
        let scale = Scale::around([0.13, 0.57]);
        assert!(
            scale.from() == 0.0 && (scale.to() - 0.6).abs() < 1e-9,
            "{scale:?}"
        );
        assert_eq!(scale.marks().len(), 4);
        let scale = Scale::around([-0.04, 0.11, f64::NAN]);
        assert!(scale.from() <= -0.04 && scale.to() >= 0.11);
        assert!(scale.marks().contains(&0.0));
        assert_eq!(Scale::around([]), Scale::SHARE);
        for top in [0.001, 0.03, 0.99, 7.0, 31.4, 999.0, 123_456.0] {
            let marks = Scale::around([top]).marks();
            assert!((2..=6).contains(&marks.len()), "{top}: {marks:?}");
            assert!(marks.last().is_some_and(|last| *last >= top));
        }
    }

    #[test]
    fn places_turn_with_the_direction() {
        assert_eq!(percent_from_left(0.25, Direction::LeftToRight), 25.0);
        assert_eq!(percent_from_left(0.25, Direction::RightToLeft), 75.0);
        assert_eq!(Scale::SHARE.place(3.0), 1.0);
    }
}
