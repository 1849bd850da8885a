//! JobPosting as JSON-LD.
//!
//! Only the shapes that occur in practice are followed: one posting, a list, `@graph`. No context
//! is loaded from anywhere.

use domain::availability::WeeklyHours;
use domain::demand::{Importance, Moment};
use domain::placement::PlaceKind;
use domain::text::ConceptUri;
use domain::vacancy::{MOST_PLACES, SkillDemand, Vacancy};
use serde_json::Value;

use super::{
    FieldFault, Position, PostingFault, PostingField, Postings, PostingsError, add, first_number,
    long_text, tasks, title,
};

/// Most levels of lists and graphs in which postings are looked for.
const DEEPEST: usize = 4;

/// Reads all postings of blocks of JSON.
pub(super) fn read<'a>(blocks: impl Iterator<Item = &'a str>) -> Result<Postings, PostingsError> {
    let mut postings = Postings::default();
    let mut number = 0;
    for block in blocks {
        let value: Value = serde_json::from_str(block)?;
        visit(&value, DEEPEST, &mut |posting| {
            number += 1;
            add(&mut postings, Position::Posting(number), vacancy(posting))
        })?;
    }
    if number == 0 {
        return Err(PostingsError::Nothing);
    }
    Ok(postings)
}

/// The blocks of JSON-LD in a web page.
pub(super) fn blocks(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, content) = rest.split_once('>')?;
        let is_ours = attributes.contains("application/ld+json");
        let (block, _) = content.split_once("</script")?;
        is_ours.then_some(block)
    })
}

fn visit(
    value: &Value,
    deepest: usize,
    take: &mut dyn FnMut(&Value) -> Result<(), PostingsError>,
) -> Result<(), PostingsError> {
    if is_posting(value) {
        return take(value);
    }
    if deepest == 0 {
        return Ok(());
    }
    let inner = match value {
        Value::Array(items) => Some(items),
        Value::Object(object) => object.get("@graph").and_then(Value::as_array),
        _ => None,
    };
    for item in inner.into_iter().flatten() {
        visit(item, deepest - 1, take)?;
    }
    Ok(())
}

fn is_posting(value: &Value) -> bool {
    let is_name = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        name == "JobPosting" || name.ends_with("schema.org/JobPosting")
    };
    match value.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is_name),
        Some(name) => is_name(name),
        None => false,
    }
}

fn vacancy(posting: &Value) -> Result<(Vacancy, Option<String>), FieldFault> {
    let named = texts(posting.get("title").or_else(|| posting.get("name")));
    let mut vacancy = Vacancy::titled(title(&plain(named.first().map_or("", |t| t)))?);
    let mut lines = vec![plain(&texts(posting.get("description")).join("\n"))];
    let duties = texts(posting.get("responsibilities"));
    let duties: Vec<String> = duties.iter().map(|text| plain(text)).collect();
    vacancy.tasks = tasks(duties.iter().flat_map(|text| text.lines()))?;
    let (uris, words) = concepts(posting.get("skills"));
    for text in words.iter().chain(&texts(posting.get("qualifications"))) {
        lines.extend(plain(text).lines().map(|line| format!("- {line}")));
    }
    vacancy.text = long_text(&lines.join("\n"))?;
    vacancy.skills = uris.into_iter().map(demand).collect();
    vacancy.occupation = concepts(posting.get("occupationalCategory")).0.pop();
    if let Some(hours) = texts(posting.get("workHours")).first() {
        vacancy.hours = hours_of(hours)?;
    }
    if let Some(openings) = posting.get("totalJobOpenings") {
        vacancy.places = number(openings)
            .filter(|n| (1..=MOST_PLACES).contains(n))
            .ok_or((PostingField::Places, range(1, MOST_PLACES)))?;
    }
    let types = texts(posting.get("employmentType"));
    if types.iter().any(|kind| kind == "VOLUNTEER") {
        vacancy.kind = PlaceKind::Volunteer;
    }
    Ok((vacancy, locality(posting)))
}

fn demand(skill: ConceptUri) -> SkillDemand {
    SkillDemand {
        skill,
        importance: Importance::Important,
        moment: Moment::AtStart,
        level: None,
    }
}

/// Hours of a week, where a number stands; words alone say nothing.
fn hours_of(text: &str) -> Result<Option<WeeklyHours>, FieldFault> {
    let Some(number) = first_number(text) else {
        return Ok(None);
    };
    WeeklyHours::new(i64::from(number))
        .map(Some)
        .map_err(|_| (PostingField::Hours, range(0, 168)))
}

fn range(least: u32, most: u32) -> PostingFault {
    PostingFault::Number { least, most }
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn locality(posting: &Value) -> Option<String> {
    let places = posting.get("jobLocation")?;
    let first = places.as_array().map_or(Some(places), |all| all.first())?;
    let address = first.get("address")?;
    let name = texts(address.get("addressLocality")).into_iter().next();
    name.map(|name| plain(&name))
        .filter(|name| !name.is_empty())
}

/// Every text of a value: itself, those of a list, or the name of a thing.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Number(number)) => vec![number.to_string()],
        Some(Value::Array(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(Value::Object(object)) => texts(object.get("name")),
        _ => Vec::new(),
    }
}

/// Concepts of a classification by URI, each once, and everything that is only words.
fn concepts(value: Option<&Value>) -> (Vec<ConceptUri>, Vec<String>) {
    let mut uris: Vec<ConceptUri> = Vec::new();
    let mut words = Vec::new();
    let items = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    for item in items {
        let names = ["@id", "url", "termCode"];
        let id = names.iter().find_map(|name| item.get(name)?.as_str());
        match concept(id.or(item.as_str()).unwrap_or_default()) {
            Some(uri) if uris.contains(&uri) => {}
            Some(uri) => uris.push(uri),
            None => words.extend(texts(Some(item))),
        }
    }
    (uris, words)
}

/// A URI of ESCO or of the starter catalogue.
pub(super) fn concept(text: &str) -> Option<ConceptUri> {
    let is_known = ["http://data.europa.eu/esco/", "urn:werkbrug:"]
        .iter()
        .any(|start| text.starts_with(start));
    if is_known {
        ConceptUri::new(text).ok()
    } else {
        None
    }
}

/// A text without tags and entities; ends of blocks become ends of lines.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match after.split_once('>') {
            Some((tag, later)) if is_tag => {
                let name = tag.trim_start_matches('/').to_ascii_lowercase();
                if name.starts_with("li") && !tag.starts_with('/') {
                    text.push_str("\n- ");
                } else if ["p", "br", "div", "ul", "ol", "h"]
                    .iter()
                    .any(|block| name.starts_with(block))
                {
                    text.push('\n');
                }
                rest = later;
            }
            _ => {
                text.push('<');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    // The ampersand last, so that what it escaped stays as it was written.
    let decoded = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, sign)| text.replace(entity, sign));
    let lines: Vec<&str> = decoded
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    type TestError = Box<dyn std::error::Error>;

    const PAGE: &str = r#"<html><script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"X"},
{"@type":["JobPosting"],"title":"Lasser &amp; bankwerker","description":"<p>Bij ons <b>last</b> u.</p><ul><li>MIG</li><li>TIG</li></ul>",
"responsibilities":["Lassen","- Meten"],"skills":[{"@id":"urn:werkbrug:skill:weld-metal","name":"lassen"},"tekening lezen"],
"workHours":"24-32 uur","totalJobOpenings":"3","employmentType":["VOLUNTEER"],
"jobLocation":{"@type":"Place","address":{"addressLocality":"Almere"}}}]}</script>"#;

    #[test]
    fn a_posting_inside_a_page_is_read() -> Result<(), TestError> {
        let postings = super::super::read(PAGE.as_bytes())?;
        assert_eq!(postings.refused, []);
        let [read] = &postings.vacancies[..] else {
            return Err("one posting".into());
        };
        assert_eq!(read.position, Position::Posting(1));
        assert_eq!(read.municipality.as_deref(), Some("Almere"));
        let vacancy = &read.vacancy;
        assert_eq!(vacancy.title.as_str(), "Lasser & bankwerker");
        let text = vacancy.text.as_ref().map(domain::text::LongText::as_str);
        assert_eq!(
            text,
            Some("Bij ons last u.\n- MIG\n- TIG\n- tekening lezen")
        );
        assert_eq!(vacancy.tasks.len(), 2);
        assert_eq!(vacancy.skills.len(), 1);
        assert_eq!(vacancy.hours.map(WeeklyHours::number), Some(24));
        assert_eq!((vacancy.places, vacancy.kind), (3, PlaceKind::Volunteer));
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_refused_with_field_and_reason() -> Result<(), TestError> {
        let json = r#"[{"@type":"JobPosting","description":"x"},
            {"@type":"JobPosting","title":"A","totalJobOpenings":0},
            {"@type":"JobPosting","title":"A","workHours":"500 uur"},
            {"@type":"JobPosting","title":"Goed"}]"#;
        let postings = super::super::read(json.as_bytes())?;
        let fields: Vec<_> = postings
            .refused
            .iter()
            .map(|r| (r.position, r.field))
            .collect();
        assert_eq!(
            fields,
            [
                (Position::Posting(1), PostingField::Title),
                (Position::Posting(2), PostingField::Places),
                (Position::Posting(3), PostingField::Hours),
            ]
        );
        assert_eq!(postings.vacancies.len(), 1);
        Ok(())
    }

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(plain("5 < 6 &amp;lt; <br>7<script"), "5 < 6 &lt;\n7<script");
    }
}
