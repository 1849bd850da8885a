//! The client profile that goes along with somebody who moves from reception to a municipality: one
//! JSON document, or a list of them, described in `docs/formats.md`.
//!
//! The profile that the Central Agency (COA) hands over in its own system (TVS) has no published
//! form; this one holds the same matter, so that whoever has an export of it can bring it in and
//! nothing is typed again.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::{
    Bar, CaseNumber, Code, IntakeTopic, NewStatement, NewTask, Note, Phase, StatementSource,
    TaskOwner,
};
use domain::day::Day;
use domain::language::Language;
use domain::person::{Email, Identity, NamePart, PersonName, Phone};
use serde::Deserialize;

use super::reading::{ImportFault, ImportReason, Read, ReadRow, read_fact, read_interpreter};
use crate::cases::{OpenCase, THEMES};

/// Name and version of the form.
const FORMAT: &str = "werkbrug-client-profile/1";

/// Most profiles in one file.
const MOST: usize = 200;

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    One(Box<Profile>),
    Many(Vec<Profile>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    format: String,
    person: Person,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    contact_language: Option<String>,
    #[serde(default)]
    interpreter: Option<String>,
    #[serde(default)]
    municipality: Option<String>,
    /// Facts that rules ask about, with their values.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// What was told, per topic of the intake.
    #[serde(default)]
    told: Vec<Told>,
    /// Days of events that clocks know.
    #[serde(default)]
    events: BTreeMap<String, String>,
    /// Themes of the labour-market module done in reception (introMAP).
    #[serde(default)]
    map_themes: Vec<String>,
    /// What is still to be done.
    #[serde(default)]
    actions: Vec<Task>,
    /// What whoever hands over wants to say.
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    given_name: String,
    #[serde(default)]
    family_name: Option<String>,
    #[serde(default)]
    known_as: Option<String>,
    #[serde(default)]
    original_script: Option<String>,
    #[serde(default)]
    birth: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    topic: IntakeTopic,
    text: String,
    #[serde(default)]
    on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    what: String,
    #[serde(default)]
    due: Option<String>,
}

/// Whether a file holds client profiles and no lines.
pub(super) fn is_one(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Reads client profiles; the line of a row is the place of the profile in the file, from 1.
pub(super) fn read(text: &str, today: Day) -> Read {
    let mut read = Read::default();
    let profiles = match serde_json::from_str(text) {
        Ok(File::One(profile)) => vec![*profile],
        Ok(File::Many(profiles)) if profiles.len() <= MOST => profiles,
        Ok(File::Many(_)) => {
            read.faults
                .push(ImportFault::whole(ImportReason::TooManyLines));
            return read;
        }
        Err(_) => {
            read.faults
                .push(ImportFault::whole(ImportReason::ClientProfile));
            return read;
        }
    };
    for (profile, line) in profiles.iter().zip(1..) {
        let mut reading = Reading {
            line,
            today,
            faults: Vec::new(),
        };
        match reading.row(profile) {
            Some(row) if reading.faults.is_empty() => read.rows.push(row),
            _ => read.faults.extend(reading.faults),
        }
    }
    read
}

/// Reads one profile and collects what is wrong with it.
struct Reading {
    line: u64,
    today: Day,
    faults: Vec<ImportFault>,
}

impl Reading {
    fn fault(&mut self, column: &str, reason: ImportReason) {
        self.faults.push(ImportFault {
            line: self.line,
            column: Some(column.to_owned()),
            reason,
        });
    }

    /// A value that was read, or a fault at its field.
    fn must<T>(&mut self, column: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.fault(column, ImportReason::Value);
        }
        value
    }

    fn get<T>(
        &mut self,
        column: &str,
        text: Option<&String>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())?;
        self.must(column, read(text))
    }

    /// A day that has been.
    fn past(&mut self, column: &str, text: &str) -> Option<Day> {
        let day: Day = self.must(column, text.parse().ok())?;
        if day > self.today {
            self.fault(column, ImportReason::InTheFuture);
        }
        Some(day)
    }

    fn row(&mut self, profile: &Profile) -> Option<ReadRow> {
        if profile.format != FORMAT {
            self.fault("format", ImportReason::ClientProfile);
            return None;
        }
        let identity = self.identity(&profile.person)?;
        let case = self.case(profile);
        Some(ReadRow {
            line: self.line,
            identity,
            case,
        })
    }

    fn identity(&mut self, person: &Person) -> Option<Identity> {
        let name = |text: &str| NamePart::new(text).ok();
        let family = self.get("person.family_name", person.family_name.as_ref(), name);
        let known_as = self.get("person.known_as", person.known_as.as_ref(), name);
        let original = person.original_script.as_ref();
        let original_script = self.get("person.original_script", original, name);
        let birth = self.get("person.birth", person.birth.as_ref(), |text| {
            text.parse().ok()
        });
        let email = |text: &str| Email::new(text).ok();
        let email = self.get("person.email", person.email.as_ref(), email);
        let phone = |text: &str| Phone::new(text).ok();
        let phone = self.get("person.phone", person.phone.as_ref(), phone);
        let given = name(&person.given_name);
        if given.is_none() {
            self.fault("person.given_name", ImportReason::NoName);
        }
        Some(Identity {
            name: PersonName {
                given_or_only: given?,
                family,
                known_as,
                original_script,
                as_on_permit: None,
            },
            birth,
            email,
            phone,
        })
    }

    fn case(&mut self, profile: &Profile) -> OpenCase {
        let number = |text: &str| CaseNumber::new(text).ok();
        let language = |text: &str| text.parse::<Language>().ok();
        let code = |text: &str| Code::new(text).ok();
        let interpreter = profile.interpreter.as_ref();
        let bar = Bar {
            number: self.get("number", profile.number.as_ref(), number),
            // Whoever comes with a client profile is still in reception.
            phase: Phase::Reception,
            contact_language: self.get(
                "contact_language",
                profile.contact_language.as_ref(),
                language,
            ),
            interpreter: self
                .get("interpreter", interpreter, read_interpreter)
                .unwrap_or_default(),
            municipality: self.get("municipality", profile.municipality.as_ref(), code),
        };
        let note = |text: &str| Note::new(text).ok();
        OpenCase {
            bar,
            statements: self.statements(profile),
            events: self.events(profile),
            tasks: self.tasks(profile),
            themes: self.themes(profile),
            note: self.get("note", profile.note.as_ref(), note),
            ..OpenCase::default()
        }
    }

    fn statements(&mut self, profile: &Profile) -> Vec<NewStatement> {
        let mut statements = Vec::new();
        for (name, value) in &profile.facts {
            let fact = self.must(&format!("facts.{name}"), read_fact(name, value));
            statements.extend(fact.map(|fact| NewStatement {
                topic: IntakeTopic::Residence,
                text: None,
                fact: Some(fact),
                source: StatementSource::Document,
                on: self.today,
                replaces: None,
            }));
        }
        for told in &profile.told {
            let column = format!("told.{}", told.topic.code());
            let text = self.must(&column, Note::new(&told.text).ok());
            let on = match &told.on {
                Some(day) => self.past(&column, day),
                None => Some(self.today),
            };
            if let (Some(text), Some(on)) = (text, on) {
                statements.push(NewStatement {
                    topic: told.topic,
                    text: Some(text),
                    fact: None,
                    // They were written down by whoever hands over.
                    source: StatementSource::Document,
                    on,
                    replaces: None,
                });
            }
        }
        statements
    }

    fn events(&mut self, profile: &Profile) -> BTreeMap<Code, Day> {
        let mut events = BTreeMap::new();
        for (event, day) in &profile.events {
            let column = format!("events.{event}");
            // Other events follow from what the municipality itself does.
            let known = matches!(event.as_str(), "brp_registration" | "notification");
            let code = self.must(&column, Code::new(event).ok().filter(|_| known));
            let day = self.past(&column, day);
            events.extend(code.zip(day));
        }
        events
    }

    fn tasks(&mut self, profile: &Profile) -> Vec<NewTask> {
        let mut tasks = Vec::new();
        for task in &profile.actions {
            let what = self.must("actions.what", Note::new(&task.what).ok());
            let due = |text: &str| text.parse().ok();
            let due = self.get("actions.due", task.due.as_ref(), due);
            tasks.extend(what.map(|what| NewTask {
                what,
                due,
                who: TaskOwner::Klantmanager,
            }));
        }
        tasks
    }

    fn themes(&mut self, profile: &Profile) -> BTreeSet<Code> {
        let mut themes = BTreeSet::new();
        for theme in &profile.map_themes {
            let known = THEMES.contains(&theme.as_str());
            let theme = Code::new(theme).ok().filter(|_| known);
            themes.extend(self.must("map_themes", theme));
        }
        themes
    }
}
