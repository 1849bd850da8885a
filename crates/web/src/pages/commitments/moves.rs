//! The form of a move → a move of the register, with what it needs.

use application::obligations::Step;
use commitments::calendar::parse_iso;
use commitments::read::references::PaperReference;
use commitments::register::{Move, Owner, Passage, Proof, State};
use time::Date;

use super::fields::by_grammar;
use crate::form::Posted;

/// What the form of a move shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MoveValues {
    pub(super) what: String,
    pub(super) on: String,
    pub(super) document: String,
    pub(super) quote: String,
    pub(super) paper: String,
    pub(super) reason: String,
    pub(super) term: String,
    pub(super) directorate: String,
    pub(super) keeper: String,
}

/// What a move lacks: the key of the sentence and the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lacking(pub(super) &'static str, pub(super) &'static str);

/// The words that name a move in the form.
const CODES: [&str; 17] = [
    "assign",
    "start",
    "defer",
    "draft",
    "report",
    "settle-partly",
    "settle",
    "confirm",
    "give-up",
    "reopen",
    "adopt",
    "take-over",
    "withhold",
    "put-again",
    "withdraw",
    "reject",
    "lapse",
];

impl MoveValues {
    /// What was sent.
    pub(super) fn sent(form: &Posted) -> MoveValues {
        let line = |name: &str| form.value(name).unwrap_or_default();
        MoveValues {
            what: line("stap"),
            on: line("datum"),
            document: line("document"),
            quote: line("passage"),
            paper: line("kamerstuk"),
            reason: line("reden"),
            term: line("termijn"),
            directorate: line("directie"),
            keeper: line("dossierhouder"),
        }
    }

    /// The move; `document` is the date of the document that the obligation came from.
    ///
    /// # Errors
    /// What it lacks first.
    pub(super) fn step(&self) -> Result<Step, Lacking> {
        let on = parse_iso(&self.on).map_err(|_| Lacking("cm-date-wrong", "datum"))?;
        let source = Passage {
            document: self.document.clone(),
            span: None,
            quote: self.quote.clone(),
        };
        let what = self.what(&self.what, on, &source)?;
        Ok(Step { what, on, source })
    }

    fn what(&self, code: &str, on: Date, source: &Passage) -> Result<Move, Lacking> {
        let proof = || {
            let needs = Lacking("cm-needs-proof", "kamerstuk");
            let paper: PaperReference = self.paper.parse().map_err(|_| needs)?;
            Proof::new(paper, source.clone()).map_err(|_| needs)
        };
        Ok(match code {
            "assign" if self.directorate.is_empty() => {
                return Err(Lacking("cm-needs-owner", "directie"));
            }
            "assign" => Move::Assign {
                owner: Owner {
                    directorate: self.directorate.clone(),
                    keeper: Some(self.keeper.clone()).filter(|keeper| !keeper.is_empty()),
                },
            },
            "start" => Move::Start,
            "defer" if self.term.is_empty() => return Err(Lacking("cm-needs-term", "termijn")),
            "defer" => Move::Defer {
                until: self.new_term(on),
                reason: self.reason.clone(),
                paper: match self.paper.as_str() {
                    "" => None,
                    text => Some(
                        text.parse()
                            .map_err(|_| Lacking("cm-paper-wrong", "kamerstuk"))?,
                    ),
                },
            },
            "draft" => Move::DraftSettlement,
            "report" => Move::Report { proof: proof()? },
            "settle-partly" => Move::SettlePartly { proof: proof()? },
            "settle" => Move::Settle { proof: proof()? },
            "confirm" => Move::Confirm,
            "give-up" => Move::GiveUp {
                reason: self.reason.clone(),
            },
            "reopen" => Move::Reopen {
                reason: self.reason.clone(),
            },
            "adopt" => Move::Adopt,
            "take-over" => Move::TakeOver,
            "withhold" => Move::Withhold,
            "put-again" => Move::PutAgain,
            "withdraw" => Move::Withdraw,
            "reject" => Move::Reject,
            "lapse" => Move::Lapse,
            _ => return Err(Lacking("cm-needs-move", "stap")),
        })
    }

    /// The new term: a day as in a calendar, or words that the grammar reads.
    fn new_term(&self, on: Date) -> commitments::deadline::Deadline {
        use commitments::calendar::Interval;
        use commitments::deadline::{Certainty, Deadline};
        match parse_iso(&self.term) {
            Ok(day) => Deadline {
                words: self.term.clone(),
                interval: Some(Interval {
                    from: day,
                    until: day,
                }),
                certainty: Certainty::Exact,
                looks_ahead: true,
            },
            Err(_) => by_grammar(&self.term, Some(on)),
        }
    }
}

/// The moves that are allowed in a state, as code and Dutch name.
pub(super) fn allowed(state: State, on: Date) -> Vec<(&'static str, &'static str)> {
    let paper = "10 000, nr. 1";
    let filled = MoveValues {
        on: commitments::calendar::iso(on),
        document: "x".to_owned(),
        quote: "x".to_owned(),
        paper: paper.to_owned(),
        reason: "x".to_owned(),
        term: commitments::calendar::iso(on),
        directorate: "x".to_owned(),
        ..MoveValues::default()
    };
    CODES
        .into_iter()
        .filter_map(|code| {
            let values = MoveValues {
                what: code.to_owned(),
                ..filled.clone()
            };
            let step = values.step().ok()?;
            step.what.after(state)?;
            Some((code, commitments::wording::made_move(&step.what)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_a_move_and_every_state_has_the_right_ones() {
        let on = parse_iso("2023-01-01").expect("a day");
        let everywhere: Vec<&str> = State::ALL
            .into_iter()
            .flat_map(|state| allowed(state, on))
            .map(|(code, _)| code)
            .collect();
        for code in CODES {
            assert!(everywhere.contains(&code), "{code} is allowed nowhere");
        }
        let made: Vec<&str> = allowed(State::Made, on).iter().map(|one| one.0).collect();
        assert_eq!(
            made,
            [
                "assign",
                "defer",
                "report",
                "settle-partly",
                "settle",
                "give-up"
            ]
        );
    }

    #[test]
    fn done_needs_a_paper_with_a_number_and_a_passage() {
        let values = MoveValues {
            what: "settle".to_owned(),
            on: "2023-01-01".to_owned(),
            document: "Kamerbrief".to_owned(),
            quote: "Het onderzoek is afgerond.".to_owned(),
            ..MoveValues::default()
        };
        assert_eq!(values.step(), Err(Lacking("cm-needs-proof", "kamerstuk")));
        let with_paper = MoveValues {
            paper: "32 824, nr. 400".to_owned(),
            ..values.clone()
        };
        assert!(with_paper.step().is_ok());
        let without_words = MoveValues {
            quote: String::new(),
            ..with_paper
        };
        assert!(without_words.step().is_err());
    }
}
