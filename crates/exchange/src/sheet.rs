//! Spreadsheets as rows of typed cells: XLSX in and out, and the step to text with commas.
//!
//! Whoever takes a table from others reads it here, so that a workbook is refused or accepted by
//! the same rules everywhere: [`Limits`] bound what is unpacked and kept, and a fault names the
//! sheet, the row and the column as the spreadsheet program shows them.
//! This module must not know what a column means.

mod read;
mod text;
mod write;

use std::fmt;

use time::{Date, PrimitiveDateTime, Time};

pub use read::{is_xlsx, read_xlsx};
pub use text::{CommaReader, CommaText, comma_reader, comma_text, first_table};
pub use write::write_xlsx;

use crate::archive::Refusal;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text; never a formula, whatever it starts with.
    Text(String),
    /// A finite number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Date),
    /// A time of day.
    Time(Time),
    /// A day with a time; spreadsheets know no time zone.
    Moment(PrimitiveDateTime),
}

impl Cell {
    /// Text, or nothing for an empty one.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    /// A number, or nothing for one that is missing or not finite.
    #[must_use]
    pub fn number(number: Option<f64>) -> Cell {
        number
            .filter(|number| number.is_finite())
            .map_or(Cell::Empty, Cell::Number)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

impl fmt::Display for Cell {
    /// As text that machines read: `2026-11-22`, `0.25`, `true`; numbers in the fewest digits that
    /// give the same number back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Number(number) => write!(f, "{number}"),
            Cell::Truth(truth) => write!(f, "{truth}"),
            Cell::Day(day) => iso_day(f, *day),
            Cell::Time(time) => iso_time(f, *time),
            Cell::Moment(moment) => {
                iso_day(f, moment.date())?;
                f.write_str("T")?;
                iso_time(f, moment.time())
            }
        }
    }
}

fn iso_day(f: &mut fmt::Formatter<'_>, day: Date) -> fmt::Result {
    let (year, month, day) = day.to_calendar_date();
    write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
}

fn iso_time(f: &mut fmt::Formatter<'_>, time: Time) -> fmt::Result {
    let (hour, minute, second) = time.as_hms();
    write!(f, "{hour:02}:{minute:02}:{second:02}")
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Rows from the first of the sheet; a row ends with its last cell that is not empty.
    pub rows: Vec<Vec<Cell>>,
}

/// Where a cell stands, counted from 0 and shown as a spreadsheet program does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the sheet.
    pub sheet: String,
    /// Row from 0.
    pub row: usize,
    /// Column from 0.
    pub column: usize,
}

impl fmt::Display for Place {
    /// `sheet "People", row 3, column B`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sheet {:?}, row {}, column {}",
            self.sheet,
            self.row + 1,
            column_name(self.column)
        )
    }
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// How much of a workbook is read; more is refused, never cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: usize,
    /// Bytes of all its parts together after unpacking.
    pub unpacked: u64,
    /// Rows of a sheet, its empty ones included.
    pub rows: usize,
    /// Columns of a sheet.
    pub columns: usize,
    /// Cells that are not empty, of all sheets together.
    pub cells: usize,
    /// Characters in a cell.
    pub characters: usize,
}

impl Default for Limits {
    /// What fits into an upload and into memory: 16 MB, unpacked 128 MB, 200,000 rows of 256
    /// columns, two million cells of 10,000 characters.
    fn default() -> Limits {
        Limits {
            file: 16 << 20,
            unpacked: 128 << 20,
            rows: 200_000,
            columns: 256,
            cells: 2_000_000,
            characters: 10_000,
        }
    }
}

/// Why a workbook cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file as such.
    #[error(transparent)]
    File(#[from] Refusal),
    /// No workbook, or a damaged one.
    #[error("cannot read the workbook")]
    Workbook(#[source] Box<calamine::XlsxError>),
    /// A sheet that cannot be read.
    #[error("cannot read the sheet {sheet:?} beyond row {row}")]
    Damaged {
        /// The sheet.
        sheet: String,
        /// The last row that was read, from 1; 0 if none.
        row: usize,
        /// Why.
        #[source]
        source: Box<calamine::XlsxError>,
    },
    /// More than is read.
    #[error("{place}: more than the {limit} {what} that are read")]
    TooMuch {
        /// The cell that is one too many.
        place: Place,
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A cell that holds no value, such as the outcome of a formula that failed.
    #[error("{place}: {reason}")]
    Cell {
        /// Where.
        place: Place,
        /// What is wrong.
        reason: String,
    },
    /// No visible sheet with anything in it.
    #[error("the workbook has no visible sheet with anything in it")]
    Nothing,
    /// More than one sheet where one table is expected.
    #[error(
        "the workbook has more than one visible sheet with data ({first:?} and {second:?}); \
         keep one"
    )]
    ManySheets {
        /// One.
        first: String,
        /// Another.
        second: String,
    },
    /// Bytes that do not come.
    #[error("cannot read the file")]
    Read(#[source] std::io::Error),
    /// Text that is not UTF-8.
    #[error("the text is not UTF-8")]
    NotText,
    /// A workbook that cannot be written.
    #[error("cannot write the workbook")]
    Write(#[source] Box<rust_xlsxwriter::XlsxError>),
}
