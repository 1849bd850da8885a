//! The JSON interface: shape, errors, rules of the Dutch API Design Rules that can be tested.

use axum::http::{Method, StatusCode};
use web::{Access, Surface};

use crate::site::{addresses, get, get_in, occupation, with_method};

#[tokio::test]
async fn occupations_are_found_and_read() {
    let cook = occupation("kok").await;
    let found = get("/api/v1/occupations?query=aşçı&language=en"
        .replace('ş', "%C5%9F")
        .replace('ç', "%C3%A7")
        .replace('ı', "%C4%B1")
        .as_str())
    .await
    .json();
    let first = &found["occupations"][0];
    assert_eq!(first["id"], cook.as_str());
    assert_eq!(first["name"], "cook");
    assert_eq!(first["dutchName"], "kok");
    assert_eq!(first["matchedLabel"], "aşçı");
    assert_eq!(first["matchedLanguage"], "tr");
    let read = get(&format!("/api/v1/occupations/{cook}?language=ar")).await;
    assert_eq!(read.header("content-language"), "ar");
    insta::assert_json_snapshot!("occupation", read.json());
}

#[tokio::test]
async fn lists_go_on_where_they_stopped() {
    let ids = |body: serde_json::Value| -> Vec<String> {
        let list = body["occupations"].as_array().cloned().unwrap_or_default();
        list.iter()
            .filter_map(|o| o["id"].as_str().map(str::to_owned))
            .collect()
    };
    let all = ids(get("/api/v1/occupations?limit=6").await.json());
    let mut parts = ids(get("/api/v1/occupations?limit=3").await.json());
    parts.extend(ids(get("/api/v1/occupations?limit=3&offset=3")
        .await
        .json()));
    assert_eq!(all, parts);
    assert_eq!(all.len(), 6);
}

#[tokio::test]
async fn a_comparison_adds_up() {
    let (cook, baker) = (occupation("kok").await, occupation("bakker").await);
    let there = get(&format!("/api/v1/compare?from={cook}&to={baker}"))
        .await
        .json();
    let back = get("/api/v1/compare?from=bakker&to=kok").await.json();
    assert_eq!(
        there["nearness"], back["nearness"],
        "nearness has no direction"
    );
    assert_eq!(there["missing"], back["unused"]);
    assert_eq!(there["from"], back["to"]);
}

#[tokio::test]
async fn invalid_input_is_named() {
    let cases = [
        ("/api/v1/occupations?language=de", "language"),
        ("/api/v1/occupations?limit=0", "limit"),
        ("/api/v1/occupations?limit=51", "limit"),
        ("/api/v1/occupations?offset=-1", "offset"),
        ("/api/v1/compare?to=kok", "from"),
        ("/api/v1/compare?from=kok&to=qqqqqq", "to"),
    ];
    for (address, parameter) in cases {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{address}"
        );
        assert_eq!(answer.header("api-version"), "1.1.0", "{address}");
        assert_eq!(
            answer.json()["invalidParams"][0]["name"],
            parameter,
            "{address}"
        );
        assert_eq!(answer.json()["status"], 400, "{address}");
    }
}

#[tokio::test]
async fn every_error_is_a_problem_document() {
    let unknown = get_in("/api/v1/occupations/nothing", "tr").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.json()["title"], "Bu sayfayı bulamıyoruz");
    let nowhere = get("/api/v1/nothing").await;
    assert_eq!(nowhere.header("content-type"), "application/problem+json");
    assert!(
        nowhere.json()["instance"]
            .as_str()
            .is_some_and(|i| i.starts_with("urn:werkbrug:request:"))
    );
    let method = with_method(Method::DELETE, "/api/v1/occupations").await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(method.header("allow"), "GET,HEAD");
    assert_eq!(method.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn the_document_describes_every_route_and_no_other() {
    let document = get("/openapi.json").await;
    assert_eq!(document.header("access-control-allow-origin"), "*");
    let document = document.json();
    let described: Vec<&String> = document["paths"]
        .as_object()
        .expect("an object")
        .keys()
        .collect();
    let mut declared: Vec<String> = web::declared_routes()
        .into_iter()
        .filter(|route| route.surface == Surface::Api)
        .map(|route| route.path.to_owned())
        .collect();
    declared.sort();
    declared.dedup();
    assert_eq!(described, declared.iter().collect::<Vec<_>>());
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn rules_of_design_hold() {
    let document = get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    for part in ["name", "email", "url"] {
        assert!(
            document["info"]["contact"][part].is_string(),
            "contact {part}"
        );
    }
    for (path, item) in document["paths"].as_object().expect("an object") {
        assert!(
            path.starts_with("/api/v1/") && !path.ends_with('/'),
            "{path}"
        );
        let segments = path.split('/').filter(|s| !s.starts_with('{'));
        assert!(
            segments
                .flat_map(str::chars)
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{path}"
        );
        for (method, operation) in item.as_object().expect("an object") {
            let declared = web::declared_routes()
                .into_iter()
                .find(|route| route.path == path && route.method.eq_ignore_ascii_case(method));
            let security = match declared.map(|route| route.access) {
                Some(Access::Program(scope)) => {
                    serde_json::json!([{ "organisationToken": [scope.code()] }])
                }
                _ => serde_json::json!([{}]),
            };
            assert_eq!(operation["security"], security, "{method} {path}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                assert!(
                    parameter["in"] == "header" || name.chars().all(char::is_alphanumeric),
                    "{name} is camel case"
                );
            }
        }
    }
    for (route, address) in addresses().await {
        if route.surface == Surface::Api && route.access == Access::Public {
            let answer = get(&address).await;
            assert_eq!(
                answer.header("api-version"),
                document["info"]["version"].as_str().unwrap_or_default()
            );
            assert_eq!(answer.header("access-control-allow-origin"), "*");
        }
    }
}
