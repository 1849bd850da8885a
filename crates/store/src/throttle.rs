//! Counters of attempts to log in, per subject and window of time.
//!
//! An attempt is counted before it is looked at and taken back when it succeeded.
//! A subject is a keyed hash of a login name or a network, so that the table names nobody.

use domain::moment::Moment;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use crate::entity::throttle as row;
use crate::{Access, StoreError, Transaction};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Attempts on one login name.
    Account,
    /// Attempts from one network.
    Network,
}

impl Counted {
    fn code(self) -> &'static str {
        match self {
            Counted::Account => "account",
            Counted::Network => "network",
        }
    }
}

/// Attempts that were counted in the present window.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn failures(
    from: &impl Access,
    counted: Counted,
    subject: &[u8],
    window_start: Moment,
) -> Result<u64, StoreError> {
    let found = row::Entity::find_by_id((counted.code().to_owned(), subject.to_vec()))
        .filter(row::Column::WindowStartedAt.gt(window_start.micros()))
        .one(&from.executor())
        .await?;
    Ok(found.map_or(0, |row| u64::try_from(row.failures).unwrap_or(0)))
}

/// Counts one attempt and gives the count; a window that began at or before `window_start` is
/// over and a new one begins.
///
/// # Errors
/// Fails when the database is not available.
pub async fn count(
    transaction: &Transaction,
    counted: Counted,
    subject: &[u8],
    now: Moment,
    window_start: Moment,
) -> Result<u64, StoreError> {
    let connection = transaction.inner();
    let counted = connection
        .query_one_raw(Statement::from_sql_and_values(
            connection.get_database_backend(),
            include_str!("throttle/count.sql"),
            [
                counted.code().into(),
                subject.to_vec().into(),
                now.micros().into(),
                window_start.micros().into(),
            ],
        ))
        .await?
        .ok_or(StoreError::Missing)?;
    Ok(u64::try_from(counted.try_get::<i64>("", "failures")?).unwrap_or(0))
}

/// Takes one counted attempt back.
///
/// # Errors
/// Fails when the database is not available.
pub async fn take_back(
    transaction: &Transaction,
    counted: Counted,
    subject: &[u8],
) -> Result<(), StoreError> {
    let one_less = Expr::col(row::Column::Failures).sub(1);
    row::Entity::update_many()
        .col_expr(row::Column::Failures, one_less)
        .filter(row::Column::Kind.eq(counted.code()))
        .filter(row::Column::Subject.eq(subject.to_vec()))
        .filter(row::Column::Failures.gt(0))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Forgets the attempts on a subject.
///
/// # Errors
/// Fails when the database is not available.
pub async fn clear(
    transaction: &Transaction,
    counted: Counted,
    subject: &[u8],
) -> Result<(), StoreError> {
    row::Entity::delete_by_id((counted.code().to_owned(), subject.to_vec()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Removes windows that are over; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn remove_old(
    transaction: &Transaction,
    window_start: Moment,
) -> Result<u64, StoreError> {
    let removed = row::Entity::delete_many()
        .filter(row::Column::WindowStartedAt.lte(window_start.micros()))
        .exec(transaction.inner())
        .await?;
    Ok(removed.rows_affected)
}
