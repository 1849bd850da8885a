//! `werkbrug serve`: the pages and the JSON interface.
//!
//! Settings come from the command line, then the environment, then the configuration file.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use application::{Application, ApplicationError, RetentionRun};
use clap::Args;
use guidance::RuleStore;
use taxonomy::Catalogue;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::Instant;
use tracing_subscriber::EnvFilter;
use web::Site;
use web::monitor::{Monitor, Refreshed};

use super::catalogue::lookup::CatalogueFile;
use crate::installation::{Installation, InstallationArguments};
use crate::output;

/// Where to listen when nothing else is said: only this machine.
const USUAL_ADDRESS: &str = "127.0.0.1:8080";

/// How often the installation's own records are read.
const LOOK_AT_OWN_RECORDS: Duration = Duration::from_secs(24 * 60 * 60);

/// How often the file with records is looked at.
const LOOK_AT_RECORDS: Duration = Duration::from_secs(30);

/// When what was kept long enough is removed for the first time, and how often.
const RETENTION_AFTER: Duration = Duration::from_secs(5 * 60);
const RETENTION_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR", env = "WERKBRUG_LISTEN")]
    listen: Option<SocketAddr>,
    /// Address and port for Prometheus, reachable by the operator only; off when absent.
    #[arg(long, value_name = "ADDR", env = "WERKBRUG_METRICS_LISTEN")]
    metrics_listen: Option<SocketAddr>,
    #[command(flatten)]
    installation: InstallationArguments,
}

/// Runs the command until the process is asked to end.
pub(crate) fn run(arguments: ServeArguments) -> anyhow::Result<()> {
    let installation = arguments.installation.find()?;
    start_log();
    let process = RandomState::new().build_hasher().finish();
    let settings = installation.site(process);
    let catalogue = Arc::new(arguments.catalogue.open()?);
    let site = Site::new(Arc::clone(&catalogue), settings)?;
    let usual = USUAL_ADDRESS
        .parse()
        .context("the usual address is broken")?;
    let addresses = Addresses {
        pages: arguments.listen.or(installation.listen()).unwrap_or(usual),
        metrics: arguments.metrics_listen.or(installation.metrics_listen()),
    };
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(start(&installation, catalogue, site, addresses))
}

/// Where to listen.
#[derive(Clone, Copy, Debug)]
struct Addresses {
    pages: SocketAddr,
    metrics: Option<SocketAddr>,
}

/// Opens the database, if there is one, and serves.
async fn start(
    installation: &Installation,
    catalogue: Arc<Catalogue>,
    site: Site,
    addresses: Addresses,
) -> anyhow::Result<()> {
    let application = if installation.has_key() {
        let guidance = Arc::new(RuleStore::embedded()?);
        let set = guidance.current();
        let application = installation
            .open()
            .await?
            .with_guidance(guidance)
            .with_work_to_read(catalogue, set);
        let fresh = application.clone();
        tokio::spawn(async move { fresh.keep_work_fresh(report_freshness).await });
        tokio::spawn(keep_to_retention(application.clone()));
        Some(application)
    } else {
        tracing::warn!("no master key is set: nobody can log in, only public pages are served");
        None
    };
    let figures = installation.monitor().clone();
    let key = installation.rounding_key(application.as_ref()).await?;
    let monitor = tokio::task::spawn_blocking(move || Monitor::open(figures, key)).await??;
    let monitor = Arc::new(monitor);
    let mut site = site.with_monitor(Arc::clone(&monitor));
    if let Some(application) = application {
        if monitor.wants_own_records() {
            tokio::spawn(follow_own_records(application.clone(), monitor));
        }
        site = site.with_application(application);
    }
    serve(Arc::new(site), addresses).await
}

async fn serve(site: Arc<Site>, addresses: Addresses) -> anyhow::Result<()> {
    let listener = bind(addresses.pages).await?;
    let (stop, stopped) = watch::channel(());
    let end = |mut stopped: watch::Receiver<()>| async move {
        // The sender only goes away after it has sent.
        let _ = stopped.changed().await;
    };
    let mut for_metrics = tokio::task::JoinSet::new();
    if let Some(address) = addresses.metrics {
        let listener = bind(address).await?;
        let service = web::server::metrics_router(Arc::clone(&site));
        for_metrics.spawn(web::server::serve(listener, service, end(stopped.clone())));
    }
    announce(&listener)?;
    let service = web::router(Arc::clone(&site));
    let looking = tokio::spawn(look_at_records(site.monitor()));
    let pages = tokio::spawn(web::server::serve(listener, service, end(stopped)));
    wait_for_signal().await?;
    tracing::info!("stopping");
    site.stop();
    looking.abort();
    stop.send(()).context("cannot stop")?;
    pages.await?.context("cannot accept connections")?;
    while let Some(ended) = for_metrics.join_next().await {
        ended?.context("cannot accept connections for metrics")?;
    }
    Ok(())
}

/// Says that the matches stopped being fresh, or are again; once each, however long it lasts.
fn report_freshness(outcome: Result<(), &ApplicationError>) {
    match outcome {
        Ok(()) => tracing::info!("matches are fresh again"),
        Err(error) => tracing::error!(%error, "matches are not fresh"),
    }
}

/// Removes every day what was kept long enough.
async fn keep_to_retention(application: Application) {
    // Not at once: whoever starts waits for pages, not for this.
    let mut every = tokio::time::interval_at(Instant::now() + RETENTION_AFTER, RETENTION_EVERY);
    loop {
        every.tick().await;
        let applied = application
            .apply_retention(&application::Context::machine(), RetentionRun::Remove)
            .await;
        match applied {
            Ok(applied) => {
                let n_rows: u64 = applied.iter().map(|one| one.n_rows).sum();
                tracing::info!(n_rows, "removed what was kept long enough");
            }
            Err(error) => tracing::error!(%error, "the terms of retention were not applied"),
        }
    }
}

/// Computes the figures anew whenever the file with records has changed.
async fn look_at_records(monitor: Arc<Monitor>) {
    let mut every = tokio::time::interval(LOOK_AT_RECORDS);
    loop {
        every.tick().await;
        let monitor = Arc::clone(&monitor);
        match tokio::task::spawn_blocking(move || monitor.refresh()).await {
            Ok(Ok(Refreshed::Unchanged)) => {}
            Ok(Ok(Refreshed::Changed)) => tracing::info!("the figures were computed anew"),
            Ok(Err(error)) => tracing::error!(%error, "the new records are refused"),
            Err(error) => tracing::error!(%error, "the figures could not be computed"),
        }
    }
}

/// Computes the figures from the installation's own records, at the start and then daily: they
/// are cut to whole months, so that more often would show nothing new.
async fn follow_own_records(application: Application, monitor: Arc<Monitor>) {
    let mut every = tokio::time::interval(LOOK_AT_OWN_RECORDS);
    loop {
        every.tick().await;
        let records = match application
            .statistics_records(&application::Context::machine())
            .await
        {
            Ok(records) => records,
            Err(error) => {
                tracing::error!(%error, "the statistics vault cannot be read");
                continue;
            }
        };
        let monitor = Arc::clone(&monitor);
        match tokio::task::spawn_blocking(move || monitor.take(&records)).await {
            Ok(Ok(Refreshed::Unchanged)) => {}
            Ok(Ok(Refreshed::Changed)) => tracing::info!("the figures were computed anew"),
            Ok(Err(error)) => tracing::error!(%error, "the new records are refused"),
            Err(error) => tracing::error!(%error, "the figures could not be computed"),
        }
    }
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

/// Says on standard output where the site is; port 0 has become a real one here.
fn announce(listener: &TcpListener) -> anyhow::Result<()> {
    let address = listener.local_addr().context("cannot read the address")?;
    let mut out = output::standard_output();
    writeln!(out, "http://{address}")?;
    out.flush()?;
    Ok(())
}

async fn wait_for_signal() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for signals")?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// One JSON object per line on standard error; `WERKBRUG_LOG` chooses what, as in `warn,web=info`.
fn start_log() {
    let filter = EnvFilter::try_from_env("WERKBRUG_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(std::io::stderr)
        .with_env_filter(filter);
    // A log that was started before, as in tests, stays.
    let _ = log.try_init();
}
