//! Instruments that would help with one anonymous candidate: named for what stands on the page, and
//! the same whoever the person is.

use application::work::employer::CandidateList;

use super::*;

/// What would tell something of age, health, benefit or wage value, or is the municipality's.
const NEVER: [&str; 6] = [
    "no-risk",
    "lks",
    "lkv-banenafspraak",
    "liv",
    "lkv-older",
    "sickness-insurance",
];

#[test]
fn help_is_named_for_what_is_to_be_learned_and_says_nothing_of_the_person() {
    run(async {
        let here = employment().await?;
        let app = here.town.application.clone();
        let mut vacancy = vacancy_for("lasser")?;
        vacancy.languages[0].after_a_year = LanguageLevel::B2;
        let id = here.town.open(&vacancy).await?;
        let path = format!("/vacatures/{id}");
        // Two of the same skills and languages, who differ in everything an employer must not know.
        let canary = here.canary().await?;
        let mut profile = profile_of("lasser")?;
        profile.about.residence = Some("displaced_ukraine".parse()?);
        here.town.newcomer("Heel Anders", &profile).await?;
        let mut learner = profile_of("lasser")?;
        learner.skills.truncate(learner.skills.len() / 2 + 1);
        here.town.newcomer("Leerling", &learner).await?;
        here.pool(1).await?;
        let few = here.get(&path).await;
        assert!(!few.body.contains("Regelingen die kunnen helpen"));
        here.pool(1).await?;

        let context = &here.town.employer.context;
        let CandidateList::Listed(listed) = app.candidates_for(context, id, 20).await? else {
            return Err("nobody is listed".into());
        };
        assert!(listed.len() >= 5);
        let mut by_skills: std::collections::BTreeMap<usize, Vec<_>> = Default::default();
        for candidate in &listed {
            let help = app.help_with(candidate, Language::NL)?;
            for one in &help {
                assert!(!one.reasons.is_empty());
                assert!(!NEVER.contains(&one.help.id.as_str()), "{}", one.help.id);
            }
            by_skills
                .entry(candidate.skills.len())
                .or_default()
                .push(help);
        }
        for same in by_skills.values() {
            assert!(same.windows(2).all(|two| two[0] == two[1]));
        }
        let learns = &by_skills.values().next().ok_or("nobody")?[0];
        let ids: Vec<&str> = learns.iter().map(|one| one.help.id.as_str()).collect();
        assert!(
            ids.contains(&"floor-language") && ids.contains(&"onboarding-plan"),
            "{ids:?}"
        );
        for language in Language::interface() {
            let page = here.get_in(&path, language.code()).await;
            assert!(!page.body.contains('⟦'), "{language}");
            assert_no_canary(&page, language.code());
        }
        let page = here.get(&path).await.body;
        assert!(
            page.contains("Taal op de werkvloer") && page.contains("Deze kandidaat leert dat nog")
        );
        assert!(page.contains("Ze zeggen niets over de persoon"));
        // Who leaves the list takes the help along.
        let mut own = app.read_profile(&acting(canary), canary).await?;
        own.profile.pool = domain::profile::PoolChoice::NotListed;
        app.save_profile(&acting(canary), canary, own.version, &own.profile)
            .await?;
        app.refresh_work().await?;
        let after = here.get(&path).await;
        assert!(!after.body.contains("Regelingen die kunnen helpen"));
        Ok::<(), TestError>(())
    });
}
