//! Capturing what is missing, and what it could do to a figure.
//!
//! A share over the units that answered is a guess about those that did not; the bounds here say
//! how far off it can be without any assumption (Manski 1989).

use crate::exact::{self, TableError};
use crate::interval::{ChiSquareTest, Interval};

/// Why missing values cannot be analysed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MissingnessError {
    /// There are no units.
    #[error("cannot be computed because there are no units")]
    Empty,
    /// A unit with another number of fields than the first.
    #[error("unit {unit} has {found} fields instead of {expected}")]
    LengthMismatch {
        /// Index of the unit, from 0.
        unit: usize,
        /// Fields found.
        found: usize,
        /// Fields of the first unit.
        expected: usize,
    },
    /// The comparison of missingness between groups fails.
    #[error("missingness cannot be compared between groups")]
    Comparison(#[from] TableError),
}

/// Missing values of one field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldMissingness {
    /// Units with a value.
    pub present: u64,
    /// Units without a value.
    pub missing: u64,
}

impl FieldMissingness {
    /// Share missing.
    #[must_use]
    pub fn share_missing(&self) -> f64 {
        self.missing as f64 / (self.present + self.missing) as f64
    }
}

/// One pattern of missing fields and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Whether each field is missing.
    pub missing: Vec<bool>,
    /// Units with exactly this pattern.
    pub units: u64,
}

/// What is missing in a table of units and fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Missingness {
    /// Per field, in order.
    pub fields: Vec<FieldMissingness>,
    /// All patterns, most frequent first; ties in the order of the pattern.
    pub patterns: Vec<Pattern>,
    /// Units without any missing field.
    pub complete: u64,
}

/// Counts missing values: `units[u][f]` is true if field `f` of unit `u` is missing.
///
/// # Errors
/// [`MissingnessError::Empty`], [`MissingnessError::LengthMismatch`].
pub fn describe(units: &[Vec<bool>]) -> Result<Missingness, MissingnessError> {
    let expected = units.first().ok_or(MissingnessError::Empty)?.len();
    let mut counts = std::collections::BTreeMap::<&[bool], u64>::new();
    for (unit, fields) in units.iter().enumerate() {
        if fields.len() != expected {
            return Err(MissingnessError::LengthMismatch {
                unit,
                found: fields.len(),
                expected,
            });
        }
        *counts.entry(fields).or_default() += 1;
    }
    let fields = (0..expected)
        .map(|field| {
            let missing = units.iter().filter(|unit| unit[field]).count() as u64;
            FieldMissingness {
                missing,
                present: units.len() as u64 - missing,
            }
        })
        .collect();
    let mut patterns: Vec<Pattern> = counts
        .into_iter()
        .map(|(missing, units)| Pattern {
            missing: missing.to_vec(),
            units,
        })
        .collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.units));
    let complete = patterns
        .iter()
        .find(|pattern| pattern.missing.iter().all(|missing| !missing))
        .map_or(0, |pattern| pattern.units);
    Ok(Missingness {
        fields,
        patterns,
        complete,
    })
}

/// Whether a field is missing equally often in all groups: chi-square over groups × missing.
/// `missing_and_present[g]` are the two counts of group `g`.
///
/// # Errors
/// [`MissingnessError::Comparison`] with fewer than two groups, or if nothing or all is missing.
pub fn between_groups(
    missing_and_present: &[(u64, u64)],
) -> Result<ChiSquareTest, MissingnessError> {
    let rows: Vec<Vec<u64>> = missing_and_present
        .iter()
        .map(|(missing, present)| vec![*missing, *present])
        .collect();
    Ok(exact::independence(&rows)?)
}

/// Bounds on a share if the unknown units all lacked, or all had, the event:
/// `[x/N, (x + missing)/N]`.
///
/// # Errors
/// [`MissingnessError::Empty`] if there are no units at all.
pub fn bounds(events: u64, known: u64, missing: u64) -> Result<Interval, MissingnessError> {
    let total = known + missing;
    if total == 0 || events > known {
        return Err(MissingnessError::Empty);
    }
    let n = total as f64;
    Ok(Interval {
        lower: events as f64 / n,
        upper: (events + missing) as f64 / n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_counted() {
        let units = vec![
            vec![false, false],
            vec![true, false],
            vec![false, false],
            vec![true, true],
            vec![false, false],
        ];
        let found = describe(&units).unwrap();
        assert_eq!(found.complete, 3);
        assert_eq!(found.patterns[0].units, 3);
        assert_eq!(found.fields[0].missing, 2);
        assert!((found.fields[1].share_missing() - 0.2).abs() < 1e-15);
        assert_eq!(describe(&[]), Err(MissingnessError::Empty));
        assert!(matches!(
            describe(&[vec![true], vec![]]),
            Err(MissingnessError::LengthMismatch { unit: 1, .. })
        ));
    }

    #[test]
    fn bounds_are_as_wide_as_what_is_missing() {
        let found = bounds(30, 60, 40).unwrap();
        assert_eq!((found.lower, found.upper), (0.3, 0.7));
        assert!(bounds(0, 0, 0).is_err());
        assert!(bounds(3, 2, 5).is_err());
        assert!(between_groups(&[(0, 5), (0, 9)]).is_err());
        assert!(between_groups(&[(1, 5), (4, 2)]).unwrap().p_value < 0.2);
    }
}
