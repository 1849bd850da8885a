//! Who speaks and who acts in a sentence: quotations, clauses within clauses, subjects.
//!
//! A promise in somebody else's mouth is no promise of the letter.
//! This module must not know what a promise looks like.

pub(super) use crate::read::clause::is_subordinate;
use crate::read::token::{Token, TokenKind};
use crate::read::verbs;
use crate::read::words::Words;

use super::lexicon::{OUTSIDER_ENDINGS, OUTSIDERS, PRESENT};

/// Quotations up to this number of tokens are names and terms rather than speech.
const SHORT_QUOTATION: usize = 3;

/// For each token whether it stands within a quotation that is closed again.
pub(super) fn quoted(tokens: &[Token]) -> Vec<bool> {
    let mut out = vec![false; tokens.len()];
    let mut opened: Option<(usize, char)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Sign(sign) = token.kind else {
            continue;
        };
        match (opened, sign) {
            (None, '"' | '“' | '„' | '«') => opened = Some((at, sign)),
            (Some((start, open)), '"' | '”' | '“' | '»') if closes(open, sign) => {
                if at - start > SHORT_QUOTATION + 1 {
                    out.iter_mut()
                        .take(at + 1)
                        .skip(start)
                        .for_each(|within| *within = true);
                }
                opened = None;
            }
            _ => {}
        }
    }
    out
}

fn closes(open: char, sign: char) -> bool {
    match open {
        '«' => sign == '»',
        '"' => sign == '"',
        _ => matches!(sign, '”' | '“' | '"'),
    }
}

/// Whether the verb at `at` is denied: `ben niet voornemens`, `zal geen onderzoek doen`.
pub(super) fn is_denied(words: Words<'_>, at: usize) -> bool {
    (at..words.len())
        .take_while(|place| !words.any(*place, &[",", ";", ":", "."]))
        .any(|place| {
            words.any(place, &["niet", "geen", "nooit"])
                && !words.any(
                    place + 1,
                    &["alleen", "slechts", "later", "eerder", "enkel"],
                )
                && !is_subordinate(words, place)
        })
}

/// Whether somebody outside the government is the subject of the main clause and acts:
/// `De netbeheerder voert een proef uit, die volgend jaar wordt afgerond`.
pub(super) fn outsider_acts(words: Words<'_>) -> bool {
    // `Het bureau voert in mijn opdracht een meting uit`: the government has it done.
    let ordered = (0..words.len()).any(|at| {
        words.any(at, &["in", "op"])
            && words.any(at + 1, &["mijn", "ons", "onze"])
            && words.any(at + 2, &["opdracht", "verzoek"])
    });
    if ordered {
        return false;
    }
    let Some(verb) = (1..words.len().min(14)).find(|at| finite(words, *at)) else {
        return false;
    };
    // Who undergoes or receives does not act.
    let undergoes = [
        "wordt",
        "worden",
        "is",
        "zijn",
        "krijgt",
        "krijgen",
        "ontvangt",
        "ontvangen",
    ];
    let passive = words.any(verb, &["zal", "zullen"])
        && words
            .find(verb, &["worden"])
            .is_some_and(|at| !is_subordinate(words, at));
    if passive || words.any(verb, &undergoes) {
        return false;
    }
    let straight = !PREPOSITIONS.contains(&words.low(0)) && has_outsider(words, 0, verb);
    straight || has_outsider(words, verb + 1, verb + 5)
}

/// Prepositions that open a phrase before the verb.
pub(super) const PREPOSITIONS: [&str; 16] = [
    "met", "door", "van", "voor", "aan", "naar", "bij", "op", "over", "tussen", "namens", "onder",
    "in", "uit", "tijdens", "volgens",
];

fn has_outsider(words: Words<'_>, from: usize, to: usize) -> bool {
    (from..to.min(words.len())).any(|at| {
        let within = (1..=2).any(|back| {
            at.checked_sub(back)
                .is_some_and(|before| PREPOSITIONS.contains(&words.low(before)))
        });
        is_outsider(words.low(at)) && !within
    })
}

fn is_outsider(low: &str) -> bool {
    OUTSIDERS.contains(&low) || OUTSIDER_ENDINGS.iter().any(|ending| low.ends_with(ending))
}

/// Whether the token has the shape of a finite verb of the main clause.
fn finite(words: Words<'_>, at: usize) -> bool {
    let low = words.low(at);
    let helps = [
        "zal",
        "zullen",
        "gaat",
        "gaan",
        "komt",
        "komen",
        "heeft",
        "hebben",
        "wil",
        "willen",
        "kan",
        "kunnen",
        "moet",
        "moeten",
        "wordt",
        "worden",
        "is",
        "zijn",
        "krijgt",
        "krijgen",
        "ontvangt",
        "ontvangen",
    ];
    let stem = low.strip_suffix('t').unwrap_or(low);
    let shaped = low.len() >= 5
        && low.ends_with('t')
        && !verbs::participle(low)
        && !words.is_capital(at)
        && (PRESENT.contains(&stem) || low.ends_with("eert") || low.ends_with("rkt"));
    (helps.contains(&low) || shaped) && !is_subordinate(words, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Span;
    use crate::read::token::tokens;

    fn row(text: &str) -> Vec<Token> {
        tokens(text, &[Span::new(0, text.len())])
    }

    #[test]
    fn speech_is_told_from_names_and_from_quotes_left_open() {
        let inside = |text: &str| {
            let row = row(text);
            quoted(&row).into_iter().filter(|within| *within).count()
        };
        assert!(inside("Hij zei: \"Ik zal volgend jaar verkopen.\" Zo ging het.") >= 6);
        assert!(inside("Hij zei: „Ik zal volgend jaar verkopen.”") >= 6);
        assert_eq!(inside("Het rapport «Sneller recht» is af."), 0);
        assert_eq!(inside("Een maat van 3\" breed is wat ik zal gebruiken."), 0);
    }

    #[test]
    fn clauses_within_clauses_are_told_apart() {
        let text = "Een wet waarmee rechters kunnen worden ingezet, wordt in mei gestuurd.";
        let row = row(text);
        let words = Words(&row);
        let can = words.find(0, &["kunnen"]).expect("there");
        let becomes = words.find(0, &["wordt"]).expect("there");
        assert!(is_subordinate(words, can));
        assert!(!is_subordinate(words, becomes));
    }

    #[test]
    fn outsiders_act_or_undergo() {
        for (text, acts) in [
            (
                "De netbeheerder voert een proef uit, die wordt afgerond.",
                true,
            ),
            ("Eind dit jaar komt het planbureau met cijfers.", true),
            ("Gemeenten worden in mei geïnformeerd.", false),
            (
                "Daar zal de opgave van statushouders geagendeerd worden.",
                false,
            ),
            ("Met gemeenten start in mei een proef.", false),
            ("Het besluit wordt in mei genomen.", false),
        ] {
            assert_eq!(outsider_acts(Words(&row(text))), acts, "{text}");
        }
    }
}
