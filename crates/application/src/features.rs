//! From what is stored to what the engine may know: the only place where that happens.
//!
//! A profile has no name, sex, birth date or origin to begin with, and of what it has neither own
//! words nor the preferred language go on: two people who told the same get the same features,
//! bit for bit.

use domain::placement::{Recognition, WorkPermission};
use domain::profile::SkillSource;
use domain::profile::{AnswerState, Profile, ProfileQuestion, ProfileSkill};
use domain::skill::Evidence;
use domain::text::ConceptUri;
use domain::vacancy::Vacancy;
use guidance::facts::{Fact, Facts};
use guidance::rule::{Outcome, Topic};
use guidance::{Day, GuidanceSet};
use matching::features::{
    Answer, CandidateFeatures, FeatureError, HeldSkill, HeldSkills, LanguageCommand,
    LanguageDemand, Languages, OccupationId, Qualification, QualificationDemand, Reach,
    SkillDemand, SkillId, VacancyFeatures, Wishes, Workplace,
};
use matching::knowledge;
use taxonomy::Catalogue;

/// The features of a person with this profile, for whom the rules on work came out like this.
///
/// What was not asked or is not known to the person stays unknown.
/// Skills and occupations that the catalogue does not know (any more) are left out.
///
/// # Errors
/// Fails on more skills than the engine takes; a checked profile never has so many.
pub fn candidate(
    profile: &Profile,
    permission: Option<WorkPermission>,
    catalogue: &Catalogue,
) -> Result<CandidateFeatures, FeatureError> {
    let is_answered = |question| profile.state(question) == AnswerState::Answered;
    let skills = profile
        .kept_skills()
        .filter_map(|kept| held(kept, catalogue));
    let licences = profile
        .licences
        .iter()
        // Whether it counts here is often not known yet; only a plain no takes it away.
        .filter(|held| held.is_valid_here != Some(false))
        .map(|held| held.licence);
    let availability = &profile.availability;
    let occupations = profile.wishes.occupations.iter();
    Ok(CandidateFeatures {
        skills: HeldSkills::new(skills.collect())?,
        languages: is_answered(ProfileQuestion::Languages)
            .then(|| languages(profile))
            .into(),
        qualifications: is_answered(ProfileQuestion::Education)
            .then(|| qualifications(profile))
            .into(),
        licences: is_answered(ProfileQuestion::Licences)
            .then(|| licences.collect())
            .into(),
        hours: availability.hours.into(),
        day_parts: availability.day_parts.into(),
        reach: availability
            .travel
            .as_ref()
            .map(|travel| {
                let reach = Reach::regions(travel.regions.clone());
                match &travel.municipalities {
                    Some(municipalities) => reach.within(municipalities.clone()),
                    None => reach,
                }
            })
            .into(),
        permission: permission.into(),
        start: availability.start.into(),
        readiness: profile.readiness.into(),
        wishes: Wishes {
            occupations: occupations
                .filter_map(|uri| occupation(uri, catalogue))
                .collect(),
            sectors: profile.wishes.sectors.clone(),
            kinds: profile.wishes.kinds.clone(),
        },
    })
}

/// What must be arranged before a person with this profile may be employed on a day, as the rules
/// in force say; none when they cannot say.
#[must_use]
pub fn permission(profile: &Profile, guidance: &GuidanceSet, day: Day) -> Option<WorkPermission> {
    let residence = profile.about.residence?;
    let facts = Facts::none()
        .with(Fact::Residence, residence.code())
        .and_then(|facts| facts.with(Fact::Kind, "employment"))
        .ok()?;
    match guidance.rules.decide(Topic::MayWork, &facts, day).outcome {
        Outcome::Free => Some(WorkPermission::Free),
        Outcome::DutyToNotify => Some(WorkPermission::NotificationNeeded),
        Outcome::PermitNeeded => Some(WorkPermission::PermitNeeded),
        Outcome::NotAllowed => Some(WorkPermission::NotAllowed),
        _ => None,
    }
}

/// The features of a vacancy; skills that the catalogue does not know are left out.
#[must_use]
pub fn vacancy(vacancy: &Vacancy, catalogue: &Catalogue) -> VacancyFeatures {
    let skills = vacancy.skills.iter().filter_map(|demand| {
        Some(SkillDemand {
            skill: skill(&demand.skill, catalogue)?,
            level: demand.level,
            importance: demand.importance,
            moment: demand.moment,
        })
    });
    let mut licences = vacancy.licences.clone();
    licences.sort_unstable();
    licences.dedup();
    VacancyFeatures {
        skills: skills.collect(),
        languages: vacancy
            .languages
            .iter()
            .map(|demand| LanguageDemand {
                language: demand.language,
                modality: demand.modality,
                at_start: demand.at_start,
                after_a_year: demand.after_a_year,
            })
            .collect(),
        qualification: vacancy.qualification.map(|demand| QualificationDemand {
            level: demand.level,
            basis: demand.basis,
            field: demand.field,
        }),
        licences,
        hours: vacancy.hours,
        day_parts: vacancy.day_parts,
        place: vacancy.place.map(|place| Workplace {
            region: place.region,
            municipality: place.municipality,
        }),
        permission: vacancy.permission.unwrap_or(WorkPermission::NotAllowed),
        start_by: vacancy.start_by,
        kind: vacancy.kind,
        occupation: vacancy
            .occupation
            .as_ref()
            .and_then(|uri| occupation(uri, catalogue)),
        sector: vacancy.sector,
        places: vacancy.places,
        support: vacancy.support.clone(),
    }
}

fn held(kept: &ProfileSkill, catalogue: &Catalogue) -> Option<HeldSkill> {
    let by_source = match kept.source {
        SkillSource::Said => Evidence::Stated,
        SkillSource::Suggested | SkillSource::OwnWords => Evidence::Experience,
        SkillSource::Klantmanager => Evidence::Assessed,
    };
    Some(HeldSkill {
        skill: skill(&kept.skill, catalogue)?,
        level: kept.level,
        evidence: kept.evidence.unwrap_or(by_source),
    })
}

fn languages(profile: &Profile) -> Languages {
    let command = |language: &domain::profile::LanguageSkill| LanguageCommand {
        language: language.language,
        levels: language.levels().map(Answer::from),
    };
    Languages::new(profile.languages.iter().map(command).collect())
}

fn qualifications(profile: &Profile) -> Vec<Qualification> {
    let finished = profile.school.iter().filter(|school| school.is_finished);
    finished
        .filter_map(|school| {
            Some(Qualification {
                level: school.level.nlqf()?,
                recognition: school.recognition.unwrap_or(Recognition::NotRecognised),
                field: school.field,
            })
        })
        .collect()
}

fn skill(uri: &ConceptUri, catalogue: &Catalogue) -> Option<SkillId> {
    knowledge::skill(catalogue, catalogue.find(uri.as_str())?)
}

fn occupation(uri: &ConceptUri, catalogue: &Catalogue) -> Option<OccupationId> {
    knowledge::occupation(catalogue, catalogue.find(uri.as_str())?)
}
