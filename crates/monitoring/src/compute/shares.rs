//! Shares of persons: all measures in one walk over the persons.

use statistics::disclosure::cell_key::RecordKey;
use statistics::proportion::{self, Share};

use super::{Chosen, ComputeError, Place, missing};
use crate::codes::{Dimension, Instrument};
use crate::condition::{Condition, Moment};
use crate::figure::{
    Cells, Figure, Group, GuardKind, Key, Outcome, Unit, not_computed, of_estimate, of_share,
};
use crate::indicator::{Method, Origin, Registry};
use crate::month::Month;
use crate::person::{Column, Person, StatisticsVault};

/// One share at one moment, being counted.
struct Slot<'a> {
    at: Place<'a>,
    months: Option<u16>,
    after: Option<Origin>,
    denominator: &'a [Condition],
    numerator: &'a [Condition],
    missing: Option<Column>,
    everybody: Cells,
    /// Cells by dimension; place 0 is the unknown group.
    groups: Vec<(Dimension, Vec<Cells>)>,
    outside: u64,
    first_outside: u64,
}

impl<'a> Slot<'a> {
    fn month(&self, person: &Person, on: Month) -> Option<Month> {
        let start = match self.after {
            None => return Some(on),
            Some(Origin::Permit) => person.permit,
            Some(Origin::Settlement) => person.settled?,
        };
        let month = start.plus(i32::from(self.months.unwrap_or(0)));
        (month <= on).then_some(month)
    }

    fn count(&mut self, vault: &StatisticsVault, moment: &Moment<'_>, key: RecordKey) {
        let within = moment.all(self.denominator);
        let counted = moment.all(self.numerator);
        if counted && !within {
            if self.outside == 0 {
                self.first_outside = moment.person.line;
            }
            self.outside += 1;
        }
        if !within {
            return;
        }
        add(&mut self.everybody, counted, key);
        for (by, cells) in &mut self.groups {
            let group = vault.group(moment.person, moment.spell, *by);
            let place = group.map_or(0, |group| usize::from(group) + 1);
            if cells.len() <= place {
                cells.resize(place + 1, Cells::default());
            }
            add(&mut cells[place], counted, key);
        }
    }

    fn figures(&self, vault: &StatisticsVault, chosen: &Chosen<'_>) -> Vec<Figure> {
        let unit = Unit::Share;
        if let Some(column) = self.missing {
            let key = self.at.key(self.months, None);
            return vec![self.at.figure(key, unit, missing(column))];
        }
        let mut figures = vec![self.figure(chosen, None, self.everybody)];
        for (by, cells) in &self.groups {
            for (place, cells) in cells.iter().enumerate() {
                if cells.denominator.exact() == 0 {
                    continue;
                }
                let code = match place.checked_sub(1) {
                    None => "unknown".to_owned(),
                    Some(group) => vault.group_code(*by, group as u16),
                };
                figures.push(self.figure(chosen, Some(Group { by: *by, code }), *cells));
            }
        }
        figures
    }

    fn figure(&self, chosen: &Chosen<'_>, group: Option<Group>, cells: Cells) -> Figure {
        let key = self.at.key(self.months, group);
        let mut figure = self.at.figure(key, Unit::Share, share(chosen, &cells));
        figure.cells = Some(cells);
        figure
    }
}

fn add(cells: &mut Cells, counted: bool, key: RecordKey) {
    cells.denominator.add(key);
    if counted {
        cells.numerator.add(key);
    }
}

fn share(chosen: &Chosen<'_>, cells: &Cells) -> Outcome {
    match Share::new(cells.numerator.exact(), cells.denominator.exact()) {
        Ok(share) => of_share(&share, chosen.query.confidence),
        Err(_) if cells.denominator.exact() == 0 => {
            not_computed("nobody belongs to the denominator")
        }
        Err(error) => not_computed(error),
    }
}

fn slots<'a>(chosen: &Chosen<'_>, registry: &'a Registry) -> Vec<Slot<'a>> {
    let mut slots = Vec::new();
    for indicator in registry.indicators() {
        for measure in &indicator.measure {
            let Method::Share {
                after,
                months,
                denominator,
                numerator,
            } = &measure.method
            else {
                continue;
            };
            let mut moments: Vec<Option<u16>> = months.iter().copied().map(Some).collect();
            if moments.is_empty() {
                moments.push(None);
            }
            let settled = (*after == Some(Origin::Settlement)).then_some(Column::Settled);
            let missing = denominator
                .iter()
                .chain(numerator)
                .filter_map(|condition| condition.column())
                .chain(settled)
                .find(|column| !chosen.vault.has(*column));
            let known = |by: &&Dimension| {
                StatisticsVault::column_of(**by).is_none_or(|column| chosen.vault.has(column))
            };
            for months in moments {
                slots.push(Slot {
                    at: Place { indicator, measure },
                    months,
                    after: *after,
                    denominator,
                    numerator,
                    missing,
                    everybody: Cells::default(),
                    groups: indicator
                        .breakdowns
                        .iter()
                        .filter(known)
                        .map(|by| (*by, Vec::new()))
                        .collect(),
                    outside: 0,
                    first_outside: 0,
                });
            }
        }
    }
    slots
}

/// All shares.
pub(super) fn compute(
    chosen: &Chosen<'_>,
    registry: &Registry,
) -> Result<Vec<Figure>, ComputeError> {
    let vault = chosen.vault;
    let mut slots = slots(chosen, registry);
    for (position, (_, person)) in chosen.persons.iter().enumerate() {
        let key = chosen.key(position);
        let spells = vault.spells_of(person);
        for slot in slots.iter_mut().filter(|slot| slot.missing.is_none()) {
            if let Some(month) = slot.month(person, chosen.query.on) {
                slot.count(vault, &Moment::new(person, spells, month), key);
            }
        }
    }
    if let Some(slot) = slots.iter().find(|slot| slot.outside > 0) {
        return Err(ComputeError::NumeratorOutsideDenominator {
            indicator: slot.at.indicator.code.clone(),
            measure: slot.at.measure.code.clone(),
            persons: slot.outside,
            line: slot.first_outside,
        });
    }
    Ok(slots
        .iter()
        .flat_map(|slot| slot.figures(vault, chosen))
        .collect())
}

/// Who is eligible and who of them took part, in the reference month.
fn eligible_and_reached(
    chosen: &Chosen<'_>,
    instrument: Instrument,
    eligible: &[Condition],
) -> Vec<(usize, bool)> {
    let month = chosen.query.on;
    let mut found = Vec::new();
    for (position, (_, person)) in chosen.persons.iter().enumerate() {
        let moment = Moment::new(person, chosen.vault.spells_of(person), month);
        if moment.all(eligible) {
            found.push((position, moment.holds(Condition::TookPart(instrument))));
        }
    }
    found
}

/// Reach of an instrument: participants among the eligible, and per group its share among the
/// participants over its share among the eligible.
pub(super) fn reach(
    chosen: &Chosen<'_>,
    at: Place<'_>,
    instrument: Instrument,
    eligible: &[Condition],
) -> Vec<Figure> {
    let columns = eligible.iter().filter_map(|condition| condition.column());
    let missing_column = columns
        .chain([Column::Instruments])
        .find(|column| !chosen.vault.has(*column));
    if let Some(column) = missing_column {
        return vec![at.figure(at.key(None, None), Unit::Share, missing(column))];
    }
    let all = eligible_and_reached(chosen, instrument, eligible);
    let mut in_eligible = vec![None; chosen.persons.len()];
    for (position, reached) in &all {
        in_eligible[*position] = Some(*reached);
    }
    let mut whole = Cells::default();
    for (position, reached) in &all {
        add(&mut whole, *reached, chosen.key(*position));
    }
    let mut figures = Vec::new();
    for (group, positions) in chosen.everybody_and_groups(at.indicator) {
        let mut cells = Cells::default();
        for position in positions {
            if let Some(reached) = in_eligible[position] {
                add(&mut cells, reached, chosen.key(position));
            }
        }
        if group.is_some() && cells.denominator.exact() == 0 {
            continue;
        }
        let mut figure = at.figure(
            at.key(None, group.clone()),
            Unit::Share,
            share(chosen, &cells),
        );
        figure.cells = Some(cells);
        figures.push(figure);
        if let Some(group) = group {
            let key = Key {
                measure: format!("{}-representation", at.measure.code),
                ..at.key(None, Some(group))
            };
            let outcome = representation(chosen, &cells, &whole);
            let kind = GuardKind::Ratio {
                group: cells,
                all: whole,
            };
            let figure = at.figure(key, Unit::Ratio, outcome);
            figures.push(figure.guarded(whole.denominator, kind));
        }
    }
    figures
}

fn representation(chosen: &Chosen<'_>, cells: &Cells, all: &Cells) -> Outcome {
    let confidence = chosen.query.confidence;
    let (part, whole) = (all.numerator.exact(), all.denominator.exact());
    let of_part = Share::new(cells.numerator.exact(), part);
    let of_whole = Share::new(cells.denominator.exact(), whole);
    let ratio = of_part.and_then(|part| {
        of_whole.and_then(|whole| proportion::representativeness(&part, &whole, confidence))
    });
    match ratio {
        Ok(ratio) => of_estimate(&ratio, whole),
        Err(proportion::ProportionError::EmptyDenominator) => not_computed("nobody took part"),
        Err(proportion::ProportionError::NoEvents) => {
            not_computed("nobody of the group took part; the ratio is 0 without an interval")
        }
        Err(error) => not_computed(error),
    }
}
