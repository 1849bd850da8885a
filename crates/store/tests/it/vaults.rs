//! The remaining aggregates: staff, sessions, codes, spells, jobs, settings.

use domain::id::{InvitationId, JobId, LoginCodeId, MembershipId, SessionId, SpellId};
use domain::organisation::{OrganisationKind, Role};
use store::job::Job;
use store::login_code::LoginCode;
use store::session::{Device, Holder, Session};
use store::staff::{Account, Invitation, Membership};
use store::statistics::Spell;
use store::{
    StoreError, job, login_code, organisation, person, session, setting, staff, statistics,
};
use time::Duration;
use vault::password::StoredPassword;
use vault::token::Secret;

use crate::{World, identity, prepare};

fn account(world: &mut World, login_name: &str) -> Account {
    Account {
        id: world.account_id(),
        login_name: login_name.into(),
        display_name: "Fictieve Collega".into(),
        password: None,
        second_factor: None,
        second_factor_last_step: None,
        created_at: world.now,
        disabled_at: None,
    }
}

testkit::on_both_databases! {
    async fn staff_reads_back_and_one_time_passwords_work_once(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let mut new = account(&mut world, "a@example.org");
        let role = Membership {
            id: MembershipId::new(world.now, &mut world.random),
            account: new.id,
            organisation,
            role: Role::Klantmanager,
            granted_at: world.now,
            ended_at: None,
        };
        let transaction = world.store.begin().await?;
        staff::insert_account(&transaction, &new).await?;
        staff::insert_membership(&transaction, &role).await?;
        transaction.commit().await?;
        assert_eq!(staff::find_by_login(&world.store, "a@example.org").await?, Some(new.clone()));
        assert_eq!(staff::memberships_of(&world.store, new.id).await?, std::slice::from_ref(&role));
        assert_eq!(staff::list(&world.store, Some(organisation)).await?, [(new.clone(), role.clone())]);
        assert_eq!(staff::count(&world.store).await?, 1);
        let twin = account(&mut world, "a@example.org");
        let transaction = world.store.begin().await?;
        assert!(matches!(staff::insert_account(&transaction, &twin).await, Err(StoreError::Duplicate)));
        drop(transaction);

        let password = StoredPassword::new("een lang wachtwoord", &mut world.random)?;
        let transaction = world.store.begin().await?;
        staff::set_credentials(&transaction, new.id, &password, b"sealed", 7).await?;
        for (step, expected) in [(7, false), (8, true), (8, false), (6, false)] {
            assert_eq!(staff::use_step(&transaction, new.id, step).await?, expected, "{step}");
        }
        staff::disable(&transaction, new.id, world.now).await?;
        assert!(matches!(
            staff::disable(&transaction, twin.id, world.now).await,
            Err(StoreError::Missing)
        ));
        transaction.commit().await?;
        new.password = Some(password);
        new.second_factor = Some(b"sealed".to_vec());
        new.second_factor_last_step = Some(8);
        new.disabled_at = Some(world.now);
        assert_eq!(staff::find(&world.store, new.id).await?, Some(new.clone()));
        let transaction = world.store.begin().await?;
        staff::clear_credentials(&transaction, new.id).await?;
        transaction.commit().await?;
        assert_eq!(staff::find(&world.store, new.id).await?.and_then(|now| now.password), None);
    }

    async fn invitations_are_used_once_and_replace_each_other(world: World) {
        let mut world = world;
        let new = account(&mut world, "a@example.org");
        let mut invitations = Vec::new();
        let transaction = world.store.begin().await?;
        staff::insert_account(&transaction, &new).await?;
        for _ in 0..2 {
            let invitation = Invitation {
                id: InvitationId::new(world.now, &mut world.random),
                account: new.id,
                code: Secret::token(&mut world.random).hash(),
                second_factor: b"sealed".to_vec(),
                created_by: None,
                created_at: world.now,
                expires_at: world.now + Duration::HOUR,
                used_at: None,
            };
            staff::insert_invitation(&transaction, &invitation).await?;
            invitations.push(invitation);
        }
        transaction.commit().await?;
        let first = staff::find_invitation(&world.store, invitations[0].code).await?.ok_or("gone")?;
        assert_eq!(first.used_at, Some(world.now));
        assert_eq!(staff::find_invitation(&world.store, invitations[1].code).await?.as_ref(), Some(&invitations[1]));
        let transaction = world.store.begin().await?;
        for expected in [true, false] {
            assert_eq!(staff::use_invitation(&transaction, invitations[1].id, world.now).await?, expected);
        }
    }

    async fn sessions_end_and_are_prolonged(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let person = world.person(organisation, &identity(), &[]).await?;
        let holder = Holder::Newcomer(person);
        let new = Session {
            id: SessionId::new(world.now, &mut world.random),
            token: Secret::token(&mut world.random).hash(),
            holder,
            device: Device::Shared,
            created_at: world.now,
            last_seen_at: world.now,
            idle_ends_at: world.now + Duration::minutes(10),
            ends_at: world.now + Duration::HOUR,
            ended_at: None,
        };
        let transaction = world.store.begin().await?;
        session::insert(&transaction, &new).await?;
        let later = world.now + Duration::minutes(5);
        session::touch(&transaction, new.id, later, world.now + Duration::minutes(15)).await?;
        transaction.commit().await?;
        let read = session::find_by_token(&world.store, new.token).await?.ok_or("gone")?;
        assert_eq!(read.idle_ends_at, world.now + Duration::minutes(15));
        assert!(read.is_live(world.now + Duration::minutes(14)));
        assert!(!read.is_live(world.now + Duration::minutes(15)));
        assert_eq!(session::live_of(&world.store, holder, world.now).await?, [read]);
        let stranger = Holder::Newcomer(world.person(organisation, &identity(), &[]).await?);
        let transaction = world.store.begin().await?;
        assert!(!session::end(&transaction, stranger, new.id, later).await?);
        assert!(session::end(&transaction, holder, new.id, later).await?);
        assert!(!session::end(&transaction, holder, new.id, later).await?);
        assert_eq!(session::end_all_of_person(&transaction, person, later).await?, 0);
        transaction.commit().await?;
        assert_eq!(session::live_of(&world.store, holder, world.now).await?, []);
    }

    async fn sessions_of_an_account_end_together(world: World) {
        let mut world = world;
        let new = account(&mut world, "a@example.org");
        let mut tokens = Vec::new();
        for name in ["Testdam", "Elders"] {
            let organisation = world.organisation(name).await?;
            let role = Membership {
                id: MembershipId::new(world.now, &mut world.random),
                account: new.id, organisation, role: Role::Coordinator, granted_at: world.now, ended_at: None,
            };
            let transaction = world.store.begin().await?;
            if name == "Testdam" {
                staff::insert_account(&transaction, &new).await?;
            }
            staff::insert_membership(&transaction, &role).await?;
            let token = Secret::token(&mut world.random).hash();
            let one = Session {
                id: SessionId::new(world.now, &mut world.random),
                token, holder: Holder::Staff(role.id), device: Device::Own, created_at: world.now,
                last_seen_at: world.now, idle_ends_at: world.now, ends_at: world.now, ended_at: None,
            };
            session::insert(&transaction, &one).await?;
            transaction.commit().await?;
            tokens.push(token);
        }
        let transaction = world.store.begin().await?;
        assert_eq!(session::end_all_of_account(&transaction, new.id, world.now).await?, 2);
        transaction.commit().await?;
        for token in tokens {
            let ended = session::find_by_token(&world.store, token).await?.ok_or("gone")?;
            assert_eq!(ended.ended_at, Some(world.now));
        }
    }

    async fn login_codes_are_taken_once(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let person = world.person(organisation, &identity(), &[]).await?;
        let mut codes = Vec::new();
        let transaction = world.store.begin().await?;
        for n in 0..2_u8 {
            let code = LoginCode {
                id: LoginCodeId::new(world.now, &mut world.random),
                person,
                selector: vec![7],
                code: vec![n],
                created_by: None,
                created_at: world.now,
                expires_at: world.now + Duration::DAY,
                used_at: None,
                attempts: 0,
            };
            login_code::insert(&transaction, &code).await?;
            codes.push(code);
        }
        login_code::count_attempt(&transaction, &[7]).await?;
        login_code::count_attempt(&transaction, &[8]).await?;
        transaction.commit().await?;
        // The second code withdrew the first.
        let unused = login_code::unused_with_selector(&world.store, &[7]).await?;
        assert_eq!(unused, [LoginCode { attempts: 1, ..codes[1].clone() }]);
        let transaction = world.store.begin().await?;
        for expected in [true, false] {
            assert_eq!(login_code::take(&transaction, codes[1].id, world.now).await?, expected);
        }
        assert!(login_code::unused_with_selector(&transaction, &[7]).await?.is_empty());
    }

    async fn spells_jobs_and_settings_read_back(world: World) {
        let mut world = world;
        let organisation = world.organisation("Testdam").await?;
        let id = world.person(organisation, &identity(), &[]).await?;
        let pseudonym = person::find(&world.store, id).await?.and_then(|p| p.pseudonym).ok_or("none")?;
        let spell = Spell {
            id: SpellId::new(world.now, &mut world.random),
            pseudonym,
            kind: "work".into(),
            began_on: "2026-03-02".into(),
            ended_on: None,
            payload: "{}".into(),
        };
        let new = Job { id: JobId::new(world.now, &mut world.random), kind: "letter".into(), payload: "{}".into(), attempts: 0 };
        let transaction = world.store.begin().await?;
        statistics::insert(&transaction, &spell).await?;
        job::enqueue(&transaction, &new, world.now, world.now + Duration::HOUR).await?;
        setting::put(&transaction, "a", "1", world.now).await?;
        setting::put(&transaction, "a", "2", world.now).await?;
        transaction.commit().await?;
        assert_eq!(statistics::of_pseudonym(&world.store, pseudonym).await?, [spell]);
        assert_eq!(setting::find(&world.store, "a").await?.as_deref(), Some("2"));
        assert_eq!(setting::find(&world.store, "b").await?, None);
        let at = world.now + Duration::HOUR;
        let transaction = world.store.begin().await?;
        assert_eq!(job::claim(&transaction, world.now, at).await?, None);
        let claimed = job::claim(&transaction, at, at + Duration::MINUTE).await?.ok_or("no work")?;
        assert_eq!(claimed, Job { attempts: 1, ..new });
        assert_eq!(job::claim(&transaction, at, at).await?, None);
        job::fail(&transaction, claimed.id, "later", at).await?;
        assert_eq!(job::claim(&transaction, at, at).await?.map(|job| job.attempts), Some(2));
        job::finish(&transaction, claimed.id, at).await?;
        assert_eq!(job::claim(&transaction, at, at).await?, None);
        transaction.commit().await?;
    }

    async fn organisations_are_listed_by_name(world: World) {
        let mut world = world;
        let second = world.organisation("Zandvoort aan Test").await?;
        world.organisation("Aalsmeer aan Test").await?;
        let listed = organisation::list(&world.store).await?;
        assert_eq!(listed.iter().map(|o| o.name.chars().next()).collect::<Vec<_>>(), [Some('A'), Some('Z')]);
        let found = organisation::find(&world.store, second).await?.ok_or("gone")?;
        assert_eq!(found.kind, OrganisationKind::Municipality);
        assert!(matches!(world.organisation("Aalsmeer aan Test").await, Err(StoreError::Duplicate)));
    }
}
