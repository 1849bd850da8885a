//! Headers on every route and every status; request forgery; caching.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};

use crate::site::{addresses, ask, ask_of, get, with_method, with_settings};

/// Exactly what must be on every response.
const EXPECTED: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
];

fn check(headers: &HeaderMap, what: &str) {
    for (name, value) in EXPECTED {
        let found: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(found, [value], "{what}: {name}");
    }
    assert!(headers.contains_key("x-request-id"), "{what}");
    assert!(!headers.contains_key("server"), "{what}");
}

#[tokio::test]
async fn headers_on_every_route() {
    for (_, address) in addresses().await {
        for method in [
            Method::GET,
            Method::HEAD,
            Method::OPTIONS,
            Method::POST,
            Method::TRACE,
        ] {
            let answer = with_method(method.clone(), &address).await;
            check(&answer.headers, &format!("{method} {address}"));
        }
    }
}

#[tokio::test]
async fn headers_on_every_status() {
    let cases = [
        ("/bestaat-niet", StatusCode::NOT_FOUND),
        ("/api/v1/nothing", StatusCode::NOT_FOUND),
        ("/beroepen/nothing", StatusCode::NOT_FOUND),
        ("/static/nothing.css", StatusCode::NOT_FOUND),
        ("/beroepen?zoek=%FF%FE", StatusCode::OK),
        ("/api/v1/compare", StatusCode::BAD_REQUEST),
    ];
    for (address, status) in cases {
        let answer = get(address).await;
        assert_eq!(answer.status, status, "{address}");
        check(&answer.headers, address);
    }
    let trace = with_method(Method::TRACE, "/").await;
    assert_eq!(trace.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_site_that_is_stopping_is_not_ready() {
    let site = with_settings(web::Settings::default());
    site.stop();
    let request = Request::get("/readyz")
        .body(Body::empty())
        .expect("a valid request");
    let answer = ask_of(web::router(site), request).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    check(&answer.headers, "readyz");
}

#[tokio::test]
async fn writing_from_another_site_is_refused() {
    let cases = [
        (
            Some(("sec-fetch-site", "cross-site")),
            StatusCode::FORBIDDEN,
        ),
        (Some(("sec-fetch-site", "same-site")), StatusCode::FORBIDDEN),
        (
            Some(("origin", "https://elsewhere.example")),
            StatusCode::FORBIDDEN,
        ),
        (Some(("origin", "null")), StatusCode::FORBIDDEN),
        // From the site itself the request passes this layer; there is nothing to write to yet.
        (
            Some(("sec-fetch-site", "same-origin")),
            StatusCode::METHOD_NOT_ALLOWED,
        ),
    ];
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for (header, status) in cases {
            let mut request = Request::builder().method(method.clone()).uri("/beroepen");
            request = request.header("host", "werkbrug.example");
            if let Some((name, value)) = header {
                request = request.header(name, value);
            }
            let answer = ask(request.body(Body::empty()).expect("a valid request")).await;
            assert_eq!(answer.status, status, "{method} {header:?}");
            check(&answer.headers, "csrf");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_big_is_refused() {
    let request = Request::post("/inloggen/code")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("content-length", "300000")
        .body(Body::from(vec![b'a'; 300_000]))
        .expect("a valid request");
    let answer = ask(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("Dit is te groot"));
}

#[tokio::test]
async fn pages_for_everybody_are_compressed_and_others_are_not() {
    let plain = get("/").await;
    assert_eq!(plain.header("content-encoding"), "");
    let asked = |path: &str| {
        let request = Request::get(path).header("accept-encoding", "gzip");
        request.body(Body::empty()).expect("a valid request")
    };
    let small = ask(asked("/")).await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.body.len() < plain.body.len() / 2);
    check(&small.headers, "compressed");
    // What is written for nobody's cache may hold something about somebody.
    let metrics = ask(asked("/readyz")).await;
    assert_eq!(metrics.header("content-encoding"), "");
    let problem = ask(asked("/bestaat-niet")).await;
    assert_eq!(problem.header("content-encoding"), "");
}

#[tokio::test]
async fn files_are_kept_for_ever_and_pages_are_checked() {
    let page = get("/").await;
    assert_eq!(page.header("cache-control"), "private, no-cache");
    assert_eq!(page.header("vary"), "Cookie, Accept-Language");
    let Some(start) = page.body.find("/static/app.") else {
        // Without built assets there is no file to ask for.
        assert!(page.body.contains("cargo xtask assets"));
        return;
    };
    let address: String = page.body[start..]
        .chars()
        .take_while(|c| *c != '"')
        .collect();
    for (accepts, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::get(&address).header("accept-encoding", accepts);
        let answer = ask(request.body(Body::empty()).expect("a valid request")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(answer.header("vary"), "Accept-Encoding");
    }
}

#[tokio::test]
async fn a_theme_is_a_file_after_the_style() {
    let theme = [(
        "--basis-color-accent-1-bg-default".to_owned(),
        "#fff4e0".to_owned(),
    )];
    let settings = web::Settings {
        organisation: Some("Gemeente <Voorbeeld>".to_owned()),
        theme: web::Theme::try_from(std::collections::BTreeMap::from(theme))
            .expect("a valid theme"),
        ..web::Settings::default()
    };
    let site = with_settings(settings);
    let ask = |path: String| {
        let request = Request::get(path)
            .body(Body::empty())
            .expect("a valid request");
        ask_of(web::router(std::sync::Arc::clone(&site)), request)
    };
    let page = ask("/".to_owned()).await.body;
    assert!(
        page.contains("Gemeente &#60;Voorbeeld&#62;"),
        "the name is escaped"
    );
    if let Some(start) = page.find("/static/theme.") {
        let address: String = page[start..].chars().take_while(|c| *c != '"').collect();
        let css = ask(address).await;
        assert_eq!(
            css.body,
            ".wb-theme.wb-theme{--basis-color-accent-1-bg-default:#fff4e0;}"
        );
        assert!(css.header("content-type").starts_with("text/css"));
    } else {
        assert!(page.contains("cargo xtask assets"));
    }
}
