//! Another master key: everything opens with the new one, nothing with the old, and an interrupted
//! change leaves the one or the other, never a mixture.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::{ApplicationError, Context, InviteStaff, OpenCase, RegisterPerson};
use domain::case::Note;
use domain::id::PersonId;
use domain::organisation::{OrganisationKind, Role};
use domain::person::{Email, Identity};
use store::person::Exact;
use testkit::database::TestDatabase;
use testkit::random::Seeded;
use vault::keys::MasterKey;
use vault::one_time::STEP;

use crate::{PASSWORD, TestError, World, named, network, prepare, world};

/// Environment variable that makes the test a child that rotates: address and seed of the new key.
const CHILD: &str = "WERKBRUG_TEST_ROTATION_CHILD";

/// How often a child is killed, each time a little later.
const KILLS: u64 = 12;

/// How much later.
const LATER_BY: Duration = Duration::from_millis(8);

/// Persons whose keys are wrapped anew.
const PERSONS: usize = 60;

fn known() -> Result<Identity, TestError> {
    let mut identity = named("Kanarievogel")?;
    identity.email = Some(Email::new("kanarie@example.org")?);
    Ok(identity)
}

testkit::on_both_databases! {
    async fn everything_opens_with_the_new_key_and_nothing_is_written_with_the_old(world: World) {
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let k = world.colleague(here, Role::Klantmanager, "k@example.org").await?;
        let machine = Context::machine();
        let old = world.application.clone().check_key().await?;
        let person = old.register_person(&k.context, &RegisterPerson { identity: known()? }).await?;
        let at = old.open_case(&k.context, person, &OpenCase::default()).await?;
        old.add_note(&k.context, at, Note::new("een notitie")?).await?;
        let paper = old.issue_login_code(&k.context, person).await?;
        let invite = InviteStaff {
            organisation: here, role: Role::Klantmanager, login_name: "n@example.org", display_name: "Nieuw",
        };
        let (_, invitation) = old.invite_staff(&machine, invite).await?;

        let rounding = old.rounding_secret(&machine).await?;
        assert_eq!(old.rounding_secret(&machine).await?, rounding);
        let for_staff = old.rounding_secret(&k.context).await;
        assert!(matches!(for_staff, Err(ApplicationError::Forbidden)));

        let new = MasterKey::generate(&mut Seeded(100));
        let by_staff = old.rotate_key(&k.context, &new).await;
        assert!(matches!(by_staff, Err(ApplicationError::Forbidden)));
        let same = old.rotate_key(&machine, &world.master).await;
        assert!(matches!(same, Err(ApplicationError::AlreadyThere)));
        let rotated = old.rotate_key(&machine, &new).await?;
        assert_eq!((rotated.n_persons, rotated.n_second_factors, rotated.n_codes), (1, 3, 1));

        let refused = old.register_person(&k.context, &RegisterPerson { identity: known()? }).await;
        assert!(matches!(refused, Err(ApplicationError::OtherKey)), "{refused:?}");
        let refused = old.read_person(&k.context, person).await;
        assert!(matches!(refused, Err(ApplicationError::OtherKey)), "{refused:?}");
        assert!(matches!(world.application.clone().check_key().await, Err(ApplicationError::OtherKey)));

        let later = world.with_key(new.clone()).await?;
        let app = later.application.clone().check_key().await?;
        assert_eq!(app.rounding_secret(&machine).await?, rounding, "the same counts, rounded the same");
        assert_eq!(app.read_person(&k.context, person).await?.identity, known()?);
        assert_eq!(app.search_persons(&k.context, "kanarievogel").await?.len(), 1);
        let email = Email::new("kanarie@example.org")?;
        let exact = |master| store::person::find_exact(app.store(), master, here, Exact::Email(&email));
        assert_eq!((exact(&new).await?.len(), exact(&world.master).await?.len()), (1, 0));
        let case = app.read_case(&k.context, at.case).await?;
        assert_eq!(case.content.timeline().last().and_then(|last| last.note.clone()), Some(Note::new("een notitie")?));
        later.clock.pass(STEP as i64);
        let proof = PasswordProof {
            login_name: "k@example.org".into(), password: PASSWORD.into(), one_time_password: later.one_time(&k.second_factor),
        };
        app.log_in(&PasswordAndApp, &proof, network(1), None).await?;
        let enrolment = app.read_invitation(network(2), &invitation).await?;
        app.accept_invitation(network(2), &invitation, PASSWORD, &later.one_time(&enrolment.second_factor)).await?;
        let own = application::Device::Own;
        let wrong = app.redeem_login_code(network(3), paper.code.reveal(), own).await;
        assert!(matches!(wrong, Err(ApplicationError::WrongCredentials)));
        let paper = app.issue_login_code(&k.context, person).await?;
        app.redeem_login_code(network(3), paper.code.reveal(), own).await?;
        app.verify_audit(&machine, &[]).await?;
    }
}

#[test]
fn an_interrupted_change_is_whole_or_nothing_on_sqlite() -> std::io::Result<()> {
    let database = TestDatabase::sqlite()?;
    testkit::database::run(interrupt(&database.address));
    Ok(())
}

#[test]
fn an_interrupted_change_is_whole_or_nothing_on_postgres() -> std::io::Result<()> {
    if let Some(database) = TestDatabase::postgres()? {
        testkit::database::run(interrupt(&database.address));
    }
    Ok(())
}

/// The child; does nothing unless it was started as one.
#[test]
fn child() {
    let Ok(task) = std::env::var(CHILD) else {
        return;
    };
    testkit::database::run(async {
        let (address, seeds) = task.split_once(' ').ok_or("not a task")?;
        let (from, to) = seeds.split_once(' ').ok_or("not a task")?;
        let parent = world(address, 50).await?;
        let child = parent.with_key(key(from.parse()?)).await?;
        let application = child.application.clone().check_key().await?;
        println!("begun");
        application
            .rotate_key(&Context::machine(), &key(to.parse()?))
            .await?;
        println!("done");
        Ok::<(), TestError>(())
    });
}

fn key(seed: u64) -> MasterKey {
    MasterKey::generate(&mut Seeded(seed))
}

async fn interrupt(address: &str) -> Result<(), TestError> {
    let parent = world(address, 1).await?;
    let parent = parent.with_key(key(200)).await?;
    parent.application.clone().check_key().await?;
    let here = parent
        .organisation(OrganisationKind::Municipality, "Testdam")
        .await?;
    let k = parent
        .colleague(here, Role::Klantmanager, "k@example.org")
        .await?;
    let mut persons = Vec::new();
    for _ in 0..PERSONS {
        let new = RegisterPerson { identity: known()? };
        let person = parent.application.register_person(&k.context, &new).await?;
        persons.push((person, k.context));
    }
    let mut seed = 200;
    for round in 1..=KILLS {
        let next = 200 + round;
        rotate_and_kill(&format!("{address} {seed} {next}"), LATER_BY * round as u32)?;
        seed = match look(&parent, [seed, next], &persons).await {
            Ok(fitting) => fitting,
            // The last word of the killed child was still on its way to the server.
            Err(_) => look(&parent, [seed, next], &persons).await?,
        };
    }
    let world = parent.with_key(key(seed)).await?;
    let app = world.application.check_key().await?;
    let whole = app.rotate_key(&Context::machine(), &key(999)).await?;
    assert_eq!(whole.n_persons as usize, PERSONS);
    Ok(())
}

/// Which of two keys fits, after looking that everything opens with it.
async fn look(
    parent: &World,
    candidates: [u64; 2],
    persons: &[(PersonId, Context)],
) -> Result<u64, TestError> {
    let mut fitting = Vec::new();
    for candidate in candidates {
        let world = parent.with_key(key(candidate)).await?;
        if let Ok(app) = world.application.check_key().await {
            fitting.push(candidate);
            for (person, context) in persons {
                assert_eq!(app.read_person(context, *person).await?.identity, known()?);
            }
            app.verify_audit(&Context::machine(), &[]).await?;
        }
    }
    match fitting.as_slice() {
        [one] => Ok(*one),
        _ => Err(format!("{} keys fit", fitting.len()).into()),
    }
}

/// Starts a child that rotates and kills it some time after it began, unless it is done before.
fn rotate_and_kill(task: &str, after: Duration) -> Result<(), TestError> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["key_rotation::child", "--exact", "--nocapture"])
        .env(CHILD, task)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or("no output")?;
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if said.send(line).is_err() {
                return;
            }
        }
    });
    // The test harness says something first.
    while heard.recv()? != "begun" {}
    // Whichever comes first: its end, or the time to kill it.
    let _ = heard.recv_timeout(after);
    child.kill()?;
    child.wait()?;
    Ok(())
}
