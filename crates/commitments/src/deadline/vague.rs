//! Terms without a date: `op korte termijn`, `spoedig`, `te zijner tijd`, `de komende jaren`.

use super::{Certainty, Match, Reference};
use crate::read::words::Words;

/// Rows of words that promise a time without naming one; the first is tried first.
const ROWS: [&[&str]; 31] = [
    &["binnen", "enkele", "dagen"],
    &["binnen", "enkele", "weken"],
    &["binnen", "enkele", "maanden"],
    &["binnen", "een", "aantal", "weken"],
    &["binnen", "een", "aantal", "maanden"],
    &["deze", "kabinetsperiode"],
    &["nog", "deze", "kabinetsperiode"],
    &["op", "zeer", "korte", "termijn"],
    &["op", "korte", "termijn"],
    &["op", "afzienbare", "termijn"],
    &["binnen", "afzienbare", "termijn"],
    &["binnen", "afzienbare", "tijd"],
    &["op", "termijn"],
    &["binnen", "de", "gebruikelijke", "termijn"],
    &["zo", "snel", "mogelijk"],
    &["zo", "spoedig", "mogelijk"],
    &["zodra", "mogelijk"],
    &["zo", "snel", "als", "mogelijk"],
    &["te", "zijner", "tijd"],
    &["t.z.t."],
    &["op", "een", "later", "moment"],
    &["op", "een", "later", "tijdstip"],
    &["in", "een", "later", "stadium"],
    &["spoedig"],
    &["binnenkort"],
    &["eerdaags"],
    &["nader"],
    &["onverwijld"],
    &["snel"],
    &["medio", "termijn"],
    &["later"],
];

/// Stretches of time with a word that looks ahead: `de komende maanden`.
const STRETCHES: [&str; 9] = [
    "tijd",
    "periode",
    "jaren",
    "maanden",
    "weken",
    "dagen",
    "kabinetsperiode",
    "kwartalen",
    "termijn",
];

/// Words of [`ROWS`] that are a term only at the start of a sentence or not at all.
const WEAK: [&str; 2] = ["nader", "snel"];

/// Ends of words for papers that come again and again.
const PAPERS: [&str; 9] = [
    "brief",
    "rapportage",
    "monitor",
    "verslag",
    "agenda",
    "overzicht",
    "update",
    "editie",
    "nota",
];

/// The rule of a term that is the next paper of a row.
pub(crate) const NEXT_PAPER: &str = "deadline.next_paper";

/// `in de volgende monitor`, `bij het eerstvolgende verslag`: as late as that paper.
pub(super) fn next_paper(words: Words<'_>, at: usize, _: Reference<'_>) -> Option<Match> {
    if !words.any(at, &["in", "bij", "met", "via", "per"]) {
        return None;
    }
    let start =
        at + 1 + usize::from(words.any(at + 1, &["de", "het", "een", "mijn", "onze", "ons"]));
    if !words.any(start, &["volgende", "eerstvolgende", "komende"]) {
        return None;
    }
    let paper = (start + 1..start + 3)
        .find(|place| PAPERS.iter().any(|end| words.low(*place).ends_with(end)))?;
    Some(Match {
        len: paper + 1 - at,
        interval: None,
        certainty: Certainty::Undated,
        looks_ahead: true,
        rule: NEXT_PAPER,
    })
}

/// The term without a date at `at`.
pub(super) fn term(words: Words<'_>, at: usize, _: Reference<'_>) -> Option<Match> {
    let rows = ROWS
        .iter()
        .filter(|row| words.row(at, row))
        .filter(|row| !(row.len() == 1 && WEAK.contains(&row[0])))
        .map(|row| row.len())
        .max();
    let len = rows.or_else(|| stretch(words, at))?;
    Some(Match {
        len,
        interval: None,
        certainty: Certainty::Undated,
        looks_ahead: true,
        rule: "deadline.undated",
    })
}

fn stretch(words: Words<'_>, at: usize) -> Option<usize> {
    let skip = usize::from(words.any(at, &["in", "gedurende", "voor"]));
    let start = at + skip;
    let article = usize::from(words.any(start, &["de", "het", "deze"]));
    let ahead = words.any(start + article, &["komende", "aankomende", "eerstkomende"]);
    let noun = words.any(start + article + 1, &STRETCHES);
    (ahead && noun).then_some(skip + article + 2)
}
