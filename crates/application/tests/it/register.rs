//! The register of motions and commitments on both databases: document in, review, moves, file out.

use application::obligations::{Export, ExportForm, NewDocument, Presentation, ReadingWay, Step};
use application::{ApplicationError, Context, InvalidInput};
use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::read::Document;
use commitments::record::{Kind, Record, RecordContent};
use commitments::register::{
    Move, ObligationId, Owner, Passage, Phase, Proof, RegisterError, Relation, RelationKind,
    Review, State, Tie,
};
use domain::id::OrganisationId;
use domain::organisation::{OrganisationKind, Role};
use time::Date;

use crate::{TestError, World, prepare};

const OVERVIEW: &str = include_str!("../../../exchange/tests/fixtures/overview.txt");

const CHAMBER: &str = r#"{"value":[{"Id":"1f1d0a9e-0000-4000-8000-000000000001","Soort":"Motie",
"Nummer":"2022Z00001","Titel":"Motie van het lid Fictief over taallessen op de werkvloer",
"Onderwerp":"Motie van het lid Fictief over taallessen op de werkvloer","Status":"Vrijgegeven",
"Verwijderd":false}]}"#;

#[expect(clippy::panic, reason = "this is how a test fails")]
fn day(text: &str) -> Date {
    parse_iso(text).unwrap_or_else(|error| panic!("{error}"))
}

fn document(name: &str, text: &str) -> NewDocument {
    NewDocument {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
        date: Some(day("2022-12-01")),
        way: ReadingWay::Overview,
    }
}

fn passage(quote: &str) -> Passage {
    Passage {
        document: "Kamerbrief".to_owned(),
        span: None,
        quote: quote.to_owned(),
    }
}

fn step(what: Move, on: &str) -> Step {
    Step {
        what,
        on: day(on),
        source: passage("De minister schrijft dit."),
    }
}

async fn ministry(world: &World) -> Result<(OrganisationId, Context), TestError> {
    let here = world
        .organisation(OrganisationKind::Ministry, "Ministerie van Proef")
        .await?;
    let officer = world
        .colleague(here, Role::PolicyOfficer, "p.fictief@example.org")
        .await?;
    Ok((here, officer.context))
}

fn read() -> Vec<Record> {
    Document::read(
        "o",
        OVERVIEW,
        Some(day("2022-12-01")),
        &Conventions::default(),
    )
    .records
}

testkit::on_both_databases! {
    async fn a_document_becomes_proposals_once(world: World) {
        let (here, officer) = ministry(&world).await?;
        let application = &world.application;
        let taken = application.take_document(&officer, here, document("overzicht.txt", OVERVIEW)).await?;
        let all = application.obligations(&officer, here).await?;
        assert_eq!(taken.counts.new, read().len());
        assert_eq!(all.len(), read().len());
        assert!(all.iter().all(|one| *one.obligation.review() == Review::Proposed && one.source == Some(taken.source)));
        let before: Vec<RecordContent> = read().iter().map(Record::content).collect();
        let after: Vec<RecordContent> = all.iter().map(|one| one.obligation.content().clone()).collect();
        assert_eq!(before, after);

        let again = application.take_document(&officer, here, document("overzicht.txt", OVERVIEW)).await?;
        assert_eq!((again.counts.new, again.counts.same), (0, read().len()));
        assert_eq!(again.version_of, Some(taken.source));
        let view = application.commitment_source(&officer, here, taken.source).await?;
        assert_eq!(view.obligations.len(), read().len());
        assert_eq!(view.document.text, OVERVIEW);
    }

    async fn hostile_files_are_refused_and_leave_nothing(world: World) {
        let (here, officer) = ministry(&world).await?;
        for (name, bytes) in [("a.docx", b"PK\x03\x04 no archive".to_vec()), ("a.txt", vec![0xff, 0xfe, 0x00])] {
            let new = NewDocument { bytes, ..document(name, "") };
            let outcome = world.application.take_document(&officer, here, new).await;
            assert!(matches!(outcome, Err(ApplicationError::Document(_))), "{name}");
        }
        assert!(world.application.obligations(&officer, here).await?.is_empty());
        assert!(world.application.commitment_sources(&officer, here).await?.is_empty());
        // A zero byte is no reason to fail on one of the databases.
        world.application.take_document(&officer, here, document("nul.txt", "a\0b")).await?;
    }

    async fn review_moves_and_proof(world: World) {
        let (here, officer) = ministry(&world).await?;
        let application = &world.application;
        application.take_document(&officer, here, document("overzicht.txt", OVERVIEW)).await?;
        let all = application.obligations(&officer, here).await?;
        let first = all[0].obligation.id();
        let second = all[1].obligation.id();
        let unread = Owner { directorate: "Inburgering".to_owned(), keeper: None };
        let unread = application.move_obligation(&officer, here, (first, 1), step(Move::Assign { owner: unread }, "2022-12-05")).await;
        assert!(matches!(unread, Err(ApplicationError::Obligation(RegisterError::NotReviewed(_)))));
        let content = RecordContent { kind: Kind::Motion, ..all[0].obligation.content().clone() };
        application.accept_obligation(&officer, here, (first, 1), Some(content)).await?;
        let stale = application.accept_obligation(&officer, here, (first, 1), None).await;
        assert!(matches!(stale, Err(ApplicationError::Stale(stale)) if stale.version == 2));
        let reasonless = application.dismiss_obligation(&officer, here, (second, 1), " ").await;
        assert!(matches!(reasonless, Err(ApplicationError::Obligation(RegisterError::NoReason))));
        application.dismiss_obligation(&officer, here, (second, 1), "staat er twee keer").await?;

        let owner = Owner { directorate: "Inburgering".to_owned(), keeper: None };
        application.move_obligation(&officer, here, (first, 2), step(Move::Assign { owner }, "2022-12-05")).await?;
        let future = step(Move::Start, "2999-01-01");
        let outcome = application.move_obligation(&officer, here, (first, 3), future).await;
        assert!(matches!(outcome, Err(ApplicationError::Invalid(InvalidInput::FutureDay))));
        let proof = Proof::new("32 824, nr. 400".parse()?, passage("Het onderzoek is afgerond."))?;
        let state = application.move_obligation(&officer, here, (first, 3), step(Move::Settle { proof: proof.clone() }, "2023-01-05")).await?;
        assert_eq!(state, State::Settled);
        let view = application.obligation(&officer, here, first).await?;
        assert_eq!(view.version, 4);
        assert!(view.obligation.history().iter().all(|made| made.actor == "Fictieve Collega"));

        let phase = Phase { name: "fase 1".to_owned(), finished: Some(proof) };
        application.set_obligation_phase(&officer, here, (first, 4), phase).await?;
        let known = [Tie::Action("work-conference".to_owned()), Tie::Indicator("paid-work".to_owned())];
        let strange = Tie::Indicator("no-such-figure".to_owned());
        let refused = application.tie_obligation(&officer, here, (first, 5), &strange, &known).await;
        assert!(matches!(refused, Err(ApplicationError::Invalid(InvalidInput::UnknownTie))));
        for (tie, version) in known.iter().zip(5..) {
            application.tie_obligation(&officer, here, (first, version), tie, &known).await?;
        }
        application.untie_obligation(&officer, here, (first, 7), &known[0]).await?;
        let third = Relation { kind: RelationKind::SharesAction, to: all[2].obligation.id() };
        application.relate_obligation(&officer, here, (first, 8), third).await?;
        let nowhere = Relation { kind: RelationKind::Repeats, to: ObligationId::new(999) };
        let outcome = application.relate_obligation(&officer, here, (first, 9), nowhere).await;
        assert!(matches!(outcome, Err(ApplicationError::Obligation(RegisterError::Unknown(_)))));
        let view = application.obligation(&officer, here, first).await?;
        assert_eq!((view.obligation.phases().len(), view.obligation.relations().len()), (1, 1));

        let public = application.public_obligations().await?;
        assert_eq!(public.len(), 1);
        assert_eq!(public[0].organisation, "Ministerie van Proef");
        assert_eq!(public[0].indicators, ["paid-work"]);
        assert_eq!(public[0].proofs, [("32 824, nr. 400".to_owned(), "Het onderzoek is afgerond.".to_owned())]);
    }

    async fn what_goes_out_comes_in_again(world: World) {
        let (here, officer) = ministry(&world).await?;
        let application = &world.application;
        application.take_document(&officer, here, document("overzicht.txt", OVERVIEW)).await?;
        for form in [ExportForm::Docx, ExportForm::Odt, ExportForm::Md] {
            let export = Export { form, presentation: Presentation::default(), title: "Overzicht".to_owned(), only: None };
            let file = application.export_obligations(&officer, here, export).await?;
            let other = world.organisation(OrganisationKind::Ministry, &format!("Ministerie {}", form.code())).await?;
            let machine = Context::machine();
            let new = NewDocument {
                name: format!("overzicht.{}", form.code()),
                bytes: file.bytes,
                date: Some(day("2022-12-01")),
                way: ReadingWay::Overview,
            };
            let taken = application.take_document(&machine, other, new).await?;
            assert_eq!(taken.counts.new, read().len(), "{}", form.code());
        }
        let export = Export { form: ExportForm::Pdf, presentation: Presentation::Table, title: "Overzicht".to_owned(), only: None };
        let outcome = application.export_obligations(&officer, here, export).await;
        assert!(matches!(outcome, Err(ApplicationError::NotFound)), "no typesetter, no PDF");
    }

    async fn pages_of_the_chamber_are_taken_once(world: World) {
        let (here, officer) = ministry(&world).await?;
        let pages = [CHAMBER.to_owned()];
        let first = world.application.import_chamber(&officer, here, &pages).await?;
        assert_eq!(first.new, 1);
        let again = world.application.import_chamber(&officer, here, &pages).await?;
        assert_eq!((again.new, again.updated, again.same), (0, 0, 1));
        let outcome = world.application.import_chamber(&officer, here, &["[]".to_owned()]).await;
        assert!(matches!(outcome, Err(ApplicationError::Chamber(_))));
    }

    async fn the_register_of_others_does_not_exist(world: World) {
        let (here, officer) = ministry(&world).await?;
        let taken = world.application.take_document(&officer, here, document("overzicht.txt", OVERVIEW)).await?;
        let there = world.organisation(OrganisationKind::Municipality, "Elderwijk").await?;
        let other = world.colleague(there, Role::PolicyOfficer, "o.fictief@example.org").await?.context;
        let guide = world.colleague(there, Role::Klantmanager, "k.fictief@example.org").await?.context;
        let id = ObligationId::new(1);
        assert!(matches!(world.application.obligations(&other, here).await, Err(ApplicationError::NotFound)));
        assert!(matches!(world.application.obligation(&other, there, id).await, Err(ApplicationError::NotFound)));
        assert!(matches!(world.application.commitment_source(&other, there, taken.source).await, Err(ApplicationError::NotFound)));
        assert!(matches!(world.application.accept_obligation(&other, there, (id, 1), None).await, Err(ApplicationError::NotFound)));
        assert!(matches!(world.application.obligations(&guide, there).await, Err(ApplicationError::Forbidden)));
        // What was taken in at the same time by two people has different numbers.
        let (one, two) = tokio::join!(
            world.application.take_document(&other, there, document("a.txt", OVERVIEW)),
            world.application.take_document(&other, there, document("b.txt", OVERVIEW)),
        );
        let counts = [one?.counts, two?.counts];
        assert_eq!(counts.iter().map(|counts| counts.new).sum::<usize>(), read().len());
    }
}
