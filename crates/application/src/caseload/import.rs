//! Bringing in a caseload from a file: looked at first, written after.

mod client_profile;
mod reading;

use std::collections::BTreeMap;

use domain::id::{CaseId, OrganisationId, PersonId};
use domain::person::Identity;
use store::person::Exact;

use crate::audit::Event;
use crate::cases::OpenCase;
use crate::persons::search_keys;
use crate::policy::{Action, Relation};
use crate::{Application, ApplicationError, Context};

pub use reading::{ImportFault, ImportReason};
use reading::{Read, ReadRow};

/// By what a person was found to be known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DuplicateBy {
    /// The same e-mail address.
    Email,
    /// The same telephone number.
    Phone,
    /// The same number of a case.
    Number,
    /// A name that is the same in one script or another.
    Name,
}

/// Somebody who may be the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicate {
    /// A person of the organisation.
    Known(PersonId, DuplicateBy),
    /// An earlier line of the same file.
    Line(u64, DuplicateBy),
}

/// A line that can be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Line in the file, from 1; the head is line 1.
    pub line: u64,
    /// Who.
    pub identity: Identity,
    /// The case that would be opened.
    pub case: OpenCase,
    /// Who may be the same person; such a line is left out unless it is said to be added.
    pub duplicates: Vec<Duplicate>,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPreview {
    /// Lines that can be brought in.
    pub rows: Vec<ImportRow>,
    /// Lines that cannot, each with every reason.
    pub faults: Vec<ImportFault>,
    /// The file as text with the same lines, to be sent again with the yes.
    pub text: String,
}

/// What to do with a line that may be a duplicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportDecision {
    /// It is another person: add it.
    Add,
    /// Leave it out.
    Skip,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Lines that were brought in.
    pub added: Vec<(u64, PersonId, CaseId)>,
    /// Lines that were left out as duplicates or because it was said so.
    pub skipped: Vec<u64>,
    /// Lines that could not be brought in.
    pub faults: Vec<ImportFault>,
}

impl Application {
    /// Reads a file of comma-, semicolon- or tab-separated values, a workbook (XLSX) with one sheet,
    /// or client profiles (JSON), and says what would be brought in; writes nothing.
    ///
    /// # Errors
    /// Fails when the actor may not bring cases in; what is wrong with the file stands in the
    /// preview.
    pub async fn preview_import(
        &self,
        context: &Context,
        file: &[u8],
    ) -> Result<ImportPreview, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ImportCases)?;
        let Read { rows, faults, text } = reading::read(file, self.today());
        let mut preview = ImportPreview {
            rows: Vec::with_capacity(rows.len()),
            faults,
            text,
        };
        let mut seen: BTreeMap<(DuplicateBy, String), u64> = BTreeMap::new();
        for row in rows {
            let mut duplicates = self.known(organisation, &row).await?;
            for key in keys(&row) {
                match seen.get(&key) {
                    Some(line) => duplicates.push(Duplicate::Line(*line, key.0)),
                    None => {
                        seen.insert(key, row.line);
                    }
                }
            }
            preview.rows.push(ImportRow {
                line: row.line,
                identity: row.identity,
                case: row.case,
                duplicates,
            });
        }
        let event = Event::PersonsSearched {
            organisation,
            n_found: preview.rows.len() as u32,
        };
        self.audit_alone(context, event).await?;
        Ok(preview)
    }

    /// Brings in a file: every line without fault that is no duplicate, and those that
    /// `decisions` says to add (by line); all of them or, when storage fails, none.
    ///
    /// # Errors
    /// Fails when the actor may not bring cases in or storage fails.
    pub async fn apply_import(
        &self,
        context: &Context,
        file: &[u8],
        decisions: &BTreeMap<u64, ImportDecision>,
    ) -> Result<ImportOutcome, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ImportCases)?;
        self.authorise(context, Action::RegisterPerson, Relation::OwnOrganisation)?;
        let preview = self.preview_import(context, file).await?;
        let mut outcome = ImportOutcome {
            faults: preview.faults,
            ..ImportOutcome::default()
        };
        let transaction = self.store.begin().await?;
        for row in &preview.rows {
            let add = match decisions.get(&row.line) {
                Some(decision) => *decision == ImportDecision::Add,
                None => row.duplicates.is_empty(),
            };
            if !add {
                outcome.skipped.push(row.line);
                continue;
            }
            let (person, case) = self
                .bring_in(
                    &transaction,
                    context,
                    organisation,
                    (&row.identity, &row.case),
                )
                .await?;
            outcome.added.push((row.line, person, case));
        }
        let event = Event::CasesImported {
            organisation,
            n_added: outcome.added.len() as u32,
        };
        self.audit_in(&transaction, context, event).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Persons of the organisation who may be the one of a line.
    async fn known(
        &self,
        organisation: OrganisationId,
        row: &ReadRow,
    ) -> Result<Vec<Duplicate>, ApplicationError> {
        let mut found: Vec<Duplicate> = Vec::new();
        let mut add = |person: PersonId, by| {
            let known = found
                .iter()
                .any(|d| matches!(d, Duplicate::Known(id, _) if *id == person));
            if !known {
                found.push(Duplicate::Known(person, by));
            }
        };
        let exact =
            |wanted| store::person::find_exact(&self.store, &self.master, organisation, wanted);
        if let Some(email) = &row.identity.email {
            for person in exact(Exact::Email(email)).await? {
                add(person.id, DuplicateBy::Email);
            }
        }
        if let Some(phone) = &row.identity.phone {
            for person in exact(Exact::Phone(phone)).await? {
                add(person.id, DuplicateBy::Phone);
            }
        }
        if let Some(number) = &row.case.bar.number {
            let wanted = store::case_overview::Wanted {
                number: Some(number.as_str().to_owned()),
                ..Default::default()
            };
            let cases = store::case_overview::list(&self.store, organisation, &wanted, 10).await?;
            for case in cases {
                add(case.person, DuplicateBy::Number);
            }
        }
        let names = crate::persons::full_names(&row.identity);
        for view in self.named(organisation, &names).await? {
            if may_be_same_age(&row.identity, &view.identity) {
                add(view.person, DuplicateBy::Name);
            }
        }
        Ok(found)
    }
}

/// Two people with the same name and different birth dates are two people.
fn may_be_same_age(a: &Identity, b: &Identity) -> bool {
    match (a.birth, b.birth) {
        (Some(a), Some(b)) => a.to_string()[..4] == b.to_string()[..4],
        _ => true,
    }
}

/// By what a line is compared with the other lines of its file.
fn keys(row: &ReadRow) -> Vec<(DuplicateBy, String)> {
    let identity = &row.identity;
    let mut keys = Vec::new();
    if let Some(email) = &identity.email {
        keys.push((DuplicateBy::Email, email.as_str().to_owned()));
    }
    if let Some(phone) = &identity.phone {
        keys.push((DuplicateBy::Phone, phone.as_str().to_owned()));
    }
    if let Some(number) = &row.case.bar.number {
        keys.push((DuplicateBy::Number, number.as_str().to_owned()));
    }
    let birth = identity.birth.map_or_else(String::new, |b| b.to_string());
    let mut names = search_keys(identity);
    names.sort_unstable();
    keys.push((DuplicateBy::Name, format!("{} {birth}", names.join(" "))));
    keys
}
