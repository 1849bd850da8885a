//! A workbook → typed cells.
//!
//! Every part is unpacked once and counted before anything reads it, since the sizes an archive
//! states may be lies. Formulas are not computed: the value that was stored with them counts.
//! Hidden sheets are left out, because whoever handed in the file did not see them.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use time::{Date, Month, PrimitiveDateTime, Time};

use super::{Cell, Limits, Place, Sheet, SheetError};
use crate::archive::{Archive, Refusal};

/// Whether a file starts as a workbook does.
#[must_use]
pub fn is_xlsx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The visible sheets of a workbook.
///
/// # Errors
/// [`SheetError`] for a file that is too big, swells, is damaged or holds a cell without a value,
/// with the sheet, row and column where there is one.
pub fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > limits.file {
        return Err(SheetError::File(Refusal::TooBig {
            size: bytes.len() as u64,
            limit: limits.file as u64,
        }));
    }
    Archive::open(bytes)?.unpack_all(limits.unpacked)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(workbook)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut budget = limits.cells;
    names
        .into_iter()
        .map(|name| read_sheet(&mut book, name, limits, &mut budget))
        .collect()
}

fn workbook(error: calamine::XlsxError) -> SheetError {
    SheetError::Workbook(Box::new(error))
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    limits: &Limits,
    budget: &mut usize,
) -> Result<Sheet, SheetError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let damaged = |row: usize, error| SheetError::Damaged {
        sheet: name.clone(),
        row,
        source: Box::new(error),
    };
    let mut reader = book
        .worksheet_cells_reader(&name)
        .map_err(|error| damaged(0, error))?;
    while let Some(found) = reader
        .next_cell()
        .map_err(|error| damaged(rows.len(), error))?
    {
        let (row, column) = found.get_position();
        let place = Place {
            sheet: name.clone(),
            row: row as usize,
            column: column as usize,
        };
        let cell = typed(found.get_value(), &place)?;
        if cell.is_empty() {
            continue;
        }
        within(&place, &cell, limits, budget)?;
        put(&mut rows, &place, cell)?;
    }
    drop(reader);
    Ok(Sheet { name, rows })
}

/// Whether a cell is still within the limits.
fn within(
    place: &Place,
    cell: &Cell,
    limits: &Limits,
    budget: &mut usize,
) -> Result<(), SheetError> {
    let too_much = |what, limit| {
        Err(SheetError::TooMuch {
            place: place.clone(),
            what,
            limit,
        })
    };
    if place.row >= limits.rows {
        return too_much("rows", limits.rows);
    }
    if place.column >= limits.columns {
        return too_much("columns", limits.columns);
    }
    if let Cell::Text(text) = cell
        && text.chars().count() > limits.characters
    {
        return too_much("characters in a cell", limits.characters);
    }
    match budget.checked_sub(1) {
        Some(rest) => *budget = rest,
        None => return too_much("cells", limits.cells),
    }
    Ok(())
}

fn put(rows: &mut Vec<Vec<Cell>>, place: &Place, cell: Cell) -> Result<(), SheetError> {
    if rows.len() <= place.row {
        rows.resize_with(place.row + 1, Vec::new);
    }
    // The row is there: it was just made.
    let row = &mut rows[place.row];
    if row.len() <= place.column {
        row.resize_with(place.column + 1, Cell::default);
    }
    let slot = &mut row[place.column];
    if !slot.is_empty() {
        return Err(SheetError::Cell {
            place: place.clone(),
            reason: "the cell stands twice in the file".to_owned(),
        });
    }
    *slot = cell;
    Ok(())
}

fn typed(value: &DataRef<'_>, place: &Place) -> Result<Cell, SheetError> {
    let wrong = |reason: String| SheetError::Cell {
        place: place.clone(),
        reason,
    };
    let number = |number: f64| {
        if number.is_finite() {
            Ok(Cell::Number(number))
        } else {
            Err(wrong("the number is not finite".to_owned()))
        }
    };
    match Data::from(value.clone()) {
        Data::Empty => Ok(Cell::Empty),
        Data::Int(whole) => number(whole as f64),
        Data::Float(float) => number(float),
        Data::String(text) => Ok(Cell::text(text)),
        Data::Bool(truth) => Ok(Cell::Truth(truth)),
        Data::DateTime(moment) => {
            of_serial(moment).ok_or_else(|| wrong(format!("{} is no day or time", moment.as_f64())))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => {
            of_iso(&text).ok_or_else(|| wrong(format!("{:?} is no day or time", shortened(&text))))
        }
        Data::Error(error) => Err(wrong(format!(
            "the cell holds the error {error}, not a value"
        ))),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A day or time from the count of days that spreadsheets store. A stretch of time (`[h]:mm`)
/// stays the number of days it is.
fn of_serial(moment: ExcelDateTime) -> Option<Cell> {
    let serial = moment.as_f64();
    if moment.is_duration() {
        return serial.is_finite().then_some(Cell::Number(serial));
    }
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = Time::from_hms(hour, minute, second).ok()?;
    if serial < 1.0 {
        return Some(Cell::Time(time));
    }
    let month = Month::try_from(month).ok()?;
    // The 29th of February 1900 exists in spreadsheets only.
    let date = Date::from_calendar_date(i32::from(year), month, day).ok()?;
    Some(at(date, time))
}

fn of_iso(text: &str) -> Option<Cell> {
    let day = |text: &str| commitments::calendar::parse_iso(text).ok();
    let clock = |text: &str| {
        let text = text.split('.').next()?;
        let mut parts = text.split(':').map(|part| part.parse::<u8>().ok());
        let time = Time::from_hms(
            parts.next()??,
            parts.next()??,
            parts.next().flatten().unwrap_or(0),
        );
        time.ok()
    };
    match text.trim_end_matches('Z').split_once('T') {
        Some((date, time)) => Some(at(day(date)?, clock(time)?)),
        None => day(text)
            .map(Cell::Day)
            .or_else(|| clock(text).map(Cell::Time)),
    }
}

fn at(date: Date, time: Time) -> Cell {
    if time == Time::MIDNIGHT {
        Cell::Day(date)
    } else {
        Cell::Moment(PrimitiveDateTime::new(date, time))
    }
}
