//! Taking a list of cases out as a file.

use domain::person::{NamePart, PersonName};

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

impl Application {
    /// The cases of a filter as comma-separated values with a head, in UTF-8.
    ///
    /// # Errors
    /// Fails when the actor may not take cases out.
    pub async fn export_cases(
        &self,
        context: &Context,
        filter: &CaseFilter,
    ) -> Result<String, ApplicationError> {
        let organisation = self.own_organisation(context, Action::ExportCases)?;
        let found = self.filtered(context, organisation, filter).await?;
        let list = self.listed(context, organisation, found).await?;
        let event = Event::CasesExported {
            organisation,
            n_found: list.rows.len() as u32,
        };
        self.audit_alone(context, event).await?;
        written(&list.rows).map_err(|_| ApplicationError::Fault("a list cannot be written"))
    }
}

fn written(rows: &[CaseRow]) -> Result<String, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for row in rows {
        writer.write_record(cells(row).map(|cell| harmless(&cell)))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn cells(row: &CaseRow) -> [String; 10] {
    let part = |part: Option<&NamePart>| part.map_or_else(String::new, |p| p.as_str().to_owned());
    let PersonName {
        given_or_only,
        family,
        original_script,
        ..
    } = &row.name;
    let next = row.next.as_ref();
    [
        row.number.clone().unwrap_or_default(),
        part(Some(given_or_only)),
        part(family.as_ref()),
        part(original_script.as_ref()),
        row.phase.code().to_owned(),
        row.contact_language
            .map_or_else(String::new, |language| language.code().to_owned()),
        row.last_contact_on
            .map_or_else(String::new, |day| day.to_string()),
        next.map_or_else(String::new, |next| next.kind.code().to_owned()),
        next.map_or_else(String::new, |next| next.code.clone()),
        next.and_then(|next| next.due_on)
            .map_or_else(String::new, |day| day.to_string()),
    ]
}

/// A cell that no spreadsheet takes for a formula (CWE-1236).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@x"), "'@x");
        assert_eq!(harmless("Ahmad"), "Ahmad");
    }
}
