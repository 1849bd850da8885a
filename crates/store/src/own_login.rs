//! Newcomers' own way to log in: a name of their choice and a password.
//!
//! The name is found by a keyed hash and kept sealed with the person's key, so that only they can
//! be shown it.

use domain::id::PersonId;
use domain::moment::Moment;
use rand_core::CryptoRng;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::PersonKey;
use vault::password::StoredPassword;

use crate::entity::own_login as row;
use crate::{Access, StoreError, Transaction};

/// An own way to log in as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnLogin {
    /// Whose.
    pub person: PersonId,
    /// Password.
    pub password: StoredPassword,
    /// When it was set or changed.
    pub changed_at: Moment,
    name: Vec<u8>,
}

/// An own way to log in to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewOwnLogin<'a> {
    /// Whose.
    pub person: PersonId,
    /// Keyed hash of the folded name.
    pub name_hash: &'a [u8],
    /// The name as it was typed.
    pub name: &'a str,
    /// Password.
    pub password: &'a StoredPassword,
    /// When.
    pub changed_at: Moment,
}

impl OwnLogin {
    /// Opens the name.
    ///
    /// # Errors
    /// Fails when it does not open with this key or is no text.
    pub fn name(&self, key: &PersonKey) -> Result<String, StoreError> {
        let plain = open_field(key, place(self.person.uuid().as_bytes()), &self.name)?;
        String::from_utf8(plain).map_err(|_| StoreError::Corrupt {
            table: "identity_own_login",
            column: "name",
        })
    }
}

/// Keeps a way to log in, in place of the person's former one.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else has this name.
pub async fn put(
    transaction: &Transaction,
    key: &PersonKey,
    new: NewOwnLogin<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let at = new.person.uuid();
    let name = seal_field(key, place(at.as_bytes()), new.name.as_bytes(), random)?;
    remove(transaction, new.person).await?;
    row::ActiveModel {
        person_id: Set(at),
        name_hash: Set(new.name_hash.to_vec()),
        name: Set(name),
        password_hash: Set(new.password.as_str().to_owned()),
        changed_at: Set(new.changed_at.micros()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A person's own way to log in.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, person: PersonId) -> Result<Option<OwnLogin>, StoreError> {
    let found = row::Entity::find_by_id(person.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.map(OwnLogin::from))
}

/// Whose way to log in a name is, by its keyed hash.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_by_name(
    from: &impl Access,
    name_hash: &[u8],
) -> Result<Option<OwnLogin>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::NameHash.eq(name_hash.to_vec()))
        .one(&from.executor())
        .await?;
    Ok(found.map(OwnLogin::from))
}

/// Keeps another keyed hash of a person's name.
///
/// # Errors
/// Fails when the database cannot be written.
pub async fn set_name_hash(
    transaction: &Transaction,
    person: PersonId,
    name_hash: &[u8],
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::NameHash, Expr::value(name_hash.to_vec()))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Forgets a person's own way to log in; `false` when there was none.
///
/// # Errors
/// Fails when the database is not available.
pub async fn remove(transaction: &Transaction, person: PersonId) -> Result<bool, StoreError> {
    let removed = row::Entity::delete_by_id(person.uuid())
        .exec(transaction.inner())
        .await?;
    Ok(removed.rows_affected == 1)
}

fn place(row: &[u8; 16]) -> FieldPlace<'_> {
    FieldPlace {
        table: "identity_own_login",
        row,
        column: "name",
    }
}

impl From<row::Model> for OwnLogin {
    fn from(row: row::Model) -> OwnLogin {
        OwnLogin {
            person: row.person_id.into(),
            password: StoredPassword::from_stored(row.password_hash),
            changed_at: Moment::from_micros(row.changed_at),
            name: row.name,
        }
    }
}
