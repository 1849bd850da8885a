//! What is kept while somebody works: drafts beside a colleague's change, the module's hours, what a
//! partner may see.

use super::*;

#[test]
fn what_was_typed_into_a_plan_is_kept_and_never_overwrites_a_colleague() {
    run(async {
        let desk = desk().await?;
        let case = desk.registered("Fictieve Nieuwkomer").await;
        let (plan, drafts) = (format!("{case}/plan"), format!("{case}/concept"));
        desk.done(&plan, "opstellen", &[]).await;
        let page = desk.get(&plan).await;
        let (version, number) = (field(&page, "versie"), field(&page, "nummer"));
        let typed = |text: &'static str| {
            [
                ("concept-van", "plan"),
                ("nummer", number.as_str()),
                ("versie", version.as_str()),
                ("doe", "opslaan"),
                ("deel-work", text),
            ]
        };
        let kept = desk.post(&drafts, &typed("Bakker worden")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert_eq!(kept.header("location"), plan);
        let again = desk.get(&plan).await;
        assert!(
            again.body.contains("Bakker worden") && again.body.contains("uw concept"),
            "{}",
            again.body
        );
        let colleague = desk
            .world
            .colleague(desk.town.municipality, Role::Klantmanager, "c@example.org")
            .await?;
        let theirs = desk
            .post_as(&plan, &cookie(&colleague), &typed("Kok worden"))
            .await;
        assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.body);
        let overtaken = desk.get(&plan).await;
        assert!(
            overtaken.body.contains("Bakker worden"),
            "the own draft stays"
        );
        let mine = field(&overtaken, "versie");
        assert_eq!(
            mine, version,
            "a draft that was overtaken keeps its version"
        );
        let stale = desk.post(&plan, &typed("Bakker worden")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(
            stale.body.contains("Bakker worden") && stale.body.contains("Kok worden"),
            "both texts: {}",
            stale.body
        );
        desk.post(&drafts, &[("concept-van", "plan"), ("weg", "1")])
            .await;
        let fresh = desk.get(&plan).await;
        assert!(fresh.body.contains("Kok worden") && !fresh.body.contains("Bakker worden"));
        Ok::<(), TestError>(())
    });
}

#[test]
fn the_module_says_what_is_open_and_placements_what_is_below_the_education() {
    run(async {
        let desk = desk().await?;
        let case = desk.registered("Fictieve Nieuwkomer").await;
        let module = format!("{case}/map");
        let wrong = desk.act(&module, "uren", &[("uren", "veel")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        desk.done(&module, "uren", &[("uren", "39,5")]).await;
        let themes = [("thema", "occupations"), ("thema", "network")];
        desk.done(&module, "thema", &themes).await;
        let page = desk.get(&module).await;
        assert!(page.body.contains("value=\"39,5\""), "{}", page.body);
        assert_eq!(page.body.matches(" checked").count(), 2);

        let place = [
            ("soort", "regular"),
            ("werkgever", "Fictieschoon"),
            ("begin", &desk.today()),
            ("uren", "24"),
            ("groep", "9"),
            ("eis-pays-wage", "yes"),
        ];
        let places = format!("{case}/plaatsing");
        desk.done(&places, "plaatsen", &place).await;
        let page = desk.get(&places).await;
        assert!(page.body.contains("Eenvoudig werk"), "{}", page.body);
        assert!(!page.body.contains("ONDER"), "no education is known");
        let keys = desk.get("/toetsen").await;
        assert!(keys.body.contains(" data-keys") && keys.body.contains("<kbd>/</kbd>"));
        let off = desk.post("/toetsen", &[("toetsen", "uit")]).await;
        let set = off.header("set-cookie").to_owned();
        assert!(set.starts_with("__Host-toetsen=uit;") && set.contains("HttpOnly"));
        let cookies = format!("{}; __Host-toetsen=uit", desk.cookie);
        assert!(
            !desk
                .get_as("/toetsen", &cookies)
                .await
                .body
                .contains(" data-keys")
        );
        Ok::<(), TestError>(())
    });
}

#[test]
fn a_partner_sees_what_was_consented_to_and_nothing_after_the_no() {
    run(async {
        let desk = desk().await?;
        let partner = desk
            .world
            .organisation(
                domain::organisation::OrganisationKind::Partner,
                "Fictief Netwerk",
            )
            .await?;
        let coach = desk
            .world
            .colleague(partner, Role::Klantmanager, "p@example.org")
            .await?;
        let person = desk
            .town
            .newcomer("Canarie Fictief", &story::profile_of("lasser")?)
            .await?;
        let shared = async || desk.get_as("/gedeeld", &cookie(&coach)).await;
        assert!(!shared().await.body.contains("Canarie"));
        let app = &desk.town.application;
        let own = story::acting(person);
        app.give_consent(
            &own,
            person,
            partner,
            &application::ConsentTerms::contact("partner-1"),
        )
        .await?;
        let page = shared().await;
        assert!(page.body.contains("Canarie"), "{}", page.body);
        let foreign = app.read_person(&coach.context, person).await?.identity;
        assert!(foreign.birth.is_none() && foreign.name.original_script.is_none());
        assert!(app.read_profile(&coach.context, person).await.is_err());
        app.withdraw_consent(&own, person, partner).await?;
        assert!(
            !shared().await.body.contains("Canarie"),
            "withdrawing counts at once"
        );
        assert!(app.read_person(&coach.context, person).await.is_err());
        Ok::<(), TestError>(())
    });
}
