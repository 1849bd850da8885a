//! Durations: first work, retention, return, leaving social assistance, and the share in work by
//! multi-state prevalence.
//!
//! Time is counted so that "within 12 months" covers the months 0 to 11 after the start: something
//! that happens in month `k` happens by time `k + 1`. Records that begin later enter the risk set
//! later; those who begin their record with the event are left out, because when it happened is
//! not known.

use statistics::disclosure::cell_key::CellKey;
use statistics::survival::competing::{CompetingObservations, cumulative_incidence};
use statistics::survival::kaplan_meier::{self, CurveInterval, Quantile};
use statistics::survival::multi_state::{self, Paths, occupation_at};
use statistics::survival::observations::{Observations, observable_until};

use super::{Chosen, Place, missing};
use crate::codes::{Income, State};
use crate::figure::{
    FEW, Figure, GuardKind, Outcome, Range, Unit, Value, not_computed, of_estimate,
};
use crate::indicator::{Competing, Method, Origin};
use crate::month::Month;
use crate::person::{Column, Person, Spell};

/// Share of a cohort that must be observable at a time for a curve to be read there.
const OBSERVABLE: f64 = 0.5;

/// One unit at risk: entry, exit, and what ended it (0 nothing, 1 the event, 2 the country was
/// left, 3 death or pension).
#[derive(Debug, Clone, Copy, PartialEq)]
struct AtRisk {
    entry: f64,
    exit: f64,
    cause: usize,
    potential: f64,
}

pub(super) fn compute(chosen: &Chosen<'_>, at: Place<'_>, method: &Method) -> Vec<Figure> {
    let needed = match method {
        Method::FirstWork {
            after: Origin::Settlement,
            ..
        }
        | Method::FirstWorkMedian {
            after: Origin::Settlement,
        } => Some(Column::Settled),
        Method::AssistanceExit { .. } => Some(Column::Income),
        _ => None,
    };
    let median = matches!(method, Method::FirstWorkMedian { .. });
    let unit = if median { Unit::Months } else { Unit::Share };
    if let Some(column) = needed.filter(|column| !chosen.vault.has(*column)) {
        return vec![at.figure(at.key(None, None), unit, missing(column))];
    }
    if let Method::Occupation { months } = method {
        return occupation(chosen, at, months);
    }
    let risks: Vec<Option<AtRisk>> = chosen
        .persons
        .iter()
        .map(|(_, person)| at_risk(chosen, person, method))
        .collect();
    let mut figures = Vec::new();
    for (group, positions) in chosen.everybody_and_groups(at.indicator) {
        let units: Vec<AtRisk> = positions.iter().filter_map(|p| risks[*p]).collect();
        if group.is_some() && units.is_empty() {
            continue;
        }
        let people = chosen.people(positions.iter().copied().filter(|p| risks[*p].is_some()));
        let mut kind = GuardKind::Part;
        let outcomes = match method {
            Method::FirstWorkMedian { .. } => {
                let (outcome, noise) = median_of(chosen, &units);
                kind = GuardKind::Noise(noise);
                vec![(None, outcome)]
            }
            method => read_by(chosen, &units, method),
        };
        for (months, outcome) in outcomes {
            let figure = at.figure(at.key(months, group.clone()), unit, outcome);
            figures.push(figure.guarded(people, kind));
        }
    }
    figures
}

/// A curve at the months of its method.
fn read_by(chosen: &Chosen<'_>, units: &[AtRisk], method: &Method) -> Vec<(Option<u16>, Outcome)> {
    let read = |months, competing, reading| read(chosen, units, months, competing, reading);
    match method {
        Method::FirstWork {
            months, competing, ..
        } => read(months, *competing, Reading::Happened),
        Method::Retention { months } => read(months, Competing::Censored, Reading::Lasting),
        Method::Return { months } | Method::AssistanceExit { months } => {
            read(months, Competing::Censored, Reading::Happened)
        }
        _ => Vec::new(),
    }
}

fn at_risk(chosen: &Chosen<'_>, person: &Person, method: &Method) -> Option<AtRisk> {
    let on = chosen.query.on;
    let spells = chosen.vault.spells_of(person);
    let works = |spell: &Spell| Some(spell.state == State::Work);
    let starts_work = |start: Month| first_month(spells, start, on, works, true);
    match method {
        Method::FirstWork { after, .. } | Method::FirstWorkMedian { after } => {
            let start = match after {
                Origin::Permit => person.permit,
                Origin::Settlement => person.settled?,
            };
            follow(spells, start, on, works, true)
        }
        Method::Retention { .. } => {
            let start = starts_work(person.permit)?;
            began_in_sight(spells, person.permit, start)
                .then(|| follow(spells, start, on, works, false))?
        }
        Method::Return { .. } => {
            let start = first_month(spells, starts_work(person.permit)?, on, works, false)?;
            follow(spells, start, on, works, true)
        }
        Method::AssistanceExit { .. } => {
            let lives = |spell: &Spell| spell.income.map(|income| income == Income::Assistance);
            let start = first_month(spells, person.permit, on, lives, true)?;
            follow(spells, start, on, lives, false)
        }
        _ => None,
    }
}

/// Whether the record shows that something began in a month: the month before is there, or there
/// was none since the permit.
fn began_in_sight(spells: &[Spell], permit: Month, start: Month) -> bool {
    start == permit || spells.first().is_some_and(|first| first.first < start)
}

/// First month from `start` on in which a state is known to be `wanted`.
fn first_month(
    spells: &[Spell],
    start: Month,
    on: Month,
    state: impl Fn(&Spell) -> Option<bool>,
    wanted: bool,
) -> Option<Month> {
    spells
        .iter()
        .filter(|spell| spell.last >= start && spell.first <= on && !spell.state.ends_record())
        .find(|spell| state(spell) == Some(wanted))
        .map(|spell| spell.first.max(start))
}

/// Follows a person from `start` until the state is `wanted`, the record ends or is interrupted.
fn follow(
    spells: &[Spell],
    start: Month,
    on: Month,
    state: impl Fn(&Spell) -> Option<bool>,
    wanted: bool,
) -> Option<AtRisk> {
    let potential = f64::from(on.since(start) + 1);
    let mut seen: Option<(Month, Month)> = None;
    for spell in spells
        .iter()
        .filter(|spell| spell.last >= start && spell.first <= on)
    {
        let first = spell.first.max(start);
        if let Some((_, last)) = seen
            && first.since(last) > 1
        {
            break;
        }
        let entry = seen.map_or(first, |(entry, _)| entry);
        let time = |month: Month| f64::from(month.since(start));
        let cause = match spell.state {
            State::Left => 2,
            State::Died | State::Retired => 3,
            _ => match state(spell) {
                Some(found) if found == wanted => 1,
                Some(_) => 0,
                None => break,
            },
        };
        if cause > 0 {
            // Entering with the event already there: when it happened is unknown.
            let known = seen.is_some() || first == start;
            return known.then(|| AtRisk {
                entry: time(entry),
                exit: time(first) + 1.0,
                cause,
                potential,
            });
        }
        seen = Some((entry, spell.last.min(on)));
    }
    let (entry, last) = seen?;
    Some(AtRisk {
        entry: f64::from(entry.since(start)),
        exit: f64::from(last.since(start)) + 1.0,
        cause: 0,
        potential,
    })
}

/// What a reader of a curve wants to know.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// The share for whom it has happened.
    Happened,
    /// The share for whom it has not.
    Lasting,
}

fn observations(units: &[AtRisk]) -> Result<Observations, String> {
    Observations::with_entry(
        units.iter().map(|unit| unit.entry).collect(),
        units.iter().map(|unit| unit.exit).collect(),
        units.iter().map(|unit| unit.cause == 1).collect(),
    )
    .map_err(|error| error.to_string())
}

fn limit(units: &[AtRisk]) -> f64 {
    let potential: Vec<f64> = units.iter().map(|unit| unit.potential).collect();
    observable_until(&potential, OBSERVABLE).unwrap_or(0.0)
}

fn beyond(limit: f64) -> Outcome {
    not_computed(format_args!(
        "fewer than half of the group can be followed for longer than {limit} months"
    ))
}

/// Reads a curve at some months.
fn read(
    chosen: &Chosen<'_>,
    units: &[AtRisk],
    months: &[u16],
    competing: Competing,
    reading: Reading,
) -> Vec<(Option<u16>, Outcome)> {
    let outcome: Box<dyn Fn(f64) -> Outcome> = if units.is_empty() {
        Box::new(|_| not_computed("nobody is at risk"))
    } else if competing == Competing::Competing {
        incidence(chosen, units)
    } else {
        survival(chosen, units, reading)
    };
    let until = limit(units);
    months
        .iter()
        .map(|months| {
            let time = f64::from(*months);
            let too_late = time > until && !units.is_empty();
            let outcome = if too_late {
                beyond(until)
            } else {
                outcome(time)
            };
            (Some(*months), outcome)
        })
        .collect()
}

/// Aalen–Johansen: the share with the event, as other ways to leave the risk set compete.
fn incidence(chosen: &Chosen<'_>, units: &[AtRisk]) -> Box<dyn Fn(f64) -> Outcome> {
    let (n, confidence) = (units.len() as u64, chosen.query.confidence);
    let data = CompetingObservations::with_entry(
        units.iter().map(|unit| unit.entry).collect(),
        units.iter().map(|unit| unit.exit).collect(),
        units.iter().map(|unit| unit.cause).collect(),
    );
    match data {
        Err(error) => Box::new(move |_| not_computed(&error)),
        Ok(data) if data.causes() == 0 => {
            Box::new(|_| not_computed("nothing ended the time of anybody"))
        }
        Ok(data) => {
            let incidence = cumulative_incidence(&data);
            Box::new(move |time| match incidence.at(1, time, confidence) {
                Ok(estimate) => of_estimate(&estimate, n),
                Err(error) => not_computed(error),
            })
        }
    }
}

/// Kaplan–Meier with its log-minus-log interval.
fn survival(
    chosen: &Chosen<'_>,
    units: &[AtRisk],
    reading: Reading,
) -> Box<dyn Fn(f64) -> Outcome> {
    let (n, confidence) = (units.len() as u64, chosen.query.confidence);
    let data = match observations(units) {
        Ok(data) => data,
        Err(error) => return Box::new(move |_| not_computed(&error)),
    };
    let curve = kaplan_meier::curve(&data);
    Box::new(move |time| {
        let survival = match curve.survival_at(time) {
            Ok(survival) => survival,
            Err(error) => return not_computed(error),
        };
        let flip = |s: f64| match reading {
            Reading::Happened => 1.0 - s,
            Reading::Lasting => s,
        };
        let step = curve.step_at(time);
        let band = step.and_then(|step| step.interval(CurveInterval::LogMinusLog, confidence));
        let interval = band.map(|band| {
            let (a, b) = (flip(band.lower), flip(band.upper));
            Range {
                lower: a.min(b),
                upper: a.max(b),
            }
        });
        Outcome::Value(Value {
            point: flip(survival),
            caution: interval
                .is_none()
                .then(|| "no interval: nobody, or everybody, has had the event by then".to_owned()),
            interval,
            n: Some(n),
            numerator: None,
        })
    })
}

/// The median time and the noise it gets on a page: half the months between the times at which
/// [`FEW`] people fewer and more would be half, and at least half a month.
fn median_of(chosen: &Chosen<'_>, units: &[AtRisk]) -> (Outcome, f64) {
    const LEAST: f64 = 0.5;
    if units.is_empty() {
        return (not_computed("nobody is at risk"), LEAST);
    }
    let data = match observations(units) {
        Ok(data) => data,
        Err(error) => return (not_computed(error), LEAST),
    };
    let curve = kaplan_meier::curve(&data);
    let at = |level| curve.quantile(level, CurveInterval::LogMinusLog, chosen.query.confidence);
    let Some(median) = at(0.5) else {
        let reason = "fewer than half have had the event in the time observed";
        return (not_computed(reason), LEAST);
    };
    let few = FEW / (2.0 * units.len() as f64);
    let time = |level| at(level).map_or(median.time, |found: Quantile| found.time);
    let noise = ((time(0.5 - few) - time(0.5 + few)) / 2.0).max(LEAST);
    let interval = median
        .lower
        .zip(median.upper)
        .map(|(lower, upper)| Range { lower, upper });
    let outcome = Outcome::Value(Value {
        point: median.time,
        caution: interval.is_none().then(|| {
            "the interval is open: its upper end lies beyond the time observed".to_owned()
        }),
        interval,
        n: Some(units.len() as u64),
        numerator: None,
    });
    (outcome, noise)
}

/// Share in work after months since the permit, among those still followed.
fn occupation(chosen: &Chosen<'_>, at: Place<'_>, months: &[u16]) -> Vec<Figure> {
    let on = chosen.query.on;
    let mut figures = Vec::new();
    for (group, positions) in chosen.everybody_and_groups(at.indicator) {
        let mut stays = Vec::new();
        let mut potential = Vec::new();
        let mut people = CellKey::empty();
        for position in &positions {
            let (index, person) = chosen.persons[*position];
            let before = stays.len();
            add_stays(
                &mut stays,
                index as u64,
                person,
                chosen.vault.spells_of(person),
                on,
            );
            if stays.len() > before {
                potential.push(f64::from(on.since(person.permit)));
                people.add(chosen.key(*position));
            }
        }
        if group.is_some() && stays.is_empty() {
            continue;
        }
        let until = observable_until(&potential, OBSERVABLE).unwrap_or(0.0);
        let last = stays.iter().map(|stay| stay.until).fold(0.0, f64::max);
        let steps = Paths::new(stays, 2).and_then(|paths| paths.prevalence(0.0));
        for months in months {
            let time = f64::from(*months);
            let outcome = match &steps {
                Err(error) => not_computed(error),
                Ok(_) if time > until => beyond(until),
                Ok(_) if time >= last => not_computed("nobody is observed for so long"),
                Ok(steps) => occupation_at(steps, time)
                    .and_then(|step| step.estimate(1, chosen.query.confidence))
                    .map_or_else(
                        || not_computed("nobody is observed at the start"),
                        |estimate| of_estimate(&estimate, potential.len() as u64),
                    ),
            };
            let figure = at.figure(at.key(Some(*months), group.clone()), Unit::Share, outcome);
            figures.push(figure.guarded(people, GuardKind::Part));
        }
    }
    figures
}

/// The stays in and out of work of a person, months since the permit; adjoining spells of the
/// same state become one.
fn add_stays(
    stays: &mut Vec<multi_state::Spell>,
    unit: u64,
    person: &Person,
    spells: &[Spell],
    on: Month,
) {
    let from = stays.len();
    for spell in spells
        .iter()
        .filter(|s| s.first <= on && !s.state.ends_record())
    {
        let state = usize::from(spell.state == State::Work);
        let start = f64::from(spell.first.since(person.permit));
        let end = f64::from(spell.last.min(on).since(person.permit)) + 1.0;
        if let Some(before) = stays.get_mut(from..).and_then(<[_]>::last_mut)
            && before.until == start
        {
            if before.state == state {
                before.until = end;
                continue;
            }
            before.next = Some(state);
        }
        stays.push(multi_state::Spell {
            unit,
            state,
            from: start,
            until: end,
            next: None,
        });
    }
}
