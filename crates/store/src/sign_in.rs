//! Staff who log in with a provider of identities: who is whom there, and who is on the way.

use domain::id::{AccountId, InvitationId};
use domain::moment::Moment;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use vault::token::SecretHash;

use crate::entity::{sign_in, staff_identity};
use crate::{Access, StoreError, Transaction};

/// Somebody who was sent to a provider and has not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Hash of the token that their browser holds.
    pub token: SecretHash,
    /// Invitation that they accept by coming back; none when they only log in.
    pub invitation: Option<InvitationId>,
    /// Until when they may come back.
    pub expires_at: Moment,
}

/// Remembers somebody who is sent to a provider, and forgets those who never came back.
///
/// # Errors
/// Fails when the database is not available.
pub async fn insert(
    transaction: &Transaction,
    new: &SignIn,
    now: Moment,
) -> Result<(), StoreError> {
    sign_in::Entity::delete_many()
        .filter(sign_in::Column::ExpiresAt.lte(now.micros()))
        .exec(transaction.inner())
        .await?;
    sign_in::ActiveModel {
        token_hash: Set(new.token.as_bytes().to_vec()),
        invitation_id: Set(new.invitation.map(InvitationId::uuid)),
        expires_at: Set(new.expires_at.micros()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Somebody who comes back; the second time there is nobody, also for two at once.
///
/// # Errors
/// Fails when the database is not available.
pub async fn take(
    transaction: &Transaction,
    token: SecretHash,
) -> Result<Option<SignIn>, StoreError> {
    let found = sign_in::Entity::find_by_id(token.as_bytes().to_vec())
        .one(transaction.inner())
        .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let removed = sign_in::Entity::delete_by_id(token.as_bytes().to_vec())
        .exec(transaction.inner())
        .await?;
    Ok((removed.rows_affected == 1).then(|| SignIn {
        token,
        invitation: row.invitation_id.map(InvitationId::from),
        expires_at: Moment::from_micros(row.expires_at),
    }))
}

/// Says who somebody of a provider is here.
///
/// # Errors
/// [`StoreError::Duplicate`] when they are somebody here already.
pub async fn link(
    transaction: &Transaction,
    issuer: &str,
    subject: &str,
    account: AccountId,
    now: Moment,
) -> Result<(), StoreError> {
    staff_identity::ActiveModel {
        issuer: Set(issuer.to_owned()),
        subject: Set(subject.to_owned()),
        account_id: Set(account.uuid()),
        linked_at: Set(now.micros()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Who somebody of a provider is here.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn account_of(
    from: &impl Access,
    issuer: &str,
    subject: &str,
) -> Result<Option<AccountId>, StoreError> {
    let key = (issuer.to_owned(), subject.to_owned());
    let found = staff_identity::Entity::find_by_id(key)
        .one(&from.executor())
        .await?;
    Ok(found.map(|row| row.account_id.into()))
}

/// Which of these accounts log in with a provider.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn linked_among(
    from: &impl Access,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, StoreError> {
    let ids = accounts.iter().map(|account| account.uuid());
    let found = staff_identity::Entity::find()
        .filter(staff_identity::Column::AccountId.is_in(ids))
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(|row| row.account_id.into()).collect())
}

/// Forgets who an account is with providers.
///
/// # Errors
/// Fails when the database is not available.
pub async fn unlink(transaction: &Transaction, account: AccountId) -> Result<(), StoreError> {
    staff_identity::Entity::delete_many()
        .filter(staff_identity::Column::AccountId.eq(account.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}
