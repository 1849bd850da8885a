//! Pages under load: latency at 100 requests per second, CPU per request, resident memory, time to
//! start, and the bytes of a first visit.
//!
//! Measured: `werkbrug serve` as its own process over the loopback, starter catalogue, requests at
//! fixed times whether or not earlier ones are answered (open loop), latency from the planned time,
//! so that waiting in a queue counts.
//! For scale the same load goes to a bare axum server that answers a constant page of 8 KiB.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use clap::Args;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock;

/// Connections that share the load.
const N_CONNECTIONS: u32 = 10;

/// Bytes of the constant page.
const BARE_PAGE: usize = 8 * 1024;

/// Arguments of the measurement.
#[derive(Debug, Args)]
pub(crate) struct WebArguments {
    /// Requests per second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// Seconds per page.
    #[arg(long, default_value_t = 15)]
    seconds: u32,
    /// Compiled catalogue to use instead of the starter catalogue.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

/// A server in its own process, stopped when dropped.
struct Server {
    process: Child,
    address: String,
    start_s: f64,
}

impl Server {
    fn start(mut command: Command) -> anyhow::Result<Server> {
        let started = Instant::now();
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the server")?;
        let mut out = process.stdout.take().context("the server has no output")?;
        let mut line = Vec::new();
        let mut byte = [0];
        // Byte by byte, because the server goes on to run with its output open.
        while out.read(&mut byte)? == 1 && byte[0] != b'\n' {
            line.push(byte[0]);
        }
        let address = String::from_utf8(line)?
            .trim_start_matches("http://")
            .to_owned();
        if address.is_empty() {
            bail!("the server did not say where it listens");
        }
        Ok(Server {
            process,
            address,
            start_s: started.elapsed().as_secs_f64(),
        })
    }

    fn cpu(&self) -> anyhow::Result<f64> {
        clock::cpu_seconds_of(&self.process.id().to_string())
    }

    fn memory_mb(&self) -> anyhow::Result<f64> {
        clock::memory_mb_of(&self.process.id().to_string(), "VmRSS")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing can be done about a server that is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs the measurement.
pub(crate) fn run(arguments: &WebArguments) -> anyhow::Result<()> {
    let own = std::env::current_exe()?;
    let mut command = Command::new(own.with_file_name("werkbrug"));
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    command.env("WERKBRUG_LOG", "info");
    if let Some(catalogue) = &arguments.catalogue {
        command.arg("--catalogue").arg(catalogue);
    }
    let site = Server::start(command)?;
    let search = "/api/v1/occupations?query=kok&language=nl&limit=1";
    let (_, found) = fetch(&site.address, search)?;
    let found: serde_json::Value = serde_json::from_str(body_of(&found))?;
    let id = found["occupations"][0]["id"]
        .as_str()
        .context("the catalogue has no cook")?;
    let occupation = format!("/beroepen/{id}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for (name, path) in [
        ("search", "/beroepen?zoek=kok"),
        ("occupation", &occupation),
    ] {
        runtime.block_on(measure(&site, name, path, arguments))?;
    }
    print(&json!({
        "bench": "web", "measured": "start", "start_s": site.start_s,
        "resident_mb": site.memory_mb()?,
    }));
    for language in ["nl", "ar", "ti"] {
        let (bytes, n_files) = first_visit(&site.address, language)?;
        print(&json!({
            "bench": "web", "measured": "first-visit", "language": language,
            "bytes": bytes, "files": n_files,
        }));
    }
    drop(site);
    let mut command = Command::new(own);
    command.arg("bare-page");
    let bare = Server::start(command)?;
    runtime.block_on(measure(&bare, "bare-axum", "/", arguments))
}

/// Serves the constant page until it is killed; only for [`run`].
pub(crate) fn run_bare_page() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let page = "a".repeat(BARE_PAGE);
        let service = Router::new().route("/", get(move || async move { Html(page.clone()) }));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        Ok(axum::serve(listener, service).await?)
    })
}

async fn measure(
    server: &Server,
    name: &str,
    path: &str,
    arguments: &WebArguments,
) -> anyhow::Result<()> {
    let cpu_before = server.cpu()?;
    let n_each = arguments.rate * arguments.seconds / N_CONNECTIONS;
    let pace = Duration::from_secs(1) * N_CONNECTIONS / arguments.rate.max(1);
    let mut connections = tokio::task::JoinSet::new();
    for _ in 0..N_CONNECTIONS {
        connections.spawn(send(server.address.clone(), path.to_owned(), n_each, pace));
    }
    let mut latencies: Vec<Duration> = Vec::new();
    while let Some(outcome) = connections.join_next().await {
        latencies.extend(outcome??);
    }
    latencies.sort_unstable();
    let n = latencies.len();
    let at = |share: f64| {
        let position = ((n as f64 * share) as usize).min(n.saturating_sub(1));
        latencies
            .get(position)
            .map_or(0.0, |l| l.as_secs_f64() * 1000.0)
    };
    let cpu = server.cpu()? - cpu_before;
    print(&json!({
        "bench": "web", "measured": name, "requests": n, "per_second": arguments.rate,
        "p50_ms": at(0.50), "p99_ms": at(0.99), "max_ms": at(1.0),
        "cpu_ms_per_request": cpu * 1000.0 / n.max(1) as f64,
        "resident_mb": server.memory_mb()?,
    }));
    Ok(())
}

/// Sends `n` requests over one connection, one per `pace`.
async fn send(
    address: String,
    path: String,
    n: u32,
    pace: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let stream = tokio::net::TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    let mut pacer = interval(pace);
    pacer.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut latencies = Vec::with_capacity(n as usize);
    for _ in 0..n {
        let planned = pacer.tick().await;
        let request = Request::get(&path)
            .header("host", &address)
            .header("accept-language", "nl")
            .body(Empty::<Bytes>::new())?;
        let response = sender.send_request(request).await?;
        if !response.status().is_success() {
            bail!("{path}: {}", response.status());
        }
        response.into_body().collect().await?;
        latencies.push(planned.elapsed());
    }
    drop(sender);
    driver.await??;
    Ok(latencies)
}

/// Bytes and files that a first visit to the first page takes, headers included.
///
/// Fonts count as far as the page preloads them; other scripts on the page would add theirs.
fn first_visit(address: &str, language: &str) -> anyhow::Result<(usize, usize)> {
    let (mut bytes, page) = fetch(address, &format!("/?taal={language}"))?;
    let mut files: Vec<&str> = page
        .split("\"/static/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '#']).next())
        .collect();
    files.sort_unstable();
    files.dedup();
    for file in &files {
        bytes += fetch(address, &format!("/static/{file}"))?.0;
    }
    Ok((bytes, files.len() + 1))
}

/// Every byte of an answer over a plain connection, and the answer as text.
fn fetch(address: &str, path: &str) -> anyhow::Result<(usize, String)> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("{path}: no success");
    }
    Ok((answer.len(), String::from_utf8_lossy(&answer).into_owned()))
}

fn body_of(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn print(line: &serde_json::Value) {
    println!("{line}");
}
