//! Vacancies of the town: over sectors, regions, hours and kinds of place.

use domain::availability::WeeklyHours;
use domain::demand::{Importance, Moment, Support};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::{Modality, PlaceKind};
use domain::vacancy::{LanguageDemand, Place, SkillDemand, Vacancy, VacancyState};
use taxonomy::concept::{ConceptKind, Relation};
use taxonomy::{Catalogue, ConceptId};

use super::Town;
use super::accounts::Staff;

/// Labour-market regions of the demo.
pub(super) const REGIONS: [&str; 4] = ["AM11", "AM01", "AM20", "AM24"];

/// Hours a week that are asked.
const HOURS: [i64; 5] = [16, 24, 32, 36, 40];

/// Kinds of place, the ordinary job more often.
const KINDS: [PlaceKind; 5] = [
    PlaceKind::Regular,
    PlaceKind::Regular,
    PlaceKind::Regular,
    PlaceKind::WorkAndLearn,
    PlaceKind::StarterJob,
];

/// Dutch to start with and after a year.
const DUTCH: [(LanguageLevel, LanguageLevel); 4] = [
    (LanguageLevel::A1, LanguageLevel::A2),
    (LanguageLevel::A2, LanguageLevel::A2),
    (LanguageLevel::A2, LanguageLevel::B1),
    (LanguageLevel::B1, LanguageLevel::B1),
];

/// Support that employers offer.
const SUPPORT: [Support; 4] = [
    Support::Buddy,
    Support::JobCoach,
    Support::LanguageAtWork,
    Support::Training,
];

impl Town {
    /// Vacancies of the employers, nearly all open.
    pub(super) async fn open_vacancies(&mut self, staff: &Staff, n: u32) -> anyhow::Result<()> {
        let occupations: Vec<ConceptId> = self.catalogue.of_kind(ConceptKind::Occupation).collect();
        for number in 0..n as usize {
            let occupation = self.draw.one(&occupations);
            let Some(vacancy) = self.vacancy(occupation)? else {
                continue;
            };
            let employer = &staff.employers[number % staff.employers.len()];
            let id = self.application.create_vacancy(employer, &vacancy).await?;
            // One in twenty is still being written.
            if !self.draw.happens(5) {
                self.application
                    .set_vacancy_state(employer, id, 1, VacancyState::Open)
                    .await?;
            }
        }
        self.application.refresh_work().await?;
        Ok(())
    }

    /// A vacancy for an occupation; none where the catalogue names no skill of it.
    fn vacancy(&mut self, occupation: ConceptId) -> anyhow::Result<Option<Vacancy>> {
        let title = name(&self.catalogue, occupation);
        let mut skills = Vec::new();
        for (skill, relation) in self.catalogue.skills_of(occupation) {
            let importance = match relation {
                Relation::Essential => Importance::Essential,
                _ => Importance::Optional,
            };
            skills.push(SkillDemand {
                skill: domain_uri(&self.catalogue, skill)?,
                importance,
                moment: if self.draw.happens(30) {
                    Moment::LearnedHere
                } else {
                    Moment::AtStart
                },
                level: None,
            });
        }
        skills.truncate(12);
        if skills.is_empty() {
            return Ok(None);
        }
        let (at_start, after_a_year) = self.draw.one(&DUTCH);
        let mut vacancy = Vacancy::titled(domain::text::Title::new(&title)?);
        vacancy.occupation = Some(domain_uri(&self.catalogue, occupation)?);
        vacancy.skills = skills;
        vacancy.languages = vec![LanguageDemand {
            language: Language::NL,
            modality: Modality::Speaking,
            at_start,
            after_a_year,
        }];
        vacancy.hours = Some(WeeklyHours::new(self.draw.one(&HOURS))?);
        vacancy.place = Some(Place {
            region: self.draw.one(&REGIONS).parse()?,
            municipality: None,
        });
        vacancy.kind = self.draw.one(&KINDS);
        if self.draw.happens(40) {
            vacancy.support = vec![self.draw.one(&SUPPORT)];
        }
        Ok(Some(vacancy))
    }
}

/// The Dutch name of a concept.
pub(super) fn name(catalogue: &Catalogue, concept: ConceptId) -> String {
    catalogue
        .name(concept, Language::NL)
        .map_or_else(String::new, |label| label.text.to_owned())
}

/// The URI of a concept as profiles and vacancies hold it.
pub(super) fn domain_uri(
    catalogue: &Catalogue,
    concept: ConceptId,
) -> anyhow::Result<domain::text::ConceptUri> {
    Ok(domain::text::ConceptUri::new(catalogue.uri(concept))?)
}
