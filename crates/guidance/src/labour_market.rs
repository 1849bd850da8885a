//! How hard it is for employers to find people for a group of occupations: dated classes with
//! their source, for the country or for one region.

use domain::isco::IscoCode;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::day::Day;
use crate::provenance::Provenance;

/// How many vacancies there are for people who look for such work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tightness {
    /// Many more vacancies than people.
    VeryTight,
    /// More vacancies than people.
    Tight,
    /// About as many.
    Average,
    /// Fewer vacancies than people.
    Wide,
}

impl Tightness {
    /// All classes.
    pub const ALL: [Tightness; 4] = [
        Tightness::VeryTight,
        Tightness::Tight,
        Tightness::Average,
        Tightness::Wide,
    ];

    /// Code in files and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Tightness::VeryTight => "very_tight",
            Tightness::Tight => "tight",
            Tightness::Average => "average",
            Tightness::Wide => "wide",
        }
    }
}

/// The class of some groups of occupations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortage {
    /// How hard it is.
    pub tightness: Tightness,
    /// ISCO-08 groups, of one to four digits.
    pub isco: Vec<IscoCode>,
    /// The labour-market region; none is the whole country.
    pub region: Option<String>,
    /// The period that it is about, as in `2025`.
    pub period: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShortageFile {
    shortage: Vec<Spanned<Shortage>>,
}

/// The classes of a set.
#[derive(Clone, Debug, Default)]
pub struct LabourMarket {
    all: Vec<Shortage>,
}

impl LabourMarket {
    /// Reads the file of classes.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> LabourMarket {
        let file: ShortageFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return LabourMarket::default();
            }
        };
        let mut market = LabourMarket::default();
        for row in file.shortage {
            let start = row.span().start;
            let row = row.into_inner();
            let mut refuse = |reason: &dyn std::fmt::Display| {
                let reason = format!("shortage {:?}: {reason}", row.tightness);
                faults.push(reading.fault(start, reason));
            };
            if let Err(fault) = row.provenance.check() {
                refuse(&fault);
            }
            if row.isco.is_empty() {
                refuse(&"names no group of occupations");
            }
            let same = |other: &&Shortage| other.region == row.region && other.period == row.period;
            let mut before = market.all.iter().filter(same).flat_map(|other| &other.isco);
            if before.any(|isco| row.isco.contains(isco)) {
                refuse(&"a group has two classes for one region and period");
            }
            market.all.push(row);
        }
        market
    }

    /// All classes, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Shortage> {
        self.all.iter()
    }

    /// The class of an occupation in a region, or in the country where no region is given; the
    /// narrowest group decides, then the latest period.
    #[must_use]
    pub fn of(&self, isco: IscoCode, region: Option<&str>, date: Day) -> Option<&Shortage> {
        let code = isco.to_string();
        let of_place = self
            .all
            .iter()
            .filter(|row| row.region.as_deref() == region && row.provenance.holds_on(date));
        of_place
            .filter_map(|row| {
                let groups = row.isco.iter().map(ToString::to_string);
                let digits = groups.filter(|group| code.starts_with(group.as_str()));
                Some((digits.map(|group| group.len()).max()?, row))
            })
            .max_by(|a, b| (a.0, &a.1.period).cmp(&(b.0, &b.1.period)))
            .map(|(_, row)| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"
[[shortage]]
tightness = "tight"
isco = ["72"]
period = "2025"
[shortage.provenance]
article = "UWV"
source = "https://example.org/x"
valid_from = 2025-01-01
checked_on = 2026-11-22
status = "in_force"
verified = false

[[shortage]]
tightness = "very_tight"
isco = ["7212"]
period = "2025"
[shortage.provenance]
article = "UWV"
source = "https://example.org/x"
valid_from = 2025-01-01
checked_on = 2026-11-22
status = "in_force"
verified = false
"#;

    fn read(text: &str) -> (LabourMarket, Vec<DataFault>) {
        let mut faults = Vec::new();
        let reading = Reading {
            file: "labour_market.toml",
            text,
        };
        (LabourMarket::read(reading, &mut faults), faults)
    }

    #[test]
    fn the_narrowest_group_decides() -> Result<(), Box<dyn std::error::Error>> {
        let (market, faults) = read(ROWS);
        assert_eq!(faults, []);
        let on: Day = "2026-11-22".parse()?;
        let of = |isco: &str, region| -> Option<Tightness> {
            Some(market.of(isco.parse().ok()?, region, on)?.tightness)
        };
        assert_eq!(of("7212", None), Some(Tightness::VeryTight));
        assert_eq!(of("7213", None), Some(Tightness::Tight));
        assert_eq!(of("5120", None), None);
        assert_eq!(of("7212", Some("AM11")), None, "a country is no region");
        Ok(())
    }

    #[test]
    fn two_classes_for_one_group_are_refused() {
        let twice = format!("{ROWS}{}", ROWS.replace("\"tight\"", "\"average\""));
        let (_, faults) = read(&twice);
        assert!(!faults.is_empty());
    }
}
