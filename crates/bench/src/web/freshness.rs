//! How soon a change is in the matches: from sending the form to the first page that shows it.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::client::Client;
use super::town::People;

/// How often each change is made; every change is made back.
const ROUNDS: usize = 5;

/// A change that is not there by then is lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The longest times in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Freshness {
    /// An opened or closed vacancy, on the page of a newcomer.
    pub(super) vacancy_s: f64,
    /// Other hours of a newcomer, in the explanation of a match.
    pub(super) profile_s: f64,
}

/// Makes changes and waits for them.
pub(super) fn measure(people: &People) -> anyhow::Result<Freshness> {
    let newcomer = people.newcomers.first().context("nobody is logged in")?;
    let list = newcomer.page("/mijn/werk")?;
    let id = list
        .after("href=\"/mijn/werk/")
        .context("no work")?
        .to_owned();
    let page = format!("/vacatures/{id}");
    let employer = people
        .employers
        .iter()
        .find(|employer| employer.get(&page).is_ok_and(|answer| answer.status == 200))
        .context("the vacancy is nobody's")?;
    let mut found = Freshness::default();
    for _ in 0..ROUNDS {
        for (state, status) in [("closed", 404), ("open", 200)] {
            let took = change_vacancy(employer, newcomer, (&id, state), status)?;
            found.vacancy_s = found.vacancy_s.max(took.as_secs_f64());
        }
        for hours in ["8", "36"] {
            let took = change_profile(newcomer, &id, hours)?;
            found.profile_s = found.profile_s.max(took.as_secs_f64());
        }
    }
    Ok(found)
}

/// Opens or closes a vacancy until the newcomer's page of it has a status.
fn change_vacancy(
    employer: &Client,
    newcomer: &Client,
    (id, state): (&str, &str),
    status: u16,
) -> anyhow::Result<Duration> {
    let page = employer.page(&format!("/vacatures/{id}"))?;
    let version = page
        .after("name=\"versie\" value=\"")
        .context("no version")?;
    let started = Instant::now();
    let form = [("versie", version), ("stand", state)];
    employer.post(&format!("/vacatures/{id}/stand"), &form)?;
    let path = format!("/mijn/werk/{id}");
    wait(started, || Ok(newcomer.get(&path)?.status == status))
}

/// Tells other hours until the newcomer's page of a vacancy explains another match.
fn change_profile(newcomer: &Client, id: &str, hours: &str) -> anyhow::Result<Duration> {
    let path = format!("/mijn/werk/{id}");
    let before = newcomer.page(&path)?.body;
    if newcomer.page(&path)?.body != before {
        bail!("{path} is another page each time");
    }
    let started = Instant::now();
    newcomer.post("/mijn/verhaal/wensen/uren", &[("uren", hours)])?;
    wait(started, || Ok(newcomer.get(&path)?.body != before))
}

fn wait(
    started: Instant,
    mut is_there: impl FnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<Duration> {
    while started.elapsed() < PATIENCE {
        if is_there()? {
            return Ok(started.elapsed());
        }
        std::thread::sleep(LOOK_EVERY);
    }
    bail!("a change is not in the matches after {PATIENCE:?}")
}
