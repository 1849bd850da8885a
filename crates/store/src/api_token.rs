//! Tokens with which programs of organisations use the JSON interface; only their hashes are here.

use domain::day::Day;
use domain::id::{AccountId, ApiTokenId, OrganisationId};
use domain::moment::Moment;
use domain::scope::Scopes;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use vault::token::SecretHash;

use crate::entity::api_token as row;
use crate::{Access, StoreError, Transaction};

/// A token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Id; it opens nothing.
    pub id: ApiTokenId,
    /// Whose program.
    pub organisation: OrganisationId,
    /// What the organisation calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// Hash of the token.
    pub token: SecretHash,
    /// When it was made.
    pub created_at: Moment,
    /// By whom; none for the administrator at the machine.
    pub created_by: Option<AccountId>,
    /// Until when it works.
    pub expires_at: Moment,
    /// Last day on which it was used.
    pub last_used_on: Option<Day>,
    /// Since when it does not work any more.
    pub revoked_at: Option<Moment>,
}

impl ApiToken {
    /// Whether the token works at a moment.
    #[must_use]
    pub fn is_live(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// Adds a token.
///
/// # Errors
/// [`StoreError::Missing`] when the organisation does not exist.
pub async fn insert(transaction: &Transaction, new: &ApiToken) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(new.id.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        name: Set(new.name.clone()),
        scopes: Set(new.scopes.to_string()),
        token_hash: Set(new.token.as_bytes().to_vec()),
        created_at: Set(new.created_at.micros()),
        created_by: Set(new.created_by.map(AccountId::uuid)),
        expires_at: Set(new.expires_at.micros()),
        last_used_on: Set(new.last_used_on.map(|day| day.to_string())),
        revoked_at: Set(new.revoked_at.map(Moment::micros)),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A token by its hash, whether it works or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_by_hash(
    from: &impl Access,
    token: SecretHash,
) -> Result<Option<ApiToken>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::TokenHash.eq(token.as_bytes().to_vec()))
        .one(&from.executor())
        .await?;
    found.map(ApiToken::try_from).transpose()
}

/// A token by id, whether it works or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: ApiTokenId) -> Result<Option<ApiToken>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(ApiToken::try_from).transpose()
}

/// All tokens of an organisation, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_organisation(
    from: &impl Access,
    organisation: OrganisationId,
) -> Result<Vec<ApiToken>, StoreError> {
    row::Entity::find()
        .filter(row::Column::OrganisationId.eq(organisation.uuid()))
        .order_by_desc(row::Column::Id)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(ApiToken::try_from)
        .collect()
}

/// Ends a token; `false` when it was ended already.
///
/// # Errors
/// Fails when the database is not available.
pub async fn revoke(
    transaction: &Transaction,
    id: ApiTokenId,
    now: Moment,
) -> Result<bool, StoreError> {
    let ended = row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Expr::value(now.micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::RevokedAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Remembers the day on which a token was used.
///
/// # Errors
/// Fails when the database is not available.
pub async fn use_on(transaction: &Transaction, id: ApiTokenId, day: Day) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::LastUsedOn, Expr::value(day.to_string()))
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for ApiToken {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<ApiToken, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "api_token",
            column,
        };
        let hash = row
            .token_hash
            .try_into()
            .map_err(|_| corrupt("token_hash"))?;
        Ok(ApiToken {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            name: row.name,
            scopes: row.scopes.parse().map_err(|_| corrupt("scopes"))?,
            token: SecretHash::from_bytes(hash),
            created_at: Moment::from_micros(row.created_at),
            created_by: row.created_by.map(AccountId::from),
            expires_at: Moment::from_micros(row.expires_at),
            last_used_on: row
                .last_used_on
                .map(|day| day.parse().map_err(|_| corrupt("last_used_on")))
                .transpose()?,
            revoked_at: row.revoked_at.map(Moment::from_micros),
        })
    }
}
