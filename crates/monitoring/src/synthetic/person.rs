//! One invented person: what does not change, and what changes from month to month.
//!
//! All numbers here are invented; only the share in work is calibrated, elsewhere.

use statistics::random::Generator;

use super::Plan;
use crate::codes::{
    AgeBand, Barrier, Contract, Dutch, Household, Income, Instrument, Origin, Residence, Route,
    Sex, State, Valuation,
};
use crate::month::Month;
use crate::person::CodeSet;

/// What a row of the file says of a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lived {
    pub(super) state: State,
    pub(super) occupation: Option<u8>,
    pub(super) contract: Option<Contract>,
    pub(super) hours: Option<u8>,
    pub(super) wage: Option<u32>,
    pub(super) income: Option<Income>,
    pub(super) dutch: Dutch,
    pub(super) shortage: Option<bool>,
    pub(super) instruments: CodeSet,
    pub(super) barriers: CodeSet,
}

/// An invented person.
#[derive(Debug, Clone)]
pub(super) struct Invented {
    pub(super) number: u64,
    pub(super) municipality: usize,
    pub(super) permit: Month,
    pub(super) settled: Month,
    pub(super) origin: Origin,
    pub(super) residence: Residence,
    pub(super) sex: Sex,
    pub(super) age: AgeBand,
    pub(super) education: u8,
    pub(super) household: Household,
    pub(super) route: Route,
    pub(super) prepared: bool,
    pub(super) intake_days: u64,
    pub(super) plan_days: u64,
    pub(super) valuation: Valuation,
    pub(super) valuation_days: Option<u64>,
    /// Months of the record.
    pub(super) months: u16,
    pub(super) lived: Vec<Lived>,
    pub(super) state: State,
    job: Option<Job>,
    dutch: u8,
    barriers: CodeSet,
    /// Instrument, first and last month.
    instrument: Option<(Instrument, u16, u16)>,
    gone: bool,
}

#[derive(Debug, Clone, Copy)]
struct Job {
    occupation: u8,
    contract: Contract,
    hours: u8,
    wage: u32,
    shortage: bool,
}

/// Municipalities of the invented persons, with how many of a hundred live there.
pub(super) const MUNICIPALITIES: [(&str, u64); 8] = [
    ("GM0363", 22),
    ("GM0599", 20),
    ("GM0344", 15),
    ("GM0034", 12),
    ("GM0637", 11),
    ("GM0361", 9),
    ("GM1963", 6),
    ("GM1883", 5),
];

fn pick<T: Copy>(list: &[T], generator: &mut Generator) -> Option<T> {
    list.get(generator.below(list.len())).copied()
}

fn weighted(weights: &[u64], generator: &mut Generator) -> usize {
    let total: u64 = weights.iter().sum();
    let mut left = generator.below(total as usize) as u64;
    for (index, weight) in weights.iter().enumerate() {
        if left < *weight {
            return index;
        }
        left -= weight;
    }
    0
}

fn draw_barriers(education: u8, generator: &mut Generator) -> CodeSet {
    let mut barriers = CodeSet::default();
    for (barrier, chance) in [
        (Barrier::Language, 0.8),
        (Barrier::Network, 0.55),
        (Barrier::LabourMarket, 0.45),
        (Barrier::HealthFamily, 0.3),
        (Barrier::Diploma, if education >= 3 { 0.5 } else { 0.05 }),
        (Barrier::Culture, 0.2),
        (Barrier::Risk, 0.12),
        (Barrier::Findability, 0.25),
    ] {
        if generator.uniform() < chance {
            barriers.add(barrier as u8);
        }
    }
    barriers
}

impl Invented {
    pub(super) fn draw(origin: Origin, plan: &Plan, generator: &mut Generator) -> Invented {
        let permit = plan
            .first_permit
            .plus(generator.below(usize::from(plan.permit_months.max(1))) as i32);
        let waited = 1 + generator.below(9) as i32;
        let education = [1, 2, 2, 3, 3, 4, 5, 6, 7][generator.below(9)];
        let barriers = draw_barriers(education, generator);
        let valuation = if education < 3 {
            Valuation::None
        } else {
            let stages = Valuation::ALL;
            stages[weighted(&[40, 10, 20, 30], generator)]
        };
        let decided = valuation >= Valuation::Decided;
        let begins = generator.below(30) as u16 + 4;
        let lasts = generator.below(9) as u16 + 3;
        let instrument = pick(Instrument::ALL, generator)
            .filter(|_| generator.uniform() < 0.45)
            .map(|instrument| (instrument, begins, begins + lasts));
        Invented {
            number: generator.next_bits(),
            municipality: weighted(&MUNICIPALITIES.map(|(_, weight)| weight), generator),
            permit,
            settled: permit.plus(waited),
            origin,
            residence: Residence::StatusHolder,
            sex: if generator.uniform() < 0.38 {
                Sex::Woman
            } else {
                Sex::Man
            },
            age: AgeBand::ALL[weighted(&[25, 35, 24, 12, 4], generator)],
            education,
            household: Household::ALL[weighted(&[45, 12, 33, 10], generator)],
            route: Route::ALL[weighted(&[55, 15, 30], generator)],
            prepared: generator.uniform() < 0.7,
            intake_days: 10 + generator.below(110) as u64,
            plan_days: 60 + generator.below(160) as u64,
            valuation,
            valuation_days: decided.then(|| 20 + generator.below(120) as u64),
            months: u16::try_from(plan.until.since(permit) + 1).unwrap_or(0),
            lived: Vec::new(),
            state: State::Without,
            job: None,
            dutch: 0,
            barriers,
            instrument,
            gone: false,
        }
    }

    /// Begins a month; whether the person is followed in it.
    pub(super) fn begin_month(&mut self, month: u16, generator: &mut Generator) -> bool {
        if self.gone || month >= self.months {
            return false;
        }
        // Few leave, die or retire; the oldest band more often.
        let leaves = if self.age == AgeBand::From55 {
            0.004
        } else {
            0.0009
        };
        if month > 0 && generator.uniform() < leaves {
            self.job = None;
            self.state = match (self.age, generator.below(10)) {
                (AgeBand::From55, 0..=6) => State::Retired,
                (_, 0) => State::Died,
                _ => State::Left,
            };
            return false;
        }
        if month.is_multiple_of(8) && self.dutch < 4 && generator.uniform() < 0.6 {
            self.dutch += 1;
        }
        if generator.uniform() < 0.02 {
            let solved = generator.below(Barrier::ALL.len());
            self.barriers.0 &= !(1 << solved);
        }
        true
    }

    /// Relative chance to find work: invented, and higher in an instrument.
    pub(super) fn chance(&self) -> f64 {
        let month = self.lived.len() as u16;
        let helped = self
            .instrument
            .is_some_and(|(_, first, last)| (first..=last + 6).contains(&month));
        let mut chance = 1.0 + 0.35 * f64::from(self.dutch);
        chance *= if self.sex == Sex::Woman { 0.6 } else { 1.0 };
        chance *= if self.education >= 5 { 1.3 } else { 1.0 };
        chance *= if self.barriers.has(Barrier::HealthFamily as u8) {
            0.6
        } else {
            1.0
        };
        chance * if helped { 1.9 } else { 1.0 }
    }

    pub(super) fn lose_job(&mut self) {
        self.job = None;
        self.state = State::Without;
    }

    pub(super) fn find_job(&mut self, generator: &mut Generator) {
        let high = self.education >= 5 && self.dutch >= 3 && generator.uniform() < 0.4;
        let occupation = if high {
            1 + generator.below(3) as u8
        } else {
            4 + generator.below(6) as u8
        };
        let contract = Contract::ALL[weighted(&[8, 50, 35, 7], generator)];
        let hours = [8, 12, 16, 20, 24, 32, 36, 38, 40][generator.below(9)];
        let wage = 1350 + generator.below(900) as u32 + if high { 600 } else { 0 };
        let shortage = generator.uniform() < 0.35;
        self.job = Some(Job {
            occupation,
            contract,
            hours,
            wage,
            shortage,
        });
        self.state = State::Work;
    }

    /// Writes down the month.
    pub(super) fn end_month(&mut self, month: u16) {
        if self.gone || month >= self.months {
            return;
        }
        let mut instruments = CodeSet::default();
        if let Some((instrument, first, last)) = self.instrument
            && (first..=last).contains(&month)
        {
            instruments.add(instrument as u8);
        }
        self.gone = self.state.ends_record();
        let income = match (self.job, self.gone) {
            (_, true) => None,
            (Some(job), _) if job.hours >= 20 => Some(Income::Work),
            _ if self.number.is_multiple_of(7) => Some(Income::Other),
            _ => Some(Income::Assistance),
        };
        self.lived.push(Lived {
            state: self.state,
            occupation: self.job.map(|job| job.occupation),
            contract: self.job.map(|job| job.contract),
            hours: self.job.map(|job| job.hours),
            wage: self.job.map(|job| job.wage),
            income,
            dutch: Dutch::ALL[usize::from(self.dutch.min(4))],
            shortage: self.job.map(|job| job.shortage),
            instruments,
            barriers: self.barriers,
        });
    }
}
