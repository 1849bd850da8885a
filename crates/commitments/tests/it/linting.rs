//! Slips that are in the published documents, and none that are not.

use commitments::deadline::Conventions;
use commitments::known::Known;
use commitments::lint::{FindingKind, lint};
use commitments::read::Document;
use commitments::versions;

use crate::material::source;

fn slips(name: &str) -> Option<Vec<String>> {
    let text = source(name)?;
    let document = Document::read(name, &text, None, &Conventions::default());
    let found = lint(&document, &Known::built_in(), &[]);
    let mut out: Vec<String> = found
        .into_iter()
        .filter_map(|finding| match finding.kind {
            FindingKind::DossierSlip {
                written, proposal, ..
            } => Some(format!("{written} -> {proposal}")),
            FindingKind::NameSlip {
                written, proposal, ..
            } => Some(format!("{written} -> {proposal}")),
            FindingKind::OtherDeliverable {
                record,
                asked,
                delivered,
            } => Some(format!("{record}: {asked} -> {delivered}")),
            FindingKind::CountMismatch {
                stated,
                listed,
                what,
            } => Some(format!("{what}: {stated} -> {listed}")),
            _ => None,
        })
        .collect();
    out.dedup();
    Some(out)
}

#[test]
fn slips_in_the_published_documents() {
    let Some(overview) = slips("002") else { return };
    assert_eq!(
        overview,
        [
            "Japser Van Dijk -> Jasper van Dijk",
            "6: onderzoek -> plan van aanpak"
        ]
    );
    assert_eq!(
        slips("003").unwrap(),
        [
            "Taskforce Werk & Integratie: 20 -> 19",
            "35 763 -> 35 673",
            "32 825 -> 32 824"
        ]
    );
    assert_eq!(slips("004").unwrap(), Vec::<String>::new());
}

#[test]
fn the_note_is_recognised_in_both_versions() {
    let (Some(one), Some(other), Some(third)) = (source("000"), source("001"), source("004"))
    else {
        return;
    };
    let read = |text: &str| Document::read("n", text, None, &Conventions::default());
    let (one, other, third) = (read(&one), read(&other), read(&third));
    println!(
        "likeness {}",
        versions::likeness(&one.layout, &other.layout)
    );
    assert!(versions::same_document(&one.layout, &other.layout));
    assert!(!versions::same_document(&one.layout, &third.layout));
    assert_eq!(one.records.len(), 1);
    assert_eq!(one.records[0].content(), other.records[0].content());
    assert_eq!(one.records[0].members[0].value.name, "Ceder");
}
