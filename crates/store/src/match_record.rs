//! Matches of persons with vacancies: one record for a pair.

use domain::code::ReasonCode;
use domain::id::{AccountId, MatchId, PersonId, VacancyId};
use domain::match_state::{MatchState, Party};
use domain::moment::Moment;
use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entity::match_record as row;
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

/// A match as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchRecord {
    /// Id.
    pub id: MatchId,
    /// Who.
    pub person: PersonId,
    /// With which vacancy.
    pub vacancy: VacancyId,
    /// Where it stands.
    pub state: MatchState,
    /// Why it was declined, rejected or withdrawn.
    pub reason: Option<ReasonCode>,
    /// Whose word it began with first.
    pub begun_by: Party,
    /// When it began first.
    pub created_at: Moment,
    /// Who began it; none for the person themselves.
    pub created_by: Option<AccountId>,
    /// When it last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
    /// Counts changes, for [`update`].
    pub version: i64,
}

/// A step of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchChange {
    /// Version that the step was made from.
    pub version: i64,
    /// Where it stands after it.
    pub state: MatchState,
    /// Why, where a reason belongs to it.
    pub reason: Option<ReasonCode>,
    /// When.
    pub changed_at: Moment,
    /// Who; none for the person themselves.
    pub changed_by: Option<AccountId>,
}

/// Adds a match.
///
/// # Errors
/// [`StoreError::Duplicate`] when there is one of this pair; [`StoreError::Missing`] when person or
/// vacancy do not exist.
pub async fn insert(transaction: &Transaction, new: &MatchRecord) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(new.id.uuid()),
        person_id: Set(new.person.uuid()),
        vacancy_id: Set(new.vacancy.uuid()),
        state: Set(new.state.code().to_owned()),
        reason: Set(new.reason.map(String::from)),
        begun_by: Set(new.begun_by.code().to_owned()),
        created_at: Set(new.created_at.micros()),
        created_by: Set(new.created_by.map(AccountId::uuid)),
        changed_at: Set(new.changed_at.micros()),
        changed_by: Set(new.changed_by.map(AccountId::uuid)),
        version: Set(1),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A match by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: MatchId) -> Result<Option<MatchRecord>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(MatchRecord::try_from).transpose()
}

/// The match of a pair.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_pair(
    from: &impl Access,
    person: PersonId,
    vacancy: VacancyId,
) -> Result<Option<MatchRecord>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .filter(row::Column::VacancyId.eq(vacancy.uuid()))
        .one(&from.executor())
        .await?;
    found.map(MatchRecord::try_from).transpose()
}

/// At most `n` matches of a person, the last changed first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_person(
    from: &impl Access,
    person: PersonId,
    n: u64,
) -> Result<Vec<MatchRecord>, StoreError> {
    last_changed(from, row::Column::PersonId.eq(person.uuid()), n).await
}

/// At most `n` matches of a vacancy, the last changed first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_vacancy(
    from: &impl Access,
    vacancy: VacancyId,
    n: u64,
) -> Result<Vec<MatchRecord>, StoreError> {
    last_changed(from, row::Column::VacancyId.eq(vacancy.uuid()), n).await
}

async fn last_changed(
    from: &impl Access,
    condition: impl IntoCondition,
    n: u64,
) -> Result<Vec<MatchRecord>, StoreError> {
    let found = row::Entity::find()
        .filter(condition)
        .order_by_desc(row::Column::ChangedAt)
        .order_by_desc(row::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    found.into_iter().map(MatchRecord::try_from).collect()
}

/// Takes a match one step further.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`; [`StoreError::Missing`] when
/// there is no such match.
pub async fn update(
    transaction: &Transaction,
    id: MatchId,
    change: MatchChange,
) -> Result<(), StoreError> {
    let updated = row::Entity::update_many()
        .set(row::ActiveModel {
            state: Set(change.state.code().to_owned()),
            reason: Set(change.reason.map(String::from)),
            changed_at: Set(change.changed_at.micros()),
            changed_by: Set(change.changed_by.map(AccountId::uuid)),
            version: Set(change.version + 1),
            ..Default::default()
        })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::Version.eq(change.version))
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 1 {
        return Ok(());
    }
    let now = find(transaction, id).await?.ok_or(StoreError::Missing)?;
    Err(StoreError::Stale(Stale {
        version: now.version,
        changed_at: now.changed_at,
        changed_by: now.changed_by,
    }))
}

/// Removes the matches of a person; what happened stays in the audit log.
pub(crate) async fn erase(transaction: &Transaction, person: PersonId) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for MatchRecord {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<MatchRecord, StoreError> {
        let corrupt = |column| StoreError::Corrupt {
            table: "match_record",
            column,
        };
        Ok(MatchRecord {
            id: row.id.into(),
            person: row.person_id.into(),
            vacancy: row.vacancy_id.into(),
            state: row.state.parse().map_err(|_| corrupt("state"))?,
            reason: row
                .reason
                .map(|reason| reason.parse().map_err(|_| corrupt("reason")))
                .transpose()?,
            begun_by: row.begun_by.parse().map_err(|_| corrupt("begun_by"))?,
            created_at: Moment::from_micros(row.created_at),
            created_by: row.created_by.map(AccountId::from),
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
        })
    }
}
