//! Answers that the browser keeps as a file.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Media type of PDF.
pub(crate) const PDF: &str = "application/pdf";

/// Media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file about people, which no cache keeps; `name` is made of our own letters, digits and signs.
pub(crate) fn attachment(
    content: impl Into<Body>,
    media_type: &'static str,
    name: &str,
) -> Response {
    let mut response = content.into().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A name with other signs is left to the browser.
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}
