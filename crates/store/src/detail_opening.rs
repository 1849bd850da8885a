//! Which details of candidates an employer opened, so that nobody leafs through people.

use domain::id::{AccountId, OpeningId, PersonId, VacancyId};
use domain::moment::Moment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entity::detail_opening as row;
use crate::{Access, StoreError, Transaction};

/// An opening of a person's details for a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetailOpening {
    /// Id.
    pub id: OpeningId,
    /// For which vacancy.
    pub vacancy: VacancyId,
    /// Whose details.
    pub person: PersonId,
    /// By whom.
    pub opened_by: AccountId,
    /// When.
    pub opened_at: Moment,
}

/// Adds an opening.
///
/// # Errors
/// [`StoreError::Missing`] when person or vacancy do not exist.
pub async fn insert(transaction: &Transaction, new: DetailOpening) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(new.id.uuid()),
        vacancy_id: Set(new.vacancy.uuid()),
        person_id: Set(new.person.uuid()),
        opened_by: Set(new.opened_by.uuid()),
        opened_at: Set(new.opened_at.micros()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// The newest `n` openings for a vacancy since a moment, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn since(
    from: &impl Access,
    vacancy: VacancyId,
    since: Moment,
    n: u64,
) -> Result<Vec<DetailOpening>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::VacancyId.eq(vacancy.uuid()))
        .filter(row::Column::OpenedAt.gt(since.micros()))
        .order_by_desc(row::Column::OpenedAt)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(DetailOpening::from).collect())
}

/// Removes the openings of a person's details; what happened stays in the audit log.
pub(crate) async fn erase(transaction: &Transaction, person: PersonId) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

impl From<row::Model> for DetailOpening {
    fn from(row: row::Model) -> DetailOpening {
        DetailOpening {
            id: row.id.into(),
            vacancy: row.vacancy_id.into(),
            person: row.person_id.into(),
            opened_by: row.opened_by.into(),
            opened_at: Moment::from_micros(row.opened_at),
        }
    }
}
