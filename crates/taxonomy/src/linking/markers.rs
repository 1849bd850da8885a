//! Cuts folded text into words and drops the marks of grammatical gender.
//!
//! `(m/w/d)`, `m/v/x`, `medewerk(st)er`, `Verkäufer/-in`, `vendeur/euse`,
//! `conducteur d'autobus/conductrice d'autobus`: one person noun stays, the first.

use super::language::LanguageProfile;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Slash,
    Hyphen,
    Open,
    Close,
    Other,
}

#[derive(Clone, Copy)]
struct Piece<'a> {
    kind: Kind,
    text: &'a str,
    /// No space between this piece and the one before it.
    glued: bool,
}

/// The words of `folded` in reading order, each once, at most `limit`.
pub(super) fn split_words(folded: &str, profile: &LanguageProfile, limit: usize) -> Vec<String> {
    let pieces = pieces(folded, profile, limit * 4);
    let mut words: Vec<String> = Vec::new();
    let mut after_slash = false;
    let mut at = 0;
    while at < pieces.len() && words.len() < limit {
        let rest = pieces.get(at..).unwrap_or_default();
        if let Some(length) = letter_group(rest) {
            at += length;
            continue;
        }
        let Some(piece) = rest.first() else { break };
        at += 1;
        match piece.kind {
            Kind::Slash => after_slash = true,
            Kind::Word => {
                let (word, used) = bracketed(rest, profile);
                at += used;
                let follows_slash = at >= 2 && slash_before(&pieces, at - 1 - used);
                if after_slash && is_other_gender(&words, &word, follows_slash, profile) {
                    continue;
                }
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            _ => {}
        }
    }
    words
}

/// Length of a group of single letters parted by slashes (`m/v/x`), if `pieces` starts with one.
fn letter_group(pieces: &[Piece<'_>]) -> Option<usize> {
    let single =
        |piece: &Piece<'_>| piece.kind == Kind::Word && piece.text.chars().nth(1).is_none();
    let mut length = 0;
    if !pieces.first().is_some_and(single) {
        return None;
    }
    while let [_, slash, letter, ..] = pieces.get(length..)? {
        if slash.kind != Kind::Slash || !single(letter) {
            break;
        }
        length += 2;
    }
    (length > 0).then_some(length + 1)
}

/// The word that starts `pieces`, a bracketed ending resolved, and how many more pieces it used.
fn bracketed(pieces: &[Piece<'_>], profile: &LanguageProfile) -> (String, usize) {
    let plain = |text: &str| (text.to_owned(), 0);
    match pieces {
        [word, open, inner, close, tail @ ..]
            if open.kind == Kind::Open
                && open.glued
                && inner.kind == Kind::Word
                && close.kind == Kind::Close =>
        {
            let short = inner.text.chars().count() <= 4;
            match tail.first() {
                Some(next) if next.kind == Kind::Word && next.glued && short => {
                    (format!("{}{}", word.text, next.text), 4)
                }
                _ if short || profile.feminine.contains(&inner.text) => (word.text.to_owned(), 3),
                _ => plain(word.text),
            }
        }
        [word, open, hyphen, inner, close, ..]
            if open.kind == Kind::Open
                && hyphen.kind == Kind::Hyphen
                && inner.kind == Kind::Word
                && close.kind == Kind::Close =>
        {
            (word.text.to_owned(), 4)
        }
        [word, ..] => plain(word.text),
        [] => plain(""),
    }
}

/// Whether the word at `index` stands right behind a slash, a hyphen between them or not.
fn slash_before(pieces: &[Piece<'_>], index: usize) -> bool {
    let kind = |back: usize| {
        index
            .checked_sub(back)
            .and_then(|i| pieces.get(i))
            .map(|p| p.kind)
    };
    kind(1) == Some(Kind::Slash) || (kind(1) == Some(Kind::Hyphen) && kind(2) == Some(Kind::Slash))
}

/// Whether `word`, behind a slash, only repeats an earlier word in the other gender.
fn is_other_gender(words: &[String], word: &str, direct: bool, profile: &LanguageProfile) -> bool {
    if direct && profile.feminine.contains(&word) {
        return true;
    }
    words.iter().any(|earlier| {
        let shared = earlier
            .chars()
            .zip(word.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let (one, other) = (earlier.chars().count(), word.chars().count());
        let ending = one.max(other) - shared;
        if direct {
            shared >= 3 && shared * 2 >= one.min(other) && ending <= 7
        } else {
            shared >= 4 && ending <= 4
        }
    })
}

fn pieces<'a>(text: &'a str, profile: &LanguageProfile, limit: usize) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        if pieces.len() >= limit {
            break;
        }
        let length = word_length(rest, profile);
        let (kind, taken) = if length > 0 {
            (Kind::Word, length)
        } else {
            (kind_of(first), first.len_utf8())
        };
        let (text, tail) = rest.split_at(taken);
        rest = tail;
        if first.is_whitespace() {
            glued = false;
            continue;
        }
        pieces.push(Piece { kind, text, glued });
        glued = true;
    }
    pieces
}

fn kind_of(letter: char) -> Kind {
    match letter {
        '/' | '*' | ':' | '_' | '|' | '\\' => Kind::Slash,
        '-' => Kind::Hyphen,
        '(' | '[' | '{' => Kind::Open,
        ')' | ']' | '}' => Kind::Close,
        _ => Kind::Other,
    }
}

/// Bytes of the word that `text` starts with; `c++`, `c#` and, where a language has it, an
/// apostrophe inside belong to it.
fn word_length(text: &str, profile: &LanguageProfile) -> usize {
    let mut length = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next_is_letter = letters
            .peek()
            .is_some_and(|(_, next)| next.is_alphanumeric());
        let inside = match letter {
            '+' | '#' => length > 0,
            '\'' => length > 0 && profile.apostrophe_joins && next_is_letter,
            _ => letter.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        length = at + letter.len_utf8();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, language: &str) -> String {
        split_words(text, LanguageProfile::of(language), 40).join(" ")
    }

    #[test]
    fn letter_groups_go() {
        assert_eq!(split("verkoper (m/v/x) 32 uur", "nl"), "verkoper 32 uur");
        assert_eq!(split("koch m/w/d", "de"), "koch");
        assert_eq!(split("caissier h/f", "fr"), "caissier");
    }

    #[test]
    fn bracketed_endings_go() {
        assert_eq!(
            split("medewerk(st)er bediening", "nl"),
            "medewerker bediening"
        );
        assert_eq!(split("vendeur(euse)", "fr"), "vendeur");
        assert_eq!(split("lehrer(-in)", "de"), "lehrer");
        assert_eq!(split("(hoofd)docent", "nl"), "hoofd docent");
        assert_eq!(split("monteur (elektro)", "nl"), "monteur elektro");
    }

    #[test]
    fn second_gender_goes() {
        assert_eq!(split("verkoper/verkoopster", "nl"), "verkoper");
        assert_eq!(
            split("verkaufer/-in im handel", "de"),
            "verkaufer im handel"
        );
        assert_eq!(split("pfleger*in", "de"), "pfleger");
        assert_eq!(
            split("vendeur / vendeuse de tissus", "fr"),
            "vendeur de tissus"
        );
        assert_eq!(
            split("conducteur d'autobus/conductrice d'autobus", "fr"),
            "conducteur d autobus"
        );
    }

    #[test]
    fn other_slashes_part_words() {
        assert_eq!(
            split("bedrijfsleider / ondernemer", "nl"),
            "bedrijfsleider ondernemer"
        );
        assert_eq!(split("c++/c# programmer", "en"), "c++ c# programmer");
    }

    #[test]
    fn apostrophes_join_only_where_they_are_letters() {
        assert_eq!(split("комп'ютер", "uk"), "комп'ютер");
        assert_eq!(split("d'office", "fr"), "d office");
    }
}
