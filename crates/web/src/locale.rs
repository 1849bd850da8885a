//! In which language a request is answered.
//!
//! In this order: `?taal=` in the address (the choice just made, kept in a cookie), the cookie, the
//! languages the browser asks for, Dutch.
//!
//! A second language can stand beside it (`?naast=`), for two people at one screen; it is kept in
//! the same cookie: `ar.nl` is Arabic with Dutch beside it.

use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use domain::language::Language;

/// Name of the parameter that chooses a language.
pub(crate) const PARAMETER: &str = "taal";

/// Name of the parameter that puts a language beside it, or takes it away.
pub(crate) const BESIDE: &str = "naast";

/// Value of [`BESIDE`] that takes the second language away.
pub(crate) const NO_LANGUAGE: &str = "uit";

/// Name of the cookie; the prefix makes browsers insist on `Secure`, `Path=/` and no domain.
const NAME: &str = "__Host-taal";

/// One year, in seconds.
const LIFE: u32 = 365 * 24 * 60 * 60;

/// The language of the answer, in the extensions of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerLanguage(pub(crate) Language);

/// The language beside it, in the extensions of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BesideLanguage(pub(crate) Language);

/// Layer that settles the languages and keeps a choice.
pub(crate) async fn settle(mut request: Request, next: Next) -> Response {
    let chosen = from_query(request.uri());
    let (kept, kept_beside) = from_cookie(request.headers()).unzip();
    let language = chosen
        .or(kept)
        .or_else(|| from_browser(request.headers()))
        .unwrap_or(Language::NL);
    let asked = parameter(request.uri(), BESIDE);
    let is_chosen = chosen.is_some() || asked == Some(NO_LANGUAGE);
    let asked_beside = asked.and_then(interface_language);
    let is_chosen = is_chosen || asked_beside.is_some();
    let beside = match asked {
        Some(NO_LANGUAGE) => None,
        _ => asked_beside.or(kept_beside.flatten()),
    };
    request.extensions_mut().insert(AnswerLanguage(language));
    if let Some(beside) = beside {
        request.extensions_mut().insert(BesideLanguage(beside));
    }
    let mut response = next.run(request).await;
    if is_chosen {
        let beside = beside.map(|beside| format!(".{beside}"));
        let cookie = format!(
            "{NAME}={language}{}; Path=/; Max-Age={LIFE}; Secure; HttpOnly; SameSite=Lax",
            beside.unwrap_or_default()
        );
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
    interface_language(parameter(uri, PARAMETER)?)
}

/// The last value of a parameter.
fn parameter<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pairs = uri.query()?.split('&');
    pairs
        .filter_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .next_back()
}

/// The language of the cookie, and the one beside it.
fn from_cookie(headers: &HeaderMap) -> Option<(Language, Option<Language>)> {
    let cookies = headers.get_all(COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let value = pair.trim().strip_prefix(NAME)?.strip_prefix('=')?;
            let (language, beside) = value.split_once('.').unwrap_or((value, ""));
            Some((interface_language(language)?, interface_language(beside)))
        })
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
    fn a_cookie_holds_one_language_or_two() {
        let of = |value: &'static str| {
            let value = HeaderValue::from_static(value);
            from_cookie(&HeaderMap::from_iter([(COOKIE, value)]))
        };
        assert_eq!(of("__Host-taal=ar"), Some((Language::AR, None)));
        assert_eq!(
            of("x=1; __Host-taal=ar.nl"),
            Some((Language::AR, Some(Language::NL)))
        );
        assert_eq!(of("__Host-taal=ar.xx"), Some((Language::AR, None)));
        assert_eq!(of("__Host-taal=.nl"), None);
    }

    #[test]
    fn the_last_choice_in_the_address_counts() {
        let of = |text: &'static str| from_query(&Uri::from_static(text)).map(Language::code);
        assert_eq!(of("/?taal=nl&zoek=kok&taal=ar"), Some("ar"));
        assert_eq!(of("/?taal=xx"), None);
        assert_eq!(of("/?betaal=nl"), None);
    }
}
