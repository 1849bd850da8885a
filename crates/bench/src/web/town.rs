//! The town that is measured: filled once and kept, copied for each run, and the people of it who
//! are logged in.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use domain::moment::Moment;
use serde_json::{Value, json};
use vault::one_time::{OneTimeSecret, STEP};

use super::client::Client;
use super::growth::grow;

/// File in the folder that says that the town is complete, with its accounts.
const ACCOUNTS: &str = "accounts.json";

/// Configuration of the town.
const CONFIG: &str = "werkbrug.toml";

/// Newcomers who go through the use cases; the others get the same content.
const THROUGH_USE_CASES: u32 = 400;

/// Newcomers who are logged in.
const N_NEWCOMERS: usize = 10;

/// A filled installation.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) config: PathBuf,
    accounts: Value,
}

/// People who are logged in.
#[derive(Debug)]
pub(super) struct People {
    pub(super) klantmanager: Client,
    pub(super) employers: Vec<Client>,
    /// With work that fits.
    pub(super) newcomers: Vec<Client>,
    /// Cases in the klantmanager's list.
    pub(super) n_cases: usize,
}

impl Town {
    /// The town of a size beside the programs; filled when it is not there yet.
    pub(super) fn of_size(
        program: &Path,
        people: u32,
        vacancies: u32,
    ) -> anyhow::Result<(Town, Option<f64>)> {
        let place = program
            .parent()
            .and_then(Path::parent)
            .context("the program stands in no target folder")?
            .join(format!("bench-town-{people}-{vacancies}"));
        let mut filled_s = None;
        if !place.join(ACCOUNTS).exists() {
            if place.exists() {
                std::fs::remove_dir_all(&place).context("cannot remove a half town")?;
            }
            let started = std::time::Instant::now();
            fill(program, &place, people, vacancies)?;
            filled_s = Some(started.elapsed().as_secs_f64());
        }
        let accounts = std::fs::read(place.join(ACCOUNTS))?;
        // A copy, because a measurement changes vacancies and uses up the attempts to log in.
        let copy = place.with_extension("run");
        bring(&place, &copy)?;
        let town = Town {
            config: copy.join(CONFIG),
            accounts: serde_json::from_slice(&accounts)?,
        };
        // The program may have become newer than the town.
        run(Command::new(program)
            .args(["migrate", "--config"])
            .arg(&town.config))?;
        Ok((town, filled_s))
    }

    /// Logs in a klantmanager, employers and newcomers, as people do.
    pub(super) fn log_in(&self, address: &str) -> anyhow::Result<People> {
        // Of the klantmanagers one from the middle, so that nobody's caseload is special.
        let guides: Vec<&Value> = self.of_role("klantmanager").collect();
        let guide = guides.get(guides.len() / 2).context("no klantmanager")?;
        let klantmanager = log_in_staff(address, guide)?;
        let list = klantmanager.page("/mensen")?;
        let cases: Vec<String> = list
            .all_after("name=\"zaak\" value=\"")
            .map(ToOwned::to_owned)
            .collect();
        let mut newcomers = Vec::new();
        for case in &cases {
            if newcomers.len() == N_NEWCOMERS {
                break;
            }
            let path = format!("/mensen/{case}/code");
            let paper = klantmanager.post(&path, &[])?;
            let code = paper.after("<code dir=\"ltr\">").context("no code")?;
            let form = [("code", code), ("toestel", "eigen")];
            let newcomer = Client::log_in(address, "/inloggen/code", &form)?;
            // Who has told nothing yet has no work to compute.
            if newcomer
                .page("/mijn/werk")?
                .after("href=\"/mijn/werk/")
                .is_some()
            {
                newcomers.push(newcomer);
            }
        }
        if newcomers.is_empty() {
            bail!("nobody in this caseload has work that fits");
        }
        let employers = self
            .of_role("employer_contact")
            .map(|account| log_in_staff(address, account));
        Ok(People {
            employers: employers.collect::<anyhow::Result<_>>()?,
            klantmanager,
            newcomers,
            n_cases: cases.len(),
        })
    }

    fn of_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Value> {
        let accounts = self.accounts["accounts"].as_array().into_iter().flatten();
        accounts.filter(move |account| account["role"] == role)
    }
}

/// Fills a town through the use cases, as fast as memory goes, and brings it to its place.
fn fill(program: &Path, place: &Path, people: u32, vacancies: u32) -> anyhow::Result<()> {
    // Every use case waits until the disk has it; where files are in memory that takes no time.
    let memory = Path::new("/dev/shm");
    let temporary = if memory.is_dir() {
        memory.join(format!("werkbrug-bench-{}", std::process::id()))
    } else {
        place.with_extension("part")
    };
    let _ = std::fs::remove_dir_all(&temporary);
    let filled = fill_there(program, &temporary, (people, vacancies)).and_then(|accounts| {
        bring(&temporary, place)?;
        // Last, because it says that all is there.
        std::fs::write(place.join(ACCOUNTS), serde_json::to_vec(&accounts)?)?;
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&temporary);
    filled
}

/// Copies a town that nobody uses; the copy takes the place of an earlier one.
fn bring(from: &Path, to: &Path) -> anyhow::Result<()> {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to)?;
    for file in ["master.key", "werkbrug.db"] {
        std::fs::copy(from.join(file), to.join(file))?;
    }
    let config = std::fs::read_to_string(from.join(CONFIG))?;
    let (before, after) = (from.display().to_string(), to.display().to_string());
    Ok(std::fs::write(
        to.join(CONFIG),
        config.replace(&before, &after),
    )?)
}

fn fill_there(
    program: &Path,
    place: &Path,
    (people, vacancies): (u32, u32),
) -> anyhow::Result<Value> {
    let out = run(Command::new(program)
        .args(["demo-town", "--json", "--out"])
        .arg(place)
        .args(["--people", &people.min(THROUGH_USE_CASES).to_string()])
        .args(["--vacancies", &vacancies.to_string()]))?;
    let printed: Value = serde_json::from_slice(&out)?;
    let now = Moment::from_micros(unix_time()?.as_micros() as i64);
    tokio::runtime::Runtime::new()?.block_on(grow(place, people as usize, now))?;
    // Codes of newcomers expire; every run gets new ones.
    let staff: Vec<&Value> = printed["accounts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|account| account["role"] != "newcomer")
        .collect();
    Ok(json!({ "accounts": staff }))
}

fn run(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start werkbrug")?;
    if !output.status.success() {
        bail!("werkbrug failed ({})", output.status);
    }
    Ok(output.stdout)
}

#[expect(
    clippy::disallowed_methods,
    reason = "one-time passwords and cases are those of the present moment"
)]
fn unix_time() -> anyhow::Result<Duration> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?)
}

fn log_in_staff(address: &str, account: &Value) -> anyhow::Result<Client> {
    let text = |name: &str| account[name].as_str().context("half an account");
    let secret = data_encoding::BASE32_NOPAD.decode(text("secret")?.as_bytes())?;
    let secret = OneTimeSecret::from_bytes(&secret).context("a broken secret")?;
    let now = unix_time()?.as_secs();
    let form = [
        ("naam", text("login_name")?),
        ("wachtwoord", text("password")?),
        ("eenmalig", &secret.password(now / STEP)),
    ];
    Client::log_in(address, "/inloggen/medewerker", &form)
}
