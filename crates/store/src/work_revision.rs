//! The number of the last change of profiles and vacancies.
//!
//! Whoever keeps them in memory asks for this one number, and reads on only when it grew.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::work_revision as row;
use crate::{Access, StoreError, Transaction};

/// The only row.
const ROW: i64 = 1;

/// The number of the last change that is committed, or written in this transaction.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn current(from: &impl Access) -> Result<i64, StoreError> {
    let found = row::Entity::find_by_id(ROW).one(&from.executor()).await?;
    Ok(found.map_or(0, |row| row.number))
}

/// The number of a change that is about to be written. Other writers wait until this transaction
/// ends, so numbers become visible in their order.
pub(crate) async fn next(transaction: &Transaction) -> Result<i64, StoreError> {
    if !count_up(transaction).await? {
        // The first change of all; of several first writers one makes the row, all count it up.
        let first = row::Model { id: ROW, number: 0 };
        row::Entity::insert(first.into_active_model())
            .on_conflict_do_nothing()
            .exec(transaction.inner())
            .await?;
        count_up(transaction).await?;
    }
    current(transaction).await
}

async fn count_up(transaction: &Transaction) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Number, Expr::col(row::Column::Number).add(1))
        .filter(row::Column::Id.eq(ROW))
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected == 1)
}
