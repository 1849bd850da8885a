//! Typed cells → a workbook, the same bytes for the same cells.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use time::{Date, PrimitiveDateTime, Time};

use super::{Cell, Sheet, SheetError};

/// Width of a column in characters, at least and at most.
const WIDTHS: (usize, usize) = (8, 60);

/// Most signs in the name of a sheet.
const NAME: usize = 31;

/// Writes sheets as a workbook that says it was made on a day.
///
/// The first row of a sheet stays in sight when scrolling. Text is written as text, so nothing in
/// it is ever computed. Names of sheets lose signs that spreadsheets do not allow.
///
/// # Errors
/// [`SheetError::Write`]: a cell with more than 32,767 characters, two sheets of the same name.
pub fn write_xlsx(sheets: &[Sheet], made_on: Date) -> Result<Vec<u8>, SheetError> {
    build(sheets, made_on).map_err(|error| SheetError::Write(Box::new(error)))
}

fn build(sheets: &[Sheet], made_on: Date) -> Result<Vec<u8>, XlsxError> {
    let made = DocProperties::new().set_creation_datetime(&excel_day(made_on)?);
    let mut book = Workbook::new();
    book.set_properties(&made);
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(allowed_name(&sheet.name))?;
        fill(page, sheet)?;
    }
    book.save_to_buffer()
}

fn allowed_name(name: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    name.chars().filter(allowed).take(NAME).collect()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("hh:mm:ss");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let mut widths: Vec<usize> = Vec::new();
    for (row, cells) in sheet.rows.iter().enumerate() {
        let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (column, cell) in cells.iter().enumerate() {
            let at = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
            if widths.len() <= column {
                widths.resize(column + 1, WIDTHS.0);
            }
            widths[column] = widths[column].max(cell.to_string().chars().count() + 1);
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    page.write_string(row, at, text)?;
                }
                Cell::Number(number) => {
                    page.write_number(row, at, *number)?;
                }
                Cell::Truth(truth) => {
                    page.write_boolean(row, at, *truth)?;
                }
                Cell::Day(date) => {
                    page.write_datetime_with_format(row, at, excel_day(*date)?, &day)?;
                }
                Cell::Time(clock) => {
                    page.write_datetime_with_format(row, at, excel_time(*clock)?, &time)?;
                }
                Cell::Moment(when) => {
                    page.write_datetime_with_format(row, at, excel_moment(*when)?, &moment)?;
                }
            }
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        page.set_column_width(column, width.min(WIDTHS.1) as f64)?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn excel_day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    // A year before 1900 is refused by the writer whichever number it is.
    let year = u16::try_from(date.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, u8::from(date.month()), date.day())
}

fn excel_time(time: Time) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_hms(u16::from(time.hour()), time.minute(), time.second())
}

fn excel_moment(moment: PrimitiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    excel_day(moment.date())?.and_hms(u16::from(moment.hour()), moment.minute(), moment.second())
}
