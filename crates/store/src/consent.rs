//! Consents of persons towards organisations.

use domain::id::{ConsentId, OrganisationId, PersonId};
use domain::moment::Moment;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::consent as row;
use crate::{Access, StoreError, Transaction};

/// A consent as it is stored; withdrawn ones are kept as proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Id.
    pub id: ConsentId,
    /// Who consented.
    pub person: PersonId,
    /// Who may know them.
    pub receiver: OrganisationId,
    /// Which text the person agreed to.
    pub text_version: String,
    /// Since when.
    pub given_at: Moment,
    /// Until when; none while it is in force.
    pub withdrawn_at: Option<Moment>,
}

/// Adds a consent.
///
/// # Errors
/// [`StoreError::Duplicate`] when one towards this receiver is in force.
pub async fn insert(transaction: &Transaction, new: &Consent) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(new.id.uuid()),
        person_id: Set(new.person.uuid()),
        receiver_id: Set(new.receiver.uuid()),
        text_version: Set(new.text_version.clone()),
        given_at: Set(new.given_at.micros()),
        withdrawn_at: Set(new.withdrawn_at.map(Moment::micros)),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Withdraws the consent in force; `false` when there is none.
///
/// # Errors
/// Fails when the database is not available.
pub async fn withdraw(
    transaction: &Transaction,
    person: PersonId,
    receiver: OrganisationId,
    now: Moment,
) -> Result<bool, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::WithdrawnAt, Expr::value(now.micros()))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::ReceiverId.eq(receiver.uuid()))
        .filter(row::Column::WithdrawnAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Withdraws all consents of a person; how many there were.
///
/// # Errors
/// Fails when the database is not available.
pub async fn withdraw_all(
    transaction: &Transaction,
    person: PersonId,
    now: Moment,
) -> Result<u64, StoreError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::WithdrawnAt, Expr::value(now.micros()))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::WithdrawnAt.is_null())
        .exec(transaction.inner())
        .await?;
    Ok(updated.rows_affected)
}

/// Whether a consent towards a receiver is in force.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn is_in_force(
    from: &impl Access,
    person: PersonId,
    receiver: OrganisationId,
) -> Result<bool, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::ReceiverId.eq(receiver.uuid()))
        .filter(row::Column::WithdrawnAt.is_null())
        .one(&from.executor())
        .await?;
    Ok(found.is_some())
}

/// All consents of a person, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_person(from: &impl Access, person: PersonId) -> Result<Vec<Consent>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .order_by_desc(row::Column::GivenAt)
        .order_by_desc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Consent::from).collect())
}

/// Consents in force towards a receiver, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn towards(
    from: &impl Access,
    receiver: OrganisationId,
) -> Result<Vec<Consent>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::ReceiverId.eq(receiver.uuid()))
        .filter(row::Column::WithdrawnAt.is_null())
        .order_by_desc(row::Column::GivenAt)
        .order_by_desc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Consent::from).collect())
}

impl From<row::Model> for Consent {
    fn from(row: row::Model) -> Consent {
        Consent {
            id: row.id.into(),
            person: row.person_id.into(),
            receiver: row.receiver_id.into(),
            text_version: row.text_version,
            given_at: Moment::from_micros(row.given_at),
            withdrawn_at: row.withdrawn_at.map(Moment::from_micros),
        }
    }
}
