//! The identity vault: who newcomers are.
//!
//! Every field is sealed with the person's own key, which the master key wraps.
//! Beside them stand keyed hashes for exact look-up (e-mail, telephone) and for searching names;
//! without the master key nobody can compute them.
//! Erasing a person destroys the key and everything beside it.

use domain::id::{AccountId, OrganisationId, PersonId, PseudonymId};
use domain::moment::Moment;
use domain::partial_date::PartialDate;
use domain::person::{Email, Identity, NamePart, PersonName, Phone};
use rand_core::CryptoRng;
use sea_orm::sea_query::{Alias, Expr, Func, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use vault::blind_index::BlindIndex;
use vault::field::{FieldPlace, open_field, seal_field};
use vault::keys::{MasterKey, PersonKey, WrappedKey};

use crate::entity::{identity_index, name_key, person as row};
use crate::error::Stale;
use crate::{Access, StoreError, Transaction};

const TABLE: &str = "identity_person";

/// A person to add.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    /// Id.
    pub id: PersonId,
    /// Name in statistics.
    pub pseudonym: PseudonymId,
    /// The organisation that guides the person.
    pub organisation: OrganisationId,
    /// Who they are.
    pub identity: &'a Identity,
    /// Folded names under which they are found; see `language::name_search`.
    pub search_keys: &'a [String],
    /// When they were added.
    pub created_at: Moment,
    /// Who added them.
    pub created_by: Option<AccountId>,
}

/// A person as stored; the identity inside is sealed.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// The organisation that guides the person.
    pub organisation: OrganisationId,
    /// Name in statistics; none after erasure.
    pub pseudonym: Option<PseudonymId>,
    /// When they were added.
    pub created_at: Moment,
    /// When the identity was last changed.
    pub changed_at: Moment,
    /// Who changed it; none for the person themselves.
    pub changed_by: Option<AccountId>,
    /// When they were erased.
    pub erased_at: Option<Moment>,
    /// Counts changes, for [`update`].
    pub version: i64,
    sealed: Sealed,
}

/// The sealed fields, column by column.
#[derive(Clone, Default)]
struct Sealed {
    wrapped_key: Option<WrappedKey>,
    fields: [Option<Vec<u8>>; 8],
}

/// What can be looked up exactly.
#[derive(Clone, Copy, Debug)]
pub enum Exact<'a> {
    /// An e-mail address.
    Email(&'a Email),
    /// A telephone number.
    Phone(&'a Phone),
}

/// Columns of the sealed fields, in the order of [`Sealed::fields`].
const COLUMNS: [&str; 8] = [
    "given_or_only",
    "family",
    "known_as",
    "original_script",
    "as_on_permit",
    "birth",
    "email",
    "phone",
];

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed")
    }
}

impl Person {
    /// Opens the person's key; none after erasure.
    ///
    /// # Errors
    /// Fails when the key was made with another master key or changed.
    pub fn key(&self, master: &MasterKey) -> Result<Option<PersonKey>, StoreError> {
        let Some(wrapped) = &self.sealed.wrapped_key else {
            return Ok(None);
        };
        let key = PersonKey::unwrap(wrapped, master, self.id.uuid().as_bytes())?;
        Ok(Some(key))
    }

    /// Opens the identity; none after erasure.
    ///
    /// # Errors
    /// Fails when a field does not open or holds what the program never wrote.
    pub fn identity(&self, master: &MasterKey) -> Result<Option<Identity>, StoreError> {
        let Some(key) = self.key(master)? else {
            return Ok(None);
        };
        let mut texts: [Option<String>; 8] = Default::default();
        for (position, text) in texts.iter_mut().enumerate() {
            if let Some(sealed) = &self.sealed.fields[position] {
                let plain = open_field(&key, place(self.id, COLUMNS[position]).at(), sealed)?;
                let plain = String::from_utf8(plain).map_err(|_| corrupt(position))?;
                *text = Some(plain);
            }
        }
        let [
            given,
            family,
            known_as,
            original,
            permit,
            birth,
            email,
            phone,
        ] = texts;
        let name = |text: Option<String>, position| -> Result<Option<NamePart>, StoreError> {
            text.map(|text| NamePart::new(&text).map_err(|_| corrupt(position)))
                .transpose()
        };
        Ok(Some(Identity {
            name: PersonName {
                given_or_only: name(given, 0)?.ok_or_else(|| corrupt(0))?,
                family: name(family, 1)?,
                known_as: name(known_as, 2)?,
                original_script: name(original, 3)?,
                as_on_permit: name(permit, 4)?,
            },
            birth: birth
                .map(|text| text.parse::<PartialDate>().map_err(|_| corrupt(5)))
                .transpose()?,
            email: email
                .map(|text| Email::new(&text).map_err(|_| corrupt(6)))
                .transpose()?,
            phone: phone
                .map(|text| Phone::new(&text).map_err(|_| corrupt(7)))
                .transpose()?,
        }))
    }
}

/// Adds a person with a key of their own.
///
/// # Errors
/// [`StoreError::Missing`] when the organisation does not exist.
pub async fn insert(
    transaction: &Transaction,
    master: &MasterKey,
    new: NewPerson<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let key = PersonKey::generate(random);
    let wrapped = key.wrap(master, new.id.uuid().as_bytes(), random)?;
    let mut active = row::ActiveModel {
        id: Set(new.id.uuid()),
        organisation_id: Set(new.organisation.uuid()),
        pseudonym: Set(Some(new.pseudonym.uuid())),
        wrapped_key: Set(Some(wrapped.as_bytes().to_vec())),
        created_at: Set(new.created_at.micros()),
        changed_at: Set(new.created_at.micros()),
        changed_by: Set(new.created_by.map(AccountId::uuid)),
        erased_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    set_sealed(&mut active, seal(&key, new.id, new.identity, random)?);
    active.insert(transaction.inner()).await?;
    write_indexes(transaction, master, new.id, new.identity, new.search_keys).await
}

/// A person by id, erased or not.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find(from: &impl Access, id: PersonId) -> Result<Option<Person>, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .one(&from.executor())
        .await?;
    Ok(found.map(Person::from))
}

/// Persons by id, erased or not, in the order of ids.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_many(from: &impl Access, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    // Databases limit the number of values in a statement.
    for some in ids.chunks(500) {
        let part = row::Entity::find()
            .filter(row::Column::Id.is_in(some.iter().map(|id| id.uuid())))
            .all(&from.executor())
            .await?;
        found.extend(part.into_iter().map(Person::from));
    }
    found.sort_by_key(|person| person.id);
    Ok(found)
}

/// The persons of an organisation that were not erased, the newest first, at most `n` before an
/// id.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn of_organisation(
    from: &impl Access,
    organisation: OrganisationId,
    before: Option<PersonId>,
    n: u64,
) -> Result<Vec<Person>, StoreError> {
    let mut wanted = Condition::all()
        .add(row::Column::OrganisationId.eq(organisation.uuid()))
        .add(row::Column::ErasedAt.is_null());
    if let Some(before) = before {
        wanted = wanted.add(row::Column::Id.lt(before.uuid()));
    }
    let found = row::Entity::find()
        .filter(wanted)
        .order_by_desc(row::Column::Id)
        .limit(n)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// Persons of an organisation with an e-mail address or a telephone number.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn find_exact(
    from: &impl Access,
    master: &MasterKey,
    organisation: OrganisationId,
    wanted: Exact<'_>,
) -> Result<Vec<Person>, StoreError> {
    let (kind, text) = match wanted {
        Exact::Email(email) => ("email", email.as_str()),
        Exact::Phone(phone) => ("phone", phone.as_str()),
    };
    let hash = exact_index(master, kind).of(text);
    let ids: Vec<_> = identity_index::Entity::find()
        .filter(identity_index::Column::Kind.eq(kind))
        .filter(identity_index::Column::Hash.eq(hash.to_vec()))
        .all(&from.executor())
        .await?
        .into_iter()
        .map(|found| found.person_id)
        .collect();
    let found = row::Entity::find()
        .filter(row::Column::Id.is_in(ids))
        .filter(row::Column::OrganisationId.eq(organisation.uuid()))
        .filter(row::Column::ErasedAt.is_null())
        .order_by_asc(row::Column::Id)
        .all(&from.executor())
        .await?;
    Ok(found.into_iter().map(Person::from).collect())
}

/// At most `n` persons of an organisation that share folded names with what is searched, those
/// with the most in common first.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn search(
    from: &impl Access,
    master: &MasterKey,
    organisation: OrganisationId,
    search_keys: &[String],
    n: u64,
) -> Result<Vec<Person>, StoreError> {
    use sea_orm::sea_query::Query;

    let index = name_index(master);
    let hashes: Vec<Vec<u8>> = search_keys
        .iter()
        .map(|key| index.of(key).to_vec())
        .collect();
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let n_common = Alias::new("n_common");
    let mut best = Query::select();
    best.column((name_key::Entity, name_key::Column::PersonId))
        .expr_as(
            Func::count(Expr::col((name_key::Entity, name_key::Column::Hash))),
            n_common.clone(),
        )
        .from(name_key::Entity)
        .inner_join(
            row::Entity,
            Expr::col((row::Entity, row::Column::Id))
                .equals((name_key::Entity, name_key::Column::PersonId)),
        )
        .and_where(Expr::col((name_key::Entity, name_key::Column::Hash)).is_in(hashes))
        .and_where(row::Column::OrganisationId.eq(organisation.uuid()))
        .and_where(row::Column::ErasedAt.is_null())
        .group_by_col((name_key::Entity, name_key::Column::PersonId))
        .order_by(n_common, Order::Desc)
        .order_by((name_key::Entity, name_key::Column::PersonId), Order::Asc)
        .limit(n);
    let executor = from.executor();
    let ranked: Vec<sea_orm::prelude::Uuid> = sea_orm::ConnectionTrait::query_all(&executor, &best)
        .await?
        .into_iter()
        .map(|found| found.try_get("", "person_id"))
        .collect::<Result<_, _>>()?;
    let mut found: Vec<Person> = row::Entity::find()
        .filter(row::Column::Id.is_in(ranked.iter().copied()))
        .all(&executor)
        .await?
        .into_iter()
        .map(Person::from)
        .collect();
    found.sort_by_key(|person| ranked.iter().position(|id| *id == person.id.uuid()));
    Ok(found)
}

/// A change of a person's identity.
#[derive(Clone, Debug)]
pub struct IdentityChange<'a> {
    /// Version that the change was made from.
    pub version: i64,
    /// The whole identity after the change.
    pub identity: &'a Identity,
    /// Folded names under which they are found.
    pub search_keys: &'a [String],
    /// When.
    pub changed_at: Moment,
    /// Who; none for the person themselves.
    pub changed_by: Option<AccountId>,
}

/// Changes a person's identity.
///
/// # Errors
/// [`StoreError::Stale`] when someone else changed it since `version`; [`StoreError::Missing`] when
/// the person does not exist or was erased.
pub async fn update(
    transaction: &Transaction,
    master: &MasterKey,
    person: &Person,
    change: IdentityChange<'_>,
    random: &mut (impl CryptoRng + Send),
) -> Result<(), StoreError> {
    let key = person.key(master)?.ok_or(StoreError::Missing)?;
    let mut active = row::ActiveModel {
        changed_at: Set(change.changed_at.micros()),
        changed_by: Set(change.changed_by.map(AccountId::uuid)),
        version: Set(change.version + 1),
        ..Default::default()
    };
    set_sealed(&mut active, seal(&key, person.id, change.identity, random)?);
    let updated = row::Entity::update_many()
        .set(active)
        .filter(row::Column::Id.eq(person.id.uuid()))
        .filter(row::Column::Version.eq(change.version))
        .filter(row::Column::ErasedAt.is_null())
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 0 {
        let now = find(transaction, person.id)
            .await?
            .filter(|now| now.erased_at.is_none())
            .ok_or(StoreError::Missing)?;
        return Err(StoreError::Stale(Stale {
            version: now.version,
            changed_at: now.changed_at,
            changed_by: now.changed_by,
        }));
    }
    delete_indexes(transaction, person.id).await?;
    write_indexes(
        transaction,
        master,
        person.id,
        change.identity,
        change.search_keys,
    )
    .await
}

/// Erases a person: key, sealed fields, indexes, pseudonym, profile and case notes are gone; the
/// bare row stays as the place that the audit log points to. `false` when it was done before.
///
/// # Errors
/// Fails when the database is not available.
pub async fn erase(
    transaction: &Transaction,
    id: PersonId,
    now: Moment,
) -> Result<bool, StoreError> {
    let mut active = row::ActiveModel {
        pseudonym: Set(None),
        wrapped_key: Set(None),
        changed_at: Set(now.micros()),
        erased_at: Set(Some(now.micros())),
        ..Default::default()
    };
    set_sealed(&mut active, Default::default());
    let updated = row::Entity::update_many()
        .set(active)
        .col_expr(row::Column::Version, Expr::col(row::Column::Version).add(1))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::ErasedAt.is_null())
        .exec(transaction.inner())
        .await?;
    if updated.rows_affected == 0 {
        return Ok(false);
    }
    delete_indexes(transaction, id).await?;
    crate::own_login::remove(transaction, id).await?;
    crate::profile::erase(transaction, id).await?;
    crate::match_record::erase(transaction, id).await?;
    crate::detail_opening::erase(transaction, id).await?;
    crate::case_file::erase(transaction, id, now).await?;
    Ok(true)
}

pub(crate) async fn delete_indexes(
    transaction: &Transaction,
    id: PersonId,
) -> Result<(), StoreError> {
    identity_index::Entity::delete_many()
        .filter(identity_index::Column::PersonId.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    name_key::Entity::delete_many()
        .filter(name_key::Column::PersonId.eq(id.uuid()))
        .exec(transaction.inner())
        .await?;
    Ok(())
}

pub(crate) async fn write_indexes(
    transaction: &Transaction,
    master: &MasterKey,
    id: PersonId,
    identity: &Identity,
    search_keys: &[String],
) -> Result<(), StoreError> {
    let exact = [
        ("email", identity.email.as_ref().map(Email::as_str)),
        ("phone", identity.phone.as_ref().map(Phone::as_str)),
    ];
    for (kind, text) in exact {
        if let Some(text) = text {
            identity_index::ActiveModel {
                person_id: Set(id.uuid()),
                kind: Set(kind.to_owned()),
                hash: Set(exact_index(master, kind).of(text).to_vec()),
            }
            .insert(transaction.inner())
            .await?;
        }
    }
    let index = name_index(master);
    let mut hashes: Vec<_> = search_keys.iter().map(|key| index.of(key)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    if hashes.is_empty() {
        return Ok(());
    }
    let rows = hashes.into_iter().map(|hash| name_key::ActiveModel {
        person_id: Set(id.uuid()),
        hash: Set(hash.to_vec()),
    });
    name_key::Entity::insert_many(rows)
        .exec_without_returning(transaction.inner())
        .await?;
    Ok(())
}

fn exact_index(master: &MasterKey, kind: &str) -> BlindIndex {
    BlindIndex::of_column(master, "identity_index", kind)
}

fn name_index(master: &MasterKey) -> BlindIndex {
    BlindIndex::of_column(master, "identity_name_key", "hash")
}

fn seal(
    key: &PersonKey,
    id: PersonId,
    identity: &Identity,
    random: &mut impl CryptoRng,
) -> Result<[Option<Vec<u8>>; 8], StoreError> {
    let name = &identity.name;
    let part = |part: &Option<NamePart>| part.as_ref().map(|part| part.as_str().to_owned());
    let texts = [
        Some(name.given_or_only.as_str().to_owned()),
        part(&name.family),
        part(&name.known_as),
        part(&name.original_script),
        part(&name.as_on_permit),
        identity.birth.map(|birth| birth.to_string()),
        identity
            .email
            .as_ref()
            .map(|email| email.as_str().to_owned()),
        identity
            .phone
            .as_ref()
            .map(|phone| phone.as_str().to_owned()),
    ];
    let mut sealed: [Option<Vec<u8>>; 8] = Default::default();
    for (position, text) in texts.iter().enumerate() {
        if let Some(text) = text {
            let place = place(id, COLUMNS[position]);
            sealed[position] = Some(seal_field(key, place.at(), text.as_bytes(), random)?);
        }
    }
    Ok(sealed)
}

fn set_sealed(active: &mut row::ActiveModel, sealed: [Option<Vec<u8>>; 8]) {
    let [
        given,
        family,
        known_as,
        original,
        permit,
        birth,
        email,
        phone,
    ] = sealed;
    active.given_or_only = Set(given);
    active.family = Set(family);
    active.known_as = Set(known_as);
    active.original_script = Set(original);
    active.as_on_permit = Set(permit);
    active.birth = Set(birth);
    active.email = Set(email);
    active.phone = Set(phone);
}

/// Where a sealed field stands, owning what [`FieldPlace`] borrows.
struct Place {
    row: [u8; 16],
    column: &'static str,
}

fn place(id: PersonId, column: &'static str) -> Place {
    Place {
        row: *id.uuid().as_bytes(),
        column,
    }
}

impl Place {
    fn at(&self) -> FieldPlace<'_> {
        FieldPlace {
            table: TABLE,
            row: &self.row,
            column: self.column,
        }
    }
}

fn corrupt(position: usize) -> StoreError {
    StoreError::Corrupt {
        table: TABLE,
        column: COLUMNS[position],
    }
}

impl From<row::Model> for Person {
    fn from(row: row::Model) -> Person {
        Person {
            id: row.id.into(),
            organisation: row.organisation_id.into(),
            pseudonym: row.pseudonym.map(PseudonymId::from),
            created_at: Moment::from_micros(row.created_at),
            changed_at: Moment::from_micros(row.changed_at),
            changed_by: row.changed_by.map(AccountId::from),
            erased_at: row.erased_at.map(Moment::from_micros),
            version: row.version,
            sealed: Sealed {
                wrapped_key: row.wrapped_key.map(WrappedKey::from_bytes),
                fields: [
                    row.given_or_only,
                    row.family,
                    row.known_as,
                    row.original_script,
                    row.as_on_permit,
                    row.birth,
                    row.email,
                    row.phone,
                ],
            },
        }
    }
}
