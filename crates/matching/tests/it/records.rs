//! Records of files: the published schema and examples, and what is refused.

use std::collections::BTreeSet;

use matching::configuration::Configuration;
use matching::constraint::findings;
use matching::features::FeatureError;
use matching::knowledge;
use matching::pair::assess;
use matching::record::{CandidateRecord, ExplanationRecord, RecordError, VacancyRecord};
use serde_json::Value;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const CANDIDATES: &str = include_str!("../../schema/examples/candidates.ndjson");
const VACANCIES: &str = include_str!("../../schema/examples/vacancies.ndjson");
const CANDIDATE_SCHEMA: &str = include_str!("../../schema/candidate.schema.json");
const VACANCY_SCHEMA: &str = include_str!("../../schema/vacancy.schema.json");

fn candidate(line: &str) -> Result<CandidateRecord, serde_json::Error> {
    serde_json::from_str(line)
}

fn vacancy(line: &str) -> Result<VacancyRecord, serde_json::Error> {
    serde_json::from_str(line)
}

/// The fields of every object of a value, as dotted paths.
fn fields(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                let path = format!("{path}.{name}");
                fields(inner, &path, into);
                into.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, path, into)),
        _ => {}
    }
}

/// The fields that a schema allows, as dotted paths.
fn allowed(schema: &Value, path: &str, into: &mut BTreeSet<String>) {
    for wider in schema["anyOf"].as_array().into_iter().flatten() {
        allowed(wider, path, into);
    }
    if schema["items"].is_object() {
        allowed(&schema["items"], path, into);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{name}");
        allowed(inner, &path, into);
        into.insert(path);
    }
}

#[test]
fn the_schema_names_the_fields_that_are_read() -> Outcome {
    for (schema, lines, write) in [
        (
            CANDIDATE_SCHEMA,
            CANDIDATES,
            (|line| serde_json::to_value(candidate(line)?)) as fn(&str) -> _,
        ),
        (VACANCY_SCHEMA, VACANCIES, |line| {
            serde_json::to_value(vacancy(line)?)
        }),
    ] {
        let (mut named, mut written) = (BTreeSet::new(), BTreeSet::new());
        allowed(&serde_json::from_str(schema)?, "", &mut named);
        for line in lines.lines() {
            fields(&write(line)?, "", &mut written);
        }
        // Writing gives every field of every kind of row that the examples have.
        assert_eq!(named, written);
    }
    Ok(())
}

#[test]
fn the_examples_are_read_and_explained() -> Outcome {
    let catalogue = taxonomy::starter::catalogue()?;
    let yardstick = knowledge::yardstick(&catalogue, Configuration::current());
    for line in VACANCIES.lines() {
        let vacancy = vacancy(line)?.weigh(&catalogue, &yardstick)?;
        for line in CANDIDATES.lines() {
            let candidate = candidate(line)?.features(&catalogue)?;
            let found = assess(&candidate, &vacancy, &yardstick);
            assert_eq!(found.constraints, findings(&candidate, vacancy.features()));
            let score = found.score;
            let record = serde_json::to_value(ExplanationRecord::new(found, &catalogue))?;
            let leaves = record["branches"].as_array().into_iter().flatten();
            let leaves =
                leaves.flat_map(|branch| branch["leaves"].as_array().into_iter().flatten());
            let points: u64 = leaves.filter_map(|leaf| leaf["points"].as_u64()).sum();
            assert_eq!(points, u64::from(score));
        }
    }
    Ok(())
}

#[test]
fn protected_attributes_are_refused() {
    for field in [
        "name",
        "sex",
        "gender",
        "age",
        "birth_date",
        "origin",
        "nationality",
        "religion",
        "health",
        "address",
        "photograph",
    ] {
        let line = format!("{{\"id\":\"k\",\"{field}\":\"x\"}}");
        let refused = candidate(&line).map(|_| ()).map_err(|e| e.to_string());
        assert!(
            refused.is_err_and(|e| e.contains("unknown field")),
            "{field}"
        );
    }
}

#[test]
fn bad_values_are_refused_with_a_reason() -> Outcome {
    for (line, reason) in [
        (r#"{"id":"k","hours":-1}"#, "-1 hours a week"),
        (r#"{"id":"k","hours":169}"#, "169 hours a week"),
        (
            r#"{"id":"k","languages":[{"language":"nl","speaking":"B3"}]}"#,
            "unknown language level",
        ),
        (
            r#"{"id":"k","qualifications":[{"level":9,"recognition":"pending"}]}"#,
            "NLQF level",
        ),
        (r#"{"id":"k","start":"1999-01-01"}"#, "is no date"),
        (r#"{"id":"k","skills":["#, "EOF"),
    ] {
        let error = candidate(line).map(|_| ()).map_err(|e| e.to_string());
        assert!(
            error.as_ref().is_err_and(|e| e.contains(reason)),
            "{error:?}"
        );
    }
    let catalogue = taxonomy::starter::catalogue()?;
    let features = |line: &str| candidate(line).map(|record| record.features(&catalogue));
    assert!(matches!(
        features(r#"{"id":"k","skills":[{"skill":"urn:nowhere"}]}"#)?,
        Err(RecordError::UnknownConcept { .. })
    ));
    assert!(matches!(
        features(r#"{"id":""}"#)?,
        Err(RecordError::Id { length: 0 })
    ));
    let many = vec![r#"{"skill":"urn:nowhere"}"#; 10_000].join(",");
    assert!(matches!(
        features(&format!("{{\"id\":\"k\",\"skills\":[{many}]}}"))?,
        Err(RecordError::Features(FeatureError::TooManySkills {
            count: 10_000
        }))
    ));
    Ok(())
}

#[test]
fn a_vacancy_without_demands_or_places_is_refused() -> Outcome {
    let catalogue = taxonomy::starter::catalogue()?;
    let yardstick = knowledge::yardstick(&catalogue, Configuration::current());
    let weigh = |line: &str| {
        let record = vacancy(line)?;
        Ok::<_, serde_json::Error>(record.weigh(&catalogue, &yardstick).map(|_| ()))
    };
    assert_eq!(
        weigh(r#"{"id":"v","skills":[]}"#)?,
        Err(RecordError::Features(FeatureError::NoDemands))
    );
    assert_eq!(
        weigh(r#"{"id":"v","skills":[],"places":0}"#)?,
        Err(RecordError::NoPlaces)
    );
    let twice = r#"{"skill":"urn:werkbrug:skill:be-on-time","importance":"optional"}"#;
    let twice = weigh(&format!("{{\"id\":\"v\",\"skills\":[{twice},{twice}]}}"))?;
    assert!(matches!(
        twice,
        Err(RecordError::Features(FeatureError::DemandedTwice { .. }))
    ));
    Ok(())
}
