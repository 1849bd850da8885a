//! A sheet → text with commas, so that what reads CSV also takes a workbook.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};
use std::str;

use super::{Cell, Limits, Sheet, SheetError, is_xlsx, read_xlsx};

/// A table as text with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommaText<'a> {
    /// The text. A line is a row of the sheet, so that faults name the right row as long as no
    /// cell holds a line break.
    pub text: Cow<'a, str>,
    /// The sheet it stood on; `None` for a file that was text already.
    pub sheet: Option<String>,
}

/// Text as it is, or the one visible sheet of a workbook as text with commas.
///
/// Numbers are written in the fewest digits that give the same number back, days as `2026-11-22`;
/// rows are filled up to the length of the first, so that cells left out at the end stay empty.
///
/// # Errors
/// [`SheetError`] for a file that cannot be read, and for a workbook with more than one sheet.
pub fn comma_text<'a>(bytes: &'a [u8], limits: &Limits) -> Result<CommaText<'a>, SheetError> {
    if is_xlsx(bytes) {
        let sheet = first_table(read_xlsx(bytes, limits)?)?;
        return Ok(CommaText {
            text: Cow::Owned(joined(&sheet)),
            sheet: Some(sheet.name),
        });
    }
    if bytes.len() > limits.unpacked.try_into().unwrap_or(usize::MAX) {
        return Err(SheetError::File(crate::Refusal::TooBig {
            size: bytes.len() as u64,
            limit: limits.unpacked,
        }));
    }
    let text = str::from_utf8(bytes).map_err(|_| SheetError::NotText)?;
    // Spreadsheet programs put a byte order mark before text; it is no part of the first name.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(CommaText {
        text: Cow::Borrowed(text),
        sheet: None,
    })
}

/// A table of commas that is read from its beginning.
pub struct CommaReader<'a> {
    /// The text.
    pub text: Box<dyn Read + 'a>,
    /// The sheet it stood on; `None` for a file that was text already.
    pub sheet: Option<String>,
}

/// As [`comma_text`], for files of any size: text is passed on as it comes, unchecked; a workbook
/// is read within its limits first.
///
/// # Errors
/// [`SheetError`].
pub fn comma_reader<'a>(
    mut from: impl Read + 'a,
    limits: &Limits,
) -> Result<CommaReader<'a>, SheetError> {
    let mut start = Vec::new();
    from.by_ref().take(4).read_to_end(&mut start)?;
    if !is_xlsx(&start) {
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
        return Ok(CommaReader {
            text: Box::new(Cursor::new(start.to_vec()).chain(from)),
            sheet: None,
        });
    }
    let most = u64::try_from(limits.file).unwrap_or(u64::MAX);
    from.take(most).read_to_end(&mut start)?;
    let CommaText { text, sheet } = comma_text(&start, limits)?;
    Ok(CommaReader {
        text: Box::new(Cursor::new(text.into_owned())),
        sheet,
    })
}

impl From<io::Error> for SheetError {
    fn from(error: io::Error) -> SheetError {
        SheetError::Read(error)
    }
}

/// The one sheet that holds anything.
///
/// # Errors
/// [`SheetError::Nothing`], [`SheetError::ManySheets`].
pub fn first_table(sheets: Vec<Sheet>) -> Result<Sheet, SheetError> {
    let mut filled = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty());
    let sheet = filled.next().ok_or(SheetError::Nothing)?;
    match filled.next() {
        None => Ok(sheet),
        Some(other) => Err(SheetError::ManySheets {
            first: sheet.name,
            second: other.name,
        }),
    }
}

fn joined(sheet: &Sheet) -> String {
    let width = sheet.rows.first().map_or(0, Vec::len);
    let mut out = String::new();
    for row in &sheet.rows {
        // A row without anything is a line without anything, which readers of CSV skip but count.
        let length = if row.is_empty() {
            0
        } else {
            row.len().max(width)
        };
        for column in 0..length {
            if column > 0 {
                out.push(',');
            }
            if let Some(cell) = row.get(column) {
                quote(cell, &mut out);
            }
        }
        out.push('\n');
    }
    out
}

fn quote(cell: &Cell, out: &mut String) {
    let text = cell.to_string();
    if text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}
