//! What operators see of requests: one line in the log and a few counters.
//!
//! Neither holds anything about a person: the route is the declared one, without its parameters,
//! and no address, query, cookie or form is written down.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::site::SharedSite;

/// Header that tells the id of a request, also shown on error pages.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Route of requests that matched none.
const NO_ROUTE: &str = "none";

/// Upper bounds of the buckets of durations, in seconds; 50 ms is the promise of the pages.
const BUCKETS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// Id of a request, in its extensions.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Counters of a site.
#[derive(Debug)]
pub(crate) struct Observer {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    under_way: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

impl Default for Observer {
    fn default() -> Observer {
        let mut registry = Registry::with_prefix("werkbrug");
        let requests = Family::default();
        let durations =
            Family::<RouteLabels, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let under_way = Gauge::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until the answer was ready",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register(
            "http_requests_under_way",
            "Requests not yet answered",
            under_way.clone(),
        );
        Observer {
            registry,
            requests,
            durations,
            under_way,
        }
    }
}

impl Observer {
    /// All metrics in the text format of Prometheus.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Encoding into a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    fn note(&self, method: &'static str, route: &str, status: u16, duration: Duration) {
        let route = route.to_owned();
        self.durations
            .get_or_create(&RouteLabels {
                route: route.clone(),
            })
            .observe(duration.as_secs_f64());
        self.requests
            .get_or_create(&RequestLabels {
                method,
                route,
                status,
            })
            .inc();
    }
}

/// Layer that gives a request its id, logs it and counts it.
pub(crate) async fn observe(
    State(site): State<SharedSite>,
    mut request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let id = site.next_request_id();
    let method = method_label(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or(NO_ROUTE, MatchedPath::as_str)
        .to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    site.observer.under_way.inc();
    let mut response = next.run(request).await;
    site.observer.under_way.dec();
    let duration = start.elapsed();
    let status = response.status().as_u16();
    site.observer.note(method, &route, status, duration);
    tracing::info!(
        id,
        method,
        route,
        status,
        duration_us = duration.as_micros() as u64,
        "request"
    );
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The method as a label; methods a client made up share one.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
