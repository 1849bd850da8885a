//! Dutch verb forms, as far as they tell past from future: participles, infinitives, auxiliaries.
//!
//! Works on the shape of words, not on a dictionary; small closed lists hold what shape does not
//! show.
//! This module must not know what the verbs mean.

use crate::read::words::Words;

/// Parts that separable verbs put before `ge` (`af-ge-rond`) or before the infinitive.
const PREFIXES: [&str; 42] = [
    "aan",
    "achter",
    "af",
    "bekend",
    "beschikbaar",
    "bij",
    "binnen",
    "deel",
    "door",
    "goed",
    "hoog",
    "in",
    "inzichtelijk",
    "kennis",
    "klaar",
    "los",
    "mede",
    "mee",
    "na",
    "neer",
    "om",
    "onder",
    "op",
    "open",
    "openbaar",
    "over",
    "plaats",
    "rond",
    "samen",
    "stil",
    "tegemoet",
    "tegen",
    "terug",
    "toe",
    "uit",
    "vast",
    "vol",
    "voor",
    "vooruit",
    "weer",
    "wijd",
    "zeker",
];

/// Participles without `ge` that occur in letters: verbs with an unstressed first syllable.
const UNPREFIXED: [&str; 86] = [
    "begonnen",
    "beperkt",
    "belegd",
    "begeleid",
    "benoemd",
    "berekend",
    "beschermd",
    "versneld",
    "verdeeld",
    "vervangen",
    "vergroot",
    "verkleind",
    "vereenvoudigd",
    "verleend",
    "verlegd",
    "verminderd",
    "verplaatst",
    "verscherpt",
    "verschaft",
    "vervolgd",
    "verwijderd",
    "verzorgd",
    "herijkt",
    "heropend",
    "hersteld",
    "ontworpen",
    "ontsloten",
    "onttrokken",
    "aanbesteed",
    "aanvaard",
    "afbesteld",
    "bediend",
    "beëindigd",
    "behaald",
    "behandeld",
    "bekeken",
    "bekrachtigd",
    "benut",
    "benaderd",
    "bepaald",
    "bereikt",
    "besloten",
    "besproken",
    "besteed",
    "betrokken",
    "bevestigd",
    "bevorderd",
    "bezocht",
    "herzien",
    "hervat",
    "herhaald",
    "onderbouwd",
    "onderschreven",
    "ondersteund",
    "ondertekend",
    "onderzocht",
    "ontvangen",
    "ontwikkeld",
    "overlegd",
    "overhandigd",
    "verankerd",
    "verbeterd",
    "verbreed",
    "verduidelijkt",
    "verhoogd",
    "verkend",
    "verlaagd",
    "verlengd",
    "vermeld",
    "vernieuwd",
    "verricht",
    "verruimd",
    "verschenen",
    "verspreid",
    "verstrekt",
    "verstuurd",
    "versterkt",
    "vertaald",
    "vervuld",
    "verwerkt",
    "verzameld",
    "verzonden",
    "verzocht",
    "voldaan",
    "voltooid",
    "voorzien",
];

/// Whether the word has the shape of a past participle.
#[must_use]
pub fn participle(low: &str) -> bool {
    if low.chars().count() < 5 {
        return false;
    }
    let regular = |rest: &str| {
        rest.chars().count() >= 3
            && (rest.ends_with(['d', 't'])
                || rest.ends_with("en")
                || rest.ends_with("aan")
                || rest.ends_with("ien"))
    };
    if let Some(rest) = low.strip_prefix("ge")
        && regular(rest)
        && !GE_NOUNS.contains(&low)
    {
        return true;
    }
    // `geë-` and `geï-` keep the two vowels apart.
    let prefixed = PREFIXES.iter().any(|prefix| {
        low.strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix("ge"))
            .is_some_and(regular)
    });
    let plain = |word: &str| UNPREFIXED.contains(&word);
    prefixed
        || plain(low)
        || PREFIXES
            .iter()
            .any(|prefix| low.strip_prefix(prefix).is_some_and(plain))
}

/// Nouns and adjectives that look like participles.
const GE_NOUNS: [&str; 27] = [
    "gebied",
    "gebieden",
    "gebruiken",
    "gedrag",
    "geheel",
    "geld",
    "gelden",
    "gelijkwaardigheid",
    "gemeente",
    "gemeenten",
    "gemeentebesturen",
    "gesprek",
    "gesprekken",
    "gevallen",
    "gezien",
    "gelet",
    "gericht",
    "geschikt",
    "gezinnen",
    "geslacht",
    "geweld",
    "getuigen",
    "gewoonten",
    "gedurende",
    "gemiddeld",
    "gegevens",
    "gehandicapten",
];

/// Whether the word has the shape of an infinitive, alone or with `te` glued in.
#[must_use]
pub fn infinitive(low: &str) -> bool {
    let long = low.chars().count() >= 4;
    (long && low.ends_with("en")
        || matches!(low, "gaan" | "doen" | "zien" | "staan" | "slaan" | "zijn"))
        || ["gaan", "doen", "zien", "staan"]
            .iter()
            .any(|tail| low.ends_with(tail) && low.len() > tail.len())
}

/// Whether there is a perfect tense in the words: an auxiliary of the past and a participle.
#[must_use]
pub fn perfect(words: Words<'_>) -> bool {
    let auxiliary = (0..words.len()).any(|at| {
        words.any(
            at,
            &[
                "is", "zijn", "heeft", "hebben", "heb", "ben", "had", "hadden", "werd", "werden",
                "was", "waren",
            ],
        )
    });
    auxiliary && has_participle(words)
}

/// Whether the words hold a participle that is not part of `worden` + participle of the future.
#[must_use]
pub fn has_participle(words: Words<'_>) -> bool {
    (0..words.len()).any(|at| participle(words.low(at)) && !words.is_capital(at))
}

/// The first auxiliary of the future (`zal`, `zullen`) in the words.
#[must_use]
pub fn future(words: Words<'_>) -> Option<usize> {
    words.find(0, &["zal", "zullen"])
}

/// Whether there is a passive of the present: `wordt`, `worden` and a participle.
#[must_use]
pub fn passive(words: Words<'_>) -> bool {
    words.find(0, &["wordt", "worden"]).is_some() && has_participle(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_are_told_by_their_shape() {
        for word in [
            "gevoerd",
            "afgerond",
            "meegezonden",
            "opgenomen",
            "geïnformeerd",
            "verzonden",
            "uitgewerkt",
            "vastgesteld",
            "onderzocht",
            "gedaan",
            "teruggekomen",
            "voldaan",
        ] {
            assert!(participle(word), "{word}");
        }
        for word in [
            "gemeenten",
            "gebied",
            "plan",
            "gesprekken",
            "werken",
            "overleg",
            "aanpak",
        ] {
            assert!(!participle(word), "{word}");
        }
    }
}
