//! The case vault: the file in which an organisation guides a person.
//!
//! What stands in the file is sealed with the person's key, because it may hold health and other
//! special data; who guides whom and since when is not.

use domain::id::{AccountId, CaseId, OrganisationId, PersonId};
use domain::moment::Moment;
use rand_core::CryptoRng;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::PersonKey;

use crate::entity::{case_draft, case_file as row, case_previous};
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

/// A case as it is stored; its payload is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Id.
    pub id: CaseId,
    /// Whose case.
    pub person: PersonId,
    /// Who guides.
    pub organisation: OrganisationId,
    /// The klantmanager, if one was named.
    pub klantmanager: Option<AccountId>,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// When it was last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
    /// Counts changes, for [`update`].
    pub version: i64,
    payload: Option<Vec<u8>>,
}

/// A case to open.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    /// Id.
    pub id: CaseId,
    /// Whose case.
    pub person: PersonId,
    /// Who guides.
    pub organisation: OrganisationId,
    /// The klantmanager, if one is named.
    pub klantmanager: Option<AccountId>,
    /// What stands in it, as the caller wrote it.
    pub payload: &'a str,
    /// When.
    pub opened_at: Moment,
    /// By whom.
    pub opened_by: Option<AccountId>,
}

/// A change of a case.
#[derive(Clone, Copy, Debug)]
pub struct CaseChange<'a> {
    /// Version that the change was made from.
    pub version: i64,
    /// The klantmanager after the change.
    pub klantmanager: Option<AccountId>,
    /// The whole payload after the change.
    pub payload: &'a str,
    /// When it was closed; none while it is open.
    pub closed_at: Option<Moment>,
    /// When it was changed.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: Option<AccountId>,
}

impl CaseFile {
    /// Opens the payload; none after erasure.
    ///
    /// # Errors
    /// Fails when it does not open with this key or is no text.
    pub fn payload(&self, key: &PersonKey) -> Result<Option<String>, StoreError> {
        let Some(sealed) = &self.payload else {
            return Ok(None);
        };
        let plain = open_field(key, place(self.id.uuid().as_bytes()), sealed)?;
        text(plain, "case_file").map(Some)
    }
}

/// Opens a case.
///
/// # Errors
/// [`StoreError::Missing`] when person, organisation or klantmanager do not exist.
pub async fn insert(
    transaction: &Transaction,
    key: &PersonKey,
    new: NewCase<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let at = new.id.uuid();
    let payload = seal_field(key, place(at.as_bytes()), new.payload.as_bytes(), random)?;
    row::ActiveModel {
        id: Set(at),
        person_id: Set(new.person.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        klantmanager_id: Set(new.klantmanager.map(AccountId::uuid)),
        payload: Set(Some(payload)),
        opened_at: Set(new.opened_at.micros()),
        closed_at: Set(None),
        changed_at: Set(new.opened_at.micros()),
        changed_by: Set(new.opened_by.map(AccountId::uuid)),
        version: Set(1),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// A case by id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: CaseId) -> Result<Option<CaseFile>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.map(CaseFile::from))
}

/// The cases of a person, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_person(from: &impl Access, person: PersonId) -> Result<Vec<CaseFile>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::PersonId.eq(person.uuid()))
        .order_by_desc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(CaseFile::from).collect())
}

/// At most `n` open cases of an organisation, of one klantmanager or of all, the newest first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn open_of(
    from: &impl Access,
    organisation: OrganisationId,
    klantmanager: Option<AccountId>,
    n: u64,
) -> Result<Vec<CaseFile>, StoreError> {
    let mut wanted = Condition::all()
        .add(row::Column::OrganisationId.eq(organisation.uuid()))
        .add(row::Column::ClosedAt.is_null());
    if let Some(klantmanager) = klantmanager {
        wanted = wanted.add(row::Column::KlantmanagerId.eq(klantmanager.uuid()));
    }
    let found = row::Entity::find()
        .filter(wanted)
        .order_by_desc(row::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(CaseFile::from).collect())
}

/// Changes a case.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`; [`StoreError::Missing`] when
/// there is no such case.
pub async fn update(
    transaction: &Transaction,
    key: &PersonKey,
    id: CaseId,
    change: CaseChange<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let at = id.uuid();
    let payload = seal_field(key, place(at.as_bytes()), change.payload.as_bytes(), random)?;
    let before = find(transaction, id).await?;
    let updated = row::Entity::update_many()
        .set(row::ActiveModel {
            klantmanager_id: Set(change.klantmanager.map(AccountId::uuid)),
            payload: Set(Some(payload)),
            closed_at: Set(change.closed_at.map(Moment::micros)),
            changed_at: Set(change.changed_at.micros()),
            changed_by: Set(change.changed_by.map(AccountId::uuid)),
            version: Set(change.version + 1),
            ..Default::default()
        })
        .filter(row::Column::Id.eq(at))
        .filter(row::Column::Version.eq(change.version))
        .filter(row::Column::Payload.is_not_null())
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 1 {
        if let Some(before) = before {
            keep_previous(transaction, before).await?;
        }
        return Ok(());
    }
    let now = find(transaction, id)
        .await?
        .filter(|now| now.payload.is_some())
        .ok_or(StoreError::Missing)?;
    Err(StoreError::Stale(Stale {
        version: now.version,
        changed_at: now.changed_at,
        changed_by: now.changed_by,
    }))
}

/// What a case was before its last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    case: CaseId,
    /// The klantmanager then.
    pub klantmanager: Option<AccountId>,
    /// The version then; the last change made the next one.
    pub version: i64,
    payload: Vec<u8>,
}

impl Previous {
    /// Opens the payload.
    ///
    /// # Errors
    /// Fails when it does not open with this key or is no text.
    pub fn payload(&self, key: &PersonKey) -> Result<String, StoreError> {
        // It is the very bytes that stood in the file, sealed for that place.
        let plain = open_field(key, place(self.case.uuid().as_bytes()), &self.payload)?;
        text(plain, "case_previous")
    }
}

/// What a case was before its last change; none when it was not changed or that was undone.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn previous(from: &impl Access, id: CaseId) -> Result<Option<Previous>, StoreError> {
    let found = case_previous::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.and_then(|row| {
        Some(Previous {
            case: id,
            klantmanager: row.klantmanager_id.map(AccountId::from),
            version: row.version,
            payload: row.payload?,
        })
    }))
}

/// Forgets what a case was before its last change, so that it cannot be undone any more.
///
/// # Errors
/// Fails when the database is not available.
pub async fn forget_previous(transaction: &Transaction, id: CaseId) -> Result<(), StoreError> {
    case_previous::Entity::delete_by_id(id.uuid())
        .exec(transaction.inner())
        .await?;
    Ok(())
}

async fn keep_previous(transaction: &Transaction, before: CaseFile) -> Result<(), StoreError> {
    forget_previous(transaction, before.id).await?;
    case_previous::ActiveModel {
        case_id: Set(before.id.uuid()),
        payload: Set(before.payload),
        klantmanager_id: Set(before.klantmanager.map(AccountId::uuid)),
        version: Set(before.version),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// Something typed into a form and not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What was typed, as the caller wrote it.
    pub content: String,
    /// When it was kept.
    pub changed_at: Moment,
}

/// Keeps what an account typed into a form of a case, in place of what was kept before.
///
/// # Errors
/// [`StoreError::Missing`] when case or account do not exist.
pub async fn put_draft(
    transaction: &Transaction,
    key: &PersonKey,
    (case, account, form): (CaseId, AccountId, &str),
    draft: &Draft,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let row = draft_row(case, account, form);
    let payload = seal_field(key, draft_place(&row), draft.content.as_bytes(), random)?;
    delete_draft(transaction, case, account, form).await?;
    case_draft::ActiveModel {
        case_id: Set(case.uuid()),
        account_id: Set(account.uuid()),
        form: Set(form.to_owned()),
        payload: Set(payload),
        changed_at: Set(draft.changed_at.micros()),
    }
    .insert(transaction.inner())
    .await?;
    Ok(())
}

/// What an account typed into a form of a case.
///
/// # Errors
/// Fails when the database cannot be read or the draft does not open.
pub async fn find_draft(
    from: &impl Access,
    key: &PersonKey,
    (case, account, form): (CaseId, AccountId, &str),
) -> Result<Option<Draft>, StoreError> {
    let at = (case.uuid(), account.uuid(), form.to_owned());
    let found = case_draft::Entity::find_by_id(at)
        .one(&from.executor())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let row = draft_row(case, account, form);
    let plain = open_field(key, draft_place(&row), &found.payload)?;
    Ok(Some(Draft {
        content: text(plain, "case_draft")?,
        changed_at: Moment::from_micros(found.changed_at),
    }))
}

/// Forgets what an account typed into a form of a case.
///
/// # Errors
/// Fails when the database is not available.
pub async fn delete_draft(
    transaction: &Transaction,
    case: CaseId,
    account: AccountId,
    form: &str,
) -> Result<(), StoreError> {
    case_draft::Entity::delete_by_id((case.uuid(), account.uuid(), form.to_owned()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

/// Blanks and closes the cases of a person, and drops what stands beside them.
pub(crate) async fn erase(
    transaction: &Transaction,
    person: PersonId,
    now: Moment,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Payload, Expr::value(None::<Vec<u8>>))
        .col_expr(row::Column::ChangedAt, Expr::value(now.micros()))
        .col_expr(
            row::Column::ClosedAt,
            Expr::col(row::Column::ClosedAt).if_null(now.micros()),
        )
        .col_expr(row::Column::Version, Expr::col(row::Column::Version).add(1))
        .filter(row::Column::PersonId.eq(person.uuid()))
        .exec(transaction.inner())
        .await?;
    for case in of_person(transaction, person).await? {
        forget_previous(transaction, case.id).await?;
        case_draft::Entity::delete_many()
            .filter(case_draft::Column::CaseId.eq(case.id.uuid()))
            .exec(transaction.inner())
            .await?;
        crate::case_overview::delete(transaction, case.id).await?;
    }
    Ok(())
}

fn text(plain: Vec<u8>, table: &'static str) -> Result<String, StoreError> {
    let column = "payload";
    String::from_utf8(plain).map_err(|_| StoreError::Corrupt { table, column })
}

/// What binds a draft to its case, account and form.
fn draft_row(case: CaseId, account: AccountId, form: &str) -> Vec<u8> {
    let mut row = case.uuid().as_bytes().to_vec();
    row.extend_from_slice(account.uuid().as_bytes());
    row.extend_from_slice(form.as_bytes());
    row
}

fn draft_place(row: &[u8]) -> FieldPlace<'_> {
    FieldPlace {
        table: "case_draft",
        row,
        column: "payload",
    }
}

fn place(row: &[u8; 16]) -> FieldPlace<'_> {
    FieldPlace {
        table: "case_file",
        row,
        column: "payload",
    }
}

impl From<row::Model> for CaseFile {
    fn from(row: row::Model) -> CaseFile {
        CaseFile {
            id: row.id.into(),
            person: row.person_id.into(),
            organisation: row.organisation_id.into(),
            klantmanager: row.klantmanager_id.map(AccountId::from),
            opened_at: Moment::from_micros(row.opened_at),
            closed_at: row.closed_at.map(Moment::from_micros),
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            version: row.version,
            payload: row.payload,
        }
    }
}
