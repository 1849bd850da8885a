//! Errors: dull, in the language of the person, the same shape everywhere.

use axum::http::{Method, StatusCode};

use crate::site::{get, get_in, with_method};

#[tokio::test]
async fn a_page_says_what_happened_in_the_language_of_the_person() {
    let cases = [
        ("nl", "ltr", "Wij vinden deze pagina niet"),
        ("uk", "ltr", "Ми не знаходимо цієї сторінки"),
        ("ar", "rtl", "لا نجد هذه الصفحة"),
    ];
    for (language, direction, title) in cases {
        let answer = get_in("/bestaat-niet", language).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(
            answer
                .body
                .contains(&format!("lang=\"{language}\" dir=\"{direction}\""))
        );
        assert!(answer.body.contains(&format!(
            "<h1 class=\"nl-heading nl-heading--level-1\">{title}</h1>"
        )));
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    let answer = with_method(Method::POST, "/beroepen").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET,HEAD");
    assert!(answer.body.contains("Dit kan hier niet"));
}

#[tokio::test]
async fn a_trailing_slash_leads_nowhere() {
    for address in ["/beroepen/", "/api/v1/occupations/", "/api/v1/"] {
        assert_eq!(
            get(address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn too_many_or_too_long_parameters_are_refused() {
    let many = format!("/wat-kan-ik?{}", "v=x&".repeat(300));
    assert_eq!(get(&many).await.status, StatusCode::BAD_REQUEST);
    let long = format!("/beroepen?zoek={}", "a".repeat(201));
    let answer = get(&long).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer
            .body
            .contains("Schrijf hoogstens \u{2068}200\u{2069} tekens")
    );
    assert!(answer.body.contains("aria-invalid=\"true\""));
}

#[tokio::test]
async fn nothing_that_was_typed_becomes_markup() {
    let hostile = "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%00%E2%80%AE%7B%7B7*7%7D%7D";
    let pages = [
        format!("/beroepen?zoek={hostile}"),
        format!("/vergelijken?van={hostile}&naar={hostile}"),
        format!("/wat-kan-ik?werk={hostile}&zoek={hostile}&v={hostile}&toon=1"),
        format!("/?zoek={hostile}&{hostile}={hostile}"),
        format!("/bestaat-niet?zoek={hostile}"),
    ];
    for address in pages {
        let answer = get(&address).await;
        assert!(!answer.body.contains("<img src=x"), "{address}");
        assert!(!answer.body.contains("49}}"), "{address}");
        assert!(!answer.body.contains('\0'), "{address}");
    }
    // As JSON the text stays inside a string.
    let answer = get(&format!("/api/v1/occupations?query=x&language={hostile}")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.json()["invalidParams"][0]["name"] == "language");
}
