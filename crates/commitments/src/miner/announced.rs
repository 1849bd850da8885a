//! Promises without a verb of promising: milestones in a list, dates that are aimed at, answers
//! that follow in another paper.

use super::patterns::{Ahead, Fit, Sentence, fit};
use crate::place::Confidence;
use crate::read::dates;

/// Words before a colon that say that what follows is still to come.
const MILESTONES: [&str; 7] = [
    "gepland",
    "planning",
    "vervolg",
    "vervolgstap",
    "mijlpaal",
    "vooruitblik",
    "streefdatum",
];

/// What is aimed at: `beoogde inwerkingtreding is 1 januari`.
const AIMED: [&str; 4] = ["beoogde", "geplande", "voorziene", "verwachte"];

/// Things that come about on a day.
const EVENTS: [&str; 13] = [
    "inwerkingtreding",
    "invoering",
    "invoeringsdatum",
    "oplevering",
    "publicatie",
    "start",
    "startdatum",
    "ingangsdatum",
    "afronding",
    "indiening",
    "openstelling",
    "verzending",
    "vaststelling",
];

/// Papers in which something may follow.
pub(super) const PAPERS: [&str; 7] = [
    "brief",
    "agenda",
    "verslag",
    "rapportage",
    "monitor",
    "nota",
    "begroting",
];

impl Sentence<'_> {
    /// The first of these shapes that fits.
    pub(super) fn announced(&self) -> Option<Fit> {
        self.milestone()
            .or_else(|| self.aimed_at())
            .or_else(|| self.follows_in_paper())
    }

    /// A time to come, also a bare day as lists have it.
    fn is_dated(&self) -> bool {
        let words = self.words;
        let bare = || (0..words.len()).find_map(|at| dates::written(words, at)?.resolve(None));
        match self.ahead() {
            Ahead::Yes => true,
            Ahead::No => bare().is_some_and(|date| {
                self.not_before
                    .is_none_or(|day| date.interval().until >= day)
            }),
            Ahead::Now | Ahead::Vague => false,
        }
    }

    /// `Gepland: oplevering van de leergang, najaar 2025`.
    fn milestone(&self) -> Option<Fit> {
        let words = self.words;
        let labelled = (0..2).any(|at| words.any(at, &MILESTONES) && words.is(at + 1, ":"));
        (labelled && self.is_dated())
            .then_some(())
            .and_then(|()| fit("mine.milestone", Confidence::LIKELY))
    }

    /// `Beoogde inwerkingtreding is 1 januari 2014`.
    fn aimed_at(&self) -> Option<Fit> {
        let words = self.words;
        let aimed = (0..words.len())
            .any(|at| words.any(at, &AIMED) && (1..=2).any(|on| words.any(at + on, &EVENTS)));
        (aimed && self.is_dated())
            .then_some(())
            .and_then(|()| fit("mine.aimed_at", Confidence::LIKELY))
    }

    /// `Het antwoord volgt in het verslag`, not `in deze brief`.
    fn follows_in_paper(&self) -> Option<Fit> {
        let words = self.words;
        let at = words.find(1, &["volgt", "volgen"])?;
        let paper = (at + 1..words.len().min(at + 7)).find(|place| {
            let low = words.low(*place);
            PAPERS.iter().any(|paper| low.ends_with(paper))
        })?;
        let here = (at..paper).any(|place| words.any(place, &["deze", "dit"]));
        let through = (at..paper).any(|place| words.any(place, &["in", "bij", "via", "met"]));
        (through && !here)
            .then_some(())
            .and_then(|()| fit("mine.follows_in_paper", Confidence::LIKELY))
    }
}
