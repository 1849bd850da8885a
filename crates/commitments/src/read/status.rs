//! What an account says about execution: done, partly done or still to come, and in which words.
//!
//! A document's own claim, never a judgement whether it is true.

use crate::place::{Confidence, Field, Span};
use crate::read::clause::is_subordinate;
use crate::read::fate::{Fate, fate};
use crate::read::verbs;
use crate::read::words::Words;
use crate::record::{Standing, Status};

/// What one sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Done,
    ToCome,
    Nothing,
    /// What the Chamber did with the motion, which is no execution.
    Voted(Fate),
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

/// What is held up is not done either: `de uitvoering is vertraagd`.
const HELD_UP: [&str; 5] = [
    "vertraagd",
    "uitgesteld",
    "opgeschort",
    "stilgelegd",
    "aangehouden",
];

/// What a sentence says about execution.
pub(crate) fn says(sentence: Words<'_>) -> Says {
    if goes_on_about_the_ask(sentence) {
        return Says::Nothing;
    }
    match fate(sentence) {
        // A motion that was carried is still to be done.
        Some(Fate::Adopted) => return Says::Nothing,
        Some(fate) => return Says::Voted(fate),
        None => {}
    }
    let future = verbs::future(sentence).is_some()
        || sentence
            .find(0, &["volgt", "volgen", "streef", "verwacht"])
            .is_some()
        || going_to(sentence);
    let met = (0..sentence.len()).any(|at| MET.iter().any(|row| sentence.row(at, row)));
    let held_up = sentence.find(0, &HELD_UP).is_some();
    if future || held_up || denied(sentence) {
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

/// Whether the sentence says that something is not so: `deze brief is niet verzonden`.
fn denied(sentence: Words<'_>) -> bool {
    (0..sentence.len()).any(|at| {
        let yet = sentence.any(at.wrapping_sub(1), &["nog"]);
        let only = sentence.any(at + 1, &["alleen", "slechts", "enkel"]);
        sentence.any(at, &["niet", "geen", "nooit"])
            && (yet || (!only && !is_subordinate(sentence, at)))
    })
}

/// `En dat dit op een duurzame wijze gebeurt.`: still what was asked or promised, in a sentence of
/// its own. `Dat gesprek is gevoerd` is not.
fn goes_on_about_the_ask(sentence: Words<'_>) -> bool {
    let at = usize::from(sentence.any(0, &["en"]));
    sentence.is(at, "dat")
        && sentence.any(
            at + 1,
            &[
                "het", "de", "een", "er", "dit", "deze", "die", "ik", "wij", "we", "zij", "hij",
                "ook", "hierbij", "daarbij", "hiermee",
            ],
        )
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
            // Nothing that follows makes such a motion one that was carried out.
            Says::Voted(fate) if fate != Fate::TakenOver => {
                return voted(*sentence);
            }
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
        (Says::Voted(_), false) => return voted(words),
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

/// The standing of a motion of which only the vote is told: nothing is done, and a person must
/// look; the register takes its state from the words.
fn voted(sentence: Words<'_>) -> Field<Status> {
    let status = Status {
        standing: Standing::Open,
        words: sentence.text(),
    };
    Field::new(status, sentence.span(), "status.vote", Confidence::DOUBTFUL)
}
