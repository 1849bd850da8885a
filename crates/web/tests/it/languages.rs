//! Every page in every language; how the language is chosen and kept.

use axum::body::Body;
use axum::http::Request;
use domain::language::Language;
use web::{Access, Surface};

use crate::site::{addresses, ask, get, get_in, occupation};

#[tokio::test]
async fn every_page_renders_in_every_language() {
    let (cook, baker) = (occupation("kok").await, occupation("bakker").await);
    let mut pages: Vec<String> = addresses()
        .await
        .into_iter()
        .filter(|(route, _)| {
            route.surface == Surface::Page
                && route.method == "GET"
                && route.access == Access::Public
        })
        .map(|(_, address)| address)
        .collect();
    assert!(pages.len() >= 10);
    pages.extend([
        "/beroepen?zoek=kok".to_owned(),
        "/beroepen?zoek=qqqqqq".to_owned(),
        "/beroepen?sector=care".to_owned(),
        format!("/vergelijken?van={cook}&naar={baker}"),
        format!("/vergelijken?van={cook}&naar={cook}"),
        "/vergelijken?van=qqqqqq&naar=".to_owned(),
        format!("/wat-kan-ik?werk={cook}&zoek=koken"),
        "/wat-kan-ik?v=run-household&v=raise-children&toon=1".to_owned(),
        "/wat-kan-ik?werk=qqqqqq&zoek=qqqqqq&toon=1".to_owned(),
        "/bestaat-niet".to_owned(),
    ]);
    for address in pages {
        for language in Language::interface() {
            let answer = get_in(&address, language.code()).await;
            let what = format!("{address} in {language}");
            assert!(answer.status.is_success() || answer.status == 404, "{what}");
            assert_eq!(answer.header("content-language"), language.code(), "{what}");
            assert!(!answer.body.contains('⟦'), "{what}: a message is missing");
            let title = answer
                .body
                .split("<title>")
                .nth(1)
                .and_then(|t| t.split('<').next());
            let title = title.unwrap_or_default();
            assert!(title.len() > " – Werkbrug".len(), "{what}: {title}");
            assert!(!title.contains(['\u{2068}', '\u{2069}']), "{what}: {title}");
            for forbidden in [" style=", "<style", "onclick=", "javascript:"] {
                assert!(!answer.body.contains(forbidden), "{what}: {forbidden}");
            }
        }
    }
}

#[tokio::test]
async fn the_choice_is_kept_in_one_safe_cookie() {
    let answer = get_in("/?taal=ti", "nl").await;
    assert_eq!(
        answer.header("set-cookie"),
        "__Host-taal=ti; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax"
    );
    assert_eq!(answer.header("content-language"), "ti");
    let request = Request::get("/")
        .header("cookie", "other=1; __Host-taal=fa")
        .header("accept-language", "nl");
    let answer = ask(request.body(Body::empty()).expect("a valid request")).await;
    assert_eq!(answer.header("content-language"), "fa");
    assert_eq!(
        answer.header("set-cookie"),
        "",
        "a cookie is only set for a choice"
    );
    // A language that does not exist is no choice.
    let answer = get("/?taal=xx%0d%0aset-cookie:a=b").await;
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn what_was_typed_survives_a_change_of_language() {
    let page = get("/vergelijken?van=kok&naar=xyzzy").await.body;
    // The picker's buttons send the main form of the page, to the page itself.
    assert_eq!(
        page.matches("form=\"vergelijken\" formaction=\"/vergelijken\"")
            .count(),
        7
    );
    assert!(page.contains("name=\"naar\" type=\"text\""));
    assert!(page.contains("value=\"xyzzy\""));
    // A page without a form of its own keeps its parameters as hidden fields.
    let page = get("/privacy?a=1&taal=nl").await.body;
    assert!(page.contains("<input type=\"hidden\" name=\"a\" value=\"1\">"));
    assert!(!page.contains("name=\"taal\" value=\"nl\"><"));
}

#[tokio::test]
async fn drafts_are_marked_and_the_source_is_not() {
    assert!(
        get_in("/", "uk")
            .await
            .body
            .contains("Цей переклад ще не перевірено.")
    );
    assert!(!get("/").await.body.contains("wb-draft"));
}
