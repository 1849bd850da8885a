//! Rules that hold for all messages in all languages together.

use std::collections::{BTreeMap, BTreeSet};

use domain::language::{Language, Script};
use language::messages::sources;
use language::{Messages, isolation, plain_dutch};

/// Dutch messages that may break a rule of plain Dutch: key and reason.
const NOT_PLAIN_ENOUGH: [(&str, &str); 0] = [];

/// Key → source text of the message, of one language.
fn texts(language: Language) -> BTreeMap<&'static str, String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (_, content) in sources(language) {
        let mut key = "";
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, rest)) = line.split_once(" = ")
                && !name.starts_with(' ')
            {
                key = name;
                texts.insert(key, rest.to_owned());
            } else if let Some(text) = texts.get_mut(key) {
                text.push('\n');
                text.push_str(line);
            }
        }
    }
    texts
}

/// Names of the arguments in a message.
fn arguments(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
        .collect()
}

/// What a person reads of a message: without keys of plural forms and without arguments.
fn wording(text: &str) -> String {
    let mut words = String::new();
    let mut depth = 0;
    for part in text.split_inclusive(['{', '}']) {
        if depth == 0 || text.contains("->") {
            words.push_str(part.trim_end_matches(['{', '}']));
        }
        match part.chars().last() {
            Some('{') => depth += 1,
            Some('}') => depth -= 1,
            _ => {}
        }
    }
    words
}

#[test]
fn every_language_has_the_same_keys_with_the_same_arguments() {
    let dutch = texts(Language::NL);
    assert!(dutch.len() > 100, "the files are read");
    for language in Language::interface() {
        let own = texts(language);
        let keys: Vec<_> = own.keys().collect();
        assert_eq!(keys, dutch.keys().collect::<Vec<_>>(), "{language}");
        for (key, text) in &own {
            // A form for one or two may leave the number out, so all forms together count.
            assert_eq!(arguments(text), arguments(&dutch[key]), "{language}: {key}");
        }
    }
}

#[test]
fn the_program_sees_what_the_files_hold() -> Result<(), Box<dyn std::error::Error>> {
    let messages = Messages::load()?;
    for language in Language::interface() {
        let keys: Vec<&str> = messages.keys(language).collect();
        assert_eq!(
            keys,
            texts(language).into_keys().collect::<Vec<_>>(),
            "{language}"
        );
    }
    Ok(())
}

#[test]
fn no_message_holds_markup_or_marks_of_direction() {
    for language in Language::interface() {
        for (key, text) in texts(language) {
            assert!(
                !text.contains(['<', '&']) && !text.contains("->>"),
                "{language}: {key}"
            );
            assert_eq!(isolation::strip(&text), text, "{language}: {key}");
        }
    }
}

#[test]
fn every_language_is_written_in_its_own_script() {
    for language in Language::interface().filter(|l| l.script() != Script::Latin) {
        for (key, text) in texts(language) {
            if matches!(key, "quoted" | "level") {
                continue;
            }
            let own = text
                .chars()
                .filter(|&c| language.script().contains(c))
                .count();
            assert!(own > 1, "{language}: {key}: {text}");
        }
    }
}

#[test]
fn plural_forms_are_those_of_the_language() {
    let forms = |language: Language| -> &[&str] {
        match language.code() {
            "ar" => &["zero", "one", "two", "few", "many", "other"],
            "uk" => &["one", "few", "many", "other"],
            _ => &["one", "other"],
        }
    };
    for language in Language::interface() {
        for (key, text) in texts(language) {
            if text.contains("$count ->") {
                for form in forms(language) {
                    assert!(
                        text.contains(&format!("[{form}]")),
                        "{language}: {key}: {form}"
                    );
                }
            }
        }
    }
}

#[test]
fn dutch_is_plain() {
    for (key, text) in texts(Language::NL) {
        let found = plain_dutch::check(&wording(&text));
        let excused = NOT_PLAIN_ENOUGH.iter().any(|(name, _)| *name == key);
        assert!(found.is_empty() != excused, "{key}: {found:?}");
    }
}
