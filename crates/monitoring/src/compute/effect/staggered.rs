//! The effect by difference in differences: how the share in work changed in municipalities after
//! the first person there began with the instrument, against those where nobody had yet begun
//! (Callaway and Sant'Anna 2021, whole municipalities drawn again for the interval).
//!
//! It speaks about offering the instrument in a municipality, not about taking part in it.

use std::collections::{BTreeMap, BTreeSet};

use statistics::difference_in_differences::{
    Comparison, PanelObservation, StaggeredPlan, staggered as estimate,
};
use statistics::disclosure::cell_key::CellKey;
use statistics::random::Seed;

use super::{begin, works};
use crate::codes::Instrument;
use crate::compute::Chosen;
use crate::figure::{Outcome, not_computed, of_estimate};
use crate::month::Month;

/// Months of a period.
const PERIOD: i32 = 6;
/// People followed in a municipality at the end of a period, for its share to count.
const FOLLOWED: u64 = 10;
/// Draws of municipalities for the interval, and where their randomness begins.
const RESAMPLES: usize = 200;
const SEED: Seed = Seed(2021);

/// What municipalities say together.
struct Panel {
    observations: Vec<PanelObservation>,
    people: CellKey,
}

fn panel(chosen: &Chosen<'_>, instrument: Instrument) -> Panel {
    let zero = Month::default();
    let period_of = |month: Month| i64::from(month.since(zero).div_euclid(PERIOD));
    let mut starts: BTreeMap<u16, i64> = BTreeMap::new();
    let mut shares: BTreeMap<(u16, i64), (u64, u64)> = BTreeMap::new();
    let mut counted = BTreeSet::new();
    for (position, (_, person)) in chosen.persons.iter().enumerate() {
        let spells = chosen.vault.spells_of(person);
        if let Some(begun) = begin(spells, instrument).filter(|month| *month <= chosen.query.on) {
            let first = starts.entry(person.municipality).or_insert(i64::MAX);
            *first = (*first).min(period_of(begun));
        }
        let (Some(first), Some(last)) = (spells.first(), spells.last()) else {
            continue;
        };
        let last = last.last.min(chosen.query.on);
        for period in period_of(first.first)..=period_of(last) {
            let end = zero.plus(period as i32 * PERIOD + PERIOD - 1);
            if end > last {
                break;
            }
            if let Some(works) = works(spells, end) {
                let share = shares.entry((person.municipality, period)).or_default();
                share.0 += u64::from(works);
                share.1 += 1;
                counted.insert(position);
            }
        }
    }
    let people = chosen.people(counted.iter().copied());
    let observations = shares
        .iter()
        .filter(|(_, (_, followed))| *followed >= FOLLOWED)
        .map(
            |((municipality, period), (working, followed))| PanelObservation {
                unit: u64::from(*municipality),
                cluster: usize::from(*municipality),
                period: *period,
                start: starts.get(municipality).copied(),
                outcome: *working as f64 / *followed as f64,
            },
        )
        .collect();
    Panel {
        observations,
        people,
    }
}

pub(super) fn staggered(chosen: &Chosen<'_>, instrument: Instrument) -> (Outcome, CellKey) {
    let Panel {
        observations,
        people,
    } = panel(chosen, instrument);
    let plan = StaggeredPlan {
        comparison: Comparison::NotYetTreated,
        resamples: RESAMPLES,
        seed: SEED,
        confidence: chosen.query.confidence,
    };
    let found = match estimate(&observations, plan) {
        Ok(found) => found,
        Err(error) => return (not_computed(error), people),
    };
    let mut outcome = of_estimate(&found.overall, people.exact());
    let differed = found.by_exposure.iter().any(|effect| {
        let interval = effect.estimate.as_ref().map(|estimate| estimate.interval);
        effect.exposure < 0 && interval.is_some_and(|range| range.lower > 0.0 || range.upper < 0.0)
    });
    if let Outcome::Value(value) = &mut outcome
        && differed
    {
        let caution = "the municipalities already went different ways before the start";
        value.caution = Some(caution.to_owned());
    }
    (outcome, people)
}
