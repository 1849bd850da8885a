//! Spells for statistics, by pseudonym.
//!
//! This vault never meets a person id: only the identity vault knows whose pseudonym it is, and
//! forgets it at erasure.

use domain::id::{PseudonymId, SpellId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::spell as row;
use crate::{Access, StoreError, Transaction};

/// A span of time in a state, such as a job or a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Id.
    pub id: SpellId,
    /// Whose, by pseudonym.
    pub pseudonym: PseudonymId,
    /// What kind of state.
    pub kind: String,
    /// First day, ISO 8601.
    pub began_on: String,
    /// Last day, ISO 8601; none while it lasts.
    pub ended_on: Option<String>,
    /// Everything else, as the caller wrote it.
    pub payload: String,
}

/// Adds a spell.
///
/// # Errors
/// Fails when the database is not available.
pub async fn insert(transaction: &Transaction, new: &Spell) -> Result<(), StoreError> {
    row::ActiveModel {
        id: Set(new.id.uuid()),
        pseudonym: Set(new.pseudonym.uuid()),
        kind: Set(new.kind.clone()),
        began_on: Set(new.began_on.clone()),
        ended_on: Set(new.ended_on.clone()),
        payload: Set(new.payload.clone()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Puts spells in the place of all that a pseudonym has.
///
/// # Errors
/// Fails when the database is not available.
pub async fn replace(
    transaction: &Transaction,
    pseudonym: PseudonymId,
    spells: &[Spell],
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Pseudonym.eq(pseudonym.uuid()))
        .exec(transaction.inner())
        .await?;
    for spell in spells {
        insert(transaction, spell).await?;
    }
    Ok(())
}

/// All spells, those of a pseudonym together and in the order of time.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn all(from: &impl Access) -> Result<Vec<Spell>, StoreError> {
    let found = row::Entity::find()
        .order_by_asc(row::Column::Pseudonym)
        .order_by_asc(row::Column::BeganOn)
        .order_by_asc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(spell).collect())
}

/// The spells of a pseudonym in the order of time.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_pseudonym(
    from: &impl Access,
    pseudonym: PseudonymId,
) -> Result<Vec<Spell>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Pseudonym.eq(pseudonym.uuid()))
        .order_by_asc(row::Column::BeganOn)
        .order_by_asc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(spell).collect())
}

fn spell(row: row::Model) -> Spell {
    Spell {
        id: row.id.into(),
        pseudonym: row.pseudonym.into(),
        kind: row.kind,
        began_on: row.began_on,
        ended_on: row.ended_on,
        payload: row.payload,
    }
}
