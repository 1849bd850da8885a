//! The closed vocabulary in which indicators say who belongs to a numerator or a denominator.
//!
//! Indicators are data; what data can ask is fixed here, so that a definition can be read, checked
//! and carried out without running code from a file.

use serde::{Deserialize, Serialize};

use crate::codes::{Barrier, Contract, Dutch, Income, Instrument, Route, State, Valuation};
use crate::month::Month;
use crate::person::{Column, Person, Spell, spell_at};

/// What must hold of a person in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Condition {
    /// Under observation, alive, in the country and below the pension age.
    Followed,
    /// In paid work.
    InWork,
    /// Settled in a municipality.
    Settled,
    /// Settled so many months ago or longer.
    SettledFor(u8),
    /// Education ISCED 5–8.
    HighlyEducated,
    /// Education of ISCED 3 or higher, so that a diploma can be valued.
    HasDiploma,
    /// The occupation is known.
    OccupationKnown,
    /// Occupation in ISCO major groups 4–9.
    OccupationBelowHigh,
    /// The contract is known.
    ContractKnown,
    /// A contract.
    Has(Contract),
    /// The hours are known.
    HoursKnown,
    /// At least so many hours a week.
    Hours(u8),
    /// The income is known.
    IncomeKnown,
    /// A main income.
    Lives(Income),
    /// The broad intake was done within so many days of settling.
    IntakeWithin(u16),
    /// The plan was made within so many days of settling.
    PlanWithin(u16),
    /// The learning route is known.
    RouteKnown,
    /// On a learning route.
    On(Route),
    /// The level of Dutch is known.
    DutchKnown,
    /// Dutch at this level or higher.
    Speaks(Dutch),
    /// It is known whether the person took part in the preparation in the reception centre.
    PreparationKnown,
    /// Took part in it.
    Prepared,
    /// It is known how far the valuation of the diploma came.
    ValuationKnown,
    /// The valuation came at least so far.
    Valued(Valuation),
    /// Took part in an instrument, in this month or before.
    TookPart(Instrument),
    /// Began an instrument at least so many months before.
    Began(Instrument, u8),
    /// Began at least so many months before and no longer takes part.
    Finished(Instrument, u8),
    /// Was in paid work so many months after beginning an instrument.
    WorkAfter(Instrument, u8),
    /// The sector of the work is known.
    SectorKnown,
    /// Works in a sector short of people.
    InShortageSector,
    /// Barriers were asked about.
    BarriersKnown,
    /// A barrier is there.
    Faces(Barrier),
    /// A barrier was there in this month or before, and it is known whether it still is.
    Faced(Barrier),
    /// A barrier was there and no longer is.
    Overcame(Barrier),
}

/// A condition that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no condition")]
pub struct UnknownCondition(pub String);

impl TryFrom<String> for Condition {
    type Error = UnknownCondition;

    fn try_from(text: String) -> Result<Condition, UnknownCondition> {
        parse(&text).ok_or(UnknownCondition(text))
    }
}

fn parse(text: &str) -> Option<Condition> {
    use Condition as C;
    let (name, arguments) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.strip_suffix(')')?),
        None => (text, ""),
    };
    let (word, tail) = arguments.split_once(',').unwrap_or((arguments, ""));
    let (word, tail) = (word.trim(), tail.trim());
    let instrument = || Instrument::parse(word).ok();
    let barrier = || Barrier::parse(word).ok();
    Some(match name {
        "followed" => C::Followed,
        "in_work" => C::InWork,
        "settled" => C::Settled,
        "settled_for" => C::SettledFor(word.parse().ok()?),
        "highly_educated" => C::HighlyEducated,
        "has_diploma" => C::HasDiploma,
        "occupation_known" => C::OccupationKnown,
        "occupation_below_high" => C::OccupationBelowHigh,
        "contract_known" => C::ContractKnown,
        "contract" => C::Has(Contract::parse(word).ok()?),
        "hours_known" => C::HoursKnown,
        "hours" => C::Hours(word.parse().ok()?),
        "income_known" => C::IncomeKnown,
        "income" => C::Lives(Income::parse(word).ok()?),
        "intake_within" => C::IntakeWithin(word.parse().ok()?),
        "plan_within" => C::PlanWithin(word.parse().ok()?),
        "route_known" => C::RouteKnown,
        "route" => C::On(Route::parse(word).ok()?),
        "dutch_known" => C::DutchKnown,
        "dutch" => C::Speaks(Dutch::parse(word).ok()?),
        "preparation_known" => C::PreparationKnown,
        "prepared" => C::Prepared,
        "valuation_known" => C::ValuationKnown,
        "valuation" => C::Valued(Valuation::parse(word).ok()?),
        "took_part" => C::TookPart(instrument()?),
        "began" => C::Began(instrument()?, tail.parse().ok()?),
        "finished" => C::Finished(instrument()?, tail.parse().ok()?),
        "work_after" => C::WorkAfter(instrument()?, tail.parse().ok()?),
        "sector_known" => C::SectorKnown,
        "in_shortage_sector" => C::InShortageSector,
        "barriers_known" => C::BarriersKnown,
        "faces" => C::Faces(barrier()?),
        "faced" => C::Faced(barrier()?),
        "overcame" => C::Overcame(barrier()?),
        _ => return None,
    })
}

impl From<Condition> for String {
    fn from(condition: Condition) -> String {
        use Condition as C;
        match condition {
            C::Followed => "followed".into(),
            C::InWork => "in_work".into(),
            C::Settled => "settled".into(),
            C::SettledFor(months) => format!("settled_for({months})"),
            C::HighlyEducated => "highly_educated".into(),
            C::HasDiploma => "has_diploma".into(),
            C::OccupationKnown => "occupation_known".into(),
            C::OccupationBelowHigh => "occupation_below_high".into(),
            C::ContractKnown => "contract_known".into(),
            C::Has(contract) => format!("contract({})", contract.code()),
            C::HoursKnown => "hours_known".into(),
            C::Hours(hours) => format!("hours({hours})"),
            C::IncomeKnown => "income_known".into(),
            C::Lives(income) => format!("income({})", income.code()),
            C::IntakeWithin(days) => format!("intake_within({days})"),
            C::PlanWithin(days) => format!("plan_within({days})"),
            C::RouteKnown => "route_known".into(),
            C::On(route) => format!("route({})", route.code()),
            C::DutchKnown => "dutch_known".into(),
            C::Speaks(level) => format!("dutch({})", level.code()),
            C::PreparationKnown => "preparation_known".into(),
            C::Prepared => "prepared".into(),
            C::ValuationKnown => "valuation_known".into(),
            C::Valued(stage) => format!("valuation({})", stage.code()),
            C::TookPart(instrument) => format!("took_part({})", instrument.code()),
            C::Began(instrument, months) => format!("began({}, {months})", instrument.code()),
            C::Finished(instrument, months) => format!("finished({}, {months})", instrument.code()),
            C::WorkAfter(instrument, months) => {
                format!("work_after({}, {months})", instrument.code())
            }
            C::SectorKnown => "sector_known".into(),
            C::InShortageSector => "in_shortage_sector".into(),
            C::BarriersKnown => "barriers_known".into(),
            C::Faces(barrier) => format!("faces({})", barrier.code()),
            C::Faced(barrier) => format!("faced({})", barrier.code()),
            C::Overcame(barrier) => format!("overcame({})", barrier.code()),
        }
    }
}

/// A person in a month.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Who.
    pub person: &'a Person,
    /// All spells of the person.
    pub spells: &'a [Spell],
    /// The spell of the month.
    pub spell: Option<&'a Spell>,
    /// When.
    pub month: Month,
}

impl<'a> Moment<'a> {
    /// A person in a month.
    #[must_use]
    pub fn new(person: &'a Person, spells: &'a [Spell], month: Month) -> Moment<'a> {
        let spell = spell_at(spells, month);
        Moment {
            person,
            spells,
            spell,
            month,
        }
    }

    fn spell_holds(&self, holds: impl Fn(&Spell) -> bool) -> bool {
        self.spell.is_some_and(holds)
    }

    /// Spells that began in this month or before.
    fn so_far(&self) -> impl Iterator<Item = &'a Spell> + '_ {
        self.spells
            .iter()
            .take_while(|spell| spell.first <= self.month)
    }

    /// First month of an instrument, if it began in this month or before.
    fn began(&self, instrument: Instrument) -> Option<Month> {
        self.so_far()
            .find(|spell| spell.takes_part(instrument))
            .map(|spell| spell.first)
    }

    fn began_for(&self, instrument: Instrument, months: u8) -> bool {
        self.began(instrument)
            .is_some_and(|first| self.month.since(first) >= i32::from(months))
    }

    /// Whether all conditions hold.
    #[must_use]
    pub fn all(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.holds(*condition))
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn holds(&self, condition: Condition) -> bool {
        use Condition as C;
        let person = self.person;
        match condition {
            C::Followed => self.spell_holds(|s| !s.state.ends_record()),
            C::InWork => self.spell_holds(|s| s.state == State::Work),
            C::Settled => person.settled.is_some_and(|settled| settled <= self.month),
            C::SettledFor(months) => person
                .settled
                .is_some_and(|settled| self.month.since(settled) >= i32::from(months)),
            C::HighlyEducated => person.education.is_some_and(|isced| isced >= 5),
            C::HasDiploma => person.education.is_some_and(|isced| isced >= 3),
            C::OccupationKnown => self.spell_holds(|s| s.occupation.is_some()),
            C::OccupationBelowHigh => {
                self.spell_holds(|s| s.occupation.is_some_and(|major| (4..=9).contains(&major)))
            }
            C::ContractKnown => self.spell_holds(|s| s.contract.is_some()),
            C::Has(contract) => self.spell_holds(|s| s.contract == Some(contract)),
            C::HoursKnown => self.spell_holds(|s| s.hours.is_some()),
            C::Hours(least) => self.spell_holds(|s| s.hours.is_some_and(|hours| hours >= least)),
            C::IncomeKnown => self.spell_holds(|s| s.income.is_some()),
            C::Lives(income) => self.spell_holds(|s| s.income == Some(income)),
            C::IntakeWithin(most) => person.intake_days.is_some_and(|days| days <= most),
            C::PlanWithin(most) => person.plan_days.is_some_and(|days| days <= most),
            C::RouteKnown => person.route.is_some(),
            C::On(route) => person.route == Some(route),
            C::DutchKnown => self.spell_holds(|s| s.dutch.is_some()),
            C::Speaks(least) => self.spell_holds(|s| s.dutch.is_some_and(|level| level >= least)),
            C::PreparationKnown => person.pre_integration.is_some(),
            C::Prepared => person.pre_integration == Some(true),
            C::ValuationKnown => person.valuation.is_some(),
            C::Valued(stage) => person.valuation.is_some_and(|found| found >= stage),
            C::TookPart(instrument) => self.began(instrument).is_some(),
            C::Began(instrument, months) => self.began_for(instrument, months),
            C::Finished(instrument, months) => {
                self.began_for(instrument, months)
                    && !self.spell_holds(|s| s.takes_part(instrument))
            }
            C::WorkAfter(instrument, months) => self.began(instrument).is_some_and(|first| {
                spell_at(self.spells, first.plus(i32::from(months)))
                    .is_some_and(|spell| spell.state == State::Work)
            }),
            C::SectorKnown => self.spell_holds(|s| s.shortage.is_some()),
            C::InShortageSector => self.spell_holds(|s| s.shortage == Some(true)),
            C::BarriersKnown => self.spell_holds(|s| s.barriers.is_some()),
            C::Faces(barrier) => self.spell_holds(|s| s.has_barrier(barrier)),
            C::Faced(barrier) => self.faced(barrier),
            C::Overcame(barrier) => {
                self.faced(barrier) && !self.spell_holds(|s| s.has_barrier(barrier))
            }
        }
    }

    fn faced(&self, barrier: Barrier) -> bool {
        self.spell_holds(|s| s.barriers.is_some())
            && self.so_far().any(|spell| spell.has_barrier(barrier))
    }
}

impl Condition {
    /// The optional column without which the condition can say nothing.
    #[must_use]
    pub fn column(self) -> Option<Column> {
        use Condition as C;
        Some(match self {
            C::Followed | C::InWork => return None,
            C::Settled | C::SettledFor(_) => Column::Settled,
            C::HighlyEducated | C::HasDiploma => Column::Education,
            C::OccupationKnown | C::OccupationBelowHigh => Column::Occupation,
            C::ContractKnown | C::Has(_) => Column::Contract,
            C::HoursKnown | C::Hours(_) => Column::Hours,
            C::IncomeKnown | C::Lives(_) => Column::Income,
            C::IntakeWithin(_) => Column::IntakeDays,
            C::PlanWithin(_) => Column::PlanDays,
            C::RouteKnown | C::On(_) => Column::Route,
            C::DutchKnown | C::Speaks(_) => Column::Dutch,
            C::PreparationKnown | C::Prepared => Column::PreIntegration,
            C::ValuationKnown | C::Valued(_) => Column::Valuation,
            C::TookPart(_) | C::Began(..) | C::Finished(..) | C::WorkAfter(..) => {
                Column::Instruments
            }
            C::SectorKnown | C::InShortageSector => Column::ShortageSector,
            C::BarriersKnown | C::Faces(_) | C::Faced(_) | C::Overcame(_) => Column::Barriers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_survive_being_written_and_read() {
        for text in [
            "followed",
            "settled_for(3)",
            "contract(permanent)",
            "hours(24)",
            "began(lks, 12)",
            "work_after(jobcoach, 6)",
            "overcame(diploma)",
            "valuation(decided)",
        ] {
            let condition = Condition::try_from(text.to_owned()).unwrap();
            assert_eq!(String::from(condition), text);
        }
        for bad in [
            "in work",
            "hours()",
            "began(lks)",
            "faces(weather)",
            "hours(12",
        ] {
            assert!(Condition::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
