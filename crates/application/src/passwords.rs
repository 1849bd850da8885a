//! Which passwords may be chosen, and comparing them.
//!
//! A password is refused that everybody tries first (`data/passwords/`), that is such a one in
//! disguise, or that is made of words around its owner (NIST SP 800-63B-4, section 3.1.1.2; ASVS
//! 6.2.4 and 6.2.11). No rule asks for capitals, digits or signs.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use vault::password::StoredPassword;

use crate::{Application, ApplicationError, InvalidInput};

/// The most used passwords, the most used first; lines with `#` are comments.
const MOST_USED: &str = include_str!("../../../data/passwords/well_known.txt");

/// Words that are likely here.
const DUTCH: &str = include_str!("../../../data/passwords/dutch.txt");

/// Name of the program, which nobody should build a password on.
const PROGRAM: &str = "werkbrug";

/// Shortest word around the owner that must not occur; a shorter one would refuse nearly
/// everything.
const SHORTEST_WORD: usize = 4;

/// Fewest different characters.
const LEAST_VARIETY: usize = 5;

static WELL_KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    [MOST_USED, DUTCH]
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect()
});

/// Refuses passwords that are easy to guess; `around` holds names of the owner, the organisation
/// and the like.
///
/// # Errors
/// [`InvalidInput::Password`].
pub(crate) fn check<'a>(
    password: &str,
    around: impl IntoIterator<Item = &'a str>,
) -> Result<(), InvalidInput> {
    let lower = password.to_lowercase();
    let variety: BTreeSet<char> = lower.chars().collect();
    let is_guessable = variety.len() < LEAST_VARIETY
        || is_run(&lower)
        || is_well_known(&lower)
        || is_well_known(&undisguised(&lower))
        || is_well_known(&undisguised(
            lower.trim_matches(|c: char| !c.is_alphabetic()),
        ))
        || has_word_around(&lower, around);
    if is_guessable {
        Err(InvalidInput::Password)
    } else {
        Ok(())
    }
}

/// Whether it is a well-known password, alone, repeated, or with digits and signs around it.
fn is_well_known(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_alphabetic());
    let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    [text, core, &joined]
        .into_iter()
        .any(|part| WELL_KNOWN.contains(part) || WELL_KNOWN.contains(repeated_part(part)))
}

/// The part that a text is made of by repeating it; the text itself when it repeats nothing.
fn repeated_part(text: &str) -> &str {
    (1..=text.len() / 2)
        .filter(|length| text.len().is_multiple_of(*length))
        .filter_map(|length| text.get(..length))
        .find(|part| part.repeat(text.len() / part.len()) == text)
        .unwrap_or(text)
}

/// The text without the usual replacements of letters.
fn undisguised(text: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// Whether most characters just follow the one before, as in `abcdefghijkl` and `987654321098`.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = codes.windows(2).filter(|pair| match pair {
        [one, next] => (next - one).abs() == 1,
        _ => false,
    });
    steps.count() * 4 >= codes.len() * 3
}

fn has_word_around<'a>(password: &str, around: impl IntoIterator<Item = &'a str>) -> bool {
    let mut texts = around.into_iter().chain([PROGRAM]);
    texts.any(|text| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= SHORTEST_WORD)
            .any(|word| password.contains(word))
    })
}

impl Application {
    /// Hashes a password on a thread where it holds nobody up.
    pub(crate) async fn hash(&self, password: &str) -> Result<StoredPassword, ApplicationError> {
        self.hashing.hash(password, self.random()).await
    }

    /// Compares a password with a stored one, or for as long with one that nothing matches.
    pub(crate) async fn matches_password(
        &self,
        stored: Option<&StoredPassword>,
        password: &str,
    ) -> Result<bool, ApplicationError> {
        let stored = stored.unwrap_or(&self.unmatchable).clone();
        self.hashing.matches(stored, password).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(password: &str) -> bool {
        check(
            password,
            ["fictie.collega@voorbeeldstad.example", "Gemeente Testdam"],
        )
        .is_err()
    }

    #[test]
    fn the_list_is_long_enough() {
        // ASVS 6.2.4 asks for at least the 3000 most used that a password may be.
        assert!(WELL_KNOWN.len() > 9_000, "{}", WELL_KNOWN.len());
    }

    #[test]
    fn every_well_known_password_is_refused() {
        let accepted: Vec<&str> = WELL_KNOWN
            .iter()
            .copied()
            .filter(|known| check(known, []).is_ok())
            .collect();
        assert_eq!(accepted, Vec::<&str>::new());
    }

    #[test]
    fn disguises_do_not_help() {
        for bad in [
            "Wachtwoord2026!",
            "W@chtw00rd2026",
            "P4$$w0rd123456",
            "welkomwelkom",
            "Sunshine!!2024",
            "!!iloveyou!!!",
            "qwertyuiop123",
            "aaaaaaaaaaaaaaa",
            "ababababababab",
            "abcdefghijklm",
            "987654321098",
        ] {
            assert!(is_refused(bad), "{bad}");
        }
    }

    #[test]
    fn words_around_the_owner_do_not_help() {
        for bad in [
            "collega en fiets",
            "voorbeeldstad rules",
            "ik hou van testdam",
            "mijn werkbrug 77",
        ] {
            assert!(is_refused(bad), "{bad}");
        }
    }

    #[test]
    fn a_sentence_is_taken_in_every_script() {
        for good in [
            "drie groene fietsen",
            "vier houten bruggen",
            "три зелені велосипеди",
            "ثلاث دراجات خضراء",
            "ሰለስተ ቀጠልያ ብሽክለታ",
            "correct horse battery staple",
        ] {
            assert!(!is_refused(good), "{good}");
        }
        // A short name would refuse nearly everything.
        assert!(check("drie groene fietsen", ["en@a.b"]).is_ok());
    }
}
