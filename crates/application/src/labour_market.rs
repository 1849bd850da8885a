//! How hard it is for employers to find people in an occupation: for the country and the regions of
//! which something is known, with the source.

use domain::isco::IscoCode;
use domain::language::Language;
use guidance::answer::Speaker;
use guidance::labour_market::Shortage;

use crate::may_work::{MayWorkSource, cited};
use crate::{Application, ApplicationError};

/// How hard it is somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortageView {
    /// Name of the region; none is the whole country.
    pub region: Option<String>,
    /// `very_tight`, `tight`, `average` or `wide`.
    pub tightness: &'static str,
    /// The period that it is about.
    pub period: String,
    /// Where it stands.
    pub source: MayWorkSource,
}

impl Application {
    /// How hard it is to find people in a group of occupations: the country first, then regions in
    /// order of name; empty when nothing is known.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn shortages(
        &self,
        isco: IscoCode,
        language: Language,
    ) -> Result<Vec<ShortageView>, ApplicationError> {
        let set = self.guidance()?;
        let speaker = Speaker {
            set: &set,
            language,
        };
        let today = self.today();
        let view = |region: Option<String>, found: &Shortage| ShortageView {
            region,
            tightness: found.tightness.code(),
            period: found.period.clone(),
            source: cited(&speaker.source(&found.provenance)),
        };
        let country = set.labour_market.of(isco, None, today);
        let mut regions: Vec<ShortageView> = set
            .regions
            .regions()
            .filter_map(|region| {
                let found = set.labour_market.of(isco, Some(&region.code), today)?;
                Some(view(Some(region.name.clone()), found))
            })
            .collect();
        regions.sort_by(|one, other| one.region.cmp(&other.region));
        let country = country.map(|found| view(None, found));
        Ok(country.into_iter().chain(regions).collect())
    }
}
