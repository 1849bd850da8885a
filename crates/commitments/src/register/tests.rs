//! Moves that are allowed and refused, and the board on a date.

use super::*;
use crate::calendar::parse_iso;
use crate::deadline::{Certainty, Conventions};
use crate::read::Document;

const TEXT: &str = "Overzicht moties en toezeggingen\n\n\
    In de motie van het lid Voorbeeld (SP) wordt verzocht om de Kamer in het eerste kwartaal van \
    2023 te informeren over taallessen. Dit gesprek is gevoerd.\n\n\
    Tijdens het commissiedebat Taal in juli 2022 (Kamerstuk 41 000, nr. 7) is toegezegd dat er op \
    korte termijn een handreiking komt.\n";

fn day(text: &str) -> Date {
    parse_iso(text).unwrap()
}

/// A register with the two obligations of the text, accepted on the day after its date.
fn register() -> Register {
    let mut register = proposals();
    let ids: Vec<ObligationId> = register.obligations().map(Obligation::id).collect();
    for id in ids {
        register
            .accept(id, None, "dossierhouder", day("2022-12-02"))
            .unwrap();
    }
    register
}

fn proposals() -> Register {
    let document = Document::read("o", TEXT, Some(day("2022-12-01")), &Conventions::default());
    let mut register = Register::default();
    for record in &document.records {
        let origin = Origin::Document {
            name: "o".to_owned(),
            date: Some(crate::calendar::PartialDate::Day(day("2022-12-01"))),
            span: record.span,
            record: Some(Box::new(record.clone())),
        };
        register.take(record.content(), origin);
    }
    register
}

fn passage(quote: &str) -> Passage {
    Passage {
        document: "Kamerbrief".to_owned(),
        span: None,
        quote: quote.to_owned(),
    }
}

fn made(what: Move, on: &str) -> Transition {
    Transition {
        what,
        actor: "dossierhouder".to_owned(),
        on: day(on),
        source: passage("woorden"),
    }
}

#[test]
fn reading_again_takes_nothing_twice() {
    let mut register = register();
    let before = register.clone();
    let again = proposals();
    for obligation in again.obligations() {
        let taken = register.take(obligation.content().clone(), obligation.origin().clone());
        assert!(matches!(taken, Taken::Same(_)));
    }
    assert_eq!(register, before);
    assert_eq!(register.obligations().count(), 2);
}

#[test]
fn nothing_is_settled_without_a_paper_and_a_passage() {
    let whole: crate::read::references::PaperReference = "41 000, nr. 9".parse().unwrap();
    let dossier: crate::read::references::PaperReference = "Kamerstuk 41 000".parse().unwrap();
    assert_eq!(Proof::new(dossier, passage("x")), Err(NoProof::NoNumber));
    assert_eq!(
        Proof::new(whole.clone(), passage(" ")),
        Err(NoProof::NoPassage)
    );
    let proof = Proof::new(whole, passage("De lessen zijn begonnen.")).unwrap();
    let json = serde_json::to_string(&proof).unwrap();
    assert_eq!(serde_json::from_str::<Proof>(&json).unwrap(), proof);
    let empty = json.replace("De lessen zijn begonnen.", "");
    assert!(serde_json::from_str::<Proof>(&empty).is_err());

    let mut register = register();
    let id = register.obligations().next().unwrap().id();
    let state = register
        .transition(id, made(Move::Settle { proof }, "2023-02-01"))
        .unwrap();
    assert_eq!(state, State::Settled);
    let refused = register.transition(id, made(Move::Start, "2023-02-02"));
    assert!(matches!(
        refused,
        Err(RegisterError::Refused {
            source: Refused::NotAllowed { .. },
            ..
        })
    ));
}

#[test]
fn a_move_needs_actor_source_and_order() {
    let mut register = register();
    let id = register.obligations().next().unwrap().id();
    let owner = Owner {
        directorate: "Taal".to_owned(),
        keeper: None,
    };
    let assign = Move::Assign { owner };
    let nobody = Transition {
        actor: " ".to_owned(),
        ..made(assign.clone(), "2023-01-05")
    };
    assert!(register.transition(id, nobody).is_err());
    let unsourced = Transition {
        source: passage(""),
        ..made(assign.clone(), "2023-01-05")
    };
    assert!(register.transition(id, unsourced).is_err());
    assert_eq!(
        register.transition(id, made(assign, "2023-01-05")).unwrap(),
        State::Assigned
    );
    assert!(
        register
            .transition(id, made(Move::Start, "2023-01-04"))
            .is_err()
    );
    assert_eq!(
        register
            .transition(id, made(Move::Start, "2023-01-06"))
            .unwrap(),
        State::InProgress
    );
    assert_eq!(
        register.get(id).unwrap().owner().unwrap().directorate,
        "Taal"
    );
}

#[test]
fn the_board_knows_what_is_late_and_deferred() {
    let mut register = register();
    let ids: Vec<ObligationId> = register.obligations().map(Obligation::id).collect();
    let conventions = Conventions::default();
    let at = |register: &Register, on: &str| -> Vec<Urgency> {
        board(register, day(on), &conventions)
            .into_iter()
            .map(|row| row.urgency)
            .collect()
    };
    assert_eq!(
        at(&register, "2023-03-31"),
        [Urgency::Near { days: 0 }, Urgency::UndatedAlert]
    );
    assert_eq!(
        at(&register, "2023-04-01"),
        [Urgency::Late { days: 1 }, Urgency::UndatedAlert]
    );
    assert_eq!(at(&register, "2022-12-02")[1], Urgency::Undated);
    assert!(register.get(ids[0]).unwrap().is_claimed_without_proof());
    let defer = Move::Defer {
        until: Deadline {
            words: "eind 2023".to_owned(),
            interval: Some(crate::calendar::Interval::months(2023, 10, 12)),
            certainty: Certainty::Convention,
            looks_ahead: true,
        },
        reason: "de toets is later klaar".to_owned(),
        paper: None,
    };
    register
        .transition(ids[0], made(defer, "2023-04-02"))
        .unwrap();
    assert_eq!(register.get(ids[0]).unwrap().deferrals(), 1);
    assert_eq!(
        board(&register, day("2023-04-02"), &conventions)[1].urgency,
        Urgency::Later { days: 273 }
    );
}

#[test]
fn every_state_is_reached_and_final_ones_stay() {
    // From each state each move either is refused or leads to a state that knows itself.
    let quiet = [
        Move::Withhold,
        Move::PutAgain,
        Move::Withdraw,
        Move::Reject,
        Move::Lapse,
        Move::TakeOver,
        Move::Adopt,
        Move::Start,
        Move::DraftSettlement,
        Move::Confirm,
    ];
    for state in State::ALL {
        for step in &quiet {
            if let Some(next) = step.after(state) {
                assert!(
                    !matches!(state, State::Rejected | State::Withdrawn | State::Lapsed),
                    "{state} -> {next}"
                );
            }
        }
        assert!(!(state.is_final() && state.is_open()));
    }
}

#[test]
fn relations_hold_between_two() {
    let mut register = register();
    let ids: Vec<ObligationId> = register.obligations().map(Obligation::id).collect();
    let relation = |to| Relation {
        kind: RelationKind::Supplements,
        to,
    };
    assert!(register.relate(ids[0], relation(ids[0])).is_err());
    register.relate(ids[0], relation(ids[1])).unwrap();
    register.relate(ids[0], relation(ids[1])).unwrap();
    assert_eq!(register.get(ids[0]).unwrap().relations().len(), 1);
}

#[test]
fn a_correction_leaves_what_stood_there() {
    let mut register = register();
    let first = register.obligations().next().unwrap().clone();
    let mut content = first.content().clone();
    content.members[0].name = "Van Voorbeeld".to_owned();
    content.deadline = None;
    register
        .accept(
            first.id(),
            Some(content),
            "dossierhouder",
            day("2023-01-02"),
        )
        .unwrap();
    let after = register.get(first.id()).unwrap();
    let fields: Vec<CorrectedField> = after.errata().iter().map(|one| one.field).collect();
    assert_eq!(fields, [CorrectedField::Members, CorrectedField::Deadline]);
    assert_eq!(after.errata()[0].was, "Voorbeeld (SP)");
    assert_eq!(after.errata()[0].is, "Van Voorbeeld (SP)");
    assert_eq!(after.errata()[1].is, "");
    let text = serde_json::to_string(&register).unwrap();
    assert_eq!(serde_json::from_str::<Register>(&text).unwrap(), register);
}

#[test]
fn the_choice_says_who_is_to_move() {
    let mut register = register();
    let ids: Vec<ObligationId> = register.obligations().map(Obligation::id).collect();
    let conventions = Conventions::default();
    let on = day("2023-04-05");
    let late = Selection {
        which: Which::Late,
        ..Selection::default()
    };
    let found = select(&register, on, &conventions, &late);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].obligation.id(), ids[0]);
    let owner = Owner {
        directorate: "Inburgering".to_owned(),
        keeper: None,
    };
    register
        .transition(ids[0], made(Move::Assign { owner }, "2023-01-05"))
        .unwrap();
    register
        .transition(ids[0], made(Move::DraftSettlement, "2023-01-06"))
        .unwrap();
    let rows = waiting(&register, on, &conventions);
    let turns: Vec<&Turn> = rows.iter().map(|row| &row.turn).collect();
    assert_eq!(turns, [&Turn::Nobody, &Turn::Minister]);
    assert_eq!((rows[1].count, rows[1].late), (1, 1));
    assert_eq!(rows[1].who, ["Voorbeeld (SP)"]);
    register.dismiss(ids[0], "d", on, "dubbel").unwrap();
    assert!(select(&register, on, &conventions, &late).is_empty());
}

#[test]
fn a_proposal_is_reviewed_before_it_is_moved() {
    let mut register = proposals();
    let id = register.obligations().next().unwrap().id();
    let owner = Owner {
        directorate: "Taal".to_owned(),
        keeper: None,
    };
    let assign = made(Move::Assign { owner }, "2023-01-05");
    let refused = register.transition(id, assign.clone());
    assert_eq!(refused, Err(RegisterError::NotReviewed(id)));
    assert_eq!(register, proposals());
    register
        .accept(id, None, "dossierhouder", day("2023-01-05"))
        .unwrap();
    assert_eq!(register.transition(id, assign), Ok(State::Assigned));
}

#[test]
fn an_earlier_date_is_seen_with_what_was_known_then() {
    let mut register = register();
    let id = register.obligations().next().unwrap().id();
    let owner = Owner {
        directorate: "Taal".to_owned(),
        keeper: None,
    };
    register
        .transition(id, made(Move::Assign { owner }, "2023-05-01"))
        .unwrap();
    let paper: crate::read::references::PaperReference = "41 000, nr. 9".parse().unwrap();
    let proof = Proof::new(paper, passage("De lessen zijn begonnen.")).unwrap();
    register
        .transition(id, made(Move::Settle { proof }, "2023-06-02"))
        .unwrap();
    let conventions = Conventions::default();
    let all = |on: &str| -> Vec<(State, bool, Option<Urgency>)> {
        let selection = Selection {
            which: Which::All,
            ..Selection::default()
        };
        select(&register, day(on), &conventions, &selection)
            .into_iter()
            .filter(|one| one.obligation.id() == id)
            .map(|one| {
                let owned = one.obligation.owner().is_some();
                (one.obligation.state(), owned, one.urgency)
            })
            .collect()
    };
    assert_eq!(all("2023-06-02"), [(State::Settled, true, None)]);
    let late = Some(Urgency::Late { days: 62 });
    assert_eq!(all("2023-06-01"), [(State::Assigned, true, late)]);
    let late = Some(Urgency::Late { days: 1 });
    assert_eq!(all("2023-04-01"), [(State::Adopted, false, late)]);
    assert_eq!(all("2022-11-30"), []);
    let rows = |on: &str| board(&register, day(on), &conventions).len();
    assert_eq!((rows("2023-06-02"), rows("2023-06-01")), (1, 2));
    // The motion is of the document of December; the commitment was made in July.
    assert_eq!((rows("2022-11-30"), rows("2022-06-30")), (1, 0));
    let turns: Vec<Turn> = waiting(&register, day("2023-04-01"), &conventions)
        .into_iter()
        .map(|row| row.turn)
        .collect();
    assert_eq!(turns, [Turn::Nobody]);
}
