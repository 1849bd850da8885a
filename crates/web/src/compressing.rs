//! Which answers are compressed on their way.
//!
//! The size of a compressed answer tells something about its content to whoever can put words into
//! it and see its length (BREACH, Gluck, Harris and Prado 2013). So nothing is compressed that only
//! somebody who is logged in sees; that carries `no-store`. Static files are built in compressed.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, StatusCode, Version};

/// Whether an answer with these headers is one for everybody, and text.
pub(crate) fn may_compress(
    status: StatusCode,
    _: Version,
    headers: &HeaderMap,
    _: &Extensions,
) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_for_all = value(CACHE_CONTROL).is_some_and(|how| !how.contains("no-store"));
    let is_text = value(CONTENT_TYPE).is_some_and(|kind| {
        ["text/html", "application/json"]
            .iter()
            .any(|text| kind.starts_with(text))
    });
    status == StatusCode::OK && is_for_all && is_text
}
