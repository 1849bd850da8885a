//! Reading the statistics vault from CSV: one row per spell, checked to the last rule.
//!
//! Rows of a person may stand anywhere in the file. A fault names its line, its column where there
//! is one, and what would be right; nothing is skipped silently.

use std::collections::HashMap;
use std::io::Read;
use std::str;

use csv::{ByteRecord, ReaderBuilder};

use crate::codes::{
    AgeBand, Barrier, Contract, Dutch, Household, Income, Instrument, Origin, Residence, Route,
    Sex, State, UnknownCode, Valuation,
};
use crate::fault::DataFault;
use crate::month::Month;
use crate::person::{CodeSet, Column, Person, Spell, StatisticsVault};

/// Columns that every file must have.
pub const REQUIRED: [&str; 6] = [
    "pseudonym",
    "municipality",
    "permit",
    "first_month",
    "last_month",
    "state",
];

/// Optional columns of the person rather than of the spell: those before this place in
/// [`Column::ALL`].
const PERSON_COLUMNS: usize = Column::Occupation as usize;

/// Highest hourly wage that is taken for one, in euro; a higher number is a monthly wage.
const HIGHEST_WAGE: f64 = 500.0;

/// Reads a file.
///
/// # Errors
/// [`DataFault`] with the line: unknown or missing columns, unreadable values, a person with two
/// different values of what cannot change, duplicate or overlapping spells, spells before the
/// permit or after the end of the record.
pub fn read(file: &str, from: impl Read) -> Result<StatisticsVault, DataFault> {
    let mut reader = ReaderBuilder::new().from_reader(from);
    let head = reader
        .byte_headers()
        .map_err(|error| of_csv(file, &error))?
        .clone();
    let mut builder = Builder::new(file, &head)?;
    let mut row = ByteRecord::new();
    while reader
        .read_byte_record(&mut row)
        .map_err(|error| of_csv(file, &error))?
    {
        let line = row.position().map_or(0, csv::Position::line);
        builder
            .add(&row, line)
            .map_err(|reason| DataFault::new(file, line, reason))?;
    }
    builder.finish()
}

fn of_csv(file: &str, error: &csv::Error) -> DataFault {
    let line = error.position().map_or(0, csv::Position::line);
    DataFault::new(file, line, error)
}

struct Builder<'a> {
    file: &'a str,
    required: [usize; REQUIRED.len()],
    optional: [Option<usize>; Column::ALL.len()],
    columns: u32,
    known: HashMap<Vec<u8>, usize>,
    municipalities: HashMap<Vec<u8>, u16>,
    persons: Vec<Person>,
    pseudonyms: Vec<String>,
    municipality_codes: Vec<String>,
    /// Person, line, spell.
    rows: Vec<(usize, u64, Spell)>,
    /// Raw person fields of the row before, to skip reading them again.
    before: Vec<u8>,
    before_person: Option<usize>,
    scratch: Vec<u8>,
}

impl<'a> Builder<'a> {
    fn new(file: &'a str, head: &ByteRecord) -> Result<Builder<'a>, DataFault> {
        let at = |name: &str| head.iter().position(|field| field == name.as_bytes());
        let fault = |reason: String| DataFault::new(file, 1, reason);
        let mut required = [0; REQUIRED.len()];
        for (place, name) in required.iter_mut().zip(REQUIRED) {
            *place = at(name).ok_or_else(|| fault(format!("the column {name} is missing")))?;
        }
        let mut optional = [None; Column::ALL.len()];
        let mut columns = 0;
        for (place, (column, name)) in optional.iter_mut().zip(Column::ALL) {
            *place = at(name);
            columns |= u32::from(place.is_some()) << column as u32;
        }
        for (index, name) in head.iter().enumerate() {
            let text = String::from_utf8_lossy(name);
            let allowed = REQUIRED.contains(&text.as_ref())
                || Column::ALL.iter().any(|(_, known)| *known == text);
            if !allowed {
                return Err(fault(format!(
                    "the column {text:?} is not part of the record; personal data does not belong here"
                )));
            }
            if head.iter().take(index).any(|earlier| earlier == name) {
                return Err(fault(format!("the column {text} stands twice")));
            }
        }
        Ok(Builder {
            file,
            required,
            optional,
            columns,
            known: HashMap::new(),
            municipalities: HashMap::new(),
            persons: Vec::new(),
            pseudonyms: Vec::new(),
            municipality_codes: Vec::new(),
            rows: Vec::new(),
            before: Vec::new(),
            before_person: None,
            scratch: Vec::new(),
        })
    }

    fn add(&mut self, row: &ByteRecord, line: u64) -> Result<(), String> {
        let person = self.person(row, line)?;
        let permit = self.persons[person].permit;
        let first = month(row, self.required[3], "first_month")?;
        let state = code(row, Some(self.required[5]), "state", State::parse)?
            .ok_or("the state is empty")?;
        let last_text = field(row, Some(self.required[4]));
        let last = if last_text.is_empty() && state.ends_record() {
            first
        } else {
            month(row, self.required[4], "last_month")?
        };
        if last < first {
            return Err(format!(
                "the spell ends ({last}) before it starts ({first})"
            ));
        }
        if first < permit {
            return Err(format!(
                "the spell starts ({first}) before the permit ({permit}): the time since the permit would be negative"
            ));
        }
        let spell = self.spell(row, first, last, state)?;
        self.rows.push((person, line, spell));
        Ok(())
    }

    /// The person of a row; its constants must be those of the person's other rows.
    fn person(&mut self, row: &ByteRecord, line: u64) -> Result<usize, String> {
        self.scratch.clear();
        for place in &self.required[..3] {
            self.scratch.extend_from_slice(field(row, Some(*place)));
            self.scratch.push(0);
        }
        for place in &self.optional[..PERSON_COLUMNS] {
            self.scratch.extend_from_slice(field(row, *place));
            self.scratch.push(0);
        }
        if let Some(person) = self.before_person
            && self.before == self.scratch
        {
            return Ok(person);
        }
        let pseudonym = field(row, Some(self.required[0]));
        if pseudonym.is_empty() {
            return Err("the pseudonym is empty".to_owned());
        }
        let found = self.known.get(pseudonym).copied();
        let index = found.unwrap_or(self.persons.len());
        let person = self.read_person(row, found.map_or(line, |at| self.persons[at].line))?;
        match self.persons.get(index) {
            Some(known) if *known != person => {
                return Err(format!(
                    "the pseudonym {:?} stands for two different persons: line {} says something else about what cannot change",
                    String::from_utf8_lossy(pseudonym),
                    known.line
                ));
            }
            Some(_) => {}
            None => {
                let name = text(pseudonym, "pseudonym")?.to_owned();
                self.known.insert(pseudonym.to_vec(), index);
                self.pseudonyms.push(name);
                self.persons.push(person);
            }
        }
        std::mem::swap(&mut self.before, &mut self.scratch);
        self.before_person = Some(index);
        Ok(index)
    }

    fn read_person(&mut self, row: &ByteRecord, line: u64) -> Result<Person, String> {
        let place = |column: Column| self.optional[column as usize];
        let permit = month(row, self.required[2], "permit")?;
        let settled = match field(row, place(Column::Settled)) {
            b"" => None,
            text => Some(Month::from_bytes(text).map_err(|e| format!("settled: {e}"))?),
        };
        let education = number(row, place(Column::Education), "education", 8)?;
        let pre = yes_no(row, place(Column::PreIntegration), "pre_integration")?;
        let days = |column: Column| number(row, place(column), column.name(), 9_999);
        Ok(Person {
            line,
            permit,
            settled,
            origin: code(row, place(Column::Origin), "origin", Origin::parse)?,
            residence: code(row, place(Column::Residence), "residence", Residence::parse)?,
            sex: code(row, place(Column::Sex), "sex", Sex::parse)?,
            age: code(row, place(Column::AgeBand), "age_band", AgeBand::parse)?,
            education: education.map(|isced| isced as u8),
            household: code(row, place(Column::Household), "household", Household::parse)?,
            route: code(row, place(Column::Route), "route", Route::parse)?,
            pre_integration: pre,
            intake_days: days(Column::IntakeDays)?.map(|days| days as u16),
            plan_days: days(Column::PlanDays)?.map(|days| days as u16),
            valuation: code(row, place(Column::Valuation), "valuation", Valuation::parse)?,
            valuation_days: days(Column::ValuationDays)?.map(|days| days as u16),
            municipality: self.municipality(field(row, Some(self.required[1])))?,
            from: 0,
            until: 0,
        })
    }

    fn municipality(&mut self, code: &[u8]) -> Result<u16, String> {
        if code.is_empty() {
            return Err("the municipality is empty".to_owned());
        }
        if let Some(known) = self.municipalities.get(code) {
            return Ok(*known);
        }
        let number = u16::try_from(self.municipality_codes.len())
            .map_err(|_| "more than 65,536 municipalities".to_owned())?;
        self.municipality_codes
            .push(text(code, "municipality")?.to_owned());
        self.municipalities.insert(code.to_vec(), number);
        Ok(number)
    }

    fn spell(
        &self,
        row: &ByteRecord,
        first: Month,
        last: Month,
        state: State,
    ) -> Result<Spell, String> {
        let place = |column: Column| self.optional[column as usize];
        let mut instruments = CodeSet::default();
        list(row, place(Column::Instruments), "instruments", |word| {
            Instrument::parse(word).map(|code| instruments.add(code as u8))
        })?;
        let mut barriers = CodeSet::default();
        let asked = list(
            row,
            place(Column::Barriers),
            "barriers",
            |word| match word {
                // Asked, and nothing stands in the way.
                "none" => Ok(()),
                word => Barrier::parse(word).map(|code| barriers.add(code as u8)),
            },
        )?;
        Ok(Spell {
            first,
            last,
            state,
            occupation: number(row, place(Column::Occupation), "occupation", 9)?.map(|d| d as u8),
            contract: code(row, place(Column::Contract), "contract", Contract::parse)?,
            hours: number(row, place(Column::Hours), "hours", 80)?.map(|hours| hours as u8),
            wage: wage(field(row, place(Column::HourlyWage)))?,
            income: code(row, place(Column::Income), "income", Income::parse)?,
            dutch: code(row, place(Column::Dutch), "dutch", Dutch::parse)?,
            shortage: yes_no(row, place(Column::ShortageSector), "shortage_sector")?,
            instruments,
            barriers: asked.then_some(barriers),
        })
    }

    fn finish(mut self) -> Result<StatisticsVault, DataFault> {
        let order = |row: &(usize, u64, Spell)| (row.0, row.2.first);
        if !self.rows.is_sorted_by_key(order) {
            self.rows.sort_by_key(order);
        }
        for pair in self.rows.windows(2) {
            let [earlier, later] = pair else { continue };
            if earlier.0 == later.0 {
                check_order(&earlier.2, &later.2, earlier.1)
                    .map_err(|reason| DataFault::new(self.file, later.1, reason))?;
            }
        }
        for (index, (person, _, _)) in self.rows.iter().enumerate() {
            let person = &mut self.persons[*person];
            if person.until == 0 {
                person.from = index;
            }
            person.until = index + 1;
        }
        Ok(StatisticsVault {
            persons: self.persons,
            spells: self.rows.into_iter().map(|(_, _, spell)| spell).collect(),
            pseudonyms: self.pseudonyms,
            municipalities: self.municipality_codes,
            columns: self.columns,
        })
    }
}

fn check_order(earlier: &Spell, later: &Spell, earlier_line: u64) -> Result<(), String> {
    if earlier == later {
        return Err(format!(
            "the same spell of the same person stands on line {earlier_line}"
        ));
    }
    if later.first <= earlier.last {
        return Err(format!(
            "the spell overlaps the one on line {earlier_line}, which lasts until {}",
            earlier.last
        ));
    }
    if earlier.state.ends_record() {
        return Err(format!(
            "the record ended on line {earlier_line} ({}); nothing can follow",
            earlier.state.code()
        ));
    }
    Ok(())
}

/// The bytes of a field without surrounding spaces; empty if the column is not there.
fn field(row: &ByteRecord, place: Option<usize>) -> &[u8] {
    place
        .and_then(|place| row.get(place))
        .map_or(&[][..], <[u8]>::trim_ascii)
}

fn text<'r>(bytes: &'r [u8], name: &str) -> Result<&'r str, String> {
    str::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8"))
}

fn month(row: &ByteRecord, place: usize, name: &str) -> Result<Month, String> {
    Month::from_bytes(field(row, Some(place))).map_err(|error| format!("{name}: {error}"))
}

fn code<T>(
    row: &ByteRecord,
    place: Option<usize>,
    name: &str,
    parse: impl Fn(&str) -> Result<T, UnknownCode>,
) -> Result<Option<T>, String> {
    match field(row, place) {
        b"" => Ok(None),
        bytes => parse(text(bytes, name)?)
            .map(Some)
            .map_err(|error| format!("{name}: {error}")),
    }
}

fn number(
    row: &ByteRecord,
    place: Option<usize>,
    name: &str,
    most: u32,
) -> Result<Option<u32>, String> {
    let bytes = field(row, place);
    if bytes.is_empty() {
        return Ok(None);
    }
    str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse::<u32>().ok())
        .filter(|value| *value <= most)
        .map(Some)
        .ok_or_else(|| {
            let found = String::from_utf8_lossy(bytes);
            format!("{name}: {found:?} is not a whole number from 0 to {most}")
        })
}

fn yes_no(row: &ByteRecord, place: Option<usize>, name: &str) -> Result<Option<bool>, String> {
    match field(row, place) {
        b"" => Ok(None),
        b"yes" => Ok(Some(true)),
        b"no" => Ok(Some(false)),
        other => {
            let found = String::from_utf8_lossy(other);
            Err(format!("{name}: {found:?} is not one of: yes, no"))
        }
    }
}

/// Euro an hour, kept in cents; `NaN` and negative wages are no wages.
fn wage(bytes: &[u8]) -> Result<Option<u32>, String> {
    if bytes.is_empty() {
        return Ok(None);
    }
    str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse::<f64>().ok())
        .filter(|euro| (0.0..=HIGHEST_WAGE).contains(euro))
        .map(|euro| Some((euro * 100.0).round() as u32))
        .ok_or_else(|| {
            let found = String::from_utf8_lossy(bytes);
            format!("hourly_wage: {found:?} is not an hourly wage from 0 to {HIGHEST_WAGE} euro")
        })
}

/// Reads a list separated by `;`; whether anything stood there.
fn list(
    row: &ByteRecord,
    place: Option<usize>,
    name: &str,
    mut add: impl FnMut(&str) -> Result<(), UnknownCode>,
) -> Result<bool, String> {
    let bytes = field(row, place);
    if bytes.is_empty() {
        return Ok(false);
    }
    for word in text(bytes, name)?.split(';') {
        add(word.trim()).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(rows: &str) -> String {
        let head =
            "pseudonym,municipality,permit,first_month,last_month,state,sex,hourly_wage,hours";
        read("v.csv", format!("{head}\n{rows}").as_bytes())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn rows_of_a_person_may_stand_anywhere() {
        let text = "pseudonym,municipality,permit,first_month,last_month,state\n\
                    a,GM1,2020-01,2020-03,2020-05,work\n\
                    b,GM2,2020-01,2020-01,2020-02,none\n\
                    a,GM1,2020-01,2020-01,2020-02,none\n\
                    b,GM2,2020-01,2020-03,,left\n";
        let vault = read("v.csv", text.as_bytes()).unwrap();
        assert_eq!(vault.persons().len(), 2);
        assert_eq!(vault.person_months(), 8);
        let spells = vault.spells_of(&vault.persons()[0]);
        assert_eq!(spells[0].state, State::Without);
        assert_eq!(spells[1].state, State::Work);
        assert!(!vault.has(Column::Sex));
    }

    #[test]
    fn every_fault_names_line_and_reason() {
        let cases = [
            (
                "a,G,2020-01,2020-01,2020-03,none,,,\na,G,2020-01,2020-03,2020-04,work,,,",
                "v.csv:3: the spell overlaps the one on line 2, which lasts until 2020-03",
            ),
            (
                "a,G,2020-01,2020-01,2020-03,none,,,\na,G,2020-01,2020-01,2020-03,none,,,",
                "v.csv:3: the same spell of the same person stands on line 2",
            ),
            (
                "a,G,2020-01,2020-01,2020-01,none,man,,\na,G,2020-01,2020-02,2020-03,none,woman,,",
                "two different persons: line 2",
            ),
            (
                "a,G,2020-01,2019-12,2020-03,none,,,",
                "the time since the permit would be negative",
            ),
            (
                "a,G,2020-01,2020-04,2020-03,none,,,",
                "ends (2020-03) before it starts",
            ),
            (
                "a,G,2020-01,2020-01,2020-03,none,,NaN,",
                "\"NaN\" is not an hourly wage",
            ),
            (
                "a,G,2020-01,2020-01,2020-03,none,,-4,",
                "\"-4\" is not an hourly wage",
            ),
            (
                "a,G,2020-01,2020-01,2020-03,none,,,-4",
                "hours: \"-4\" is not a whole number from 0 to 80",
            ),
            (
                "a,G,2020-01,2020-01,2020-03,maybe,,,",
                "state: \"maybe\" is not one of",
            ),
            (
                "a,G,2020-01,2020-01,,left,,,\na,G,2020-01,2020-02,2020-03,none,,,",
                "nothing can follow",
            ),
            (
                ",G,2020-01,2020-01,2020-03,none,,,",
                "the pseudonym is empty",
            ),
            (
                "a,G,2020-01,x,2020-03,none,,,",
                "first_month: \"x\" is not a month",
            ),
            ("a,G,2020-01", "v.csv:2"),
        ];
        for (rows, expected) in cases {
            let found = fault(rows);
            assert!(found.contains(expected), "{found} lacks {expected}");
        }
        let stranger = read("v.csv", "pseudonym,name\n".as_bytes()).unwrap_err();
        assert!(stranger.to_string().contains("municipality is missing"));
    }
}
