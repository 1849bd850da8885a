//! Accounts of staff, their roles in organisations, invitations to set them up.

use domain::id::{AccountId, InvitationId, MembershipId, OrganisationId};
use domain::moment::Moment;
use domain::organisation::Role;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use vault::password::StoredPassword;
use vault::token::SecretHash;

use crate::entity::{account, invitation, membership};
use crate::{Access, StoreError, Transaction};

/// An account as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// What its owner types to log in, lower-case; unique.
    pub login_name: String,
    /// Name that colleagues and newcomers see.
    pub display_name: String,
    /// Password; none before the invitation is accepted.
    pub password: Option<StoredPassword>,
    /// Secret of the second factor, sealed; none before the invitation is accepted.
    pub second_factor: Option<Vec<u8>>,
    /// Last step of time whose one-time password was used.
    pub second_factor_last_step: Option<u64>,
    /// When it was made.
    pub created_at: Moment,
    /// Since when it cannot be used.
    pub disabled_at: Option<Moment>,
}

/// A role of an account in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Id.
    pub id: MembershipId,
    /// Whose role.
    pub account: AccountId,
    /// Where.
    pub organisation: OrganisationId,
    /// Which role.
    pub role: Role,
    /// Since when.
    pub granted_at: Moment,
    /// Until when; none while it lasts.
    pub ended_at: Option<Moment>,
}

/// An invitation to set up an account; used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// Which account.
    pub account: AccountId,
    /// Hash of the code that was handed over.
    pub code: SecretHash,
    /// Secret of the second factor that the account will get, sealed.
    pub second_factor: Vec<u8>,
    /// Who invited; none for the administrator at the machine.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Moment,
    /// Until when it can be accepted.
    pub expires_at: Moment,
    /// When it was accepted or withdrawn.
    pub used_at: Option<Moment>,
}

/// Adds an account without credentials.
///
/// # Errors
/// [`StoreError::Duplicate`] when the login name is taken.
pub async fn insert_account(transaction: &Transaction, new: &Account) -> Result<(), StoreError> {
    account::ActiveModel {
        id: Set(new.id.uuid()),
        login_name: Set(new.login_name.clone()),
        display_name: Set(new.display_name.clone()),
        password_hash: Set(new.password.as_ref().map(|p| p.as_str().to_owned())),
        second_factor: Set(new.second_factor.clone()),
        second_factor_last_step: Set(new.second_factor_last_step.map(|step| step as i64)),
        created_at: Set(new.created_at.micros()),
        disabled_at: Set(new.disabled_at.map(Moment::micros)),
        version: Set(1),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// An account by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: AccountId) -> Result<Option<Account>, StoreError> {
    let found = account::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.map(Account::from))
}

/// An account by login name (lower-case).
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_by_login(
    from: &impl Access,
    login_name: &str,
) -> Result<Option<Account>, StoreError> {
    let found = account::Entity::find()
        .filter(account::Column::LoginName.eq(login_name))
        .one(&from.executor())
        .await?;
    Ok(found.map(Account::from))
}

/// Accounts with their present roles, of one organisation or of all, by login name.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn list(
    from: &impl Access,
    organisation: Option<OrganisationId>,
) -> Result<Vec<(Account, Membership)>, StoreError> {
    let mut wanted = Condition::all().add(membership::Column::EndedAt.is_null());
    if let Some(organisation) = organisation {
        wanted = wanted.add(membership::Column::OrganisationId.eq(organisation.uuid()));
    }
    let memberships = membership::Entity::find()
        .filter(wanted)
        .all(&from.executor())
        .await?;
    let ids: Vec<_> = memberships.iter().map(|row| row.account_id).collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .order_by_asc(account::Column::LoginName)
        .all(&from.executor())
        .await?;
    let mut listed = Vec::with_capacity(memberships.len());
    for row in accounts {
        let account = Account::from(row);
        let of_account = memberships
            .iter()
            .filter(|membership| membership.account_id == account.id.uuid());
        for membership in of_account {
            listed.push((account.clone(), Membership::try_from(membership.clone())?));
        }
    }
    Ok(listed)
}

/// Gives an account its password and second factor.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such account.
pub async fn set_credentials(
    transaction: &Transaction,
    id: AccountId,
    password: &StoredPassword,
    second_factor: &[u8],
    step: u64,
) -> Result<(), StoreError> {
    update_account(
        transaction,
        id,
        account::ActiveModel {
            password_hash: Set(Some(password.as_str().to_owned())),
            second_factor: Set(Some(second_factor.to_vec())),
            second_factor_last_step: Set(Some(step as i64)),
            ..Default::default()
        },
    )
    .await
}

/// Takes an account its password and second factor, until a new invitation is accepted.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such account.
pub async fn clear_credentials(transaction: &Transaction, id: AccountId) -> Result<(), StoreError> {
    update_account(
        transaction,
        id,
        account::ActiveModel {
            password_hash: Set(None),
            second_factor: Set(None),
            second_factor_last_step: Set(None),
            ..Default::default()
        },
    )
    .await
}

/// Ends the use of an account.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such account.
pub async fn disable(
    transaction: &Transaction,
    id: AccountId,
    now: Moment,
) -> Result<(), StoreError> {
    update_account(
        transaction,
        id,
        account::ActiveModel {
            disabled_at: Set(Some(now.micros())),
            ..Default::default()
        },
    )
    .await
}

/// Remembers that a one-time password was used; whether it was the first time.
///
/// Of two requests with the same password at the same time, one gets `false`.
///
/// # Errors
/// Fails when the database is not available.
pub async fn use_step(
    transaction: &Transaction,
    id: AccountId,
    step: u64,
) -> Result<bool, StoreError> {
    use account::Column::{Id, SecondFactorLastStep};

    let updated = account::Entity::update_many()
        .col_expr(SecondFactorLastStep, Expr::value(step as i64))
        .filter(Id.eq(id.uuid()))
        .filter(
            SecondFactorLastStep
                .is_null()
                .or(SecondFactorLastStep.lt(step as i64)),
        )
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Adds a role.
///
/// # Errors
/// [`StoreError::Missing`] when account or organisation do not exist.
pub async fn insert_membership(
    transaction: &Transaction,
    new: &Membership,
) -> Result<(), StoreError> {
    membership::ActiveModel {
        id: Set(new.id.uuid()),
        account_id: Set(new.account.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        role: Set(new.role.code().to_owned()),
        granted_at: Set(new.granted_at.micros()),
        ended_at: Set(new.ended_at.map(Moment::micros)),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A role by id, ended or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_membership(
    from: &impl Access,
    id: MembershipId,
) -> Result<Option<Membership>, StoreError> {
    let found = membership::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(Membership::try_from).transpose()
}

/// The roles that the account of a role has now, that role among them if it has not ended.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn memberships_beside(
    from: &impl Access,
    id: MembershipId,
) -> Result<Vec<Membership>, StoreError> {
    let account = Query::select()
        .column(membership::Column::AccountId)
        .from(membership::Entity)
        .and_where(membership::Column::Id.eq(id.uuid()))
        .to_owned();
    membership::Entity::find()
        .filter(membership::Column::AccountId.in_subquery(account))
        .filter(membership::Column::EndedAt.is_null())
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Membership::try_from)
        .collect()
}

/// Ends a role; `false` when it had ended already.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end_membership(
    transaction: &Transaction,
    id: MembershipId,
    now: Moment,
) -> Result<bool, StoreError> {
    let ended = membership::Entity::update_many()
        .col_expr(membership::Column::EndedAt, Expr::value(now.micros()))
        .filter(membership::Column::Id.eq(id.uuid()))
        .filter(membership::Column::EndedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// The roles that an account has now, the oldest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn memberships_of(
    from: &impl Access,
    account: AccountId,
) -> Result<Vec<Membership>, StoreError> {
    membership::Entity::find()
        .filter(membership::Column::AccountId.eq(account.uuid()))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::GrantedAt)
        .order_by_asc(membership::Column::Id)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Membership::try_from)
        .collect()
}

/// Adds an invitation and withdraws the account's earlier ones.
///
/// # Errors
/// [`StoreError::Missing`] when the account does not exist.
pub async fn insert_invitation(
    transaction: &Transaction,
    new: &Invitation,
) -> Result<(), StoreError> {
    invitation::Entity::update_many()
        .col_expr(
            invitation::Column::UsedAt,
            Expr::value(new.created_at.micros()),
        )
        .filter(invitation::Column::AccountId.eq(new.account.uuid()))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(transaction.inner())
        .await?;
    invitation::ActiveModel {
        id: Set(new.id.uuid()),
        account_id: Set(new.account.uuid()),
        code_hash: Set(new.code.as_bytes().to_vec()),
        second_factor: Set(new.second_factor.clone()),
        created_by: Set(new.created_by.map(AccountId::uuid)),
        created_at: Set(new.created_at.micros()),
        expires_at: Set(new.expires_at.micros()),
        used_at: Set(None),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// An invitation by the hash of its code.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_invitation(
    from: &impl Access,
    code: SecretHash,
) -> Result<Option<Invitation>, StoreError> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::CodeHash.eq(code.as_bytes().to_vec()))
        .one(&from.executor())
        .await?;
    found.map(Invitation::try_from).transpose()
}

/// An invitation by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_invitation_by_id(
    from: &impl Access,
    id: InvitationId,
) -> Result<Option<Invitation>, StoreError> {
    let found = invitation::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(Invitation::try_from).transpose()
}

/// Marks an invitation as used; `false` when it was used already.
///
/// # Errors
/// Fails when the database is not available.
pub async fn use_invitation(
    transaction: &Transaction,
    id: InvitationId,
    now: Moment,
) -> Result<bool, StoreError> {
    let updated = invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(now.micros()))
        .filter(invitation::Column::Id.eq(id.uuid()))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// How many accounts have a role.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn count(from: &impl Access) -> Result<u64, StoreError> {
    use sea_orm::PaginatorTrait;

    Ok(membership::Entity::find()
        .select_only()
        .column(membership::Column::AccountId)
        .distinct()
        .filter(membership::Column::EndedAt.is_null())
        .count(&from.executor())
        .await?)
}

async fn update_account(
    transaction: &Transaction,
    id: AccountId,
    change: account::ActiveModel,
) -> Result<(), StoreError> {
    let updated = account::Entity::update_many()
        .set(change)
        .col_expr(
            account::Column::Version,
            Expr::col(account::Column::Version).add(1),
        )
        .filter(account::Column::Id.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    match updated.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Missing),
    }
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Account {
        Account {
            id: row.id.into(),
            login_name: row.login_name,
            display_name: row.display_name,
            password: row.password_hash.map(StoredPassword::from_stored),
            second_factor: row.second_factor,
            second_factor_last_step: row.second_factor_last_step.map(|step| step as u64),
            created_at: Moment::from_micros(row.created_at),
            disabled_at: row.disabled_at.map(Moment::from_micros),
        }
    }
}

impl TryFrom<membership::Model> for Membership {
    type Error = StoreError;

    fn try_from(row: membership::Model) -> Result<Membership, StoreError> {
        Ok(Membership {
            id: row.id.into(),
            account: row.account_id.into(),
            organisation: row.organisation_id.into(),
            role: row.role.parse().map_err(|_| StoreError::Corrupt {
                table: "staff_membership",
                column: "role",
            })?,
            granted_at: Moment::from_micros(row.granted_at),
            ended_at: row.ended_at.map(Moment::from_micros),
        })
    }
}

impl TryFrom<invitation::Model> for Invitation {
    type Error = StoreError;

    fn try_from(row: invitation::Model) -> Result<Invitation, StoreError> {
        let hash = row.code_hash.try_into().map_err(|_| StoreError::Corrupt {
            table: "staff_invitation",
            column: "code_hash",
        })?;
        Ok(Invitation {
            id: row.id.into(),
            account: row.account_id.into(),
            code: SecretHash::from_bytes(hash),
            second_factor: row.second_factor,
            created_by: row.created_by.map(AccountId::from),
            created_at: Moment::from_micros(row.created_at),
            expires_at: Moment::from_micros(row.expires_at),
            used_at: row.used_at.map(Moment::from_micros),
        })
    }
}
