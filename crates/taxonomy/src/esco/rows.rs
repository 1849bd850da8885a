//! The rows of each file of the download.

use std::collections::HashSet;

use domain::isco::NotAnIscoCode;
use domain::language::Language;

use super::files::Role;
use super::report::ImportReport;
use super::table::{Column, Row, Table};
use super::{ImportError, kind_of};
use crate::concept::{
    ConceptKind, LabelRole, Regulation, Relation, ReuseLevel, SkillKind, TranslationStatus,
};
use crate::source::{CatalogueSource, ConceptFacts, Place, SourceError, SourceLabel};

/// Reads a file of the download into the source.
pub(crate) fn read(
    role: Role,
    language: Option<Language>,
    table: Table,
    file: u16,
    source: &mut CatalogueSource,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    let mut into = Into {
        file,
        source,
        report,
    };
    match role {
        Role::OccupationGroups | Role::Occupations | Role::SkillGroups | Role::Skills => {
            let Some(language) = language else {
                return Ok(());
            };
            concepts(role, language, table, &mut into)
        }
        Role::LanguageSkills => language_skills(table, &mut into),
        Role::BroaderOccupations | Role::BroaderSkills => broader(table, &mut into),
        Role::Needs => needs(table, &mut into),
        Role::RelatedSkills => related(table, &mut into),
    }
}

/// Where rows go.
struct Into<'a> {
    file: u16,
    source: &'a mut CatalogueSource,
    report: &'a mut ImportReport,
}

impl Into<'_> {
    fn leave_out(&mut self, line: u64, error: &SourceError) {
        let what = match error {
            SourceError::NotAUri { .. } => "rows without a proper URI left out",
            SourceError::DuplicateUri { .. } => {
                "rows with a URI that the file has already left out"
            }
            SourceError::UnknownConcept { .. } => {
                "relations with a concept that no file defines left out"
            }
            SourceError::WrongKinds { .. } => {
                "relations between kinds that cannot be related left out"
            }
        };
        self.report.leave_out(self.file, line, what);
    }
}

/// Columns of a file of concepts; those that a file does not have read as empty.
struct ConceptColumns {
    uri: Column,
    labels: [Column; 3],
    isco: Column,
    skill_type: Column,
    reuse: Column,
    regulated: Column,
    status: Column,
    description: Column,
}

impl ConceptColumns {
    fn of(table: &Table, role: Role) -> ConceptColumns {
        ConceptColumns {
            uri: table.column("conceptUri"),
            labels: ["preferredLabel", "altLabels", "hiddenLabels"].map(|name| table.column(name)),
            isco: table.column(match role {
                Role::OccupationGroups => "code",
                Role::Occupations => "iscoGroup",
                _ => "",
            }),
            skill_type: table.column("skillType"),
            reuse: table.column("reuseLevel"),
            regulated: table.column("regulatedProfessionNote"),
            status: table.column("status"),
            description: table.column("description"),
        }
    }

    /// What a row says about its concept.
    fn facts(&self, role: Role, row: &Row<'_>) -> Result<ConceptFacts, NotAnIscoCode> {
        let mut facts = ConceptFacts::of_kind(match role {
            Role::Occupations => ConceptKind::Occupation,
            Role::OccupationGroups => ConceptKind::OccupationGroup,
            Role::SkillGroups => ConceptKind::SkillGroup,
            _ => ConceptKind::Skill,
        });
        let isco = row.get(self.isco).trim_start_matches('C');
        if !isco.is_empty() {
            facts.isco = Some(isco.parse()?);
        }
        facts.skill_kind = skill_kind(row.get(self.skill_type));
        facts.reuse = ReuseLevel::from_code(row.get(self.reuse)).unwrap_or(ReuseLevel::Unknown);
        set_regulation(&mut facts, row.get(self.regulated));
        Ok(facts)
    }
}

fn concepts(
    role: Role,
    language: Language,
    mut table: Table,
    into: &mut Into<'_>,
) -> Result<(), ImportError> {
    let columns = ConceptColumns::of(&table, role);
    let mut here = HashSet::new();
    while let Some(row) = table.next_row()? {
        let uri = row.get(columns.uri);
        if row.get(columns.status) == "obsolete" {
            into.report
                .leave_out(into.file, row.line, "obsolete concepts left out");
            continue;
        }
        if !here.insert(uri.to_owned()) {
            into.leave_out(
                row.line,
                &SourceError::DuplicateUri {
                    uri: uri.to_owned(),
                },
            );
            continue;
        }
        let facts = match columns.facts(role, &row) {
            Ok(facts) => facts,
            Err(error) => {
                let line = row.line;
                return Err(table.fault(line, error.to_string()));
            }
        };
        // The same concept comes in every language; its facts are the same.
        if into.source.facts(uri).is_none()
            && let Err(error) = into.source.add_concept(uri, facts)
        {
            into.leave_out(row.line, &error);
            continue;
        }
        add_labels(&row, uri, language, columns.labels, into);
        let description = row.get(columns.description);
        if !description.is_empty()
            && let Err(error) = into.source.add_description(uri, language, description)
        {
            into.leave_out(row.line, &error);
        }
    }
    Ok(())
}

fn add_labels(
    row: &Row<'_>,
    uri: &str,
    language: Language,
    columns: [Column; 3],
    into: &mut Into<'_>,
) {
    let roles = [
        LabelRole::Preferred,
        LabelRole::Alternative,
        LabelRole::Hidden,
    ];
    for (column, role) in columns.into_iter().zip(roles) {
        // One label per line; older downloads separate them by a bar.
        for text in row
            .get(column)
            .split(['\n', '|'])
            .map(str::trim)
            .filter(|t| !t.is_empty())
        {
            let label = SourceLabel {
                language,
                role,
                status: TranslationStatus::Official,
                text: text.to_owned(),
            };
            // The concept was added just before, so this cannot be refused.
            if let Err(error) = into.source.add_label(uri, label) {
                into.leave_out(row.line, &error);
            }
        }
    }
}

fn skill_kind(esco: &str) -> SkillKind {
    match esco {
        "knowledge" => SkillKind::Knowledge,
        "attitude" => SkillKind::Behaviour,
        "language" => SkillKind::Language,
        _ => SkillKind::Skill,
    }
}

/// ESCO notes the URI of a list entry that ends in `regulated` or `unregulated`, or free text.
fn set_regulation(facts: &mut ConceptFacts, note: &str) {
    match note.rsplit('/').next() {
        Some("unregulated") => facts.regulation = Regulation::No,
        Some("regulated") => facts.regulation = Regulation::Profession,
        Some("") | None => {}
        Some(_) => {
            facts.regulation = Regulation::Activity;
            note.clone_into(&mut facts.authority);
        }
    }
}

fn language_skills(mut table: Table, into: &mut Into<'_>) -> Result<(), ImportError> {
    let uri = table.column("conceptUri");
    while let Some(row) = table.next_row()? {
        match into.source.facts_mut(row.get(uri)) {
            Some(facts) if facts.kind == ConceptKind::Skill => {
                facts.skill_kind = SkillKind::Language;
            }
            _ => into
                .report
                .leave_out(into.file, row.line, "unknown language skills left out"),
        }
    }
    Ok(())
}

fn broader(mut table: Table, into: &mut Into<'_>) -> Result<(), ImportError> {
    let [kind, narrow, wide_kind, wide] =
        ["conceptType", "conceptUri", "broaderType", "broaderUri"].map(|name| table.column(name));
    while let Some(row) = table.next_row()? {
        if kind_of(row.get(kind)).is_none() || kind_of(row.get(wide_kind)).is_none() {
            into.report.leave_out(
                into.file,
                row.line,
                "rows of an unknown concept type left out",
            );
            continue;
        }
        let at = Place {
            file: into.file,
            line: row.line as u32,
        };
        if let Err(error) = into.source.add_broader(row.get(narrow), row.get(wide), at) {
            into.leave_out(row.line, &error);
        }
    }
    Ok(())
}

fn needs(mut table: Table, into: &mut Into<'_>) -> Result<(), ImportError> {
    let [occupation, relation, skill] =
        ["occupationUri", "relationType", "skillUri"].map(|name| table.column(name));
    while let Some(row) = table.next_row()? {
        let line = row.line;
        let Some(relation) = Relation::from_code(row.get(relation)) else {
            let what = format!("unknown relation {:?}", row.get(relation));
            return Err(table.fault(line, what));
        };
        if let Err(error) = into
            .source
            .add_need(row.get(occupation), row.get(skill), relation)
        {
            into.leave_out(line, &error);
        }
    }
    Ok(())
}

fn related(mut table: Table, into: &mut Into<'_>) -> Result<(), ImportError> {
    let [skill, relation, other] =
        ["originalSkillUri", "relationType", "relatedSkillUri"].map(|name| table.column(name));
    while let Some(row) = table.next_row()? {
        let line = row.line;
        let Some(relation) = Relation::from_code(row.get(relation)) else {
            let what = format!("unknown relation {:?}", row.get(relation));
            return Err(table.fault(line, what));
        };
        if let Err(error) = into
            .source
            .add_related(row.get(skill), row.get(other), relation)
        {
            into.leave_out(line, &error);
        }
    }
    Ok(())
}
