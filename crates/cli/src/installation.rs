//! What the commands that work on an installation share: finding and opening it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use application::{Application, Context, Rules};
use clap::Args;
use store::Store;
use store::address::Address;
use vault::keys::MasterKey;
use web::monitor::key::RoundingKey;

use crate::configuration::Configuration;
use crate::surroundings;
use crate::typesetting::Documents;

/// Which installation.
#[derive(Debug, Args)]
pub(crate) struct InstallationArguments {
    /// Configuration file; without it werkbrug.toml, if it is there.
    #[arg(long, value_name = "FILE", env = "WERKBRUG_CONFIG")]
    config: Option<PathBuf>,
    /// Database: sqlite:FILE or postgres://USER@HOST/NAME; a password belongs into
    /// WERKBRUG_DATABASE or the configuration file.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// An installation that was found, not yet opened.
#[derive(Debug)]
pub(crate) struct Installation {
    /// Where the database is.
    pub(crate) address: Address,
    configuration: Configuration,
}

impl InstallationArguments {
    /// Whether the database was named on the command line.
    pub(crate) fn names_database(&self) -> bool {
        self.database.is_some()
    }

    /// Reads the configuration.
    pub(crate) fn find(&self) -> anyhow::Result<Installation> {
        let configuration = Configuration::read(self.config.as_deref())?;
        let address = configuration.database(self.database.as_deref())?;
        Ok(Installation {
            address,
            configuration,
        })
    }
}

impl Installation {
    /// Whether a master key was named; without one only public pages can be served.
    pub(crate) fn has_key(&self) -> bool {
        self.configuration.names_key()
    }

    /// What the organisation sets for its pages; `process` tells request ids of processes apart.
    pub(crate) fn site(&self, process: u64) -> web::Settings {
        web::Settings {
            process,
            ..self.configuration.site.clone()
        }
    }

    /// Where the figures of the dashboard come from.
    pub(crate) fn monitor(&self) -> &web::monitor::MonitorSettings {
        &self.configuration.monitor
    }

    /// What rounds counts of records: the secret of the installation, or one for this run only.
    pub(crate) async fn rounding_key(
        &self,
        application: Option<&Application>,
    ) -> anyhow::Result<RoundingKey> {
        let secret = match application {
            Some(application) => application.rounding_secret(&Context::machine()).await?,
            None => surroundings::seed(),
        };
        Ok(RoundingKey::of_secret(secret))
    }

    /// Where the configuration serves pages.
    pub(crate) fn listen(&self) -> Option<SocketAddr> {
        self.configuration.listen
    }

    /// Where the configuration serves metrics.
    pub(crate) fn metrics_listen(&self) -> Option<SocketAddr> {
        self.configuration.metrics_listen
    }

    /// The master key.
    pub(crate) fn master_key(&self) -> anyhow::Result<MasterKey> {
        self.configuration.master_key()
    }

    /// Opens a database that is up to date, with the key that belongs to it.
    pub(crate) async fn open(&self) -> anyhow::Result<Application> {
        let master = self.master_key()?;
        let store = Store::open(&self.address)
            .await
            .with_context(|| self.address.to_string())?;
        self.application(store, master).await
    }

    /// The use cases over an open database.
    pub(crate) async fn application(
        &self,
        store: Store,
        master: MasterKey,
    ) -> anyhow::Result<Application> {
        let surroundings = surroundings::of_machine();
        let application = Application::new(store, master, surroundings, Rules::default())?
            .with_typesetter(Arc::new(Documents));
        let application = application.check_key().await?;
        Ok(match self.configuration.provider()? {
            Some(provider) => application.with_provider(Arc::new(provider)),
            None => application,
        })
    }
}

/// Runs a command's asynchronous part.
pub(crate) fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Runtime::new()
        .context("cannot start threads")?
        .block_on(work)
}
