//! Login codes on paper of newcomers.
//!
//! A code is found by a keyed hash of its first group and proved by one of the whole; wrong
//! guesses are counted per code.

use domain::id::{AccountId, LoginCodeId, PersonId};
use domain::moment::Moment;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set};

use crate::entity::login_code as row;
use crate::{Access, StoreError, Transaction};

/// A code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginCode {
    /// Id.
    pub id: LoginCodeId,
    /// Whose code.
    pub person: PersonId,
    /// Keyed hash of the first group.
    pub selector: Vec<u8>,
    /// Keyed hash of the whole code.
    pub code: Vec<u8>,
    /// Who handed it out.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Moment,
    /// Until when it works.
    pub expires_at: Moment,
    /// When it was used or withdrawn.
    pub used_at: Option<Moment>,
    /// Wrong guesses.
    pub attempts: u32,
}

/// Adds a code and withdraws the person's earlier ones.
///
/// # Errors
/// [`StoreError::Missing`] when the person does not exist.
pub async fn insert(transaction: &Transaction, new: &LoginCode) -> Result<(), StoreError> {
    withdraw_all(transaction, new.person, new.created_at).await?;
    row::ActiveModel {
        id: Set(new.id.uuid()),
        person_id: Set(new.person.uuid()),
        selector: Set(new.selector.clone()),
        code_hash: Set(new.code.clone()),
        created_by: Set(new.created_by.map(AccountId::uuid)),
        created_at: Set(new.created_at.micros()),
        expires_at: Set(new.expires_at.micros()),
        used_at: Set(None),
        attempts: Set(0),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Unused codes with a first group, expired or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn unused_with_selector(
    from: &impl Access,
    selector: &[u8],
) -> Result<Vec<LoginCode>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Selector.eq(selector.to_vec()))
        .filter(row::Column::UsedAt.is_null())
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(LoginCode::from).collect())
}

/// Marks a code as used; `false` when someone else was first.
///
/// # Errors
/// Fails when the database is not available.
pub async fn take(
    transaction: &Transaction,
    id: LoginCodeId,
    now: Moment,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(now.micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::UsedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Counts a wrong guess at every unused code with a first group.
///
/// # Errors
/// Fails when the database is not available.
pub async fn count_attempt(transaction: &Transaction, selector: &[u8]) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(
            row::Column::Attempts,
            Expr::col(row::Column::Attempts).add(1),
        )
        .filter(row::Column::Selector.eq(selector.to_vec()))
        .filter(row::Column::UsedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Withdraws all codes of a person.
///
/// # Errors
/// Fails when the database is not available.
pub async fn withdraw_all(
    transaction: &Transaction,
    person: PersonId,
    now: Moment,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(now.micros()))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::UsedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(())
}

impl From<row::Model> for LoginCode {
    fn from(row: row::Model) -> LoginCode {
        LoginCode {
            id: row.id.into(),
            person: row.person_id.into(),
            selector: row.selector,
            code: row.code_hash,
            created_by: row.created_by.map(AccountId::from),
            created_at: Moment::from_micros(row.created_at),
            expires_at: Moment::from_micros(row.expires_at),
            used_at: row.used_at.map(Moment::from_micros),
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        }
    }
}
