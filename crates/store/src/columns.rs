//! What every column may hold and how long: the register of `columns.toml`.
//!
//! The same register tells backup and restore which tables and columns there are, so that a
//! column that is not declared cannot be stored unnoticed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde::Deserialize;

use crate::database::sealed::Connected;
use crate::{Store, StoreError};

/// How sensitive a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// May be shown to everybody.
    Public,
    /// Says nothing about a person.
    Internal,
    /// Says something about a person, also when sealed or hashed.
    Personal,
    /// May say something about health, religion, convictions (art. 9 and 10 GDPR).
    Special,
}

/// What values a column holds on both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// 64-bit integer; also times in microseconds.
    Integer,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// UUID.
    Uuid,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Type.
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    /// How sensitive it is.
    pub class: Class,
    /// Whether it may be empty.
    #[serde(default)]
    pub optional: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Name.
    pub name: String,
    /// How long rows are kept: a word of [`Register::retention`].
    pub retention: String,
    /// Columns in their order.
    pub columns: Vec<Column>,
}

/// How long something is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// In words, for people.
    pub text: String,
    /// Days after which it is removed by itself, where a number of days decides.
    pub days: Option<u16>,
}

/// The register of all columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// What the words for terms mean.
    pub retention: BTreeMap<String, Term>,
    /// Tables, each after those that it points to.
    #[serde(rename = "table")]
    pub tables: Vec<Table>,
}

/// A column as the database has it: table, column, type as the register would call it (`None` for
/// another), whether it may be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// Type in the words of the database.
    pub database_type: String,
    /// Whether it may be empty.
    pub optional: bool,
}

/// The register of this program.
#[must_use]
pub fn register() -> &'static Register {
    #[expect(
        clippy::expect_used,
        reason = "the file is part of the program and read by a test"
    )]
    static REGISTER: LazyLock<Register> = LazyLock::new(|| {
        toml::from_str(include_str!("../columns.toml")).expect("columns.toml can be read")
    });
    &REGISTER
}

/// Every column that the database really has.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_database(store: &Store) -> Result<Vec<Found>, StoreError> {
    let executor = store.executor();
    let backend = executor.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => include_str!("columns/sqlite.sql"),
        _ => include_str!("columns/postgres.sql"),
    };
    let rows = executor
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(Found {
            table: row.try_get("", "table_name")?,
            column: row.try_get("", "column_name")?,
            database_type: row.try_get("", "column_type")?,
            optional: row.try_get::<i64>("", "optional")? != 0,
        });
    }
    found.sort();
    Ok(found)
}

impl Register {
    /// The columns as a database should have them.
    #[must_use]
    pub fn expected(&self, types: impl Fn(ColumnType) -> &'static str) -> Vec<Found> {
        let mut expected: Vec<Found> = self
            .tables
            .iter()
            .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
            .map(|(table, column)| Found {
                table: table.name.clone(),
                column: column.name.clone(),
                database_type: types(column.column_type).to_owned(),
                optional: column.optional,
            })
            .collect();
        expected.sort();
        expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_explained_and_used() {
        let register = register();
        for table in &register.tables {
            assert!(
                register.retention.contains_key(&table.retention),
                "{}",
                table.name
            );
            assert!(!table.columns.is_empty());
        }
        for word in register.retention.keys() {
            assert!(
                register.tables.iter().any(|table| table.retention == *word),
                "{word}"
            );
        }
    }
}
