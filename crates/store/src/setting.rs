//! Settings of the installation that the program itself writes.

use domain::moment::Moment;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use crate::entity::setting as row;
use crate::{Access, StoreError, Transaction};

/// A setting's value.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, name: &str) -> Result<Option<String>, StoreError> {
    let found = row::Entity::find_by_id(name).one(&from.executor()).await?;
    Ok(found.map(|row| row.value))
}

/// Writes a setting.
///
/// # Errors
/// Fails when the database is not available.
pub async fn put(
    transaction: &Transaction,
    name: &str,
    value: &str,
    now: Moment,
) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
        changed_at: Set(now.micros()),
    };
    row::Entity::insert(row)
        .on_conflict(
            OnConflict::column(row::Column::Name)
                .update_columns([row::Column::Value, row::Column::ChangedAt])
                .to_owned(),
        )
        .exec(transaction.inner())
        .await?;
    Ok(())
}
