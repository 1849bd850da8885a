//! Clauses within clauses: what does not belong to the main clause of a sentence.
//!
//! This module must not know what a sentence says.

use crate::read::words::Words;

/// Words that open a clause within another.
const OPENERS: [&str; 20] = [
    "of", "hoe", "wie", "omdat", "zodat", "doordat", "als", "indien", "wanneer", "welke", "mits",
    "nadat", "voordat", "terwijl", "hoewel", "tenzij", "die", "dat", "wat", "zodra",
];

/// Words after `als` that make it compare rather than open a clause: `als gevolg van`.
const COMPARED: [&str; 6] = [
    "gevolg",
    "bijlage",
    "onderdeel",
    "afgedaan",
    "uitgevoerd",
    "eerste",
];

/// Most tokens of a clause. An opener further back has nothing to do with a word; without a bound
/// a text without commas would be walked through again for each of its words.
const LONGEST_CLAUSE: usize = 60;

/// Whether the token at `at` stands in a clause within the main clause:
/// `een wet waarmee rechters kunnen worden ingezet`.
pub(crate) fn is_subordinate(words: Words<'_>, at: usize) -> bool {
    for place in (at.saturating_sub(LONGEST_CLAUSE)..at).rev() {
        if words.any(place, &[",", ";", ":", "–", "("]) {
            return false;
        }
        let low = words.low(place);
        let opens = OPENERS.contains(&low) || low.starts_with("waar") && low.len() > 4;
        // `dat overzicht` and `die motie` at the head point at something.
        let points = matches!(low, "dat" | "die" | "welke") && !follows_noun(words, place);
        let compares = low == "als" && words.any(place + 1, &COMPARED);
        if opens && !points && !compares {
            return true;
        }
    }
    false
}

fn follows_noun(words: Words<'_>, at: usize) -> bool {
    at > 0
        && (words.is_word(at - 1) || words.is(at - 1, ","))
        && !words.any(
            at - 1,
            &[
                "en", "maar", "met", "van", "voor", "in", "op", "over", "aan", "bij", "door",
            ],
        )
}
