//! The plan on paper: in plain Dutch, and beside it in the person's own language.
//!
//! What the klantmanager wrote stands as it was written; everything around it comes in both
//! languages from the messages and the texts of the guidance.

use domain::case::{CaseContent, PlanPart, PlanState, PlanVersion};
use domain::day::Day;
use domain::id::{CaseId, PersonId};
use domain::language::{Direction, Language};
use domain::person::{NamePart, PersonName};
use guidance::clock::ClockResult;
use language::Argument;
use language::formats::Formats;
use language::messages::Messages;
use serde::Serialize;
use serde_json::{Value, json};

use super::CaseGuidance;
use crate::audit::Event;
use crate::obligations::PdfTemplate;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context};

/// Clocks that begin with a plan, and the texts that say until when they run.
const TERMS: [(&str, &str); 2] = [("term", "plan-term"), ("pip-objection", "plan-objection")];

/// Which plan goes on paper, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanPaper {
    /// Number of the plan in the file.
    pub plan: u32,
    /// The language beside Dutch; none for Dutch alone.
    pub beside: Option<Language>,
}

impl Application {
    /// A version of the plan as PDF; a version that is not in force says so.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such case or version for the actor, or when
    /// the installation makes no PDF.
    pub async fn plan_document(
        &self,
        context: &Context,
        case: CaseId,
        paper: PlanPaper,
        messages: &Messages,
    ) -> Result<Vec<u8>, ApplicationError> {
        let view = self.read_case(context, case).await?;
        let person = self.read_person(context, view.person).await?;
        let plans = view.content.plans();
        let plan = plans.iter().find(|plan| plan.number == paper.plan);
        let told = Told {
            content: &view.content,
            guidance: &view.guidance,
            plan: plan.ok_or(ApplicationError::NotFound)?,
            name: &person.identity.name,
        };
        self.set_plan(told, paper.beside, messages).await
    }

    /// The plan in force as PDF, for the person whose plan it is.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when it is not the actor's, when no plan is in force or when
    /// the installation makes no PDF.
    pub async fn own_plan_document(
        &self,
        context: &Context,
        person: PersonId,
        beside: Option<Language>,
        messages: &Messages,
    ) -> Result<Vec<u8>, ApplicationError> {
        self.person_for(context, Action::FollowPlan, person).await?;
        let case = self.own_case(person).await?;
        let case = case.ok_or(ApplicationError::NotFound)?;
        self.audit_alone(context, Event::CaseRead { person, case })
            .await?;
        let opened = self.opened(context, Action::FollowPlan, case).await?;
        let guidance = CaseGuidance::of(self.guidance()?, &opened.content, self.today());
        let person = self.read_person(context, person).await?;
        let told = Told {
            content: &opened.content,
            guidance: &guidance,
            plan: opened
                .content
                .plan_in_force()
                .ok_or(ApplicationError::NotFound)?,
            name: &person.identity.name,
        };
        self.set_plan(told, beside, messages).await
    }

    async fn set_plan(
        &self,
        told: Told<'_>,
        beside: Option<Language>,
        messages: &Messages,
    ) -> Result<Vec<u8>, ApplicationError> {
        let typesetter = self.typesetter.clone().ok_or(ApplicationError::NotFound)?;
        let beside = beside.filter(|language| *language != Language::NL);
        let data = data(Sheet::new(messages, beside)?, &told)?;
        let made_on = self.now().in_amsterdam().date();
        let set = move || typesetter.pdf(PdfTemplate::SideBySide, &data, Language::NL, made_on);
        let pdf = tokio::task::spawn_blocking(set)
            .await
            .map_err(|_| ApplicationError::Fault("setting a document failed"))??;
        Ok(pdf)
    }
}

/// What goes on paper.
struct Told<'a> {
    content: &'a CaseContent,
    guidance: &'a CaseGuidance,
    plan: &'a PlanVersion,
    name: &'a PersonName,
}

/// Collects the rows of a document in Dutch and the language beside it.
struct Sheet<'a> {
    messages: &'a Messages,
    dutch: Formats,
    own: Option<(Language, Formats)>,
    rows: Vec<Value>,
}

impl<'a> Sheet<'a> {
    fn new(messages: &'a Messages, own: Option<Language>) -> Result<Sheet<'a>, ApplicationError> {
        let formats = |language| {
            Formats::new(language).map_err(|_| ApplicationError::Fault("a language has no formats"))
        };
        let own = match own {
            Some(language) => Some((language, formats(language)?)),
            None => None,
        };
        Ok(Sheet {
            messages,
            dutch: formats(Language::NL)?,
            own,
            rows: Vec::new(),
        })
    }

    /// A text in both languages; the second is empty when there is none.
    fn both(&self, say: impl Fn(Language, &Formats) -> String) -> (String, String) {
        let own = self.own.as_ref();
        let own = own.map_or_else(String::new, |(language, formats)| say(*language, formats));
        (say(Language::NL, &self.dutch), own)
    }

    /// A message in both languages.
    fn message(&self, key: &str) -> (String, String) {
        self.both(|language, _| self.messages.plain(language, key, &[]))
    }

    /// A message about a day in both languages.
    fn message_on(&self, key: &str, day: Day) -> (String, String) {
        self.both(|language, formats| {
            let day = in_words(formats, day);
            let arguments = [("day", Argument::Text(&day))];
            self.messages.plain(language, key, &arguments)
        })
    }

    fn row(&mut self, kind: &str, (text, own): (String, String)) {
        self.rows
            .push(json!({ "kind": kind, "text": text, "own": own }));
    }

    fn heading(&mut self, key: &str) {
        let words = self.message(key);
        self.row("heading", words);
    }

    fn text(&mut self, key: &str) {
        let words = self.message(key);
        self.row("text", words);
    }

    /// What somebody wrote, line by line, in the direction of its first letters.
    fn written(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let direction = direction(direction_of(line));
            self.rows
                .push(json!({ "kind": "written", "text": line, "direction": direction }));
        }
    }
}

/// The document as the template takes it.
fn data(mut sheet: Sheet<'_>, told: &Told<'_>) -> Result<Value, ApplicationError> {
    let plan = told.plan;
    let notice = sheet.message(match plan.state {
        PlanState::Draft => "plan-notice-draft",
        PlanState::Discussed => "plan-notice-discussed",
        PlanState::Fixed => "plan-notice-fixed",
        PlanState::Revised => "plan-notice-revised",
    });
    let title = sheet.message("plan-title");
    sheet.text("plan-about");
    dates(&mut sheet, told)?;
    if let Some(route) = plan.content.route {
        sheet.heading("guiding-route");
        sheet.text(&format!("guiding-route-{}", route.code()));
    }
    sheet.heading("plan-agreed");
    if sheet.own.is_some() {
        sheet.text("plan-written");
    }
    for one in &plan.content.parts {
        part(&mut sheet, told.guidance, one);
    }
    sheet.heading("plan-next");
    sheet.text("plan-change");
    sheet.text("plan-disagree");
    let person = sheet.message("plan-sign-person");
    sheet.row("signature", person);
    let klantmanager = sheet.message("plan-sign-klantmanager");
    sheet.row("signature", klantmanager);
    let own = sheet.own.as_ref().map(|(language, _)| {
        json!({
            "language": language.code(),
            "direction": direction(language.direction()),
            "title": title.1,
            "notice": notice.1,
        })
    });
    Ok(json!({
        "title": title.0,
        "subtitle": subtitle(&sheet, told),
        "notice": notice.0,
        "own": own,
        "rows": sheet.rows,
    }))
}

/// The date of the decision, and the terms that begin with it.
fn dates(sheet: &mut Sheet<'_>, told: &Told<'_>) -> Result<(), ApplicationError> {
    let plan = told.plan;
    let Some(fixed) = plan.fixed_on else {
        return Ok(());
    };
    sheet.heading("plan-dates");
    let words = sheet.message_on("plan-fixed", fixed);
    sheet.row("text", words);
    // The terms are those of the plan in force; a replaced one has none any more.
    if plan.state != PlanState::Fixed {
        return Ok(());
    }
    let clocks = told.guidance.clocks()?;
    let known = |id: &str| -> Option<&ClockResult<'_>> { clocks.iter().find(|c| c.clock == id) };
    for (id, key) in TERMS {
        let Some(clock) = known(id) else { continue };
        if let Some(first) = clock.first_day.filter(|_| id == "term") {
            let words = sheet.message_on("plan-term-begins", first);
            sheet.row("text", words);
        }
        if let Some(last) = clock.deadline {
            let words = sheet.message_on(key, last);
            sheet.row("text", words);
        }
        if clock.needs_check {
            sheet.text("plan-check");
        }
    }
    Ok(())
}

/// A part: what was written, and the instruments with what they are for.
fn part(sheet: &mut Sheet<'_>, guidance: &CaseGuidance, part: &PlanPart) {
    let code = code(&part.topic).replace('_', "-");
    sheet.heading(&format!("guiding-part-{code}"));
    sheet.written(part.text.as_str());
    let texts = &guidance.set().texts;
    for instrument in &part.instruments {
        let words = sheet.both(|language, _| {
            let say = |group: &str| {
                let key = format!("{group}.{}", instrument.as_str());
                texts.words(&key, language).to_owned()
            };
            format!("{}. {}", say("instrument"), say("goal"))
        });
        sheet.row("item", words);
    }
}

fn subtitle(sheet: &Sheet<'_>, told: &Told<'_>) -> String {
    let (plan, name) = (told.plan, told.name);
    let part = |part: &NamePart| part.as_str().to_owned();
    // The name as the permit has it is the one of an official document.
    let name = match &name.as_on_permit {
        Some(name) => part(name),
        None => {
            let family = name.family.as_ref().map(part);
            let parts = [Some(part(&name.given_or_only)), family];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    let number = told.content.bar().number.clone().map(String::from);
    let count = [("count", Argument::Number(u64::from(plan.version)))];
    let version = sheet
        .messages
        .plain(Language::NL, "guiding-plan-version", &count);
    let all = [Some(name), number, Some(version)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn in_words(formats: &Formats, day: Day) -> String {
    let date = day.date();
    formats
        .date(date.year(), date.month().into(), date.day())
        .unwrap_or_else(|| day.to_string())
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

/// Right to left for a line that begins in Arabic script, as browsers find it for `dir="auto"`.
fn direction_of(line: &str) -> Direction {
    let letter = line.chars().find(|letter| letter.is_alphabetic());
    match letter {
        Some('\u{0600}'..='\u{08FF}' | '\u{FB50}'..='\u{FEFF}') => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}

/// The code of a word of a closed list.
fn code(word: &impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(Value::String(code)) => code,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_direction_of_its_first_letter() {
        assert_eq!(direction_of("1. وثيقة A1"), Direction::RightToLeft);
        assert_eq!(direction_of("A1 وثيقة"), Direction::LeftToRight);
        assert_eq!(direction_of("—"), Direction::LeftToRight);
    }
}
