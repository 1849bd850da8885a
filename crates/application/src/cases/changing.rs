//! Small changes of a case: bar, talks, notes, intake, events, tasks.

use std::collections::BTreeSet;

use domain::case::{Bar, CaseFault, Code, Extension, NewContact, NewStatement, NewTask, Note};
use domain::day::Day;
use guidance::clock::{Event as ClockEvent, Hours};
use guidance::facts::Facts;

use super::guiding::{may_lie_ahead, read_fact, read_word};
use super::{CaseAt, CaseGuidance, Saved};
use crate::audit::CaseStep;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Events that follow from other parts of a case and cannot be set.
const DERIVED: [ClockEvent; 3] = [
    ClockEvent::PipStart,
    ClockEvent::PipFirstSigned,
    ClockEvent::PipLatestSigned,
];

/// Clock of the labour-market module.
const MODULE: &str = "map";

impl Application {
    /// Changes the fixed bar: number, phase, language, interpreter.
    ///
    /// # Errors
    /// As every change of a case: [`ApplicationError::NotFound`], [`InvalidInput::CaseClosed`],
    /// [`ApplicationError::Stale`] when someone was first.
    pub async fn change_bar(
        &self,
        context: &Context,
        at: CaseAt,
        bar: Bar,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Bar, |content, edit| {
            content.set_bar(bar, edit.stamp)?;
            Ok(None)
        })
        .await
    }

    /// Writes down a talk with the person.
    ///
    /// # Errors
    /// As every change of a case; [`CaseFault::InTheFuture`].
    pub async fn add_contact(
        &self,
        context: &Context,
        at: CaseAt,
        contact: NewContact,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Timeline, |content, edit| {
            Ok(Some(content.add_contact(contact, edit.today, edit.stamp)?))
        })
        .await
    }

    /// Writes a note.
    ///
    /// # Errors
    /// As every change of a case.
    pub async fn add_note(
        &self,
        context: &Context,
        at: CaseAt,
        note: Note,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Timeline, |content, edit| {
            Ok(Some(content.add_note(note, edit.stamp)?))
        })
        .await
    }

    /// Writes down statements of the intake; it can be stopped and taken up again at any time.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::UnknownToGuidance`] for a fact or value that no
    /// rule knows; nothing is written when one statement is refused.
    pub async fn add_statements(
        &self,
        context: &Context,
        at: CaseAt,
        statements: Vec<NewStatement>,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Intake, |content, edit| {
            let mut last = None;
            for statement in statements {
                check_statement(&statement)?;
                last = Some(content.add_statement(statement, edit.today, edit.stamp)?);
            }
            Ok(last)
        })
        .await
    }

    /// Says that the intake is complete since a day.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::IntakeIncomplete`] while topics are missing.
    pub async fn finish_intake(
        &self,
        context: &Context,
        at: CaseAt,
        on: Day,
    ) -> Result<Saved, ApplicationError> {
        let event = Code::new("intake_finished")?;
        self.edit(context, at, CaseStep::Intake, |content, edit| {
            if !content.missing_topics().is_empty() {
                return Err(InvalidInput::IntakeIncomplete.into());
            }
            if on > edit.today {
                return Err(CaseFault::InTheFuture.into());
            }
            content.set_event(event, Some(on), edit.stamp)?;
            Ok(None)
        })
        .await
    }

    /// Says when an event of the clocks happened, or that it did not.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::UnknownToGuidance`] for an event that no clock
    /// knows or that follows from the plan; [`InvalidInput::ModuleIncomplete`] for the closing talk
    /// of the labour-market module while themes or hours are missing.
    pub async fn set_event(
        &self,
        context: &Context,
        at: CaseAt,
        event: Code,
        on: Option<Day>,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Events, |content, edit| {
            check_event(&event, on, edit.today)?;
            if event.as_str() == ClockEvent::MapInterview.code() && on.is_some() {
                check_module(edit.guidance)?;
            }
            content.set_event(event, on, edit.stamp)?;
            Ok(None)
        })
        .await
    }

    /// Sets hours that count for the clocks, in minutes, such as those of `map_practice`.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::UnknownToGuidance`].
    pub async fn set_minutes(
        &self,
        context: &Context,
        at: CaseAt,
        of: Code,
        minutes: u32,
    ) -> Result<Saved, ApplicationError> {
        read_word::<Hours>(of.as_str())?;
        self.edit(context, at, CaseStep::Events, |content, _| {
            content.set_minutes(of, minutes)?;
            Ok(None)
        })
        .await
    }

    /// Sets which themes of the labour-market module are finished.
    ///
    /// # Errors
    /// As every change of a case.
    pub async fn set_themes(
        &self,
        context: &Context,
        at: CaseAt,
        themes: BTreeSet<Code>,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Events, |content, _| {
            content.set_themes(themes)?;
            Ok(None)
        })
        .await
    }

    /// Writes down extra time for the integration term.
    ///
    /// # Errors
    /// As every change of a case; [`CaseFault::EndsBeforeItBegins`].
    pub async fn add_extension(
        &self,
        context: &Context,
        at: CaseAt,
        extension: Extension,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Events, |content, _| {
            content.add_extension(extension)?;
            Ok(None)
        })
        .await
    }

    /// Adds a task.
    ///
    /// # Errors
    /// As every change of a case.
    pub async fn add_task(
        &self,
        context: &Context,
        at: CaseAt,
        task: NewTask,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Tasks, |content, edit| {
            Ok(Some(content.add_task(task, edit.stamp)?))
        })
        .await
    }

    /// Says that a task is done.
    ///
    /// # Errors
    /// As every change of a case; [`CaseFault::NoSuch`], [`CaseFault::DoneBefore`].
    pub async fn finish_task(
        &self,
        context: &Context,
        at: CaseAt,
        number: u32,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Tasks, |content, edit| {
            content.finish_task(number, edit.stamp)?;
            Ok(Some(number))
        })
        .await
    }
}

/// Whether clocks know an event, it can be set, and it may lie on that day.
pub(super) fn check_event(
    event: &Code,
    on: Option<Day>,
    today: Day,
) -> Result<(), ApplicationError> {
    let known: ClockEvent = read_word(event.as_str())?;
    if DERIVED.contains(&known) {
        return Err(InvalidInput::UnknownToGuidance.into());
    }
    if on.is_some_and(|on| on > today) && !may_lie_ahead(known) {
        return Err(CaseFault::InTheFuture.into());
    }
    Ok(())
}

/// Whether only the closing talk of the labour-market module (MAP) is still to be held.
fn check_module(guidance: &CaseGuidance) -> Result<(), ApplicationError> {
    let clocks = guidance.clocks()?;
    let module = clocks.iter().find(|clock| clock.clock == MODULE);
    match module.and_then(|clock| clock.may_close) {
        Some(false) => Err(InvalidInput::ModuleIncomplete.into()),
        // Who has no module to do, or no plan yet, may have had the talk.
        Some(true) | None => Ok(()),
    }
}

/// Whether rules know the fact of a statement.
pub(super) fn check_statement(statement: &NewStatement) -> Result<(), InvalidInput> {
    if let Some((name, value)) = &statement.fact {
        read_fact(Facts::none(), (name.as_str(), value.as_str()))?;
    }
    Ok(())
}
