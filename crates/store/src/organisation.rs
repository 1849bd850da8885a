//! Organisations.

use domain::id::OrganisationId;
use domain::moment::Moment;
use domain::organisation::OrganisationKind;
use sea_orm::{ActiveModelTrait, EntityTrait, QueryOrder, Set};

use crate::entity::organisation as row;
use crate::{Access, StoreError, Transaction};

/// An organisation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Id.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Name, unique.
    pub name: String,
    /// When it was added.
    pub created_at: Moment,
    /// Since when it may not use the system any more.
    pub disabled_at: Option<Moment>,
}

/// Adds an organisation.
///
/// # Errors
/// [`StoreError::Duplicate`] when the name is taken.
pub async fn insert(
    transaction: &Transaction,
    organisation: &Organisation,
) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(organisation.id.uuid()),
        kind: Set(organisation.kind.code().to_owned()),
        name: Set(organisation.name.clone()),
        created_at: Set(organisation.created_at.micros()),
        disabled_at: Set(organisation.disabled_at.map(Moment::micros)),
        version: Set(1),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// An organisation by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(
    from: &impl Access,
    id: OrganisationId,
) -> Result<Option<Organisation>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    found.map(Organisation::try_from).transpose()
}

/// All organisations by name.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn list(from: &impl Access) -> Result<Vec<Organisation>, StoreError> {
    row::Entity::find()
        .order_by_asc(row::Column::Name)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Organisation::try_from)
        .collect()
}

impl TryFrom<row::Model> for Organisation {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Organisation, StoreError> {
        Ok(Organisation {
            id: row.id.into(),
            kind: row.kind.parse().map_err(|_| StoreError::Corrupt {
                table: "organisation",
                column: "kind",
            })?,
            name: row.name,
            created_at: Moment::from_micros(row.created_at),
            disabled_at: row.disabled_at.map(Moment::from_micros),
        })
    }
}
