//! Placements: begun when the rules allow, looked at after 1, 3, 6, 12 and 24 months, ended.

use domain::case::{CheckIn, CheckInOutcome, Code, EndReason, NewPlacement, Note};
use domain::day::Day;
use guidance::facts::Facts;
use guidance::rule::Topic;

use super::guiding::{placement_kind, read_fact, refusal};
use super::{CaseAt, CaseGuidance, Saved};
use crate::audit::CaseStep;
use crate::{Application, ApplicationError, Context, InvalidInput};

impl Application {
    /// Begins a placement, if the rules of the placement and on working allow it.
    ///
    /// # Errors
    /// As every change of a case; [`ApplicationError::Refused`] with the rule that forbids it or
    /// the facts that must be known first; [`InvalidInput::UnknownToGuidance`] for a condition that
    /// no rule knows.
    pub async fn start_placement(
        &self,
        context: &Context,
        at: CaseAt,
        placement: NewPlacement,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Placements, |content, edit| {
            let rule = allowed(edit.guidance, &placement)?;
            let rule = rule.as_deref().map(Code::new).transpose()?;
            Ok(Some(content.start_placement(placement, rule, edit.stamp)?))
        })
        .await
    }

    /// Ends a placement.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::DoneBefore`, `CaseFault::EndsBeforeItBegins`.
    pub async fn end_placement(
        &self,
        context: &Context,
        at: CaseAt,
        number: u32,
        (on, reason): (Day, EndReason),
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Placements, |content, edit| {
            content.end_placement(number, on, reason, edit.stamp)?;
            Ok(Some(number))
        })
        .await
    }

    /// Writes down how it went at a check-in of so many months.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::NoSuch` when none is planned at so many months,
    /// `CaseFault::DoneBefore`, `CaseFault::InTheFuture`.
    pub async fn record_check_in(
        &self,
        context: &Context,
        at: CaseAt,
        (placement, months): (u32, u32),
        (on, outcome, note): (Day, CheckInOutcome, Option<Note>),
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Placements, |content, edit| {
            let found = CheckIn {
                months,
                due: on,
                done: Some(on),
                outcome: Some(outcome),
                note,
                stamp: None,
            };
            content.record_check_in(placement, found, edit.today, edit.stamp)?;
            Ok(Some(placement))
        })
        .await
    }

    /// Sets what is agreed for the time after the start of a placement.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::NoSuch`.
    pub async fn set_aftercare(
        &self,
        context: &Context,
        at: CaseAt,
        placement: u32,
        aftercare: Option<Note>,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Placements, |content, edit| {
            content.set_aftercare(placement, aftercare, edit.stamp)?;
            Ok(Some(placement))
        })
        .await
    }
}

/// The rule that allows a placement.
fn allowed(
    guidance: &CaseGuidance,
    placement: &NewPlacement,
) -> Result<Option<String>, ApplicationError> {
    let facts = conditions(placement)?;
    let decision = guidance.decide(Topic::Placement, &facts);
    if let Some(refusal) = refusal(Topic::Placement, &decision) {
        return Err(ApplicationError::Refused(Box::new(refusal)));
    }
    Ok(decision.rule.map(|rule| rule.id.clone()))
}

/// What the rules are asked about: the conditions given, the kind, the length, the first day.
fn conditions(placement: &NewPlacement) -> Result<Facts, InvalidInput> {
    let mut facts = Facts::none();
    for (name, value) in &placement.conditions {
        facts = read_fact(facts, (name.as_str(), value.as_str()))?;
    }
    facts = read_fact(facts, ("placement_kind", placement_kind(placement.kind)))?;
    facts = read_fact(facts, ("start_date", &placement.from.to_string()))?;
    if let Some(until) = placement.until {
        let months = months(placement.from, until).to_string();
        facts = read_fact(facts, ("duration_months", &months))?;
    }
    Ok(facts)
}

/// Months from the first to the last day, both included; a month that has begun counts whole, so
/// that six months and a day are more than six.
fn months(from: Day, until: Day) -> i64 {
    let after = until.plus_days(1);
    let whole = from.months_until(after).max(0);
    let reached = from.plus_months(u32::try_from(whole).unwrap_or(u32::MAX));
    if reached < after { whole + 1 } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_that_has_begun_counts_whole() {
        let count = |from: &str, until: &str| {
            let day = |text: &str| text.parse::<Day>().expect("a day in a test");
            months(day(from), day(until))
        };
        assert_eq!(count("2026-01-01", "2026-06-30"), 6);
        assert_eq!(count("2026-01-01", "2026-07-01"), 7);
        assert_eq!(count("2026-01-15", "2026-07-14"), 6);
        assert_eq!(count("2026-08-31", "2027-02-28"), 7);
        assert_eq!(count("2026-01-01", "2026-01-01"), 1);
    }
}
