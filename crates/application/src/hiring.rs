//! What an employer can choose from, and vacancies from files of others.
//!
//! Places and instruments are those of the guidance in force; a file is looked at first and
//! written after, as drafts.

use std::collections::BTreeMap;

use domain::availability::WeeklyHours;
use domain::code::{Municipality, Region};
use domain::id::{MatchId, VacancyId};
use domain::language::Language;
use domain::text::{ConceptUri, InstrumentId};
use domain::vacancy::{Place, Vacancy};
use guidance::instrument::{Instrument, InstrumentKind};
use guidance::texts::Texts;
use taxonomy::Catalogue;

use crate::matches::EmployerMatch;
use crate::policy::Action;
use crate::vacancies::{PublicVacancy, VacancyView};
use crate::work::OpenVacancy;
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

impl HiringHelp {
    /// An instrument in words.
    pub(crate) fn of(
        instrument: &Instrument,
        texts: &Texts,
        language: Language,
    ) -> Option<HiringHelp> {
        let key = format!("instrument.{}", instrument.id);
        Some(HiringHelp {
            id: InstrumentId::new(&instrument.id).ok()?,
            name: texts.words(&key, language).to_owned(),
            contact: instrument.contact.clone(),
            is_verified: instrument.provenance.verified,
        })
    }
}

/// Which open vacancies somebody looks for; what is not said leaves all in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VacancyFilter {
    /// Sector of the occupation.
    pub sector: Option<ConceptUri>,
    /// Region; work without a place fits everywhere.
    pub region: Option<Region>,
    /// Most hours a week; work of which the hours are not said stays in.
    pub at_most: Option<WeeklyHours>,
}

impl VacancyFilter {
    /// Whether a vacancy is looked for.
    #[must_use]
    pub fn takes(&self, vacancy: &Vacancy, catalogue: &Catalogue) -> bool {
        let in_sector = self.sector.as_ref().is_none_or(|wanted| {
            let occupation = vacancy.occupation.as_ref();
            let concept = occupation.and_then(|uri| catalogue.find(uri.as_str()));
            let mut sectors = concept.into_iter().flat_map(|o| catalogue.sectors(o));
            sectors.any(|sector| catalogue.uri(sector) == wanted.as_str())
        });
        let in_region = self
            .region
            .is_none_or(|wanted| vacancy.place.is_none_or(|place| place.region == wanted));
        let in_time = self
            .at_most
            .is_none_or(|most| vacancy.hours.is_none_or(|hours| hours <= most));
        in_sector && in_region && in_time
    }
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
        let help =
            held.filter_map(|instrument| HiringHelp::of(instrument, &guidance.texts, language));
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
        self.newest_open(n, move |open, _| {
            open.vacancy.occupation.as_ref() == Some(&occupation)
        })
        .await
    }

    /// Open vacancies that somebody looks for, the newest first, at most `n` before an id, for
    /// everybody.
    ///
    /// # Errors
    /// Fails when this process keeps no matches.
    pub async fn open_vacancies(
        &self,
        filter: VacancyFilter,
        before: Option<VacancyId>,
        n: usize,
    ) -> Result<Vec<PublicVacancy>, ApplicationError> {
        self.newest_open(n, move |open, catalogue| {
            before.is_none_or(|before| open.id < before) && filter.takes(&open.vacancy, catalogue)
        })
        .await
    }

    /// How many open vacancies of an occupation there are in each region, most first; those
    /// without a place are left out.
    ///
    /// # Errors
    /// Fails when this process keeps no matches.
    pub async fn open_by_region(
        &self,
        occupation: &ConceptUri,
    ) -> Result<Vec<(Region, usize)>, ApplicationError> {
        let occupation = occupation.clone();
        self.compute(move |_, snapshot| {
            let open = snapshot.vacancies.iter();
            let of_it = open.filter(|o| o.vacancy.occupation.as_ref() == Some(&occupation));
            let mut counts: BTreeMap<Region, usize> = BTreeMap::new();
            for place in of_it.filter_map(|open| open.vacancy.place) {
                *counts.entry(place.region).or_default() += 1;
            }
            let mut counts: Vec<(Region, usize)> = counts.into_iter().collect();
            counts.sort_by_key(|(region, count)| (std::cmp::Reverse(*count), *region));
            counts
        })
        .await
    }

    async fn newest_open(
        &self,
        n: usize,
        is_wanted: impl Fn(&OpenVacancy, &Catalogue) -> bool + Send + 'static,
    ) -> Result<Vec<PublicVacancy>, ApplicationError> {
        self.compute(move |work, snapshot| {
            let open = snapshot.vacancies.iter();
            let mut found: Vec<_> = open
                .filter(|open| is_wanted(open, &work.catalogue))
                .collect();
            // Ids tell when something was made.
            found.sort_by_key(|open| std::cmp::Reverse(open.id));
            let found = found.into_iter().take(n).map(|open| PublicVacancy {
                id: open.id,
                organisation: open.organisation,
                employer: open.employer.to_string(),
                vacancy: open.vacancy.clone(),
                opened_at: None,
            });
            found.collect()
        })
        .await
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
