//! `werkbrug user`: accounts of staff.
//!
//! No password is ever typed here: adding and resetting print a code, once, that the user
//! exchanges for a password and a second factor of their own.

use std::io::Write;

use application::{Context, InviteStaff};
use clap::{Args, Subcommand};
use domain::organisation::Role;
use serde_json::json;
use vault::token::Secret;

use super::organisation;
use crate::installation::{self, InstallationArguments};
use crate::output;

/// The commands of the family.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account and print the code with which its owner sets it up.
    Add(AddArguments),
    /// List accounts.
    List(ListArguments),
    /// Give an account a further role, also in another organisation.
    Grant(GrantArguments),
    /// Take an account its password and second factor, and print a code to set it up anew.
    Reset(NamedArguments),
    /// End the use of an account.
    Disable(NamedArguments),
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// E-mail address with which the user logs in.
    login_name: String,
    /// Name or id of the organisation.
    #[arg(long)]
    organisation: String,
    /// Role: klantmanager, coordinator, policy_officer, employer_contact, administrator or
    /// privacy_officer.
    #[arg(long)]
    role: Role,
    /// Name that colleagues and newcomers see.
    #[arg(long)]
    name: String,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// Only this organisation, by name or id.
    #[arg(long)]
    organisation: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct GrantArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// E-mail address with which the user logs in.
    login_name: String,
    /// Name or id of the organisation.
    #[arg(long)]
    organisation: String,
    /// Role, as for `werkbrug user add`.
    #[arg(long)]
    role: Role,
}

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct NamedArguments {
    #[command(flatten)]
    installation: InstallationArguments,
    /// E-mail address with which the user logs in.
    login_name: String,
}

/// Runs one of the commands.
pub(crate) fn run(command: &UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add(arguments) => installation::run(add(arguments)),
        UserCommand::List(arguments) => installation::run(list(arguments)),
        UserCommand::Grant(arguments) => installation::run(grant(arguments)),
        UserCommand::Reset(arguments) => installation::run(reset(arguments)),
        UserCommand::Disable(arguments) => installation::run(disable(arguments)),
    }
}

async fn add(arguments: &AddArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let invite = InviteStaff {
        organisation: organisation::find(&application, &arguments.organisation).await?,
        role: arguments.role,
        login_name: &arguments.login_name,
        display_name: &arguments.name,
    };
    let (_, code) = application
        .invite_staff(&Context::machine(), invite)
        .await?;
    print_code(&code)
}

async fn grant(arguments: &GrantArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let machine = Context::machine();
    let organisation = organisation::find(&application, &arguments.organisation).await?;
    let account = application
        .find_staff(&machine, &arguments.login_name)
        .await?;
    application
        .grant_role(&machine, account, organisation, arguments.role)
        .await?;
    Ok(())
}

async fn reset(arguments: &NamedArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let machine = Context::machine();
    let account = application
        .find_staff(&machine, &arguments.login_name)
        .await?;
    print_code(&application.reset_staff(&machine, account).await?)
}

async fn disable(arguments: &NamedArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let machine = Context::machine();
    let account = application
        .find_staff(&machine, &arguments.login_name)
        .await?;
    Ok(application.disable_staff(&machine, account).await?)
}

async fn list(arguments: &ListArguments) -> anyhow::Result<()> {
    let application = arguments.installation.find()?.open().await?;
    let organisation = match &arguments.organisation {
        Some(named) => Some(organisation::find(&application, named).await?),
        None => None,
    };
    let accounts = application
        .list_staff(&Context::machine(), organisation)
        .await?;
    let mut out = output::standard_output();
    if arguments.json {
        let rows: Vec<_> = accounts
            .iter()
            .map(|account| {
                json!({
                    "account": account.account,
                    "login_name": account.login_name,
                    "name": account.display_name,
                    "organisation": account.organisation,
                    "role": account.role,
                    "is_enrolled": account.is_enrolled,
                    "disabled_at": account.disabled_at,
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        for account in accounts {
            let state = match (account.disabled_at, account.is_enrolled) {
                (Some(_), _) => "disabled",
                (None, true) => "active",
                (None, false) => "invited",
            };
            writeln!(
                out,
                "{:<32}  {:<16}  {:<8}  {}",
                account.login_name, account.role, state, account.display_name
            )?;
        }
    }
    Ok(out.flush()?)
}

/// The code alone on standard output, what to do with it on standard error.
fn print_code(code: &Secret) -> anyhow::Result<()> {
    let mut out = output::standard_output();
    writeln!(out, "{}", code.reveal())?;
    out.flush()?;
    output::note("hand this code over safely; it works once, for seven days");
    Ok(())
}
