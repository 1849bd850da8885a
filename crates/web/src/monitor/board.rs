//! The figures of one state of the data.
//!
//! Those for everybody are computed when the board is made. Those of a selection are computed the
//! first time somebody asks, for one indicator, and kept; filters are few, so most readers find
//! them there.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use monitoring::compute::{ComputeError, Query, compute};
use monitoring::figure::{Figure, Range, Unit, Value};
use monitoring::filter::View;
use monitoring::indicator::{Indicator, Method, RecordKind, Registry};
use monitoring::interactive::{Hidden, Shown, ShownOutcome, protect};
use monitoring::month::Month;
use monitoring::person::StatisticsVault;
use monitoring::programme::{self, Fictional, Programme};
use monitoring::reported::ReportedFigures;
use statistics::Confidence;
use statistics::disclosure::policy::Policy;

use super::key::RoundingKey;
use super::places::Places;
use super::selection::Selection;
use super::{MonitorError, Records};

/// Rules of what may be shown.
pub(crate) const POLICY: Policy = Policy::PUBLICATION;
/// Level of the intervals.
pub(crate) const CONFIDENCE: Confidence = Confidence::NINETY_FIVE;
/// Earlier years for which the same month can be chosen.
const EARLIER_YEARS: i32 = 4;
/// Selections kept for one indicator each; the oldest goes first.
const MOST_KEPT: usize = 600;

/// A figure, and what may be shown of it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// For internal use only.
    pub(crate) figure: Figure,
    /// For pages, with the digits that pages and downloads show.
    pub(crate) shown: Shown,
}

type Figures = Arc<Vec<Told>>;
type Address = (String, Selection);

/// See the module.
#[derive(Debug)]
pub(crate) struct Board {
    registry: Registry,
    records: Records,
    vault: StatisticsVault,
    programme: Programme,
    key: RoundingKey,
    places: Places,
    cohorts: Vec<String>,
    regions: Vec<String>,
    months: Vec<Month>,
    everybody: HashMap<String, Figures>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    figures: HashMap<Address, Figures>,
    order: VecDeque<Address>,
}

impl Board {
    /// Computes the figures for everybody.
    pub(crate) fn new(
        registry: Registry,
        records: Records,
        vault: StatisticsVault,
        programme: Programme,
        key: RoundingKey,
    ) -> Result<Board, MonitorError> {
        let last = vault.last_month();
        let places = last.map_or_else(|| Places::on(2026, 1), |month| Places::on(month.year(), 1));
        let mut cohorts: Vec<String> = vault
            .group_sizes(monitoring::codes::Dimension::Cohort)
            .keys()
            .flatten()
            .map(ToString::to_string)
            .collect();
        cohorts.sort();
        let mut regions: Vec<String> = vault
            .municipalities()
            .iter()
            .filter_map(|code| places.region_of(code).map(str::to_owned))
            .collect();
        regions.sort();
        regions.dedup();
        let first = vault.persons().iter().map(|person| person.permit).min();
        let months = last.map_or_else(Vec::new, |last| {
            (0..=EARLIER_YEARS)
                .map(|years| last.plus(-12 * years))
                .filter(|month| first.is_some_and(|first| *month > first))
                .collect()
        });
        let mut board = Board {
            registry,
            records,
            vault,
            programme,
            key,
            places,
            cohorts,
            regions,
            months,
            everybody: HashMap::new(),
            kept: Mutex::default(),
        };
        board.everybody = board.for_everybody()?;
        Ok(board)
    }

    fn for_everybody(&self) -> Result<HashMap<String, Figures>, MonitorError> {
        let mut figures = Vec::new();
        if let Some(view) = Selection::default().view(self) {
            figures = self.compute(&self.registry, &view)?;
        }
        let reported = ReportedFigures::embedded(&self.registry)?;
        figures.extend(reported.figures(&self.registry, CONFIDENCE));
        figures.extend(programme::figures::compute(
            &self.programme,
            &self.registry,
            CONFIDENCE,
        ));
        let mut by_indicator: HashMap<String, Vec<Told>> = HashMap::new();
        for figure in figures {
            let own = by_indicator.entry(figure.key.indicator.clone());
            own.or_default().push(self.told(figure));
        }
        Ok(by_indicator
            .into_iter()
            .map(|(code, figures)| (code, Arc::new(figures)))
            .collect())
    }

    fn compute(&self, registry: &Registry, view: &View) -> Result<Vec<Figure>, ComputeError> {
        let record_key = |pseudonym: &str| self.key.of(pseudonym);
        let query = Query {
            on: view.on,
            filter: &view.filter,
            confidence: CONFIDENCE,
            record_key: Some(&record_key),
        };
        compute(&self.vault, registry, &query)
    }

    fn told(&self, figure: Figure) -> Told {
        let shown = shown(&figure, &self.registry);
        Told { figure, shown }
    }

    /// The figures of an indicator for a selection; only those about persons follow a selection.
    ///
    /// # Errors
    /// [`ComputeError`], which the figures for everybody have ruled out for the last month.
    pub(crate) fn figures(
        &self,
        indicator: &str,
        selection: &Selection,
    ) -> Result<Figures, ComputeError> {
        if selection.is_everybody() {
            return Ok(self.everybody.get(indicator).cloned().unwrap_or_default());
        }
        let address = (indicator.to_owned(), selection.clone());
        if let Some(found) = self.kept().figures.get(&address) {
            return Ok(Arc::clone(found));
        }
        let Some(view) = selection.view(self) else {
            return Ok(Figures::default());
        };
        let computed = self.compute(&self.registry.only(indicator), &view)?;
        let figures: Figures = Arc::new(
            computed
                .into_iter()
                .map(|figure| self.told(figure))
                .collect(),
        );
        let mut kept = self.kept();
        if kept
            .figures
            .insert(address.clone(), Arc::clone(&figures))
            .is_none()
        {
            kept.order.push_back(address);
        }
        if kept.order.len() > MOST_KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.figures.remove(&oldest);
        }
        Ok(figures)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Definitions.
    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// A definition.
    pub(crate) fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.registry.get(code)
    }

    /// Records of the programme.
    pub(crate) fn programme(&self) -> &Programme {
        &self.programme
    }

    /// Where the records come from.
    pub(crate) fn records(&self) -> &Records {
        &self.records
    }

    /// Whether anything on the pages is invented.
    pub(crate) fn is_invented(&self) -> bool {
        self.vault.is_invented() || self.programme.fictional == Fictional::Yes
    }

    /// The records.
    pub(crate) fn vault(&self) -> &StatisticsVault {
        &self.vault
    }

    /// Number of persons in the records, rounded; 0 without records.
    pub(crate) fn n_persons(&self) -> usize {
        self.vault.persons().len()
    }

    /// Number of months of all persons together.
    pub(crate) fn n_person_months(&self) -> u64 {
        self.vault.person_months()
    }

    /// Names of places.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// Years of the permits, ascending.
    pub(crate) fn cohorts(&self) -> &[String] {
        &self.cohorts
    }

    /// Regions of the municipalities in the records.
    pub(crate) fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Municipalities in the records.
    pub(crate) fn municipalities(&self) -> &[String] {
        self.vault.municipalities()
    }

    /// Months that can be chosen, the last first.
    pub(crate) fn months(&self) -> &[Month] {
        &self.months
    }

    /// The last month of the records.
    pub(crate) fn last_month(&self) -> Option<Month> {
        self.months.first().copied()
    }

    /// The municipalities of the records in an area: of a region all, of a municipality itself.
    pub(crate) fn municipalities_of(&self, area: &str) -> Vec<&str> {
        self.municipalities()
            .iter()
            .map(String::as_str)
            .filter(|code| *code == area || self.places.region_of(code) == Some(area))
            .collect()
    }
}

/// A figure as pages and downloads show it: rounded or hidden, and cut to the digits shown.
#[must_use]
pub fn shown(figure: &Figure, registry: &Registry) -> Shown {
    let mut shown = protect(figure, &POLICY, CONFIDENCE);
    if let ShownOutcome::Value(value) = &mut shown.outcome {
        let is_few = value
            .numerator
            .is_some_and(|count| POLICY.count(count).is_err());
        if is_few && counts_interviews(figure, registry) {
            shown.outcome = ShownOutcome::Hidden(Hidden::SmallCount);
        } else {
            round(value, figure.unit, shown.key.label.is_some().into());
        }
    }
    shown
}

/// Whether a figure counts people who were interviewed, of whom few may have said something.
fn counts_interviews(figure: &Figure, registry: &Registry) -> bool {
    let of = RecordKind::Interviews;
    registry
        .get(&figure.key.indicator)
        .and_then(|indicator| indicator.measure(&figure.key.measure))
        .is_some_and(|measure| measure.method == Method::Records { of })
}

/// Whether a figure was published by others, with the digits they gave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Published {
    Yes,
    No,
}

impl From<bool> for Published {
    fn from(is_published: bool) -> Published {
        if is_published {
            Published::Yes
        } else {
            Published::No
        }
    }
}

/// Cuts a number to the digits that are shown; the ends of the interval are rounded outwards.
fn round(value: &mut Value, unit: Unit, published: Published) {
    let digits = match (unit, published) {
        (Unit::Share, Published::No) => 2,
        (Unit::Share | Unit::ShareDifference, _) => 3,
        (Unit::Ratio | Unit::Kappa | Unit::Euro, _) => 2,
        (Unit::Months | Unit::Days | Unit::Hours, _) => 1,
    };
    let factor = 10_f64.powi(digits);
    // The tiny step keeps 0.07 × 100 from becoming 8 when rounded upwards.
    let tiny = 1e-9;
    value.point = (value.point * factor).round() / factor;
    value.interval = value.interval.map(|Range { lower, upper }| Range {
        lower: (lower * factor + tiny).floor() / factor,
        upper: (upper * factor - tiny).ceil() / factor,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_cut_and_intervals_only_grow() {
        let mut value = Value {
            point: 0.4449,
            interval: Some(Range {
                lower: 0.07,
                upper: 0.481,
            }),
            n: Some(100),
            numerator: None,
            caution: None,
        };
        round(&mut value, Unit::Share, Published::No);
        assert_eq!(value.point, 0.44);
        let interval = value.interval.map(|range| (range.lower, range.upper));
        assert_eq!(interval, Some((0.07, 0.49)));
    }
}
