//! The server itself, over real sockets: it answers, it ends without losing a request, it counts.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use web::server::{metrics_router, serve};

use crate::site::{ask_of, with_settings};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_end() {
    let (arrived, may_answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let handler = {
        let (arrived, may_answer) = (Arc::clone(&arrived), Arc::clone(&may_answer));
        move || async move {
            arrived.notify_one();
            may_answer.notified().await;
            "late"
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (end, ended) = oneshot::channel::<()>();
    let service = Router::new().route("/", get(handler));
    let server = tokio::spawn(serve(listener, service, async move {
        let _ = ended.await;
    }));
    let mut client = TcpStream::connect(address).await.expect("a connection");
    client.write_all(REQUEST).await.expect("a request");
    arrived.notified().await;
    end.send(()).expect("the server runs");
    may_answer.notify_one();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.expect("an answer");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("late"),
        "{answer}"
    );
    server.await.expect("no panic").expect("a clean end");
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
}

#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_address() {
    let site = with_settings(web::Settings::default());
    let request = |path: &str| {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty());
        request.expect("a valid request")
    };
    for path in [
        "/beroepen?zoek=geheim",
        "/beroepen/geheim",
        "/geheim",
        "/healthz",
    ] {
        ask_of(web::router(Arc::clone(&site)), request(path)).await;
    }
    let metrics = ask_of(metrics_router(site), request("/metrics")).await.body;
    for line in [
        "werkbrug_http_requests_total{method=\"GET\",route=\"/beroepen\",status=\"200\"} 1",
        "werkbrug_http_requests_total{method=\"GET\",route=\"/beroepen/{id}\",status=\"404\"} 1",
        "werkbrug_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "werkbrug_http_requests_under_way 0",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    assert!(!metrics.contains("geheim"));
}

#[tokio::test]
async fn metrics_are_not_on_the_public_service() {
    let answer = crate::site::get("/metrics").await;
    assert_eq!(answer.status, 404);
}
