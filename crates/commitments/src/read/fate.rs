//! What the Chamber did with a motion: a motion that was voted down, held over or taken back is
//! not carried out, however finished the sentence sounds.
//!
//! This module must not know what a government did with it afterwards.

use crate::place::Span;
use crate::read::clause::is_subordinate;
use crate::read::token::tokens;
use crate::read::words::Words;

/// What became of a motion in the Chamber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Carried (aangenomen).
    Adopted,
    /// Held over (aangehouden).
    Withheld,
    /// Taken back (ingetrokken).
    Withdrawn,
    /// Voted down (verworpen).
    Rejected,
    /// Lapsed (vervallen).
    Lapsed,
    /// Taken over by the government (overgenomen).
    TakenOver,
}

/// The participles that say so.
const FATES: [(&str, Fate); 6] = [
    ("aangenomen", Fate::Adopted),
    ("aangehouden", Fate::Withheld),
    ("ingetrokken", Fate::Withdrawn),
    ("verworpen", Fate::Rejected),
    ("vervallen", Fate::Lapsed),
    ("overgenomen", Fate::TakenOver),
];

/// Tokens of a sentence that names the motion by `deze` or `zij` alone.
const SHORT: usize = 8;

impl Fate {
    /// The fate that these words of a document tell.
    #[must_use]
    pub fn told_by(words: &str) -> Option<Fate> {
        let row = tokens(words, &[Span::new(0, words.len())]);
        fate(Words(&row))
    }

    /// Whether nothing is left to be done.
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Fate::Withdrawn | Fate::Rejected | Fate::Lapsed)
    }
}

/// The fate a sentence tells of a motion: `Deze motie is verworpen`.
pub(crate) fn fate(sentence: Words<'_>) -> Option<Fate> {
    let named = (0..sentence.len()).any(|at| {
        let low = sentence.low(at);
        (low == "motie" || low.starts_with("motie-")) && !is_subordinate(sentence, at)
    });
    let pointed = sentence.any(0, &["deze", "zij", "die"]) && sentence.len() <= SHORT;
    let past = sentence
        .find(0, &["is", "werd", "heeft", "wordt"])
        .is_some();
    let denied = sentence.find(0, &["niet", "nooit"]).is_some();
    if !(named || pointed) || !past || denied {
        return None;
    }
    (0..sentence.len()).find_map(|at| {
        let (_, fate) = FATES.iter().find(|(word, _)| sentence.is(at, word))?;
        (!is_subordinate(sentence, at)).then_some(*fate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vote_is_told_from_the_execution() {
        for (words, fate) in [
            ("Deze motie is verworpen.", Some(Fate::Rejected)),
            (
                "De indiener heeft de motie ingetrokken.",
                Some(Fate::Withdrawn),
            ),
            ("Deze is aangehouden.", Some(Fate::Withheld)),
            ("De motie-Kooistra is overgenomen.", Some(Fate::TakenOver)),
            ("Deze motie is niet verworpen.", None),
            ("De regeling waarom de motie vroeg is ingetrokken.", None),
            ("De regeling is ingetrokken.", None),
            ("Deze motie is uitgevoerd.", None),
        ] {
            assert_eq!(Fate::told_by(words), fate, "{words}");
        }
    }
}
