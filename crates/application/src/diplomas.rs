//! The route of a newcomer's diplomas: valuation, and recognition for the professions they worked
//! in or want.
//!
//! The guidance holds what a valuation costs and which professions the law protects; this puts the
//! person's story before it.

use std::collections::BTreeSet;

use domain::id::PersonId;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, Recognition};
use domain::profile::{Documents, Education, EducationLevel, Profile};
use guidance::GuidanceSet;
use guidance::answer::Speaker;
use guidance::diploma::{DiplomaCase, Profession, ValuationKind};
use guidance::facts::{Fact, Facts};

use crate::audit::Event;
use crate::may_work::{MayWorkSource, Said, cited, said};
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// The valuation of one school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuationRoute {
    /// The school, as told.
    pub school: Education,
    /// Which valuation fits; none while papers or the end of the study are not known.
    pub kind: Option<Said>,
    /// Whether it is a statement about a study without papers.
    pub is_without_papers: bool,
    /// Fee in euro cents, 0 is free; none when it is to be asked.
    pub fee_cents: Option<u64>,
    /// Working days after the file is complete.
    pub working_days: u32,
    /// Where it stands.
    pub source: MayWorkSource,
}

/// A step to recognition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognitionStepView {
    /// What to do.
    pub what: Said,
    /// Who decides.
    pub authority: String,
}

/// A profession of the person and what the law asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfessionRoute {
    /// Name.
    pub name: Said,
    /// Whether the law protects it.
    pub is_regulated: bool,
    /// What it means for starting, in words.
    pub start: Said,
    /// Steps in order.
    pub steps: Vec<RecognitionStepView>,
    /// Dutch that is asked, and whether the person has it; none when that is not known.
    pub dutch: Option<(LanguageLevel, Option<bool>)>,
    /// What can be done meanwhile.
    pub meanwhile: Vec<Said>,
    /// Page of the authority.
    pub contact: String,
    /// Where it stands.
    pub source: MayWorkSource,
}

/// The routes of a person's diplomas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiplomaRoutes {
    /// Whether the person told of any school.
    pub has_school: bool,
    /// A valuation for each school that is not recognised yet.
    pub valuations: Vec<ValuationRoute>,
    /// Professions that the register knows, those that the law protects first.
    pub professions: Vec<ProfessionRoute>,
}

impl Application {
    /// The routes of a newcomer's diplomas; that the profile was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn diploma_routes(
        &self,
        context: &Context,
        person: PersonId,
        language: Language,
    ) -> Result<DiplomaRoutes, ApplicationError> {
        let found = self
            .person_for(context, Action::ReadProfile, person)
            .await?;
        self.audit_alone(context, Event::ProfileRead { person })
            .await?;
        let profile = self.profile_of(&found).await?.profile;
        let set = self.guidance()?;
        let asked = Asked {
            speaker: Speaker {
                set: &set,
                language,
            },
            set: &set,
            date: self.today(),
        };
        let schools = profile.school.iter().filter(|school| needs_value(school));
        let wanted = self.groups_of(&profile)?;
        let mut professions: Vec<ProfessionRoute> = asked
            .professions(&wanted)
            .map(|profession| asked.profession(&profile, profession))
            .collect();
        professions.sort_by_key(|profession| !profession.is_regulated);
        Ok(DiplomaRoutes {
            has_school: !profile.school.is_empty(),
            valuations: schools
                .filter_map(|school| asked.valuation(&profile, school))
                .collect(),
            professions,
        })
    }

    /// The ISCO-08 groups of the occupations that a person wants or worked in, wishes first.
    fn groups_of(&self, profile: &Profile) -> Result<Vec<String>, ApplicationError> {
        let work = self.work()?;
        let worked = profile.work.iter().filter_map(|w| w.occupation.as_ref());
        let occupations = profile.wishes.occupations.iter().chain(worked);
        let groups = occupations.filter_map(|uri| {
            let concept = work.catalogue.find(uri.as_str())?;
            Some(work.catalogue.isco(concept)?.to_string())
        });
        Ok(groups.collect())
    }
}

/// Whether a school can have a valuation: a diploma or study that is not recognised already.
fn needs_value(school: &Education) -> bool {
    school.level > EducationLevel::LowerSecondary
        && school.recognition != Some(Recognition::Recognised)
}

struct Asked<'a> {
    set: &'a GuidanceSet,
    speaker: Speaker<'a>,
    date: guidance::Day,
}

impl<'a> Asked<'a> {
    fn professions(&self, wanted: &[String]) -> impl Iterator<Item = &'a Profession> {
        let mut seen = BTreeSet::new();
        let known = wanted
            .iter()
            .filter_map(|isco| self.set.diplomas.profession(isco));
        let known: Vec<&Profession> = known
            .filter(|profession| profession.provenance.holds_on(self.date))
            .filter(|profession| seen.insert(profession.id.as_str()))
            .collect();
        known.into_iter()
    }

    fn say(&self, key: &str) -> Said {
        said(&self.speaker.words(key))
    }

    fn valuation(&self, profile: &Profile, school: &Education) -> Option<ValuationRoute> {
        let mut facts = facts_of(profile);
        let papers = school.documents.map(|documents| match documents {
            Documents::Original => "original",
            Documents::Copy => "copy",
            Documents::None => "none",
        });
        if let Some(papers) = papers {
            facts = with(facts, Fact::DiplomaDocuments, papers);
        }
        let finished = if school.is_finished { "true" } else { "false" };
        facts = with(facts, Fact::DiplomaFinished, finished);
        let case = DiplomaCase::default();
        let diplomas = &self.set.diplomas;
        let route = diplomas.route(&facts, &case, self.date, &self.set.calendar);
        let valuation = diplomas.valuation(self.date)?;
        Some(ValuationRoute {
            school: school.clone(),
            kind: route.kind.map(|kind| {
                self.say(match kind {
                    ValuationKind::Diploma => "valuation.diploma",
                    ValuationKind::UnfinishedStudy => "valuation.unfinished_study",
                    ValuationKind::LevelIndication => "valuation.level_indication",
                })
            }),
            is_without_papers: route.kind == Some(ValuationKind::LevelIndication),
            fee_cents: route.fee_cents,
            working_days: valuation.working_days,
            source: cited(&self.speaker.source(&valuation.provenance)),
        })
    }

    fn profession(&self, profile: &Profile, profession: &'a Profession) -> ProfessionRoute {
        let facts = facts_of(profile);
        let case = DiplomaCase {
            profession: Some(profession.id.clone()),
            ..DiplomaCase::default()
        };
        let diplomas = &self.set.diplomas;
        let route = diplomas.route(&facts, &case, self.date, &self.set.calendar);
        let steps = profession.steps.iter().map(|step| RecognitionStepView {
            what: self.say(&format!("recognition.{}", step.id)),
            authority: step.authority.clone(),
        });
        let meanwhile = profession.meanwhile.iter();
        ProfessionRoute {
            name: self.say(&format!("profession.{}", profession.id)),
            is_regulated: profession.regulated,
            start: self.say(if profession.regulated {
                "valuation.blocked"
            } else {
                "valuation.start-now"
            }),
            steps: steps.collect(),
            // The guidance says what is lacking, a person reads what they have.
            dutch: route
                .dutch
                .map(|(level, lacks)| (level, lacks.map(|lacks| !lacks))),
            meanwhile: meanwhile
                .map(|code| self.say(&format!("meanwhile.{code}")))
                .collect(),
            contact: profession.contact.clone(),
            source: cited(&self.speaker.source(&profession.provenance)),
        }
    }
}

/// What the story tells the guidance.
fn facts_of(profile: &Profile) -> Facts {
    let mut facts = Facts::none();
    if let Some(residence) = profile.about.residence {
        facts = with(facts, Fact::Residence, residence.code());
    }
    let dutch = profile.languages.iter();
    let dutch = dutch.filter(|skill| skill.language == Language::NL);
    for skill in dutch {
        for (modality, fact) in [
            (Modality::Listening, Fact::Listening),
            (Modality::Speaking, Fact::Speaking),
            (Modality::Reading, Fact::Reading),
            (Modality::Writing, Fact::Writing),
        ] {
            if let Some(level) = skill.level(modality) {
                facts = with(facts, fact, level.code());
            }
        }
    }
    facts
}

/// A fact more; a value that this set does not know (any more) is left out.
fn with(facts: Facts, fact: Fact, value: &str) -> Facts {
    facts.clone().with(fact, value).unwrap_or(facts)
}
