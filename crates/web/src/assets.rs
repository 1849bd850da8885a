//! Static files, built into the program with their compressed copies.
//!
//! Every file has a hash in its name, so a browser may keep it for ever.

use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;
use crate::site::SharedSite;

/// Command that builds the files.
pub(crate) const COMMAND: &str = "cargo xtask assets";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A file of `ui/dist`.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Name without the hash.
    name: &'static str,
    /// Name in addresses.
    file: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Whether the files have been built into this program.
pub(crate) fn are_built() -> bool {
    !ASSETS.is_empty()
}

/// Address of a file by its name without the hash; `None` when it has not been built.
pub(crate) fn address(name: &str) -> Option<String> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    Some(format!("/static/{}", asset.file))
}

/// `GET /static/{file}`.
pub(crate) async fn file(
    State(site): State<SharedSite>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(theme) = site.themes.named(&file) {
        let about = [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("text/css; charset=utf-8"),
            ),
            (CACHE_CONTROL, FOR_EVER),
        ];
        return Ok((about, theme.css.clone()).into_response());
    }
    let asset = ASSETS.iter().find(|asset| asset.file == file);
    Ok(respond(asset.ok_or(Failure::NotFound)?, &headers, FOR_EVER))
}

/// `GET /service-worker.js`: at the root, because it may only look after what is below it.
pub(crate) async fn service_worker(headers: HeaderMap) -> Result<Response, Failure> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == "service-worker.js");
    let fresh = HeaderValue::from_static("no-cache");
    Ok(respond(asset.ok_or(Failure::NotFound)?, &headers, fresh))
}

fn respond(asset: &'static Asset, headers: &HeaderMap, cache: HeaderValue) -> Response {
    let (bytes, encoding) = match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if accepts(headers, "br") => (bytes, Some("br")),
        (_, Some(bytes)) if accepts(headers, "gzip") => (bytes, Some("gzip")),
        _ => (asset.bytes, None),
    };
    let mut response = (StatusCode::OK, bytes).into_response();
    let mut set = |name: HeaderName, value: HeaderValue| response.headers_mut().insert(name, value);
    set(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    set(CACHE_CONTROL, cache);
    set(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the client takes an encoding: named, and not with weight zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts.next() == Some(encoding)
                && !parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_read_with_their_weights() {
        let headers = |value: &'static str| {
            HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))])
        };
        assert!(accepts(&headers("gzip, br;q=0.9"), "br"));
        assert!(!accepts(&headers("gzip, br;q=0"), "br"));
        assert!(!accepts(&headers("gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }
}
