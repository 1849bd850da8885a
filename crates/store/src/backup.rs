//! Copying the whole database out and in, while others use it.
//!
//! One logical format for both databases: a copy of one can be put into the other.
//! A copy is taken in one transaction that sees one state of everything; writers go on.
//!
//! The format is lines of JSON: a header; per table a line with its name and columns and then a
//! line per row; a last line with the number of rows. Integers are numbers, bytes base64, UUIDs
//! their text. Sealing the stream is the caller's matter.

use std::io::{self, BufRead, Write};

use sea_orm::sea_query::{Alias, Expr, Order, Query};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use domain::moment::Moment;

use crate::columns::{Column, ColumnType, Table, register};
use crate::database::sealed::Connected;
use crate::{Store, StoreError, Transaction, migration};

/// Version of the format.
const FORMAT: u32 = 1;

/// Rows that are read or written at a time.
const BATCH: u64 = 500;

/// Why a copy cannot be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading or writing the copy failed.
    #[error("cannot read or write the backup")]
    Io(#[from] io::Error),
    /// The copy has another format or was made by a newer program.
    #[error("this backup has format {format} and schema {schema}; this program knows {FORMAT} and {known}", known = migration::newest())]
    OtherVersion {
        /// Format of the copy.
        format: u32,
        /// Schema of the copy.
        schema: i64,
    },
    /// A line is not as it should be.
    #[error("line {line} of the backup is not as it should be")]
    Malformed {
        /// Line, from 1.
        line: u64,
    },
    /// The database already holds rows; nothing was changed.
    #[error("the database is not empty")]
    NotEmpty,
}

/// What a copy says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    format: u32,
    /// Number of the newest schema step.
    pub schema: i64,
    /// When the copy was made.
    pub made_at: Moment,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LastLine {
    n_rows: u64,
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The header.
    pub header: Header,
    /// Rows per table.
    pub rows: Vec<(String, u64)>,
}

/// Writes a copy of everything.
///
/// # Errors
/// Fails when the database cannot be read or the copy not be written.
pub async fn write(
    store: &Store,
    now: Moment,
    to: &mut (impl Write + Send),
) -> Result<Copied, BackupError> {
    let snapshot = store.snapshot().await?;
    let schema = migration::state(store).await?.version();
    let header = Header {
        format: FORMAT,
        schema,
        made_at: now,
    };
    write_line(to, &header)?;
    let mut rows = Vec::new();
    for table in &register().tables {
        let columns = table.columns.iter().map(|column| column.name.clone());
        write_line(
            to,
            &TableLine {
                table: table.name.clone(),
                columns: columns.collect(),
            },
        )?;
        rows.push((table.name.clone(), write_rows(&snapshot, table, to).await?));
    }
    let n_rows = rows.iter().map(|(_, n)| n).sum();
    write_line(to, &LastLine { n_rows })?;
    Ok(Copied { header, rows })
}

/// Puts a copy into an empty database, all or nothing.
///
/// # Errors
/// Fails when the copy is malformed, of another version, or the database is not empty.
pub async fn read(
    store: &Store,
    now: Moment,
    from: &mut (impl BufRead + Send),
) -> Result<Copied, BackupError> {
    let mut lines = Lines { from, number: 0 };
    let header: Header = lines
        .next_line()?
        .ok_or(BackupError::Malformed { line: 1 })?;
    if header.format != FORMAT || header.schema != migration::newest() {
        return Err(BackupError::OtherVersion {
            format: header.format,
            schema: header.schema,
        });
    }
    migration::migrate(store, now).await?;
    let transaction = store.begin().await?;
    refuse_rows(&transaction).await?;
    let mut rows = Vec::new();
    let mut last = None;
    for table in &register().tables {
        let n = read_table(&transaction, table, &mut lines, &mut last).await?;
        rows.push((table.name.clone(), n));
    }
    let n_rows: u64 = rows.iter().map(|(_, n)| n).sum();
    let line = lines.number;
    let end: LastLine = last
        .and_then(|last| serde_json::from_value(last).ok())
        .ok_or(BackupError::Malformed { line })?;
    if end.n_rows != n_rows || lines.next_line::<Json>()?.is_some() {
        return Err(BackupError::Malformed { line });
    }
    transaction.commit().await?;
    Ok(Copied { header, rows })
}

async fn write_rows(
    from: &Transaction,
    table: &Table,
    to: &mut impl Write,
) -> Result<u64, BackupError> {
    let executor = from.executor();
    let mut n_rows = 0;
    loop {
        // The order is that of the first columns, the primary key; within one snapshot an offset
        // is exact.
        let mut query = Query::select();
        query
            .from(Alias::new(&table.name))
            .offset(n_rows)
            .limit(BATCH);
        for column in &table.columns {
            query.column(Alias::new(&column.name));
        }
        for column in key_columns(table) {
            query.order_by(Alias::new(&column.name), Order::Asc);
        }
        let batch = executor.query_all(&query).await.map_err(StoreError::from)?;
        for row in &batch {
            let cells = table
                .columns
                .iter()
                .map(|column| cell(row, column))
                .collect::<Result<Vec<Json>, StoreError>>()?;
            write_line(to, &cells)?;
        }
        n_rows += batch.len() as u64;
        if (batch.len() as u64) < BATCH {
            return Ok(n_rows);
        }
    }
}

async fn read_table<R: BufRead>(
    to: &Transaction,
    table: &Table,
    lines: &mut Lines<'_, R>,
    pushed_back: &mut Option<Json>,
) -> Result<u64, BackupError> {
    let head = match pushed_back.take() {
        Some(head) => Some(head),
        None => lines.next_line()?,
    };
    let malformed = |line| BackupError::Malformed { line };
    let head: TableLine = head
        .and_then(|head| serde_json::from_value(head).ok())
        .ok_or(malformed(lines.number))?;
    let names = table.columns.iter().map(|column| &column.name);
    if head.table != table.name || !head.columns.iter().eq(names) {
        return Err(malformed(lines.number));
    }
    // The steps of the schema were written by the migration of this database.
    let is_schema = table.name == "schema_step";
    let mut n_rows = 0;
    let mut batch: Vec<Vec<Value>> = Vec::new();
    while let Some(line) = lines.next_line::<Json>()? {
        let Json::Array(cells) = line else {
            *pushed_back = Some(line);
            break;
        };
        if cells.len() != table.columns.len() {
            return Err(malformed(lines.number));
        }
        let row = cells
            .into_iter()
            .zip(&table.columns)
            .map(|(cell, column)| value(cell, column).ok_or(malformed(lines.number)))
            .collect::<Result<Vec<Value>, BackupError>>()?;
        n_rows += 1;
        if !is_schema {
            batch.push(row);
        }
        if batch.len() as u64 == BATCH {
            insert(to, table, std::mem::take(&mut batch)).await?;
        }
    }
    insert(to, table, batch).await?;
    Ok(n_rows)
}

async fn insert(to: &Transaction, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), BackupError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut query = Query::insert();
    query
        .into_table(Alias::new(&table.name))
        .columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        query.values_panic(row.into_iter().map(Expr::value));
    }
    to.executor()
        .execute(&query)
        .await
        .map_err(StoreError::from)?;
    Ok(())
}

/// Refuses a database that holds anything but its schema.
async fn refuse_rows(transaction: &Transaction) -> Result<(), BackupError> {
    for table in register().tables.iter().filter(|t| t.name != "schema_step") {
        let mut query = Query::select();
        query
            .expr(Expr::val(1))
            .from(Alias::new(&table.name))
            .limit(1);
        let found = transaction
            .executor()
            .query_one(&query)
            .await
            .map_err(StoreError::from)?;
        if found.is_some() {
            return Err(BackupError::NotEmpty);
        }
    }
    Ok(())
}

/// Columns that put the rows of a table into one order: all that cannot be empty.
fn key_columns(table: &Table) -> impl Iterator<Item = &Column> {
    table
        .columns
        .iter()
        .filter(|column| !column.optional)
        .take(2)
}

fn cell(row: &QueryResult, column: &Column) -> Result<Json, StoreError> {
    let name = column.name.as_str();
    Ok(match column.column_type {
        ColumnType::Integer => row.try_get::<Option<i64>>("", name)?.into(),
        ColumnType::Text => row.try_get::<Option<String>>("", name)?.into(),
        ColumnType::Bytes => row
            .try_get::<Option<Vec<u8>>>("", name)?
            .map(|bytes| data_encoding::BASE64.encode(&bytes))
            .into(),
        ColumnType::Uuid => row
            .try_get::<Option<sea_orm::prelude::Uuid>>("", name)?
            .map(|uuid| uuid.to_string())
            .into(),
    })
}

fn value(cell: Json, column: &Column) -> Option<Value> {
    Some(match (column.column_type, cell) {
        (kind, Json::Null) if column.optional => match kind {
            ColumnType::Integer => None::<i64>.into(),
            ColumnType::Text => None::<String>.into(),
            ColumnType::Bytes => None::<Vec<u8>>.into(),
            ColumnType::Uuid => None::<sea_orm::prelude::Uuid>.into(),
        },
        (ColumnType::Integer, Json::Number(number)) => number.as_i64()?.into(),
        (ColumnType::Text, Json::String(text)) => text.into(),
        (ColumnType::Bytes, Json::String(text)) => {
            data_encoding::BASE64.decode(text.as_bytes()).ok()?.into()
        }
        (ColumnType::Uuid, Json::String(text)) => {
            sea_orm::prelude::Uuid::try_parse(&text).ok()?.into()
        }
        _ => return None,
    })
}

fn write_line(to: &mut impl Write, line: &impl Serialize) -> Result<(), io::Error> {
    serde_json::to_writer(&mut *to, line).map_err(io::Error::from)?;
    to.write_all(b"\n")
}

struct Lines<'a, R> {
    from: &'a mut R,
    number: u64,
}

impl<R: BufRead> Lines<'_, R> {
    fn next_line<T: for<'de> Deserialize<'de>>(&mut self) -> Result<Option<T>, BackupError> {
        let mut line = Vec::new();
        if self.from.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        serde_json::from_slice(&line)
            .map(Some)
            .map_err(|_| BackupError::Malformed { line: self.number })
    }
}
