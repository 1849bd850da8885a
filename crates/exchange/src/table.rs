//! Records as tables: CSV with one row for each record, and JSON.
//!
//! Both carry every field with its place, rule and confidence, so that reading them back gives
//! the same records.

use commitments::calendar::{Interval, PartialDate, parse_iso};
use commitments::deadline::{Certainty, Deadline};
use commitments::place::{Confidence, Field, Rule, Span};
use commitments::read::debates::Debate;
use commitments::read::people::{Member, Party};
use commitments::record::{
    Ask, AskForm, Kind, Note, Record, ReferenceOrigin, SourceReference, Standing, Status,
};
use serde::{Deserialize, Serialize};

use crate::formula::{disarmed, rearmed};
use crate::package::WriteError;

/// Columns in Dutch, as a policy officer opens them in a spreadsheet.
const COLUMNS: [&str; 23] = [
    "nummer",
    "soort",
    "leden",
    "c.s.",
    "onderwerp",
    "voegwoord",
    "verzoek of toezegging",
    "vindplaats",
    "herkomst vindplaats",
    "vorm debat",
    "onderwerp debat",
    "datum",
    "termijn",
    "termijn van",
    "termijn tot en met",
    "zekerheid termijn",
    "termijn blikt vooruit",
    "stand",
    "woorden bij stand",
    "stand van zaken",
    "bijlagen",
    "voetnoten",
    "plaatsen",
];

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No table.
    #[error("cannot read the table")]
    Csv(#[from] csv::Error),
    /// No JSON of records.
    #[error("cannot read the records")]
    Json(#[from] serde_json::Error),
    /// Other columns than ours.
    #[error("the table has other columns; expected {0:?}")]
    Columns(&'static str),
    /// A cell that does not fit.
    #[error("row {row}, column {column:?}: {text:?} does not fit")]
    Cell {
        /// Row, the header being 1.
        row: usize,
        /// Column.
        column: &'static str,
        /// The cell.
        text: String,
    },
}

/// Records in a JSON file.
#[derive(Debug, Serialize, Deserialize)]
struct JsonFile {
    /// Version of the form.
    format: u32,
    title: String,
    records: Vec<Record>,
}

/// Writes records as JSON.
///
/// # Errors
/// Fails when JSON cannot be made.
pub fn write_json(title: &str, records: &[Record]) -> Result<String, WriteError> {
    let file = JsonFile {
        format: 1,
        title: title.to_owned(),
        records: records.to_vec(),
    };
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

/// Reads records from JSON.
///
/// # Errors
/// Fails when the text is no JSON of records.
pub fn read_json(text: &str) -> Result<Vec<Record>, TableError> {
    Ok(serde_json::from_str::<JsonFile>(text)?.records)
}

/// Writes records as CSV with a header.
///
/// # Errors
/// Fails when the table cannot be made.
pub fn write_csv(records: &[Record]) -> Result<String, WriteError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for record in records {
        writer.write_record(cells(record).map(|cell| disarmed(&cell).into_owned()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cells(record: &Record) -> [String; 23] {
    let content = record.content();
    let members = content.members.iter().map(|member| match &member.party {
        Some(party) => format!("{} ({})", member.name, party.code()),
        None => member.name.clone(),
    });
    let origin = content
        .reference
        .as_ref()
        .map(|reference| match reference.origin {
            ReferenceOrigin::Stated => "tekst".to_owned(),
            ReferenceOrigin::Footnote(number) => format!("voetnoot {number}"),
            ReferenceOrigin::Inherited(number) => format!("overgenomen van {number}"),
        });
    let deadline = content.deadline.as_ref();
    let days = deadline.and_then(|deadline| deadline.interval);
    let notes = content.notes.iter().map(|note| match &note.text {
        Some(text) => format!("{}: {text}", note.number),
        None => note.number.to_string(),
    });
    let lines = |items: Vec<String>| items.join("\n");
    [
        record.number.to_string(),
        content.kind.code().to_owned(),
        lines(members.collect()),
        yes(content.and_others),
        content.topic.unwrap_or_default(),
        content.ask.form.code().to_owned(),
        content.ask.words,
        content
            .reference
            .as_ref()
            .map_or(String::new(), |reference| reference.paper.to_string()),
        origin.unwrap_or_default(),
        content
            .debate
            .as_ref()
            .map_or(String::new(), |debate| debate.form.clone()),
        content
            .debate
            .and_then(|debate| debate.subject)
            .unwrap_or_default(),
        content.date.map_or(String::new(), |date| date.to_string()),
        deadline.map_or(String::new(), |deadline| deadline.words.clone()),
        days.map_or(String::new(), |days| commitments::calendar::iso(days.from)),
        days.map_or(String::new(), |days| commitments::calendar::iso(days.until)),
        deadline.map_or(String::new(), |deadline| {
            deadline.certainty.code().to_owned()
        }),
        deadline.map_or(String::new(), |deadline| yes(deadline.looks_ahead)),
        content.status.standing.code().to_owned(),
        content.status.words,
        content.account.unwrap_or_default(),
        lines(content.attachments),
        lines(notes.collect()),
        places(record),
    ]
}

fn yes(value: bool) -> String {
    if value { "ja" } else { "nee" }.to_owned()
}

/// The place, rule and confidence of every field: `ask 12-40 ask.after_verb 95`, one a line.
fn places(record: &Record) -> String {
    let mut out = vec![format!("record {}", record.span)];
    let mut add = |name: &str, span: Span, rule: &Rule, sure: Confidence| {
        out.push(format!("{name} {span} {rule} {}", sure.value()));
    };
    add(
        "kind",
        record.kind.span,
        &record.kind.rule,
        record.kind.confidence,
    );
    for field in &record.members {
        add("member", field.span, &field.rule, field.confidence);
    }
    if let Some(field) = &record.topic {
        add("topic", field.span, &field.rule, field.confidence);
    }
    add(
        "ask",
        record.ask.span,
        &record.ask.rule,
        record.ask.confidence,
    );
    if let Some(field) = &record.reference {
        add("reference", field.span, &field.rule, field.confidence);
    }
    if let Some(field) = &record.debate {
        add("debate", field.span, &field.rule, field.confidence);
    }
    if let Some(field) = &record.date {
        add("date", field.span, &field.rule, field.confidence);
    }
    if let Some(field) = &record.deadline {
        add("deadline", field.span, &field.rule, field.confidence);
    }
    if let Some(field) = &record.account {
        add("account", field.span, &field.rule, field.confidence);
    }
    add(
        "status",
        record.status.span,
        &record.status.rule,
        record.status.confidence,
    );
    for field in &record.attachments {
        add("attachment", field.span, &field.rule, field.confidence);
    }
    for field in &record.notes {
        add("note", field.span, &field.rule, field.confidence);
    }
    out.join("\n")
}

/// Reads records from CSV as [`write_csv`] writes it.
///
/// # Errors
/// Fails when the columns are others or a cell does not fit.
pub fn read_csv(text: &str) -> Result<Vec<Record>, TableError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers()?;
    if header.iter().ne(COLUMNS) {
        return Err(TableError::Columns("nummer, soort, leden, …, plaatsen"));
    }
    reader
        .records()
        .enumerate()
        .map(|(index, row)| {
            let row = row?;
            Row {
                number: index + 2,
                cells: COLUMNS
                    .iter()
                    .enumerate()
                    .map(|(column, _)| rearmed(row.get(column).unwrap_or("")).to_owned())
                    .collect(),
            }
            .record()
        })
        .collect()
}

/// A row of the table under reading.
struct Row {
    number: usize,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn wrong(&self, column: usize) -> TableError {
        TableError::Cell {
            row: self.number,
            column: COLUMNS.get(column).copied().unwrap_or(""),
            text: self.cell(column).chars().take(80).collect(),
        }
    }

    fn filled(&self, column: usize) -> Option<&str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    fn parsed<T>(
        &self,
        column: usize,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, TableError> {
        self.filled(column)
            .map(|cell| read(cell).ok_or_else(|| self.wrong(column)))
            .transpose()
    }

    fn needed<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>) -> Result<T, TableError> {
        read(self.cell(column)).ok_or_else(|| self.wrong(column))
    }

    fn record(&self) -> Result<Record, TableError> {
        let mut places = Places::read(self.cell(22)).ok_or_else(|| self.wrong(22))?;
        let missing = || self.wrong(22);
        let ask = Ask {
            words: self.cell(6).to_owned(),
            form: self.needed(5, |code| {
                AskForm::ALL.into_iter().find(|form| form.code() == code)
            })?,
        };
        let status = Status {
            standing: self.needed(17, |code| {
                Standing::ALL.into_iter().find(|known| known.code() == code)
            })?,
            words: self.cell(18).to_owned(),
        };
        let kind = self.needed(1, |code| {
            Kind::ALL.into_iter().find(|kind| kind.code() == code)
        })?;
        let debate = self.filled(9).map(|form| Debate {
            form: form.to_owned(),
            subject: self.filled(10).map(str::to_owned),
        });
        let date: Option<PartialDate> = self.parsed(11, |cell| cell.parse().ok())?;
        let lines = |column| {
            self.cell(column)
                .split('\n')
                .filter(|line| !line.is_empty())
        };
        Ok(Record {
            number: self.needed(0, |cell| cell.parse().ok())?,
            span: places.record,
            kind: places.field("kind", kind).ok_or_else(missing)?,
            members: lines(2)
                .map(|line| places.field("member", member(line)).ok_or_else(missing))
                .collect::<Result<_, _>>()?,
            and_others: self.cell(3) == "ja",
            topic: places.maybe("topic", self.filled(4).map(str::to_owned)),
            ask: places.field("ask", ask).ok_or_else(missing)?,
            reference: places.maybe("reference", self.reference()?),
            debate: places.maybe("debate", debate),
            date: places.maybe("date", date),
            deadline: places.maybe("deadline", self.deadline()?),
            account: places.maybe("account", self.filled(19).map(str::to_owned)),
            status: places.field("status", status).ok_or_else(missing)?,
            attachments: lines(20)
                .map(|line| {
                    places
                        .field("attachment", line.to_owned())
                        .ok_or_else(missing)
                })
                .collect::<Result<_, _>>()?,
            notes: lines(21)
                .map(|line| {
                    let note = note(line).ok_or_else(|| self.wrong(21))?;
                    places.field("note", note).ok_or_else(missing)
                })
                .collect::<Result<_, _>>()?,
        })
    }

    fn reference(&self) -> Result<Option<SourceReference>, TableError> {
        let Some(paper) = self.parsed(7, |cell| cell.parse().ok())? else {
            return Ok(None);
        };
        let origin = self.needed(8, |cell| match cell.rsplit_once(' ') {
            None => (cell == "tekst").then_some(ReferenceOrigin::Stated),
            Some(("voetnoot", number)) => number.parse().ok().map(ReferenceOrigin::Footnote),
            Some((_, number)) => number.parse().ok().map(ReferenceOrigin::Inherited),
        })?;
        Ok(Some(SourceReference { paper, origin }))
    }

    fn deadline(&self) -> Result<Option<Deadline>, TableError> {
        let Some(words) = self.filled(12) else {
            return Ok(None);
        };
        let from = self.parsed(13, |cell| parse_iso(cell).ok())?;
        let until = self.parsed(14, |cell| parse_iso(cell).ok())?;
        Ok(Some(Deadline {
            words: words.to_owned(),
            interval: from
                .zip(until)
                .map(|(from, until)| Interval { from, until }),
            certainty: self.needed(15, |code| {
                Certainty::ALL
                    .into_iter()
                    .find(|known| known.code() == code)
            })?,
            looks_ahead: self.cell(16) == "ja",
        }))
    }
}

fn member(line: &str) -> Member {
    let party = line
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
        .and_then(|(name, party)| Some((name, Party::known(party)?)));
    match party {
        Some((name, party)) => Member {
            name: name.to_owned(),
            party: Some(party),
        },
        None => Member {
            name: line.to_owned(),
            party: None,
        },
    }
}

fn note(line: &str) -> Option<Note> {
    let (number, text) = match line.split_once(": ") {
        Some((number, text)) => (number, Some(text.to_owned())),
        None => (line, None),
    };
    Some(Note {
        number: number.parse().ok()?,
        text,
    })
}

/// The places of the fields of a record, each handed out once.
struct Places {
    record: Span,
    fields: Vec<(String, Span, Rule, Confidence)>,
}

impl Places {
    fn read(cell: &str) -> Option<Places> {
        let mut lines = cell.split('\n');
        let record = span(lines.next()?.strip_prefix("record ")?)?;
        let fields = lines
            .map(|line| {
                let mut words = line.split(' ');
                let name = words.next()?.to_owned();
                let span = span(words.next()?)?;
                let rule = Rule::named(words.next()?);
                let sure = Confidence::percent(words.next()?.parse().ok()?);
                Some((name, span, rule, sure))
            })
            .collect::<Option<_>>()?;
        Some(Places { record, fields })
    }

    fn field<T>(&mut self, name: &str, value: T) -> Option<Field<T>> {
        let at = self.fields.iter().position(|(known, ..)| known == name)?;
        let (_, span, rule, confidence) = self.fields.remove(at);
        Some(Field {
            value,
            span,
            rule,
            confidence,
        })
    }

    fn maybe<T>(&mut self, name: &str, value: Option<T>) -> Option<Field<T>> {
        self.field(name, value?)
    }
}

fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
}
