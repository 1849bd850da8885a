//! Searches that a member of staff keeps under a name.

use domain::id::{AccountId, OrganisationId, SavedSearchId};
use domain::moment::Moment;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::saved_search as row;
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

/// A search that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Id.
    pub id: SavedSearchId,
    /// Whose.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Its name; one of a kind per account and organisation.
    pub name: String,
    /// What is searched, as the caller wrote it.
    pub filter: String,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Counts changes, for [`update`].
    pub version: i64,
}

/// Keeps a search.
///
/// # Errors
/// [`StoreError::Duplicate`] when there is one of this name.
pub async fn insert(transaction: &Transaction, new: &SavedSearch) -> Result<(), StoreError> {
    active(new, 1).insert(transaction.inner()).await?;
    Ok(())
}

/// Changes name and filter of a search of the same account.
///
/// # Errors
/// [`StoreError::Stale`] when it was changed since `search.version`, [`StoreError::Missing`] when
/// there is none, [`StoreError::Duplicate`] when another has the name.
pub async fn update(transaction: &Transaction, search: &SavedSearch) -> Result<(), StoreError> {
    let updated = row::Entity::update_many()
        .set(active(search, search.version + 1))
        .filter(row::Column::Id.eq(search.id.uuid()))
        .filter(row::Column::AccountId.eq(search.account.uuid()))
        .filter(row::Column::OrganisationId.eq(search.organisation.uuid()))
        .filter(row::Column::Version.eq(search.version))
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 1 {
        return Ok(());
    }
    let now = of_account(transaction, search.account, search.organisation)
        .await?
        .into_iter()
        .find(|now| now.id == search.id)
        .ok_or(StoreError::Missing)?;
    Err(StoreError::Stale(Stale {
        version: now.version,
        changed_at: now.changed_at,
        changed_by: Some(now.account),
    }))
}

/// Forgets a search; `false` when the account has none of this id.
///
/// # Errors
/// Fails when the database is not available.
pub async fn delete(
    transaction: &Transaction,
    account: AccountId,
    id: SavedSearchId,
) -> Result<bool, StoreError> {
    let deleted = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::AccountId.eq(account.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// The searches of an account for an organisation, by name.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_account(
    from: &impl Access,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Vec<SavedSearch>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::AccountId.eq(account.uuid()))
        .filter(row::Column::OrganisationId.eq(organisation.uuid()))
        .order_by_asc(row::Column::Id)
        .all(&from.executor())
        .await?;
    let mut searches: Vec<SavedSearch> = found
        .into_iter()
        .map(|row| SavedSearch {
            id: row.id.into(),
            account: row.account_id.into(),
            organisation: row.organisation_id.into(),
            name: row.name,
            filter: row.filter,
            changed_at: Moment::from_micros(row.changed_at),
            version: row.version,
        })
        .collect();
    // Sorted here because databases order texts differently.
    searches.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(searches)
}

fn active(search: &SavedSearch, version: i64) -> row::ActiveModel {
    row::ActiveModel {
        id: Set(search.id.uuid()),
        account_id: Set(search.account.uuid()),
        organisation_id: Set(search.organisation.uuid()),
        name: Set(search.name.clone()),
        filter: Set(search.filter.clone()),
        changed_at: Set(search.changed_at.micros()),
        version: Set(version),
    }
}
