//! The audit log: append-only, hash-chained.
//!
//! An entry's content is opaque text that says everything; kind, person and actor stand beside it
//! only to be searched.

use domain::id::{AccountId, PersonId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use vault::chain::{Anchor, ChainHash};

use crate::entity::{audit_entry, audit_head};
use crate::{Access, StoreError, Transaction};

/// An entry to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// What kind of event, for searching.
    pub kind: String,
    /// Whose data, for searching.
    pub person: Option<PersonId>,
    /// Which account acted, for searching.
    pub actor: Option<AccountId>,
    /// The whole event.
    pub content: String,
}

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number, from 1 without gaps.
    pub number: u64,
    /// The event.
    pub event: NewEntry,
    /// Hash of the event and everything before it.
    pub hash: ChainHash,
}

/// Appends an entry and gives its number.
///
/// Call it last in a transaction: from here on, other writers to the log wait.
///
/// # Errors
/// Fails when the database is not available.
pub async fn append(transaction: &Transaction, new: NewEntry) -> Result<u64, StoreError> {
    let connection = transaction.inner();
    let last = lock_head(transaction).await?;
    let number = last.entries + 1;
    let hash = last.hash.next(number, new.content.as_bytes());
    audit_entry::ActiveModel {
        number: Set(number as i64),
        kind: Set(new.kind),
        person_id: Set(new.person.map(PersonId::uuid)),
        actor_id: Set(new.actor.map(AccountId::uuid)),
        content: Set(new.content),
        hash: Set(hash.as_bytes().to_vec()),
    }
    .insert(connection)
    .await?;
    audit_head::Model {
        id: 1,
        entries: number as i64,
        hash: hash.as_bytes().to_vec(),
    }
    .into_active_model()
    .reset_all()
    .update(connection)
    .await?;
    Ok(number)
}

/// The present end of the log.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn head(from: &impl Access) -> Result<Anchor, StoreError> {
    let head = audit_head::Entity::find_by_id(1)
        .one(&from.executor())
        .await?;
    match head {
        Some(row) => anchor_of(&row),
        None => Ok(Anchor {
            entries: 0,
            hash: ChainHash::START,
        }),
    }
}

/// At most `n` entries after a number, in their order.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn after(from: &impl Access, number: u64, n: u64) -> Result<Vec<Entry>, StoreError> {
    audit_entry::Entity::find()
        .filter(audit_entry::Column::Number.gt(number as i64))
        .order_by_asc(audit_entry::Column::Number)
        .limit(n)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Entry::try_from)
        .collect()
}

/// At most `n` entries about a person before a number, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn about_person(
    from: &impl Access,
    person: PersonId,
    before: Option<u64>,
    n: u64,
) -> Result<Vec<Entry>, StoreError> {
    let before = before.map_or(i64::MAX, |number| number as i64);
    audit_entry::Entity::find()
        .filter(audit_entry::Column::PersonId.eq(person.uuid()))
        .filter(audit_entry::Column::Number.lt(before))
        .order_by_desc(audit_entry::Column::Number)
        .limit(n)
        .all(&from.executor())
        .await?
        .into_iter()
        .map(Entry::try_from)
        .collect()
}

/// The end of the log, locked until the transaction ends.
async fn lock_head(transaction: &Transaction) -> Result<Anchor, StoreError> {
    let connection = transaction.inner();
    let locked = || audit_head::Entity::find_by_id(1).lock_exclusive();
    if let Some(head) = locked().one(connection).await? {
        return anchor_of(&head);
    }
    // The first entry of all; of several first writers one makes the row, all lock it.
    let first = audit_head::Model {
        id: 1,
        entries: 0,
        hash: ChainHash::START.as_bytes().to_vec(),
    };
    audit_head::Entity::insert(first.into_active_model())
        .on_conflict_do_nothing()
        .exec(connection)
        .await?;
    let head = locked().one(connection).await?.ok_or(StoreError::Missing)?;
    anchor_of(&head)
}

fn anchor_of(row: &audit_head::Model) -> Result<Anchor, StoreError> {
    let hash = hash_of(&row.hash, "audit_head")?;
    Ok(Anchor {
        entries: row.entries as u64,
        hash,
    })
}

fn hash_of(bytes: &[u8], table: &'static str) -> Result<ChainHash, StoreError> {
    let bytes = bytes.try_into().map_err(|_| StoreError::Corrupt {
        table,
        column: "hash",
    })?;
    Ok(ChainHash::from_bytes(bytes))
}

impl TryFrom<audit_entry::Model> for Entry {
    type Error = StoreError;

    fn try_from(row: audit_entry::Model) -> Result<Entry, StoreError> {
        let hash = hash_of(&row.hash, "audit_entry")?;
        Ok(Entry {
            number: row.number as u64,
            event: NewEntry {
                kind: row.kind,
                person: row.person_id.map(PersonId::from),
                actor: row.actor_id.map(AccountId::from),
                content: row.content,
            },
            hash,
        })
    }
}
