//! Sessions of those who logged in.

use domain::id::{AccountId, MembershipId, PersonId, SessionId};
use domain::moment::Moment;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Set,
};
use vault::token::SecretHash;

use crate::entity::{membership, session as row};
use crate::{Access, StoreError, Transaction};

/// Who a session belongs to; a session of both kinds cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A member of staff, in one role.
    Staff(MembershipId),
    /// A newcomer.
    Newcomer(PersonId),
}

/// On what kind of device a session runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// The user's own.
    Own,
    /// One that others use too: the session is short.
    Shared,
}

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id; it is not the token and opens nothing.
    pub id: SessionId,
    /// Hash of the token that the browser holds.
    pub token: SecretHash,
    /// Whose session.
    pub holder: Holder,
    /// On what device.
    pub device: Device,
    /// When the user logged in.
    pub created_at: Moment,
    /// When it was last used, to about a minute.
    pub last_seen_at: Moment,
    /// When it ends if it is not used.
    pub idle_ends_at: Moment,
    /// When it ends in any case.
    pub ends_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
}

impl Session {
    /// Whether the session can be used at a moment.
    #[must_use]
    pub fn is_live(&self, now: Moment) -> bool {
        self.ended_at.is_none() && now < self.idle_ends_at && now < self.ends_at
    }
}

/// Adds a session.
///
/// # Errors
/// Fails when the database is not available.
pub async fn insert(transaction: &Transaction, new: &Session) -> Result<(), StoreError> {
    let (membership, person) = match new.holder {
        Holder::Staff(membership) => (Some(membership.uuid()), None),
        Holder::Newcomer(person) => (None, Some(person.uuid())),
    };
    row::ActiveModel {
        id: Set(new.id.uuid()),
        token_hash: Set(new.token.as_bytes().to_vec()),
        membership_id: Set(membership),
        person_id: Set(person),
        device: Set(device_code(new.device).to_owned()),
        created_at: Set(new.created_at.micros()),
        last_seen_at: Set(new.last_seen_at.micros()),
        idle_ends_at: Set(new.idle_ends_at.micros()),
        ends_at: Set(new.ends_at.micros()),
        ended_at: Set(new.ended_at.map(Moment::micros)),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A session by the hash of its token, ended or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_by_token(
    from: &impl Access,
    token: SecretHash,
) -> Result<Option<Session>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::TokenHash.eq(token.as_bytes().to_vec()))
        .one(&from.executor())
        .await?;
    found.map(Session::try_from).transpose()
}

/// The live sessions of a holder, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn live_of(
    from: &impl Access,
    holder: Holder,
    now: Moment,
) -> Result<Vec<Session>, StoreError> {
    row::Entity::find()
        .filter(is_of(holder))
        .filter(row::Column::EndedAt.is_null())
        .filter(row::Column::IdleEndsAt.gt(now.micros()))
        .filter(row::Column::EndsAt.gt(now.micros()))
        .order_by_desc(row::Column::CreatedAt)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Session::try_from)
        .collect()
}

/// Prolongs a session that was used.
///
/// # Errors
/// Fails when the database is not available.
pub async fn touch(
    transaction: &Transaction,
    id: SessionId,
    now: Moment,
    idle_ends_at: Moment,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::LastSeenAt, Expr::value(now.micros()))
        .col_expr(row::Column::IdleEndsAt, Expr::value(idle_ends_at.micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::EndedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Ends a session of a holder; `false` when there is no such live one.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end(
    transaction: &Transaction,
    holder: Holder,
    id: SessionId,
    now: Moment,
) -> Result<bool, StoreError> {
    let only = is_of(holder).add(row::Column::Id.eq(id.uuid()));
    Ok(end_where(transaction, only, now).await? == 1)
}

/// Ends all sessions of a holder but one; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end_others(
    transaction: &Transaction,
    holder: Holder,
    but: SessionId,
    now: Moment,
) -> Result<u64, StoreError> {
    let others = is_of(holder).add(row::Column::Id.ne(but.uuid()));
    end_where(transaction, others, now).await
}

/// Ends all sessions of a holder; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end_all_of(
    transaction: &Transaction,
    holder: Holder,
    now: Moment,
) -> Result<u64, StoreError> {
    end_where(transaction, is_of(holder), now).await
}

/// Ends all sessions of a newcomer; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end_all_of_person(
    transaction: &Transaction,
    person: PersonId,
    now: Moment,
) -> Result<u64, StoreError> {
    end_where(transaction, is_of(Holder::Newcomer(person)), now).await
}

/// Ends all sessions of an account in all its roles; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn end_all_of_account(
    transaction: &Transaction,
    account: AccountId,
    now: Moment,
) -> Result<u64, StoreError> {
    let roles = Query::select()
        .column(membership::Column::Id)
        .from(membership::Entity)
        .and_where(membership::Column::AccountId.eq(account.uuid()))
        .to_owned();
    let all = Condition::all().add(row::Column::MembershipId.in_subquery(roles));
    end_where(transaction, all, now).await
}

async fn end_where(
    transaction: &Transaction,
    which: Condition,
    now: Moment,
) -> Result<u64, StoreError> {
    let ended = row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::value(now.micros()))
        .filter(which)
        .filter(row::Column::EndedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(ended.rows_affected)
}

fn is_of(holder: Holder) -> Condition {
    Condition::all().add(match holder {
        Holder::Staff(membership) => row::Column::MembershipId.eq(membership.uuid()),
        Holder::Newcomer(person) => row::Column::PersonId.eq(person.uuid()),
    })
}

fn device_code(device: Device) -> &'static str {
    match device {
        Device::Own => "own",
        Device::Shared => "shared",
    }
}

impl TryFrom<row::Model> for Session {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Session, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "session",
            column,
        };
        let holder = match (row.membership_id, row.person_id) {
            (Some(membership), None) => Holder::Staff(membership.into()),
            (None, Some(person)) => Holder::Newcomer(person.into()),
            _ => return Err(corrupt("person_id")),
        };
        let device = [Device::Own, Device::Shared]
            .into_iter()
            .find(|device| device_code(*device) == row.device)
            .ok_or_else(|| corrupt("device"))?;
        let hash = row
            .token_hash
            .try_into()
            .map_err(|_| corrupt("token_hash"))?;
        Ok(Session {
            id: row.id.into(),
            token: SecretHash::from_bytes(hash),
            holder,
            device,
            created_at: Moment::from_micros(row.created_at),
            last_seen_at: Moment::from_micros(row.last_seen_at),
            idle_ends_at: Moment::from_micros(row.idle_ends_at),
            ends_at: Moment::from_micros(row.ends_at),
            ended_at: row.ended_at.map(Moment::from_micros),
        })
    }
}
