//! An installation for tests: the use cases over a database, a clock that stands still, and people
//! who can log in. The tests of the crate `web` use it, too.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::throttle::Network;
use application::{
    Actor, Application, ApplicationError, Context, InviteStaff, RegisterPerson, Rules, Seeds,
    Surroundings,
};
use domain::id::{AccountId, OrganisationId, PersonId};
use domain::organisation::{OrganisationKind, Role};
use domain::person::{Identity, NamePart, PersonName};
use guidance::RuleStore;
use store::{Store, migration};
use testkit::clock::SetClock;
use testkit::database::TestDatabase;
use testkit::random::Seeded;
use vault::keys::MasterKey;
use vault::one_time::{OneTimeSecret, STEP};
use vault::token::Secret;

pub(crate) type TestError = Box<dyn std::error::Error + Send + Sync>;

pub(crate) const PASSWORD: &str = "drie groene fietsen";

/// Seeds that repeat.
struct SeededSeeds(Mutex<Seeded>);

impl Seeds for SeededSeeds {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(()) = rand_core::TryRng::try_fill_bytes(&mut *random, &mut seed);
        seed
    }
}

/// What most tests need.
pub(crate) struct World {
    pub(crate) application: Application,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) address: String,
    pub(crate) master: MasterKey,
}

/// A member of staff with what they need to log in.
pub(crate) struct Colleague {
    pub(crate) account: AccountId,
    pub(crate) login_name: String,
    pub(crate) second_factor: OneTimeSecret,
    pub(crate) context: Context,
    pub(crate) token: Secret,
}

pub(crate) async fn prepare(database: &TestDatabase) -> Result<World, TestError> {
    world(&database.address, 1).await
}

/// The application on a database, which is set up first if need be.
pub(crate) async fn world(address: &str, seed: u64) -> Result<World, TestError> {
    let clock = Arc::new(SetClock::new());
    world_with(address, seed, (clock, MasterKey::generate(&mut Seeded(99)))).await
}

async fn world_with(
    address: &str,
    seed: u64,
    (clock, master): (Arc<SetClock>, MasterKey),
) -> Result<World, TestError> {
    let store = Store::connect(&address.parse()?).await?;
    migration::migrate(&store, domain::moment::Clock::now(&*clock)).await?;
    let seeds = Arc::new(SeededSeeds(Mutex::new(Seeded(seed))));
    let surroundings = Surroundings::new(clock.clone(), seeds);
    let application = Application::new(store, master.clone(), surroundings, Rules::default())?
        .with_guidance(guidance());
    Ok(World {
        application,
        clock,
        address: address.to_owned(),
        master,
    })
}

/// The set that is part of the program; read once, because every scenario in it runs then.
#[expect(clippy::panic, reason = "this is how a test fails")]
fn guidance() -> Arc<RuleStore> {
    static SET: OnceLock<Arc<RuleStore>> = OnceLock::new();
    let read = || RuleStore::embedded().unwrap_or_else(|refused| panic!("{refused}"));
    SET.get_or_init(|| Arc::new(read())).clone()
}

pub(crate) fn network(last: u8) -> Network {
    Network::from(IpAddr::V4(Ipv4Addr::new(192, 0, last, 1)))
}

impl World {
    /// The same installation for a process that has another master key.
    pub(crate) async fn with_key(&self, master: MasterKey) -> Result<World, TestError> {
        let inside = (self.clock.clone(), master);
        world_with(&self.address, 7, inside).await
    }

    pub(crate) async fn organisation(
        &self,
        kind: OrganisationKind,
        name: &str,
    ) -> Result<OrganisationId, ApplicationError> {
        let machine = Context::machine();
        self.application
            .add_organisation(&machine, kind, name)
            .await
    }

    /// Invites and enrols a colleague and logs them in.
    pub(crate) async fn colleague(
        &self,
        organisation: OrganisationId,
        role: Role,
        login_name: &str,
    ) -> Result<Colleague, TestError> {
        let invite = InviteStaff {
            organisation,
            role,
            login_name,
            display_name: "Fictieve Collega",
        };
        let (account, code) = self
            .application
            .invite_staff(&Context::machine(), invite)
            .await?;
        let enrolment = self.application.read_invitation(network(0), &code).await?;
        let one_time = self.one_time(&enrolment.second_factor);
        self.application
            .accept_invitation(network(0), &code, PASSWORD, &one_time)
            .await?;
        self.clock.pass(STEP as i64);
        let proof = PasswordProof {
            login_name: login_name.to_owned(),
            password: PASSWORD.to_owned(),
            one_time_password: self.one_time(&enrolment.second_factor),
        };
        let logged_in = self
            .application
            .log_in(&PasswordAndApp, &proof, network(0), None)
            .await?;
        Ok(Colleague {
            account,
            login_name: login_name.to_owned(),
            second_factor: enrolment.second_factor,
            context: Context::of(logged_in.actor),
            token: logged_in.token,
        })
    }

    /// What the app shows now.
    pub(crate) fn one_time(&self, secret: &OneTimeSecret) -> String {
        let now = domain::moment::Clock::now(&*self.clock);
        secret.password((now.micros() / 1_000_000) as u64 / STEP)
    }

    pub(crate) async fn person(
        &self,
        context: &Context,
        name: &str,
    ) -> Result<PersonId, TestError> {
        let new = RegisterPerson {
            identity: named(name)?,
        };
        Ok(self.application.register_person(context, &new).await?)
    }

    /// Hands a newcomer a code and logs them in with it.
    pub(crate) async fn newcomer(
        &self,
        klantmanager: &Context,
        person: PersonId,
    ) -> Result<Context, TestError> {
        let issued = self
            .application
            .issue_login_code(klantmanager, person)
            .await?;
        let logged_in = self
            .application
            .redeem_login_code(
                network(9),
                issued.code.reveal(),
                store::session::Device::Own,
            )
            .await?;
        assert!(matches!(logged_in.actor, Actor::Newcomer(n) if n.person == person));
        Ok(Context::of(logged_in.actor))
    }
}

pub(crate) fn named(name: &str) -> Result<Identity, TestError> {
    Ok(Identity {
        name: PersonName::only(NamePart::new(name)?),
        birth: None,
        email: None,
        phone: None,
    })
}
