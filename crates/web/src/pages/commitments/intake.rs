//! Documents: taking one in, and what was read from it with its slips.

use application::ApplicationError;
use application::obligations::{NewDocument, ObligationView, ReadingWay, SourceView};
use askama::Template;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use commitments::calendar::parse_iso;
use commitments::overview::headline;
use commitments::place::Span;
use commitments::record::RecordContent;
use commitments::register::{Origin, Review};
use commitments::wording;
use domain::id::SourceId;
use exchange::Refusal;

use super::source_text::{Passage, Piece, pieces};
use super::{acting, who};
use crate::failure::Failure;
use crate::page::{self, Page, cleaned};
use crate::site::SharedSite;

/// Most files that are sent at once.
const MOST_FILES: usize = 50;

/// Most of a text that the page of a document shows, in bytes.
const MOST_SHOWN: usize = 400_000;

/// Most earlier versions that are looked through for the proposals of a document.
const MOST_EARLIER: usize = 20;

/// Word for pages of the open data of the Chamber, beside those of [`ReadingWay`].
const CHAMBER: &str = "chamber";

/// What was sent with the form.
#[derive(Default)]
pub(super) struct Sent {
    files: Vec<(String, Vec<u8>)>,
    text: String,
    date: String,
    way: String,
}

#[derive(Template)]
#[template(path = "pages/commitments/intake.html")]
struct IntakePage {
    page: Page,
    text: String,
    date: String,
    way: String,
    problem: Option<String>,
    /// Why a file was refused, in English as programs say it.
    reason: Option<String>,
}

impl IntakePage {
    fn answer(
        page: Page,
        sent: &Sent,
        status: StatusCode,
        problem: Option<(String, Option<String>)>,
    ) -> Result<Response, Failure> {
        let (problem, reason) = problem.unzip();
        let template = IntakePage {
            page: page.with_posted_form(),
            text: sent.text.clone(),
            date: sent.date.clone(),
            way: sent.way.clone(),
            problem,
            reason: reason.flatten(),
        };
        page::html(status, &template.page, &template)
    }
}

impl FromRequest<SharedSite> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &SharedSite) -> Result<Sent, Failure> {
        let mut parts = Multipart::from_request(request, site)
            .await
            .map_err(|_| Failure::WrongType)?;
        let mut sent = Sent::default();
        while let Some(part) = parts.next_field().await.map_err(too_large)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(cleaned);
            match (name.as_str(), file_name) {
                ("bestand", Some(file_name)) => {
                    let bytes = part.bytes().await.map_err(too_large)?;
                    if !bytes.is_empty() {
                        sent.files.push((file_name, bytes.to_vec()));
                    }
                }
                ("tekst", _) => sent.text = part.text().await.map_err(too_large)?,
                ("datum", _) => sent.date = cleaned(&part.text().await.map_err(too_large)?),
                ("wijze", _) => sent.way = cleaned(&part.text().await.map_err(too_large)?),
                _ => {}
            }
            if sent.files.len() > MOST_FILES {
                return Err(Failure::TooLarge);
            }
        }
        Ok(sent)
    }
}

fn too_large(error: MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Malformed,
    }
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    IntakePage::answer(page, &Sent::default(), StatusCode::OK, None)
}

pub(super) async fn receive(page: Page, mut sent: Sent) -> Result<Response, Failure> {
    if page.changes_language() {
        return IntakePage::answer(page, &sent, StatusCode::OK, None);
    }
    let wrong = |page: Page, sent: &Sent, key: &str| {
        let problem = page.t(key);
        IntakePage::answer(page, sent, StatusCode::BAD_REQUEST, Some((problem, None)))
    };
    let date = match sent.date.as_str() {
        "" => None,
        text => match parse_iso(text) {
            Ok(day) => Some(day),
            Err(_) => return wrong(page, &sent, "cm-date-wrong"),
        },
    };
    let mut files = std::mem::take(&mut sent.files);
    if files.is_empty() && !sent.text.trim().is_empty() {
        files.push(("tekst.txt".to_owned(), sent.text.clone().into_bytes()));
    }
    if files.is_empty() {
        return wrong(page, &sent, "cm-intake-nothing");
    }
    let taken = if sent.way == CHAMBER {
        take_chamber(&page, &files).await
    } else {
        let way = ReadingWay::of(&sent.way).unwrap_or_default();
        let documents = files.into_iter().map(|(name, bytes)| NewDocument {
            name,
            bytes,
            date,
            way,
        });
        take_documents(&page, documents.collect()).await
    };
    match taken {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(ApplicationError::Document(refusal)) => {
            let problem = (page.t(refused(&refusal)), Some(refusal.to_string()));
            IntakePage::answer(page, &sent, StatusCode::BAD_REQUEST, Some(problem))
        }
        Err(ApplicationError::Chamber(error)) => {
            let problem = (page.t("cm-intake-refused"), Some(error.to_string()));
            IntakePage::answer(page, &sent, StatusCode::BAD_REQUEST, Some(problem))
        }
        Err(ApplicationError::Invalid(_)) => wrong(page, &sent, "cm-intake-name"),
        Err(error) => Err(error.into()),
    }
}

/// The sentence for a refused file: what the person can do about it, if anything.
fn refused(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::TooBig { .. } | Refusal::TooManyPages(_) | Refusal::TooManyParts(_) => {
            "cm-file-too-big"
        }
        Refusal::Locked | Refusal::LockedPdf | Refusal::Encrypted(_) => "cm-file-locked",
        Refusal::OnlyPictures(_) => "cm-file-pictures",
        Refusal::OldKind | Refusal::UnknownKind(_) => "cm-file-kind",
        Refusal::NotText => "cm-file-encoding",
        _ => "cm-intake-refused",
    }
}

async fn take_documents(
    page: &Page,
    documents: Vec<NewDocument>,
) -> Result<String, ApplicationError> {
    let (application, staff) = acting(page).map_err(|_| ApplicationError::NotFound)?;
    let context = page.context().map_err(|_| ApplicationError::NotFound)?;
    let mut last = None;
    let n = documents.len();
    for document in documents {
        let taken = application
            .take_document(context, staff.organisation, document)
            .await?;
        last = Some(taken.source);
    }
    let last = match last {
        Some(source) if n == 1 => Some(where_read(page, source).await?),
        _ => None,
    };
    Ok(match last {
        Some(source) => format!("/toezeggingen/bron/{source}"),
        None => "/toezeggingen?welke=voorstellen".to_owned(),
    })
}

/// The document whose page holds the proposals. The same file sent again gives none of its own:
/// they stay with the earlier one.
async fn where_read(page: &Page, taken: SourceId) -> Result<SourceId, ApplicationError> {
    let (application, staff) = acting(page).map_err(|_| ApplicationError::NotFound)?;
    let context = page.context().map_err(|_| ApplicationError::NotFound)?;
    let mut source = taken;
    for _ in 0..MOST_EARLIER {
        let view = application
            .commitment_source(context, staff.organisation, source)
            .await?;
        match view.version_of {
            Some(earlier) if view.obligations.is_empty() => source = earlier.id,
            _ => break,
        }
    }
    Ok(source)
}

async fn take_chamber(
    page: &Page,
    files: &[(String, Vec<u8>)],
) -> Result<String, ApplicationError> {
    let (application, staff) = acting(page).map_err(|_| ApplicationError::NotFound)?;
    let context = page.context().map_err(|_| ApplicationError::NotFound)?;
    let pages: Vec<String> = files
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    application
        .import_chamber(context, staff.organisation, &pages)
        .await?;
    Ok("/toezeggingen?welke=voorstellen".to_owned())
}

struct Proposal {
    number: u32,
    kind: &'static str,
    who: String,
    ask: String,
    review: &'static str,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "pages/commitments/source.html")]
struct SourcePage {
    page: Page,
    name: String,
    date: Option<String>,
    version_of: Option<(String, String)>,
    headline: String,
    proposals: Vec<Proposal>,
    findings: Vec<(String, String)>,
    pieces: Vec<Piece>,
    is_cut: bool,
}

/// A document with its proposals and findings; the passages are marked in its text.
pub(super) async fn source(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: SourceId = id.parse().map_err(|_| Failure::NotFound)?;
    let (application, staff) = acting(&page)?;
    let view = application
        .commitment_source(page.context()?, staff.organisation, id)
        .await?;
    let text = &view.document.text;
    let (passages, findings) = marks(&page, &view);
    let mut end = text.len().min(MOST_SHOWN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let contents: Vec<RecordContent> = view
        .obligations
        .iter()
        .map(|one| one.obligation.content().clone())
        .collect();
    let template = SourcePage {
        name: view.document.name.clone(),
        date: view.document.date.day().map(|day| page.date(day)),
        version_of: view
            .version_of
            .map(|earlier| (earlier.id.to_string(), earlier.name)),
        headline: headline(&contents, &[]),
        proposals: view.obligations.iter().map(proposal).collect(),
        findings,
        pieces: pieces(text, Span::new(0, end), &passages),
        is_cut: end < text.len(),
        page,
    };
    page::html(StatusCode::OK, &template.page, &template)
}

fn proposal(view: &ObligationView) -> Proposal {
    let obligation = &view.obligation;
    Proposal {
        number: obligation.id().number(),
        kind: wording::kind(obligation.content().kind),
        who: who(obligation.content()),
        ask: obligation.content().ask.words.clone(),
        review: wording::review(obligation.review()),
        is_open: *obligation.review() == Review::Proposed,
    }
}

/// What to mark in the text, and the findings as sentences with their anchors.
fn marks(page: &Page, view: &SourceView) -> (Vec<Passage>, Vec<(String, String)>) {
    let mut passages: Vec<Passage> = view
        .obligations
        .iter()
        .filter_map(|one| match one.obligation.origin() {
            Origin::Document { span, .. } => Some(Passage {
                span: *span,
                label: one.obligation.id().to_string(),
                anchor: format!("nr-{}", one.obligation.id()),
            }),
            Origin::Chamber { .. } => None,
        })
        .collect();
    let mut findings = Vec::new();
    for (index, finding) in view.findings.iter().enumerate() {
        let anchor = format!("let-op-{index}");
        findings.push((wording::finding(finding), anchor.clone()));
        passages.push(Passage {
            span: finding.span,
            label: page.t("cm-check"),
            anchor,
        });
    }
    (passages, findings)
}
