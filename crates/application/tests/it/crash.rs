//! Killing the process while it writes: what was acknowledged is there, the log holds.
//!
//! The test starts itself as a child that writes and says what was acknowledged, kills it with
//! SIGKILL in the middle, over and over, and then looks at what is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use application::{Actor, Context, OpenCase, StaffActor};
use domain::case::Note;
use domain::id::{AccountId, MembershipId, OrganisationId, PersonId, SessionId};
use domain::organisation::{OrganisationKind, Role};
use testkit::database::TestDatabase;

use crate::{TestError, World, named, world};

/// Environment variable that makes the test a child: address and ids, separated by spaces.
const CHILD: &str = "WERKBRUG_TEST_CRASH_CHILD";

/// How often the child is killed.
const KILLS: u64 = 24;

/// Writers that write at the same time in the child.
const WRITERS: u64 = 4;

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() -> std::io::Result<()> {
    let database = TestDatabase::sqlite()?;
    testkit::database::run(kill_and_look(&database.address));
    Ok(())
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() -> std::io::Result<()> {
    if let Some(database) = TestDatabase::postgres()? {
        testkit::database::run(kill_and_look(&database.address));
    }
    Ok(())
}

/// The child; does nothing unless it was started as one.
#[test]
fn child() {
    if let Ok(task) = std::env::var(CHILD) {
        testkit::database::run(write_until_killed(&task));
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are shown with --no-capture"
)]
async fn kill_and_look(address: &str) -> Result<(), TestError> {
    let parent = world(address, 1).await?;
    let here = parent
        .organisation(OrganisationKind::Municipality, "Testdam")
        .await?;
    let k = parent
        .colleague(here, Role::Klantmanager, "k@example.org")
        .await?;
    let Actor::Staff(staff) = k.context.actor else {
        return Err("no staff".into());
    };
    let before = parent
        .application
        .verify_audit(&Context::machine(), &[])
        .await?;
    let mut acknowledged = Vec::new();
    for round in 0..KILLS {
        let task = format!(
            "{address} {} {} {} {} {round}",
            staff.account, staff.membership, staff.organisation, staff.session
        );
        acknowledged.extend(run_and_kill(&task, 3 + round as usize % 7)?);
    }
    assert!(
        acknowledged.len() as u64 >= KILLS * 3,
        "the children wrote too little to tell"
    );

    let after = parent
        .application
        .verify_audit(&Context::machine(), &[before.anchor])
        .await?;
    let n_events = after.anchor.entries - before.anchor.entries;
    assert!(n_events >= acknowledged.len() as u64);
    for line in &acknowledged {
        check(&parent, &k.context, line).await?;
    }
    check_nothing_is_half(&parent, here).await?;
    println!(
        "{} kills, {} acknowledged, {n_events} events, chain holds",
        KILLS,
        acknowledged.len()
    );
    Ok(())
}

/// Starts a child, kills it after some acknowledgements and gives all that it made.
fn run_and_kill(task: &str, after: usize) -> Result<Vec<String>, TestError> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["crash::child", "--exact", "--nocapture"])
        .env(CHILD, task)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = read_and_kill(&mut child, after);
    // Whatever happened, no child is left behind.
    let _ = child.kill();
    child.wait()?;
    lines
}

fn read_and_kill(child: &mut Child, after: usize) -> Result<Vec<String>, TestError> {
    let output = child.stdout.take().ok_or("no output")?;
    let mut output = BufReader::new(output);
    let mut acknowledged = Vec::new();
    loop {
        let mut line = String::new();
        // What was written before the kill is still in the pipe and counts, but for a half line.
        if output.read_line(&mut line)? == 0 || !line.ends_with('\n') {
            return Ok(acknowledged);
        }
        if let Some(what) = line.strip_prefix("ack ") {
            acknowledged.push(what.trim().to_owned());
            if acknowledged.len() == after {
                child.kill()?;
            }
        }
    }
}

/// Whether what was acknowledged is there and can be read.
async fn check(parent: &World, context: &Context, line: &str) -> Result<(), TestError> {
    let (kind, id) = line.split_once(' ').ok_or("half a line")?;
    let app = &parent.application;
    match kind {
        "person" => {
            let view = app.read_person(context, id.parse()?).await?;
            assert_eq!(view.identity, named("Verzonnen Persoon")?);
        }
        "case" => {
            let view = app.read_case(context, id.parse()?).await?;
            let last = view.content.timeline().last().ok_or("an empty timeline")?;
            assert_eq!(last.note, Some(Note::new("changed")?));
        }
        "read" => {
            let person: PersonId = id.parse()?;
            let entries = store::audit::about_person(app.store(), person, None, 10).await?;
            assert!(
                entries
                    .iter()
                    .any(|entry| entry.event.kind == "person_read")
            );
        }
        _ => return Err(format!("unknown acknowledgement {line}").into()),
    }
    Ok(())
}

/// Whether every person has its event and every event its person: both or neither were written.
async fn check_nothing_is_half(parent: &World, here: OrganisationId) -> Result<(), TestError> {
    let store = parent.application.store();
    let persons = store::person::of_organisation(store, here, None, 100_000).await?;
    let mut registered = 0;
    let mut last = 0;
    loop {
        let entries = store::audit::after(store, last, 1000).await?;
        let Some(end) = entries.last() else { break };
        last = end.number;
        registered += entries
            .iter()
            .filter(|entry| entry.event.kind == "person_registered")
            .count();
    }
    assert_eq!(persons.len(), registered);
    for person in &persons {
        assert!(person.identity(&parent.master)?.is_some());
    }
    Ok(())
}

async fn write_until_killed(task: &str) -> Result<(), TestError> {
    let parts: Vec<&str> = task.split(' ').collect();
    let [address, account, membership, organisation, session, round] = parts.as_slice() else {
        return Err("not a task".into());
    };
    let context = Context::of(Actor::Staff(StaffActor {
        account: account.parse::<AccountId>()?,
        membership: membership.parse::<MembershipId>()?,
        organisation: organisation.parse::<OrganisationId>()?,
        kind: OrganisationKind::Municipality,
        role: Role::Klantmanager,
        session: session.parse::<SessionId>()?,
        n_roles: 1,
    }));
    // Other seeds in every round, so that ids differ.
    let child = std::sync::Arc::new(world(address, 1000 + round.parse::<u64>()?).await?);
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let child = child.clone();
            tokio::spawn(async move { write_for_ever(&child, &context).await })
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    Ok(())
}

async fn write_for_ever(child: &World, context: &Context) -> Result<(), TestError> {
    let app = &child.application;
    loop {
        let person = child.person(context, "Verzonnen Persoon").await?;
        acknowledge(&format!("person {person}"))?;
        let at = app.open_case(context, person, &OpenCase::default()).await?;
        app.add_note(context, at, Note::new("changed")?).await?;
        acknowledge(&format!("case {}", at.case))?;
        app.read_person(context, person).await?;
        acknowledge(&format!("read {person}"))?;
    }
}

fn acknowledge(what: &str) -> Result<(), TestError> {
    let mut output = std::io::stdout().lock();
    // One write, so that a line is whole or missing.
    output.write_all(format!("ack {what}\n").as_bytes())?;
    output.flush()?;
    Ok(())
}
