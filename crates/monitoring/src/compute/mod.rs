//! From records to figures: every measure of every indicator, for everybody and for each group.
//!
//! Pure: the reference month, the filter, the confidence level and the keys come from the caller.
//! Must not know what is published of it; that is decided in [`crate::release`] and
//! [`crate::interactive`].

mod durations;
pub mod effect;
mod means;
mod shares;

use statistics::Confidence;
use statistics::disclosure::cell_key::{CellKey, RecordKey};

use crate::codes::{Dimension, EvidenceLevel};
use crate::figure::{Figure, Group, Key, Outcome, Unit, not_computed};
use crate::filter::Filter;
use crate::indicator::{Indicator, Measure, Method, Registry};
use crate::month::Month;
use crate::person::{Column, StatisticsVault};

/// What to compute.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// Reference month; nothing later is used.
    pub on: Month,
    /// Persons to compute for.
    pub filter: &'a Filter,
    /// Level of the intervals.
    pub confidence: Confidence,
    /// Secret key of a pseudonym, for rounding in interactive pages; without it figures carry
    /// counts only.
    pub record_key: Option<&'a dyn Fn(&str) -> RecordKey>,
}

/// Why nothing is computed: the data or the definition contradict themselves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// A person in a numerator who is not in its denominator.
    #[error(
        "the numerator of {indicator}/{measure} lies outside its denominator for {persons} persons, the first on line {line}"
    )]
    NumeratorOutsideDenominator {
        /// Indicator.
        indicator: String,
        /// Measure.
        measure: String,
        /// Number of persons and months for whom it does.
        persons: u64,
        /// Line of the first of them.
        line: u64,
    },
}

/// Computes every measure that reads persons; those on published figures and programme records
/// are computed by [`crate::reported`] and [`crate::programme`].
///
/// # Errors
/// [`ComputeError`].
pub fn compute(
    vault: &StatisticsVault,
    registry: &Registry,
    query: &Query<'_>,
) -> Result<Vec<Figure>, ComputeError> {
    let chosen = Chosen::of(vault, query);
    let mut figures = shares::compute(&chosen, registry)?;
    for indicator in registry.indicators() {
        for measure in &indicator.measure {
            let at = Place { indicator, measure };
            match &measure.method {
                Method::Share { .. } | Method::Reported | Method::Records { .. } => {}
                Method::Mean { of, denominator } => {
                    figures.extend(means::compute(&chosen, at, *of, denominator));
                }
                Method::Reach {
                    instrument,
                    eligible,
                } => {
                    figures.extend(shares::reach(&chosen, at, *instrument, eligible));
                }
                Method::Effect { instrument, months } => {
                    figures.extend(effect::compute(&chosen, at, *instrument, *months));
                }
                method => figures.extend(durations::compute(&chosen, at, method)),
            }
        }
    }
    let order = |figure: &Figure| {
        let place = registry
            .indicators()
            .iter()
            .position(|indicator| indicator.code == figure.key.indicator);
        let measure = place.and_then(|place| {
            let measures = &registry.indicators().get(place)?.measure;
            // Derived measures ("…-matched") stand with the one they come from.
            measures
                .iter()
                .rposition(|measure| figure.key.measure.starts_with(&measure.code))
        });
        (place, measure, figure.key.clone())
    };
    figures.sort_by_cached_key(order);
    Ok(figures)
}

/// The persons a query is about.
pub(crate) struct Chosen<'a> {
    pub(crate) vault: &'a StatisticsVault,
    pub(crate) query: &'a Query<'a>,
    /// Index, person.
    pub(crate) persons: Vec<(usize, &'a crate::person::Person)>,
    /// The secret key of each of them, in the same order.
    keys: Vec<RecordKey>,
}

impl<'a> Chosen<'a> {
    pub(crate) fn of(vault: &'a StatisticsVault, query: &'a Query<'a>) -> Chosen<'a> {
        let all = query.filter.is_empty();
        let persons: Vec<(usize, &crate::person::Person)> = vault
            .persons()
            .iter()
            .enumerate()
            .filter(|(_, person)| all || query.filter.admits(vault, person))
            .collect();
        let key = |(index, _): &(usize, _)| {
            let pseudonym = vault.pseudonym(*index).unwrap_or_default();
            let secret = query.record_key.map(|key| key(pseudonym));
            secret.unwrap_or(RecordKey::from_secret_bits(0))
        };
        Chosen {
            vault,
            query,
            keys: persons.iter().map(key).collect(),
            persons,
        }
    }

    /// The secret key of the person at a position.
    pub(crate) fn key(&self, position: usize) -> RecordKey {
        self.keys
            .get(position)
            .copied()
            .unwrap_or(RecordKey::from_secret_bits(0))
    }

    /// The persons at some positions as a cell.
    pub(crate) fn people(&self, positions: impl Iterator<Item = usize>) -> CellKey {
        positions.map(|position| self.key(position)).collect()
    }

    /// Groups of a dimension that occur, with the positions of their persons.
    pub(crate) fn split(&self, by: Dimension) -> Vec<(Group, Vec<usize>)> {
        let mut groups: std::collections::BTreeMap<Option<u16>, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (position, (_, person)) in self.persons.iter().enumerate() {
            let group = self.vault.group(person, None, by);
            groups.entry(group).or_default().push(position);
        }
        groups
            .into_iter()
            .map(|(group, positions)| {
                let code = group.map_or_else(
                    || "unknown".to_owned(),
                    |group| self.vault.group_code(by, group),
                );
                (Group { by, code }, positions)
            })
            .collect()
    }

    /// Everybody and every group of the breakdowns of an indicator that persons have in all
    /// months alike.
    pub(crate) fn everybody_and_groups(
        &self,
        indicator: &Indicator,
    ) -> Vec<(Option<Group>, Vec<usize>)> {
        let everybody = (0..self.persons.len()).collect();
        let mut all = vec![(None, everybody)];
        for by in &indicator.breakdowns {
            let missing = StatisticsVault::column_of(*by).is_some_and(|c| !self.vault.has(c));
            if *by == Dimension::Dutch || missing {
                continue;
            }
            all.extend(
                self.split(*by)
                    .into_iter()
                    .map(|(group, positions)| (Some(group), positions)),
            );
        }
        all
    }
}

/// A measure in its indicator.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) indicator: &'a Indicator,
    pub(crate) measure: &'a Measure,
}

impl Place<'_> {
    pub(crate) fn evidence(&self) -> EvidenceLevel {
        self.measure.evidence.unwrap_or(self.indicator.evidence)
    }

    pub(crate) fn key(&self, months: Option<u16>, group: Option<Group>) -> Key {
        Key {
            indicator: self.indicator.code.clone(),
            version: self.indicator.version,
            measure: self.measure.code.clone(),
            months,
            label: None,
            group,
        }
    }

    pub(crate) fn figure(&self, key: Key, unit: Unit, outcome: Outcome) -> Figure {
        Figure {
            key,
            unit,
            evidence: self.evidence(),
            outcome,
            cells: None,
            guard: None,
        }
    }
}

/// The reason why a column that is not there stops a figure.
pub(crate) fn missing(column: Column) -> Outcome {
    not_computed(format_args!("the file has no column {}", column.name()))
}
