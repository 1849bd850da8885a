//! In which language a request is answered.
//!
//! In this order: `?taal=` in the address (the choice just made, kept in a cookie), the cookie, the
//! languages the browser asks for, Dutch.

use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use domain::language::Language;

/// Name of the parameter that chooses a language.
pub(crate) const PARAMETER: &str = "taal";

/// Name of the cookie; the prefix makes browsers insist on `Secure`, `Path=/` and no domain.
const NAME: &str = "__Host-taal";

/// One year, in seconds.
const LIFE: u32 = 365 * 24 * 60 * 60;

/// The language of the answer, in the extensions of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerLanguage(pub(crate) Language);

/// Layer that settles the language and keeps a choice.
pub(crate) async fn settle(mut request: Request, next: Next) -> Response {
    let chosen = from_query(request.uri());
    let language = chosen
        .or_else(|| from_cookie(request.headers()))
        .or_else(|| from_browser(request.headers()))
        .unwrap_or(Language::NL);
    request.extensions_mut().insert(AnswerLanguage(language));
    let mut response = next.run(request).await;
    if let Some(language) = chosen {
        let cookie =
            format!("{NAME}={language}; Path=/; Max-Age={LIFE}; Secure; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

/// A language of the interface by its code.
pub(crate) fn interface_language(code: &str) -> Option<Language> {
    Language::interface().find(|language| language.code() == code)
}

fn from_query(uri: &Uri) -> Option<Language> {
    let pairs = uri.query()?.split('&');
    let value = pairs
        .filter_map(|pair| pair.strip_prefix(PARAMETER)?.strip_prefix('='))
        .next_back()?;
    interface_language(value)
}

fn from_cookie(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| interface_language(pair.trim().strip_prefix(NAME)?.strip_prefix('=')?))
}

/// The language with the highest weight that the interface has.
fn from_browser(headers: &HeaderMap) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    let values = headers.get_all(ACCEPT_LANGUAGE).iter();
    for item in values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
    {
        let mut parts = item.split(';').map(str::trim);
        let code = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        let primary = code.split('-').next().unwrap_or_default();
        if let Some(language) = interface_language(primary)
            && weight > 0.0
            && best.is_none_or(|(other, _)| weight > other)
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_asked_by_weight() {
        let of = |value: &'static str| {
            let value = HeaderValue::from_static(value);
            from_browser(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, value)])).map(Language::code)
        };
        assert_eq!(of("de, en;q=0.5, uk-UA;q=0.9"), Some("uk"));
        assert_eq!(of("fa-AF"), Some("fa"));
        assert_eq!(of("ar;q=0, de"), None);
    }

    #[test]
    fn the_last_choice_in_the_address_counts() {
        let of = |text: &'static str| from_query(&Uri::from_static(text)).map(Language::code);
        assert_eq!(of("/?taal=nl&zoek=kok&taal=ar"), Some("ar"));
        assert_eq!(of("/?taal=xx"), None);
        assert_eq!(of("/?betaal=nl"), None);
    }
}
