//! How long sessions live: to the second by time, and at once by hand, for every kind of holder.

use application::{ApplicationError, Context, Device, SessionRules};
use domain::organisation::{OrganisationKind, Role};
use sea_orm::ConnectionTrait;
use time::Duration;
use vault::token::Secret;

use crate::{TestError, World, network, prepare};

impl World {
    /// A new session of a kind, and how long such sessions may last unused and at most.
    async fn session_of(
        &self,
        kind: Kind,
        n: u8,
    ) -> Result<(Secret, Duration, Duration), TestError> {
        let rules = SessionRules::default();
        let here = self
            .organisation(OrganisationKind::Municipality, &format!("Testdam {n}"))
            .await?;
        let name = format!("k{n}@example.org");
        let k = self.colleague(here, Role::Klantmanager, &name).await?;
        let device = match kind {
            Kind::Staff => return Ok((k.token, rules.staff_idle, rules.staff_longest)),
            Kind::Newcomer(device) => device,
        };
        let person = self.person(&k.context, "Fictie").await?;
        let code = self
            .application
            .issue_login_code(&k.context, person)
            .await?;
        let begun = self
            .application
            .redeem_login_code(network(n), code.code.reveal(), device)
            .await?;
        Ok(match device {
            Device::Own => (begun.token, rules.own_idle, rules.own_longest),
            Device::Shared => (begun.token, rules.shared_idle, rules.shared_longest),
        })
    }

    async fn is_over(&self, token: &Secret) -> bool {
        let outcome = self.application.resume(token).await;
        matches!(outcome, Err(ApplicationError::SessionOver))
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Staff,
    Newcomer(Device),
}

const KINDS: [Kind; 3] = [
    Kind::Staff,
    Kind::Newcomer(Device::Own),
    Kind::Newcomer(Device::Shared),
];

testkit::on_both_databases! {
    async fn an_unused_session_ends_to_the_second(world: World) {
        for (n, kind) in KINDS.into_iter().enumerate() {
            let (token, idle, _) = world.session_of(kind, n as u8).await?;
            world.clock.pass(idle.whole_seconds() - 1);
            assert!(!world.is_over(&token).await, "{n} too soon");
            // That was a use: the time begins anew.
            world.clock.pass(idle.whole_seconds());
            assert!(world.is_over(&token).await, "{n} too late");
        }
    }

    async fn a_session_in_use_ends_at_its_longest(world: World) {
        for (n, kind) in KINDS.into_iter().enumerate() {
            let (token, idle, longest) = world.session_of(kind, n as u8).await?;
            let step = idle.whole_seconds() / 2;
            let mut lived = 0;
            while lived + step < longest.whole_seconds() {
                world.clock.pass(step);
                lived += step;
                assert!(!world.is_over(&token).await, "{n} after {lived} s");
            }
            world.clock.pass(longest.whole_seconds() - lived);
            assert!(world.is_over(&token).await, "{n}");
        }
    }

    async fn whoever_may_no_longer_is_out_at_once(world: World) {
        let app = &world.application;
        let machine = Context::machine();
        let here = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let closing = world.organisation(OrganisationKind::Municipality, "Opgeheven").await?;
        let disabled = world.colleague(here, Role::Klantmanager, "d@example.org").await?;
        let reset = world.colleague(here, Role::Klantmanager, "r@example.org").await?;
        let moved = world.colleague(here, Role::Klantmanager, "m@example.org").await?;
        let closed = world.colleague(closing, Role::Klantmanager, "c@example.org").await?;
        let officer = world.colleague(here, Role::PrivacyOfficer, "p@example.org").await?;
        let person = world.person(&reset.context, "Fictie").await?;
        let code = app.issue_login_code(&reset.context, person).await?;
        let erased = app.redeem_login_code(network(8), code.code.reveal(), Device::Own).await?;
        let tokens = [&disabled.token, &reset.token, &moved.token, &closed.token, &erased.token];
        for token in tokens {
            assert!(!world.is_over(token).await);
        }
        app.disable_staff(&machine, disabled.account).await?;
        app.reset_staff(&machine, reset.account).await?;
        app.erase_person(&officer.context, person).await?;
        // What no use case does yet is looked at all the same: a role that ended, an organisation
        // that was closed.
        let shell = sea_orm::Database::connect(&world.address.replace("sqlite:", "sqlite://")).await?;
        shell.execute_unprepared("UPDATE organisation SET disabled_at = 1 WHERE name = 'Opgeheven'").await?;
        shell.execute_unprepared(
            "UPDATE staff_membership SET ended_at = 1 WHERE account_id = (SELECT id FROM staff_account WHERE login_name = 'm@example.org')",
        ).await?;
        shell.close().await?;
        for (n, token) in tokens.into_iter().enumerate() {
            assert!(world.is_over(token).await, "{n}");
        }
        assert!(!world.is_over(&officer.token).await, "who is not meant stays");
    }
}
