//! What is missing for a piece of work, how long it takes to get it, and what helps.
//!
//! What is missing comes from the explanation of the match; how long it takes and what helps, from
//! the guidance, each with its source. It is nobody's data: the same gap gives the same answer.

use domain::language::Language;
use domain::level::LanguageLevel;
use domain::text::ConceptUri;
use guidance::answer::Speaker;
use guidance::duration::{Certainty, Duration, Weeks};
use guidance::facts::Facts;
use guidance::instrument::{Instrument, InstrumentKind};
use guidance::lever_link::{LeverReport, SeenCount, SeenLever};
use guidance::{Day, GuidanceSet};

use crate::may_work::{MayWorkSource, Said, cited, said};
use crate::work::explain::{Explanation, Finding, Gap, Outcome, Remedy, Subject};
use crate::{Application, ApplicationError};

pub use guidance::duration::Weeks as GapWeeks;

/// Instruments named for one gap.
const MOST_HELP: usize = 2;

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A skill that is asked at the start.
    Skill(ConceptUri),
    /// Something beside skills; its place in the constraints of the explanation.
    Constraint(usize),
}

/// How long something takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakesTime {
    /// Fewest and most weeks.
    pub weeks: Weeks,
    /// How sure: `law`, `stated` or `estimate`.
    pub certainty: &'static str,
    /// Where it stands.
    pub source: MayWorkSource,
}

/// Something that helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapHelp {
    /// Its name.
    pub name: Said,
    /// How long it usually lasts: a number and `day`, `week` or `month`.
    pub lasts: Option<(u64, String)>,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkGap {
    /// What.
    pub what: Missing,
    /// How long it takes; none when nobody knows or it takes no time.
    pub time: Option<TakesTime>,
    /// What helps.
    pub help: Vec<GapHelp>,
}

/// Everything that is missing for a piece of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkGaps {
    /// What closes the work, then missing skills, the heaviest first.
    pub gaps: Vec<WorkGap>,
    /// How long it takes when everything is done at the same time; none while a part is not known.
    pub together: Option<Weeks>,
}

impl Application {
    /// What is missing for a piece of work and how long that takes, in a language.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn gaps(
        &self,
        explanation: &Explanation,
        language: Language,
    ) -> Result<WorkGaps, ApplicationError> {
        let set = self.guidance()?;
        let asked = Asked {
            set: &set,
            speaker: Speaker {
                set: &set,
                language,
            },
            date: self.today(),
        };
        let constraints = explanation.constraints.iter().enumerate();
        let closing = constraints.filter_map(|(at, finding)| {
            let (lever, from) = lever(finding)?;
            Some(asked.gap(Missing::Constraint(at), &lever, from))
        });
        let skills = explanation
            .missing()
            .filter(|demand| demand.moment == domain::demand::Moment::AtStart)
            .map(|demand| {
                let lever = SeenLever::Skill {
                    skill: demand.skill.as_str().to_owned(),
                };
                asked.gap(Missing::Skill(demand.skill.clone()), &lever, None)
            });
        let gaps: Vec<WorkGap> = closing.chain(skills).collect();
        let together = gaps
            .iter()
            .map(|gap| gap.time.as_ref().map(|time| time.weeks))
            .reduce(|one, other| Some(one?.beside(other?)))
            .flatten();
        Ok(WorkGaps { gaps, together })
    }
}

/// What is asked of the guidance.
struct Asked<'a> {
    set: &'a GuidanceSet,
    speaker: Speaker<'a>,
    date: Day,
}

impl Asked<'_> {
    fn gap(&self, what: Missing, lever: &SeenLever, from: Option<LanguageLevel>) -> WorkGap {
        WorkGap {
            what,
            time: self.time(lever, from),
            help: self.help(lever),
        }
    }

    fn time(&self, lever: &SeenLever, from: Option<LanguageLevel>) -> Option<TakesTime> {
        let durations = &self.set.durations;
        let dutch = match lever {
            SeenLever::Language { language, to } | SeenLever::Modality { language, to, .. } => {
                // How long other languages take, nobody wrote down.
                (*language == Language::NL).then_some(())?;
                Some((from?, *to))
            }
            _ => None,
        };
        let (weeks, row) = match dutch {
            Some(levels) => {
                let (weeks, rows) = durations.of_dutch(levels, self.date)?;
                (weeks, *rows.last()?)
            }
            None => {
                let row = durations.of(lever, self.date)?;
                (row.weeks, row)
            }
        };
        Some(self.takes(weeks, row))
    }

    fn takes(&self, weeks: Weeks, row: &Duration) -> TakesTime {
        TakesTime {
            weeks,
            certainty: Certainty::code(row.certainty),
            source: cited(&self.speaker.source(&row.provenance)),
        }
    }

    /// Instruments for people against the barrier that the lever shows.
    fn help(&self, lever: &SeenLever) -> Vec<GapHelp> {
        let report = LeverReport {
            levers: vec![SeenCount {
                lever: lever.clone(),
                opens: 1,
            }],
            ..LeverReport::default()
        };
        let found = self
            .set
            .taxonomy
            .find_levers(&report, &Facts::none(), self.date);
        let Some(barrier) = found.levers.into_iter().find_map(|found| found.barrier) else {
            return Vec::new();
        };
        let helps = |one: &&Instrument| {
            one.kind == InstrumentKind::Jobseeker
                && one.provenance.holds_on(self.date)
                && one.helps(&barrier)
        };
        let all = self.set.register.instruments().filter(helps);
        all.take(MOST_HELP)
            .map(|one| GapHelp {
                name: said(&self.speaker.words(&format!("instrument.{}", one.id))),
                lasts: one
                    .duration
                    .as_ref()
                    .map(|lasts| (lasts.amount, lasts.unit.clone())),
            })
            .collect()
    }
}

/// The lever that would close what a finding says is not met, and for a language the level there is.
fn lever(finding: &Finding) -> Option<(SeenLever, Option<LanguageLevel>)> {
    let Outcome::NotMet(gap) = finding.outcome else {
        return None;
    };
    let lever = match (gap, &finding.subject) {
        (Gap::Language { has, needs }, Subject::Language(language, modality)) => {
            let lever = SeenLever::Modality {
                language: *language,
                modality: *modality,
                to: needs,
            };
            return Some((lever, Some(has)));
        }
        (Gap::Language { .. }, _) => return None,
        (
            Gap::Qualification {
                remedy: Remedy::Recognition,
                ..
            },
            _,
        ) => SeenLever::Recognition,
        (Gap::Qualification { needs, .. }, _) => SeenLever::Qualification { to: needs.number() },
        (Gap::Licence, Subject::Licence(licence)) => SeenLever::Licence { licence: *licence },
        (Gap::Licence, _) => return None,
        (Gap::Hours { needs, .. }, _) => SeenLever::Hours { to: needs },
        (Gap::DayParts { .. }, _) => SeenLever::DayParts,
        (Gap::Region { region }, _) => SeenLever::TravelTo { region },
        (Gap::Municipality { .. }, _) => SeenLever::Travel,
        (Gap::Permission { needs, .. }, _) => SeenLever::Permission { to: needs },
        (Gap::Start { .. }, _) => SeenLever::Start,
        (Gap::Learning, _) => SeenLever::Learning,
    };
    Some((lever, None))
}
