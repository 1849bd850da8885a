//! `werkbrug organisation`.

use std::io::Write;

use application::{Application, Context};
use clap::{Args, Subcommand};
use domain::id::OrganisationId;
use domain::organisation::OrganisationKind;
use serde_json::json;

use super::token::{self, TokenCommand};
use crate::installation::{self, InstallationArguments};
use crate::output;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum OrganisationCommand {
    /// Add an organisation and print its id.
    Add(AddArguments),
    /// List all organisations.
    List(ListArguments),
    /// Tokens of an organisation's programs: add, list, end.
    #[command(subcommand)]
    Token(TokenCommand),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// What it is: municipality, partner, employer, region, ministry or operator (who runs this
    /// installation).
    #[arg(long)]
    kind: OrganisationKind,
    /// Its name.
    #[arg(long)]
    name: String,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs one of the commands.
pub(crate) fn run(command: &OrganisationCommand) -> anyhow::Result<()> {
    match command {
        OrganisationCommand::Add(arguments) => installation::run(add(arguments)),
        OrganisationCommand::List(arguments) => installation::run(list(arguments)),
        OrganisationCommand::Token(command) => token::run(command),
    }
}

async fn add(arguments: &AddArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let id = application
        .add_organisation(&Context::machine(), arguments.kind, &arguments.name)
        .await?;
    let mut out = output::standard_output();
    writeln!(out, "{id}")?;
    Ok(out.flush()?)
}

async fn list(arguments: &ListArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let organisations = application.list_organisations(&Context::machine()).await?;
    let mut out = output::standard_output();
    if arguments.json {
        let rows: Vec<_> = organisations
            .iter()
            .map(|organisation| {
                json!({"id": organisation.id, "kind": organisation.kind, "name": organisation.name})
            })
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        for organisation in organisations {
            writeln!(
                out,
                "{}  {:<12}  {}",
                organisation.id, organisation.kind, organisation.name
            )?;
        }
    }
    Ok(out.flush()?)
}

/// An organisation by id or by its whole name.
pub(crate) async fn find(application: &Application, named: &str) -> anyhow::Result<OrganisationId> {
    let organisations = application.list_organisations(&Context::machine()).await?;
    organisations
        .iter()
        .find(|organisation| organisation.name == named || organisation.id.to_string() == named)
        .map(|organisation| organisation.id)
        .ok_or_else(|| {
            anyhow::anyhow!("no organisation {named:?}; see `werkbrug organisation list`")
        })
}
