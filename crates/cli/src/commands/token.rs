//! `werkbrug organisation token`: tokens of organisations' programs.

use std::io::Write;

use application::{Context, NewApiToken};
use clap::{Args, Subcommand};
use domain::id::ApiTokenId;
use domain::scope::Scope;
use serde_json::json;

use super::organisation;
use crate::installation::{self, InstallationArguments};
use crate::output;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token and print it, once.
    Add(AddArguments),
    /// List the tokens of an organisation.
    List(ListArguments),
    /// End a token at once.
    End(EndArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Name or id of the organisation.
    #[arg(long)]
    organisation: String,
    /// Name of the program.
    #[arg(long)]
    name: String,
    /// What it may do; several times for more: vacancies:read, vacancies:write,
    /// candidate-counts:read, caseload:read, figures:read.
    #[arg(long = "scope", required = true)]
    scopes: Vec<Scope>,
    /// Days that it works, 1 to 365.
    #[arg(long, default_value_t = 90)]
    days: u16,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Name or id of the organisation.
    #[arg(long)]
    organisation: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct EndArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Id of the token, as `list` shows it.
    token: ApiTokenId,
}

/// Runs one of the commands.
pub(crate) fn run(command: &TokenCommand) -> anyhow::Result<()> {
    match command {
        TokenCommand::Add(arguments) => installation::run(add(arguments)),
        TokenCommand::List(arguments) => installation::run(list(arguments)),
        TokenCommand::End(arguments) => installation::run(end(arguments)),
    }
}

async fn add(arguments: &AddArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let new = NewApiToken {
        organisation: organisation::find(&application, &arguments.organisation).await?,
        name: &arguments.name,
        scopes: arguments.scopes.iter().copied().collect(),
        days: arguments.days,
    };
    let (_, token) = application.make_api_token(&Context::machine(), new).await?;
    let mut out = output::standard_output();
    writeln!(out, "{}", token.reveal())?;
    out.flush()?;
    output::note("the token is shown once; put it where only the program can read it");
    Ok(())
}

async fn list(arguments: &ListArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let organisation = organisation::find(&application, &arguments.organisation).await?;
    let tokens = application
        .list_api_tokens(&Context::machine(), organisation)
        .await?;
    let now = application.now();
    let mut out = output::standard_output();
    if arguments.json {
        let rows: Vec<_> = tokens
            .iter()
            .map(|token| {
                json!({
                    "token": token.id,
                    "name": token.name,
                    "scopes": token.scopes,
                    "expires_at": token.expires_at,
                    "last_used_on": token.last_used_on,
                    "revoked_at": token.revoked_at,
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        for token in tokens {
            let state = if token.is_live(now) { "works" } else { "ended" };
            let used = token
                .last_used_on
                .map_or_else(|| "never".to_owned(), |day| day.to_string());
            writeln!(
                out,
                "{}  {state:<5}  used {used:<10}  {:<24}  {}",
                token.id, token.name, token.scopes
            )?;
        }
    }
    Ok(out.flush()?)
}

async fn end(arguments: &EndArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    Ok(application
        .end_api_token(&Context::machine(), arguments.token)
        .await?)
}
