//! Bringing in a caseload from a file: looked at first, written after.
//!
//! The file is kept nowhere between the two: the page with the preview sends it again.

use std::collections::BTreeMap;

use application::{Duplicate, DuplicateBy, ImportDecision, ImportFault, ImportPreview, ImportRow};
use askama::Template;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::words;
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::site::SharedSite;

/// Most parts of a form: the file, and a decision for each line that may be a duplicate.
const MOST_PARTS: usize = 4000;

/// Name of the decision on a line, before its number.
const DECISION: &str = "regel-";

/// What was sent.
#[derive(Default)]
pub(super) struct Sent {
    file: Vec<u8>,
    /// Whether it is to be brought in now.
    is_decided: bool,
    decisions: BTreeMap<u64, ImportDecision>,
}

/// A line that can be brought in, in words.
struct Line {
    line: u64,
    name: String,
    number: String,
    phase: String,
    n_told: usize,
    n_tasks: usize,
    duplicates: Vec<String>,
}

/// A line that cannot, in words.
struct Fault {
    line: u64,
    column: String,
    reason: String,
}

/// What a file holds.
struct Preview {
    lines: Vec<Line>,
    faults: Vec<Fault>,
    content: String,
}

#[derive(Template)]
#[template(path = "pages/guiding/import.html")]
struct ImportPage {
    page: Page,
    preview: Option<Preview>,
    /// Lines brought in, and left out.
    done: Option<(usize, usize)>,
    problem: Option<String>,
}

impl FromRequest<SharedSite> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &SharedSite) -> Result<Sent, Failure> {
        let mut parts = Multipart::from_request(request, site)
            .await
            .map_err(|_| Failure::WrongType)?;
        let mut sent = Sent::default();
        let mut n_parts = 0;
        while let Some(part) = parts.next_field().await.map_err(too_large)? {
            n_parts += 1;
            if n_parts > MOST_PARTS {
                return Err(Failure::TooLarge);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(too_large)?;
            match name.as_str() {
                "bestand" | "inhoud" if !bytes.is_empty() => sent.file = bytes.to_vec(),
                "doe" => sent.is_decided = &bytes[..] == b"invoeren",
                _ => sent.decide(&name, &bytes),
            }
        }
        Ok(sent)
    }
}

impl Sent {
    fn decide(&mut self, name: &str, value: &[u8]) {
        let line = name
            .strip_prefix(DECISION)
            .and_then(|line| line.parse().ok());
        let Some(line) = line else { return };
        let decision = if value == b"toevoegen" {
            ImportDecision::Add
        } else {
            ImportDecision::Skip
        };
        self.decisions.insert(line, decision);
    }
}

fn too_large(error: MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Malformed,
    }
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    render(StatusCode::OK, page, None, None, None)
}

pub(super) async fn receive(page: Page, sent: Sent) -> Result<Response, Failure> {
    if sent.file.is_empty() {
        let is_asked_again = page.changes_language();
        let problem = (!is_asked_again).then(|| page.t("guiding-import-nothing"));
        let status = match problem {
            Some(_) => StatusCode::BAD_REQUEST,
            None => StatusCode::OK,
        };
        return render(status, page, None, None, problem);
    }
    let site = std::sync::Arc::clone(&page.site);
    let application = site.application()?;
    let context = page.context()?;
    if sent.is_decided && !page.changes_language() {
        let outcome = application
            .apply_import(context, &sent.file, &sent.decisions)
            .await?;
        let n_left = outcome.skipped.len() + outcome.faults.len();
        let done = Some((outcome.added.len(), n_left));
        return render(StatusCode::OK, page, None, done, None);
    }
    let found = application.preview_import(context, &sent.file).await?;
    let preview = preview(&page, found);
    render(StatusCode::OK, page, Some(preview), None, None)
}

fn preview(page: &Page, found: ImportPreview) -> Preview {
    let line = |row: &ImportRow| Line {
        line: row.line,
        name: words::full_name(&row.identity.name),
        number: row
            .case
            .bar
            .number
            .clone()
            .map_or_else(String::new, String::from),
        phase: words::name(page, "phase", row.case.bar.phase.code()),
        n_told: row.case.statements.len(),
        n_tasks: row.case.tasks.len(),
        duplicates: row.duplicates.iter().map(|d| duplicate(page, *d)).collect(),
    };
    let fault = |fault: &ImportFault| Fault {
        line: fault.line,
        column: fault.column.clone().unwrap_or_default(),
        reason: words::name(page, "import", fault.reason.code()),
    };
    Preview {
        lines: found.rows.iter().map(line).collect(),
        faults: found.faults.iter().map(fault).collect(),
        content: found.text,
    }
}

fn duplicate(page: &Page, duplicate: Duplicate) -> String {
    let (Duplicate::Known(_, by) | Duplicate::Line(_, by)) = duplicate;
    let by = page.t(match by {
        DuplicateBy::Email => "login-email",
        DuplicateBy::Phone => "guiding-phone",
        DuplicateBy::Number => "guiding-number",
        DuplicateBy::Name => "guiding-name",
    });
    match duplicate {
        Duplicate::Known(..) => page.tt("guiding-import-known", "what", by),
        Duplicate::Line(line, _) => {
            format!("{} ({line})", page.tt("guiding-import-twice", "what", by))
        }
    }
}

fn render(
    status: StatusCode,
    page: Page,
    preview: Option<Preview>,
    done: Option<(usize, usize)>,
    problem: Option<String>,
) -> Result<Response, Failure> {
    let template = ImportPage {
        page: page.with_posted_form(),
        preview,
        done,
        problem,
    };
    page::html(status, &template.page, &template)
}
