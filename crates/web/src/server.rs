//! Running a site: connections in, a graceful end.
//!
//! It knows sockets and time-outs; it must not know pages.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::peer::PeerAddress;
use crate::site::Site;

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long requests under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(15);

/// Most connections at one time; further ones wait.
const MOST_CONNECTIONS: usize = 4096;

/// Answers requests on a listener until `end` is ready, then lets those under way finish.
///
/// # Errors
/// Fails when the listener cannot accept connections any more.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    end: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    builder.http2().timer(TokioTimer::new());
    let open = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let room = Arc::clone(&open).acquire_owned();
        let stream = tokio::select! {
            () = &mut end => break,
            accepted = async { (room.await, listener.accept().await) } => match accepted {
                (Ok(room), Ok((stream, peer))) => (room, stream, PeerAddress(peer.ip())),
                // The semaphore is never closed.
                (Err(_), _) => break,
                (_, Err(error)) if is_of_one_client(&error) => continue,
                (_, Err(error)) => return Err(error),
            },
        };
        let (room, stream, peer) = stream;
        let service = TowerToHyperService::new(service.clone().map_request(
            move |mut request: axum::http::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(peer);
                request.map(axum::body::Body::new)
            },
        ));
        let connection = builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(room);
        });
    }
    if tokio::time::timeout(GRACE, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not finish in time");
    }
    Ok(())
}

/// The service with the metrics of a site, for a listener that only the operator can reach.
pub fn metrics_router(site: Arc<Site>) -> Router {
    async fn metrics(
        State(site): State<Arc<Site>>,
    ) -> Result<impl axum::response::IntoResponse, Infallible> {
        let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        Ok(([(CONTENT_TYPE, content_type)], site.metrics()))
    }
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(site)
}

/// Whether an error of accepting says something about one client only.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}
