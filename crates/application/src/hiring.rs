//! What an employer can choose from, and vacancies from files of others.
//!
//! Places and instruments are those of the guidance in force; a file is looked at first and
//! written after, as drafts.

use domain::code::{Municipality, Region};
use domain::id::MatchId;
use domain::language::Language;
use domain::text::{ConceptUri, InstrumentId};
use domain::vacancy::{Place, Vacancy};
use guidance::instrument::InstrumentKind;

use crate::matches::EmployerMatch;
use crate::policy::Action;
use crate::vacancies::{PublicVacancy, VacancyView};
use crate::{Application, ApplicationError, Context};

pub use exchange::jobposting::{
    LARGEST_FILE, MOST_POSTINGS, Position, PostingFault, PostingField, PostingsError,
    RefusedPosting,
};

/// A region with its municipalities, for a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionPlaces {
    /// The region.
    pub code: Region,
    /// Its name.
    pub name: String,
    /// Municipalities with their names, in order of name.
    pub municipalities: Vec<(Municipality, String)>,
}

/// An instrument that can help an employer to hire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiringHelp {
    /// Which one.
    pub id: InstrumentId,
    /// Its name in words.
    pub name: String,
    /// Where to ask.
    pub contact: String,
    /// Whether the source was read when the instrument was written down.
    pub is_verified: bool,
}

/// What an import of vacancies would add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancyPreview {
    /// What can be added, with its place in the file.
    pub vacancies: Vec<(Position, Vacancy)>,
    /// What cannot, and why.
    pub refused: Vec<RefusedPosting>,
}

/// Why vacancies could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The file is refused as a whole.
    #[error(transparent)]
    File(#[from] PostingsError),
    /// The use case was refused.
    #[error(transparent)]
    Application(#[from] ApplicationError),
}

impl Application {
    /// All regions with the municipalities of today, in order of name.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn places(&self) -> Result<Vec<RegionPlaces>, ApplicationError> {
        let guidance = self.guidance()?;
        let today = self.today();
        let mut places: Vec<RegionPlaces> = Vec::new();
        for region in guidance.regions.regions() {
            let Ok(code) = region.code.parse() else {
                continue;
            };
            let inside = guidance.regions.municipalities(today);
            let inside = inside.filter(|municipality| municipality.region == region.code);
            let mut municipalities: Vec<(Municipality, String)> = inside
                .filter_map(|one| Some((one.code.parse().ok()?, one.name.clone())))
                .collect();
            municipalities.sort_by(|one, other| one.1.cmp(&other.1));
            places.push(RegionPlaces {
                code,
                name: region.name.clone(),
                municipalities,
            });
        }
        places.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(places)
    }

    /// Instruments for employers that hold today, in a language, in the order of the guidance.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn hiring_help(&self, language: Language) -> Result<Vec<HiringHelp>, ApplicationError> {
        let guidance = self.guidance()?;
        let today = self.today();
        let held = guidance.register.instruments().filter(|instrument| {
            instrument.kind == InstrumentKind::Employer && instrument.provenance.holds_on(today)
        });
        let help = held.filter_map(|instrument| {
            let key = format!("instrument.{}", instrument.id);
            Some(HiringHelp {
                id: InstrumentId::new(&instrument.id).ok()?,
                name: guidance.texts.words(&key, language).to_owned(),
                contact: instrument.contact.clone(),
                is_verified: instrument.provenance.verified,
            })
        });
        Ok(help.collect())
    }

    /// What an import of a file would add to the vacancies of the actor's organisation; nothing
    /// is written. Whoever agrees gives it to [`Application::import_vacancies`].
    ///
    /// # Errors
    /// [`PreviewError::File`] when the file is refused as a whole.
    pub fn preview_vacancies(
        &self,
        context: &Context,
        file: &[u8],
    ) -> Result<VacancyPreview, PreviewError> {
        let organisation = context
            .actor
            .organisation()
            .ok_or(ApplicationError::Forbidden)?;
        let relation = Application::relation_to(context, organisation);
        self.authorise(context, Action::ManageVacancies, relation)?;
        let postings = exchange::jobposting::read(file)?;
        let places = self.places()?;
        let mut preview = VacancyPreview {
            vacancies: Vec::new(),
            refused: postings.refused,
        };
        for read in postings.vacancies {
            let mut vacancy = read.vacancy;
            if let Some(name) = &read.municipality {
                vacancy.place = place_named(&places, name);
                if vacancy.place.is_none() {
                    preview.refused.push(RefusedPosting {
                        position: read.position,
                        field: PostingField::Municipality,
                        fault: PostingFault::UnknownWord,
                    });
                    continue;
                }
            }
            preview.vacancies.push((read.position, vacancy));
        }
        preview.refused.sort_by_key(|refused| refused.position);
        Ok(preview)
    }

    /// Open vacancies of an occupation, the newest first, for everybody.
    ///
    /// # Errors
    /// Fails when this process keeps no matches.
    pub async fn open_vacancies_of(
        &self,
        occupation: &ConceptUri,
        n: usize,
    ) -> Result<Vec<PublicVacancy>, ApplicationError> {
        let occupation = occupation.clone();
        let mut found = self
            .compute(move |_, snapshot| {
                let open = snapshot.vacancies.iter();
                let of_it = open.filter(|o| o.vacancy.occupation.as_ref() == Some(&occupation));
                let mut found: Vec<PublicVacancy> = of_it
                    .map(|open| PublicVacancy {
                        id: open.id,
                        organisation: open.organisation,
                        employer: open.employer.clone(),
                        vacancy: open.vacancy.clone(),
                        opened_at: None,
                    })
                    .collect();
                // Ids tell when something was made.
                found.sort_by_key(|open| std::cmp::Reverse(open.id));
                found
            })
            .await?;
        found.truncate(n);
        Ok(found)
    }

    /// Whether this process keeps matches, and so knows the open vacancies of an occupation.
    #[must_use]
    pub fn keeps_matches(&self) -> bool {
        self.work.is_some()
    }

    /// A match of a vacancy of the actor's organisation with that vacancy, as
    /// [`Application::matches_of_vacancy`] shows it.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such match for the actor.
    pub async fn employer_match(
        &self,
        context: &Context,
        id: MatchId,
    ) -> Result<(VacancyView, EmployerMatch), ApplicationError> {
        let vacancy = self.vacancy_of_match(context, id).await?;
        let matches = self.matches_of_vacancy(context, vacancy).await?;
        let found = matches.into_iter().find(|found| found.id == id);
        let found = found.ok_or(ApplicationError::NotFound)?;
        Ok((self.read_vacancy(context, vacancy).await?, found))
    }
}

/// The place that a name of a municipality stands for; capitals do not matter.
fn place_named(places: &[RegionPlaces], name: &str) -> Option<Place> {
    let wanted = name.trim().to_lowercase();
    places.iter().find_map(|region| {
        let mut inside = region.municipalities.iter();
        let (municipality, _) = inside.find(|(_, name)| name.to_lowercase() == wanted)?;
        Some(Place {
            region: region.code,
            municipality: Some(*municipality),
        })
    })
}
