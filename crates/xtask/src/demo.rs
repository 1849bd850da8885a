//! `cargo xtask demo`: builds everything, makes a fictional town and serves it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::{assets, process};

/// Arguments of the command.
#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Seed of everything that is drawn.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Empty database to fill instead of a file, as in postgres://user@host/name.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Folder of the installation; what is in it is replaced.
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    out: PathBuf,
    /// Only make the town.
    #[arg(long)]
    no_serve: bool,
    /// Print address and accounts as one JSON document, for other test tools.
    #[arg(long)]
    json: bool,
}

/// Runs the command; it serves until it is interrupted.
pub(crate) fn run(root: &Path, arguments: &DemoArguments) -> anyhow::Result<()> {
    assets::run_or_skip(root)?;
    process::run(
        root,
        "cargo",
        &["build", "--workspace", "--locked", "--quiet"],
    )?;
    let program = process::target_directory(root)?.join("debug/werkbrug");
    let program = program.display().to_string();
    let town = make_town(root, &program, arguments)?;
    let config = town["config"].as_str().context("no configuration")?;
    if arguments.no_serve {
        return show(&town, None, arguments.json);
    }
    let (mut server, address) = serve(root, &program, config, arguments.port)?;
    show(&town, Some(&address), arguments.json)?;
    let ended = server.wait().context("cannot wait for the server")?;
    if !ended.success() {
        bail!("the server ended: {ended}");
    }
    Ok(())
}

fn make_town(root: &Path, program: &str, arguments: &DemoArguments) -> anyhow::Result<Value> {
    let folder = root.join(&arguments.out);
    let key = folder.join("master.key");
    // Only a folder that an earlier demo made is replaced.
    if key.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot replace {}", folder.display()))?;
    }
    let out = folder.display().to_string();
    let seed = arguments.seed.to_string();
    let mut words = vec!["demo-town", "--json", "--out", &out, "--seed", &seed];
    if let Some(database) = &arguments.database {
        words.extend(["--database", database]);
    }
    Ok(serde_json::from_str(&process::output(
        root, program, &words,
    )?)?)
}

/// Starts the server and waits until it says where it is.
fn serve(root: &Path, program: &str, config: &str, port: u16) -> anyhow::Result<(Child, String)> {
    let mut server = Command::new(program)
        .args(["serve", "--config", config, "--listen"])
        .arg(format!("127.0.0.1:{port}"))
        .env("WERKBRUG_LOG", "warn")
        .current_dir(root)
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the server")?;
    let mut address = String::new();
    if let Some(output) = server.stdout.take() {
        BufReader::new(output).read_line(&mut address)?;
    }
    if address.trim().is_empty() {
        bail!("the server did not start ({})", server.wait()?);
    }
    Ok((server, address.trim().to_owned()))
}

fn show(town: &Value, address: Option<&str>, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        println!(
            "{}",
            json!({ "address": address, "accounts": town["accounts"] })
        );
        return Ok(());
    }
    let accounts = town["accounts"].as_array().context("no accounts")?;
    println!(
        "A fictional town: nobody in it exists. The passwords and codes are for this demo only."
    );
    for account in accounts {
        let text = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
        let how = if text("kind") == "code" {
            format!("code {}", text("code"))
        } else {
            let (name, password) = (text("login_name"), text("password"));
            format!(
                "{name}, password \"{password}\", app secret {}",
                text("secret")
            )
        };
        println!(
            "  {:<16} {:<26} {:<32} {how}",
            text("role"),
            text("organisation"),
            text("name")
        );
    }
    if let Some(address) = address {
        println!(
            "Staff log in at {address}/inloggen/medewerker with a code of an authenticator app"
        );
        println!("that has the secret; newcomers at {address}/inloggen/code. Stop with Ctrl-C.");
    }
    Ok(())
}
