//! Members and parties in running text: `het lid Jansen (XYZ)`, `de leden A (X) en B (Y) c.s.`.
//!
//! This module must not know who is a member; `lint` compares names with a list.

use serde::{Deserialize, Serialize};

use crate::place::Span;
use crate::read::token::Gap;
use crate::read::words::Words;

/// A member as named in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    /// The name as written, without the word before it.
    pub name: String,
    /// The party as a code, when the text gives it.
    pub party: Option<Party>,
}

/// A parliamentary group, by the short name in use in the Chamber.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Party(String);

impl Party {
    /// The party with this name, long or short, or `None` when it is not a known one.
    #[must_use]
    pub fn known(name: &str) -> Option<Party> {
        let flat = fold(name);
        PARTIES
            .iter()
            .find(|(_, names)| names.iter().any(|known| fold(known) == flat))
            .map(|(code, _)| Party((*code).to_owned()))
    }

    /// The short name.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// Groups in the Chamber since 2017 with the names texts use for them; the first is the code.
const PARTIES: [(&str, &[&str]); 24] = [
    ("VVD", &["VVD"]),
    ("D66", &["D66", "D'66"]),
    ("PVV", &["PVV"]),
    ("CDA", &["CDA"]),
    ("SP", &["SP"]),
    ("PvdA", &["PvdA", "PVDA"]),
    ("GL", &["GL", "GroenLinks"]),
    (
        "GL-PvdA",
        &[
            "GL-PvdA",
            "GroenLinks-PvdA",
            "PvdA-GroenLinks",
            "GroenLinks/PvdA",
        ],
    ),
    ("PvdD", &["PvdD", "Partij voor de Dieren"]),
    ("CU", &["CU", "ChristenUnie", "Christen Unie"]),
    ("FVD", &["FVD", "FvD", "Forum voor Democratie"]),
    ("DENK", &["DENK"]),
    ("SGP", &["SGP"]),
    ("Volt", &["Volt"]),
    ("JA21", &["JA21"]),
    ("BBB", &["BBB", "BoerBurgerBeweging"]),
    ("BIJ1", &["BIJ1"]),
    ("NSC", &["NSC", "Nieuw Sociaal Contract"]),
    ("50PLUS", &["50PLUS", "50-PLUS"]),
    ("Groep Van Haga", &["Groep Van Haga", "GVH", "BVNL"]),
    ("Lid Omtzigt", &["Lid Omtzigt", "Omtzigt"]),
    ("Fractie Den Haan", &["Fractie Den Haan", "Den Haan"]),
    ("Lid Gündoğan", &["Lid Gündoğan", "Gündoğan"]),
    ("Lid Ephraim", &["Lid Ephraim", "Ephraim"]),
];

fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words inside a Dutch surname that may be small.
const PARTICLES: [&str; 19] = [
    "van", "de", "der", "den", "ten", "ter", "te", "het", "'t", "’t", "el", "al", "bin", "la",
    "le", "von", "du", "op", "in",
];

/// Words before a name that say it is a member's.
const TITLES: [&str; 9] = [
    "lid",
    "leden",
    "kamerlid",
    "kamerleden",
    "heer",
    "mevrouw",
    "mw",
    "dhr",
    "heren",
];

/// Members named together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The members in order, each with the place of name and party.
    pub members: Vec<(Member, Span)>,
    /// Whether others joined (`c.s.`).
    pub and_others: bool,
    /// Number of tokens from the first name on.
    pub len: usize,
    /// The place of all of it.
    pub span: Span,
}

/// Whether the word at `at` announces names of members.
#[must_use]
pub fn title(words: Words<'_>, at: usize) -> bool {
    words.any(at, &TITLES)
}

/// The members named after the title at `at` (`de leden`, `het lid`, `Kamerlid`).
#[must_use]
pub fn after_title(words: Words<'_>, at: usize) -> Option<(usize, Named)> {
    if !title(words, at) {
        return None;
    }
    let mut start = at + 1;
    start += usize::from(words.is(start, "."));
    // `lid van de Kamer` is no name.
    if words.is(start, "van") && !words.is_capital(start) && !words.is_capital(start + 1) {
        return None;
    }
    let named = names(words, start)?;
    Some((start, named))
}

/// The names that start at `at`.
#[must_use]
pub fn names(words: Words<'_>, at: usize) -> Option<Named> {
    let mut members = Vec::new();
    let mut end = at;
    let mut and_others = false;
    while let Some((member, span, taken)) = name(words, end) {
        members.push((member, span));
        end += taken;
        if words.any(end, &["c.s.", "cs"]) {
            and_others = true;
            end += 1;
            break;
        }
        // Another name must follow the comma, the slash or the `en`.
        let mut next = end;
        if words.any(next, &[",", "en", "/"]) {
            next += 1;
            next += usize::from(words.is(next, "en"));
            while title(words, next) || words.any(next, &["het", "de"]) && title(words, next + 1) {
                next += 1;
            }
        }
        if next == end || name(words, next).is_none() {
            break;
        }
        end = next;
    }
    (!members.is_empty()).then(|| Named {
        members,
        and_others,
        len: end - at,
        span: words.part(at, end).span(),
    })
}

/// One name with its party: the member, its place and its number of tokens.
fn name(words: Words<'_>, at: usize) -> Option<(Member, Span, usize)> {
    let mut end = at;
    let mut capitals = 0;
    loop {
        // An initial keeps its dot: `C. Bakker`.
        let initial = words
            .get(end)
            .is_some_and(|token| token.text.chars().count() == 1 && words.is_capital(end));
        let particle = words.any(end, &PARTICLES);
        if words.is_capital(end) && (!particle || words.is_capital(end + 1)) {
            if capitals > 0 && is_not_a_name(words.low(end)) {
                break;
            }
            capitals += usize::from(!particle);
            end += 1;
            end += usize::from(initial && words.is(end, "."));
        } else if particle && leads_to_name(words, end) {
            end += 1;
        } else {
            break;
        }
        if words.mark(end).is_some() || capitals > 5 {
            break;
        }
    }
    if capitals == 0 || (capitals == 1 && is_not_a_name(words.low(at))) {
        return None;
    }
    let name = words.part(at, end).text();
    let mut total = end - at;
    let skip_marks = |place: usize| {
        let mut place = place;
        while words.mark(place).is_some() {
            place += 1;
        }
        place
    };
    let open = skip_marks(end);
    let mut party = None;
    let mut last = end;
    if words.is(open, "(")
        && let Some(close) = (open + 1..open + 6).find(|place| words.is(*place, ")"))
        && let Some(found) = Party::known(&words.part(open + 1, close).text())
    {
        party = Some(found);
        last = close + 1;
        total = skip_marks(close + 1) - at;
    } else if open > end {
        total = open - at;
    }
    let span = words.part(at, last).span();
    Some((Member { name, party }, span, total))
}

/// Whether small particles from `at` on end in a capital: `van der Berg`.
fn leads_to_name(words: Words<'_>, at: usize) -> bool {
    (at + 1..at + 4)
        .find(|place| !words.any(*place, &PARTICLES) || words.is_capital(*place))
        .is_some_and(|place| {
            words.is_capital(place) && words.get(place).is_some_and(|t| t.gap == Gap::Space)
        })
        && !words.any(at, &["in", "op"])
}

/// Capitalised words that stand where a name could but are none.
fn is_not_a_name(low: &str) -> bool {
    matches!(
        low,
        "kamer"
            | "kamerstuk"
            | "kamerstukken"
            | "tweede"
            | "eerste"
            | "staten-generaal"
            | "motie"
            | "rijk"
            | "europees"
            | "minister"
            | "staatssecretaris"
            | "ik"
            | "de"
            | "het"
            | "een"
    )
}

/// The members as a text writes them: `A (X), B (Y) en C`.
#[must_use]
pub fn in_words(members: &[Member]) -> String {
    let mut out = String::new();
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == members.len() {
                " en "
            } else {
                ", "
            });
        }
        out.push_str(&member.name);
        if let Some(party) = &member.party {
            out.push_str(" (");
            out.push_str(party.code());
            out.push(')');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::token::tokens;

    fn read(text: &str) -> String {
        let row = tokens(text, &[Span::new(0, text.len())]);
        let words = Words(&row);
        let at = (0..words.len()).find(|at| title(words, *at)).unwrap_or(0);
        let Some((_, named)) = after_title(words, at) else {
            return "-".to_owned();
        };
        let members: Vec<Member> = named
            .members
            .into_iter()
            .map(|(member, _)| member)
            .collect();
        format!(
            "{}{}",
            in_words(&members),
            if named.and_others { " c.s." } else { "" }
        )
    }

    #[test]
    fn names_are_read_with_parties() {
        assert_eq!(
            read("de leden Piet Van Dalen (SP) en Smit (CDA)1 wordt"),
            "Piet Van Dalen (SP) en Smit (CDA)"
        );
        assert_eq!(read("het lid  Bakker2 (VVD) wordt"), "Bakker (VVD)");
        assert_eq!(
            read("het lid Mulder (Christen Unie) een motie"),
            "Mulder (CU)"
        );
        assert_eq!(read("het lid Vos c.s. over geld"), "Vos c.s.");
        assert_eq!(
            read("de leden El Amrani, Van den Berg-de Wit en C. de Boer (D66) c.s. in"),
            "El Amrani, Van den Berg-de Wit en C. de Boer (D66) c.s."
        );
        assert_eq!(read("het lid van de Kamer"), "-");
        assert_eq!(read("Kamerlid Kaya (DENK) heeft"), "Kaya (DENK)");
        assert_eq!(read("het lid Jong (LKS) en"), "Jong");
    }
}
