//! Load at fixed times, whether or not earlier requests are answered (open loop).
//!
//! Latency counts from the planned time, so that waiting in a queue counts.

use std::time::Duration;

use anyhow::bail;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::time::{MissedTickBehavior, interval};

/// Connections that share the load.
const N_CONNECTIONS: u32 = 20;

/// One page as one visitor asks for it.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) path: String,
    /// Cookie as it is sent; empty for nobody.
    pub(super) cookie: String,
}

/// What a load found.
#[derive(Debug)]
pub(super) struct Latencies {
    /// Ascending.
    sorted: Vec<Duration>,
    /// Bytes of all bodies.
    pub(super) bytes: usize,
}

impl Latencies {
    /// How many requests were answered.
    pub(super) fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The latency in milliseconds that a share of the requests does not exceed.
    pub(super) fn at(&self, share: f64) -> f64 {
        let n = self.sorted.len();
        let position = ((n as f64 * share) as usize).min(n.saturating_sub(1));
        self.sorted
            .get(position)
            .map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
    }
}

/// Sends visits in turn, so many per second for so many seconds.
pub(super) async fn send(
    address: &str,
    visits: &[Visit],
    rate: u32,
    seconds: u32,
) -> anyhow::Result<Latencies> {
    let n_each = rate * seconds / N_CONNECTIONS;
    let pace = Duration::from_secs(1) * N_CONNECTIONS / rate.max(1);
    let mut connections = tokio::task::JoinSet::new();
    for number in 0..N_CONNECTIONS {
        let mut own: Vec<Visit> = visits.to_vec();
        if !own.is_empty() {
            let first = number as usize % own.len();
            own.rotate_left(first);
        }
        // Spread over the pace, so that requests come one by one and not in volleys.
        let wait = pace * number / N_CONNECTIONS;
        connections.spawn(send_some(address.to_owned(), own, n_each, (wait, pace)));
    }
    let mut latencies = Latencies {
        sorted: Vec::new(),
        bytes: 0,
    };
    while let Some(outcome) = connections.join_next().await {
        let (some, bytes) = outcome??;
        latencies.sorted.extend(some);
        latencies.bytes += bytes;
    }
    latencies.sorted.sort_unstable();
    Ok(latencies)
}

/// Sends `n` requests over one connection, one per pace.
async fn send_some(
    address: String,
    visits: Vec<Visit>,
    n: u32,
    (wait, pace): (Duration, Duration),
) -> anyhow::Result<(Vec<Duration>, usize)> {
    let stream = tokio::net::TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    tokio::time::sleep(wait).await;
    let mut pacer = interval(pace);
    pacer.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut latencies = Vec::with_capacity(n as usize);
    let mut bytes = 0;
    for visit in visits.iter().cycle().take(n as usize) {
        let planned = pacer.tick().await;
        let request = Request::get(&visit.path)
            .header("host", &address)
            .header("accept-language", "nl")
            .header("cookie", &visit.cookie)
            .body(Empty::<Bytes>::new())?;
        let response = sender.send_request(request).await?;
        if !response.status().is_success() {
            bail!("{}: {}", visit.path, response.status());
        }
        bytes += response.into_body().collect().await?.to_bytes().len();
        latencies.push(planned.elapsed());
    }
    drop(sender);
    driver.await??;
    Ok((latencies, bytes))
}
