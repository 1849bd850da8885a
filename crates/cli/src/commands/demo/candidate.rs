//! A fictional person.

use serde_json::{Value, json};
use taxonomy::concept::Relation;
use taxonomy::{Catalogue, ConceptId};

use super::draw::Draw;
use super::{REGIONS, slug};

/// Levels of Dutch in the demo, the common ones more often.
const DUTCH: [&str; 10] = [
    "alfa-b", "alfa-c", "A1", "A1", "A2", "A2", "A2", "B1", "B1", "B2",
];

/// Makes the record of one person.
///
/// What the person does not know or was not asked is left out, so that the demo has questions too.
pub(super) fn record(
    catalogue: &Catalogue,
    occupations: &[ConceptId],
    number: u32,
    draw: &mut Draw,
) -> Value {
    let past = draw.one(occupations);
    let mut skills: Vec<ConceptId> = catalogue
        .skills_of(past)
        .filter(|(_, relation)| {
            draw.happens(if *relation == Relation::Essential {
                90
            } else {
                40
            })
        })
        .map(|(skill, _)| skill)
        .collect();
    if draw.happens(40) {
        // A second life: unpaid work or another job, of which a part stayed.
        let second = draw.one(occupations);
        skills.extend(
            catalogue
                .skills_of(second)
                .map(|(s, _)| s)
                .filter(|_| draw.happens(50)),
        );
    }
    skills.sort_unstable();
    skills.dedup();
    let skills: Vec<Value> = skills
        .iter()
        .map(|&skill| {
            let evidence = draw.one(&["stated", "experience", "experience", "assessed"]);
            json!({"skill": catalogue.uri(skill), "evidence": evidence})
        })
        .collect();
    let home = draw.one(&REGIONS);
    let mut record = json!({
        "id": format!("fictief-{number:03}-{}", slug(catalogue, past)),
        "group": home,
        "skills": skills,
        "languages": languages(draw),
        "reach": {"regions": regions(home, draw)},
        "hours": draw.one(&[16, 24, 32, 36, 40, 40]),
        "permission": draw.one(&["free", "free", "free", "notification-needed"]),
        "readiness": "ready",
        "wishes": {"occupations": [catalogue.uri(past)]},
    });
    if draw.happens(70) {
        let licences: &[&str] = if draw.happens(45) { &["B"] } else { &[] };
        record["licences"] = json!(licences);
    }
    if draw.happens(60) {
        record["day_parts"] = json!(day_parts(draw));
    }
    if draw.happens(60) {
        let recognition = draw.one(&["not-recognised", "pending", "recognised"]);
        let level = catalogue.nlqf(past).map_or(2, domain::level::Nlqf::number);
        record["qualifications"] = json!([{"level": level, "recognition": recognition}]);
    }
    record
}

fn languages(draw: &mut Draw) -> Value {
    let speaks = draw.below(DUTCH.len());
    // People mostly write less well than they speak.
    let writes = speaks.saturating_sub(draw.below(3));
    let mut rows = vec![json!({
        "language": "nl", "listening": DUTCH[speaks], "speaking": DUTCH[speaks],
        "reading": DUTCH[writes], "writing": DUTCH[writes],
    })];
    if draw.happens(50) {
        let level = draw.one(&["A2", "B1", "B2"]);
        rows.push(json!({
            "language": "en", "listening": level, "speaking": level, "reading": level,
        }));
    }
    json!(rows)
}

fn regions(home: &str, draw: &mut Draw) -> Vec<String> {
    let mut regions = vec![home.to_owned()];
    if draw.happens(40) {
        let other = draw.one(&REGIONS);
        if other != home {
            regions.push(other.to_owned());
        }
    }
    regions
}

/// Mornings and afternoons of a week, without those of the language lessons.
fn day_parts(draw: &mut Draw) -> Vec<String> {
    let lessons = draw.some(&["mon", "tue", "wed", "thu", "fri"], 2);
    let mut parts = Vec::new();
    for day in ["mon", "tue", "wed", "thu", "fri"] {
        if !lessons.contains(&day) {
            parts.push(format!("{day}-morning"));
        }
        parts.push(format!("{day}-afternoon"));
    }
    parts
}
