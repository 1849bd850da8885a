//! Reading the file of an import: its head, its lines, and everything that is wrong with them. A
//! workbook is read as the text that its one sheet stands for, so that both follow the same rules;
//! client profiles are read in [`super::client_profile`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use domain::case::{
    CaseNumber, Channel, Code, IntakeTopic, Interpreted, Interpreter, NewContact, NewStatement,
    Phase, StatementSource,
};
use domain::day::Day;
use domain::person::{Email, Identity, NamePart, PersonName, Phone};
use exchange::sheet::{self, Limits, SheetError};
use guidance::facts::{Fact, Facts};

use super::client_profile;
use crate::cases::OpenCase;

/// Largest file in bytes.
const LARGEST: usize = 2 << 20;

/// Most lines.
const MOST_LINES: usize = 2000;

/// How much of a workbook is read: a head and the lines, with room for what people leave beside.
const LIMITS: Limits = Limits {
    file: LARGEST,
    unpacked: 32 << 20,
    rows: MOST_LINES + 1,
    columns: 64,
    cells: 64 * (MOST_LINES + 1),
    characters: 10_000,
};

/// Columns that are read; the first is required.
const COLUMNS: [&str; 18] = [
    "given_name",
    "family_name",
    "known_as",
    "original_script",
    "birth",
    "email",
    "phone",
    "number",
    "phase",
    "contact_language",
    "interpreter",
    "municipality",
    "file_start",
    "brp_registration",
    "permit_granted",
    "last_contact",
    "treated_as",
    "learning_route",
];

/// Dutch words for the columns.
const DUTCH: [(&str, &str); 17] = [
    ("voornaam", "given_name"),
    ("achternaam", "family_name"),
    ("roepnaam", "known_as"),
    ("naam_eigen_schrift", "original_script"),
    ("geboortedatum", "birth"),
    ("e_mail", "email"),
    ("telefoon", "phone"),
    ("nummer", "number"),
    ("fase", "phase"),
    ("contacttaal", "contact_language"),
    ("tolk", "interpreter"),
    ("gemeente", "municipality"),
    ("dossierstart", "file_start"),
    ("brp_inschrijving", "brp_registration"),
    ("vergunning", "permit_granted"),
    ("laatste_contact", "last_contact"),
    ("leerroute", "learning_route"),
];

/// Why something of a file cannot be brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportReason {
    /// The file is larger than 2 MiB.
    TooLarge,
    /// The file is not text in UTF-8.
    NotText,
    /// The file has more than 2000 lines.
    TooManyLines,
    /// There is no column for the given name.
    NoNameColumn,
    /// A column that is not known.
    UnknownColumn,
    /// A column that stands twice.
    ColumnTwice,
    /// A line with another number of cells than the head.
    Cells,
    /// No name.
    NoName,
    /// Not a name, date, address, number or word that can be in this column.
    Value,
    /// A day in the future.
    InTheFuture,
    /// Not a workbook that can be opened.
    Workbook,
    /// A workbook with more than one sheet that holds something.
    ManySheets,
    /// Not a client profile in the form that is described.
    ClientProfile,
}

impl ImportReason {
    /// A word that stays the same, for translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ImportReason::TooLarge => "too-large",
            ImportReason::NotText => "not-text",
            ImportReason::TooManyLines => "too-many-lines",
            ImportReason::NoNameColumn => "no-name-column",
            ImportReason::UnknownColumn => "unknown-column",
            ImportReason::ColumnTwice => "column-twice",
            ImportReason::Cells => "cells",
            ImportReason::NoName => "no-name",
            ImportReason::Value => "value",
            ImportReason::InTheFuture => "in-the-future",
            ImportReason::Workbook => "workbook",
            ImportReason::ManySheets => "many-sheets",
            ImportReason::ClientProfile => "client-profile",
        }
    }
}

/// Something that cannot be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// Line in the file, from 1.
    pub line: u64,
    /// Column, if it is about one.
    pub column: Option<String>,
    /// Why.
    pub reason: ImportReason,
}

/// A line as it was read.
pub(super) struct ReadRow {
    pub(super) line: u64,
    pub(super) identity: Identity,
    pub(super) case: OpenCase,
}

/// What was read.
#[derive(Default)]
pub(super) struct Read {
    pub(super) rows: Vec<ReadRow>,
    pub(super) faults: Vec<ImportFault>,
    /// The file as text, to be sent again with the yes; empty when it is none.
    pub(super) text: String,
}

impl ImportFault {
    /// A fault of a file as a whole.
    pub(super) fn whole(reason: ImportReason) -> ImportFault {
        ImportFault {
            line: 1,
            column: None,
            reason,
        }
    }
}

/// Reads a file; what is wrong stands beside what can be brought in.
pub(super) fn read(file: &[u8], today: Day) -> Read {
    let text = match text_of(file) {
        Ok(text) => text,
        Err(fault) => {
            return Read {
                faults: vec![fault],
                ..Read::default()
            };
        }
    };
    let read = if client_profile::is_one(&text) {
        client_profile::read(&text, today)
    } else {
        lines(&text, today)
    };
    Read {
        text: text.into_owned(),
        ..read
    }
}

fn lines(text: &str, today: Day) -> Read {
    let mut read = Read::default();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = match records.next() {
        Some(Ok(record)) => head(&record),
        _ => Err(vec![ImportFault::whole(ImportReason::NoNameColumn)]),
    };
    let head = match head {
        Ok(head) => head,
        Err(faults) => {
            read.faults = faults;
            return read;
        }
    };
    let mut lines = Lines {
        text: text.as_bytes(),
        byte: 0,
        line: 1,
    };
    for (count, record) in records.enumerate() {
        // Text that is valid UTF-8 gives no other error than the number of cells, allowed here.
        let Ok(record) = record else { continue };
        let line = lines.of(&record);
        if count >= MOST_LINES {
            let reason = ImportReason::TooManyLines;
            read.faults.push(ImportFault {
                line,
                column: None,
                reason,
            });
            read.rows.clear();
            return read;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match Line::of(line, &head, &record).and_then(|line| line.read(today)) {
            Ok(row) => read.rows.push(row),
            Err(faults) => read.faults.extend(faults),
        }
    }
    read
}

fn text_of(file: &[u8]) -> Result<Cow<'_, str>, ImportFault> {
    if file.len() > LARGEST {
        return Err(ImportFault::whole(ImportReason::TooLarge));
    }
    match sheet::comma_text(file, &LIMITS) {
        Ok(read) => Ok(read.text),
        Err(error) => Err(fault_of(&error)),
    }
}

/// What is wrong with a workbook, where the spreadsheet program shows it.
fn fault_of(error: &SheetError) -> ImportFault {
    match error {
        SheetError::TooMuch { place, what, .. } => ImportFault {
            line: place.row as u64 + 1,
            column: None,
            reason: match *what {
                "rows" => ImportReason::TooManyLines,
                _ => ImportReason::TooLarge,
            },
        },
        SheetError::Cell { place, .. } => ImportFault {
            line: place.row as u64 + 1,
            column: Some(sheet::column_name(place.column)),
            reason: ImportReason::Value,
        },
        SheetError::NotText => ImportFault::whole(ImportReason::NotText),
        SheetError::Nothing => ImportFault::whole(ImportReason::NoNameColumn),
        SheetError::ManySheets { .. } => ImportFault::whole(ImportReason::ManySheets),
        SheetError::File(exchange::Refusal::TooBig { .. }) => {
            ImportFault::whole(ImportReason::TooLarge)
        }
        SheetError::File(_)
        | SheetError::Workbook(_)
        | SheetError::Damaged { .. }
        | SheetError::Read(_)
        | SheetError::Write(_) => ImportFault::whole(ImportReason::Workbook),
    }
}

/// Counts lines; the reader's own count is one too low after `\r\n`.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins; records come in their order.
    fn of(&mut self, record: &StringRecord) -> u64 {
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.byte) {
            // What ends the line before may still stand before the record.
            if self.byte >= begin && !b"\r\n".contains(byte) {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.byte += 1;
        }
        self.line
    }
}

/// The sign that stands most often in the head: comma, semicolon (Dutch spreadsheets) or tab.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| head.bytes().filter(|byte| byte == sign).count();
    // Of equal counts the last is taken, so the comma stands last.
    *[b'\t', b';', b',']
        .iter()
        .max_by_key(|s| count(s))
        .unwrap_or(&b',')
}

fn head(record: &StringRecord) -> Result<Vec<&'static str>, Vec<ImportFault>> {
    let mut names = Vec::new();
    let mut faults = Vec::new();
    for cell in record {
        let word = cell.trim().to_lowercase().replace([' ', '-'], "_");
        let english = DUTCH.iter().find(|(dutch, _)| *dutch == word);
        let wanted = english.map_or(word.as_str(), |(_, english)| english);
        let known = COLUMNS.into_iter().find(|column| *column == wanted);
        let reason = match known {
            None => Some(ImportReason::UnknownColumn),
            Some(name) if names.contains(&name) => Some(ImportReason::ColumnTwice),
            Some(_) => None,
        };
        if let Some(reason) = reason {
            faults.push(ImportFault {
                line: 1,
                column: Some(cell.trim().chars().take(40).collect()),
                reason,
            });
        }
        names.push(known.unwrap_or_default());
    }
    if !names.contains(&"given_name") {
        faults.push(ImportFault {
            line: 1,
            column: None,
            reason: ImportReason::NoNameColumn,
        });
    }
    if faults.is_empty() {
        Ok(names)
    } else {
        Err(faults)
    }
}

/// A line with its cells by column; collects what is wrong.
struct Line<'a> {
    line: u64,
    cells: BTreeMap<&'static str, &'a str>,
    faults: Vec<ImportFault>,
}

impl<'a> Line<'a> {
    fn of(
        line: u64,
        head: &[&'static str],
        record: &'a StringRecord,
    ) -> Result<Line<'a>, Vec<ImportFault>> {
        if record.len() != head.len() {
            return Err(vec![ImportFault {
                line,
                column: None,
                reason: ImportReason::Cells,
            }]);
        }
        let cells = head.iter().copied().zip(record.iter().map(str::trim));
        Ok(Line {
            line,
            cells: cells.filter(|(_, cell)| !cell.is_empty()).collect(),
            faults: Vec::new(),
        })
    }

    fn fault(&mut self, column: &str, reason: ImportReason) {
        self.faults.push(ImportFault {
            line: self.line,
            column: Some(column.to_owned()),
            reason,
        });
    }

    /// A cell, read; none when it is empty or wrong.
    fn get<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = *self.cells.get(column)?;
        let value = read(cell);
        if value.is_none() {
            self.fault(column, ImportReason::Value);
        }
        value
    }

    fn day(&mut self, column: &'static str, today: Day) -> Option<Day> {
        let day = self.get(column, read_day)?;
        if day > today {
            self.fault(column, ImportReason::InTheFuture);
        }
        Some(day)
    }

    fn read(mut self, today: Day) -> Result<ReadRow, Vec<ImportFault>> {
        let name = |text: &str| NamePart::new(text).ok();
        let given = self.get("given_name", name);
        if given.is_none() && self.faults.is_empty() {
            self.fault("given_name", ImportReason::NoName);
        }
        let family = self.get("family_name", name);
        let known_as = self.get("known_as", name);
        let original_script = self.get("original_script", name);
        let birth = self.get("birth", |text| {
            let day = read_day(text).map(|day| day.to_string());
            day.as_deref().unwrap_or(text).parse().ok()
        });
        let email = self.get("email", |text| Email::new(text).ok());
        let phone = self.get("phone", |text| Phone::new(text).ok());
        let case = self.case(today);
        match given {
            Some(given_or_only) if self.faults.is_empty() => Ok(ReadRow {
                line: self.line,
                identity: Identity {
                    name: PersonName {
                        given_or_only,
                        family,
                        known_as,
                        original_script,
                        as_on_permit: None,
                    },
                    birth,
                    email,
                    phone,
                },
                case,
            }),
            _ => Err(self.faults),
        }
    }

    fn case(&mut self, today: Day) -> OpenCase {
        let mut case = OpenCase::default();
        case.bar.number = self.get("number", |text| CaseNumber::new(text).ok());
        if let Some(phase) = self.get("phase", |text| Phase::from_code(&text.to_lowercase())) {
            case.bar.phase = phase;
        }
        case.bar.contact_language = self.get("contact_language", |text| text.parse().ok());
        if let Some(interpreter) = self.get("interpreter", read_interpreter) {
            case.bar.interpreter = interpreter;
        }
        case.bar.municipality = self.get("municipality", |text| Code::new(text).ok());
        case.file_start = self.day("file_start", today);
        for column in ["brp_registration", "permit_granted"] {
            if let Some(day) = self.day(column, today)
                && let Ok(event) = Code::new(column)
            {
                case.events.insert(event, day);
            }
        }
        case.last_contact = self.day("last_contact", today).map(|on| NewContact {
            on,
            channel: Channel::Unknown,
            language: None,
            interpreter: Interpreted::No,
            note: None,
        });
        for column in ["treated_as", "learning_route"] {
            let fact = self.get(column, |text| read_fact(column, text));
            case.statements.extend(fact.map(|fact| NewStatement {
                topic: IntakeTopic::Residence,
                text: None,
                fact: Some(fact),
                source: StatementSource::Document,
                on: today,
                replaces: None,
            }));
        }
        case
    }
}

/// A day as 2026-11-22 or, as Dutch spreadsheets write it, 22-11-2026 or 22/11/2026; a time behind
/// it, which workbooks add, does not matter.
fn read_day(text: &str) -> Option<Day> {
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

pub(super) fn read_interpreter(text: &str) -> Option<Interpreter> {
    match text.to_lowercase().as_str() {
        "yes" | "ja" | "needed" => Some(Interpreter::Needed),
        "no" | "nee" | "not_needed" => Some(Interpreter::NotNeeded),
        _ => None,
    }
}

/// A fact with its value in the words of the rules.
pub(super) fn read_fact(name: &str, text: &str) -> Option<(Code, Code)> {
    let fact = Fact::named(name).ok()?;
    let facts = Facts::none().with(fact, text).ok()?;
    let value = facts.get(fact)?.to_string();
    Some((Code::new(name).ok()?, Code::new(&value).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_of_the_head() {
        assert_eq!(delimiter("a;b;c,d\n"), b';');
        assert_eq!(delimiter("a\tb"), b'\t');
        assert_eq!(delimiter("a,b"), b',');
        assert_eq!(delimiter("a"), b',');
    }

    #[test]
    fn days_are_read_in_both_orders() {
        assert_eq!(read_day("22-11-2026"), "2026-11-22".parse().ok());
        assert_eq!(read_day("1/2/2026"), "2026-02-01".parse().ok());
        assert_eq!(read_day("2026-02-01T00:00:00"), "2026-02-01".parse().ok());
        assert_eq!(read_day("31-02-2026"), None);
        assert_eq!(read_day("1-2-26"), None);
    }
}
