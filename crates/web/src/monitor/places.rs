//! Names of municipalities and labour-market regions, from the files of the guidance set.

use guidance::bundle::Reading;
use guidance::day::Day;
use guidance::region::Regions;

/// Municipalities and regions.
#[derive(Debug)]
pub(crate) struct Places {
    regions: Regions,
    on: Option<Day>,
}

impl Places {
    /// The places as they were on the first day of a month.
    pub(crate) fn on(year: i32, month: u8) -> Places {
        let bundle = guidance::embedded::bundle();
        let mut regions = Regions::default();
        // The tests of the guidance set keep its files free of faults.
        let mut faults = Vec::new();
        let reading = |file: &'static str| Reading {
            file,
            text: bundle.get(file).unwrap_or_default(),
        };
        regions.read_regions(reading("regions.csv"), &mut faults);
        regions.read_municipalities(reading("municipalities.csv"), &mut faults);
        Places {
            regions,
            on: Day::new(year, month, 1),
        }
    }

    /// Name of a municipality or region; the code itself when there is none.
    pub(crate) fn name<'a>(&'a self, code: &'a str) -> &'a str {
        let municipality = self
            .on
            .and_then(|day| self.regions.municipality(code, day))
            .map(|municipality| municipality.name.as_str());
        let region = || self.regions.region(code).map(|region| region.name.as_str());
        municipality.or_else(region).unwrap_or(code)
    }

    /// The region of a municipality.
    pub(crate) fn region_of(&self, municipality: &str) -> Option<&str> {
        let found = self.regions.municipality(municipality, self.on?)?;
        Some(&found.region)
    }
}
