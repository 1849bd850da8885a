//! Messages in the languages of the user interface, written in Fluent.
//!
//! The files stand in `messages/LANGUAGE/TOPIC.ftl` and are built into the program.
//! A file says in a comment how far it was checked (`### status: draft`), a single message may say
//! otherwise (`# status: reviewed`).
//! Dutch is the source; the other languages are translations of it.

use std::collections::BTreeMap;

use domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Comment, Entry};
use unic_langid::LanguageIdentifier;

use crate::isolation;

/// Files of one language: topic, content.
type Files = [(&'static str, &'static str); TOPICS];

/// Files per language.
const TOPICS: usize = 13;

macro_rules! files {
    ($code:literal) => {
        files!(
            $code: "shell", "catalogue", "texts", "errors", "login", "newcomer", "guiding",
            "plan", "employer", "commitments", "monitor", "mine", "access"
        )
    };
    ($code:literal: $($topic:literal),+) => {
        [$((
            $topic,
            include_str!(concat!("../messages/", $code, "/", $topic, ".ftl")),
        )),+]
    };
}

/// In the order of [`Language::interface`].
const SOURCES: [(&str, Files); 7] = [
    ("nl", files!("nl")),
    ("en", files!("en")),
    ("ar", files!("ar")),
    ("uk", files!("uk")),
    ("ti", files!("ti")),
    ("tr", files!("tr")),
    ("fa", files!("fa")),
];

/// How far a message has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageStatus {
    /// Written or translated; no speaker who knows the field has checked it.
    Draft,
    /// Checked by such a speaker.
    Reviewed,
}

/// A value put into a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'a> {
    /// A text, shown as it is.
    Text(&'a str),
    /// A number, which also selects the plural form.
    Number(u64),
}

/// The built-in files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    /// A file is not Fluent.
    #[error("messages {file}: {reason}")]
    Syntax {
        /// Language and topic.
        file: String,
        /// First fault the parser found.
        reason: String,
    },
    /// A key stands twice in one language.
    #[error("messages {file}: {reason}")]
    Duplicate {
        /// Language and topic.
        file: String,
        /// What the library said.
        reason: String,
    },
    /// A status other than `draft` and `reviewed`.
    #[error("messages {file}: unknown status {status:?}")]
    Status {
        /// Language and topic.
        file: String,
        /// The word that was found.
        status: String,
    },
    /// A language has no files, or its code is not understood by the library.
    #[error("language {language} has no messages")]
    Language {
        /// The language.
        language: Language,
    },
}

/// All messages, ready to be used.
pub struct Messages {
    /// In the order of [`Language::interface`].
    languages: Vec<OneLanguage>,
}

struct OneLanguage {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    statuses: BTreeMap<String, MessageStatus>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages")
            .field("languages", &self.languages.len())
            .finish_non_exhaustive()
    }
}

impl Messages {
    /// Reads the built-in files.
    ///
    /// # Errors
    /// Fails when a file is broken; the tests of this crate make sure that none is built in.
    pub fn load() -> Result<Messages, MessagesError> {
        let languages = Language::interface()
            .map(|language| {
                let files = SOURCES
                    .iter()
                    .find(|(code, _)| *code == language.code())
                    .map(|(_, files)| files)
                    .ok_or(MessagesError::Language { language })?;
                OneLanguage::load(language, files)
            })
            .collect::<Result<_, _>>()?;
        Ok(Messages { languages })
    }

    /// The text of a message, for HTML: arguments keep their isolation marks.
    ///
    /// A language without the message falls back to Dutch; a key that is nowhere gives the key
    /// between `⟦` and `⟧`, which a test looks for on every page.
    #[must_use]
    pub fn text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> String {
        [language, Language::NL]
            .iter()
            .find_map(|&language| self.of(language)?.format(key, arguments))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// As [`Messages::text`], for titles, attributes, files: without isolation marks.
    #[must_use]
    pub fn plain(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> String {
        isolation::strip(&self.text(language, key, arguments))
    }

    /// How far a message has been checked in a language; `None` when it is not there.
    #[must_use]
    pub fn status(&self, language: Language, key: &str) -> Option<MessageStatus> {
        self.of(language)?.statuses.get(key).copied()
    }

    /// How many messages a language has, and how many of them are reviewed.
    #[must_use]
    pub fn n_reviewed(&self, language: Language) -> (usize, usize) {
        self.of(language).map_or((0, 0), |own| {
            let reviewed = own.statuses.values();
            let reviewed = reviewed.filter(|status| **status == MessageStatus::Reviewed);
            (own.statuses.len(), reviewed.count())
        })
    }

    /// Keys of a language, ascending.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.of(language)
            .into_iter()
            .flat_map(|own| own.statuses.keys().map(String::as_str))
    }

    fn of(&self, language: Language) -> Option<&OneLanguage> {
        self.languages.iter().find(|own| own.language == language)
    }
}

impl OneLanguage {
    fn load(language: Language, files: &Files) -> Result<OneLanguage, MessagesError> {
        // Digits are the same in all languages, so plurals are all the library needs to know.
        let identifier: LanguageIdentifier = language
            .code()
            .parse()
            .map_err(|_| MessagesError::Language { language })?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        let mut statuses = BTreeMap::new();
        for (topic, content) in files {
            let file = format!("{language}/{topic}");
            read_statuses(&file, content, &mut statuses)?;
            let resource = FluentResource::try_new((*content).to_owned())
                .map_err(|(_, errors)| syntax(&file, &errors))?;
            bundle
                .add_resource(resource)
                .map_err(|errors| MessagesError::Duplicate {
                    file,
                    reason: errors.first().map(ToString::to_string).unwrap_or_default(),
                })?;
        }
        Ok(OneLanguage {
            language,
            bundle,
            statuses,
        })
    }

    fn format(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(
                (*name).to_owned(),
                match argument {
                    Argument::Text(text) => FluentValue::from((*text).to_owned()),
                    Argument::Number(number) => FluentValue::from(*number),
                },
            );
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut errors);
        // A message with a missing argument is as wrong as a missing message.
        errors.is_empty().then(|| text.into_owned())
    }
}

/// The parser for running drops comments, so the statuses are read with the full one.
fn read_statuses(
    file: &str,
    content: &str,
    statuses: &mut BTreeMap<String, MessageStatus>,
) -> Result<(), MessagesError> {
    let resource =
        fluent_syntax::parser::parse(content).map_err(|(_, errors)| syntax(file, &errors))?;
    let mut of_file = MessageStatus::Draft;
    for entry in resource.body {
        match entry {
            Entry::ResourceComment(comment) => {
                of_file = status_in(file, &comment)?.unwrap_or(of_file);
            }
            Entry::Message(message) => {
                let own = match &message.comment {
                    Some(comment) => status_in(file, comment)?,
                    None => None,
                };
                statuses.insert(message.id.name.to_owned(), own.unwrap_or(of_file));
            }
            _ => {}
        }
    }
    Ok(())
}

fn status_in(file: &str, comment: &Comment<&str>) -> Result<Option<MessageStatus>, MessagesError> {
    let found = comment
        .content
        .iter()
        .find_map(|line| line.trim().strip_prefix("status:"));
    match found.map(str::trim) {
        None => Ok(None),
        Some("draft") => Ok(Some(MessageStatus::Draft)),
        Some("reviewed") => Ok(Some(MessageStatus::Reviewed)),
        Some(other) => Err(MessagesError::Status {
            file: file.to_owned(),
            status: other.to_owned(),
        }),
    }
}

fn syntax(file: &str, errors: &[fluent_syntax::parser::ParserError]) -> MessagesError {
    MessagesError::Syntax {
        file: file.to_owned(),
        reason: errors.first().map(ToString::to_string).unwrap_or_default(),
    }
}

/// The file of each language as it stands in the repository, for checks on the texts themselves.
#[must_use]
pub fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
    SOURCES
        .iter()
        .find(|(code, _)| *code == language.code())
        .map_or(&[], |(_, files)| files.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(messages: &Messages, language: Language, n: u64) -> String {
        messages.plain(language, "points", &[("count", Argument::Number(n))])
    }

    #[test]
    fn plurals_follow_the_language() -> Result<(), MessagesError> {
        let messages = Messages::load()?;
        assert_eq!(count(&messages, Language::NL, 1), "1 punt");
        assert_eq!(count(&messages, Language::NL, 0), "0 punten");
        assert_eq!(count(&messages, Language::AR, 2), "نقطتان");
        assert_eq!(count(&messages, Language::AR, 5), "5 نقاط");
        assert_eq!(count(&messages, Language::AR, 11), "11 نقطة");
        assert_eq!(count(&messages, Language::UK, 3), "3 пункти");
        assert_eq!(count(&messages, Language::UK, 21), "21 пункт");
        Ok(())
    }

    #[test]
    fn arguments_are_isolated_in_text_and_not_in_plain_text() -> Result<(), MessagesError> {
        let messages = Messages::load()?;
        let arguments = [("label", Argument::Text("kok"))];
        assert_eq!(
            messages.text(Language::AR, "in-dutch", &arguments),
            "بالهولندية: \u{2068}kok\u{2069}"
        );
        assert_eq!(
            messages.plain(Language::AR, "in-dutch", &arguments),
            "بالهولندية: kok"
        );
        Ok(())
    }

    #[test]
    fn a_missing_key_or_argument_can_be_seen() -> Result<(), MessagesError> {
        let messages = Messages::load()?;
        assert_eq!(
            messages.text(Language::TI, "no-such-key", &[]),
            "⟦no-such-key⟧"
        );
        assert_eq!(messages.text(Language::TI, "in-dutch", &[]), "⟦in-dutch⟧");
        Ok(())
    }

    #[test]
    fn statuses_are_read_from_comments() -> Result<(), MessagesError> {
        let mut statuses = BTreeMap::new();
        let text = "### status: draft\n\na = A\n\n# status: reviewed\nb = B\n";
        read_statuses("xx/test", text, &mut statuses)?;
        assert_eq!(statuses.get("a"), Some(&MessageStatus::Draft));
        assert_eq!(statuses.get("b"), Some(&MessageStatus::Reviewed));
        assert!(read_statuses("xx/test", "### status: good\n", &mut statuses).is_err());
        Ok(())
    }
}
