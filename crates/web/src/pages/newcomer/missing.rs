//! What is missing for a piece of work in words: how long it takes, how sure that is, what helps.

use application::gaps::{GapWeeks, Missing, WorkGap, WorkGaps};
use application::may_work::{MayWorkSource, Said};
use application::work::explain::Explanation;
use language::Argument;

use super::words::Teller;
use super::work::named;
use crate::page::Page;
use crate::reading::Named;

/// One thing that is missing, with how long it takes and what helps.
pub(super) struct Gap {
    pub(super) what: String,
    /// Where what is missing is a concept of the catalogue.
    pub(super) named: Option<Named>,
    pub(super) time: Option<String>,
    /// How sure the time is, and where it stands.
    pub(super) certainty: Option<(String, MayWorkSource)>,
    pub(super) help: Vec<(Said, String)>,
}

/// What is missing, in words.
pub(super) fn gaps(
    page: &Page,
    teller: &Teller<'_>,
    explanation: &Explanation,
    found: &WorkGaps,
) -> Vec<Gap> {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    let gap = |gap: &WorkGap| {
        let (what, named) = match &gap.what {
            Missing::Skill(uri) => (String::new(), named(page, uri)),
            Missing::Constraint(at) => {
                let finding = explanation.constraints.get(*at);
                (
                    finding.map_or_else(String::new, |f| teller.finding(f)),
                    None,
                )
            }
        };
        let help = gap.help.iter().map(|help| {
            let lasts = help.lasts.as_ref().map(|(amount, unit)| {
                let number = usize::try_from(*amount).unwrap_or(usize::MAX);
                page.tn(&format!("my-time-{unit}"), number)
            });
            (help.name.clone(), lasts.unwrap_or_default())
        });
        Gap {
            what,
            named,
            time: gap.time.as_ref().map(|takes| time(page, takes.weeks)),
            certainty: gap.time.as_ref().and_then(|takes| {
                // The same source is told once.
                let rests_on = (takes.certainty, takes.source.link.clone());
                if told.contains(&rests_on) {
                    return None;
                }
                told.push(rests_on);
                let sure = page.t(&format!("my-sure-{}", takes.certainty));
                Some((sure, takes.source.clone()))
            }),
            help: help.collect(),
        }
    };
    found.gaps.iter().map(gap).collect()
}

/// A span in weeks, or in months where it is longer than half a year.
pub(super) fn time(page: &Page, weeks: GapWeeks) -> String {
    let (key, least, most) = if weeks.most > 26 {
        // Twelve months are fifty-two weeks; rounded up, so that nothing is promised too early.
        let months = |weeks: u32| (weeks * 12).div_ceil(52);
        ("my-time-months", months(weeks.least), months(weeks.most))
    } else {
        ("my-time-weeks", weeks.least, weeks.most)
    };
    let (least, most) = (least.to_string(), most.to_string());
    let arguments = [
        ("least", Argument::Text(&least)),
        ("most", Argument::Text(&most)),
    ];
    page.texts(key, &arguments)
}
