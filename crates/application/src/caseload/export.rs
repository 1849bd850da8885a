//! Taking a list of cases out as a file.

use std::error::Error;

use domain::day::Day;
use domain::person::{NamePart, PersonName};
use exchange::formula::disarmed;
use exchange::sheet::{self, Cell, Sheet};
use time::Date;

use super::{CaseFilter, CaseRow};
use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Head of the file; the names are those that an import reads, as far as it reads them.
const HEAD: [&str; 10] = [
    "number",
    "given_name",
    "family_name",
    "original_script",
    "phase",
    "contact_language",
    "last_contact",
    "next_kind",
    "next_code",
    "next_due",
];

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListForm {
    /// Comma-separated values with a head, in UTF-8.
    Csv,
    /// A workbook with one sheet.
    Xlsx,
}

impl Application {
    /// The cases of a filter as a file.
    ///
    /// # Errors
    /// Fails when the actor may not take cases out.
    pub async fn export_cases(
        &self,
        context: &Context,
        filter: &CaseFilter,
        form: ListForm,
    ) -> Result<Vec<u8>, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ExportCases)?;
        let found = self.filtered(context, organisation, filter).await?;
        let list = self.listed(context, organisation, found).await?;
        let event = Event::CasesExported {
            organisation,
            n_found: list.rows.len() as u32,
        };
        self.audit_alone(context, event).await?;
        let written = match form {
            ListForm::Csv => csv(&list.rows),
            ListForm::Xlsx => xlsx(&list.rows, self.now().in_amsterdam().date()),
        };
        written.map_err(|_| ApplicationError::Fault("a list cannot be written"))
    }
}

fn csv(rows: &[CaseRow]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for row in rows {
        writer.write_record(cells(row).map(|cell| disarmed(&cell.to_string()).into_owned()))?;
    }
    Ok(writer.into_inner()?)
}

fn xlsx(rows: &[CaseRow], made_on: Date) -> Result<Vec<u8>, Box<dyn Error>> {
    let head = HEAD.iter().map(|name| Cell::text(*name)).collect();
    let rows = rows.iter().map(|row| cells(row).into());
    let list = Sheet {
        name: "caseload".to_owned(),
        rows: std::iter::once(head).chain(rows).collect(),
    };
    Ok(sheet::write_xlsx(&[list], made_on)?)
}

fn cells(row: &CaseRow) -> [Cell; 10] {
    let part = |part: Option<&NamePart>| part.map_or(Cell::Empty, |p| Cell::text(p.as_str()));
    let day = |day: Option<Day>| day.map_or(Cell::Empty, |day| Cell::Day(day.date()));
    let PersonName {
        given_or_only,
        family,
        original_script,
        ..
    } = &row.name;
    let next = row.next.as_ref();
    [
        Cell::text(row.number.clone().unwrap_or_default()),
        part(Some(given_or_only)),
        part(family.as_ref()),
        part(original_script.as_ref()),
        Cell::text(row.phase.code()),
        Cell::text(row.contact_language.map_or("", |language| language.code())),
        day(row.last_contact_on),
        Cell::text(next.map_or("", |next| next.kind.code())),
        Cell::text(next.map_or("", |next| next.code.as_str())),
        day(next.and_then(|next| next.due_on)),
    ]
}
