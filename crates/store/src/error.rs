//! What can go wrong in storage, sorted by what the caller can do about it.

use domain::id::AccountId;
use domain::moment::Moment;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why storage did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is locked, gone or full; the same call may succeed later.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// Someone else changed the row since it was read; nothing was written.
    #[error("the row was changed since it was read")]
    Stale(Stale),
    /// There is already such a row.
    #[error("there is already one")]
    Duplicate,
    /// A row that the caller names does not exist (any more).
    #[error("there is no such row")]
    Missing,
    /// A row has a value that the program never wrote.
    #[error("column {column} of table {table} holds a value that cannot be")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
    },
    /// A sealed field does not open: it was changed, moved, or sealed with another master key.
    #[error("a sealed field does not open")]
    Sealed(#[source] vault::keys::KeyError),
    /// The database was given another master key than the one this process seals with.
    #[error("the master key of the database was changed; start again with the new one")]
    OtherKey,
    /// The database has a schema step that this program does not know.
    #[error("the database has step {number} ({name}) of a newer or another program")]
    NewerSchema {
        /// Number of the step.
        number: i64,
        /// Name of the step.
        name: String,
    },
    /// The database lacks schema steps.
    #[error("the database is not set up or not up to date: run `werkbrug migrate`")]
    OldSchema,
    /// The address names no database that is supported.
    #[error("not an address of a database: sqlite:FILE or postgres://…")]
    Address,
    /// Everything else: a fault of the program.
    #[error("the database refused a statement")]
    Database(#[source] DbErr),
}

/// What someone else made of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Version now.
    pub version: i64,
    /// When it was changed.
    pub changed_at: Moment,
    /// Who changed it; `None` for the person themselves or the system.
    pub changed_by: Option<AccountId>,
}

impl From<vault::keys::KeyError> for StoreError {
    fn from(error: vault::keys::KeyError) -> StoreError {
        StoreError::Sealed(error)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> StoreError {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => return StoreError::Duplicate,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return StoreError::Missing,
            _ => {}
        }
        if is_unavailable(&error) {
            StoreError::Unavailable(error)
        } else {
            StoreError::Database(error)
        }
    }
}

fn is_unavailable(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error;

    let inner = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
            inner
        }
        _ => return false,
    };
    match inner.as_ref() {
        Error::Io(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        Error::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
        _ => false,
    }
}

/// Codes that say "not now": SQLite (sqlite.org/rescode.html) by number, PostgreSQL (appendix A of
/// its manual) by class.
fn is_passing(code: &str) -> bool {
    if let ("5" | "6" | "8" | "10" | "13" | "14", _) | (_, Some(5 | 6 | 8 | 10 | 13 | 14)) = (
        code,
        // Extended result codes of SQLite have the primary code in the lowest byte.
        (code.len() < 5).then(|| code.parse::<u32>().map_or(0, |n| n & 0xFF)),
    ) {
        return true;
    }
    // Connection, insufficient resources, operator intervention, serialisation, read-only.
    ["08", "53", "57", "40"]
        .iter()
        .any(|class| code.len() == 5 && code.starts_with(class))
        || code == "25006"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_troubles_are_told_from_faults() {
        for passing in ["5", "517", "13", "1034", "08006", "57P01", "40001", "53100"] {
            assert!(is_passing(passing), "{passing}");
        }
        for fault in ["1", "19", "2067", "42601", "23505", "22P02"] {
            assert!(!is_passing(fault), "{fault}");
        }
    }
}
