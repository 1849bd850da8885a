//! A fictional vacancy.

use serde_json::{Value, json};
use taxonomy::concept::{Regulation, Relation};
use taxonomy::{Catalogue, ConceptId};

use super::draw::Draw;
use super::{REGIONS, slug};

/// Makes the record of one vacancy.
pub(super) fn record(
    catalogue: &Catalogue,
    occupations: &[ConceptId],
    number: u32,
    draw: &mut Draw,
) -> Value {
    let occupation = draw.one(occupations);
    let skills: Vec<Value> = catalogue
        .skills_of(occupation)
        .map(|(skill, relation)| {
            let importance = match relation {
                Relation::Essential => draw.one(&["essential", "essential", "important"]),
                Relation::Optional => draw.one(&["important", "optional"]),
            };
            let moment = if draw.happens(25) {
                "learned-here"
            } else {
                "at-start"
            };
            json!({"skill": catalogue.uri(skill), "importance": importance, "moment": moment})
        })
        .collect();
    let level = catalogue
        .nlqf(occupation)
        .map_or(2, domain::level::Nlqf::number);
    let kind = draw.one(&[
        "regular",
        "regular",
        "regular",
        "work-and-learn",
        "starter-job",
    ]);
    let mut record = json!({
        "id": format!("vacature-{number:03}-{}", slug(catalogue, occupation)),
        "occupation": catalogue.uri(occupation),
        "skills": skills,
        "languages": languages(level, draw),
        "hours": draw.one(&[16, 24, 24, 32, 36]),
        "place": {"region": draw.one(&REGIONS)},
        "permission": draw.one(&["free", "notification-needed", "notification-needed"]),
        "kind": kind,
        "places": draw.one(&[1, 1, 1, 2, 3]),
        "support": draw.some(&["buddy", "job-coach", "language-at-work", "training"], 2),
    });
    if draw.happens(20) {
        record["licences"] = json!(["B"]);
    }
    if draw.happens(30) {
        record["day_parts"] = json!(draw.some(&["mon-morning", "tue-morning", "thu-morning"], 2));
    }
    if catalogue.regulation(occupation) == Regulation::Profession {
        record["qualification"] = json!({"level": level, "basis": "by-law"});
    } else if level >= 4 {
        let basis = draw.one(&["asked", "experience-suffices"]);
        record["qualification"] = json!({"level": level, "basis": basis});
    }
    record
}

/// What the work asks of Dutch: more to speak than to write, and more after a year.
fn languages(level: u8, draw: &mut Draw) -> Value {
    let (speaking, writing, later) = match level {
        0..=2 => (draw.one(&["A1", "A2", "A2"]), "none", "A2"),
        3..=4 => (draw.one(&["A2", "B1"]), "A2", "B1"),
        _ => (draw.one(&["B1", "B2"]), "B1", "B2"),
    };
    json!([
        {"language": "nl", "modality": "speaking", "at_start": speaking, "after_a_year": later},
        {"language": "nl", "modality": "writing", "at_start": writing},
    ])
}
