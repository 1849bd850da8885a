//! A profile keeps its form, its limits and what was not answered.

use super::*;

type TestError = Box<dyn std::error::Error>;

fn experience(words: &str) -> Result<Experience, TestError> {
    Ok(Experience {
        words: words.parse()?,
        occupation: None,
        kind: WorkKind::Care,
        from: Some("2011".parse()?),
        until: Some("2011".parse()?),
        tasks: vec![],
    })
}

#[test]
fn an_empty_profile_is_stored_with_its_version_and_reads_back() -> Result<(), TestError> {
    let empty: Profile = serde_json::from_str("{\"version\":1}")?;
    assert_eq!(empty, Profile::default());
    let mut profile = empty;
    profile.work.push(experience("خياطة في البيت")?);
    profile
        .answers
        .insert(ProfileQuestion::Languages, AnswerState::DoesNotKnow);
    let again: Profile = serde_json::from_str(&serde_json::to_string(&profile)?)?;
    assert_eq!(again, profile);
    assert!(serde_json::from_str::<Profile>("{\"version\":2}").is_err());
    assert!(serde_json::from_str::<Profile>("{}").is_err());
    Ok(())
}

#[test]
fn there_is_no_place_for_who_somebody_is() {
    for field in ["name", "sex", "birth", "country", "nationality", "religion"] {
        let text = format!("{{\"version\":1,\"about\":{{\"{field}\":\"x\"}}}}");
        assert!(serde_json::from_str::<Profile>(&text).is_err(), "{field}");
        let text = format!("{{\"version\":1,\"{field}\":\"x\"}}");
        assert!(serde_json::from_str::<Profile>(&text).is_err(), "{field}");
    }
}

#[test]
fn limits_are_held() -> Result<(), TestError> {
    let mut profile = Profile::default();
    profile.work.push(experience("a")?);
    assert_eq!(profile.check(), Ok(()));
    profile.work[0].from = Some("2012".parse()?);
    assert_eq!(profile.check(), Err(ProfileFault::EndsBeforeItBegins));
    profile.work = vec![experience("a")?; MOST_EXPERIENCES + 1];
    assert!(matches!(
        profile.check(),
        Err(ProfileFault::TooMany { count: 41, .. })
    ));
    profile.work.clear();
    let skill = ProfileSkill {
        skill: "urn:werkbrug:skill:a".parse()?,
        level: None,
        source: SkillSource::Said,
        evidence: None,
        choice: SkillChoice::Dropped,
    };
    profile.skills = vec![skill.clone(), skill];
    assert_eq!(profile.check(), Err(ProfileFault::Twice { what: "skills" }));
    assert_eq!(profile.kept_skills().count(), 0);
    profile.skills.clear();
    profile.availability.travel = Some(Travel::default());
    assert_eq!(profile.check(), Err(ProfileFault::NoRegion));
    Ok(())
}

#[test]
fn the_story_resumes_at_the_first_open_question() {
    let mut profile = Profile::default();
    assert_eq!(
        profile.resume_at(),
        Some(ProfileQuestion::PreferredLanguage)
    );
    for question in ProfileQuestion::ALL {
        profile.answers.insert(question, AnswerState::Answered);
    }
    assert_eq!(profile.resume_at(), None);
    profile
        .answers
        .insert(ProfileQuestion::Residence, AnswerState::DoesNotKnow);
    assert_eq!(profile.resume_at(), None);
    profile.answers.remove(&ProfileQuestion::Hours);
    assert_eq!(profile.resume_at(), Some(ProfileQuestion::Hours));
    assert_eq!(profile.progress(Part::About), (2, 2));
    assert_eq!(profile.progress(Part::Wishes), (6, 7));
    let parts: usize = Part::ALL.iter().map(|part| profile.progress(*part).1).sum();
    assert_eq!(parts, ProfileQuestion::ALL.len());
}
