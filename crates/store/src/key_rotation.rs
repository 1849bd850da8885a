//! Another master key for everything that hangs on it.
//!
//! Persons' keys are wrapped anew and their look-up hashes made anew, second factors are taken out
//! and put back sealed anew; what cannot be made anew (codes that were handed out, counters of
//! attempts) is withdrawn. All of it happens in the caller's one transaction.

use domain::id::PersonId;
use domain::moment::Moment;
use domain::person::Identity;
use rand_core::CryptoRng;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vault::keys::MasterKey;

use crate::entity::{account, invitation, login_code, person as row, throttle};
use crate::person::{Person, delete_indexes, write_indexes};
use crate::{StoreError, Transaction};

/// The two tables that hold second factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorTable {
    /// Of accounts that were set up.
    Account,
    /// Of invitations.
    Invitation,
}

/// A sealed second factor with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFactor {
    /// Table.
    pub table: FactorTable,
    /// Id of the row.
    pub row: [u8; 16],
    /// The sealed secret.
    pub sealed: Vec<u8>,
}

impl FactorTable {
    /// Name of the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FactorTable::Account => "staff_account",
            FactorTable::Invitation => "staff_invitation",
        }
    }
}

/// At most `n` persons that were not erased, in the order of ids, after one.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn persons_after(
    transaction: &Transaction,
    after: Option<PersonId>,
    n: u64,
) -> Result<Vec<Person>, StoreError> {
    let mut select = row::Entity::find().filter(row::Column::ErasedAt.is_null());
    if let Some(after) = after {
        select = select.filter(row::Column::Id.gt(after.uuid()));
    }
    let found = select
        .order_by_asc(row::Column::Id)
        .limit(n)
        .all(transaction.inner())
        .await?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// Wraps a person's key with another master key and makes the look-up hashes anew.
///
/// # Errors
/// [`StoreError::Sealed`] when the key does not open with the old master key.
pub async fn rewrap(
    transaction: &Transaction,
    (old, new): (&MasterKey, &MasterKey),
    person: &Person,
    (identity, search_keys): (&Identity, &[String]),
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let key = person.key(old)?.ok_or(StoreError::Missing)?;
    let wrapped = key.wrap(new, person.id.uuid().as_bytes(), random)?;
    row::Entity::update_many()
        .col_expr(
            row::Column::WrappedKey,
            Expr::value(wrapped.as_bytes().to_vec()),
        )
        .filter(row::Column::Id.eq(person.id.uuid()))
        .exec(transaction.inner())
        .await?;
    delete_indexes(transaction, person.id).await?;
    write_indexes(transaction, new, person.id, identity, search_keys).await
}

/// All second factors, used or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn second_factors(transaction: &Transaction) -> Result<Vec<SealedFactor>, StoreError> {
    let accounts = account::Entity::find().all(transaction.inner()).await?;
    let invitations = invitation::Entity::find().all(transaction.inner()).await?;
    let of_accounts = accounts.into_iter().filter_map(|row| {
        Some(SealedFactor {
            table: FactorTable::Account,
            row: *row.id.as_bytes(),
            sealed: row.second_factor?,
        })
    });
    let of_invitations = invitations.into_iter().map(|row| SealedFactor {
        table: FactorTable::Invitation,
        row: *row.id.as_bytes(),
        sealed: row.second_factor,
    });
    Ok(of_accounts.chain(of_invitations).collect())
}

/// Puts a second factor back to its place.
///
/// # Errors
/// Fails when the database is not available.
pub async fn put_second_factor(
    transaction: &Transaction,
    factor: &SealedFactor,
) -> Result<(), StoreError> {
    let id = Uuid::from_bytes(factor.row);
    let sealed = Expr::value(factor.sealed.clone());
    match factor.table {
        FactorTable::Account => {
            account::Entity::update_many()
                .col_expr(account::Column::SecondFactor, sealed)
                .filter(account::Column::Id.eq(id))
                .exec(transaction.inner())
                .await?;
        }
        FactorTable::Invitation => {
            invitation::Entity::update_many()
                .col_expr(invitation::Column::SecondFactor, sealed)
                .filter(invitation::Column::Id.eq(id))
                .exec(transaction.inner())
                .await?;
        }
    }
    Ok(())
}

/// Withdraws the login codes that could still be used, because their hashes hang on the key; how
/// many there were. Counters of attempts begin anew.
///
/// # Errors
/// Fails when the database is not available.
pub async fn withdraw_codes(transaction: &Transaction, now: Moment) -> Result<u64, StoreError> {
    throttle::Entity::delete_many()
        .exec(transaction.inner())
        .await?;
    let usable = login_code::Column::ExpiresAt.gt(now.micros());
    let withdrawn = login_code::Entity::update_many()
        .col_expr(login_code::Column::UsedAt, Expr::value(now.micros()))
        .filter(login_code::Column::UsedAt.is_null())
        .filter(usable)
        .exec(transaction.inner())
        .await?;
    Ok(withdrawn.rows_affected)
}
