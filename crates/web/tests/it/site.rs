//! A site over the starter catalogue, and how tests ask it something.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::{Settings, Site};

/// A response with its body read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// A header as text; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// The site that most tests share.
pub(crate) fn site() -> Arc<Site> {
    static SITE: OnceLock<Arc<Site>> = OnceLock::new();
    Arc::clone(SITE.get_or_init(|| with_settings(Settings::default())))
}

/// A site with settings.
pub(crate) fn with_settings(settings: Settings) -> Arc<Site> {
    let catalogue = taxonomy::starter::catalogue().expect("the starter catalogue is whole");
    Arc::new(Site::new(catalogue, settings).expect("the texts are whole"))
}

/// `GET` in a language that the browser asks for.
pub(crate) async fn get_in(path: &str, language: &str) -> Answer {
    let request = Request::get(path).header("accept-language", language);
    ask(request.body(Body::empty()).expect("a valid request")).await
}

/// `GET` in Dutch.
pub(crate) async fn get(path: &str) -> Answer {
    get_in(path, "nl").await
}

/// A request with a method and no body.
pub(crate) async fn with_method(method: Method, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path);
    ask(request.body(Body::empty()).expect("a valid request")).await
}

/// Sends a request to the shared site.
pub(crate) async fn ask(request: Request<Body>) -> Answer {
    ask_of(web::router(site()), request).await
}

/// Sends a request to a service.
pub(crate) async fn ask_of(service: Router, request: Request<Body>) -> Answer {
    let response = service
        .oneshot(request)
        .await
        .expect("the service never fails");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("the body is whole").to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// The media type and the bytes of an answer that is no text.
pub(crate) async fn bytes_of(service: Router, request: Request<Body>) -> (String, Vec<u8>) {
    let response = service
        .oneshot(request)
        .await
        .expect("the service never fails");
    let (parts, body) = response.into_parts();
    let kind = parts.headers.get("content-type").map(|kind| kind.to_str());
    let kind = kind.and_then(Result::ok).unwrap_or_default().to_owned();
    let bytes = body.collect().await.expect("the body is whole").to_bytes();
    (kind, bytes.to_vec())
}

/// Short name of the occupation with a Dutch name.
pub(crate) async fn occupation(name: &str) -> String {
    let answer = get(&format!("/api/v1/occupations?language=nl&query={name}")).await;
    answer.json()["occupations"][0]["id"]
        .as_str()
        .expect("the occupation is in the starter catalogue")
        .to_owned()
}

/// An address for every declared route, with real values for its parameters.
pub(crate) async fn addresses() -> Vec<(web::DeclaredRoute, String)> {
    let cook = occupation("kok").await;
    web::declared_routes()
        .into_iter()
        .map(|route| {
            let path = route
                .path
                .replace("{id}", &cook)
                .replace("{number}", "1")
                .replace("{indicator}", "paid-work")
                .replace("{file}", "app.css");
            let query = if route.path == "/api/v1/compare" {
                format!("?from={cook}&to={cook}")
            } else {
                String::new()
            };
            (route, path + &query)
        })
        .collect()
}
