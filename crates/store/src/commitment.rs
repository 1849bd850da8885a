//! The register of motions and commitments of an organisation, and the documents it was read from.
//!
//! What an obligation says stands in a payload that the caller wrote; the row adds its number,
//! whether a person looked at it, and a version against overwriting.

use domain::id::{AccountId, OrganisationId, SourceId};
use domain::moment::Moment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::entity::{commitment_source, obligation, organisation};
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

/// A document from which obligations were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Id.
    pub id: SourceId,
    /// Whose.
    pub organisation: OrganisationId,
    /// Name of the file.
    pub name: String,
    /// Its date (ISO 8601), when it is known.
    pub dated: Option<String>,
    /// How it was read, in the caller's word.
    pub way: String,
    /// Its text; places in obligations count its bytes.
    pub body: String,
    /// The document of which it is another version.
    pub version_of: Option<SourceId>,
    /// When it was added.
    pub added_at: Moment,
    /// By whom; none for the machine.
    pub added_by: Option<AccountId>,
}

/// A document in a list, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName {
    /// Id.
    pub id: SourceId,
    /// Name of the file.
    pub name: String,
    /// The document of which it is another version.
    pub version_of: Option<SourceId>,
    /// When it was added.
    pub added_at: Moment,
}

/// An obligation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredObligation {
    /// Whose register.
    pub organisation: OrganisationId,
    /// Number in the register.
    pub number: u32,
    /// The document it was read from.
    pub source: Option<SourceId>,
    /// Whether a person looked, in the caller's word.
    pub review: String,
    /// What it says, as the caller wrote it.
    pub payload: String,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the machine.
    pub changed_by: Option<AccountId>,
    /// Counts changes; 0 when it is not stored yet.
    pub version: i64,
}

/// Locks the register of an organisation until the end of the transaction, so that numbers are
/// given once.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such organisation.
pub async fn lock(
    transaction: &Transaction,
    organisation: OrganisationId,
) -> Result<(), StoreError> {
    organisation::Entity::find_by_id(organisation.uuid())
        .lock_exclusive()
        .one(transaction.inner())
        .await?
        .map(|_| ())
        .ok_or(StoreError::Missing)
}

/// Adds a document.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such organisation.
pub async fn insert_source(transaction: &Transaction, new: &Source) -> Result<(), StoreError> {
    commitment_source::ActiveModel {
        id: Set(new.id.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        name: Set(new.name.clone()),
        dated: Set(new.dated.clone()),
        way: Set(new.way.clone()),
        body: Set(new.body.clone()),
        version_of: Set(new.version_of.map(SourceId::uuid)),
        added_at: Set(new.added_at.micros()),
        added_by: Set(new.added_by.map(AccountId::uuid)),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A document by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_source(from: &impl Access, id: SourceId) -> Result<Option<Source>, StoreError> {
    let found = commitment_source::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.map(Source::from))
}

/// At most `n` documents of an organisation, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn sources(
    from: &impl Access,
    organisation: OrganisationId,
    n: u64,
) -> Result<Vec<Source>, StoreError> {
    let found = commitment_source::Entity::find()
        .filter(commitment_source::Column::OrganisationId.eq(organisation.uuid()))
        .order_by_desc(commitment_source::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Source::from).collect())
}

/// As [`sources`], without the texts.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn source_names(
    from: &impl Access,
    organisation: OrganisationId,
    n: u64,
) -> Result<Vec<SourceName>, StoreError> {
    use commitment_source::Column;

    let found: Vec<(Uuid, String, Option<Uuid>, i64)> = commitment_source::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::VersionOf, Column::AddedAt])
        .filter(Column::OrganisationId.eq(organisation.uuid()))
        .order_by_desc(Column::Id)
        .limit(n)
        .into_tuple()
        .all(&from.executor())
        .await?;
    Ok(found
        .into_iter()
        .map(|(id, name, version_of, added_at)| SourceName {
            id: id.into(),
            name,
            version_of: version_of.map(SourceId::from),
            added_at: Moment::from_micros(added_at),
        })
        .collect())
}

/// An obligation by number.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(
    from: &impl Access,
    organisation: OrganisationId,
    number: u32,
) -> Result<Option<StoredObligation>, StoreError> {
    obligation::Entity::find_by_id((organisation.uuid(), i64::from(number)))
        .one(&from.executor())
        .await?
        .map(StoredObligation::try_from)
        .transpose()
}

/// The whole register of an organisation, by number.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn all(
    from: &impl Access,
    organisation: OrganisationId,
) -> Result<Vec<StoredObligation>, StoreError> {
    obligation::Entity::find()
        .filter(obligation::Column::OrganisationId.eq(organisation.uuid()))
        .order_by_asc(obligation::Column::Number)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(StoredObligation::try_from)
        .collect()
}

/// The obligations of all organisations with this word for their review, by organisation and
/// number.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn all_reviewed(
    from: &impl Access,
    review: &str,
) -> Result<Vec<StoredObligation>, StoreError> {
    obligation::Entity::find()
        .filter(obligation::Column::Review.eq(review))
        .order_by_asc(obligation::Column::OrganisationId)
        .order_by_asc(obligation::Column::Number)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(StoredObligation::try_from)
        .collect()
}

/// Writes an obligation, a new one (version 0) or a changed one.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since its version;
/// [`StoreError::Missing`] when it is not there any more.
pub async fn put(transaction: &Transaction, new: &StoredObligation) -> Result<(), StoreError> {
    let active = obligation::ActiveModel {
        organisation_id: Set(new.organisation.uuid()),
        number: Set(i64::from(new.number)),
        source_id: Set(new.source.map(SourceId::uuid)),
        review: Set(new.review.clone()),
        payload: Set(new.payload.clone()),
        changed_at: Set(new.changed_at.micros()),
        changed_by: Set(new.changed_by.map(AccountId::uuid)),
        version: Set(new.version + 1),
    };
    if new.version == 0 {
        active.insert(transaction.inner()).await?;
        return Ok(());
    }
    let updated = obligation::Entity::update_many()
        .set(active)
        .filter(obligation::Column::OrganisationId.eq(new.organisation.uuid()))
        .filter(obligation::Column::Number.eq(i64::from(new.number)))
        .filter(obligation::Column::Version.eq(new.version))
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 1 {
        return Ok(());
    }
    let now = find(transaction, new.organisation, new.number)
        .await?
        .ok_or(StoreError::Missing)?;
    Err(StoreError::Stale(Stale {
        version: now.version,
        changed_at: now.changed_at,
        changed_by: now.changed_by,
    }))
}

impl From<commitment_source::Model> for Source {
    fn from(row: commitment_source::Model) -> Source {
        Source {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            name: row.name,
            dated: row.dated,
            way: row.way,
            body: row.body,
            version_of: row.version_of.map(SourceId::from),
            added_at: Moment::from_micros(row.added_at),
            added_by: row.added_by.map(AccountId::from),
        }
    }
}

impl TryFrom<obligation::Model> for StoredObligation {
    type Error = StoreError;

    fn try_from(row: obligation::Model) -> Result<StoredObligation, StoreError> {
        Ok(StoredObligation {
            organisation: row.organisation_id.into(),
            number: u32::try_from(row.number).map_err(|_| StoreError::Corrupt {
                table: "commitment_obligation",
                column: "number",
            })?,
            source: row.source_id.map(SourceId::from),
            review: row.review,
            payload: row.payload,
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
        })
    }
}
