//! What the tests of profiles, vacancies and matches share: a town with welders and employers.

use std::sync::{Arc, LazyLock};

use application::{Actor, Application, ApplicationError, Context, NewcomerActor, RegisterPerson};
use domain::availability::WeeklyHours;
use domain::demand::{Importance, Moment};
use domain::id::{OrganisationId, PersonId, SessionId, VacancyId};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::organisation::{OrganisationKind, Role};
use domain::placement::Modality;
use domain::profile::{
    AnswerState, Experience, LanguageSkill, PoolChoice, Profile, ProfileQuestion, ProfileSkill,
    SkillChoice, SkillSource, Travel, WorkKind,
};
use domain::text::{ConceptUri, Title};
use domain::vacancy::{LanguageDemand, Place, SkillDemand, Vacancy, VacancyState};
use guidance::GuidanceSet;
use taxonomy::concept::{ConceptKind, Relation};
use taxonomy::{Catalogue, ConceptId};

use crate::{Colleague, TestError, World, named};

/// The catalogue, read once.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub(crate) static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
    Arc::new(taxonomy::starter::catalogue().unwrap_or_else(|error| panic!("{error}")))
});

#[expect(clippy::panic, reason = "this is how a test fails")]
static GUIDANCE: LazyLock<Arc<GuidanceSet>> = LazyLock::new(|| {
    let set = GuidanceSet::load(&guidance::embedded::bundle());
    Arc::new(set.unwrap_or_else(|error| panic!("{error}")))
});

/// A municipality with a klantmanager and an employer, with matches.
pub(crate) struct Town {
    pub(crate) application: Application,
    pub(crate) municipality: OrganisationId,
    pub(crate) klantmanager: Colleague,
    pub(crate) workshop: OrganisationId,
    pub(crate) employer: Colleague,
}

pub(crate) async fn town(world: &World) -> Result<Town, TestError> {
    let municipality = world
        .organisation(OrganisationKind::Municipality, "Testdam")
        .await?;
    let workshop = world
        .organisation(OrganisationKind::Employer, "Fictielas")
        .await?;
    let klantmanager = world
        .colleague(municipality, Role::Klantmanager, "k@example.org")
        .await?;
    let employer = world
        .colleague(workshop, Role::EmployerContact, "e@example.org")
        .await?;
    let application = world.application.clone();
    let application = application
        .with_work(CATALOGUE.clone(), GUIDANCE.clone())
        .await?;
    Ok(Town {
        application,
        municipality,
        klantmanager,
        workshop,
        employer,
    })
}

/// What a newcomer who is logged in acts as.
pub(crate) fn acting(person: PersonId) -> Context {
    let session = SessionId::from(person.uuid());
    Context::of(Actor::Newcomer(NewcomerActor {
        person,
        guided_by: OrganisationId::from(person.uuid()),
        session,
    }))
}

fn uri(concept: ConceptId) -> Result<ConceptUri, TestError> {
    Ok(ConceptUri::new(CATALOGUE.uri(concept))?)
}

/// The occupation with a Dutch name.
pub(crate) fn occupation(name: &str) -> Result<ConceptId, TestError> {
    CATALOGUE
        .of_kind(ConceptKind::Occupation)
        .find(|found| {
            CATALOGUE
                .name(*found, Language::NL)
                .is_some_and(|label| label.text == name)
        })
        .ok_or_else(|| format!("no occupation {name}").into())
}

/// URI of the occupation with a Dutch name.
pub(crate) fn occupation_uri(name: &str) -> Result<ConceptUri, TestError> {
    uri(occupation(name)?)
}

/// The essential skills of an occupation.
pub(crate) fn essential(name: &str) -> Result<Vec<ConceptUri>, TestError> {
    CATALOGUE
        .skills_of(occupation(name)?)
        .filter(|(_, relation)| *relation == Relation::Essential)
        .map(|(skill, _)| uri(skill))
        .collect()
}

/// The profile of somebody with the essential skills of an occupation, who told everything.
pub(crate) fn profile_of(name: &str) -> Result<Profile, TestError> {
    let skills = essential(name)?.into_iter().map(|skill| ProfileSkill {
        skill,
        level: None,
        source: SkillSource::Said,
        evidence: None,
        choice: SkillChoice::Kept,
    });
    let mut profile = Profile {
        skills: skills.collect(),
        ..Profile::default()
    };
    profile.about.residence = Some("status_holder".parse()?);
    profile.languages = vec![LanguageSkill {
        language: Language::NL,
        listening: Some(LanguageLevel::A2),
        speaking: Some(LanguageLevel::A2),
        reading: Some(LanguageLevel::A1),
        writing: None,
    }];
    profile.availability.hours = Some(WeeklyHours::new(32)?);
    profile.availability.travel = Some(Travel {
        regions: vec!["AM11".parse()?],
        municipalities: None,
    });
    for question in ProfileQuestion::ALL {
        profile.answers.insert(question, AnswerState::Answered);
    }
    profile.pool = PoolChoice::Listed;
    Ok(profile)
}

/// An experience in own words.
pub(crate) fn told(words: &str) -> Result<Experience, TestError> {
    Ok(Experience {
        words: words.parse()?,
        occupation: None,
        kind: WorkKind::Informal,
        from: Some("2009".parse()?),
        until: None,
        tasks: vec![words.parse()?],
    })
}

/// A vacancy that asks the essential skills of an occupation, and some Dutch.
pub(crate) fn vacancy_for(name: &str) -> Result<Vacancy, TestError> {
    let mut vacancy = Vacancy::titled(Title::new(name)?);
    let demand = |skill| SkillDemand {
        skill,
        importance: Importance::Essential,
        moment: Moment::AtStart,
        level: None,
    };
    vacancy.skills = essential(name)?.into_iter().map(demand).collect();
    vacancy.occupation = Some(occupation_uri(name)?);
    vacancy.languages = vec![LanguageDemand {
        language: Language::NL,
        modality: Modality::Speaking,
        at_start: LanguageLevel::A1,
        after_a_year: LanguageLevel::A2,
    }];
    vacancy.place = Some(Place {
        region: "AM11".parse()?,
        municipality: Some("GM0034".parse()?),
    });
    vacancy.hours = Some(WeeklyHours::new(24)?);
    Ok(vacancy)
}

impl Town {
    /// A newcomer with a profile.
    pub(crate) async fn newcomer(
        &self,
        name: &str,
        profile: &Profile,
    ) -> Result<PersonId, TestError> {
        let new = RegisterPerson {
            identity: named(name)?,
        };
        let person = self
            .application
            .register_person(&self.klantmanager.context, &new)
            .await?;
        self.application
            .save_profile(&acting(person), person, 0, profile)
            .await?;
        Ok(person)
    }

    /// An open vacancy of the workshop.
    pub(crate) async fn open(&self, vacancy: &Vacancy) -> Result<VacancyId, ApplicationError> {
        let employer = &self.employer.context;
        let id = self.application.create_vacancy(employer, vacancy).await?;
        self.application
            .set_vacancy_state(employer, id, 1, VacancyState::Open)
            .await?;
        Ok(id)
    }
}
