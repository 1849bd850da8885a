//! Writing invented persons as the file the monitor reads.

use std::io::{self, Write};

use super::InventedPerson;
use super::person::{Invented, Lived, MUNICIPALITIES};
use crate::codes::{Barrier, Instrument};
use crate::person::{Column, INVENTED};
use crate::vault_file::REQUIRED;

/// How months become rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One row for months that are alike.
    Spells,
    /// One row per month: the largest file for the same persons.
    Months,
}

/// Writes the persons as CSV.
///
/// # Errors
/// Those of the writer.
pub fn write(persons: &[InventedPerson], rows: Rows, mut to: impl Write) -> io::Result<()> {
    let optional = Column::ALL.iter().map(|(_, name)| *name);
    let head: Vec<&str> = REQUIRED.into_iter().chain(optional).collect();
    writeln!(to, "{}", head.join(","))?;
    for InventedPerson(person) in persons {
        let constant = constant(person);
        let mut from = 0;
        while let Some(first) = person.lived.get(from) {
            let alike = match rows {
                Rows::Months => 1,
                Rows::Spells => person.lived[from..]
                    .iter()
                    .take_while(|l| *l == first)
                    .count(),
            };
            row(&mut to, person, &constant, first, from, from + alike - 1)?;
            from += alike;
        }
    }
    to.flush()
}

fn constant(person: &Invented) -> String {
    let days = person
        .valuation_days
        .map_or(String::new(), |days| days.to_string());
    [
        person.settled.to_string(),
        person.origin.code().to_owned(),
        person.residence.code().to_owned(),
        person.sex.code().to_owned(),
        person.age.code().to_owned(),
        person.education.to_string(),
        person.household.code().to_owned(),
        person.route.code().to_owned(),
        if person.prepared { "yes" } else { "no" }.to_owned(),
        person.intake_days.to_string(),
        person.plan_days.to_string(),
        person.valuation.code().to_owned(),
        days,
    ]
    .join(",")
}

fn row(
    to: &mut impl Write,
    person: &Invented,
    constant: &str,
    lived: &Lived,
    from: usize,
    until: usize,
) -> io::Result<()> {
    let first = person.permit.plus(from as i32);
    let last = person.permit.plus(until as i32);
    let municipality = MUNICIPALITIES[person.municipality].0;
    write!(
        to,
        "{INVENTED}{:016x},{municipality},{},{first},{last},{},{constant}",
        person.number,
        person.permit,
        lived.state.code()
    )?;
    let number = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
    let wage = lived.wage.map_or(String::new(), |cents| {
        format!("{}.{:02}", cents / 100, cents % 100)
    });
    let instruments: Vec<&str> = Instrument::ALL
        .iter()
        .filter(|code| lived.instruments.has(**code as u8))
        .map(|code| code.code())
        .collect();
    let barriers: Vec<&str> = Barrier::ALL
        .iter()
        .filter(|code| lived.barriers.has(**code as u8))
        .map(|code| code.code())
        .collect();
    writeln!(
        to,
        ",{},{},{},{wage},{},{},{},{},{}",
        number(lived.occupation.map(u32::from)),
        lived.contract.map_or("", |code| code.code()),
        number(lived.hours.map(u32::from)),
        lived.income.map_or("", |code| code.code()),
        lived.dutch.code(),
        lived
            .shortage
            .map_or("", |short| if short { "yes" } else { "no" }),
        instruments.join(";"),
        if barriers.is_empty() {
            "none".to_owned()
        } else {
            barriers.join(";")
        },
    )
}
