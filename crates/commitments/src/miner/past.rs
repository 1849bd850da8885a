//! Dates in a promise that lie behind the letter: of the debate, of the motion, of an earlier
//! letter. They are no term.

use time::Date;

use crate::deadline::{self, Deadline};
use crate::place::{Field, Span};
use crate::read::words::Words;
use crate::read::{dates, debates};

/// Most tokens between a motion and its date: `de motie van de leden … en … van 12 mei 2023`.
const TO_DATE: usize = 20;

/// The term of a promise: the one that says most among those that are not the date of a meeting or
/// motion and do not lie before the letter.
///
/// `not_before` is the earliest day the letter can be of, also when its date is not known; a date
/// that set that day is told of rather than promised.
pub(super) fn still_to_come(
    terms: &[Field<Deadline>],
    words: Words<'_>,
    document: Option<Date>,
    not_before: Option<Date>,
) -> Option<Field<Deadline>> {
    let ahead: Vec<Field<Deadline>> = terms
        .iter()
        .filter(|term| match (term.value.until(), document, not_before) {
            (Some(until), Some(day), _) => until >= day,
            (Some(until), None, Some(day)) => until > day,
            _ => true,
        })
        .cloned()
        .collect();
    deadline::best(&ahead, &dated_sources(words, document))
}

/// The dates of the meetings and motions that the words name.
fn dated_sources(words: Words<'_>, document: Option<Date>) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(found) = debates::find(words.part(from, words.len()), document) {
        out.extend(found.date.map(|date| date.span));
        from += found.end.max(1);
    }
    out.extend((0..words.len()).filter_map(|at| motion_date(words, at)));
    out
}

/// The day behind a motion, a commitment or questions at `at`: `de motie-Jansen van 12 mei 2023`.
fn motion_date(words: Words<'_>, at: usize) -> Option<Span> {
    let low = words.low(at);
    let named = matches!(low, "motie" | "moties" | "toezegging" | "kamervragen")
        || low.starts_with("motie-");
    if !named {
        return None;
    }
    (at + 1..words.len().min(at + TO_DATE))
        .take_while(|place| !words.any(*place, &[";", ".", "ik", "wij", "zal", "wordt"]))
        .filter(|place| words.any(*place, &["van", "op", "d.d.", "dd"]))
        .find_map(|place| {
            let written = dates::written(words, place + 1).filter(|date| date.day.is_some())?;
            Some(words.part(place, place + 1 + written.len).span())
        })
}

#[cfg(test)]
mod tests {
    use crate::calendar::parse_iso;
    use crate::deadline::Conventions;
    use crate::miner::mine;
    use crate::read::Document;

    fn term(sentence: &str, day: Option<&str>) -> Option<String> {
        let text = format!("Geachte voorzitter,\n\n{sentence}\n");
        let day = day.map(|day| parse_iso(day).expect("a day"));
        let document = Document::read("l", &text, day, &Conventions::default());
        let found = mine(&document, &Conventions::default());
        assert_eq!(found.len(), 1, "{sentence}: {found:?}");
        found[0]
            .deadline
            .as_ref()
            .map(|term| term.value.words.clone())
    }

    #[test]
    fn dates_behind_the_letter_are_no_terms() {
        for (sentence, day, expected) in [
            (
                "Zoals toegezegd tijdens het Commissiedebat op 20 april 2022 wordt de Kamer \
                 geïnformeerd over de toets.",
                None,
                None,
            ),
            (
                "Zoals toegezegd in het debat op 3 maart 2023 informeer ik u voor de zomer van \
                 2024 over de uitkomsten.",
                Some("2023-10-01"),
                Some("voor de zomer van 2024"),
            ),
            (
                "Ik heb u op 12 mei 2023 toegezegd dat ik eind 2024 met een voorstel kom.",
                Some("2023-10-01"),
                Some("eind 2024"),
            ),
            (
                "Naar aanleiding van de motie van het lid Kooistra op 12 mei 2023 stuur ik u in \
                 september 2024 een plan.",
                None,
                Some("in september 2024"),
            ),
        ] {
            assert_eq!(term(sentence, day).as_deref(), expected, "{sentence}");
        }
    }
}
