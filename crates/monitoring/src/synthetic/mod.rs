//! Invented persons whose employment follows the published course by nationality, for tests and
//! demonstration.
//!
//! # What is true of it
//! The share in paid work by nationality group and month since the permit agrees with Statistics
//! Netherlands (`data/monitoring/cbs_prevalence.csv`) within a percentage point: every month the
//! number in work of each group is set to the published share, and chance only decides who.
//! Beyond the last published month the course goes on with an assumption that the file marks.
//!
//! # What is not
//! Everything else (education, wages, barriers, instruments and their effect) is invented and
//! says nothing about real people.

mod person;
mod write;

use serde::Deserialize;
use statistics::random::{Generator, Seed};

use crate::codes::{Origin, State};
use crate::fault::DataFault;
use crate::month::Month;
use person::Invented;

pub use write::{Rows, write};

/// Name of the file with the published course.
pub const FILE: &str = "data/monitoring/cbs_prevalence.csv";
const EMBEDDED: &str = include_str!("../../../../data/monitoring/cbs_prevalence.csv");

/// Share in work of a nationality group, so many months after the permit.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Nationality group.
    pub origin: Origin,
    /// Months since the permit.
    pub month: u16,
    /// Percent in paid work.
    pub percent: f64,
    /// Whether it was published; false for what is assumed.
    pub published: bool,
}

/// The course of employment per nationality group.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    anchors: Vec<Anchor>,
}

impl Course {
    /// The published course.
    ///
    /// # Errors
    /// [`DataFault`]; a test of this crate keeps the file free of faults.
    pub fn embedded() -> Result<Course, DataFault> {
        Course::read(FILE, EMBEDDED)
    }

    /// Reads a course.
    ///
    /// # Errors
    /// [`DataFault`]: unreadable, a percentage outside 0 to 100, a nationality group without
    /// anchors or with anchors out of order.
    pub fn read(file: &str, text: &str) -> Result<Course, DataFault> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let mut anchors: Vec<Anchor> = Vec::new();
        for row in reader.deserialize() {
            let anchor: Anchor = row.map_err(|error: csv::Error| {
                let line = error.position().map_or(0, csv::Position::line);
                DataFault::new(file, line, error)
            })?;
            if !(0.0..=100.0).contains(&anchor.percent) {
                let reason = format!("{} is no percentage", anchor.percent);
                return Err(DataFault::new(file, 0, reason));
            }
            let last = anchors
                .iter()
                .rev()
                .find(|other| other.origin == anchor.origin);
            if last.is_some_and(|last| last.month >= anchor.month) {
                let code = anchor.origin.code();
                return Err(DataFault::new(
                    file,
                    0,
                    format!("months of {code} out of order"),
                ));
            }
            anchors.push(anchor);
        }
        for origin in Origin::ALL {
            if !anchors.iter().any(|anchor| anchor.origin == *origin) {
                return Err(DataFault::new(
                    file,
                    0,
                    format!("{} is missing", origin.code()),
                ));
            }
        }
        Ok(Course { anchors })
    }

    /// The anchors.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// Share in work in a month, straight lines between the anchors, 0 in the month of the permit
    /// and level after the last anchor.
    #[must_use]
    pub fn share(&self, origin: Origin, month: u16) -> f64 {
        let (mut before, mut value) = (0_u16, 0.0);
        for anchor in self.anchors.iter().filter(|anchor| anchor.origin == origin) {
            let share = anchor.percent / 100.0;
            if anchor.month >= month {
                let length = f64::from(anchor.month - before);
                let step = f64::from(month - before) / length.max(1.0);
                return value + (share - value) * step;
            }
            (before, value) = (anchor.month, share);
        }
        value
    }
}

/// How many persons, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Persons, at least one for each nationality group.
    pub persons: usize,
    /// Month of the first permits.
    pub first_permit: Month,
    /// Months over which permits are spread.
    pub permit_months: u16,
    /// Last month of the records.
    pub until: Month,
}

impl Default for Plan {
    /// Three thousand persons with permits from 2019 to 2023, followed until June 2026.
    fn default() -> Plan {
        let month = |year, month| Month::new(year, month).unwrap_or_else(|_| Month::default());
        Plan {
            persons: 3000,
            first_permit: month(2019, 1),
            permit_months: 60,
            until: month(2026, 6),
        }
    }
}

/// Shares of the nationality groups among the invented persons, in percent.
const MIX: [(Origin, usize); 6] = [
    (Origin::Syria, 48),
    (Origin::Iraq, 8),
    (Origin::Afghanistan, 9),
    (Origin::Eritrea, 18),
    (Origin::Iran, 7),
    (Origin::Other, 10),
];

/// Invents persons; the same seed gives the same persons.
#[must_use]
pub fn synthesise(course: &Course, plan: &Plan, seed: Seed) -> Vec<InventedPerson> {
    let mut generator = Generator::new(seed);
    let mut all = Vec::with_capacity(plan.persons);
    for (origin, percent) in MIX {
        let size = (plan.persons * percent / 100).max(1);
        let mut group: Vec<Invented> = (0..size)
            .map(|_| Invented::draw(origin, plan, &mut generator))
            .collect();
        let longest = group.iter().map(|person| person.months).max().unwrap_or(0);
        for month in 0..longest {
            live_a_month(
                &mut group,
                course.share(origin, month),
                month,
                &mut generator,
            );
        }
        all.extend(group.into_iter().map(InventedPerson));
    }
    all
}

/// A person without a name, and the months lived.
#[derive(Debug, Clone)]
pub struct InventedPerson(Invented);

/// Chance per month that a job ends, beyond what the published course asks for.
const JOB_ENDS: f64 = 0.03;

/// One month of a group: some leave, some lose their job, and as many find one as the course says.
fn live_a_month(group: &mut [Invented], share: f64, month: u16, generator: &mut Generator) {
    let mut there: Vec<usize> = Vec::with_capacity(group.len());
    for (index, person) in group.iter_mut().enumerate() {
        if person.begin_month(month, generator) {
            there.push(index);
        }
    }
    let target = (share * there.len() as f64).round() as usize;
    let mut working: Vec<usize> = Vec::new();
    let mut waiting: Vec<(f64, usize)> = Vec::new();
    for index in there {
        let person = &mut group[index];
        if person.state == State::Work && generator.uniform() >= JOB_ENDS {
            working.push(index);
        } else {
            person.lose_job();
            // The smallest of exponential times with these rates are found first.
            let time = -(1.0 - generator.uniform()).ln() / person.chance();
            waiting.push((time, index));
        }
    }
    while working.len() > target {
        let at = generator.below(working.len());
        group[working.swap_remove(at)].lose_job();
    }
    waiting.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let needed = target.saturating_sub(working.len());
    for (_, index) in waiting.into_iter().take(needed) {
        group[index].find_job(generator);
    }
    for person in group.iter_mut() {
        person.end_month(month);
    }
}
