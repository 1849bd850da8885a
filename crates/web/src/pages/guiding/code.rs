//! The login code on paper, shown once, with what to do in Dutch and in the person's language.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;

use super::desk::Desk;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Texts on the paper, in order.
const STEPS: [&str; 4] = [
    "guiding-paper-site",
    "guiding-paper-code",
    "guiding-paper-once",
    "guiding-paper-lost",
];

/// The instructions in one language.
struct Instructions {
    language: Language,
    title: String,
    steps: Vec<String>,
}

/// A code, shown once.
struct Paper {
    code: String,
    until: String,
    instructions: Vec<Instructions>,
}

#[derive(Template)]
#[template(path = "pages/guiding/code.html")]
struct CodePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    paper: Option<Paper>,
}

pub(super) async fn show(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let desk = Desk::open(&page, &id).await?;
    render(page, desk, None)
}

pub(super) async fn receive(
    page: Page,
    Path(id): Path<String>,
    _form: Posted,
) -> Result<Response, Failure> {
    let desk = Desk::open(&page, &id).await?;
    if page.changes_language() {
        return render(page, desk, None);
    }
    let application = page.site.application()?;
    let issued = application
        .issue_login_code(page.context()?, desk.view.person)
        .await?;
    let own = desk.own_language();
    let languages = [Some(Language::NL), own];
    let paper = Paper {
        code: issued.code.reveal().to_owned(),
        until: page.moment(issued.expires_at),
        instructions: languages
            .into_iter()
            .flatten()
            .map(|language| instructions(&page, language))
            .collect(),
    };
    render(page, desk, Some(paper))
}

fn instructions(page: &Page, language: Language) -> Instructions {
    let text = |key: &str| page.site.messages.text(language, key, &[]);
    Instructions {
        language,
        title: text("guiding-paper-title"),
        steps: STEPS.iter().map(|key| text(key)).collect(),
    }
}

fn render(page: Page, desk: Desk, paper: Option<Paper>) -> Result<Response, Failure> {
    let template = CodePage {
        page,
        section: "guiding-tab-code",
        desk,
        paper,
    };
    // A code must not stay in the cache of a browser; `html` sees to it for whoever is logged in.
    page::html(StatusCode::OK, &template.page, &template)
}
