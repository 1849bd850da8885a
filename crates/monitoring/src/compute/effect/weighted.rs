//! The effect by weighting: people without the instrument count the more, the more they resemble
//! those who took part (propensity weights `p/(1−p)`, the effect on those who took part).
//!
//! Participants are taken in the month before they began, if they had no work then; everybody else
//! once, at one of the same times since their permit, chosen by their pseudonym so that the order
//! of the file does not matter. The model knows sex, age, education, cohort and the time since the
//! permit.

use std::collections::BTreeSet;

use statistics::Estimate;
use statistics::disclosure::cell_key::CellKey;
use statistics::regression::Design;
use statistics::regression::weighting::{Balance, Comparison, Target, compare};

use super::{ALIKE, SAME_TIME, begin, working_later};
use crate::codes::Instrument;
use crate::compute::Chosen;
use crate::figure::{Outcome, not_computed, of_estimate};

/// Somebody at the moment from which the outcome is looked at.
struct Unit {
    position: usize,
    treated: bool,
    works: bool,
    /// Months since the permit.
    time: i32,
    alike: [Option<u16>; ALIKE.len()],
}

pub(super) fn weighted(
    chosen: &Chosen<'_>,
    instrument: Instrument,
    months: u16,
) -> (Outcome, CellKey) {
    let all = units(chosen, instrument, months);
    let n_treated = |units: &[Unit]| units.iter().filter(|unit| unit.treated).count();
    let before = n_treated(&all);
    let units = in_common(all);
    let people = chosen.people(units.iter().map(|unit| unit.position));
    let treated: Vec<bool> = units.iter().map(|unit| unit.treated).collect();
    let works: Vec<f64> = units.iter().map(|u| f64::from(u8::from(u.works))).collect();
    if before == 0 {
        let reason = "nobody who began without work has been followed for so long";
        return (not_computed(reason), people);
    }
    if n_treated(&units) == 0 {
        let reason = "nobody without the instrument is like those who took part";
        return (not_computed(reason), people);
    }
    let compared = Design::from_columns(&columns(&units))
        .map_err(|error| error.to_string())
        .and_then(|design| {
            compare(&design, &treated, &works, Target::Treated).map_err(|error| error.to_string())
        });
    let found = match compared {
        Ok(found) => found,
        Err(reason) => return (not_computed(reason), people),
    };
    let (effect, error) = (found.weighted_difference, found.standard_error);
    let estimate = Estimate::normal(effect, error, chosen.query.confidence);
    let mut outcome = of_estimate(&estimate, n_treated(&units) as u64);
    if let Outcome::Value(value) = &mut outcome {
        value.caution = Some(caution(&found, n_treated(&units) < before));
    }
    (outcome, people)
}

fn units(chosen: &Chosen<'_>, instrument: Instrument, months: u16) -> Vec<Unit> {
    let latest = chosen.query.on.plus(-i32::from(months));
    let mut units = Vec::new();
    for (position, (index, person)) in chosen.persons.iter().enumerate() {
        let spells = chosen.vault.spells_of(person);
        let later = |time: i32| working_later(spells, person.permit.plus(time), latest, months);
        let (treated, found) = match begin(spells, instrument) {
            Some(start) => {
                let time = start.plus(-1).since(person.permit);
                (true, later(time).map(|works| (time, works)))
            }
            None => {
                let most = latest.since(person.permit);
                let times = (0..)
                    .map(|step| SAME_TIME / 2 + step * SAME_TIME)
                    .take_while(|time| *time <= most);
                let found: Vec<(i32, bool)> = times
                    .filter_map(|time| Some((time, later(time)?)))
                    .collect();
                let name = chosen.vault.pseudonym(*index).unwrap_or_default();
                let one = number(name) % found.len().max(1);
                (false, found.get(one).copied())
            }
        };
        if let Some((time, works)) = found {
            units.push(Unit {
                position,
                treated,
                works,
                time,
                alike: ALIKE.map(|by| chosen.vault.group(person, None, by)),
            });
        }
    }
    units
}

/// A number that depends on the pseudonym alone (FNV-1a).
fn number(name: &str) -> usize {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The upper half is the better mixed one.
    (hash >> 32) as usize
}

/// Only those in groups where some took part and some did not: for others there is nobody to
/// compare with.
fn in_common(mut units: Vec<Unit>) -> Vec<Unit> {
    loop {
        let before = units.len();
        for dimension in 0..ALIKE.len() {
            let groups = |treated: bool| -> BTreeSet<Option<u16>> {
                units
                    .iter()
                    .filter(|unit| unit.treated == treated)
                    .map(|unit| unit.alike[dimension])
                    .collect()
            };
            let both: BTreeSet<Option<u16>> =
                groups(true).intersection(&groups(false)).copied().collect();
            units.retain(|unit| both.contains(&unit.alike[dimension]));
        }
        if units.len() == before {
            return units;
        }
    }
}

/// Time, its square, and a column for every group but the first of each dimension.
fn columns(units: &[Unit]) -> Vec<Vec<f64>> {
    let years = |unit: &Unit| f64::from(unit.time) / 12.0;
    let mut columns = vec![
        units.iter().map(years).collect::<Vec<f64>>(),
        units.iter().map(|unit| years(unit).powi(2)).collect(),
    ];
    for dimension in 0..ALIKE.len() {
        let groups: BTreeSet<Option<u16>> =
            units.iter().map(|unit| unit.alike[dimension]).collect();
        for group in groups.into_iter().skip(1) {
            let is_in = |unit: &Unit| f64::from(u8::from(unit.alike[dimension] == group));
            columns.push(units.iter().map(is_in).collect());
        }
    }
    columns.retain(|column| column.iter().any(|value| Some(value) != column.first()));
    columns
}

fn caution(found: &Comparison, has_left_out: bool) -> String {
    // Rounded, because it says something about few people as well.
    let size = (found.effective_untreated / 5.0).floor() * 5.0;
    let mut caution = format!("those compared are worth {size} people after weighting");
    if !found.balance.iter().all(Balance::is_acceptable) {
        caution.push_str("; the groups still differ in what was measured");
    }
    if has_left_out {
        caution.push_str("; some participants have nobody like them and are left out");
    }
    caution
}
