//! Removing what was kept long enough, as `columns.toml` declares it.
//!
//! One function per term; which rows a term is about stands here and nowhere else.

use domain::moment::Moment;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use time::Duration;

use crate::columns::register;
use crate::entity::{
    account, api_token, case_draft, consent, detail_opening, invitation, job, login_code,
    match_record, membership, saved_search, session, sign_in, staff_identity, vacancy,
};
use crate::{StoreError, Transaction};

/// A term that a number of days decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Accounts that were disabled.
    Account,
    /// Tokens of programs that ended.
    Token,
    /// Sessions that ended.
    Session,
    /// Attempts to log in, also by way of a provider of identities.
    Day,
    /// Login codes that expired.
    LoginCode,
    /// Consents that were withdrawn or came to their end.
    Proof,
    /// Jobs that were finished.
    Job,
    /// Vacancies that were closed.
    Vacancy,
}

impl Term {
    /// All terms; sessions before accounts, because they point to them.
    pub const ALL: [Term; 8] = [
        Term::Token,
        Term::Session,
        Term::Day,
        Term::LoginCode,
        Term::Proof,
        Term::Job,
        Term::Vacancy,
        Term::Account,
    ];

    /// The word in the register of columns.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Term::Account => "account",
            Term::Token => "token",
            Term::Session => "session",
            Term::Day => "day",
            Term::LoginCode => "login_code",
            Term::Proof => "proof",
            Term::Job => "job",
            Term::Vacancy => "vacancy",
        }
    }

    /// Days after which rows are removed.
    #[must_use]
    pub fn days(self) -> Option<u16> {
        register().retention.get(self.code())?.days
    }
}

/// Removes what a term no longer allows to keep; how many rows there were, not counting those that
/// belong to them.
///
/// # Errors
/// Fails when the database is not available.
pub async fn apply(transaction: &Transaction, term: Term, now: Moment) -> Result<u64, StoreError> {
    let Some(days) = term.days() else {
        return Ok(0);
    };
    let until = (now - Duration::days(days.into())).micros();
    match term {
        Term::Account => remove_accounts(transaction, until).await,
        Term::Token => {
            let over = Condition::any()
                .add(api_token::Column::RevokedAt.lte(until))
                .add(api_token::Column::ExpiresAt.lte(until));
            let delete = api_token::Entity::delete_many().filter(over);
            Ok(delete.exec(transaction.inner()).await?.rows_affected)
        }
        Term::Session => remove_sessions(transaction, until).await,
        Term::Day => {
            let window_start = Moment::from_micros(until);
            let n_tried = crate::throttle::remove_old(transaction, window_start).await?;
            let over = sign_in::Column::ExpiresAt.lte(until);
            let delete = sign_in::Entity::delete_many().filter(over);
            Ok(n_tried + delete.exec(transaction.inner()).await?.rows_affected)
        }
        Term::LoginCode => {
            let old = login_code::Column::ExpiresAt.lte(until);
            let delete = login_code::Entity::delete_many().filter(old);
            Ok(delete.exec(transaction.inner()).await?.rows_affected)
        }
        Term::Proof => {
            let old = Condition::any()
                .add(consent::Column::WithdrawnAt.lte(until))
                .add(consent::Column::EndsAt.lte(until));
            let delete = consent::Entity::delete_many().filter(old);
            Ok(delete.exec(transaction.inner()).await?.rows_affected)
        }
        Term::Job => {
            let old = job::Column::FinishedAt.lte(until);
            let delete = job::Entity::delete_many().filter(old);
            Ok(delete.exec(transaction.inner()).await?.rows_affected)
        }
        Term::Vacancy => remove_vacancies(transaction, until).await,
    }
}

async fn remove_sessions(transaction: &Transaction, until: i64) -> Result<u64, StoreError> {
    let over = Condition::any()
        .add(session::Column::EndedAt.lte(until))
        .add(session::Column::IdleEndsAt.lte(until))
        .add(session::Column::EndsAt.lte(until));
    let delete = session::Entity::delete_many().filter(over);
    Ok(delete.exec(transaction.inner()).await?.rows_affected)
}

async fn remove_vacancies(transaction: &Transaction, until: i64) -> Result<u64, StoreError> {
    let matched = Query::select()
        .column(match_record::Column::VacancyId)
        .from(match_record::Entity)
        .to_owned();
    let opened = Query::select()
        .column(detail_opening::Column::VacancyId)
        .from(detail_opening::Entity)
        .to_owned();
    let delete = vacancy::Entity::delete_many()
        .filter(vacancy::Column::State.eq("closed"))
        .filter(vacancy::Column::ClosedAt.lte(until))
        .filter(vacancy::Column::Id.not_in_subquery(matched))
        .filter(vacancy::Column::Id.not_in_subquery(opened));
    Ok(delete.exec(transaction.inner()).await?.rows_affected)
}

/// What stands in the place of a login name that was removed; no e-mail address looks like it.
fn removed_name(id: Uuid) -> String {
    format!("removed {id}")
}

/// Takes disabled accounts everything that says who it was; the bare rows stay as the places that
/// cases and the audit log point to.
async fn remove_accounts(transaction: &Transaction, until: i64) -> Result<u64, StoreError> {
    let connection = transaction.inner();
    let old = account::Entity::find()
        .filter(account::Column::DisabledAt.lte(until))
        .all(connection)
        .await?;
    let mut n_removed = 0;
    for found in old {
        if found.login_name == removed_name(found.id) {
            continue;
        }
        remove_around(transaction, found.id).await?;
        let bare = account::ActiveModel {
            login_name: Set(removed_name(found.id)),
            display_name: Set("–".to_owned()),
            password_hash: Set(None),
            second_factor: Set(None),
            second_factor_last_step: Set(None),
            ..Default::default()
        };
        account::Entity::update_many()
            .set(bare)
            .col_expr(
                account::Column::Version,
                Expr::value(found.version.saturating_add(1)),
            )
            .filter(account::Column::Id.eq(found.id))
            .exec(connection)
            .await?;
        n_removed += 1;
    }
    Ok(n_removed)
}

/// Removes what belongs to an account and to nothing else.
async fn remove_around(transaction: &Transaction, account: Uuid) -> Result<(), StoreError> {
    let connection = transaction.inner();
    let roles = Query::select()
        .column(membership::Column::Id)
        .from(membership::Entity)
        .and_where(membership::Column::AccountId.eq(account))
        .to_owned();
    session::Entity::delete_many()
        .filter(session::Column::MembershipId.in_subquery(roles))
        .exec(connection)
        .await?;
    membership::Entity::delete_many()
        .filter(membership::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    let invitations = Query::select()
        .column(invitation::Column::Id)
        .from(invitation::Entity)
        .and_where(invitation::Column::AccountId.eq(account))
        .to_owned();
    sign_in::Entity::delete_many()
        .filter(sign_in::Column::InvitationId.in_subquery(invitations))
        .exec(connection)
        .await?;
    staff_identity::Entity::delete_many()
        .filter(staff_identity::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    invitation::Entity::delete_many()
        .filter(invitation::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    saved_search::Entity::delete_many()
        .filter(saved_search::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    case_draft::Entity::delete_many()
        .filter(case_draft::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_are_those_that_the_register_counts_in_days() {
        let mut counted: Vec<&str> = register()
            .retention
            .iter()
            .filter(|(_, term)| term.days.is_some())
            .map(|(word, _)| word.as_str())
            .collect();
        let mut known: Vec<&str> = Term::ALL.iter().map(|term| term.code()).collect();
        counted.sort_unstable();
        known.sort_unstable();
        assert_eq!(counted, known);
    }
}
