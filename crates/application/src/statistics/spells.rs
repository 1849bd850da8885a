//! What the cases of a person say for statistics: months in a row in which nothing changed.
//!
//! Month precision, classes in place of values, no words of anybody, nothing that the case keeps
//! for a legal condition only (age) and nothing it does not know (nationality, sex, wage).
//! Where a case is silent the column stays empty: unknown, never no.

use std::collections::BTreeMap;

use domain::case::{
    CaseContent, CheckInOutcome, Choice, CloseReason, EntryKind, LearningRoute, Placement,
    PlanState,
};
use domain::day::Day;
use domain::placement::PlaceKind;
use monitoring::codes::{Barrier, Income, Instrument, Route, State, Valuation};
use monitoring::month::Month;
use monitoring::person::Column;

use super::{codes, month_of};
/// Column that every record needs; empty where the day of the permit was not written down.
pub(super) const PERMIT: &str = "permit";
/// Column that every record needs.
const MUNICIPALITY: &str = "municipality";
/// The municipality of a case without one.
const NO_MUNICIPALITY: &str = "unknown";
/// Months ahead for which the end of a place is looked at.
const LONGEST: i32 = 120;

/// Months in a row in which nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CaseSpell {
    pub(super) first: Month,
    /// `None` while it lasts.
    pub(super) last: Option<Month>,
    pub(super) state: State,
    /// The other columns of a record by name.
    pub(super) columns: BTreeMap<String, String>,
}

/// A case as far as statistics looks at it.
pub(super) struct CaseMonths {
    pub(super) content: CaseContent,
    /// Month in which it was opened.
    pub(super) opened: Month,
    /// Month in which it was closed; none while it is open.
    pub(super) closed: Option<Month>,
}

/// The spells of a person's cases, the oldest case first; in order of time and without overlap.
///
/// They begin with the first month the municipality knows the person and last until the case is
/// closed; after that nobody follows the person, which is no end of anything, until a next case
/// is opened. What does not change over time is what the newest case says.
pub(super) fn of(cases: &[CaseMonths], today: Month) -> Vec<CaseSpell> {
    let mut same = BTreeMap::new();
    for case in cases {
        same.extend(constants(&case.content));
    }
    let mut spells: Vec<CaseSpell> = Vec::new();
    for case in cases {
        let (mut month, horizon) = span(case, today);
        if let Some(before) = spells.last_mut() {
            // A case that was never closed gives way to the next one.
            let last = before.last.unwrap_or(today).min(case.opened);
            before.last = Some(last.max(before.first));
            month = month.max(last.max(before.first).plus(1));
        }
        let n_before = spells.len();
        while month <= horizon {
            let (state, mut columns) = in_month(&case.content, month, case.closed);
            columns.extend(same.clone());
            let unchanged = spells.last_mut().filter(|before| {
                before.last == Some(month.plus(-1))
                    && before.state == state
                    && before.columns == columns
            });
            match unchanged {
                Some(before) => before.last = Some(month),
                None => spells.push(CaseSpell {
                    first: month,
                    last: Some(month),
                    state,
                    columns,
                }),
            }
            month = month.plus(1);
        }
        if case.closed.is_none()
            && spells.len() > n_before
            && let Some(last) = spells.last_mut()
        {
            last.last = None;
        }
    }
    spells
}

/// The first month of a case and the last at which anything in it is known to change.
fn span(case: &CaseMonths, today: Month) -> (Month, Month) {
    let event = |name: &str| event(&case.content, name).and_then(month_of);
    let start = event("file_start");
    let settled = event("brp_registration");
    let first = start.into_iter().chain(settled).min().unwrap_or(today);
    // A file that was opened before the permit counts from the permit on.
    let first = event("permit_granted").map_or(first, |permit| first.max(permit));
    let mut horizon = today;
    for placement in case.content.placements() {
        // One month more, to see that the place is over; a place without an end in sight lasts.
        let end = ends(placement).and_then(month_of).map(|end| end.plus(1));
        for change in month_of(placement.from).into_iter().chain(end) {
            horizon = horizon.max(change).min(today.plus(LONGEST));
        }
    }
    (first, case.closed.unwrap_or(horizon))
}

/// The day of an event of a case.
fn event(content: &CaseContent, name: &str) -> Option<Day> {
    let mut events = content.events().iter();
    events
        .find(|(code, _)| code.as_str() == name)
        .map(|(_, day)| *day)
}

/// What is the same in all months of a person.
fn constants(content: &CaseContent) -> BTreeMap<String, String> {
    let event = |name: &str| event(content, name);
    let facts = content.facts();
    let mut columns = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            columns.insert(name.to_owned(), value);
        }
    };
    let municipality = content.bar().municipality.as_ref();
    let municipality = municipality.map_or(NO_MUNICIPALITY, |code| code.as_str());
    // Codes of the monitor have no other signs, so that a filter can name them.
    let sign = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    put(MUNICIPALITY, Some(municipality.chars().map(sign).collect()));
    let permit = event("permit_granted").and_then(month_of);
    put(PERMIT, permit.map(|month| month.to_string()));
    let settled_on = event("brp_registration");
    let settled = settled_on.and_then(month_of);
    put(
        Column::Settled.name(),
        settled.map(|month| month.to_string()),
    );
    let days_since = |day: Option<Day>| {
        let days = settled_on?.days_until(day?);
        (0..=9_999).contains(&days).then(|| days.to_string())
    };
    put(
        Column::IntakeDays.name(),
        days_since(event("intake_finished")),
    );
    let first_plan = content
        .plans()
        .iter()
        .filter_map(|plan| plan.fixed_on)
        .min();
    put(Column::PlanDays.name(), days_since(first_plan));
    let residence = facts
        .get("residence")
        .and_then(|code| codes::residence(code));
    put(
        Column::Residence.name(),
        residence.map(|code| code.code().to_owned()),
    );
    let education = facts
        .get("diploma_level")
        .and_then(|level| codes::isced(level));
    put(
        Column::Education.name(),
        education.map(|isced| isced.to_string()),
    );
    put(
        Column::Route.name(),
        route(content).map(|route| route.code().to_owned()),
    );
    columns.extend(valuation_columns(&facts, &event));
    columns
}

/// How far the valuation of the diploma came, and how long it took.
fn valuation_columns(
    facts: &BTreeMap<&str, &str>,
    event: &dyn Fn(&str) -> Option<Day>,
) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    let mut put = |column: Column, value: Option<String>| {
        if let Some(value) = value {
            columns.insert(column.name().to_owned(), value);
        }
    };
    let valuation = valuation(facts, event);
    put(
        Column::Valuation,
        valuation.map(|code| code.code().to_owned()),
    );
    let waited = event("valuation_complete").zip(event("valuation_received"));
    let waited = waited
        .map(|(asked, decided)| asked.days_until(decided))
        .filter(|days| (0..=9_999).contains(days));
    put(Column::ValuationDays, waited.map(|days| days.to_string()));
    columns
}

/// What holds in one month.
fn in_month(
    content: &CaseContent,
    month: Month,
    closed: Option<Month>,
) -> (State, BTreeMap<String, String>) {
    let places: Vec<&Placement> = content
        .placements()
        .iter()
        .filter(|place| covers(place, month))
        .collect();
    let facts = facts_in(content, month);
    let fact = |name: &str| facts.get(name).copied();
    let paid: Vec<&&Placement> = places.iter().filter(|place| is_paid(place.kind)).collect();
    let left_for_work = closed == Some(month) && closed_for_work(content);
    let works = !paid.is_empty() || fact("working") == Some("yes") || left_for_work;
    let mut columns = BTreeMap::new();
    let mut put = |column: Column, value: Option<String>| {
        if let Some(value) = value {
            columns.insert(column.name().to_owned(), value);
        }
    };
    let hours: u32 = paid
        .iter()
        .map(|place| u32::from(place.hours_per_week))
        .sum();
    put(
        Column::Hours,
        (!paid.is_empty() && hours <= 80).then(|| hours.to_string()),
    );
    let income = fact("benefit").map(|benefit| match benefit {
        "participation_act" | "bijstand" | "participatiewet" => Income::Assistance,
        "none" | "geen" if works => Income::Work,
        _ => Income::Other,
    });
    put(Column::Income, income.map(|code| code.code().to_owned()));
    put(
        Column::Dutch,
        fact("speaking")
            .and_then(codes::dutch)
            .map(|code| code.code().to_owned()),
    );
    let instruments = instruments(content, &places, month);
    put(
        Column::Instruments,
        (!instruments.is_empty()).then(|| instruments.join(";")),
    );
    put(Column::Barriers, barriers(content, month));
    let state = if works { State::Work } else { State::Without };
    (state, columns)
}

/// The last day in a place: as it was ended, as the last look at it found nobody there without
/// other work, or as agreed. Who went on to other work counts on, until that place is known.
fn ends(place: &Placement) -> Option<Day> {
    let looks = place.check_ins.iter().filter(|look| look.outcome.is_some());
    let last = looks.max_by_key(|look| look.done);
    let found_out = last
        .filter(|look| look.outcome == Some(CheckInOutcome::NoWork))
        .and_then(|look| look.done);
    place.ended.or(found_out).or(place.until)
}

/// Whether a place covers any day of a month.
fn covers(place: &Placement, month: Month) -> bool {
    let first = Day::from(month.first_day());
    let next = Day::from(month.plus(1).first_day());
    place.from < next && ends(place).is_none_or(|end| end >= first)
}

/// Kinds of place with a wage; a trial, experience or volunteer place has none.
fn is_paid(kind: PlaceKind) -> bool {
    match kind {
        PlaceKind::Regular
        | PlaceKind::WorkAndLearn
        | PlaceKind::StarterJob
        | PlaceKind::Traineeship => true,
        PlaceKind::TrialPlacement | PlaceKind::WorkExperience | PlaceKind::Volunteer => false,
    }
}

/// Whether the case was last closed because the person has work.
fn closed_for_work(content: &CaseContent) -> bool {
    let closings = content
        .timeline()
        .iter()
        .rev()
        .filter_map(|entry| match &entry.what {
            EntryKind::Closed { reason } => Some(*reason),
            _ => None,
        });
    closings.take(1).any(|reason| {
        matches!(
            reason,
            CloseReason::Work | CloseReason::WorkAtLevel | CloseReason::OwnBusiness
        )
    })
}

/// The facts that were known at the end of a month: of several the latest that was said.
fn facts_in(content: &CaseContent, month: Month) -> BTreeMap<&str, &str> {
    let next = Day::from(month.plus(1).first_day());
    let mut said: Vec<_> = content
        .statements()
        .iter()
        .filter(|statement| statement.on < next)
        .filter_map(|statement| {
            let (name, value) = statement.fact.as_ref()?;
            Some((
                (statement.on, statement.number),
                name.as_str(),
                value.as_str(),
            ))
        })
        .collect();
    said.sort();
    said.into_iter()
        .map(|(_, name, value)| (name, value))
        .collect()
}

fn route(content: &CaseContent) -> Option<Route> {
    let fixed = content
        .plan_in_force()
        .filter(|plan| plan.state == PlanState::Fixed)?;
    Some(match fixed.content.route? {
        LearningRoute::B1 => Route::B1,
        LearningRoute::Education => Route::Education,
        LearningRoute::Z => Route::SelfReliance,
    })
}

fn valuation(
    facts: &BTreeMap<&str, &str>,
    event: &dyn Fn(&str) -> Option<Day>,
) -> Option<Valuation> {
    if event("valuation_received").is_some() || facts.get("diploma_valued") == Some(&"yes") {
        return Some(Valuation::Decided);
    }
    if event("valuation_complete").is_some() {
        return Some(Valuation::Requested);
    }
    (facts.get("diploma_valued") == Some(&"no")).then_some(Valuation::None)
}

/// Instruments in a month: places that are one, and what was agreed and not taken back since.
fn instruments(content: &CaseContent, places: &[&Placement], month: Month) -> Vec<&'static str> {
    let next = Day::from(month.plus(1).first_day());
    let mut agreed: BTreeMap<&str, bool> = BTreeMap::new();
    for decision in content.advice() {
        if Day::in_the_netherlands(decision.stamp.at) < next {
            agreed.insert(
                decision.instrument.as_str(),
                decision.choice == Choice::Accepted,
            );
        }
    }
    let of_advice = agreed
        .into_iter()
        .filter(|(_, is_accepted)| *is_accepted)
        .filter_map(|(id, _)| codes::instrument(id));
    let of_places = places.iter().filter_map(|place| match place.kind {
        PlaceKind::TrialPlacement => Some(Instrument::TrialPlacement),
        PlaceKind::WorkAndLearn => Some(Instrument::WorkStudy),
        PlaceKind::StarterJob => Some(Instrument::StarterJob),
        _ => None,
    });
    let mut found: Vec<Instrument> = of_advice.chain(of_places).collect();
    found.sort();
    found.dedup();
    found.into_iter().map(Instrument::code).collect()
}

/// Barriers in a month, `none` where the case was looked at and had none; nothing before it was.
fn barriers(content: &CaseContent, month: Month) -> Option<String> {
    let first = Day::from(month.first_day());
    let next = Day::from(month.plus(1).first_day());
    let was_asked = content
        .barriers()
        .iter()
        .any(|barrier| barrier.since < next);
    if !was_asked {
        return None;
    }
    let mut found: Vec<Barrier> = content
        .barriers()
        .iter()
        .filter(|barrier| barrier.since < next && barrier.resolved.is_none_or(|day| day >= first))
        .filter_map(|barrier| codes::class(barrier.code.as_str()))
        .collect();
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Some("none".to_owned());
    }
    Some(
        found
            .into_iter()
            .map(Barrier::code)
            .collect::<Vec<_>>()
            .join(";"),
    )
}
