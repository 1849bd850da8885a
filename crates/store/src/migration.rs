//! The schema, step by step.
//!
//! A migration is SQL text that runs on both databases; four words for types are replaced.
//! Steps only go forward; a database that a newer program has changed is refused.
//! Fifty lines of our own instead of a migration crate: it would bring a second way to write
//! schemas and cannot refuse a newer database before touching it.

use std::collections::BTreeMap;

use domain::moment::Moment;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait};

use crate::{Store, StoreError};

/// One step of the schema.
struct Migration {
    number: i64,
    name: &'static str,
    both: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Every step; those that were released are never changed again.
const MIGRATIONS: [Migration; 6] = [
    Migration {
        number: 1,
        name: "start",
        both: include_str!("migration/001_start.sql"),
        sqlite: include_str!("migration/001_append_only.sqlite.sql"),
        postgres: include_str!("migration/001_append_only.postgres.sql"),
    },
    Migration {
        number: 2,
        name: "work",
        both: include_str!("migration/002_work.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 3,
        name: "cases",
        both: include_str!("migration/003_cases.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 4,
        name: "commitments",
        both: include_str!("migration/004_commitments.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 5,
        name: "access",
        both: include_str!("migration/005_access.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 6,
        name: "consent_terms",
        both: include_str!("migration/006_consent_terms.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// Which steps a database has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaState {
    /// Steps that the database has.
    pub applied: Vec<(i64, String)>,
    /// Steps that this program knows and the database lacks.
    pub pending: Vec<(i64, &'static str)>,
}

impl SchemaState {
    /// Number of the newest step that the database has; 0 for an empty one.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.applied.last().map_or(0, |(number, _)| *number)
    }
}

/// Number of the newest step that this program knows.
#[must_use]
pub fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

/// Which steps the database has; changes nothing.
///
/// # Errors
/// Fails when the database cannot be read or has steps that this program does not know.
pub async fn state(store: &Store) -> Result<SchemaState, StoreError> {
    state_of(store.reader()).await
}

/// Brings the database to the newest step, all or nothing.
///
/// # Errors
/// Fails when a step fails or the database is newer than this program.
pub async fn migrate(store: &Store, now: Moment) -> Result<SchemaState, StoreError> {
    // A newer or complete database is left alone, without so much as a lock.
    let before = state(store).await?;
    if before.pending.is_empty() {
        return Ok(before);
    }
    let transaction = store.begin_raw().await?;
    let backend = transaction.get_database_backend();
    if backend == DbBackend::Postgres {
        // Only one process migrates at a time; the number is arbitrary.
        transaction
            .execute_unprepared("SELECT pg_advisory_xact_lock(8237461)")
            .await?;
    }
    transaction
        .execute_unprepared(&for_backend(
            "CREATE TABLE IF NOT EXISTS schema_step (
                number {INTEGER} NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                applied_at {INTEGER} NOT NULL
            ) {STRICT}",
            backend,
        ))
        .await?;
    let waiting = state_of(&transaction).await?.pending;
    for migration in &MIGRATIONS {
        if waiting
            .iter()
            .any(|(number, _)| *number == migration.number)
        {
            apply(&transaction, migration, now).await?;
        }
    }
    transaction.commit().await?;
    state(store).await
}

async fn apply(
    transaction: &DatabaseTransaction,
    migration: &Migration,
    now: Moment,
) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    let own = match backend {
        DbBackend::Sqlite => migration.sqlite,
        _ => migration.postgres,
    };
    let nested = transaction.begin().await?;
    for text in [migration.both, own].iter().filter(|text| !text.is_empty()) {
        nested
            .execute_unprepared(&for_backend(text, backend))
            .await?;
    }
    nested
        .execute_raw(Statement::from_sql_and_values(
            backend,
            "INSERT INTO schema_step (number, name, applied_at) VALUES ($1, $2, $3)",
            [
                migration.number.into(),
                migration.name.into(),
                now.micros().into(),
            ],
        ))
        .await?;
    nested.commit().await?;
    Ok(())
}

async fn state_of(connection: &impl ConnectionTrait) -> Result<SchemaState, StoreError> {
    let backend = connection.get_database_backend();
    let exists = match backend {
        DbBackend::Sqlite => "SELECT 1 FROM sqlite_schema WHERE name = 'schema_step'",
        _ => {
            "SELECT 1 FROM information_schema.tables WHERE table_name = 'schema_step' AND table_schema = current_schema()"
        }
    };
    let exists = connection
        .query_one_raw(Statement::from_string(backend, exists))
        .await?
        .is_some();
    let mut applied = Vec::new();
    if exists {
        let rows = connection
            .query_all_raw(Statement::from_string(
                backend,
                "SELECT number, name FROM schema_step ORDER BY number",
            ))
            .await?;
        for row in rows {
            applied.push((
                row.try_get::<i64>("", "number")?,
                row.try_get::<String>("", "name")?,
            ));
        }
    }
    let known: BTreeMap<i64, &str> = MIGRATIONS.iter().map(|m| (m.number, m.name)).collect();
    if let Some((number, name)) = applied
        .iter()
        .find(|(number, name)| known.get(number) != Some(&name.as_str()))
    {
        return Err(StoreError::NewerSchema {
            number: *number,
            name: name.clone(),
        });
    }
    let pending = MIGRATIONS
        .iter()
        .filter(|m| !applied.iter().any(|(number, _)| *number == m.number))
        .map(|m| (m.number, m.name))
        .collect();
    Ok(SchemaState { applied, pending })
}

fn for_backend(sql: &str, backend: DbBackend) -> String {
    let [uuid, bytes, integer, strict] = match backend {
        DbBackend::Sqlite => ["BLOB", "BLOB", "INTEGER", "STRICT"],
        _ => ["uuid", "bytea", "bigint", ""],
    };
    sql.replace("{UUID}", uuid)
        .replace("{BYTES}", bytes)
        .replace("{INTEGER}", integer)
        .replace("{STRICT}", strict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_their_order() {
        assert!(MIGRATIONS.is_sorted_by(|a, b| a.number < b.number));
        assert_eq!(MIGRATIONS.first().map(|m| m.number), Some(1));
    }
}
