//! Figures that others published or counted: by municipalities, surveys and statistical offices.
//!
//! A published percentage without its counts has no interval, and says so; a denominator that the
//! source leaves unclear is flagged with the figure.

use std::collections::BTreeSet;
use std::io::Read;

use serde::Deserialize;
use statistics::Confidence;
use statistics::proportion::{self, Share};

use crate::codes::EvidenceLevel;
use crate::fault::DataFault;
use crate::figure::{Figure, Key, Outcome, Unit, Value, not_computed, of_estimate, of_share};
use crate::indicator::{Method, Registry};

/// Name of the embedded file, for messages.
pub const FILE: &str = "data/monitoring/published.csv";
const EMBEDDED: &str = include_str!("../../../data/monitoring/published.csv");

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// Code of the indicator.
    pub indicator: String,
    /// Code of the measure.
    pub measure: String,
    /// Period as published.
    pub period: String,
    /// Group as published, with small letters and underscores.
    pub group: String,
    /// Counted.
    pub numerator: Option<u64>,
    /// Among.
    pub denominator: Option<u64>,
    /// Size of the population, when the denominator is a sample of it.
    pub population: Option<u64>,
    /// The share as published in percent, when the counts were not.
    pub percent: Option<f64>,
    /// Group of the same period and measure to compare with.
    pub against: Option<String>,
    /// What a reader must know.
    pub caution: Option<String>,
    /// Where it was published.
    pub source: String,
    /// Whether the source was read.
    pub verified: bool,
}

impl Reported {
    fn label(&self) -> String {
        format!("{} {}", self.period, self.group)
    }

    fn share(&self) -> Option<Result<Share, String>> {
        let share = Share::new(self.numerator?, self.denominator?);
        Some(share.map_err(|error| error.to_string()))
    }
}

/// Rows of published figures, each checked against the registry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportedFigures {
    rows: Vec<Reported>,
}

impl ReportedFigures {
    /// The published figures that come with the program.
    ///
    /// # Errors
    /// [`DataFault`]; a test of this crate keeps the file free of faults.
    pub fn embedded(registry: &Registry) -> Result<ReportedFigures, DataFault> {
        ReportedFigures::read(FILE, EMBEDDED.as_bytes(), registry)
    }

    /// Reads a CSV file; lines that start with `#` are comments.
    ///
    /// # Errors
    /// [`DataFault`] with the line: an indicator that is not reported, a numerator outside its
    /// denominator, a sample larger than its population, a percentage outside 0 to 100, neither
    /// counts nor percentage, both, a duplicate, or a comparison with a group that is not there.
    pub fn read(
        file: &str,
        from: impl Read,
        registry: &Registry,
    ) -> Result<ReportedFigures, DataFault> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(from);
        let mut rows: Vec<Reported> = Vec::new();
        let mut lines = Vec::new();
        let head = reader
            .headers()
            .map_err(|error| of_csv(file, &error))?
            .clone();
        let mut seen = BTreeSet::new();
        for record in reader.records() {
            let record = record.map_err(|error| of_csv(file, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row: Reported = record
                .deserialize(Some(&head))
                .map_err(|error| DataFault::new(file, line, error))?;
            check(&row, registry).map_err(|reason| DataFault::new(file, line, reason))?;
            let address = (row.indicator.clone(), row.measure.clone(), row.label());
            if !seen.insert(address) {
                return Err(DataFault::new(file, line, "the same figure stands twice"));
            }
            rows.push(row);
            lines.push(line);
        }
        for (row, line) in rows.iter().zip(lines) {
            if row.against.is_some() && partner(&rows, row).is_none() {
                let reason = "the group to compare with is not there for this period";
                return Err(DataFault::new(file, line, reason));
            }
        }
        Ok(ReportedFigures { rows })
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Reported] {
        &self.rows
    }

    /// The figures, with difference, ratio and odds ratio where a row names a group to compare
    /// with.
    #[must_use]
    pub fn figures(&self, registry: &Registry, confidence: Confidence) -> Vec<Figure> {
        let mut figures = Vec::new();
        for row in &self.rows {
            let Some(indicator) = registry.get(&row.indicator) else {
                continue;
            };
            let evidence = indicator
                .measure(&row.measure)
                .and_then(|measure| measure.evidence)
                .unwrap_or(indicator.evidence);
            let figure = |ending: &str, unit, outcome| Figure {
                key: Key {
                    indicator: row.indicator.clone(),
                    version: indicator.version,
                    measure: format!("{}{ending}", row.measure),
                    months: None,
                    label: Some(row.label()),
                    group: None,
                },
                unit,
                evidence: if ending.is_empty() {
                    evidence
                } else {
                    EvidenceLevel::Activity
                },
                outcome,
                cells: None,
                guard: None,
            };
            figures.push(figure("", Unit::Share, outcome(row, confidence)));
            if let Some(other) = partner(&self.rows, row) {
                for (ending, unit, outcome) in compare(row, other, confidence) {
                    figures.push(figure(ending, unit, outcome));
                }
            }
        }
        figures
    }
}

fn of_csv(file: &str, error: &csv::Error) -> DataFault {
    let line = error.position().map_or(0, csv::Position::line);
    DataFault::new(file, line, error)
}

fn partner<'r>(rows: &'r [Reported], row: &Reported) -> Option<&'r Reported> {
    let group = row.against.as_deref()?;
    rows.iter().find(|other| {
        other.group == group
            && other.indicator == row.indicator
            && other.measure == row.measure
            && other.period == row.period
    })
}

fn check(row: &Reported, registry: &Registry) -> Result<(), String> {
    let indicator = registry
        .get(&row.indicator)
        .ok_or_else(|| format!("there is no indicator {:?}", row.indicator))?;
    match indicator
        .measure(&row.measure)
        .map(|measure| &measure.method)
    {
        Some(Method::Reported) => {}
        Some(_) => return Err(format!("{} is computed, not reported", row.measure)),
        None => {
            return Err(format!(
                "{} has no measure {:?}",
                row.indicator, row.measure
            ));
        }
    }
    if row.period.is_empty() || row.group.is_empty() || row.source.is_empty() {
        return Err("period, group and source must be filled in".to_owned());
    }
    match (row.numerator, row.denominator, row.percent) {
        (Some(numerator), Some(denominator), None) => {
            Share::new(numerator, denominator).map_err(|error| error.to_string())?;
            if let Some(population) = row.population.filter(|size| *size < denominator) {
                return Err(format!(
                    "the sample {denominator} is larger than the population {population}"
                ));
            }
            Ok(())
        }
        (None, _, Some(percent)) if (0.0..=100.0).contains(&percent) => Ok(()),
        (None, _, Some(percent)) => Err(format!("{percent} is no percentage")),
        (None, _, None) | (Some(_), None, _) => {
            Err("either numerator and denominator or a percentage is needed".to_owned())
        }
        (Some(_), Some(_), Some(_)) => {
            Err("counts and a percentage: the percentage follows from the counts".to_owned())
        }
    }
}

fn outcome(row: &Reported, confidence: Confidence) -> Outcome {
    let unverified = (!row.verified).then(|| "the source itself was not read".to_owned());
    let mut caution: Vec<String> = row.caution.iter().cloned().chain(unverified).collect();
    let joined = |caution: &[String]| (!caution.is_empty()).then(|| caution.join("; "));
    let mut outcome = match (row.share(), row.population) {
        (Some(Ok(share)), Some(population)) => share
            .of_finite_population(population, confidence)
            .map_or_else(not_computed, |estimate| {
                of_estimate(&estimate, share.total())
            }),
        (Some(Ok(share)), None) => of_share(&share, confidence),
        (Some(Err(error)), _) => not_computed(error),
        (None, _) => {
            caution.insert(
                0,
                "no interval, because the source does not give the counts".into(),
            );
            Outcome::Value(Value {
                point: row.percent.unwrap_or(0.0) / 100.0,
                interval: None,
                n: row.denominator,
                numerator: None,
                caution: None,
            })
        }
    };
    if let Outcome::Value(value) = &mut outcome {
        value.caution = joined(&caution);
    }
    outcome
}

/// Difference, ratio and odds ratio of two groups; with counts by Newcombe and on the log scale,
/// without them as plain numbers without an interval.
fn compare(
    row: &Reported,
    other: &Reported,
    confidence: Confidence,
) -> [(&'static str, Unit, Outcome); 3] {
    let endings = [
        ("-difference", Unit::ShareDifference),
        ("-ratio", Unit::Ratio),
        ("-odds-ratio", Unit::Ratio),
    ];
    let outcomes = if let (Some(Ok(first)), Some(Ok(second))) = (row.share(), other.share()) {
        let n = first.total() + second.total();
        let of = |result: Result<statistics::Estimate, proportion::ProportionError>| {
            result.map_or_else(not_computed, |estimate| of_estimate(&estimate, n))
        };
        [
            of(Ok(proportion::difference(&first, &second, confidence))),
            of(proportion::ratio(&first, &second, confidence)),
            of(proportion::odds_ratio(&first, &second, confidence)),
        ]
    } else {
        let point = |row: &Reported| match row.share() {
            Some(Ok(share)) => share.value(),
            _ => row.percent.unwrap_or(0.0) / 100.0,
        };
        let (a, b) = (point(row), point(other));
        let plain = |number: f64| {
            if !number.is_finite() {
                return not_computed("nobody in the other group");
            }
            Outcome::Value(Value {
                point: number,
                interval: None,
                n: None,
                numerator: None,
                caution: Some("no interval, because the source does not give the counts".into()),
            })
        };
        [
            plain(a - b),
            plain(a / b),
            plain(a / (1.0 - a) / (b / (1.0 - b))),
        ]
    };
    let mut outcomes = outcomes.into_iter();
    endings.map(|(ending, unit)| {
        let outcome = outcomes
            .next()
            .unwrap_or_else(|| not_computed("nothing is compared"));
        (ending, unit, outcome)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "indicator,measure,period,group,numerator,denominator,population,percent,against,caution,source,verified";

    fn read(rows: &str) -> Result<ReportedFigures, DataFault> {
        let registry = Registry::embedded().unwrap();
        ReportedFigures::read("r.csv", format!("{HEAD}\n{rows}").as_bytes(), &registry)
    }

    #[test]
    fn the_published_gap_is_computed_without_pretending_an_interval() {
        let registry = Registry::embedded().unwrap();
        let figures = ReportedFigures::embedded(&registry)
            .unwrap()
            .figures(&registry, Confidence::NINETY_FIVE);
        let found = |ending: &str| {
            let figure = figures.iter().find(|figure| {
                figure.key.indicator == "unemployment-gap"
                    && figure.key.measure == format!("unemployed{ending}")
                    && figure.value().is_some_and(|value| value.n.is_none())
            });
            figure.unwrap().value().unwrap().clone()
        };
        // 7.0 against 2.9 per cent: 4.1 points, ratio 2.41, odds ratio 2.52.
        assert!((found("-difference").point - 0.041).abs() < 1e-12);
        assert!((found("-ratio").point - 2.41).abs() < 0.005);
        assert!((found("-odds-ratio").point - 2.52).abs() < 0.005);
        assert_eq!(found("-ratio").interval, None);
        assert!(found("-ratio").caution.is_some());
    }

    #[test]
    fn a_survey_of_municipalities_uses_the_finite_population() {
        let figures =
            read("dual-tracks,offered,2021,municipalities,244,260,352,,,,KIS,true").unwrap();
        let registry = Registry::embedded().unwrap();
        let figures = figures.figures(&registry, Confidence::NINETY_FIVE);
        let range = figures[0].value().unwrap().interval.unwrap();
        assert!((range.upper - range.lower - 2.0 * 1.959_964 * 0.007_54).abs() < 5e-4);
    }

    #[test]
    fn faults_are_named() {
        let cases = [
            (
                "dual-tracks,offered,2021,m,12,10,,,,,S,true",
                "numerator 12 is larger than its denominator 10",
            ),
            (
                "dual-tracks,offered,2021,m,1,0,,,,,S,true",
                "denominator is 0",
            ),
            (
                "dual-tracks,offered,2021,m,1,10,9,,,,S,true",
                "larger than the population",
            ),
            (
                "dual-tracks,offered,2021,m,,,,NaN,,,S,true",
                "no percentage",
            ),
            (
                "dual-tracks,offered,2021,m,,,,104,,,S,true",
                "104 is no percentage",
            ),
            (
                "dual-tracks,offered,2021,m,,,,,,,S,true",
                "either numerator",
            ),
            ("dual-tracks,offered,2021,m,-4,10,,,,,S,true", "r.csv:2"),
            (
                "nothing,offered,2021,m,1,10,,,,,S,true",
                "no indicator \"nothing\"",
            ),
            (
                "dual-tracks,offered,2021,m,,,,4,other,,S,true",
                "not there for this period",
            ),
            (
                "dual-tracks,offered,2021,m,,,,4,,,S,true\ndual-tracks,offered,2021,m,,,,5,,,S,true",
                "r.csv:3: the same figure",
            ),
        ];
        for (rows, expected) in cases {
            let found = read(rows).unwrap_err().to_string();
            assert!(found.contains(expected), "{found} lacks {expected}");
        }
    }
}
