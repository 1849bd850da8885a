//! Places on which the person works or learns, the check-ins after the start, and aftercare.
//!
//! Whether a kind of place may be used, the rules decide; the file keeps which rule it was.

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Code, EntryKind, Note, Stamp, room};
use crate::day::Day;
use crate::isco::IscoCode;
use crate::placement::PlaceKind;

/// Months after the start at which staying in work is looked at.
pub const RETENTION_MONTHS: [u32; 5] = [1, 3, 6, 12, 24];

/// What a check-in found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckInOutcome {
    /// Still there, it goes well.
    Well,
    /// Still there, something must be done.
    NeedsHelp,
    /// Not there any more, in other work.
    OtherWork,
    /// Not in work any more.
    NoWork,
    /// Could not be reached.
    NotReached,
}

/// A look at how it goes, some months after the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Months after the start: one of [`RETENTION_MONTHS`].
    pub months: u32,
    /// Day on which it is due.
    pub due: Day,
    /// Day on which it was done.
    pub done: Option<Day>,
    /// What was found.
    pub outcome: Option<CheckInOutcome>,
    /// What was written about it.
    pub note: Option<Note>,
    /// Who wrote it, and when.
    pub stamp: Option<Stamp>,
}

/// Why a placement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The agreed time was over.
    TermOver,
    /// Went on into a job with the same employer.
    HiredHere,
    /// Went on into a job or school elsewhere.
    WentOnElsewhere,
    /// The person stopped.
    PersonStopped,
    /// The employer stopped.
    EmployerStopped,
    /// Illness.
    Illness,
    /// Moved.
    Moved,
    /// Something else.
    Other,
}

/// A place of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Number in the file.
    pub number: u32,
    /// Kind of place.
    pub kind: PlaceKind,
    /// Name of the employer or host organisation.
    pub employer: Note,
    /// First day.
    pub from: Day,
    /// Last day agreed; none for an open end.
    pub until: Option<Day>,
    /// Hours a week, 1 to 60.
    pub hours_per_week: u8,
    /// Major group of the work in ISCO-08, if it was said.
    #[serde(default)]
    pub work_group: Option<IscoCode>,
    /// Facts on which the rules were asked: name and value.
    pub conditions: Vec<(Code, Code)>,
    /// Rule that allowed it; none when no rule covers the kind.
    pub rule: Option<Code>,
    /// Check-ins, the earliest first.
    pub check_ins: Vec<CheckIn>,
    /// What was agreed for the time after the start: who helps with what.
    pub aftercare: Option<Note>,
    /// Last day, when it ended.
    pub ended: Option<Day>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// Who wrote it last, and when.
    pub stamp: Stamp,
}

/// A placement to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlacement {
    /// Kind of place.
    pub kind: PlaceKind,
    /// Name of the employer or host organisation.
    pub employer: Note,
    /// First day.
    pub from: Day,
    /// Last day agreed; none for an open end.
    pub until: Option<Day>,
    /// Hours a week.
    pub hours_per_week: u8,
    /// Major group of the work in ISCO-08.
    pub work_group: Option<IscoCode>,
    /// What is known of the conditions: fact and value, such as `intent_declared` and `yes`.
    pub conditions: Vec<(Code, Code)>,
    /// What is agreed for the time after the start.
    pub aftercare: Option<Note>,
}

impl CaseContent {
    /// All placements in the order of writing.
    #[must_use]
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// Begins a placement that the rules allow; check-ins are planned for as long as it is agreed.
    ///
    /// # Errors
    /// Fails when it ends before it begins or the hours are none.
    pub fn start_placement(
        &mut self,
        new: NewPlacement,
        rule: Option<Code>,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        if new.until.is_some_and(|until| until < new.from) {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        if !(1..=60).contains(&new.hours_per_week) {
            return Err(CaseFault::Hours);
        }
        room(self.placements.len())?;
        let number = self.next_number();
        let check_ins = RETENTION_MONTHS
            .into_iter()
            .map(|months| CheckIn {
                months,
                due: new.from.plus_months(months),
                done: None,
                outcome: None,
                note: None,
                stamp: None,
            })
            .filter(|check_in| new.until.is_none_or(|until| check_in.due <= until))
            .collect();
        self.placements.push(Placement {
            number,
            kind: new.kind,
            employer: new.employer,
            from: new.from,
            until: new.until,
            hours_per_week: new.hours_per_week,
            work_group: new.work_group,
            conditions: new.conditions,
            rule,
            check_ins,
            aftercare: new.aftercare,
            ended: None,
            end_reason: None,
            stamp,
        });
        self.enter_placement(number, "begun", None, stamp)?;
        Ok(number)
    }

    /// Ends a placement; check-ins after its last day fall away.
    ///
    /// # Errors
    /// Fails when it ended before or would end before it began.
    pub fn end_placement(
        &mut self,
        number: u32,
        on: Day,
        reason: EndReason,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let placement = self.placement_mut(number)?;
        if placement.ended.is_some() {
            return Err(CaseFault::DoneBefore);
        }
        if on < placement.from {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        placement.ended = Some(on);
        placement.end_reason = Some(reason);
        placement.stamp = stamp;
        placement
            .check_ins
            .retain(|check_in| check_in.done.is_some() || check_in.due <= on);
        self.enter_placement(number, "ended", None, stamp)
    }

    /// Writes down a check-in.
    ///
    /// # Errors
    /// Fails when none is planned at so many months, it was done, or lies outside the placement
    /// and `today`.
    pub fn record_check_in(
        &mut self,
        number: u32,
        found: CheckIn,
        today: Day,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let done = found.done.unwrap_or(today);
        let placement = self.placement_mut(number)?;
        let from = placement.from;
        let check_in = placement
            .check_ins
            .iter_mut()
            .find(|planned| planned.months == found.months)
            .ok_or(CaseFault::NoSuch(found.months))?;
        if check_in.done.is_some() {
            return Err(CaseFault::DoneBefore);
        }
        if done > today {
            return Err(CaseFault::InTheFuture);
        }
        if done < from {
            return Err(CaseFault::EndsBeforeItBegins);
        }
        check_in.done = Some(done);
        check_in.outcome = found.outcome;
        check_in.note = found.note;
        check_in.stamp = Some(stamp);
        self.enter_placement(number, "check_in", None, stamp)
    }

    /// Sets what is agreed for the time after the start.
    ///
    /// # Errors
    /// Fails when there is no such placement.
    pub fn set_aftercare(
        &mut self,
        number: u32,
        aftercare: Option<Note>,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let placement = self.placement_mut(number)?;
        placement.aftercare = aftercare;
        placement.stamp = stamp;
        Ok(())
    }

    fn placement_mut(&mut self, number: u32) -> Result<&mut Placement, CaseFault> {
        let found = self.placements.iter_mut().find(|p| p.number == number);
        found.ok_or(CaseFault::NoSuch(number))
    }

    fn enter_placement(
        &mut self,
        placement: u32,
        what: &str,
        note: Option<Note>,
        stamp: Stamp,
    ) -> Result<(), CaseFault> {
        let what = Code::new(what)?;
        self.enter(EntryKind::Placement { placement, what }, note, stamp)?;
        Ok(())
    }
}
