//! The keys that work faster: what each does, and whether they are on.
//!
//! Single keys must be switchable (WCAG 2.2, 2.1.4). Whether they are off is kept in a cookie of
//! this browser, because it is about a keyboard and no matter of the account.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};
use crate::visitor::{self, Keys};

/// Each key or pair of keys, with what it does.
const KEYS: [(&[&str], &str); 8] = [
    (&["/"], "guiding-keys-search"),
    (&["j"], "guiding-keys-row-down"),
    (&["k"], "guiding-keys-row-up"),
    (&["Enter"], "guiding-keys-open"),
    (&["n"], "guiding-keys-note"),
    (&["g", "v"], "guiding-keys-today"),
    (&["g", "m"], "guiding-keys-people"),
    (&["?"], "guiding-keys-help"),
];

#[derive(Template)]
#[template(path = "pages/guiding/keys.html")]
struct KeysPage {
    page: Page,
    keys: &'static [(&'static [&'static str], &'static str)],
}

/// `GET /toetsen`.
pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    let template = KeysPage { page, keys: &KEYS };
    page::html(StatusCode::OK, &template.page, &template)
}

/// `POST /toetsen`: turns the keys on or off in this browser.
pub(super) async fn turn(_page: Page, form: Posted) -> Result<Response, Failure> {
    let turn = match form.value("toetsen").as_deref() {
        Some("uit") => Keys::Off,
        Some("aan") => Keys::On,
        _ => return Err(Failure::Malformed),
    };
    let mut answer = Redirect::to("/toetsen").into_response();
    visitor::turn_keys(answer.headers_mut(), turn);
    Ok(answer)
}
