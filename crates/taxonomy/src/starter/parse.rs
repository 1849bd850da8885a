//! Reading the files of the starter catalogue.

use domain::level::Nlqf;

use super::StructureFiles;
use crate::concept::{
    ConceptKind, LabelRole, Regulation, Relation, ReuseLevel, SkillKind, TranslationStatus,
    Verification,
};
use crate::source::{CatalogueSource, CompileError, ConceptFacts, Place, SourceError, SourceLabel};

/// A fault in a file of the starter catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StarterError {
    /// A line is not as described in `data/catalogue/README.md`.
    #[error("{file}:{line}: {what}")]
    Line {
        /// The file, without its folder.
        file: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The whole cannot be compiled.
    #[error(transparent)]
    Compile(CompileError),
}

/// Reads all files into a source.
pub(super) fn parse(
    files: &StructureFiles,
    labels: &[(&'static str, &'static str)],
) -> Result<CatalogueSource, StarterError> {
    let mut source = CatalogueSource::default();
    let mut uris = Uris::default();
    sectors(files.sectors, &mut source, &mut uris)?;
    isco_groups(files.isco_groups, &mut source, &mut uris)?;
    occupations(files.occupations, &mut source, &mut uris)?;
    skills(
        "skill_groups.tsv",
        files.skill_groups,
        &mut source,
        &mut uris,
    )?;
    skills("skills.tsv", files.skills, &mut source, &mut uris)?;
    needs(files.occupation_skills, &mut source, &uris)?;
    for (code, content) in labels {
        language_labels(code, content, &mut source, &uris)?;
    }
    source.add_notice(crate::esco::ESCO_NOTICE);
    Ok(source)
}

/// URIs by the id that the files use, such as `occupation/cook`.
#[derive(Debug, Default)]
struct Uris(std::collections::HashMap<String, String>);

impl Uris {
    /// Registers an id: its URI is ESCO's where one is given, else one of our own.
    fn add(
        &mut self,
        row: &Row<'_>,
        family: &str,
        id: &str,
        esco: &str,
    ) -> Result<String, StarterError> {
        let uri = if esco.is_empty() {
            format!("urn:werkbrug:{family}:{id}")
        } else {
            esco.to_owned()
        };
        match self.0.insert(format!("{family}/{id}"), uri.clone()) {
            None => Ok(uri),
            Some(_) => Err(row.fault(format!("{family}/{id} is there twice"))),
        }
    }

    fn get(&self, row: &Row<'_>, family: &str, id: &str) -> Result<&str, StarterError> {
        self.whole(row, &format!("{family}/{id}"))
    }

    fn whole(&self, row: &Row<'_>, id: &str) -> Result<&str, StarterError> {
        self.0
            .get(id)
            .map(String::as_str)
            .ok_or_else(|| row.fault(format!("{id} is unknown")))
    }
}

fn sectors(
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &mut Uris,
) -> Result<(), StarterError> {
    for row in rows("sectors.tsv", content, &["id"])? {
        let uri = uris.add(&row, "sector", row.get(0), "")?;
        row.accept(source.add_concept(&uri, ConceptFacts::of_kind(ConceptKind::Sector)))?;
    }
    Ok(())
}

fn isco_groups(
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &mut Uris,
) -> Result<(), StarterError> {
    for row in rows("isco_groups.tsv", content, &["code"])? {
        let code = row.get(0);
        let uri = uris.add(&row, "isco", code, &isco_uri(code))?;
        let mut facts = ConceptFacts::of_kind(ConceptKind::OccupationGroup);
        facts.isco = Some(
            code.parse()
                .map_err(|error| row.fault(format!("{error}")))?,
        );
        row.accept(source.add_concept(&uri, facts))?;
        if code.len() > 1 {
            // Wider groups stand before narrower ones.
            let wider = isco_uri(&code[..code.len() - 1]);
            row.accept(source.add_broader(&uri, &wider, Place::default()))?;
        }
    }
    Ok(())
}

/// URI of an ISCO-08 group as ESCO writes it.
fn isco_uri(code: &str) -> String {
    format!("http://data.europa.eu/esco/isco/C{code}")
}

fn occupations(
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &mut Uris,
) -> Result<(), StarterError> {
    let header = [
        "id",
        "isco",
        "esco_uri",
        "nlqf",
        "sector",
        "regulated",
        "authority",
        "checked",
    ];
    for row in rows("occupations.tsv", content, &header)? {
        let uri = uris.add(&row, "occupation", row.get(0), row.get(2))?;
        let mut facts = ConceptFacts::of_kind(ConceptKind::Occupation);
        let isco = row.get(1);
        facts.isco = Some(
            isco.parse()
                .map_err(|error| row.fault(format!("{error}")))?,
        );
        let level = row
            .get(3)
            .parse()
            .ok()
            .and_then(|number: u8| Nlqf::new(number).ok());
        facts.nlqf = Some(level.ok_or_else(|| row.fault("nlqf must be 1 to 8".into()))?);
        facts.regulation = row.code(5, Regulation::from_code)?;
        row.get(6).clone_into(&mut facts.authority);
        facts.verification = row.code(7, Verification::from_code)?;
        row.accept(source.add_concept(&uri, facts))?;
        row.accept(source.add_broader(&uri, &isco_uri(isco), Place::default()))?;
        row.accept(source.add_sector(&uri, uris.get(&row, "sector", row.get(4))?))?;
    }
    Ok(())
}

/// Skill groups and skills have the same way of naming their parent.
fn skills(
    file: &'static str,
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &mut Uris,
) -> Result<(), StarterError> {
    let groups = file == "skill_groups.tsv";
    let header: &[&str] = if groups {
        &["id", "parent", "esco_uri"]
    } else {
        &["id", "kind", "parent", "esco_uri", "reuse"]
    };
    let (family, parent_column) = if groups {
        ("skill-group", 1)
    } else {
        ("skill", 2)
    };
    let rows = rows(file, content, header)?;
    for row in &rows {
        let uri = uris.add(row, family, row.get(0), row.get(parent_column + 1))?;
        let kind = if groups {
            ConceptKind::SkillGroup
        } else {
            ConceptKind::Skill
        };
        let mut facts = ConceptFacts::of_kind(kind);
        if !groups {
            facts.skill_kind = row.code(1, SkillKind::from_code)?;
            facts.reuse = row.code(4, ReuseLevel::from_code)?;
        }
        row.accept(source.add_concept(&uri, facts))?;
    }
    // A parent may stand below its child in the file.
    for row in &rows {
        let parent = row.get(parent_column);
        if parent.is_empty() {
            continue;
        }
        let wider = uris
            .get(row, "skill-group", parent)
            .or_else(|_| uris.get(row, "skill", parent))?
            .to_owned();
        let uri = uris.get(row, family, row.get(0))?.to_owned();
        row.accept(source.add_broader(&uri, &wider, Place::default()))?;
    }
    Ok(())
}

fn needs(
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &Uris,
) -> Result<(), StarterError> {
    for row in rows(
        "occupation_skills.tsv",
        content,
        &["occupation", "skill", "relation"],
    )? {
        let occupation = uris.get(&row, "occupation", row.get(0))?;
        let skill = uris.get(&row, "skill", row.get(1))?;
        let relation = row.code(2, Relation::from_code)?;
        row.accept(source.add_need(occupation, skill, relation))?;
    }
    Ok(())
}

fn language_labels(
    code: &'static str,
    content: &'static str,
    source: &mut CatalogueSource,
    uris: &Uris,
) -> Result<(), StarterError> {
    for row in rows(
        code,
        content,
        &["id", "status", "preferred", "alternatives"],
    )? {
        let language = code
            .parse()
            .map_err(|error| row.fault(format!("{error}")))?;
        let status = row.code(1, TranslationStatus::from_code)?;
        let uri = uris.whole(&row, row.get(0))?;
        let alternatives = row
            .get(3)
            .split(" | ")
            .map(|text| (text, LabelRole::Alternative));
        for (text, role) in [(row.get(2), LabelRole::Preferred)]
            .into_iter()
            .chain(alternatives)
        {
            if !text.is_empty() {
                let label = SourceLabel {
                    language,
                    role,
                    status,
                    text: text.to_owned(),
                };
                row.accept(source.add_label(uri, label))?;
            }
        }
    }
    Ok(())
}

/// One line of a tab-separated file.
#[derive(Debug)]
struct Row<'a> {
    file: &'static str,
    line: usize,
    cells: Vec<&'a str>,
}

impl Row<'_> {
    /// A cell; a line may leave its last cells away.
    fn get(&self, number: usize) -> &str {
        self.cells.get(number).copied().unwrap_or("")
    }

    fn code<T>(&self, number: usize, read: impl Fn(&str) -> Option<T>) -> Result<T, StarterError> {
        let text = self.get(number);
        read(text).ok_or_else(|| self.fault(format!("{text:?} is not in the list")))
    }

    fn accept<T>(&self, outcome: Result<T, SourceError>) -> Result<T, StarterError> {
        outcome.map_err(|error| self.fault(error.to_string()))
    }

    fn fault(&self, what: String) -> StarterError {
        StarterError::Line {
            file: self.file,
            line: self.line,
            what,
        }
    }
}

/// Splits a file into its rows and checks its header.
fn rows<'a>(
    file: &'static str,
    content: &'a str,
    header: &[&str],
) -> Result<Vec<Row<'a>>, StarterError> {
    let mut rows = content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| Row {
            file,
            line: number + 1,
            cells: line.split('\t').collect(),
        });
    let fault = |line, what| StarterError::Line { file, line, what };
    let first = rows
        .next()
        .ok_or_else(|| fault(1, "the file is empty".into()))?;
    if first.cells != header {
        return Err(first.fault(format!("the header must be {}", header.join(" "))));
    }
    let rows: Vec<Row<'a>> = rows.collect();
    if let Some(row) = rows.iter().find(|row| row.cells.len() > header.len()) {
        return Err(row.fault(format!(
            "{} cells, at most {}",
            row.cells.len(),
            header.len()
        )));
    }
    Ok(rows)
}
