//! The profile vault: what a person can and wants, without who they are; sealed with their key.

use domain::id::{AccountId, PersonId};
use domain::moment::Moment;
use rand_core::CryptoRng;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::PersonKey;

use crate::entity::profile as row;
use crate::error::Stale;
use crate::{Access, StoreError, Transaction, work_revision};

/// A profile as it is stored; its payload is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whose profile.
    pub person: PersonId,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
    /// Counts changes, for [`put`].
    pub version: i64,
    /// Number of the last change, see [`work_revision`].
    pub revision: i64,
    payload: Option<Vec<u8>>,
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

impl Profile {
    /// Opens the payload; none after erasure.
    ///
    /// # Errors
    /// Fails when it does not open with this key or is no text.
    pub fn payload(&self, key: &PersonKey) -> Result<Option<String>, StoreError> {
        let Some(sealed) = &self.payload else {
            return Ok(None);
        };
        let plain = open_field(key, place(self.person.uuid().as_bytes()), sealed)?;
        String::from_utf8(plain)
            .map(Some)
            .map_err(|_| StoreError::Corrupt {
                table: "profile_record",
                column: "payload",
            })
    }
}

/// A person's profile; none when there is none or the person was erased.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, person: PersonId) -> Result<Option<Profile>, StoreError> {
    let found = row::Entity::find_by_id(person.uuid())
        .filter(row::Column::Payload.is_not_null())
        .one(&from.executor())
        .await?;
    Ok(found.map(Profile::from))
}

/// At most `n` profiles that changed after a number, in the order of changes; those of erased
/// persons come without payload.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn changed_after(
    from: &impl Access,
    revision: i64,
    n: u64,
) -> Result<Vec<Profile>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Revision.gt(revision))
        .order_by_asc(row::Column::Revision)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Profile::from).collect())
}

/// Writes a profile, the first or a changed one.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`, also when they wrote the
/// first; [`StoreError::Missing`] when there is no such person or they were erased.
pub async fn put(
    transaction: &Transaction,
    key: &PersonKey,
    person: PersonId,
    change: ProfileChange<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let at = person.uuid();
    let payload = seal_field(key, place(at.as_bytes()), change.payload.as_bytes(), random)?;
    let before = row::Entity::find_by_id(at)
        .lock_exclusive()
        .one(transaction.inner())
        .await?;
    let is_first = match before {
        None if change.version == 0 => true,
        Some(before) if before.payload.is_none() => return Err(StoreError::Missing),
        Some(before) if before.version == change.version => false,
        Some(before) => {
            return Err(StoreError::Stale(Stale {
                version: before.version,
                changed_at: Moment::from_micros(before.changed_at),
                changed_by: before.changed_by.map(AccountId::from),
            }));
        }
        None => return Err(StoreError::Missing),
    };
    let active = row::ActiveModel {
        person_id: Set(at),
        payload: Set(Some(payload)),
        changed_at: Set(change.changed_at.micros()),
        changed_by: Set(change.changed_by.map(AccountId::uuid)),
        version: Set(change.version + 1),
        revision: Set(work_revision::next(transaction).await?),
    };
    if is_first {
        active.insert(transaction.inner()).await?;
    } else {
        active.update(transaction.inner()).await?;
    }
    Ok(())
}

/// Blanks the profile of a person; the row stays, so that none is written any more.
pub(crate) async fn erase(transaction: &Transaction, person: PersonId) -> Result<(), StoreError> {
    let revision = work_revision::next(transaction).await?;
    row::Entity::update_many()
        .col_expr(row::Column::Payload, Expr::value(None::<Vec<u8>>))
        .col_expr(row::Column::Revision, Expr::value(revision))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

fn place(row: &[u8; 16]) -> FieldPlace<'_> {
    FieldPlace {
        table: "profile_record",
        row,
        column: "payload",
    }
}

impl From<row::Model> for Profile {
    fn from(row: row::Model) -> Profile {
        Profile {
            person: row.person_id.into(),
            payload: row.payload,
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
            revision: row.revision,
        }
    }
}
