//! Spreadsheets: what is written is read back, and faults name sheet, row and column.

use std::io::{Cursor, Read, Write};

use exchange::Refusal;
use exchange::sheet::{
    Cell, Limits, Sheet, SheetError, comma_reader, comma_text, read_xlsx, write_xlsx,
};
use proptest::prelude::*;
use time::macros::{date, datetime, time};
use zip::write::SimpleFileOptions;

fn sheet(name: &str, rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        rows,
    }
}

fn of_text(rows: &[&[&str]]) -> Sheet {
    let row = |cells: &&[&str]| cells.iter().map(|cell| Cell::text(*cell)).collect();
    sheet("Table", rows.iter().map(row).collect())
}

fn written(sheets: &[Sheet]) -> Vec<u8> {
    write_xlsx(sheets, date!(2026 - 11 - 22)).unwrap()
}

/// A workbook whose first sheet is the given XML.
fn with_sheet_xml(xml: &str) -> Vec<u8> {
    let good = written(&[of_text(&[&["a"]])]);
    let mut from = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        to.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            xml.clone_into(&mut text);
        }
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn around(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/\
         spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

#[test]
fn typed_cells_come_back_as_they_were() {
    let sheets = [
        sheet(
            "Figures",
            vec![
                vec![Cell::text("name"), Cell::text("value")],
                vec![Cell::text("=SUM(A1:A9)"), Cell::Number(0.1 + 0.2)],
                vec![],
                vec![
                    Cell::Empty,
                    Cell::Truth(true),
                    Cell::Day(date!(2024 - 02 - 29)),
                ],
                vec![
                    Cell::Time(time!(08:30)),
                    Cell::Moment(datetime!(2025-01-02 13:14:15)),
                    Cell::text("ትግርኛ, \"عربي\"\nيوم"),
                ],
            ],
        ),
        of_text(&[&["second"]]),
    ];
    let bytes = written(&sheets);
    assert_eq!(read_xlsx(&bytes, &Limits::default()).unwrap(), sheets);
    assert_eq!(
        bytes,
        written(&sheets),
        "the same cells give the same bytes"
    );
}

#[test]
fn a_sheet_becomes_the_text_a_reader_of_commas_expects() {
    let table = sheet(
        "Table",
        vec![
            vec![Cell::text("day"), Cell::text("share"), Cell::text("note")],
            vec![Cell::Day(date!(2026 - 03 - 01)), Cell::Number(0.45)],
            vec![],
            vec![Cell::text("x"), Cell::Number(12.0), Cell::text("a,\"b\"")],
        ],
    );
    let bytes = written(&[table]);
    let table = comma_text(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        table.text,
        "day,share,note\n2026-03-01,0.45,\n\nx,12,\"a,\"\"b\"\"\"\n"
    );
    assert_eq!(table.sheet.as_deref(), Some("Table"));
    let text = comma_text("\u{feff}a,b\n".as_bytes(), &Limits::default()).unwrap();
    assert_eq!((&*text.text, text.sheet), ("a,b\n", None));
    for (file, expected) in [
        (bytes.as_slice(), &*table.text),
        ("\u{feff}a,b\n".as_bytes(), "a,b\n"),
        (b"a".as_slice(), "a"),
    ] {
        let mut read = String::new();
        let mut reader = comma_reader(file, &Limits::default()).unwrap();
        reader.text.read_to_string(&mut read).unwrap();
        assert_eq!(read, expected);
    }
}

#[test]
fn faults_name_sheet_row_and_column() {
    let refused = |rows: &str| {
        read_xlsx(&with_sheet_xml(&around(rows)), &Limits::default())
            .unwrap_err()
            .to_string()
    };
    let failed = refused("<row r=\"3\"><c r=\"AB3\" t=\"e\"><v>#DIV/0!</v></c></row>");
    assert!(
        failed.starts_with("sheet \"Table\", row 3, column AB: "),
        "{failed}"
    );
    assert!(failed.contains("#DIV/0!"), "{failed}");
    let far = refused("<row r=\"900000\"><c r=\"A900000\"><v>1</v></c></row>");
    assert!(far.contains("row 900000, column A"), "{far}");
    assert!(far.contains("200000 rows"), "{far}");
    let wide = refused("<row r=\"1\"><c r=\"ZZ1\"><v>1</v></c></row>");
    assert!(
        wide.contains("column ZZ") && wide.contains("256 columns"),
        "{wide}"
    );
    let twice = refused("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>");
    assert!(twice.contains("twice"), "{twice}");
    let endless = refused("<row r=\"1\"><c r=\"B1\"><v>1e999</v></c></row>");
    assert!(endless.contains("row 1, column B"), "{endless}");
}

#[test]
fn limits_hold_for_rows_columns_cells_and_characters() {
    let bytes = written(&[of_text(&[&["aaaa", "b"], &["c", "d"]])]);
    let limits = Limits::default();
    for (limits, what) in [
        (Limits { rows: 1, ..limits }, "1 rows"),
        (
            Limits {
                columns: 1,
                ..limits
            },
            "1 columns",
        ),
        (Limits { cells: 3, ..limits }, "3 cells"),
        (
            Limits {
                characters: 3,
                ..limits
            },
            "3 characters",
        ),
        (
            Limits {
                file: 100,
                ..limits
            },
            "100 that are read",
        ),
        (
            Limits {
                unpacked: 1000,
                ..limits
            },
            "1000 that are read",
        ),
    ] {
        let refused = read_xlsx(&bytes, &limits).unwrap_err().to_string();
        assert!(refused.contains(what), "{what}: {refused}");
    }
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let bomb = around(&format!("<!--{}-->", " ".repeat(40 << 20)));
    assert!(matches!(
        read_xlsx(&with_sheet_xml(&bomb), &Limits::default()),
        Err(SheetError::File(Refusal::Swells { .. }))
    ));
}

#[test]
fn sizes_that_lie_are_counted_while_unpacking() {
    let filler: String = (0_u64..1 << 18)
        .map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
        .collect();
    let mut bytes = with_sheet_xml(&around(&format!("<!--{filler}-->")));
    // The size after unpacking, little endian, as stated in the directory and before the part.
    let stated = (around(&format!("<!--{filler}-->")).len() as u32).to_le_bytes();
    let places: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == stated)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let limits = Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    };
    let refused = read_xlsx(&bytes, &limits).unwrap_err();
    assert!(matches!(refused, SheetError::File(_)), "{refused}");
}

#[test]
fn one_table_is_expected_where_commas_are_read() {
    let two = written(&[
        of_text(&[&["a"]]),
        sheet("Other", vec![vec![Cell::Number(1.0)]]),
    ]);
    assert!(matches!(
        comma_text(&two, &Limits::default()),
        Err(SheetError::ManySheets { .. })
    ));
    let none = written(&[sheet("Empty", vec![])]);
    assert!(matches!(
        comma_text(&none, &Limits::default()),
        Err(SheetError::Nothing)
    ));
    assert!(matches!(
        comma_text(&[0xff, 0xfe, 0], &Limits::default()),
        Err(SheetError::NotText)
    ));
    assert!(comma_text(b"PK\x03\x04 no archive", &Limits::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_workbooks_do_not_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = written(&[of_text(&[&["a", "b"], &["c"]])]);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read_xlsx(&bytes, &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        let _ = read_xlsx(&bytes, &Limits::default());
    }

    #[test]
    fn any_markup_in_a_sheet_does_not_panic(
        rows in "(<(row|c|v|is|t|f)( (r|t|s)=\"[A-Z]{0,3}[0-9]{0,9}\"){0,2}/?>|</(row|c|v|is|t|f)>|[a-z0-9.<&-]{1,6}){0,30}",
    ) {
        let _ = read_xlsx(&with_sheet_xml(&around(&rows)), &Limits::default());
    }
}
