//! Pages under load in a full installation: time to start, memory, latency at 100 requests per
//! second, how soon changes are in the matches, and the bytes of a first visit.
//!
//! Measured: `werkbrug serve` as its own process over the loopback on a town of 20,000 newcomers
//! and 20,000 vacancies (SQLite, starter catalogue), which is filled the first time (400 newcomers
//! and all vacancies through the use cases, see `growth` for the others) and kept in the target
//! folder. Requests come at fixed times whether or not earlier
//! ones are answered, and latency counts from the planned time.
//! For scale the same load goes to a bare axum server that answers a constant page of 8 KiB.

mod client;
mod freshness;
mod growth;
mod load;
mod server;
mod town;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use axum::Router;
use axum::response::Html;
use axum::routing::get;
use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;

use client::Client;
use load::Visit;
use server::Server;
use town::{People, Town};

/// Bytes of the constant page.
const BARE_PAGE: usize = 8 * 1024;

/// Seconds of a round that is not counted.
const WARM_UP: u32 = 2;

/// Arguments of the measurement.
#[derive(Debug, Args)]
pub(crate) struct WebArguments {
    /// Requests per second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// Seconds per page.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Newcomers in the database.
    #[arg(long, default_value_t = 20_000)]
    people: u32,
    /// Vacancies in the database.
    #[arg(long, default_value_t = 20_000)]
    vacancies: u32,
    /// Compiled catalogue to use instead of the starter catalogue.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

/// Runs the measurement.
pub(crate) fn run(arguments: &WebArguments) -> anyhow::Result<()> {
    let own = std::env::current_exe()?;
    let program = own.with_file_name("werkbrug");
    let (town, filled_s) = Town::of_size(&program, arguments.people, arguments.vacancies)?;
    if let Some(filled_s) = filled_s {
        print(&json!({
            "bench": "web", "measured": "fill", "people": arguments.people,
            "vacancies": arguments.vacancies, "seconds": filled_s,
        }));
    }
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--config"]);
    command.arg(&town.config);
    command.env("WERKBRUG_LOG", "info");
    if let Some(catalogue) = &arguments.catalogue {
        command.arg("--catalogue").arg(catalogue);
    }
    let site = Server::start(command)?;
    let start_s = site.wait_until_ready()?;
    print(&json!({
        "bench": "web", "measured": "start", "ready_s": start_s, "aim_s": 1.0,
        "resident_mb": site.memory_mb("VmRSS")?,
    }));
    let people = town.log_in(&site.address)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for (name, visits) in pages(&site, &people)? {
        runtime.block_on(measure(&site, name, &visits, arguments))?;
    }
    let fresh = freshness::measure(&people)?;
    print(&json!({
        "bench": "web", "measured": "fresh", "vacancy_s": fresh.vacancy_s,
        "profile_s": fresh.profile_s, "aim_s": 2.0,
    }));
    print(&json!({
        "bench": "web", "measured": "memory", "resident_mb": site.memory_mb("VmRSS")?,
        "most_mb": site.memory_mb("VmHWM")?, "aim_mb": 150, "cases_in_list": people.n_cases,
    }));
    for language in ["nl", "ar", "ti"] {
        let (bytes, n_files) = first_visit(&site.address, language)?;
        print(&json!({
            "bench": "web", "measured": "first-visit", "language": language,
            "bytes": bytes, "files": n_files, "aim_bytes": 60 * 1024,
        }));
    }
    drop(site);
    let mut command = Command::new(own);
    command.arg("bare-page");
    let bare = Server::start(command)?;
    let visits = [Visit {
        path: "/".to_owned(),
        cookie: String::new(),
    }];
    runtime.block_on(measure(&bare, "bare-axum", &visits, arguments))
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

/// The pages that are measured, each with the visitors who share it.
fn pages(site: &Server, people: &People) -> anyhow::Result<Vec<(&'static str, Vec<Visit>)>> {
    let nobody = Client::nobody(&site.address);
    let search = "/api/v1/occupations?query=kok&language=nl&limit=1";
    let found: serde_json::Value = serde_json::from_str(&nobody.page(search)?.body)?;
    let id = found["occupations"][0]["id"]
        .as_str()
        .context("the catalogue has no cook")?;
    let occupation = format!("/beroepen/{id}");
    let of = |path: &str, who: &[&Client]| -> Vec<Visit> {
        let visit = |client: &&Client| Visit {
            path: path.to_owned(),
            cookie: client.cookie.clone(),
        };
        who.iter().map(visit).collect()
    };
    let newcomers: Vec<&Client> = people.newcomers.iter().collect();
    let guide = [&people.klantmanager];
    Ok(vec![
        ("search", of("/beroepen?zoek=kok", &[&nobody])),
        ("occupation", of(&occupation, &[&nobody])),
        ("caseload", of("/mensen", &guide)),
        ("today", of("/vandaag", &guide)),
        ("newcomer-first-page", of("/mijn", &newcomers)),
        ("newcomer-work", of("/mijn/werk", &newcomers)),
        ("dashboard", of("/cijfers", &[&nobody])),
        (
            "figure",
            of("/cijfers/paid-work?meting=now&per=sex", &[&nobody]),
        ),
    ])
}

async fn measure(
    server: &Server,
    name: &str,
    visits: &[Visit],
    arguments: &WebArguments,
) -> anyhow::Result<()> {
    load::send(&server.address, visits, arguments.rate, WARM_UP).await?;
    let cpu_before = server.cpu()?;
    let found = load::send(&server.address, visits, arguments.rate, arguments.seconds).await?;
    let n = found.count().max(1);
    let cpu = server.cpu()? - cpu_before;
    print(&json!({
        "bench": "web", "measured": name, "requests": n, "per_second": arguments.rate,
        "p50_ms": found.at(0.50), "p99_ms": found.at(0.99), "max_ms": found.at(1.0),
        "aim_p99_ms": 50, "cpu_ms_per_request": cpu * 1000.0 / n as f64,
        "body_bytes": found.bytes / n, "resident_mb": server.memory_mb("VmRSS")?,
    }));
    Ok(())
}

/// Bytes and files that a first visit to the first page takes, headers included.
///
/// Of the fonts those count that the page preloads, and the Latin one, which every page needs.
fn first_visit(address: &str, language: &str) -> anyhow::Result<(usize, usize)> {
    let nobody = Client::nobody(address);
    let address = format!("/?taal={language}");
    let page = nobody.page(&address)?;
    let mut files: Vec<&str> = page
        .body
        .split("\"/static/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '#']).next())
        .collect();
    let style = files.iter().find(|file| file.ends_with(".css"));
    let style = nobody.page(&format!("/static/{}", style.context("no style")?))?;
    let latin = style
        .body
        .split("/static/")
        .find(|rest| rest.starts_with("latin."));
    let latin = latin.and_then(|rest| rest.split([')', '"']).next());
    files.push(latin.context("no Latin font")?);
    files.sort_unstable();
    files.dedup();
    let mut bytes = nobody.bytes_on_the_wire(&address)?;
    for file in &files {
        bytes += nobody.bytes_on_the_wire(&format!("/static/{file}"))?;
    }
    Ok((bytes, files.len() + 1))
}

fn print(line: &serde_json::Value) {
    println!("{line}");
}
