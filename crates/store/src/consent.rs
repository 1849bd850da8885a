//! Consents of persons towards organisations: what each may see, and until when.

use std::collections::BTreeSet;

use domain::id::{ConsentId, OrganisationId, PersonId};
use domain::moment::Moment;
use domain::profile::CvPart;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Set,
};

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
    /// What the receiver may see.
    pub shown: BTreeSet<CvPart>,
    /// Which text the person agreed to.
    pub text_version: String,
    /// Since when.
    pub given_at: Moment,
    /// When it ends by itself; none when it goes on until it is withdrawn.
    pub ends_at: Option<Moment>,
    /// When it was withdrawn; none when it was not.
    pub withdrawn_at: Option<Moment>,
}

impl Consent {
    /// Whether the receiver may see something at a moment.
    #[must_use]
    pub fn is_in_force(&self, now: Moment) -> bool {
        self.withdrawn_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }
}

/// Adds a consent; one towards the same receiver that came to its end is over from here on.
///
/// # Errors
/// [`StoreError::Duplicate`] when one towards this receiver is in force.
pub async fn insert(transaction: &Transaction, new: &Consent) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::WithdrawnAt, Expr::col(row::Column::EndsAt))
        .filter(row::Column::PersonId.eq(new.person.uuid()))
        .filter(row::Column::ReceiverId.eq(new.receiver.uuid()))
        .filter(row::Column::WithdrawnAt.is_null())
        .filter(row::Column::EndsAt.lte(new.given_at.micros()))
        .exec(transaction.inner())
        .await?;
    row::ActiveModel {
        id: Set(new.id.uuid()),
        person_id: Set(new.person.uuid()),
        receiver_id: Set(new.receiver.uuid()),
        shown: Set(written(&new.shown)),
        text_version: Set(new.text_version.clone()),
        given_at: Set(new.given_at.micros()),
        ends_at: Set(new.ends_at.map(Moment::micros)),
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

/// The consent towards a receiver that is in force at a moment; at most one is.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn in_force(
    from: &impl Access,
    person: PersonId,
    receiver: OrganisationId,
    now: Moment,
) -> Result<Option<Consent>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::ReceiverId.eq(receiver.uuid()))
        .filter(goes_on(now))
        .one(&from.executor())
        .await?;
    Ok(found.map(Consent::from))
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

/// Consents towards a receiver that are in force at a moment, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn towards(
    from: &impl Access,
    receiver: OrganisationId,
    now: Moment,
) -> Result<Vec<Consent>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::ReceiverId.eq(receiver.uuid()))
        .filter(goes_on(now))
        .order_by_desc(row::Column::GivenAt)
        .order_by_desc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Consent::from).collect())
}

/// What was neither withdrawn nor came to its end.
fn goes_on(now: Moment) -> Condition {
    let ends = Condition::any()
        .add(row::Column::EndsAt.is_null())
        .add(row::Column::EndsAt.gt(now.micros()));
    Condition::all()
        .add(row::Column::WithdrawnAt.is_null())
        .add(ends)
}

fn written(shown: &BTreeSet<CvPart>) -> String {
    let codes: Vec<&str> = shown.iter().map(|part| part.code()).collect();
    codes.join(" ")
}

impl From<row::Model> for Consent {
    fn from(row: row::Model) -> Consent {
        Consent {
            id: row.id.into(),
            person: row.person_id.into(),
            receiver: row.receiver_id.into(),
            // A part that this program does not know is not shown.
            shown: row.shown.split(' ').filter_map(CvPart::from_code).collect(),
            text_version: row.text_version,
            given_at: Moment::from_micros(row.given_at),
            ends_at: row.ends_at.map(Moment::from_micros),
            withdrawn_at: row.withdrawn_at.map(Moment::from_micros),
        }
    }
}
