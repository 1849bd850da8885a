//! Settings of the installation that the program itself writes.

use domain::moment::Moment;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, QuerySelect, Set};

use crate::entity::setting as row;
use crate::{Access, StoreError, Transaction};

/// Name of the setting that tells one master key from another without giving it away.
pub const KEY_CHECK: &str = "master_key_check";

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
    row::Entity::insert(row_of(name, value, now))
        .on_conflict(
            OnConflict::column(row::Column::Name)
                .update_columns([row::Column::Value, row::Column::ChangedAt])
                .to_owned(),
        )
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Writes a setting unless it is there.
///
/// # Errors
/// Fails when the database is not available.
pub async fn put_if_none(
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
    let untouched = OnConflict::column(row::Column::Name)
        .do_nothing()
        .to_owned();
    row::Entity::insert(row)
        .on_conflict(untouched)
        .exec_without_returning(transaction.inner())
        .await?;
    Ok(())
}

fn row_of(name: &str, value: &str, now: Moment) -> row::ActiveModel {
    row::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
        changed_at: Set(now.micros()),
    }
}

/// When a setting was last written.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn changed_at(from: &impl Access, name: &str) -> Result<Option<Moment>, StoreError> {
    let found = row::Entity::find_by_id(name).one(&from.executor()).await?;
    Ok(found.map(|row| Moment::from_micros(row.changed_at)))
}

/// Makes sure that the master key stays the one of a check until the transaction ends.
pub(crate) async fn hold_key(transaction: &Transaction, check: &str) -> Result<(), StoreError> {
    let found = row::Entity::find_by_id(KEY_CHECK)
        .lock_shared()
        .one(transaction.inner())
        .await?;
    match found {
        Some(row) if row.value == check => Ok(()),
        _ => Err(StoreError::OtherKey),
    }
}
