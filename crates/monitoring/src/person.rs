//! The pseudonymous record: persons and the months they spent in a state.
//!
//! Knows nothing that names a person; a pseudonym exists only to join the rows of one person.

use std::collections::BTreeMap;

use crate::codes::{
    AgeBand, Barrier, Contract, Dimension, Dutch, Household, Income, Instrument, Origin, Residence,
    Route, Sex, State, Valuation,
};
use crate::month::Month;

/// A set of codes of a closed list with at most 16 entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct CodeSet(pub(crate) u16);

impl CodeSet {
    /// Whether the entry with this number is in it.
    #[must_use]
    pub fn has(self, number: u8) -> bool {
        self.0 >> number & 1 == 1
    }

    /// Adds the entry with this number.
    pub fn add(&mut self, number: u8) {
        self.0 |= 1 << number;
    }
}

/// Consecutive months in which nothing in the record changed; both ends belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell {
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
    /// State.
    pub state: State,
    /// First digit of the occupation (ISCO major group, 0–9).
    pub occupation: Option<u8>,
    /// Contract.
    pub contract: Option<Contract>,
    /// Hours a week, 0–80.
    pub hours: Option<u8>,
    /// Hourly wage in cents.
    pub wage: Option<u32>,
    /// Main income.
    pub income: Option<Income>,
    /// Level of Dutch.
    pub dutch: Option<Dutch>,
    /// Whether the work is in a sector short of people.
    pub shortage: Option<bool>,
    /// Instruments ([`Instrument`]) taken part in.
    pub instruments: CodeSet,
    /// Barriers ([`Barrier`]) present; `None` if not asked.
    pub barriers: Option<CodeSet>,
}

impl Spell {
    /// Whether the person takes part in an instrument.
    #[must_use]
    pub fn takes_part(&self, instrument: Instrument) -> bool {
        self.instruments.has(instrument as u8)
    }

    /// Whether a barrier is known to be there.
    #[must_use]
    pub fn has_barrier(&self, barrier: Barrier) -> bool {
        self.barriers.is_some_and(|set| set.has(barrier as u8))
    }
}

/// What does not change during the record of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Line of the first row of the person, for messages.
    pub line: u64,
    /// Number of the municipality in [`StatisticsVault::municipalities`].
    pub municipality: u16,
    /// Month of the permit.
    pub permit: Month,
    /// Month of settling in the municipality.
    pub settled: Option<Month>,
    /// Nationality group.
    pub origin: Option<Origin>,
    /// Ground of residence.
    pub residence: Option<Residence>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age band.
    pub age: Option<AgeBand>,
    /// Highest education in the own country, ISCED 0–8.
    pub education: Option<u8>,
    /// Household.
    pub household: Option<Household>,
    /// Learning route.
    pub route: Option<Route>,
    /// Took part in the preparation in the reception centre.
    pub pre_integration: Option<bool>,
    /// Days from settling to the broad intake.
    pub intake_days: Option<u16>,
    /// Days from settling to the personal plan (PIP).
    pub plan_days: Option<u16>,
    /// How far the valuation of the diploma came.
    pub valuation: Option<Valuation>,
    /// Days from asking for the valuation to the decision.
    pub valuation_days: Option<u16>,
    /// Index of the first spell in [`StatisticsVault::spells`].
    pub(crate) from: usize,
    /// Index after the last spell.
    pub(crate) until: usize,
}

/// A column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Month of settling.
    Settled,
    /// Nationality group.
    Origin,
    /// Ground of residence.
    Residence,
    /// Sex.
    Sex,
    /// Age band.
    AgeBand,
    /// Education.
    Education,
    /// Household.
    Household,
    /// Route.
    Route,
    /// Preparation in the reception centre.
    PreIntegration,
    /// Days to the intake.
    IntakeDays,
    /// Days to the plan.
    PlanDays,
    /// Valuation of the diploma.
    Valuation,
    /// Days to the decision on it.
    ValuationDays,
    /// Occupation.
    Occupation,
    /// Contract.
    Contract,
    /// Hours.
    Hours,
    /// Hourly wage.
    HourlyWage,
    /// Income.
    Income,
    /// Dutch.
    Dutch,
    /// Sector short of people.
    ShortageSector,
    /// Instruments.
    Instruments,
    /// Barriers.
    Barriers,
}

impl Column {
    /// All optional columns with their names in files.
    pub const ALL: [(Column, &'static str); 22] = [
        (Column::Settled, "settled"),
        (Column::Origin, "origin"),
        (Column::Residence, "residence"),
        (Column::Sex, "sex"),
        (Column::AgeBand, "age_band"),
        (Column::Education, "education"),
        (Column::Household, "household"),
        (Column::Route, "route"),
        (Column::PreIntegration, "pre_integration"),
        (Column::IntakeDays, "intake_days"),
        (Column::PlanDays, "plan_days"),
        (Column::Valuation, "valuation"),
        (Column::ValuationDays, "valuation_days"),
        (Column::Occupation, "occupation"),
        (Column::Contract, "contract"),
        (Column::Hours, "hours"),
        (Column::HourlyWage, "hourly_wage"),
        (Column::Income, "income"),
        (Column::Dutch, "dutch"),
        (Column::ShortageSector, "shortage_sector"),
        (Column::Instruments, "instruments"),
        (Column::Barriers, "barriers"),
    ];

    /// The name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Column::ALL[self as usize].1
    }
}

/// Checked persons and spells: no overlaps, no duplicates, nothing before the permit, nothing
/// after the end of a record. Built by [`crate::vault_file`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatisticsVault {
    pub(crate) persons: Vec<Person>,
    pub(crate) spells: Vec<Spell>,
    pub(crate) pseudonyms: Vec<String>,
    pub(crate) municipalities: Vec<String>,
    pub(crate) columns: u32,
}

impl StatisticsVault {
    /// The persons, in the order of the file.
    #[must_use]
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// All spells, those of a person together and in order of time.
    #[must_use]
    pub fn spells(&self) -> &[Spell] {
        &self.spells
    }

    /// The spells of a person in order of time.
    #[must_use]
    pub fn spells_of(&self, person: &Person) -> &[Spell] {
        self.spells.get(person.from..person.until).unwrap_or(&[])
    }

    /// Codes of the municipalities, by number.
    #[must_use]
    pub fn municipalities(&self) -> &[String] {
        &self.municipalities
    }

    /// The pseudonym of the person with this index.
    #[must_use]
    pub fn pseudonym(&self, index: usize) -> Option<&str> {
        self.pseudonyms.get(index).map(String::as_str)
    }

    /// Whether the records are invented: any pseudonym begins with [`INVENTED`].
    #[must_use]
    pub fn is_invented(&self) -> bool {
        self.pseudonyms
            .iter()
            .any(|name| name.starts_with(INVENTED))
    }

    /// Whether the file had an optional column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.columns >> (column as u32) & 1 == 1
    }

    /// Months of all spells together.
    #[must_use]
    pub fn person_months(&self) -> u64 {
        let months = |spell: &Spell| spell.last.since(spell.first).max(0) as u64 + 1;
        self.spells.iter().map(months).sum()
    }

    /// The last month with a record, the natural reference month.
    #[must_use]
    pub fn last_month(&self) -> Option<Month> {
        self.spells.iter().map(|spell| spell.last).max()
    }

    /// The number of the group of a person in a dimension, in the month of a spell; `None` if
    /// unknown.
    #[must_use]
    pub fn group(&self, person: &Person, spell: Option<&Spell>, by: Dimension) -> Option<u16> {
        match by {
            Dimension::Cohort => u16::try_from(person.permit.year()).ok(),
            Dimension::Municipality => Some(person.municipality),
            Dimension::Origin => person.origin.map(|code| code as u16),
            Dimension::Residence => person.residence.map(|code| code as u16),
            Dimension::Sex => person.sex.map(|code| code as u16),
            Dimension::Age => person.age.map(|code| code as u16),
            Dimension::Education => person.education.map(education_class),
            Dimension::Household => person.household.map(|code| code as u16),
            Dimension::Route => person.route.map(|code| code as u16),
            Dimension::Dutch => spell?.dutch.map(|code| code as u16),
        }
    }

    /// The code of a group.
    #[must_use]
    pub fn group_code(&self, by: Dimension, group: u16) -> String {
        let at = usize::from(group);
        let code = match by {
            Dimension::Cohort => return group.to_string(),
            Dimension::Municipality => self.municipalities.get(at).map(String::as_str),
            Dimension::Origin => Origin::ALL.get(at).map(|code| code.code()),
            Dimension::Residence => Residence::ALL.get(at).map(|code| code.code()),
            Dimension::Sex => Sex::ALL.get(at).map(|code| code.code()),
            Dimension::Age => AgeBand::ALL.get(at).map(|code| code.code()),
            Dimension::Education => EDUCATION.get(at).copied(),
            Dimension::Household => Household::ALL.get(at).map(|code| code.code()),
            Dimension::Route => Route::ALL.get(at).map(|code| code.code()),
            Dimension::Dutch => Dutch::ALL.get(at).map(|code| code.code()),
        };
        code.unwrap_or("unknown").to_owned()
    }

    /// The column a dimension needs; `None` for those that are always there.
    #[must_use]
    pub fn column_of(by: Dimension) -> Option<Column> {
        match by {
            Dimension::Cohort | Dimension::Municipality => None,
            Dimension::Origin => Some(Column::Origin),
            Dimension::Residence => Some(Column::Residence),
            Dimension::Sex => Some(Column::Sex),
            Dimension::Age => Some(Column::AgeBand),
            Dimension::Education => Some(Column::Education),
            Dimension::Household => Some(Column::Household),
            Dimension::Route => Some(Column::Route),
            Dimension::Dutch => Some(Column::Dutch),
        }
    }

    /// Number of persons per group, unknown under [`None`].
    #[must_use]
    pub fn group_sizes(&self, by: Dimension) -> BTreeMap<Option<u16>, u64> {
        let mut sizes = BTreeMap::new();
        for person in &self.persons {
            *sizes.entry(self.group(person, None, by)).or_default() += 1;
        }
        sizes
    }
}

/// Beginning of the pseudonym of an invented person, so that invented records show wherever they
/// end up.
pub const INVENTED: &str = "invented-";

/// Classes of education: ISCED 0–2, 3–4, 5–8.
pub const EDUCATION: [&str; 3] = ["isced_0_2", "isced_3_4", "isced_5_8"];

fn education_class(isced: u8) -> u16 {
    match isced {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}

/// The spell that covers a month.
#[must_use]
pub fn spell_at(spells: &[Spell], month: Month) -> Option<&Spell> {
    let after = spells.partition_point(|spell| spell.first <= month);
    let spell = spells.get(after.checked_sub(1)?)?;
    (spell.last >= month).then_some(spell)
}
