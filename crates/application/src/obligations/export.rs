//! The register as a file: prose, table, calendar, PDF, note to the minister.
//!
//! The outcome for the same obligations, title and day is the same bytes.

use std::str::FromStr;
use std::sync::Arc;

use commitments::calendar::iso;
use commitments::nota;
use commitments::overview::{Block, Composition, compose, headline};
use commitments::record::{Record, RecordContent};
use commitments::register::{Obligation, ObligationId, Origin, Register, Review};
use commitments::tabulation::tabulate;
use domain::id::OrganisationId;
use domain::language::Language;
use exchange::{agenda, docx, markdown, odt, table};
use serde_json::{Value, json};
use time::Date;

use crate::audit::Event;
use crate::{Application, ApplicationError, Context};

/// Makes PDF; the program gives one, tests and small tools need none.
pub trait Typesetter: Send + Sync {
    /// The document as accessible PDF.
    ///
    /// # Errors
    /// Fails when template and data do not fit each other, with the reason for the log.
    fn pdf(
        &self,
        template: PdfTemplate,
        data: &Value,
        language: Language,
        made_on: Date,
    ) -> Result<Vec<u8>, TypesettingError>;
}

/// The form of a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PdfTemplate {
    /// Headings, paragraphs, items and footnotes.
    Prose,
    /// One table under a title.
    Table,
    /// Two languages side by side.
    SideBySide,
    /// A CV.
    Cv,
}

/// How the overview presents the obligations in a text document; tables for spreadsheets, JSON and
/// calendars have one presentation only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presentation {
    /// A paragraph for each, as in the overviews that ministries send; it reads back.
    #[default]
    Prose,
    /// A row for each: what, where, by when, how far.
    Table,
}

impl FromStr for Presentation {
    type Err = UnknownPresentation;

    fn from_str(word: &str) -> Result<Presentation, UnknownPresentation> {
        match word {
            "prose" => Ok(Presentation::Prose),
            "table" => Ok(Presentation::Table),
            _ => Err(UnknownPresentation),
        }
    }
}

/// A word that names no presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown; known are prose and table")]
pub struct UnknownPresentation;

/// A document that could not be set.
#[derive(Debug, Clone, thiserror::Error)]
#[error("cannot set the document: {0}")]
pub struct TypesettingError(pub String);

/// The forms of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportForm {
    /// Office Open XML text.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Tagged PDF.
    Pdf,
    /// Markdown.
    Md,
    /// A table for spreadsheets.
    Csv,
    /// Records with every place, rule and confidence.
    Json,
    /// Terms as a calendar.
    Ics,
}

/// A word that names no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown; known are docx odt pdf md csv json ics")]
pub struct UnknownForm;

impl ExportForm {
    /// All forms.
    pub const ALL: [ExportForm; 7] = [
        ExportForm::Docx,
        ExportForm::Odt,
        ExportForm::Pdf,
        ExportForm::Md,
        ExportForm::Csv,
        ExportForm::Json,
        ExportForm::Ics,
    ];

    /// The ending of the file, which also names the form.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ExportForm::Docx => "docx",
            ExportForm::Odt => "odt",
            ExportForm::Pdf => "pdf",
            ExportForm::Md => "md",
            ExportForm::Csv => "csv",
            ExportForm::Json => "json",
            ExportForm::Ics => "ics",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            ExportForm::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            ExportForm::Odt => "application/vnd.oasis.opendocument.text",
            ExportForm::Pdf => "application/pdf",
            ExportForm::Md => "text/markdown; charset=utf-8",
            ExportForm::Csv => "text/csv; charset=utf-8",
            ExportForm::Json => "application/json",
            ExportForm::Ics => "text/calendar; charset=utf-8",
        }
    }

    /// Whether it is prose, so that a note can have this form.
    #[must_use]
    pub fn is_prose(self) -> bool {
        matches!(
            self,
            ExportForm::Docx | ExportForm::Odt | ExportForm::Pdf | ExportForm::Md
        )
    }
}

impl FromStr for ExportForm {
    type Err = UnknownForm;

    fn from_str(word: &str) -> Result<ExportForm, UnknownForm> {
        ExportForm::ALL
            .into_iter()
            .find(|form| form.code() == word)
            .ok_or(UnknownForm)
    }
}

/// What to export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The form.
    pub form: ExportForm,
    /// Prose or a table.
    pub presentation: Presentation,
    /// Title of the overview.
    pub title: String,
    /// Which obligations; none means all that were not dismissed.
    pub only: Option<Vec<ObligationId>>,
}

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its form.
    pub form: ExportForm,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Application {
    /// Whether this installation makes PDF.
    #[must_use]
    pub fn can_set_pdf(&self) -> bool {
        self.typesetter.is_some()
    }

    /// The overview of a register.
    ///
    /// # Errors
    /// Fails when the actor may not, the database cannot be read or the file cannot be written.
    pub async fn export_obligations(
        &self,
        context: &Context,
        organisation: OrganisationId,
        export: Export,
    ) -> Result<ExportedFile, ApplicationError> {
        let mut obligations: Vec<Obligation> = self
            .obligations(context, organisation)
            .await?
            .into_iter()
            .map(|view| view.obligation)
            .collect();
        if let Some(only) = &export.only {
            obligations.retain(|obligation| only.contains(&obligation.id()));
        }
        let event = Event::ObligationsExported {
            organisation,
            n_exported: u32::try_from(obligations.len()).unwrap_or(u32::MAX),
        };
        self.audit_alone(context, event).await?;
        let (typesetter, today) = (self.typesetter.clone(), self.date_today());
        let form = export.form;
        let register = Register::of(obligations);
        self.written(form, move || {
            let Export {
                presentation,
                title,
                ..
            } = &export;
            let typesetter = typesetter.as_deref();
            write_overview(&register, (form, *presentation), title, today, typesetter)
        })
        .await
    }

    /// The note to the minister about one obligation.
    ///
    /// # Errors
    /// As [`Application::export_obligations`]; a note is prose.
    pub async fn export_note(
        &self,
        context: &Context,
        organisation: OrganisationId,
        id: ObligationId,
        form: ExportForm,
    ) -> Result<ExportedFile, ApplicationError> {
        let view = self.obligation(context, organisation, id).await?;
        let event = Event::ObligationsExported {
            organisation,
            n_exported: 1,
        };
        self.audit_alone(context, event).await?;
        let (typesetter, today) = (self.typesetter.clone(), self.date_today());
        self.written(form, move || {
            write_note(&view.obligation, form, today, typesetter.as_deref())
        })
        .await
    }

    /// Lets a file be written beside the threads that answer requests.
    async fn written(
        &self,
        form: ExportForm,
        write: impl FnOnce() -> Result<Vec<u8>, ApplicationError> + Send + 'static,
    ) -> Result<ExportedFile, ApplicationError> {
        let bytes = tokio::task::spawn_blocking(write)
            .await
            .map_err(|_| ApplicationError::Fault("writing a file failed"))??;
        Ok(ExportedFile { form, bytes })
    }

    /// The application with somebody who makes PDF.
    #[must_use]
    pub fn with_typesetter(self, typesetter: Arc<dyn Typesetter>) -> Application {
        Application {
            typesetter: Some(typesetter),
            ..self
        }
    }
}

/// The overview of a register as a file of this form; what was dismissed is left out.
///
/// # Errors
/// Fails when the file cannot be written; [`ApplicationError::NotFound`] for PDF without a
/// typesetter.
pub fn write_overview(
    register: &Register,
    (form, presentation): (ExportForm, Presentation),
    title: &str,
    made_on: Date,
    typesetter: Option<&dyn Typesetter>,
) -> Result<Vec<u8>, ApplicationError> {
    let kept: Vec<Obligation> = register
        .obligations()
        .filter(|obligation| !matches!(obligation.review(), Review::Dismissed { .. }))
        .cloned()
        .collect();
    let records: Vec<Record> = kept
        .iter()
        .enumerate()
        .map(|(index, obligation)| record(index + 1, obligation))
        .collect();
    match form {
        ExportForm::Csv => Ok(table::write_csv(&records)?.into_bytes()),
        ExportForm::Json => Ok(table::write_json(title, &records)?.into_bytes()),
        ExportForm::Ics => Ok(agenda::write(&Register::of(kept), made_on).into_bytes()),
        form => {
            let contents: Vec<RecordContent> = records.iter().map(Record::content).collect();
            let subtitle = headline(&contents, &[]);
            let composition = match presentation {
                Presentation::Prose => compose(title, &contents),
                Presentation::Table => tabulate(title, &kept),
            };
            document(&composition, &subtitle, form, made_on, typesetter)
        }
    }
}

/// The note to the minister about an obligation as a file of this form.
///
/// # Errors
/// As [`write_overview`]; [`ApplicationError::NotFound`] for a form that is no prose.
pub fn write_note(
    obligation: &Obligation,
    form: ExportForm,
    made_on: Date,
    typesetter: Option<&dyn Typesetter>,
) -> Result<Vec<u8>, ApplicationError> {
    document(&nota::compose(obligation), "", form, made_on, typesetter)
}

fn document(
    composition: &Composition,
    subtitle: &str,
    form: ExportForm,
    made_on: Date,
    typesetter: Option<&dyn Typesetter>,
) -> Result<Vec<u8>, ApplicationError> {
    match form {
        ExportForm::Docx => Ok(docx::write(composition)?),
        ExportForm::Odt => Ok(odt::write(composition)?),
        ExportForm::Md => Ok(markdown::write(composition).into_bytes()),
        ExportForm::Pdf => {
            let typesetter = typesetter.ok_or(ApplicationError::NotFound)?;
            let data = data(composition, subtitle, made_on);
            let is_table = |block: &Block| matches!(block, Block::Table(_));
            let template = if composition.blocks.iter().any(is_table) {
                PdfTemplate::Table
            } else {
                PdfTemplate::Prose
            };
            // The overview is a Dutch document whatever language the page has.
            Ok(typesetter.pdf(template, &data, Language::NL, made_on)?)
        }
        ExportForm::Csv | ExportForm::Json | ExportForm::Ics => Err(ApplicationError::NotFound),
    }
}

/// A composition as a template takes it; its first heading of level 1 becomes the title.
fn data(composition: &Composition, subtitle: &str, made_on: Date) -> Value {
    let mut title = None;
    let mut table = None;
    let mut blocks = Vec::new();
    for block in &composition.blocks {
        match block {
            Block::Heading { level: 1, text } if title.is_none() => title = Some(text.clone()),
            Block::Heading { level, text } => blocks.push(json!({
                "kind": "heading", "level": (*level).max(2), "text": text
            })),
            Block::Paragraph(text) => blocks.push(json!({ "kind": "paragraph", "text": text })),
            Block::Item(text) => blocks.push(json!({ "kind": "item", "text": text })),
            Block::Table(found) => table = Some(found),
        }
    }
    let notes: serde_json::Map<String, Value> = composition
        .notes
        .iter()
        .map(|(number, text)| (number.to_string(), json!(text)))
        .collect();
    let made = format!("Gemaakt op {}", iso(made_on));
    let subtitle = match subtitle {
        "" => made,
        words => format!("{words}. {made}."),
    };
    let mut out = json!({
        "title": title.unwrap_or_else(|| "Document".to_owned()),
        "subtitle": subtitle,
        "notice": "",
        "blocks": blocks,
        "notes": notes,
    });
    if let (Some(table), Some(out)) = (table, out.as_object_mut()) {
        let headings: Vec<&str> = table.columns.iter().map(|one| one.heading).collect();
        let shares: Vec<u16> = table.columns.iter().map(|one| one.share).collect();
        out.insert("columns".to_owned(), json!(headings));
        out.insert("shares".to_owned(), json!(shares));
        out.insert("rows".to_owned(), json!(table.rows));
    }
    out
}

/// The record as read while nobody corrected it, else what the register holds.
fn record(number: usize, obligation: &Obligation) -> Record {
    match obligation.origin() {
        Origin::Document {
            record: Some(record),
            ..
        } if record.content() == *obligation.content() => Record {
            number,
            ..(**record).clone()
        },
        _ => Record::from_content(number, obligation.content()),
    }
}
