//! A newcomer's profile as a file that they take along: what was told, and nothing of who they are.
//!
//! The format is this project's own, one JSON document (docs/formats.md). Reading what was written
//! gives the same profile again. A Europass CV is read, too. A file is never trusted: what is too big or no JSON is refused as
//! a whole; an entry that does not fit is left out and named with its line.

use std::collections::BTreeMap;

use domain::language::Language;
use domain::profile::{Profile, ProfileFault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use time::Date;

use crate::archive::Refusal;
use crate::europass;

/// Largest file with a profile, in bytes; a Europass CV may carry a photograph.
pub const LARGEST_PROFILE: usize = 4 * 1024 * 1024;

/// Name of the format.
const FORMAT: &str = "werkbrug-profile";

/// Version of the format; a newer one is refused.
const VERSION: u64 = 1;

/// Why a file is refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum ProfileFileError {
    /// More bytes than are read.
    #[error("the file is larger than {LARGEST_PROFILE} bytes")]
    TooLarge,
    /// Bytes that are no UTF-8.
    #[error("the file is not written in UTF-8")]
    NotText,
    /// No JSON; the line is where reading stopped.
    #[error("the file is no JSON from line {line} on")]
    Json {
        /// Line, from 1.
        line: u64,
    },
    /// XML that is damaged or declares entities.
    #[error("the file is no XML that can be read")]
    Markup(#[source] Refusal),
    /// Another kind of document.
    #[error("the file holds no profile")]
    OtherFormat,
    /// A version that this program does not know.
    #[error("the profile has version {0}, which is not known here")]
    OtherVersion(u64),
}

/// An entry that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileEntryFault {
    /// Line on which the entry begins, from 1; none where the form has no lines of its own.
    pub line: Option<u64>,
    /// Which entry, as in `work/2`; counted from 1.
    pub entry: String,
    /// Why.
    pub reason: EntryReason,
}

/// Why an entry was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryReason {
    /// There is no such field.
    #[error("there is no such field")]
    UnknownField,
    /// The entry does not have the form that is asked.
    #[error("the entry does not have the form that is asked")]
    Form,
    /// Work of which nobody says what it was.
    #[error("the work has no name")]
    NoTitle,
    /// An education without its level.
    #[error("the level of the education is not said")]
    LevelMissing,
    /// A language that is not known here.
    #[error("the language is not known here")]
    UnknownLanguage,
    /// The profile as a whole passes a limit; nothing of the file can be used.
    #[error(transparent)]
    Limit(#[from] ProfileFault),
}

/// Which form a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileForm {
    /// The own form: a whole story.
    Own,
    /// A Europass CV: a part of one.
    Europass,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProfile {
    /// Its form.
    pub form: ProfileForm,
    /// What could be read.
    pub profile: Profile,
    /// What could not.
    pub faults: Vec<ProfileEntryFault>,
    /// Words for skills that a form of others holds, in their order of letters.
    pub skill_words: Vec<String>,
    /// Language of those words, where the file says it.
    pub language: Option<Language>,
}

/// A profile as a file; every entry of a list stands on lines of its own.
///
/// # Errors
/// Fails when the profile cannot be written as JSON, which its types rule out.
pub fn write(profile: &Profile, made_on: Date) -> Result<String, serde_json::Error> {
    let document = json!({
        "format": FORMAT,
        "version": VERSION,
        "made_on": made_on.to_string(),
        "profile": profile,
    });
    serde_json::to_string_pretty(&document)
}

/// Reads a file: the own form, or a Europass CV.
///
/// # Errors
/// Refuses what is too big, no JSON or XML, or no profile of a version that is known.
pub fn read(file: &[u8]) -> Result<ReadProfile, ProfileFileError> {
    if file.len() > LARGEST_PROFILE {
        return Err(ProfileFileError::TooLarge);
    }
    let text = str::from_utf8(file).map_err(|_| ProfileFileError::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    if europass::is_xml(text) {
        return europass::read_xml(text);
    }
    let document: Value = serde_json::from_str(text).map_err(|error| ProfileFileError::Json {
        line: error.line() as u64,
    })?;
    if europass::is_json(&document) {
        return Ok(europass::read_json(&document));
    }
    if document["format"] != FORMAT {
        return Err(ProfileFileError::OtherFormat);
    }
    match document["version"].as_u64() {
        Some(VERSION) => {}
        Some(other) => return Err(ProfileFileError::OtherVersion(other)),
        None => return Err(ProfileFileError::OtherFormat),
    }
    let fields = document["profile"].as_object();
    let fields = fields.ok_or(ProfileFileError::OtherFormat)?;
    let mut reading = Reading {
        lines: lines_of_entries(text),
        faults: Vec::new(),
    };
    let profile = reading.profile(fields);
    let mut faults = reading.faults;
    faults.sort_by(|a, b| (a.line, &a.entry).cmp(&(b.line, &b.entry)));
    Ok(ReadProfile {
        form: ProfileForm::Own,
        profile,
        faults,
        skill_words: Vec::new(),
        language: None,
    })
}

struct Reading {
    /// Line of every entry by its path below `profile`.
    lines: BTreeMap<String, u64>,
    faults: Vec<ProfileEntryFault>,
}

impl Reading {
    fn profile(&mut self, fields: &Map<String, Value>) -> Profile {
        let mut profile = Profile::default();
        for (name, value) in fields {
            match name.as_str() {
                // The only version there is stands beside the format, too.
                "version" => {}
                "about" => self.one(name, value, &mut profile.about),
                "work" => profile.work = self.list(name, value),
                "skills" => profile.skills = self.list(name, value),
                "school" => profile.school = self.list(name, value),
                "licences" => profile.licences = self.list(name, value),
                "languages" => profile.languages = self.list(name, value),
                "availability" => self.one(name, value, &mut profile.availability),
                "wishes" => self.one(name, value, &mut profile.wishes),
                "readiness" => self.one(name, value, &mut profile.readiness),
                "dismissed" => profile.dismissed = self.list(name, value),
                "pool" => self.one(name, value, &mut profile.pool),
                "answers" => self.one(name, value, &mut profile.answers),
                _ => self.refuse(name.clone(), EntryReason::UnknownField),
            }
        }
        if let Err(fault) = profile.check() {
            self.refuse("profile".to_owned(), EntryReason::Limit(fault));
            return Profile::default();
        }
        profile
    }

    fn one<T: DeserializeOwned>(&mut self, name: &str, value: &Value, place: &mut T) {
        match serde_json::from_value(value.clone()) {
            Ok(read) => *place = read,
            Err(_) => self.refuse(name.to_owned(), EntryReason::Form),
        }
    }

    fn list<T: DeserializeOwned + Serialize>(&mut self, name: &str, value: &Value) -> Vec<T> {
        let Some(entries) = value.as_array() else {
            self.refuse(name.to_owned(), EntryReason::Form);
            return Vec::new();
        };
        let mut read = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match serde_json::from_value(entry.clone()) {
                Ok(one) => read.push(one),
                Err(_) => self.refuse(format!("{name}/{}", at + 1), EntryReason::Form),
            }
        }
        read
    }

    fn refuse(&mut self, entry: String, reason: EntryReason) {
        self.faults.push(ProfileEntryFault {
            line: Some(self.lines.get(&entry).copied().unwrap_or(1)),
            entry,
            reason,
        });
    }
}

/// Where in a JSON text that is known to be one every field of `profile` begins, and every entry
/// of its lists.
fn lines_of_entries(text: &str) -> BTreeMap<String, u64> {
    let mut lines = BTreeMap::new();
    let mut line = 1;
    // Open objects and lists: the field or number that is being read in each.
    let mut path: Vec<Step> = Vec::new();
    let mut letters = text.chars().peekable();
    let mut is_value_next = true;
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => line += 1,
            '"' => {
                let word = string(&mut letters);
                let is_name = matches!(path.last(), Some(Step::Field(_))) && !is_value_next;
                if is_name {
                    if let Some(Step::Field(name)) = path.last_mut() {
                        *name = word;
                    }
                } else {
                    note(&mut lines, &path, line);
                }
            }
            '{' | '[' => {
                note(&mut lines, &path, line);
                is_value_next = letter == '[';
                path.push(if letter == '{' {
                    Step::Field(String::new())
                } else {
                    Step::Number(1)
                });
            }
            '}' | ']' => {
                path.pop();
            }
            ':' => is_value_next = true,
            ',' => match path.last_mut() {
                Some(Step::Number(number)) => *number += 1,
                _ => is_value_next = false,
            },
            other if other.is_whitespace() => {}
            // A number or word; what follows it belongs to the same entry.
            _ => note(&mut lines, &path, line),
        }
    }
    lines
}

enum Step {
    Field(String),
    Number(usize),
}

/// Keeps the line of a field of the profile or of an entry of its lists; the first counts.
fn note(lines: &mut BTreeMap<String, u64>, path: &[Step], line: u64) {
    let key = match path {
        [Step::Field(top), Step::Field(field)] if top == "profile" => field.clone(),
        [Step::Field(top), Step::Field(field), Step::Number(number)] if top == "profile" => {
            format!("{field}/{number}")
        }
        [Step::Field(top)] if top == "profile" => top.clone(),
        _ => return,
    };
    lines.entry(key).or_insert(line);
}

/// The rest of a string whose first quote was read; escapes stay as they are.
fn string(letters: &mut impl Iterator<Item = char>) -> String {
    let mut word = String::new();
    let mut is_escaped = false;
    for letter in letters {
        match letter {
            '"' if !is_escaped => break,
            '\\' if !is_escaped => is_escaped = true,
            _ => is_escaped = false,
        }
        word.push(letter);
    }
    word
}

#[cfg(test)]
mod tests {
    use domain::language::Language;
    use domain::level::LanguageLevel;
    use domain::profile::{Experience, LanguageSkill, PoolChoice, WorkKind};
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn told(words: &str, year: i32) -> Option<Experience> {
        Some(Experience {
            words: words.parse().ok()?,
            occupation: None,
            kind: WorkKind::Informal,
            from: year.to_string().parse().ok(),
            until: None,
            tasks: words.parse().into_iter().collect(),
        })
    }

    fn profile(words: &[String], year: i32) -> Profile {
        let mut profile = Profile {
            work: words.iter().filter_map(|words| told(words, year)).collect(),
            pool: PoolChoice::Listed,
            ..Profile::default()
        };
        profile.languages = vec![LanguageSkill {
            language: Language::NL,
            listening: Some(LanguageLevel::A2),
            speaking: None,
            reading: Some(LanguageLevel::AlfaC),
            writing: None,
        }];
        profile
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            words in proptest::collection::vec("[\\PC]{1,40}", 0..6),
            year in 1950i32..2026,
        ) {
            let told = profile(&words, year);
            let file = write(&told, date!(2026 - 11 - 22));
            let file = file.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let read = read(file.as_bytes());
            let read = read.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!((read.profile, read.faults), (told, Vec::new()));
        }

        #[test]
        fn no_bytes_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(read(&bytes).is_err());
        }
    }

    #[test]
    fn an_entry_that_does_not_fit_is_named_with_its_line() -> Outcome {
        let told = profile(&["lassen".to_owned(), "koken \"thuis\"".to_owned()], 2009);
        let file = write(&told, date!(2026 - 11 - 22))?;
        let broken = file.replacen("\"informal\"", "\"secret\"", 1);
        let broken = broken.replace("\"pool\": \"listed\"", "\"pool\": 7,\n    \"passport\": 1");
        let found = read(broken.as_bytes())?;
        assert_eq!(found.profile.work, told.work[1..]);
        assert_eq!(found.profile.pool, PoolChoice::NotAsked);
        let faults: Vec<(&str, &EntryReason)> = found
            .faults
            .iter()
            .map(|fault| (fault.entry.as_str(), &fault.reason))
            .collect();
        let line = |entry: &str| {
            let mut faults = found.faults.iter();
            let fault = faults.find(|fault| fault.entry == entry)?;
            broken.lines().nth(fault.line? as usize - 1)
        };
        assert_eq!(line("pool"), Some("    \"pool\": 7,"));
        let passport = line("passport").map(|line| line.trim_matches([' ', ',']));
        assert_eq!(passport, Some("\"passport\": 1"));
        assert_eq!(line("work/1").map(str::trim), Some("{"));
        assert!(faults.contains(&("passport", &EntryReason::UnknownField)));
        assert_eq!(faults.len(), 3);
        Ok(())
    }

    #[test]
    fn what_is_no_profile_is_refused_as_a_whole() {
        let big = vec![b' '; LARGEST_PROFILE + 1];
        assert!(matches!(read(&big), Err(ProfileFileError::TooLarge)));
        assert!(matches!(read(b"\xff"), Err(ProfileFileError::NotText)));
        assert!(matches!(
            read(b"{\n\n\"format\": }"),
            Err(ProfileFileError::Json { line: 3 })
        ));
        assert!(matches!(read(b"[]"), Err(ProfileFileError::OtherFormat)));
        let newer = br#"{"format": "werkbrug-profile", "version": 2, "profile": {}}"#;
        assert!(matches!(
            read(newer),
            Err(ProfileFileError::OtherVersion(2))
        ));
    }
}
