//! What an account says about execution: done, partly done or still to come, and in which words.
//!
//! A document's own claim, never a judgement whether it is true.

use crate::place::{Confidence, Field, Span};
use crate::read::verbs;
use crate::read::words::Words;
use crate::record::{Standing, Status};

/// What one sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Done,
    ToCome,
    Nothing,
}

/// Rows of words by which a letter says that something has been met.
const MET: [&[&str]; 10] = [
    &["onderdeel", "van"],
    &["deel", "uit", "van"],
    &["deel", "van", "uit"],
    &["invulling", "gegeven"],
    &["invulling", "geef"],
    &["gevolg", "gegeven"],
    &["als", "afgedaan"],
    &["als", "uitgevoerd"],
    &["hiermee", "voldaan"],
    &["opgenomen", "in"],
];

/// What has begun is not done yet: `het onderzoek is gestart`.
const BEGUN: [&str; 4] = ["gestart", "begonnen", "opgestart", "aangevangen"];

/// What a sentence says about execution.
pub(crate) fn says(sentence: Words<'_>) -> Says {
    let future = verbs::future(sentence).is_some()
        || sentence
            .find(0, &["volgt", "volgen", "streef", "verwacht"])
            .is_some()
        || going_to(sentence);
    let met = (0..sentence.len()).any(|at| MET.iter().any(|row| sentence.row(at, row)));
    let denied = (0..sentence.len())
        .any(|at| sentence.row(at, &["nog", "niet"]) || sentence.row(at, &["nog", "geen"]));
    if future || denied {
        return Says::ToCome;
    }
    let only_begun = sentence.find(0, &BEGUN).is_some()
        && sentence
            .find(0, &["afgerond", "voltooid", "afgesloten", "opgeleverd"])
            .is_none();
    if met || (verbs::perfect(sentence) && past_before_passive(sentence) && !only_begun) {
        return Says::Done;
    }
    if only_begun
        || verbs::passive(sentence)
        || sentence
            .find(0, &["loopt", "lopen", "werk", "werken"])
            .is_some()
    {
        return Says::ToCome;
    }
    Says::Nothing
}

/// `ga ik … in gesprek`, `gaan wij … uitvoeren`.
fn going_to(sentence: Words<'_>) -> bool {
    sentence
        .find(0, &["ga", "gaan"])
        .is_some_and(|at| !sentence.is(at.wrapping_sub(1), "te"))
}

/// Whether the auxiliary of the past comes with a participle of its own: in `wordt op 3 mei
/// opgeleverd dat is …` the first verb decides.
fn past_before_passive(sentence: Words<'_>) -> bool {
    let past = sentence.find(
        0,
        &[
            "is", "zijn", "heeft", "hebben", "heb", "ben", "werd", "werden", "was", "waren",
        ],
    );
    let passive = sentence.find(0, &["wordt", "worden"]);
    match (past, passive) {
        (Some(past), Some(passive)) => past < passive,
        (past, _) => past.is_some(),
    }
}

/// The standing that these sentences, in order, add up to: the last that says something decides.
pub(crate) fn status(account: &[Words<'_>], at: Span) -> Field<Status> {
    let mut any_done = false;
    let mut last = None;
    for sentence in account {
        match says(*sentence) {
            Says::Nothing => {}
            said => {
                any_done |= said == Says::Done;
                last = Some((said, *sentence));
            }
        }
    }
    let Some((said, words)) = last else {
        let status = Status {
            standing: Standing::Unreported,
            words: String::new(),
        };
        let span = Span::new(at.end, at.end);
        return Field::new(status, span, "status.unreported", Confidence::LIKELY);
    };
    let (standing, rule) = match (said, any_done) {
        (Says::Done, _) => (Standing::Done, "status.done"),
        (_, true) => (Standing::PartlyDone, "status.partly"),
        _ => (Standing::Open, "status.to_come"),
    };
    let status = Status {
        standing,
        words: words.text(),
    };
    Field::new(status, words.span(), rule, Confidence::LIKELY)
}
