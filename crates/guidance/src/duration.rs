//! How long it takes to get what is missing: a span of weeks with its source and certainty.
//!
//! It knows spans; who misses what, the callers know. What a person can simply choose anew (hours,
//! days, places) has no row: it takes no time.

use std::collections::BTreeSet;

use domain::code::Licence;
use domain::level::LanguageLevel;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::bundle::{DataFault, Reading};
use crate::day::Day;
use crate::lever_link::{LeverKind, SeenLever};
use crate::provenance::Provenance;

/// How sure a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The law sets it.
    Law,
    /// Whoever decides says so.
    Stated,
    /// An estimate of this project.
    Estimate,
}

impl Certainty {
    /// Code in files and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Certainty::Law => "law",
            Certainty::Stated => "stated",
            Certainty::Estimate => "estimate",
        }
    }
}

/// A span of weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weeks {
    /// Fewest weeks.
    pub least: u32,
    /// Most weeks.
    pub most: u32,
}

impl Weeks {
    /// One after the other.
    #[must_use]
    pub fn and_then(self, next: Weeks) -> Weeks {
        Weeks {
            least: self.least.saturating_add(next.least),
            most: self.most.saturating_add(next.most),
        }
    }

    /// At the same time: the longest counts.
    #[must_use]
    pub fn beside(self, other: Weeks) -> Weeks {
        Weeks {
            least: self.least.max(other.least),
            most: self.most.max(other.most),
        }
    }
}

/// How long one thing takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    /// What is to be got.
    pub what: LeverKind,
    /// The level of Dutch that is reached, from the one below; only for languages.
    pub to: Option<LanguageLevel>,
    /// The licences it is for; empty is all. Only for licences.
    #[serde(default)]
    pub licence: Vec<Licence>,
    /// How long.
    pub weeks: Weeks,
    /// How sure.
    pub certainty: Certainty,
    /// Where it comes from.
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DurationFile {
    duration: Vec<Spanned<Duration>>,
}

/// The spans of a set.
#[derive(Clone, Debug, Default)]
pub struct Durations {
    all: Vec<Duration>,
}

impl Durations {
    /// Reads the file of spans.
    pub fn read(reading: Reading<'_>, faults: &mut Vec<DataFault>) -> Durations {
        let file: DurationFile = match reading.toml() {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                return Durations::default();
            }
        };
        let mut durations = Durations::default();
        let mut seen = BTreeSet::new();
        for row in file.duration {
            let start = row.span().start;
            let row = row.into_inner();
            let mut refuse = |reason: &dyn std::fmt::Display| {
                let reason = format!("duration of {:?}: {reason}", row.what);
                faults.push(reading.fault(start, reason));
            };
            if let Err(fault) = row.provenance.check() {
                refuse(&fault);
            }
            if row.weeks.least > row.weeks.most {
                refuse(&"the fewest weeks are more than the most");
            }
            let is_language = row.what == LeverKind::Language;
            if is_language != row.to.is_some() {
                refuse(&"a language names the level it leads to, and nothing else does");
            }
            if row.what != LeverKind::Licence && !row.licence.is_empty() {
                refuse(&"only licences name licences");
            }
            if is_language && !seen.insert(row.to) {
                refuse(&"this level stands twice");
            }
            durations.all.push(row);
        }
        durations
    }

    /// All spans, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Duration> {
        self.all.iter()
    }

    /// How long a lever takes on a date; none where nothing is known or it takes no time. For a
    /// language it is the step to that level from the one below: see [`Durations::of_dutch`].
    #[must_use]
    pub fn of(&self, lever: &SeenLever, date: Day) -> Option<&Duration> {
        let mut all = self.all.iter().filter(|d| d.provenance.holds_on(date));
        all.find(|duration| match lever {
            SeenLever::Language { to, .. } | SeenLever::Modality { to, .. } => {
                duration.what == LeverKind::Language && duration.to == Some(*to)
            }
            SeenLever::Licence { licence } => {
                duration.what == LeverKind::Licence
                    && (duration.licence.is_empty() || duration.licence.contains(licence))
            }
            other => duration.what == other.kind(),
        })
    }

    /// How long it takes from one level of Dutch to another, step by step, with the rows it rests
    /// on; none when a step is not known or there is none to take.
    #[must_use]
    pub fn of_dutch(
        &self,
        (from, to): (LanguageLevel, LanguageLevel),
        date: Day,
    ) -> Option<(Weeks, Vec<&Duration>)> {
        let steps = LanguageLevel::ALL.into_iter();
        let steps = steps.filter(|level| *level > from && *level <= to);
        // The levels of learning to read lie before A1, on the way to it.
        let steps = steps.filter(|level| *level >= LanguageLevel::A1);
        let mut rows = Vec::new();
        let mut weeks: Option<Weeks> = None;
        for step in steps {
            let mut all = self.all.iter().filter(|d| d.provenance.holds_on(date));
            let row = all.find(|d| d.what == LeverKind::Language && d.to == Some(step))?;
            weeks = Some(weeks.map_or(row.weeks, |before| before.and_then(row.weeks)));
            rows.push(row);
        }
        Some((weeks?, rows))
    }
}

#[cfg(test)]
mod tests {
    use domain::language::Language;

    use super::*;

    fn read(text: &str) -> (Durations, Vec<DataFault>) {
        let mut faults = Vec::new();
        let reading = Reading {
            file: "durations.toml",
            text,
        };
        (Durations::read(reading, &mut faults), faults)
    }

    fn row(what: &str, rest: &str) -> String {
        format!(
            "[[duration]]\nwhat = \"{what}\"\n{rest}\ncertainty = \"estimate\"\n\
             [duration.provenance]\narticle = \"Praktijk\"\nsource = \"https://example.org/x\"\n\
             valid_from = 2022-01-01\nchecked_on = 2026-11-22\nstatus = \"in_force\"\nverified = false\n"
        )
    }

    #[test]
    fn steps_of_a_language_add_up() -> Result<(), Box<dyn std::error::Error>> {
        let text = [
            row("language", "to = \"A1\"\nweeks = { least = 8, most = 16 }"),
            row("language", "to = \"A2\"\nweeks = { least = 12, most = 26 }"),
            row(
                "licence",
                "licence = [\"VCA\"]\nweeks = { least = 1, most = 4 }",
            ),
        ];
        let (durations, faults) = read(&text.concat());
        assert_eq!(faults, []);
        let on: Day = "2026-11-22".parse()?;
        let of = |from, to| durations.of_dutch((from, to), on).map(|(weeks, _)| weeks);
        let both = Weeks {
            least: 20,
            most: 42,
        };
        assert_eq!(of(LanguageLevel::AlfaB, LanguageLevel::A2), Some(both));
        assert_eq!(of(LanguageLevel::A2, LanguageLevel::A2), None);
        assert_eq!(of(LanguageLevel::A2, LanguageLevel::B1), None);
        let vca = SeenLever::Licence {
            licence: "VCA".parse()?,
        };
        assert!(durations.of(&vca, on).is_some());
        assert!(durations.of(&SeenLever::Travel, on).is_none());
        let a2 = SeenLever::Language {
            language: Language::NL,
            to: LanguageLevel::A2,
        };
        assert_eq!(durations.of(&a2, on).map(|d| d.weeks.most), Some(26));
        Ok(())
    }

    #[test]
    fn a_row_that_cannot_be_is_refused() {
        let turned = row("skill", "weeks = { least = 9, most = 2 }");
        let no_level = row("language", "weeks = { least = 1, most = 2 }");
        for text in [turned, no_level] {
            let (_, faults) = read(&text);
            assert_eq!(faults.len(), 1, "{text}");
        }
    }
}
