//! `werkbrug demo-town`: a whole fictional installation to look at and to test with.
//!
//! Two municipalities, a partner, employers, a ministry and whoever runs it; newcomers in every
//! state of the journey and vacancies over sectors and regions. Nobody and nothing in it exists;
//! everything goes through the same use cases as in a real installation.

mod accounts;
mod journeys;
mod promises;
mod vacancies;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use application::{Application, Rules};
use clap::Args;
use guidance::RuleStore;
use serde::Serialize;
use store::address::Address;
use store::{Store, migration};
use taxonomy::Catalogue;
use vault::keys::MasterKey;

use super::demo::draw::Draw;
use crate::{installation, output, surroundings};

/// Newcomers and vacancies when nothing else is said.
const PEOPLE: u32 = 40;
const VACANCIES: u32 = 150;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(
    after_help = "Writes master.key, werkbrug.toml and, unless --database names another, werkbrug.db into the
folder, and prints accounts with what is needed to log in. For looking and testing only: the
passwords are printed."
)]
pub(crate) struct DemoTownArguments {
    /// Folder to write to; made when it is not there, refused when it holds an installation.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Empty database to fill instead of a file in the folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Seed of everything that is drawn.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many newcomers.
    #[arg(long, default_value_t = PEOPLE, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    people: u32,
    /// How many vacancies.
    #[arg(long, default_value_t = VACANCIES, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    vacancies: u32,
    /// Print one JSON document instead of a table.
    #[arg(long)]
    json: bool,
}

/// What others need to use the town.
#[derive(Debug, Serialize)]
struct Printed {
    /// Configuration for `werkbrug serve --config`.
    config: String,
    accounts: Vec<Account>,
}

/// Somebody who can log in.
#[derive(Debug, Serialize)]
struct Account {
    role: String,
    organisation: String,
    name: String,
    #[serde(flatten)]
    login: Login,
}

/// How somebody logs in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Login {
    /// At `/inloggen/medewerker`.
    Password {
        login_name: String,
        password: String,
        /// Secret of the one-time passwords (TOTP, six digits, 30 seconds, SHA-1).
        secret: String,
    },
    /// At `/inloggen/code`; works once.
    Code { code: String },
}

/// The town while it is made.
struct Town {
    application: Application,
    catalogue: Arc<Catalogue>,
    draw: Draw,
    accounts: Vec<Account>,
}

/// Runs the command.
pub(crate) fn run(arguments: &DemoTownArguments) -> anyhow::Result<()> {
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make {}", arguments.out.display()))?;
    let key = arguments.out.join("master.key");
    if key.exists() {
        bail!("{} holds an installation already", arguments.out.display());
    }
    let database = arguments
        .database
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", arguments.out.join("werkbrug.db").display()));
    let surroundings = surroundings::of_machine();
    let master = MasterKey::generate(&mut surroundings.random());
    super::key::write(&key, &master)?;
    let config = arguments.out.join("werkbrug.toml");
    std::fs::write(&config, configuration(&database, &key))
        .with_context(|| format!("cannot write {}", config.display()))?;
    let accounts = installation::run(fill(arguments, &database.parse()?, master))?;
    let printed = Printed {
        config: config.display().to_string(),
        accounts,
    };
    print(&printed, arguments.json)
}

fn configuration(database: &str, key: &std::path::Path) -> String {
    format!(
        "# A fictional installation; nobody in it exists.\n\
         database = \"{database}\"\n\n\
         [key]\nfile = \"{}\"\n\n\
         [site]\norganisation = \"Demo: alles is verzonnen\"\n\n\
         [monitor]\ndemo = true\n",
        key.display()
    )
}

/// Sets the database up and fills it.
async fn fill(
    arguments: &DemoTownArguments,
    address: &Address,
    master: MasterKey,
) -> anyhow::Result<Vec<Account>> {
    let surroundings = surroundings::of_machine();
    let store = Store::connect(address)
        .await
        .with_context(|| address.to_string())?;
    migration::migrate(&store, surroundings.now()).await?;
    let guidance = Arc::new(RuleStore::embedded()?);
    let catalogue = Arc::new(taxonomy::starter::catalogue()?);
    let application = Application::new(store, master, surroundings, Rules::default())?
        .check_key()
        .await?
        .with_guidance(Arc::clone(&guidance))
        .with_work(Arc::clone(&catalogue), guidance.current())
        .await?;
    let mut town = Town {
        application,
        catalogue,
        draw: Draw::new(arguments.seed),
        accounts: Vec::new(),
    };
    let staff = town.staff(arguments.people).await?;
    town.open_vacancies(&staff, arguments.vacancies).await?;
    town.newcomers(&staff, arguments.people).await?;
    for official in &staff.officials {
        town.promises(official).await?;
    }
    Ok(town.accounts)
}

fn print(printed: &Printed, as_json: bool) -> anyhow::Result<()> {
    let mut out = output::standard_output();
    if as_json {
        serde_json::to_writer(&mut out, printed)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    writeln!(out, "configuration: {}", printed.config)?;
    for account in &printed.accounts {
        let how = match &account.login {
            Login::Password {
                login_name,
                password,
                secret,
            } => format!("{login_name}  password: {password}  app secret: {secret}"),
            Login::Code { code } => format!("code: {code}"),
        };
        writeln!(
            out,
            "{:<16} {:<26} {:<22} {how}",
            account.role, account.organisation, account.name
        )?;
    }
    Ok(out.flush()?)
}
