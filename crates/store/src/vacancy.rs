//! Vacancies of employers.

use domain::id::{AccountId, OrganisationId, VacancyId};
use domain::moment::Moment;
use domain::vacancy::VacancyState;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entity::vacancy as row;
use crate::error::Stale;
use crate::{Access, StoreError, Transaction, work_revision};

/// A vacancy as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVacancy {
    /// Id.
    pub id: VacancyId,
    /// The employer.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: VacancyState,
    /// The vacancy, as the caller wrote it.
    pub payload: String,
    /// When it was written first.
    pub created_at: Moment,
    /// When it was opened last.
    pub opened_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: Option<AccountId>,
    /// Counts changes, for [`update`].
    pub version: i64,
    /// Number of the last change, see [`work_revision`].
    pub revision: i64,
}

/// A vacancy to add.
#[derive(Clone, Copy, Debug)]
pub struct NewVacancy<'a> {
    /// Id.
    pub id: VacancyId,
    /// The employer.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: VacancyState,
    /// The vacancy.
    pub payload: &'a str,
    /// When.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Option<AccountId>,
}

/// A change of a vacancy.
#[derive(Clone, Copy, Debug)]
pub struct VacancyChange<'a> {
    /// Version that the change was made from.
    pub version: i64,
    /// Where it stands after the change.
    pub state: VacancyState,
    /// The whole vacancy after the change.
    pub payload: &'a str,
    /// When.
    pub changed_at: Moment,
    /// Who.
    pub changed_by: Option<AccountId>,
}

/// Adds a vacancy.
///
/// # Errors
/// [`StoreError::Missing`] when the organisation does not exist.
pub async fn insert(transaction: &Transaction, new: NewVacancy<'_>) -> Result<(), StoreError> {
    let at = new.created_at.micros();
    row::ActiveModel {
        id: Set(new.id.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        state: Set(new.state.code().to_owned()),
        payload: Set(new.payload.to_owned()),
        created_at: Set(at),
        opened_at: Set((new.state == VacancyState::Open).then_some(at)),
        closed_at: Set((new.state == VacancyState::Closed).then_some(at)),
        changed_at: Set(at),
        changed_by: Set(new.created_by.map(AccountId::uuid)),
        version: Set(1),
        revision: Set(work_revision::next(transaction).await?),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A vacancy by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: VacancyId) -> Result<Option<StoredVacancy>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(StoredVacancy::try_from).transpose()
}

/// A vacancy by id, held until the transaction ends, so that what is counted for it stays true.
///
/// # Errors
/// Fails when the database is not available.
pub async fn lock(
    transaction: &Transaction,
    id: VacancyId,
) -> Result<Option<StoredVacancy>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .lock_exclusive()
        .one(transaction.inner())
        .await?;
    found.map(StoredVacancy::try_from).transpose()
}

/// At most `n` vacancies of an employer, in one state or all, the newest first, before an id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_organisation(
    from: &impl Access,
    organisation: OrganisationId,
    state: Option<VacancyState>,
    before: Option<VacancyId>,
    n: u64,
) -> Result<Vec<StoredVacancy>, StoreError> {
    let mut query = row::Entity::find().filter(row::Column::OrganisationId.eq(organisation.uuid()));
    if let Some(state) = state {
        query = query.filter(row::Column::State.eq(state.code()));
    }
    if let Some(before) = before {
        query = query.filter(row::Column::Id.lt(before.uuid()));
    }
    let found = query
        .order_by_desc(row::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    found.into_iter().map(StoredVacancy::try_from).collect()
}

/// At most `n` open vacancies of everybody, the newest first, before an id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn open(
    from: &impl Access,
    before: Option<VacancyId>,
    n: u64,
) -> Result<Vec<StoredVacancy>, StoreError> {
    let mut query = row::Entity::find().filter(row::Column::State.eq(VacancyState::Open.code()));
    if let Some(before) = before {
        query = query.filter(row::Column::Id.lt(before.uuid()));
    }
    let found = query
        .order_by_desc(row::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    found.into_iter().map(StoredVacancy::try_from).collect()
}

/// At most `n` vacancies that changed after a number, in the order of changes.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn changed_after(
    from: &impl Access,
    revision: i64,
    n: u64,
) -> Result<Vec<StoredVacancy>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Revision.gt(revision))
        .order_by_asc(row::Column::Revision)
        .limit(n)
        .all(&from.executor())
        .await?;
    found.into_iter().map(StoredVacancy::try_from).collect()
}

/// Changes a vacancy.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`; [`StoreError::Missing`] when
/// there is no such vacancy.
pub async fn update(
    transaction: &Transaction,
    id: VacancyId,
    change: VacancyChange<'_>,
) -> Result<(), StoreError> {
    let before = lock(transaction, id).await?.ok_or(StoreError::Missing)?;
    if before.version != change.version {
        return Err(StoreError::Stale(Stale {
            version: before.version,
            changed_at: before.changed_at,
            changed_by: before.changed_by,
        }));
    }
    let at = change.changed_at;
    let opened_at = match (before.state, change.state) {
        (VacancyState::Open, _) => before.opened_at,
        (_, VacancyState::Open) => Some(at),
        _ => before.opened_at,
    };
    let closed_at = match (before.state, change.state) {
        (VacancyState::Closed, VacancyState::Closed) => before.closed_at,
        (_, VacancyState::Closed) => Some(at),
        _ => None,
    };
    row::ActiveModel {
        id: Set(id.uuid()),
        state: Set(change.state.code().to_owned()),
        payload: Set(change.payload.to_owned()),
        opened_at: Set(opened_at.map(Moment::micros)),
        closed_at: Set(closed_at.map(Moment::micros)),
        changed_at: Set(at.micros()),
        changed_by: Set(change.changed_by.map(AccountId::uuid)),
        version: Set(change.version + 1),
        revision: Set(work_revision::next(transaction).await?),
        ..Default::default()
    }
    .update(transaction.inner())
    .await?;
    Ok(())
}

impl TryFrom<row::Model> for StoredVacancy {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<StoredVacancy, StoreError> {
        Ok(StoredVacancy {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            state: row.state.parse().map_err(|_| StoreError::Corrupt {
                table: "vacancy",
                column: "state",
            })?,
            payload: row.payload,
            created_at: Moment::from_micros(row.created_at),
            opened_at: row.opened_at.map(Moment::from_micros),
            closed_at: row.closed_at.map(Moment::from_micros),
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
            revision: row.revision,
        })
    }
}
