//! Tables that commands read: text with commas or a workbook, from a file or standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context;
use exchange::sheet::{Limits, comma_reader};

/// A table, and what to call it in messages.
pub(crate) struct Table {
    /// File, with the sheet of a workbook.
    pub(crate) name: String,
    /// Text with commas; a line is a row of the sheet.
    pub(crate) text: Box<dyn Read>,
}

/// Opens a table; `-` is standard input.
pub(crate) fn open(path: &Path) -> anyhow::Result<Table> {
    let (name, from): (String, Box<dyn Read>) = if path == Path::new("-") {
        ("standard input".to_owned(), Box::new(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        (name, Box::new(file))
    };
    let table = comma_reader(from, &Limits::default()).with_context(|| name.clone())?;
    Ok(Table {
        name: match table.sheet {
            Some(sheet) => format!("{name}, sheet {sheet:?}"),
            None => name,
        },
        text: table.text,
    })
}
