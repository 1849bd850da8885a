//! From the matching engine's levers to barriers: what stands in the way, and what opens without it.
//!
//! The engine counts what would open if a language, licence, hour or skill were no longer lacking;
//! which barrier that is, is data (`[[lever]]` and `[[demand]]` in `barriers.toml`).
//! It must not know how levers are counted, nor who the candidate is.

mod seen;

pub use seen::{LeverKind, LeverReport, RelaxedKind, SeenCost, SeenCount, SeenLever};

use std::collections::{BTreeMap, BTreeSet};

use domain::code::Licence;
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::placement::Modality;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::barrier::{BarrierCode, Diagnosis, Opening, SaidBy, Severity};
use crate::bundle::{DataFault, Reading};
use crate::condition::{Condition, Parameters, RawCondition, Verdict};
use crate::day::Day;
use crate::facts::{Fact, Facts};

/// From what on an opening is clear or blocking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeverSeverity {
    /// Most vacancies open now for a lever to show that its barrier blocks.
    blocks_when_open_now_at_most: u64,
    /// Openings, in percent of the vacancies open now, from which its barrier stands clearly in
    /// the way; fewer are a little.
    clear_from_percent: u64,
}

/// A row that says to which barrier a lever belongs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLink {
    kind: LeverKind,
    language: Option<Language>,
    #[serde(default)]
    modality: Vec<Modality>,
    to_at_most: Option<LanguageLevel>,
    #[serde(default)]
    licence: Vec<Licence>,
    when: Option<RawCondition>,
    barrier: Option<BarrierCode>,
    #[serde(default)]
    reason: String,
}

#[derive(Clone, Debug)]
struct Link {
    raw: RawLink,
    when: Option<Condition>,
}

impl Link {
    fn takes(&self, lever: &SeenLever) -> bool {
        let raw = &self.raw;
        let language_fits = |language: Language, to: LanguageLevel| {
            raw.language.is_none_or(|wanted| wanted == language)
                && raw.to_at_most.is_none_or(|most| to <= most)
        };
        raw.kind == lever.kind()
            && match lever {
                SeenLever::Language { language, to } => language_fits(*language, *to),
                SeenLever::Modality {
                    language,
                    modality,
                    to,
                } => {
                    language_fits(*language, *to)
                        && (raw.modality.is_empty() || raw.modality.contains(modality))
                }
                SeenLever::Licence { licence } => {
                    raw.licence.is_empty() || raw.licence.contains(licence)
                }
                _ => true,
            }
    }

    /// Whether it takes every lever of its kind, whatever the facts.
    fn takes_all(&self) -> bool {
        let raw = &self.raw;
        raw.language.is_none()
            && raw.modality.is_empty()
            && raw.to_at_most.is_none()
            && raw.licence.is_empty()
            && self.when.is_none()
    }
}

/// A row that says to which barrier of the employer a demand belongs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCostLink {
    kind: RelaxedKind,
    language: Option<Language>,
    barrier: Option<BarrierCode>,
    #[serde(default)]
    reason: String,
}

impl RawCostLink {
    fn takes(&self, cost: &SeenCost) -> bool {
        let fits = self.language.is_none() || self.language == cost.language;
        self.kind == cost.relaxed && fits
    }
}

/// Which barrier each lever and each demand belongs to.
#[derive(Clone, Debug, Default)]
pub struct LeverLinks {
    links: Vec<Link>,
    cost_links: Vec<RawCostLink>,
    severity: LeverSeverity,
}

/// A lever, or a demand that could be relaxed, with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Counted {
    /// A lever of a candidate or group.
    Lever(SeenCount),
    /// A demand of a vacancy.
    Cost(SeenCost),
}

/// A lever or demand with the barrier it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkedLever {
    /// The lever or demand and what it opens.
    #[serde(flatten)]
    pub count: Counted,
    /// The barrier; none where the file names none or a fact is still to be asked.
    pub barrier: Option<BarrierCode>,
    /// Facts that could show another barrier.
    pub ask: BTreeSet<Fact>,
}

/// What levers say about barriers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeverFindings {
    /// Barriers that the levers show.
    pub diagnoses: Vec<Diagnosis>,
    /// What the removal of each opens, in order of barrier.
    pub openings: Vec<Opening>,
    /// Every lever with its barrier, in the order of the report.
    pub levers: Vec<LinkedLever>,
}

impl LeverLinks {
    /// Reads the rows of the file; `allowed` says why a barrier cannot be named, if it cannot.
    pub(crate) fn read(
        reading: Reading<'_>,
        rows: Vec<Spanned<RawLink>>,
        severity: LeverSeverity,
        refused: impl Fn(&BarrierCode) -> Option<&'static str>,
        faults: &mut Vec<DataFault>,
    ) -> LeverLinks {
        let mut links = LeverLinks {
            severity,
            ..LeverLinks::default()
        };
        let before = faults.len();
        for row in rows {
            let start = row.span().start;
            match read_link(row.into_inner(), &refused) {
                Ok(link) => links.links.push(link),
                Err(reason) => faults.push(reading.fault(start, reason)),
            }
        }
        // A row that was refused could be the one that takes all.
        let complete = faults.len() == before;
        for kind in LeverKind::ALL.into_iter().filter(|_| complete) {
            let mut of_kind = links.links.iter().filter(|link| link.raw.kind == kind);
            if !of_kind.any(Link::takes_all) {
                let reason = format!("no row takes every lever of the kind {kind:?}");
                faults.push(crate::bundle::fault(reading.file, reason));
            }
        }
        links
    }

    /// Reads the rows about demands of vacancies, as [`LeverLinks::read`] does those of levers.
    pub(crate) fn read_costs(
        &mut self,
        reading: Reading<'_>,
        rows: Vec<Spanned<RawCostLink>>,
        refused: impl Fn(&BarrierCode) -> Option<&'static str>,
        faults: &mut Vec<DataFault>,
    ) {
        let before = faults.len();
        for row in rows {
            let start = row.span().start;
            let row = row.into_inner();
            let kind = row.kind;
            let why = match &row.barrier {
                Some(code) => refused(code).map(|why| format!("{code} {why}")),
                None if row.reason.trim().is_empty() => {
                    Some("a row without a barrier needs a reason".to_owned())
                }
                None => None,
            };
            match why {
                Some(why) => faults.push(reading.fault(start, format!("demand {kind:?}: {why}"))),
                None => self.cost_links.push(row),
            }
        }
        let complete = faults.len() == before;
        for kind in RelaxedKind::ALL.into_iter().filter(|_| complete) {
            let mut of_kind = self.cost_links.iter().filter(|link| link.kind == kind);
            if !of_kind.any(|link| link.language.is_none()) {
                let reason = format!("no row takes every demand of the kind {kind:?}");
                faults.push(crate::bundle::fault(reading.file, reason));
            }
        }
    }

    /// Facts that decide to which barrier a lever belongs.
    pub(crate) fn asks_about(&self) -> BTreeSet<Fact> {
        let conditions = self.links.iter().filter_map(|link| link.when.as_ref());
        conditions.flat_map(Condition::asks_about).collect()
    }

    /// What the levers of a report say about barriers, for these facts on a date.
    ///
    /// Rows are asked in the order of the file; the first that holds decides.
    /// Levers of one barrier can open the same vacancies, so the highest count stands for all:
    /// at least so many open.
    #[must_use]
    pub fn find(&self, report: &LeverReport, facts: &Facts, date: Day) -> LeverFindings {
        let mut findings = LeverFindings::default();
        let mut most: BTreeMap<BarrierCode, u64> = BTreeMap::new();
        for count in report.levers.iter().filter(|count| count.opens > 0) {
            let (barrier, ask) = self.barrier_of(&count.lever, facts, date);
            if let Some(code) = &barrier {
                let opens = most.entry(code.clone()).or_default();
                *opens = (*opens).max(count.opens);
            }
            findings.levers.push(LinkedLever {
                count: Counted::Lever(count.clone()),
                barrier,
                ask,
            });
        }
        for cost in report.costs.iter().filter(|cost| cost.candidates > 0) {
            let mut links = self.cost_links.iter();
            let barrier = links
                .find(|link| link.takes(cost))
                .and_then(|link| link.barrier.clone());
            if let Some(code) = &barrier {
                let opens = most.entry(code.clone()).or_default();
                *opens = (*opens).max(cost.candidates);
            }
            findings.levers.push(LinkedLever {
                count: Counted::Cost(cost.clone()),
                barrier,
                ask: BTreeSet::new(),
            });
        }
        for (code, opens) in most {
            if let Ok(severity) = Severity::try_from(self.severity(opens, report.open_now)) {
                findings.diagnoses.push(Diagnosis {
                    code: code.clone(),
                    severity,
                    said_by: SaidBy::Derived,
                    since: None,
                    resolved: None,
                });
            }
            findings.openings.push(Opening {
                barrier: code,
                opens: u32::try_from(opens).unwrap_or(u32::MAX),
            });
        }
        findings
    }

    fn barrier_of(
        &self,
        lever: &SeenLever,
        facts: &Facts,
        date: Day,
    ) -> (Option<BarrierCode>, BTreeSet<Fact>) {
        let mut ask = BTreeSet::new();
        for link in self.links.iter().filter(|link| link.takes(lever)) {
            match link.when.as_ref().map(|when| when.ask(facts, date)) {
                None | Some(Verdict::Met) => return (link.raw.barrier.clone(), ask),
                Some(Verdict::NotMet) => {}
                Some(Verdict::Unknown(missing)) => ask.extend(missing),
            }
        }
        (None, ask)
    }

    fn severity(&self, opens: u64, open_now: u64) -> u8 {
        let limits = self.severity;
        if open_now <= limits.blocks_when_open_now_at_most {
            3
        } else if opens.saturating_mul(100) >= open_now.saturating_mul(limits.clear_from_percent) {
            2
        } else {
            1
        }
    }
}

fn read_link(
    raw: RawLink,
    refused: &impl Fn(&BarrierCode) -> Option<&'static str>,
) -> Result<Link, String> {
    let kind = raw.kind;
    let named = |reason: &dyn std::fmt::Display| format!("lever {kind:?}: {reason}");
    match &raw.barrier {
        Some(code) => {
            if let Some(why) = refused(code) {
                return Err(named(&format_args!("{code} {why}")));
            }
        }
        None if raw.reason.trim().is_empty() => {
            return Err(named(&"a row without a barrier needs a reason"));
        }
        None => {}
    }
    let of_language = matches!(kind, LeverKind::Language | LeverKind::Modality);
    if !of_language && (raw.language.is_some() || raw.to_at_most.is_some()) {
        return Err(named(
            &"only levers of a language have a language and level",
        ));
    }
    if kind != LeverKind::Modality && !raw.modality.is_empty() {
        return Err(named(&"only a lever of one modality has a modality"));
    }
    if kind != LeverKind::Licence && !raw.licence.is_empty() {
        return Err(named(&"only a lever of a licence has a licence"));
    }
    let when = raw.when.as_ref().map(|when| when.read(&Parameters::new()));
    let when = when.transpose().map_err(|fault| named(&fault))?;
    Ok(Link { raw, when })
}
