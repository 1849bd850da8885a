//! Running the clocks of a case on a date.

use serde::{Deserialize, Serialize};

use super::case::{Case, CaseFault, PipReason};
use super::{Afterwards, Clock, Clocks, Event, FirstDay, Hours, LastDay, Need, Running, TermUnit};
use crate::calendar::Calendar;
use crate::condition::Verdict;
use crate::day::Day;
use crate::facts::Facts;

/// State of a clock on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Does not run for this person.
    Exempt,
    /// Has not started: its first event is not known.
    NotStarted,
    /// Runs, nothing to warn of.
    Running,
    /// Runs, and the deadline comes nearer.
    Early,
    /// Must be done now.
    Due,
    /// The deadline has passed.
    Late,
    /// Ended by itself; nothing is missed.
    Closed,
    /// Done in time.
    Done,
    /// Done after the deadline.
    DoneLate,
    /// What the clock permits is not possible yet.
    NotYet,
    /// What the clock permits is possible.
    Possible,
}

impl State {
    /// Every state.
    pub const ALL: [State; 11] = [
        State::Exempt,
        State::NotStarted,
        State::Running,
        State::Early,
        State::Due,
        State::Late,
        State::Closed,
        State::Done,
        State::DoneLate,
        State::NotYet,
        State::Possible,
    ];

    /// Code in files and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            State::Exempt => "exempt",
            State::NotStarted => "not_started",
            State::Running => "running",
            State::Early => "early",
            State::Due => "due",
            State::Late => "late",
            State::Closed => "closed",
            State::Done => "done",
            State::DoneLate => "done_late",
            State::NotYet => "not_yet",
            State::Possible => "possible",
        }
    }

    /// Whether somebody should be told.
    #[must_use]
    pub fn is_signal(self) -> bool {
        matches!(self, State::Early | State::Due | State::Late)
    }
}

/// Something that is still open before a clock is done.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum OpenItem {
    /// An event has not happened.
    Event {
        /// Which.
        event: Event,
    },
    /// Too few hours.
    Hours {
        /// Of what.
        of: Hours,
        /// How many there are.
        have: f64,
        /// How many are needed.
        need: u32,
    },
    /// Themes not finished.
    Themes {
        /// Which.
        missing: Vec<String>,
    },
    /// A PIP with this reason must be made.
    Pip {
        /// Why.
        reason: PipReason,
    },
}

/// A clock of a case on a date.
#[derive(Clone, Debug, Serialize)]
pub struct ClockResult<'a> {
    /// The clock.
    pub clock: &'a str,
    /// Its state.
    pub state: State,
    /// Day after which it is late, if it can be told.
    pub deadline: Option<Day>,
    /// First day of the term, if it has one.
    pub first_day: Option<Day>,
    /// Day it was done, if it was.
    pub done_on: Option<Day>,
    /// What is still open.
    pub open: Vec<OpenItem>,
    /// For the MAP and the like: whether only the closing talk is still to be held.
    pub may_close: Option<bool>,
    /// Article of the law.
    pub article: &'a str,
    /// Link to it.
    pub source: &'a str,
    /// Whether people must be told "controleer bij de bron".
    pub needs_check: bool,
}

struct Course<'a> {
    case: &'a Case,
    pip_start: Event,
    calendar: &'a Calendar,
    date: Day,
}

impl Clocks {
    /// Runs every clock that exists on the date, in the order of the file.
    ///
    /// # Errors
    /// Fails when the case contradicts itself.
    pub fn run<'a>(
        &'a self,
        case: &Case,
        date: Day,
        calendar: &Calendar,
    ) -> Result<Vec<ClockResult<'a>>, CaseFault> {
        let facts = case.check()?;
        let course = Course {
            case,
            pip_start: self.pip_start,
            calendar,
            date,
        };
        let mut results: Vec<ClockResult<'a>> = Vec::new();
        for clock in &self.clocks {
            if clock.provenance.holds_on(date) {
                let result = course.run(clock, &facts, &results);
                results.push(result);
            }
        }
        Ok(results)
    }
}

impl Course<'_> {
    fn day_of(&self, event: Event) -> Option<Day> {
        let day = self.case.day_of(event, self.pip_start)?;
        // What lies after the date asked for has not happened, except a document's last day.
        (day <= self.date || event == Event::ResidenceExpires).then_some(day)
    }

    fn run<'a>(
        &self,
        clock: &'a Clock,
        facts: &Facts,
        before: &[ClockResult<'a>],
    ) -> ClockResult<'a> {
        let mut result = ClockResult {
            clock: &clock.id,
            state: State::Exempt,
            deadline: None,
            first_day: None,
            done_on: None,
            open: Vec::new(),
            may_close: None,
            article: &clock.provenance.article,
            source: &clock.provenance.source,
            needs_check: !clock.provenance.verified,
        };
        match clock.applies.ask(facts, self.date) {
            Verdict::NotMet => return result,
            Verdict::Unknown(_) => {
                result.state = State::NotStarted;
                return result;
            }
            Verdict::Met => {}
        }
        match &clock.running {
            Running::Term { .. } => self.term(clock, &mut result),
            Running::WithinIntegrationTerm { term, needs } => {
                let term = before.iter().find(|r| r.clock == term);
                result.deadline = term.and_then(|t| t.deadline);
                result.first_day = term.and_then(|t| t.first_day);
                self.needs(clock, needs, &mut result);
            }
            Running::PipAfter { change } => self.pip_after(*change, &mut result),
            Running::Threshold {
                of,
                at_least,
                permits,
            } => {
                result.open = self.lacking_hours(*of, *at_least);
                let enough = result.open.is_empty();
                result.done_on = self.day_of(*permits);
                result.state = match (enough, result.done_on) {
                    (true, Some(_)) => State::Done,
                    (true, None) => State::Possible,
                    (false, _) => State::NotYet,
                };
            }
        }
        result
    }

    fn term(&self, clock: &Clock, result: &mut ClockResult<'_>) {
        let Running::Term {
            start,
            amount,
            unit,
            first_day,
            last_day,
            done,
            after,
            extended_by,
        } = &clock.running
        else {
            return;
        };
        let Some(begin) = self.day_of(*start) else {
            result.state = State::NotStarted;
            return;
        };
        let first = match first_day {
            FirstDay::DayAfterEvent => begin.plus_days(1),
            FirstDay::EventIsDayZero | FirstDay::EventIsDeadline => begin,
        };
        let mut deadline = self.last_day(first, *first_day, *amount, *unit);
        deadline = deadline.plus_days(self.case.extra_days(extended_by));
        if *last_day == LastDay::MovesToWorkingDay {
            deadline = self.calendar.working_day_from(deadline);
        }
        result.first_day = (*first_day != FirstDay::EventIsDeadline).then_some(first);
        result.deadline = Some(deadline);
        result.done_on = done.and_then(|event| self.day_of(event));
        if result.done_on.is_none() {
            result.open = done
                .map(|event| OpenItem::Event { event })
                .into_iter()
                .collect();
        }
        result.state = match (self.state(clock, deadline, result.done_on), after) {
            (State::Late, Afterwards::Closed) => State::Closed,
            (state, _) => state,
        };
    }

    fn last_day(&self, first: Day, first_day: FirstDay, amount: u32, unit: TermUnit) -> Day {
        match (first_day, unit) {
            (FirstDay::EventIsDeadline, _) => first,
            (FirstDay::EventIsDayZero, TermUnit::Days) => first.plus_days(i64::from(amount)),
            (FirstDay::DayAfterEvent, TermUnit::Days) => first.plus_days(i64::from(amount) - 1),
            (FirstDay::EventIsDayZero, TermUnit::Months) => first.plus_months(amount),
            (FirstDay::DayAfterEvent, TermUnit::Months) => first.last_of_term(amount),
            (FirstDay::EventIsDayZero, TermUnit::WorkingDays) => {
                self.calendar.working_days_after(first, amount)
            }
            (FirstDay::DayAfterEvent, TermUnit::WorkingDays) => self
                .calendar
                .working_days_after(first.plus_days(-1), amount),
        }
    }

    fn state(&self, clock: &Clock, deadline: Day, done_on: Option<Day>) -> State {
        if let Some(done) = done_on {
            return if done <= deadline {
                State::Done
            } else {
                State::DoneLate
            };
        }
        let left = self.date.days_until(deadline);
        if left < 0 {
            State::Late
        } else if left <= clock.due_days {
            State::Due
        } else if left <= clock.early_days {
            State::Early
        } else {
            State::Running
        }
    }

    fn needs(&self, clock: &Clock, needs: &[Need], result: &mut ClockResult<'_>) {
        let mut last: Option<Day> = None;
        let mut substance_open = false;
        for need in needs {
            let open = match need {
                Need::Event(event) => {
                    let day = self.day_of(*event);
                    last = last.max(day);
                    day.is_none().then_some(OpenItem::Event { event: *event })
                }
                Need::Hours { of, at_least } => self.lacking_hours(*of, *at_least).pop(),
                Need::Themes(all) => {
                    let done = &self.case.map.themes;
                    let missing: Vec<String> =
                        all.iter().filter(|t| !done.contains(t)).cloned().collect();
                    (!missing.is_empty()).then_some(OpenItem::Themes { missing })
                }
            };
            substance_open |=
                matches!(open, Some(OpenItem::Hours { .. } | OpenItem::Themes { .. }));
            result.open.extend(open);
        }
        let has_substance = needs.iter().any(|need| !matches!(need, Need::Event(_)));
        result.may_close = has_substance.then_some(!substance_open);
        if result.open.is_empty() {
            result.done_on = last;
        }
        result.state = match (result.deadline, result.open.is_empty()) {
            (Some(deadline), true) => self.state(clock, deadline, last.or(Some(deadline))),
            (Some(deadline), false) => self.state(clock, deadline, None),
            (None, true) => State::Done,
            (None, false) => State::NotStarted,
        };
    }

    fn lacking_hours(&self, of: Hours, need: u32) -> Vec<OpenItem> {
        let have = self.case.hours.get(&of).copied().unwrap_or(0.0);
        let lacking = have < f64::from(need);
        lacking
            .then_some(OpenItem::Hours { of, have, need })
            .into_iter()
            .collect()
    }

    fn pip_after(&self, change: Event, result: &mut ClockResult<'_>) {
        let reason = match change {
            Event::RouteChanged => PipReason::RouteChange,
            Event::Downscaled => PipReason::Downscale,
            Event::Moved => PipReason::Move,
            _ => PipReason::Other,
        };
        let Some(changed) = self.day_of(change) else {
            result.state = State::NotStarted;
            return;
        };
        result.first_day = Some(changed);
        let made =
            self.case.pip.iter().filter(|pip| {
                pip.signed >= changed && pip.signed <= self.date && pip.reason == reason
            });
        result.done_on = made.map(|pip| pip.signed).min();
        if result.done_on.is_some() {
            result.state = State::Done;
        } else {
            result.state = State::Due;
            result.open.push(OpenItem::Pip { reason });
        }
    }
}
