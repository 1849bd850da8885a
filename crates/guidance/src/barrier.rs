//! The taxonomy of barriers and how a barrier is found to exist for a person, employer or
//! municipality.
//!
//! A barrier follows from what somebody said, or from a fact through a signal in the data file.
//! Barriers marked sensitive (health) follow only from what the person reported; no fact says
//! where a person comes from, so no barrier can follow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition, Verdict};
use crate::day::Day;
use crate::facts::{Fact, Facts};
use crate::lever_link::{
    LeverFindings, LeverLinks, LeverReport, LeverSeverity, RawCostLink, RawLink,
};
use crate::provenance::Provenance;

/// Code of a barrier: a letter N (newcomer), W (employer) or G (municipality and system), a
/// number, and for a part of a barrier a small letter.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BarrierCode {
    side: char,
    number: u8,
    part: Option<char>,
}

/// A text that is no barrier code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is no barrier code; expected N, W or G, a number and perhaps a letter, as in N1a"
)]
pub struct NotABarrier {
    text: String,
}

impl BarrierCode {
    /// The main barrier that this one is part of, or itself.
    #[must_use]
    pub fn main(&self) -> BarrierCode {
        BarrierCode {
            part: None,
            ..self.clone()
        }
    }

    /// Whether help for this barrier is help for `other`: the same one, or a part of it.
    #[must_use]
    pub fn covers(&self, other: &BarrierCode) -> bool {
        self == other || (self.part.is_none() && *self == other.main())
    }

    /// Whether it is part of a main barrier.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.part.is_some()
    }

    /// Whether an employer's barrier.
    #[must_use]
    pub fn is_employers(&self) -> bool {
        self.side == 'W'
    }
}

impl FromStr for BarrierCode {
    type Err = NotABarrier;

    fn from_str(text: &str) -> Result<BarrierCode, NotABarrier> {
        let refuse = || NotABarrier {
            text: text.chars().take(20).collect(),
        };
        let rest = text.get(1..).ok_or_else(refuse)?;
        let side = text.chars().next().filter(|c| "NWG".contains(*c));
        let part = rest.chars().last().filter(char::is_ascii_lowercase);
        let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number = digits.parse().map_err(|_| refuse())?;
        let code = BarrierCode {
            side: side.ok_or_else(refuse)?,
            number,
            part,
        };
        // Writing it again refuses "N01", "N1ab" and the like.
        if code.to_string() == text {
            Ok(code)
        } else {
            Err(refuse())
        }
    }
}

impl fmt::Display for BarrierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.side, self.number)?;
        self.part.map_or(Ok(()), |part| write!(f, "{part}"))
    }
}

impl fmt::Debug for BarrierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for BarrierCode {
    type Error = NotABarrier;

    fn try_from(text: String) -> Result<BarrierCode, NotABarrier> {
        text.parse()
    }
}

impl From<BarrierCode> for String {
    fn from(code: BarrierCode) -> String {
        code.to_string()
    }
}

/// How much a barrier stands in the way: 1 a little, 2 clearly, 3 it blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Severity(u8);

/// A number that is no severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("severity {0} is not 1, 2 or 3")]
pub struct NotASeverity(u8);

impl TryFrom<u8> for Severity {
    type Error = NotASeverity;

    fn try_from(number: u8) -> Result<Severity, NotASeverity> {
        if (1..=3).contains(&number) {
            Ok(Severity(number))
        } else {
            Err(NotASeverity(number))
        }
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> u8 {
        severity.0
    }
}

/// Who says that a barrier exists; later in the list weighs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// It follows from facts.
    Derived,
    /// The employer.
    Employer,
    /// The person.
    Person,
    /// The klantmanager.
    Klantmanager,
}

impl SaidBy {
    /// Everyone who can say so.
    pub const ALL: [SaidBy; 4] = [
        SaidBy::Derived,
        SaidBy::Employer,
        SaidBy::Person,
        SaidBy::Klantmanager,
    ];

    /// Code in files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SaidBy::Derived => "derived",
            SaidBy::Employer => "employer",
            SaidBy::Person => "person",
            SaidBy::Klantmanager => "klantmanager",
        }
    }
}

/// A fact that shows a barrier.
#[derive(Clone, Debug)]
pub struct Signal {
    /// When it shows.
    pub when: Condition,
    /// How severe the barrier then is.
    pub severity: Severity,
}

/// A barrier of the taxonomy.
#[derive(Clone, Debug)]
pub struct Barrier {
    /// Its code.
    pub code: BarrierCode,
    /// Whether it may follow only from what the person reported.
    pub sensitive: bool,
    /// Facts that show it.
    pub signals: Vec<Signal>,
    /// Where it is named.
    pub provenance: Provenance,
    /// Line in its file.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BarrierFile {
    /// Sources by short name, to be named by each barrier.
    source: BTreeMap<String, Provenance>,
    barrier: Vec<Spanned<RawBarrier>>,
    /// From what on a lever of the matching engine shows a severe barrier.
    lever_severity: LeverSeverity,
    /// To which barrier each lever belongs.
    lever: Vec<Spanned<RawLink>>,
    /// To which barrier of the employer each demand of a vacancy belongs.
    demand: Vec<Spanned<RawCostLink>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBarrier {
    code: BarrierCode,
    named_in: String,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    signal: Vec<RawSignal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignal {
    severity: Severity,
    when: RawCondition,
}

/// Facts that a person reports about their own health and home, the only ones a sensitive
/// barrier may follow from.
const REPORTED: [Fact; 3] = [
    Fact::ReportedMentalLoad,
    Fact::ReportedPhysicalLimit,
    Fact::LivingUnstable,
];

/// The barriers of a set.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    barriers: BTreeMap<BarrierCode, Barrier>,
    levers: LeverLinks,
}

impl Taxonomy {
    /// Reads the file of barriers.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Taxonomy {
        let mut taxonomy = Taxonomy::default();
        let file: BarrierFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return taxonomy;
            }
        };
        for raw in file.barrier {
            let start = raw.span().start;
            match read_barrier(raw.into_inner(), &file.source) {
                Ok(mut barrier) => {
                    barrier.line = reading.fault(start, "").line;
                    let code = barrier.code.clone();
                    if taxonomy.barriers.insert(code.clone(), barrier).is_some() {
                        faults.push(reading.fault(start, format!("barrier {code} stands twice")));
                    }
                }
                Err(reason) => faults.push(reading.fault(start, reason)),
            }
        }
        for barrier in taxonomy.barriers.values() {
            if !taxonomy.barriers.contains_key(&barrier.code.main()) {
                let mut fault = reading.fault(0, format!("{} has no main barrier", barrier.code));
                fault.line = barrier.line;
                faults.push(fault);
            }
        }
        let refused = |code: &BarrierCode| match taxonomy.barriers.get(code) {
            None => Some("is no barrier of the file"),
            Some(barrier) if barrier.sensitive => {
                Some("may follow only from what the person reported, so from no lever")
            }
            Some(_) => None,
        };
        let (rows, severity) = (file.lever, file.lever_severity);
        let mut links = LeverLinks::read(reading, rows, severity, refused, faults);
        links.read_costs(reading, file.demand, refused, faults);
        taxonomy.levers = links;
        taxonomy
    }

    /// What the levers of the matching engine say about barriers, for these facts on a date.
    #[must_use]
    pub fn find_levers(&self, report: &LeverReport, facts: &Facts, date: Day) -> LeverFindings {
        self.levers.find(report, facts, date)
    }

    /// Facts that decide to which barrier a lever belongs.
    pub(crate) fn asks_of_levers(&self) -> BTreeSet<Fact> {
        self.levers.asks_about()
    }

    /// The barrier with this code.
    #[must_use]
    pub fn get(&self, code: &BarrierCode) -> Option<&Barrier> {
        self.barriers.get(code)
    }

    /// All barriers in order of code.
    pub fn iter(&self) -> impl Iterator<Item = &Barrier> {
        self.barriers.values()
    }

    /// Barriers that stand in the way on a date, most severe first, then by code.
    ///
    /// What somebody said goes before what follows from facts, and a klantmanager before a person
    /// or employer; a barrier that was said to be resolved by the date is left out.
    #[must_use]
    pub fn diagnose(&self, facts: &Facts, said: &[Diagnosis], date: Day) -> Vec<Diagnosis> {
        self.diagnose_with_levers(facts, &[], said, date)
    }

    /// As [`Taxonomy::diagnose`], with what levers show beside the facts; the more severe counts.
    #[must_use]
    pub fn diagnose_with_levers(
        &self,
        facts: &Facts,
        levers: &[Diagnosis],
        said: &[Diagnosis],
        date: Day,
    ) -> Vec<Diagnosis> {
        let mut found = self.shown_by(facts, date);
        for diagnosis in levers {
            let entry = found.entry(diagnosis.code.clone());
            let known = entry.or_insert_with(|| diagnosis.clone());
            known.severity = known.severity.max(diagnosis.severity);
        }
        let mut ordered: Vec<&Diagnosis> = said
            .iter()
            .filter(|d| d.since.is_none_or(|since| since <= date))
            .collect();
        ordered.sort_by_key(|d| (d.said_by, d.since));
        for diagnosis in ordered {
            found.insert(diagnosis.code.clone(), diagnosis.clone());
        }
        found.retain(|_, d| d.resolved.is_none_or(|resolved| resolved > date));
        let mut list: Vec<Diagnosis> = found.into_values().collect();
        list.sort_by(|a, b| (b.severity, &a.code).cmp(&(a.severity, &b.code)));
        list
    }

    /// Barriers that follow from facts.
    fn shown_by(&self, facts: &Facts, date: Day) -> BTreeMap<BarrierCode, Diagnosis> {
        let mut found: BTreeMap<BarrierCode, Diagnosis> = BTreeMap::new();
        for barrier in self.barriers.values() {
            let severity = barrier
                .signals
                .iter()
                .filter(|signal| signal.when.ask(facts, date) == Verdict::Met)
                .map(|signal| signal.severity)
                .max();
            if let Some(severity) = severity {
                let said_by = if barrier.sensitive {
                    SaidBy::Person
                } else {
                    SaidBy::Derived
                };
                let code = barrier.code.clone();
                found.insert(
                    code.clone(),
                    Diagnosis {
                        code,
                        severity,
                        said_by,
                        since: None,
                        resolved: None,
                    },
                );
            }
        }
        found
    }
}

/// A barrier that stands in somebody's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnosis {
    /// Which one.
    pub code: BarrierCode,
    /// How much.
    pub severity: Severity,
    /// Who says so.
    pub said_by: SaidBy,
    /// First day, if known.
    pub since: Option<Day>,
    /// Day on which it was resolved, if it was.
    pub resolved: Option<Day>,
}

/// What removing a barrier would open, as the matching engine's levers tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The barrier.
    pub barrier: BarrierCode,
    /// Number of vacancies (or, for an employer, candidates) that come within reach without it.
    pub opens: u32,
}

fn read_barrier(
    raw: RawBarrier,
    sources: &BTreeMap<String, Provenance>,
) -> Result<Barrier, String> {
    let code = raw.code;
    let named = |reason: &dyn fmt::Display| format!("barrier {code}: {reason}");
    let provenance = sources
        .get(&raw.named_in)
        .ok_or_else(|| named(&format_args!("there is no source {:?}", raw.named_in)))?;
    provenance.check().map_err(|fault| named(&fault))?;
    let mut signals = Vec::new();
    for signal in &raw.signal {
        let when = signal
            .when
            .read(&Parameters::new())
            .map_err(|fault| named(&fault))?;
        let reported: BTreeSet<Fact> = REPORTED.into();
        let from_report = when.asks_about().is_subset(&reported);
        if raw.sensitive && !from_report {
            return Err(named(
                &"a sensitive barrier may follow only from what the person reported",
            ));
        }
        signals.push(Signal {
            when,
            severity: signal.severity,
        });
    }
    Ok(Barrier {
        code,
        sensitive: raw.sensitive,
        signals,
        provenance: provenance.clone(),
        line: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_parts_belong_to_their_main_barrier() -> Result<(), NotABarrier> {
        for text in ["N1", "N5i", "W10", "G9"] {
            assert_eq!(text.parse::<BarrierCode>()?.to_string(), text);
        }
        for text in ["", "X1", "N", "N1ab", "N01", "n1", "N1A", "N300", "é1"] {
            assert!(text.parse::<BarrierCode>().is_err(), "{text}");
        }
        let main: BarrierCode = "N1".parse()?;
        assert!(main.covers(&"N1b".parse()?));
        assert!(!main.covers(&"N2".parse()?));
        assert!(!"N1a".parse::<BarrierCode>()?.covers(&"N1b".parse()?));
        assert!(!"N1a".parse::<BarrierCode>()?.covers(&main));
        assert!(!main.covers(&"W1".parse()?));
        Ok(())
    }
}
