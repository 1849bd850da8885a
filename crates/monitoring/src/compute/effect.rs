//! Effect of an instrument on paid work, by four methods on two steps of the ladder.
//!
//! *Before and after*: the participants in the month before they began and so many months after.
//! What would have happened without the instrument is unknown, and the sentence says so.
//!
//! *Matched*: participants who had no work when they began, against people without the instrument
//! who had none at the same time since their permit and are alike in sex, age, education and
//! cohort. Exact strata; the difference in each is weighted by its participants (the average
//! effect on those who took part). The variance takes shares of `(x + 1)/(n + 2)`, so that a
//! stratum in which all or nobody found work does not count as certain (Agresti and Caffo 2000).
//!
//! Who never took part is compared, at any month: whoever found work soon had no need to, so the
//! comparison leans against the instrument, and the sentence says so.
//!
//! *Weighted* (`weighted`): the same comparison with a propensity model in place of strata.
//! *Staggered* (`staggered`): municipalities before and after they began with the instrument.

mod staggered;
mod weighted;

use std::collections::BTreeMap;

use statistics::Estimate;
use statistics::disclosure::cell_key::CellKey;
use statistics::paired::Pairs;

use super::{Chosen, Place, missing};
use crate::codes::{Dimension, EvidenceLevel, Instrument, State};
use crate::figure::{FEW, Figure, GuardKind, Key, Outcome, Unit, not_computed, of_estimate};
use crate::month::Month;
use crate::person::{Column, Person, Spell, spell_at};

/// Months since the permit that count as the same time.
const SAME_TIME: i32 = 6;
/// Characteristics in which people of a stratum are alike.
const ALIKE: [Dimension; 4] = [
    Dimension::Sex,
    Dimension::Age,
    Dimension::Education,
    Dimension::Cohort,
];

pub(super) fn compute(
    chosen: &Chosen<'_>,
    at: Place<'_>,
    instrument: Instrument,
    months: u16,
) -> Vec<Figure> {
    let key = |ending: &str| Key {
        measure: format!("{}-{ending}", at.measure.code),
        ..at.key(Some(months), None)
    };
    METHODS
        .into_iter()
        .map(|(ending, evidence)| {
            let (outcome, people) = if chosen.vault.has(Column::Instruments) {
                by_method(chosen, ending, instrument, months)
            } else {
                (missing(Column::Instruments), CellKey::empty())
            };
            let noise = FEW / people.exact().max(1) as f64;
            Figure {
                evidence,
                ..at.figure(key(ending), Unit::ShareDifference, outcome)
            }
            .guarded(people, GuardKind::Noise(noise))
        })
        .collect()
}

/// The methods by the ending of their measure, with the step of the ladder they reach.
pub const METHODS: [(&str, EvidenceLevel); 4] = [
    ("before-after", EvidenceLevel::BeforeAfter),
    ("matched", EvidenceLevel::Matched),
    ("weighted", EvidenceLevel::Matched),
    ("staggered", EvidenceLevel::Matched),
];

fn by_method(
    chosen: &Chosen<'_>,
    ending: &str,
    instrument: Instrument,
    months: u16,
) -> (Outcome, CellKey) {
    match ending {
        "before-after" => before_after(chosen, instrument, months),
        "matched" => matched(chosen, instrument, months),
        "weighted" => weighted::weighted(chosen, instrument, months),
        _ => staggered::staggered(chosen, instrument),
    }
}

fn begin(spells: &[Spell], instrument: Instrument) -> Option<Month> {
    spells
        .iter()
        .find(|spell| spell.takes_part(instrument))
        .map(|spell| spell.first)
}

/// Whether somebody is in work in a month; `None` if not followed then.
fn works(spells: &[Spell], month: Month) -> Option<bool> {
    let spell = spell_at(spells, month)?;
    (!spell.state.ends_record()).then_some(spell.state == State::Work)
}

/// Whether somebody who was followed and without work at a landmark, not after `latest`, was in
/// work so many months after it.
fn working_later(spells: &[Spell], landmark: Month, latest: Month, months: u16) -> Option<bool> {
    if landmark > latest || works(spells, landmark) != Some(false) {
        return None;
    }
    works(spells, landmark.plus(i32::from(months)))
}

fn before_after(chosen: &Chosen<'_>, instrument: Instrument, months: u16) -> (Outcome, CellKey) {
    let mut people = CellKey::empty();
    let mut pairs = Pairs {
        both: 0,
        only_first: 0,
        only_second: 0,
        neither: 0,
    };
    for (position, (_, person)) in chosen.persons.iter().enumerate() {
        let spells = chosen.vault.spells_of(person);
        let Some(start) = begin(spells, instrument) else {
            continue;
        };
        let after = start.plus(i32::from(months));
        if after > chosen.query.on {
            continue;
        }
        match (works(spells, after), works(spells, start.plus(-1))) {
            (Some(true), Some(true)) => pairs.both += 1,
            (Some(true), Some(false)) => pairs.only_first += 1,
            (Some(false), Some(true)) => pairs.only_second += 1,
            (Some(false), Some(false)) => pairs.neither += 1,
            _ => continue,
        }
        people.add(chosen.key(position));
    }
    let outcome = match pairs.difference(chosen.query.confidence) {
        Ok(difference) => of_estimate(&difference, pairs.total()),
        Err(error) => not_computed(error),
    };
    (outcome, people)
}

#[derive(Default, Clone, Copy)]
struct Arm {
    units: u64,
    working: u64,
}

impl Arm {
    fn add(&mut self, works: bool) {
        self.units += 1;
        self.working += u64::from(works);
    }

    fn share(self) -> f64 {
        self.working as f64 / self.units as f64
    }

    fn variance(self) -> f64 {
        let n = self.units as f64 + 2.0;
        let share = (self.working as f64 + 1.0) / n;
        share * (1.0 - share) / n
    }
}

type Stratum = (i32, [Option<u16>; ALIKE.len()]);

fn matched(chosen: &Chosen<'_>, instrument: Instrument, months: u16) -> (Outcome, CellKey) {
    let (mut treated, mut controls): (BTreeMap<Stratum, Arm>, BTreeMap<Stratum, Arm>) =
        Default::default();
    let latest = chosen.query.on.plus(-i32::from(months));
    let outcome = |spells: &[Spell], landmark| working_later(spells, landmark, latest, months);
    let mut people = CellKey::empty();
    let stratum = |person: &Person, time: i32| {
        let alike = ALIKE.map(|by| chosen.vault.group(person, None, by));
        (time.div_euclid(SAME_TIME), alike)
    };
    for (position, (_, person)) in chosen.persons.iter().enumerate() {
        let spells = chosen.vault.spells_of(person);
        if let Some(start) = begin(spells, instrument) {
            let landmark = start.plus(-1);
            if let Some(works) = outcome(spells, landmark) {
                people.add(chosen.key(position));
                let stratum = stratum(person, landmark.since(person.permit));
                treated.entry(stratum).or_default().add(works);
            }
            continue;
        }
        let mut time = SAME_TIME / 2;
        while person.permit.plus(time) <= latest {
            if let Some(works) = outcome(spells, person.permit.plus(time)) {
                controls
                    .entry(stratum(person, time))
                    .or_default()
                    .add(works);
            }
            time += SAME_TIME;
        }
    }
    (weigh(chosen, &treated, &controls), people)
}

fn weigh(
    chosen: &Chosen<'_>,
    treated: &BTreeMap<Stratum, Arm>,
    controls: &BTreeMap<Stratum, Arm>,
) -> Outcome {
    let all: u64 = treated.values().map(|arm| arm.units).sum();
    let pairs: Vec<(Arm, Arm)> = treated
        .iter()
        .filter_map(|(stratum, arm)| controls.get(stratum).map(|control| (*arm, *control)))
        .collect();
    let compared: u64 = pairs.iter().map(|(arm, _)| arm.units).sum();
    if all == 0 {
        return not_computed("nobody who began without work has been followed for so long");
    }
    if compared == 0 {
        return not_computed("nobody without the instrument is like those who took part");
    }
    let weight = |arm: &Arm| arm.units as f64 / compared as f64;
    let difference: f64 = pairs
        .iter()
        .map(|(arm, control)| weight(arm) * (arm.share() - control.share()))
        .sum();
    let variance: f64 = pairs
        .iter()
        .map(|(arm, control)| weight(arm).powi(2) * (arm.variance() + control.variance()))
        .sum();
    let estimate = Estimate::normal(difference, variance.sqrt(), chosen.query.confidence);
    let mut outcome = of_estimate(&estimate, compared);
    if let Outcome::Value(value) = &mut outcome
        && compared < all
    {
        value.caution = Some("some participants have nobody like them and are left out".to_owned());
    }
    outcome
}
