//! The profile vault: what a person can and wants, without who they are.

use domain::id::{AccountId, PersonId};
use domain::moment::Moment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entity::profile as row;
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

/// A profile as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whose profile.
    pub person: PersonId,
    /// The profile, as the caller wrote it.
    pub payload: String,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
    /// Counts changes, for [`put`].
    pub version: i64,
}

/// A change of a profile.
#[derive(Clone, Copy, Debug)]
pub struct ProfileChange<'a> {
    /// Version that the change was made from; 0 for the first.
    pub version: i64,
    /// The whole profile after the change.
    pub payload: &'a str,
    /// When.
    pub changed_at: Moment,
    /// Who; none for the person themselves.
    pub changed_by: Option<AccountId>,
}

/// A person's profile.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, person: PersonId) -> Result<Option<Profile>, StoreError> {
    let found = row::Entity::find_by_id(person.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.and_then(Profile::from_row))
}

/// At most `n` profiles after a person, in the order of ids: all profiles page by page.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn page(
    from: &impl Access,
    after: Option<PersonId>,
    n: u64,
) -> Result<Vec<Profile>, StoreError> {
    let mut query = row::Entity::find().filter(row::Column::Payload.is_not_null());
    if let Some(after) = after {
        query = query.filter(row::Column::PersonId.gt(after.uuid()));
    }
    let found = query
        .order_by_asc(row::Column::PersonId)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().filter_map(Profile::from_row).collect())
}

/// Writes a profile, the first or a changed one.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`, also when they wrote the
/// first; [`StoreError::Missing`] when there is no such person or they were erased.
pub async fn put(
    transaction: &Transaction,
    person: PersonId,
    change: ProfileChange<'_>,
) -> Result<(), StoreError> {
    let active = row::ActiveModel {
        person_id: Set(person.uuid()),
        payload: Set(Some(change.payload.to_owned())),
        changed_at: Set(change.changed_at.micros()),
        changed_by: Set(change.changed_by.map(AccountId::uuid)),
        version: Set(change.version + 1),
    };
    let before = row::Entity::find_by_id(person.uuid())
        .lock_exclusive()
        .one(transaction.inner())
        .await?;
    match before {
        None if change.version == 0 => {
            active.insert(transaction.inner()).await?;
            Ok(())
        }
        Some(before) if before.version == change.version && before.payload.is_some() => {
            active.update(transaction.inner()).await?;
            Ok(())
        }
        Some(before) if before.payload.is_some() => Err(StoreError::Stale(Stale {
            version: before.version,
            changed_at: Moment::from_micros(before.changed_at),
            changed_by: before.changed_by.map(AccountId::from),
        })),
        _ => Err(StoreError::Missing),
    }
}

/// Blanks the profile of a person; the row stays, so that none is written any more.
pub(crate) async fn erase(transaction: &Transaction, person: PersonId) -> Result<(), StoreError> {
    use sea_orm::sea_query::Expr;

    row::Entity::update_many()
        .col_expr(row::Column::Payload, Expr::value(None::<String>))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

impl Profile {
    fn from_row(row: row::Model) -> Option<Profile> {
        Some(Profile {
            person: row.person_id.into(),
            payload: row.payload?,
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
        })
    }
}
