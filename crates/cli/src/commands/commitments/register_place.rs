//! Where the register is: in the database of an installation, or in one JSON file.

use std::path::PathBuf;

use ::commitments::record::RecordContent;
use ::commitments::register::{Origin, Register, Taken};
use anyhow::Context as _;
use application::{Application, Context};
use clap::Args;
use domain::id::OrganisationId;
use domain::organisation::Role;
use exchange::chamber::Counts;

use super::register_file;
use crate::commands::organisation;
use crate::installation::InstallationArguments;

/// The file that is used when neither a file nor an installation is named.
const DEFAULT_FILE: &str = "./register.json";

/// Which register.
#[derive(Debug, Args)]
pub(super) struct RegisterArguments {
    /// The file that keeps the register; without it the database of the installation, where one is
    /// configured, else ./register.json.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["database", "organisation"])]
    register: Option<PathBuf>,
    /// Whose register in the database, by id or whole name; may be left out when only one
    /// organisation has policy officers.
    #[arg(long, value_name = "ORGANISATION")]
    organisation: Option<String>,
    #[command(flatten)]
    installation: InstallationArguments,
}

/// A register that was found.
pub(super) enum RegisterPlace {
    /// A file.
    File(PathBuf),
    /// The database.
    Database(Box<Application>, OrganisationId),
}

impl RegisterArguments {
    /// Finds the register.
    pub(super) async fn open(&self) -> anyhow::Result<RegisterPlace> {
        if let Some(file) = &self.register {
            return Ok(RegisterPlace::File(file.clone()));
        }
        let installation = self.installation.find()?;
        if !installation.has_key() && !self.installation.names_database() {
            return Ok(RegisterPlace::File(PathBuf::from(DEFAULT_FILE)));
        }
        let application = installation.open().await?;
        let whose = match &self.organisation {
            Some(named) => organisation::find(&application, named).await?,
            None => only(&application).await?,
        };
        Ok(RegisterPlace::Database(Box::new(application), whose))
    }
}

/// The only organisation that keeps a register.
async fn only(application: &Application) -> anyhow::Result<OrganisationId> {
    let all = application.list_organisations(&Context::machine()).await?;
    let keepers: Vec<_> = all
        .iter()
        .filter(|one| one.kind.roles().contains(&Role::PolicyOfficer))
        .collect();
    match keepers.as_slice() {
        [one] => Ok(one.id),
        [] => anyhow::bail!("no organisation keeps a register; see `werkbrug organisation add`"),
        _ => anyhow::bail!("several organisations keep a register: name one with --organisation"),
    }
}

impl RegisterPlace {
    /// The register as it is.
    pub(super) async fn register(&self) -> anyhow::Result<Register> {
        match self {
            RegisterPlace::File(path) => register_file::open(path),
            RegisterPlace::Database(application, whose) => {
                let views = application.obligations(&Context::machine(), *whose).await?;
                Ok(Register::of(
                    views.into_iter().map(|view| view.obligation).collect(),
                ))
            }
        }
    }

    /// Takes proposals in.
    pub(super) async fn take(&self, found: Vec<(RecordContent, Origin)>) -> anyhow::Result<Counts> {
        match self {
            RegisterPlace::File(path) => {
                let mut register = register_file::open(path)?;
                let mut counts = Counts::default();
                for (content, origin) in found {
                    match register.take(content, origin) {
                        Taken::New(_) => counts.new += 1,
                        Taken::Updated(_) => counts.updated += 1,
                        Taken::Same(_) => counts.same += 1,
                    }
                }
                register_file::save(path, &register)?;
                Ok(counts)
            }
            RegisterPlace::Database(application, whose) => Ok(application
                .take_obligations(&Context::machine(), *whose, found)
                .await?),
        }
    }

    /// Takes pages of the Chamber in.
    pub(super) async fn import_chamber(
        &self,
        pages: &[(PathBuf, String)],
    ) -> anyhow::Result<Counts> {
        match self {
            RegisterPlace::File(path) => {
                let mut register = register_file::open(path)?;
                let mut counts = Counts::default();
                for (page, text) in pages {
                    let taken = exchange::chamber::import(&mut register, text)
                        .with_context(|| format!("cannot take in {}", page.display()))?;
                    counts = counts.plus(taken);
                }
                register_file::save(path, &register)?;
                Ok(counts)
            }
            RegisterPlace::Database(application, whose) => {
                let texts: Vec<String> = pages.iter().map(|(_, text)| text.clone()).collect();
                Ok(application
                    .import_chamber(&Context::machine(), *whose, &texts)
                    .await?)
            }
        }
    }

    /// Tells what was taken in.
    pub(super) fn report(&self, counts: Counts) {
        let place = match self {
            RegisterPlace::File(path) => path.display().to_string(),
            RegisterPlace::Database(_, whose) => whose.to_string(),
        };
        crate::output::note(&format!(
            "register {place}: {} nieuw, {} gewijzigd, {} al bekend",
            counts.new, counts.updated, counts.same
        ));
    }
}
