//! Staff who log in with a provider of identities: only who is invited, each answer once.
//!
//! The provider here only says who came; how a real one is spoken to and its tokens are checked is
//! tested in the crate `openid`.

use std::sync::Arc;

use application::identity_provider::{PasswordAndApp, PasswordProof};
use application::sign_in::{
    AnswerProof, OpenIdProvider, ProviderError, ProviderFuture, Subject, WayBack, WayOut,
};
use application::{Actor, Application, ApplicationError, Context, InviteStaff};
use domain::moment::Moment;
use domain::organisation::{OrganisationKind, Role};
use vault::token::Secret;

use crate::{World, network, prepare};

/// Takes every code for the name of somebody.
struct Trusting;

impl OpenIdProvider for Trusting {
    fn name(&self) -> &str {
        "Proefprovider"
    }

    fn address<'a>(&'a self, way: &'a WayOut, _: Moment) -> ProviderFuture<'a, String> {
        Box::pin(async move { Ok(way.state.clone()) })
    }

    fn subject<'a>(&'a self, back: &'a WayBack, _: Moment) -> ProviderFuture<'a, Subject> {
        Box::pin(async move {
            match back.code.as_str() {
                "refused" => Err(ProviderError::Refused("no second factor")),
                "silent" => Err(ProviderError::Unavailable("nobody answers".to_owned())),
                who => Ok(Subject {
                    issuer: "https://provider.example".to_owned(),
                    subject: who.to_owned(),
                }),
            }
        })
    }
}

fn with_provider(world: &World) -> Application {
    world.application.clone().with_provider(Arc::new(Trusting))
}

/// Goes to the provider and comes back as somebody.
async fn come_as(
    app: &Application,
    who: &str,
    invitation: Option<&Secret>,
) -> Result<application::LoggedIn, ApplicationError> {
    let out = app.set_out(network(1), invitation).await?;
    let proof = AnswerProof {
        token: out.token,
        state: out.address,
        code: who.to_owned(),
    };
    app.come_back(network(1), &proof).await
}

fn is_wrong<T>(outcome: &Result<T, ApplicationError>) -> bool {
    matches!(outcome, Err(ApplicationError::WrongCredentials))
}

testkit::on_both_databases! {
    async fn only_who_was_invited_comes_in(world: World) {
        let app = with_provider(&world);
        assert_eq!(app.provider_name(), Some("Proefprovider"));
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let invite = InviteStaff {
            organisation: town,
            role: Role::Klantmanager,
            login_name: "k@example.org",
            display_name: "Fictieve Collega",
        };
        let machine = Context::machine();
        let (account, code) = app.invite_staff(&machine, invite).await?;
        assert!(is_wrong(&come_as(&app, "somebody", None).await), "no account is made by itself");
        let wrong = Secret::from_text("wrong".to_owned());
        assert!(is_wrong(&come_as(&app, "somebody", Some(&wrong)).await));
        assert!(!app.list_staff(&machine, Some(town)).await?[0].is_enrolled);
        let first = come_as(&app, "somebody", Some(&code)).await?;
        assert!(matches!(first.actor, Actor::Staff(staff) if staff.account == account));
        assert!(app.list_staff(&machine, Some(town)).await?[0].is_enrolled);
        come_as(&app, "somebody", None).await?;
        assert!(is_wrong(&come_as(&app, "somebody else", None).await));
        assert!(is_wrong(&come_as(&app, "somebody else", Some(&code)).await), "an invitation works once");
        // There is no password that would open this account.
        let proof = PasswordProof {
            login_name: "k@example.org".to_owned(),
            password: String::new(),
            one_time_password: "000000".to_owned(),
        };
        assert!(is_wrong(&app.log_in(&PasswordAndApp, &proof, network(2), None).await));
        app.reset_staff(&machine, account).await?;
        assert!(is_wrong(&come_as(&app, "somebody", None).await), "a reset account has to be linked anew");
        app.disable_staff(&machine, account).await?;
        assert!(app.resume(&first.token).await.is_err());
    }

    async fn an_answer_works_once_in_the_browser_that_asked(world: World) {
        let app = with_provider(&world);
        let town = world.organisation(OrganisationKind::Municipality, "Testdam").await?;
        let invite = InviteStaff {
            organisation: town,
            role: Role::Klantmanager,
            login_name: "k@example.org",
            display_name: "Fictieve Collega",
        };
        let (_, code) = app.invite_staff(&Context::machine(), invite).await?;
        come_as(&app, "somebody", Some(&code)).await?;
        let out = app.set_out(network(1), None).await?;
        let other = app.set_out(network(1), None).await?;
        let proof = |token: &Secret, state: &str| AnswerProof {
            token: token.clone(),
            state: state.to_owned(),
            code: "somebody".to_owned(),
        };
        // An answer that somebody else fetched is put into this browser.
        let mixed = app.come_back(network(1), &proof(&out.token, &other.address)).await;
        assert!(is_wrong(&mixed), "{mixed:?}");
        let used_up = app.come_back(network(1), &proof(&out.token, &out.address)).await;
        assert!(is_wrong(&used_up), "{used_up:?}");
        let right = proof(&other.token, &other.address);
        let (first, second) = tokio::join!(app.come_back(network(1), &right), app.come_back(network(1), &right));
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let late = app.set_out(network(1), None).await?;
        world.clock.pass(600);
        assert!(is_wrong(&app.come_back(network(1), &proof(&late.token, &late.address)).await));
        let refused = come_as(&app, "refused", None).await;
        assert!(matches!(refused, Err(ApplicationError::RefusedByProvider(_))));
        let silent = come_as(&app, "silent", None).await;
        assert!(matches!(silent, Err(ApplicationError::NoProvider(_))));
        let none = world.application.set_out(network(1), None).await;
        assert!(matches!(none, Err(ApplicationError::NotFound)));
    }
}
