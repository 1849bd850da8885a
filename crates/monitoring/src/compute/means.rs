//! Means with a normal interval.

use statistics::Estimate;

use super::{Chosen, Place, missing};
use crate::condition::{Condition, Moment};
use crate::figure::{FEW, Figure, GuardKind, Outcome, Unit, not_computed, of_estimate};
use crate::indicator::Quantity;
use crate::person::Column;

fn column(of: Quantity) -> Column {
    match of {
        Quantity::Hours => Column::Hours,
        Quantity::HourlyWage => Column::HourlyWage,
        Quantity::ValuationDays => Column::ValuationDays,
        Quantity::IntakeDays => Column::IntakeDays,
    }
}

fn unit(of: Quantity) -> Unit {
    match of {
        Quantity::Hours => Unit::Hours,
        Quantity::HourlyWage => Unit::Euro,
        Quantity::ValuationDays | Quantity::IntakeDays => Unit::Days,
    }
}

fn number(moment: &Moment<'_>, of: Quantity) -> Option<f64> {
    match of {
        Quantity::Hours => moment.spell?.hours.map(f64::from),
        Quantity::HourlyWage => moment.spell?.wage.map(|cents| f64::from(cents) / 100.0),
        Quantity::ValuationDays => moment.person.valuation_days.map(f64::from),
        Quantity::IntakeDays => moment.person.intake_days.map(f64::from),
    }
}

/// The mean in the reference month, among those whose number is known.
pub(super) fn compute(
    chosen: &Chosen<'_>,
    at: Place<'_>,
    of: Quantity,
    denominator: &[Condition],
) -> Vec<Figure> {
    let needed = denominator
        .iter()
        .filter_map(|condition| condition.column());
    let absent = needed
        .chain([column(of)])
        .find(|column| !chosen.vault.has(*column));
    if let Some(column) = absent {
        return vec![at.figure(at.key(None, None), unit(of), missing(column))];
    }
    let numbers: Vec<Option<f64>> = chosen
        .persons
        .iter()
        .map(|(_, person)| {
            let moment = Moment::new(person, chosen.vault.spells_of(person), chosen.query.on);
            moment.all(denominator).then(|| number(&moment, of))?
        })
        .collect();
    let mut figures = Vec::new();
    for (group, positions) in chosen.everybody_and_groups(at.indicator) {
        let found: Vec<f64> = positions.iter().filter_map(|p| numbers[*p]).collect();
        if group.is_some() && found.is_empty() {
            continue;
        }
        let outcome = mean(chosen, &found);
        let people = chosen.people(positions.into_iter().filter(|p| numbers[*p].is_some()));
        let figure = at.figure(at.key(None, group), unit(of), outcome);
        figures.push(figure.guarded(people, GuardKind::Noise(noise(&found))));
    }
    figures
}

/// The noise of a mean on a page: what [`FEW`] people at the usual distance from the mean would
/// change in it, and never less than twice what the farthest one does.
fn noise(numbers: &[f64]) -> f64 {
    let n = numbers.len().max(1) as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    let farthest = numbers
        .iter()
        .map(|number| (number - mean).abs())
        .fold(0.0, f64::max);
    (FEW * (squares / n).sqrt()).max(2.0 * farthest) / n
}

/// Mean with `s/√n`; a single number has no spread and so no interval.
fn mean(chosen: &Chosen<'_>, numbers: &[f64]) -> Outcome {
    let n = numbers.len() as f64;
    if numbers.is_empty() {
        return not_computed("nobody belongs to the denominator");
    }
    if numbers.len() == 1 {
        return not_computed("a group of one has no spread");
    }
    let mean = numbers.iter().sum::<f64>() / n;
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    let error = (squares / (n - 1.0) / n).sqrt();
    of_estimate(
        &Estimate::normal(mean, error, chosen.query.confidence),
        numbers.len() as u64,
    )
}
