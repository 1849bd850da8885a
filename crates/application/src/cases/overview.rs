//! The overview of a case that lists read, made from its content.

use domain::case::CaseContent;
use domain::day::Day;
use domain::moment::Moment;
use guidance::clock::{Afterwards, ClockResult, Running, State};
use store::case_file::CaseFile;
use store::case_overview::{CaseOverview, Due, DueKind};

use super::CaseRules;
use super::guiding::CaseGuidance;
use crate::ApplicationError;

/// What of a case is not in its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'a> {
    /// The case as stored, before the change.
    pub(super) file: &'a CaseFile,
    /// The klantmanager after it.
    pub(super) klantmanager: Option<domain::id::AccountId>,
    /// When it was closed, after it.
    pub(super) closed_at: Option<Moment>,
    /// Version after it.
    pub(super) version: i64,
}

/// The overview of a case.
pub(super) fn of(
    content: &CaseContent,
    guidance: &CaseGuidance,
    rules: CaseRules,
    beside: Beside<'_>,
) -> Result<CaseOverview, ApplicationError> {
    let bar = content.bar();
    let dues = if beside.closed_at.is_some() {
        Vec::new()
    } else {
        dues(content, guidance, rules, beside.file.opened_at)?
    };
    Ok(CaseOverview {
        case: beside.file.id,
        person: beside.file.person,
        organisation: beside.file.organisation,
        klantmanager: beside.klantmanager,
        cover: content
            .cover()
            .map(|cover| (cover.by, cover.from, cover.until)),
        number: bar.number.clone().map(String::from),
        phase: bar.phase,
        contact_language: bar.contact_language,
        interpreter: bar.interpreter,
        last_contact_on: content.last_contact(),
        closed_at: beside.closed_at,
        version: beside.version,
        dues,
    })
}

/// Everything with a day, the earliest last day first; what has no last day is due now and comes
/// by the day since when.
pub(super) fn dues(
    content: &CaseContent,
    guidance: &CaseGuidance,
    rules: CaseRules,
    opened_at: Moment,
) -> Result<Vec<Due>, ApplicationError> {
    let mut dues: Vec<Due> = Vec::new();
    for result in guidance.clocks()? {
        dues.extend(clock_due(guidance, &result));
    }
    for task in content.tasks().iter().filter(|task| task.done.is_none()) {
        if let Some(day) = task.due {
            dues.push(on_day(DueKind::Task, task.number.to_string(), day));
        }
    }
    for placement in content.placements() {
        for check_in in placement.check_ins.iter().filter(|c| c.done.is_none()) {
            let code = format!("{}:{}", placement.number, check_in.months);
            let early = i64::from(rules.check_in_early_days);
            dues.push(Due {
                early_on: check_in.due.plus_days(-early),
                ..on_day(DueKind::CheckIn, code, check_in.due)
            });
        }
    }
    let last = content
        .last_contact()
        .unwrap_or_else(|| Day::in_the_netherlands(opened_at));
    let next = last.plus_days(i64::from(rules.contact_every_days));
    dues.push(on_day(DueKind::Contact, "contact".to_owned(), next));
    dues.sort_by(|a, b| key(a).cmp(&key(b)));
    Ok(dues)
}

fn key(due: &Due) -> (Day, DueKind, &str) {
    (due.due_on.unwrap_or(due.act_on), due.kind, &due.code)
}

fn on_day(kind: DueKind, code: String, day: Day) -> Due {
    Due {
        kind,
        code,
        early_on: day,
        act_on: day,
        due_on: Some(day),
    }
}

/// What a running clock asks for; rights that end by themselves ask for nothing.
fn clock_due(guidance: &CaseGuidance, result: &ClockResult<'_>) -> Option<Due> {
    let runs = matches!(
        result.state,
        State::Running | State::Early | State::Due | State::Late
    );
    let clock = guidance
        .set()
        .clocks
        .iter()
        .find(|clock| clock.id == result.clock)
        .filter(|_| runs)?;
    let closes = matches!(
        clock.running,
        Running::Term {
            after: Afterwards::Closed,
            ..
        }
    );
    if closes {
        return None;
    }
    let code = clock.id.clone();
    let kind = DueKind::Clock;
    Some(match result.deadline {
        Some(last) => Due {
            kind,
            code,
            early_on: last.plus_days(-clock.early_days),
            act_on: last.plus_days(-clock.due_days),
            due_on: Some(last),
        },
        // The law names no number of days: it is due since what made it so.
        None => {
            let since = result.first_day?;
            Due {
                due_on: None,
                ..on_day(kind, code, since)
            }
        }
    })
}
