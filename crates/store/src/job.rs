//! Work that runs later, at least once.

use domain::id::JobId;
use domain::moment::Moment;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entity::job as row;
use crate::{StoreError, Transaction};

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Id.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// What it needs to know, as the caller wrote it; no personal data.
    pub payload: String,
    /// How often it was begun.
    pub attempts: u32,
}

/// Adds work to be done at a time or after it.
///
/// # Errors
/// Fails when the database is not available.
pub async fn enqueue(
    transaction: &Transaction,
    job: &Job,
    now: Moment,
    run_after: Moment,
) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(job.id.uuid()),
        kind: Set(job.kind.clone()),
        payload: Set(job.payload.clone()),
        created_at: Set(now.micros()),
        run_after: Set(run_after.micros()),
        claimed_until: Set(None),
        attempts: Set(0),
        last_error: Set(None),
        finished_at: Set(None),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Takes the work that has waited longest; nobody else gets it before `until`.
///
/// # Errors
/// Fails when the database is not available.
pub async fn claim(
    transaction: &Transaction,
    now: Moment,
    until: Moment,
) -> Result<Option<Job>, StoreError> {
    let unclaimed = Condition::any()
        .add(row::Column::ClaimedUntil.is_null())
        .add(row::Column::ClaimedUntil.lte(now.micros()));
    let found = row::Entity::find()
        .filter(row::Column::FinishedAt.is_null())
        .filter(row::Column::RunAfter.lte(now.micros()))
        .filter(unclaimed)
        .order_by_asc(row::Column::RunAfter)
        .order_by_asc(row::Column::Id)
        .lock_with_behavior(
            sea_orm::sea_query::LockType::Update,
            sea_orm::sea_query::LockBehavior::SkipLocked,
        )
        .one(transaction.inner())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    row::Entity::update_many()
        .col_expr(row::Column::ClaimedUntil, Expr::value(until.micros()))
        .col_expr(
            row::Column::Attempts,
            Expr::col(row::Column::Attempts).add(1),
        )
        .filter(row::Column::Id.eq(found.id))
        .exec(transaction.inner())
        .await?;
    Ok(Some(Job {
        id: found.id.into(),
        kind: found.kind,
        payload: found.payload,
        attempts: u32::try_from(found.attempts + 1).unwrap_or(u32::MAX),
    }))
}

/// Says that work is done.
///
/// # Errors
/// Fails when the database is not available.
pub async fn finish(transaction: &Transaction, id: JobId, now: Moment) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::FinishedAt, Expr::value(now.micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Says that work failed; it is tried again at a time or after it.
///
/// # Errors
/// Fails when the database is not available.
pub async fn fail(
    transaction: &Transaction,
    id: JobId,
    error: &str,
    run_after: Moment,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::LastError, Expr::value(error))
        .col_expr(row::Column::ClaimedUntil, Expr::value(None::<i64>))
        .col_expr(row::Column::RunAfter, Expr::value(run_after.micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}
