//! Opening, reading, closing and changing a case; undoing; drafts.

use domain::case::{Bar, CaseContent, CloseReason, Code, Note, Stamp};
use domain::day::Day;
use domain::id::{AccountId, CaseId, PersonId};
use domain::moment::Moment;
use store::case_file::{CaseChange, CaseFile, Draft, NewCase};
use store::{Stale, Transaction};
use vault::keys::PersonKey;

use super::changing::{check_event, check_statement};
use super::overview::{self, Beside};
use super::{CaseAt, CaseGuidance, CaseView, LONGEST, OpenCase, Saved};
use crate::audit::{CaseStep, Event};
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Longest draft in bytes.
const LONGEST_DRAFT: usize = 64 * 1024;

/// What a change has beside the content.
pub(crate) struct Edit<'a> {
    /// Who changes, and when.
    pub(crate) stamp: Stamp,
    /// The day.
    pub(super) today: Day,
    /// The case before the rules, as it was read.
    pub(super) guidance: &'a CaseGuidance,
    /// The klantmanager; may be changed.
    pub(super) klantmanager: Option<AccountId>,
    /// When it was closed; may be changed.
    pub(super) closed_at: Option<Moment>,
}

/// A case with what is needed to open it.
pub(crate) struct Opened {
    pub(crate) file: CaseFile,
    pub(super) key: PersonKey,
    pub(crate) content: CaseContent,
}

impl Application {
    /// Opens a case for a newcomer; the actor becomes klantmanager.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor;
    /// [`ApplicationError::AlreadyThere`] when the organisation has an open case for the person.
    pub async fn open_case(
        &self,
        context: &Context,
        person: PersonId,
        new: &OpenCase,
    ) -> Result<CaseAt, ApplicationError> {
        let found = self.person_for(context, Action::GuideCase, person).await?;
        let cases = store::case_file::of_person(&self.store, person).await?;
        let organisation = found.organisation;
        let is_open =
            |case: &CaseFile| case.organisation == organisation && case.closed_at.is_none();
        if cases.iter().any(is_open) {
            return Err(ApplicationError::AlreadyThere);
        }
        let key = found.key(&self.master)?.ok_or(ApplicationError::NotFound)?;
        let transaction = self.store.begin().await?;
        let opened = NewOpen {
            person,
            organisation,
            klantmanager: context.actor.account(),
        };
        let content = self.new_content(context, new)?;
        let case = self
            .insert_case(&transaction, &key, opened, &content)
            .await?;
        self.audit_in(&transaction, context, Event::CaseOpened { person, case })
            .await?;
        transaction.commit().await?;
        Ok(CaseAt { case, version: 1 })
    }

    /// Reads a case; that it was read is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such case for the actor.
    pub async fn read_case(
        &self,
        context: &Context,
        case: CaseId,
    ) -> Result<CaseView, ApplicationError> {
        let opened = self.opened(context, Action::GuideCase, case).await?;
        let file = opened.file;
        let event = Event::CaseRead {
            person: file.person,
            case,
        };
        self.audit_alone(context, event).await?;
        let guidance = CaseGuidance::of(self.guidance()?, &opened.content, self.today());
        let previous = store::case_file::previous(&self.store, case).await?;
        let until = file.changed_at + self.rules.cases.undo_for;
        let may_undo = previous.is_some_and(|previous| previous.version + 1 == file.version)
            && file.changed_by.is_some()
            && file.changed_by == context.actor.account()
            && self.now() <= until;
        Ok(CaseView {
            at: CaseAt {
                case,
                version: file.version,
            },
            person: file.person,
            organisation: file.organisation,
            klantmanager: file.klantmanager,
            content: opened.content,
            guidance,
            opened_at: file.opened_at,
            closed_at: file.closed_at,
            changed_at: file.changed_at,
            changed_by: file.changed_by,
            undo_until: may_undo.then_some(until),
        })
    }

    /// The cases of a newcomer that the actor may see, the newest first: id and whether it is
    /// closed.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor.
    pub async fn cases_of_person(
        &self,
        context: &Context,
        person: PersonId,
    ) -> Result<Vec<(CaseId, Option<Moment>)>, ApplicationError> {
        let found = self.person_for(context, Action::GuideCase, person).await?;
        let cases = store::case_file::of_person(&self.store, person).await?;
        Ok(cases
            .into_iter()
            .filter(|case| case.organisation == found.organisation)
            .map(|case| (case.id, case.closed_at))
            .collect())
    }

    /// Closes a case; it can be opened again.
    ///
    /// # Errors
    /// As every change of a case: [`ApplicationError::Stale`] when someone was first.
    pub async fn close_case(
        &self,
        context: &Context,
        at: CaseAt,
        reason: CloseReason,
        note: Option<Note>,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Closing, |content, edit| {
            edit.closed_at = Some(edit.stamp.at);
            Ok(Some(content.close(reason, note, edit.stamp)?))
        })
        .await
    }

    /// Opens a closed case again.
    ///
    /// # Errors
    /// As every change of a case; [`ApplicationError::AlreadyThere`] when it is open.
    pub async fn reopen_case(
        &self,
        context: &Context,
        at: CaseAt,
    ) -> Result<Saved, ApplicationError> {
        let opened = self.opened(context, Action::GuideCase, at.case).await?;
        if opened.file.closed_at.is_none() {
            return Err(ApplicationError::AlreadyThere);
        }
        self.edit_opened(context, at, CaseStep::Closing, opened, |content, edit| {
            edit.closed_at = None;
            Ok(Some(content.reopen(edit.stamp)?))
        })
        .await
    }

    /// Takes back the actor's own last change, while nobody changed the case after it and the time
    /// for it is not over.
    ///
    /// # Errors
    /// [`ApplicationError::Stale`] when someone else changed it; [`InvalidInput::UndoOver`].
    pub async fn undo_case(
        &self,
        context: &Context,
        at: CaseAt,
    ) -> Result<Saved, ApplicationError> {
        let opened = self.opened(context, Action::GuideCase, at.case).await?;
        fresh(&opened.file, at)?;
        let over = ApplicationError::Invalid(InvalidInput::UndoOver);
        let previous = store::case_file::previous(&self.store, at.case).await?;
        let Some(previous) = previous.filter(|p| p.version + 1 == at.version) else {
            return Err(over);
        };
        let own =
            opened.file.changed_by.is_some() && opened.file.changed_by == context.actor.account();
        let age = self.now().since(opened.file.changed_at);
        if !own || age > self.rules.cases.undo_for {
            return Err(over);
        }
        let before = read(&previous.payload(&opened.key)?)?;
        // The one closing that can be undone is the last change itself.
        let closed_at = opened
            .file
            .closed_at
            .filter(|closed| *closed != opened.file.changed_at);
        let edited = Edited {
            content: &before,
            klantmanager: previous.klantmanager,
            closed_at,
        };
        let transaction = self.store.begin().await?;
        let at = self.write(&transaction, context, &opened, edited).await?;
        store::case_file::forget_previous(&transaction, at.case).await?;
        self.audit_change(&transaction, context, &opened.file, CaseStep::Undone)
            .await?;
        transaction.commit().await?;
        Ok(Saved { at, number: None })
    }

    /// Keeps what the actor typed into a form of a case and did not send yet.
    ///
    /// # Errors
    /// [`InvalidInput::TooLong`] above 64 KiB; [`ApplicationError::NotFound`].
    pub async fn keep_draft(
        &self,
        context: &Context,
        case: CaseId,
        form: &Code,
        content: &str,
    ) -> Result<Moment, ApplicationError> {
        if content.len() > LONGEST_DRAFT {
            return Err(InvalidInput::TooLong.into());
        }
        let opened = self.opened(context, Action::GuideCase, case).await?;
        let account = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let draft = Draft {
            content: content.to_owned(),
            changed_at: self.now(),
        };
        let transaction = self.store.begin().await?;
        let place = (case, account, form.as_str());
        let mut random = self.random();
        store::case_file::put_draft(&transaction, &opened.key, place, &draft, &mut random).await?;
        let person = opened.file.person;
        self.audit_in(&transaction, context, Event::CaseDraftKept { person, case })
            .await?;
        transaction.commit().await?;
        Ok(draft.changed_at)
    }

    /// What the actor typed into a form of a case, and when it was kept.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such case for the actor.
    pub async fn read_draft(
        &self,
        context: &Context,
        case: CaseId,
        form: &Code,
    ) -> Result<Option<Draft>, ApplicationError> {
        let opened = self.opened(context, Action::GuideCase, case).await?;
        let account = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let place = (case, account, form.as_str());
        Ok(store::case_file::find_draft(&self.store, &opened.key, place).await?)
    }

    /// Forgets what the actor typed into a form of a case, after it was sent or given up.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such case for the actor.
    pub async fn drop_draft(
        &self,
        context: &Context,
        case: CaseId,
        form: &Code,
    ) -> Result<(), ApplicationError> {
        self.opened(context, Action::GuideCase, case).await?;
        let account = context.actor.account().ok_or(ApplicationError::Forbidden)?;
        let transaction = self.store.begin().await?;
        store::case_file::delete_draft(&transaction, case, account, form.as_str()).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Changes a case: reads it, checks that nobody was first, applies the change, and writes file,
    /// overview and event in one transaction.
    pub(super) async fn edit(
        &self,
        context: &Context,
        at: CaseAt,
        step: CaseStep,
        change: impl FnOnce(&mut CaseContent, &mut Edit<'_>) -> Result<Option<u32>, ApplicationError>,
    ) -> Result<Saved, ApplicationError> {
        let action = match step {
            CaseStep::Transfer => Action::TransferCase,
            _ => Action::GuideCase,
        };
        let opened = self.opened(context, action, at.case).await?;
        if opened.file.closed_at.is_some() {
            return Err(InvalidInput::CaseClosed.into());
        }
        self.edit_opened(context, at, step, opened, change).await
    }

    pub(super) async fn edit_opened(
        &self,
        context: &Context,
        at: CaseAt,
        step: CaseStep,
        mut opened: Opened,
        change: impl FnOnce(&mut CaseContent, &mut Edit<'_>) -> Result<Option<u32>, ApplicationError>,
    ) -> Result<Saved, ApplicationError> {
        let transaction = self.store.begin().await?;
        let saved = self
            .edit_in(&transaction, context, (at, step), &mut opened, change)
            .await?;
        transaction.commit().await?;
        Ok(saved)
    }

    /// As [`Application::edit`], in a transaction of the caller.
    pub(crate) async fn edit_in(
        &self,
        transaction: &Transaction,
        context: &Context,
        (at, step): (CaseAt, CaseStep),
        opened: &mut Opened,
        change: impl FnOnce(&mut CaseContent, &mut Edit<'_>) -> Result<Option<u32>, ApplicationError>,
    ) -> Result<Saved, ApplicationError> {
        fresh(&opened.file, at)?;
        let today = self.today();
        let guidance = CaseGuidance::of(self.guidance()?, &opened.content, today);
        let mut edit = Edit {
            stamp: self.stamp(context),
            today,
            guidance: &guidance,
            klantmanager: opened.file.klantmanager,
            closed_at: opened.file.closed_at,
        };
        let number = change(&mut opened.content, &mut edit)?;
        let (klantmanager, closed_at) = (edit.klantmanager, edit.closed_at);
        let edited = Edited {
            content: &opened.content,
            klantmanager,
            closed_at,
        };
        let at = self.write(transaction, context, opened, edited).await?;
        self.audit_change(transaction, context, &opened.file, step)
            .await?;
        Ok(Saved { at, number })
    }

    /// A case that the actor may do this to, opened.
    pub(crate) async fn opened(
        &self,
        context: &Context,
        action: Action,
        case: CaseId,
    ) -> Result<Opened, ApplicationError> {
        let file = store::case_file::find(&self.store, case)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        let person = self.person_for(context, action, file.person).await?;
        let key = person
            .key(&self.master)?
            .ok_or(ApplicationError::NotFound)?;
        let payload = file.payload(&key)?.ok_or(ApplicationError::NotFound)?;
        Ok(Opened {
            content: read(&payload)?,
            file,
            key,
        })
    }

    pub(crate) fn stamp(&self, context: &Context) -> Stamp {
        Stamp {
            by: context.actor.account(),
            at: self.now(),
        }
    }

    /// The content of a new case.
    pub(crate) fn new_content(
        &self,
        context: &Context,
        new: &OpenCase,
    ) -> Result<CaseContent, ApplicationError> {
        let mut content = CaseContent::new(Bar::clone(&new.bar));
        let start = new.file_start.unwrap_or_else(|| self.today());
        if start > self.today() {
            return Err(domain::case::CaseFault::InTheFuture.into());
        }
        let (stamp, today) = (self.stamp(context), self.today());
        content.set_event(Code::new("file_start")?, Some(start), stamp)?;
        for (event, on) in &new.events {
            check_event(event, Some(*on), today)?;
            content.set_event(event.clone(), Some(*on), stamp)?;
        }
        for statement in &new.statements {
            check_statement(statement)?;
            content.add_statement(statement.clone(), today, stamp)?;
        }
        if let Some(contact) = &new.last_contact {
            content.add_contact(contact.clone(), today, stamp)?;
        }
        for task in &new.tasks {
            content.add_task(task.clone(), stamp)?;
        }
        if let Some(note) = &new.note {
            content.add_note(note.clone(), stamp)?;
        }
        if !new.themes.is_empty() {
            content.set_themes(new.themes.clone())?;
        }
        Ok(content)
    }

    /// Writes a new case with its overview; the event is the caller's.
    pub(crate) async fn insert_case(
        &self,
        transaction: &Transaction,
        key: &PersonKey,
        new: NewOpen,
        content: &CaseContent,
    ) -> Result<CaseId, ApplicationError> {
        let mut random = self.random();
        let now = self.now();
        let payload = written(content)?;
        let case = CaseId::new(now, &mut random);
        let row = NewCase {
            id: case,
            person: new.person,
            organisation: new.organisation,
            klantmanager: new.klantmanager,
            payload: &payload,
            opened_at: now,
            opened_by: new.klantmanager,
        };
        store::case_file::insert(transaction, key, row, &mut random).await?;
        let file = store::case_file::find(transaction, case)
            .await?
            .ok_or(ApplicationError::NotFound)?;
        let beside = Beside {
            file: &file,
            klantmanager: new.klantmanager,
            closed_at: None,
            version: file.version,
        };
        self.put_overview(transaction, content, beside).await?;
        self.put_spells(transaction, new.person, key).await?;
        Ok(case)
    }

    async fn write(
        &self,
        transaction: &Transaction,
        context: &Context,
        opened: &Opened,
        edited: Edited<'_>,
    ) -> Result<CaseAt, ApplicationError> {
        let file = &opened.file;
        let payload = written(edited.content)?;
        let change = CaseChange {
            version: file.version,
            klantmanager: edited.klantmanager,
            payload: &payload,
            closed_at: edited.closed_at,
            changed_at: self.now(),
            changed_by: context.actor.account(),
        };
        let mut random = self.random();
        store::case_file::update(transaction, &opened.key, file.id, change, &mut random).await?;
        let beside = Beside {
            file,
            klantmanager: edited.klantmanager,
            closed_at: edited.closed_at,
            version: file.version + 1,
        };
        self.put_overview(transaction, edited.content, beside)
            .await?;
        self.put_spells(transaction, file.person, &opened.key)
            .await?;
        Ok(CaseAt {
            case: file.id,
            version: file.version + 1,
        })
    }

    async fn put_overview(
        &self,
        transaction: &Transaction,
        content: &CaseContent,
        beside: Beside<'_>,
    ) -> Result<(), ApplicationError> {
        let guidance = CaseGuidance::of(self.guidance()?, content, self.today());
        let overview = overview::of(content, &guidance, self.rules.cases, beside)?;
        store::case_overview::put(transaction, &overview).await?;
        Ok(())
    }

    async fn audit_change(
        &self,
        transaction: &Transaction,
        context: &Context,
        file: &CaseFile,
        step: CaseStep,
    ) -> Result<(), ApplicationError> {
        let event = Event::CaseChanged {
            person: file.person,
            case: file.id,
            step,
        };
        self.audit_in(transaction, context, event).await
    }
}

/// Whose case is opened, and by whom it is guided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewOpen {
    pub(crate) person: PersonId,
    pub(crate) organisation: domain::id::OrganisationId,
    pub(crate) klantmanager: Option<AccountId>,
}

struct Edited<'a> {
    content: &'a CaseContent,
    klantmanager: Option<AccountId>,
    closed_at: Option<Moment>,
}

/// Whether the case is still the one that the change was made from.
fn fresh(file: &CaseFile, at: CaseAt) -> Result<(), ApplicationError> {
    if file.version == at.version {
        return Ok(());
    }
    Err(ApplicationError::Stale(Stale {
        version: file.version,
        changed_at: file.changed_at,
        changed_by: file.changed_by,
    }))
}

pub(crate) fn read(payload: &str) -> Result<CaseContent, ApplicationError> {
    let content: CaseContent = serde_json::from_str(payload)
        .map_err(|_| ApplicationError::Fault("a case file cannot be read"))?;
    content.check()?;
    Ok(content)
}

fn written(content: &CaseContent) -> Result<String, ApplicationError> {
    let payload = serde_json::to_string(content)
        .map_err(|_| ApplicationError::Fault("a case file cannot be written"))?;
    if payload.len() > LONGEST {
        return Err(InvalidInput::TooLong.into());
    }
    Ok(payload)
}
