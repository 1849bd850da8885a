//! Bringing a story in from a file: looked at first, used after a yes.

use application::cv::{Cv, CvPart};
use application::profiles::{
    EntryReason, LARGEST_PROFILE, ProfileForm, ProfilePreview, ProfilePreviewError,
};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::cv::{self, Section};
use crate::failure::Failure;
use crate::page::{self, Page};
use crate::upload::Uploaded;

/// What would be used.
struct Preview {
    sections: Vec<Section>,
    /// What is left out: where, and why.
    left_out: Vec<(String, String)>,
    /// Words for skills that the catalogue does not have.
    unlinked: Vec<String>,
    /// Whether it takes the place of what was told before.
    replaces: bool,
    /// The profile in the own form, to be sent again with the yes.
    content: String,
    version: i64,
}

#[derive(Template)]
#[template(path = "pages/newcomer/bring.html")]
struct BringPage {
    page: Page,
    problem: Option<String>,
    preview: Option<Preview>,
    megabytes: usize,
}

/// `GET /mijn/meebrengen`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    render(StatusCode::OK, page, None, None)
}

/// `POST /mijn/meebrengen`.
pub(super) async fn receive(page: Page, form: Uploaded) -> Result<Response, Failure> {
    let person = super::acting(&page)?;
    let site = std::sync::Arc::clone(&page.site);
    let app = site.application()?;
    let context = *page.context()?;
    let agreed = form.bytes("inhoud");
    let Some(file) = agreed.or_else(|| form.bytes("bestand")) else {
        if page.changes_language() {
            return render(StatusCode::OK, page, None, None);
        }
        let problem = page.t("my-bring-missing");
        return render(StatusCode::BAD_REQUEST, page, Some(problem), None);
    };
    let preview = match app.preview_profile(&context, person, file).await {
        Ok(preview) => preview,
        Err(ProfilePreviewError::Application(error)) => return Err(error.into()),
        Err(ProfilePreviewError::File(_)) => {
            let problem = page.t("my-bring-unreadable");
            return render(StatusCode::BAD_REQUEST, page, Some(problem), None);
        }
    };
    if form.has("gebruiken") && agreed.is_some() && !page.changes_language() {
        let version = form.bytes("versie").map(String::from_utf8_lossy);
        let version = version.and_then(|text| text.parse().ok());
        let version = version.ok_or(Failure::Malformed)?;
        app.save_profile(&context, person, version, &preview.profile)
            .await?;
        return Ok(Redirect::to("/mijn/verhaal").into_response());
    }
    let content = app.profile_file(&preview.profile)?;
    let preview = shown(&page, preview, content);
    render(StatusCode::OK, page, None, Some(preview))
}

fn shown(page: &Page, preview: ProfilePreview, content: String) -> Preview {
    let left_out = preview.faults.iter().map(|fault| {
        let reason = match fault.reason {
            EntryReason::UnknownField | EntryReason::Form => "my-bring-form",
            EntryReason::NoTitle => "my-bring-no-title",
            EntryReason::LevelMissing => "my-bring-no-level",
            EntryReason::UnknownLanguage => "my-bring-language",
            EntryReason::Limit(_) => "my-bring-limit",
        };
        (place(page, &fault.entry), page.t(reason))
    });
    let parts = CvPart::ALL.into_iter().collect();
    Preview {
        left_out: left_out.collect(),
        unlinked: preview.unlinked,
        replaces: preview.replaces && preview.form == ProfileForm::Own,
        version: preview.version,
        sections: cv::told(page, &Cv::of(preview.profile, &parts)),
        content,
    }
}

/// Where in the file an entry stands, as in `work/2`, in words.
fn place(page: &Page, entry: &str) -> String {
    let mut parts = entry.split('/');
    let key = match parts.next() {
        Some("work") => "my-cv-work",
        Some("school") => "my-cv-school",
        Some("languages") => "my-cv-languages",
        Some("licences") => "my-cv-licences",
        Some("skills") => "my-cv-skills",
        _ => "my-along-file",
    };
    match parts.next() {
        Some(number) => format!("{} {number}", page.t(key)),
        None => page.t(key),
    }
}

fn render(
    status: StatusCode,
    page: Page,
    problem: Option<String>,
    preview: Option<Preview>,
) -> Result<Response, Failure> {
    let template = BringPage {
        problem,
        preview,
        megabytes: LARGEST_PROFILE / 1024 / 1024,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
