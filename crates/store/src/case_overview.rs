//! What lists of cases need without opening every sealed file.
//!
//! The overview of a case is written in the transaction that writes the file; it is derived and
//! can be made anew from the file at any time.

use domain::case::{Interpreter, Phase};
use domain::day::Day;
use domain::id::{AccountId, CaseId, OrganisationId, PersonId};
use domain::language::Language;
use domain::moment::Moment;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entity::{case_due, case_overview as row};
use crate::{Access, StoreError, Transaction};

/// What kind of thing is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// A term of the law.
    Clock,
    /// A task.
    Task,
    /// A look at how it goes after a placement.
    CheckIn,
    /// A talk: the last one is long ago.
    Contact,
}

/// Something in a case that has a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What kind of thing.
    pub kind: DueKind,
    /// Which: the clock, the number of the task, the months of the check-in.
    pub code: String,
    /// First day on which it is worth a warning.
    pub early_on: Day,
    /// First day on which it must be acted on.
    pub act_on: Day,
    /// Last day; none when the law names no number of days.
    pub due_on: Option<Day>,
}

/// A case as lists see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOverview {
    /// Which case.
    pub case: CaseId,
    /// Whose.
    pub person: PersonId,
    /// Who guides.
    pub organisation: OrganisationId,
    /// The klantmanager.
    pub klantmanager: Option<AccountId>,
    /// Who covers, from and until which day.
    pub cover: Option<(AccountId, Day, Day)>,
    /// Number with the organisation.
    pub number: Option<String>,
    /// Phase of guidance.
    pub phase: Phase,
    /// Language for talks and letters.
    pub contact_language: Option<Language>,
    /// Whether an interpreter is needed.
    pub interpreter: Interpreter,
    /// Day of the last talk.
    pub last_contact_on: Option<Day>,
    /// When the case was closed.
    pub closed_at: Option<Moment>,
    /// Version of the case that this was made from.
    pub version: i64,
    /// Everything with a day, the earliest last day first.
    pub dues: Vec<Due>,
}

/// Which cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this klantmanager, or covered by them on `on`.
    pub klantmanager: Option<AccountId>,
    /// Day for which covering counts.
    pub on: Option<Day>,
    /// In one of these phases; empty for all.
    pub phases: Vec<Phase>,
    /// With one of these languages; empty for all.
    pub languages: Vec<Language>,
    /// Of these persons only, when given.
    pub persons: Option<Vec<PersonId>>,
    /// With this number.
    pub number: Option<String>,
    /// Only with something whose first day of warning is not after this one.
    pub waiting_on: Option<Day>,
    /// After this case in the order of ids.
    pub after: Option<CaseId>,
}

impl DueKind {
    const ALL: [DueKind; 4] = [
        DueKind::Clock,
        DueKind::Task,
        DueKind::CheckIn,
        DueKind::Contact,
    ];

    /// The word that stands for it in storage and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            DueKind::Clock => "clock",
            DueKind::Task => "task",
            DueKind::CheckIn => "check_in",
            DueKind::Contact => "contact",
        }
    }
}

/// Writes the overview of a case in place of the one before.
///
/// # Errors
/// [`StoreError::Missing`] when the case does not exist.
pub async fn put(transaction: &Transaction, overview: &CaseOverview) -> Result<(), StoreError> {
    delete(transaction, overview.case).await?;
    let first = overview.dues.first();
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    row::ActiveModel {
        case_id: Set(overview.case.uuid()),
        person_id: Set(overview.person.uuid()),
        organisation_id: Set(overview.organisation.uuid()),
        klantmanager_id: Set(overview.klantmanager.map(AccountId::uuid)),
        cover_id: Set(overview.cover.map(|(by, _, _)| by.uuid())),
        cover_from: Set(day(overview.cover.map(|(_, from, _)| from))),
        cover_until: Set(day(overview.cover.map(|(_, _, until)| until))),
        number: Set(overview.number.clone()),
        phase: Set(overview.phase.code().to_owned()),
        contact_language: Set(overview.contact_language.map(|l| l.code().to_owned())),
        interpreter: Set(interpreter_code(overview.interpreter).to_owned()),
        next_due_on: Set(day(first.and_then(|due| due.due_on))),
        next_action: Set(first.map(|due| format!("{}:{}", due.kind.code(), due.code))),
        last_contact_on: Set(day(overview.last_contact_on)),
        closed_at: Set(overview.closed_at.map(Moment::micros)),
        version: Set(overview.version),
    }
    .insert(transaction.inner())
    .await?;
    let rows: Vec<_> = (0..)
        .zip(&overview.dues)
        .map(|(place, due)| case_due::ActiveModel {
            case_id: Set(overview.case.uuid()),
            place: Set(place),
            kind: Set(due.kind.code().to_owned()),
            code: Set(due.code.clone()),
            early_on: Set(due.early_on.to_string()),
            act_on: Set(due.act_on.to_string()),
            due_on: Set(day(due.due_on)),
        })
        .collect();
    if !rows.is_empty() {
        case_due::Entity::insert_many(rows)
            .exec_without_returning(transaction.inner())
            .await?;
    }
    Ok(())
}

/// At most `n` open cases of an organisation in the order of ids.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn list(
    from: &impl Access,
    organisation: OrganisationId,
    wanted: &Wanted,
    n: u64,
) -> Result<Vec<CaseOverview>, StoreError> {
    let found = row::Entity::find()
        .filter(condition(organisation, wanted))
        .order_by_asc(row::Column::CaseId)
        .limit(n)
        .all(&from.executor())
        .await?;
    let ids: Vec<_> = found.iter().map(|row| row.case_id).collect();
    let mut dues = Vec::new();
    // Databases limit the number of values in a statement.
    for some in ids.chunks(500) {
        let part = case_due::Entity::find()
            .filter(case_due::Column::CaseId.is_in(some.iter().copied()))
            .order_by_asc(case_due::Column::CaseId)
            .order_by_asc(case_due::Column::Place)
            .all(&from.executor())
            .await?;
        dues.extend(part);
    }
    let mut dues = dues.into_iter().peekable();
    let mut overviews = Vec::with_capacity(found.len());
    for row in found {
        let mut own = Vec::new();
        while let Some(due) = dues.next_if(|due| due.case_id == row.case_id) {
            own.push(read_due(due)?);
        }
        overviews.push(read(row, own)?);
    }
    Ok(overviews)
}

/// How many open cases of an organisation stand in each phase; phases without a case are left out.
///
/// # Errors
/// Fails when the database cannot be read.
pub async fn count_by_phase(
    from: &impl Access,
    organisation: OrganisationId,
) -> Result<Vec<(Phase, u64)>, StoreError> {
    let counted: Vec<(String, i64)> = row::Entity::find()
        .select_only()
        .column(row::Column::Phase)
        .column_as(row::Column::CaseId.count(), "n")
        .filter(row::Column::OrganisationId.eq(organisation.uuid()))
        .filter(row::Column::ClosedAt.is_null())
        .group_by(row::Column::Phase)
        .into_tuple()
        .all(&from.executor())
        .await?;
    counted
        .into_iter()
        .map(|(phase, n)| {
            let phase = Phase::from_code(&phase).ok_or(StoreError::Corrupt {
                table: "case_overview",
                column: "phase",
            })?;
            Ok((phase, u64::try_from(n).unwrap_or(0)))
        })
        .collect()
}

/// Drops the overview of a case.
pub(crate) async fn delete(transaction: &Transaction, case: CaseId) -> Result<(), StoreError> {
    case_due::Entity::delete_many()
        .filter(case_due::Column::CaseId.eq(case.uuid()))
        .exec(transaction.inner())
        .await?;
    row::Entity::delete_by_id(case.uuid())
        .exec(transaction.inner())
        .await?;
    Ok(())
}

fn condition(organisation: OrganisationId, wanted: &Wanted) -> Condition {
    let mut all = Condition::all()
        .add(row::Column::OrganisationId.eq(organisation.uuid()))
        .add(row::Column::ClosedAt.is_null());
    if let Some(klantmanager) = wanted.klantmanager {
        let mut mine = Condition::any().add(row::Column::KlantmanagerId.eq(klantmanager.uuid()));
        if let Some(on) = wanted.on {
            let covered = Condition::all()
                .add(row::Column::CoverId.eq(klantmanager.uuid()))
                .add(row::Column::CoverFrom.lte(on.to_string()))
                .add(row::Column::CoverUntil.gte(on.to_string()));
            mine = mine.add(covered);
        }
        all = all.add(mine);
    }
    if !wanted.phases.is_empty() {
        all = all.add(row::Column::Phase.is_in(wanted.phases.iter().map(|phase| phase.code())));
    }
    if !wanted.languages.is_empty() {
        let codes = wanted.languages.iter().map(|language| language.code());
        all = all.add(row::Column::ContactLanguage.is_in(codes));
    }
    if let Some(persons) = &wanted.persons {
        all = all.add(row::Column::PersonId.is_in(persons.iter().map(|person| person.uuid())));
    }
    if let Some(number) = &wanted.number {
        all = all.add(row::Column::Number.eq(number.as_str()));
    }
    if let Some(day) = wanted.waiting_on {
        // Asked of each case by its key: the days of one klantmanager's cases, not of everybody's.
        let waiting = Query::select()
            .expr(Expr::value(1))
            .from(case_due::Entity)
            .and_where(
                Expr::col((case_due::Entity, case_due::Column::CaseId))
                    .equals((row::Entity, row::Column::CaseId)),
            )
            .and_where(case_due::Column::EarlyOn.lte(day.to_string()))
            .to_owned();
        all = all.add(Expr::exists(waiting));
    }
    if let Some(after) = wanted.after {
        all = all.add(row::Column::CaseId.gt(after.uuid()));
    }
    all
}

fn interpreter_code(interpreter: Interpreter) -> &'static str {
    match interpreter {
        Interpreter::Unknown => "unknown",
        Interpreter::Needed => "needed",
        Interpreter::NotNeeded => "not_needed",
    }
}

fn read(row: row::Model, dues: Vec<Due>) -> Result<CaseOverview, StoreError> {
    let corrupt = |column| StoreError::Corrupt {
        table: "case_overview",
        column,
    };
    let day = |text: Option<String>, column| -> Result<Option<Day>, StoreError> {
        text.map(|text| text.parse().map_err(|_| corrupt(column)))
            .transpose()
    };
    let from = day(row.cover_from, "cover_from")?;
    let until = day(row.cover_until, "cover_until")?;
    let cover = match (row.cover_id, from, until) {
        (Some(by), Some(from), Some(until)) => Some((by.into(), from, until)),
        _ => None,
    };
    let interpreter = [
        Interpreter::Unknown,
        Interpreter::Needed,
        Interpreter::NotNeeded,
    ]
    .into_iter()
    .find(|known| interpreter_code(*known) == row.interpreter);
    Ok(CaseOverview {
        case: row.case_id.into(),
        person: row.person_id.into(),
        organisation: row.organisation_id.into(),
        klantmanager: row.klantmanager_id.map(AccountId::from),
        cover,
        number: row.number,
        phase: Phase::from_code(&row.phase).ok_or_else(|| corrupt("phase"))?,
        contact_language: row
            .contact_language
            .map(|code| code.parse().map_err(|_| corrupt("contact_language")))
            .transpose()?,
        interpreter: interpreter.ok_or_else(|| corrupt("interpreter"))?,
        last_contact_on: day(row.last_contact_on, "last_contact_on")?,
        closed_at: row.closed_at.map(Moment::from_micros),
        version: row.version,
        dues,
    })
}

fn read_due(row: case_due::Model) -> Result<Due, StoreError> {
    let corrupt = |column| StoreError::Corrupt {
        table: "case_due",
        column,
    };
    let kind = DueKind::ALL.into_iter().find(|k| k.code() == row.kind);
    Ok(Due {
        kind: kind.ok_or_else(|| corrupt("kind"))?,
        code: row.code,
        early_on: row.early_on.parse().map_err(|_| corrupt("early_on"))?,
        act_on: row.act_on.parse().map_err(|_| corrupt("act_on"))?,
        due_on: row
            .due_on
            .map(|day| day.parse().map_err(|_| corrupt("due_on")))
            .transpose()?,
    })
}
