//! The published schemas, their examples and the records say the same.

use matching::division::record::{CandidateRecord, Method, PlaceRecord, Places};
use serde_json::{Value, json};

const PLACE: &str = include_str!("../../../schema/divide-place.schema.json");
const CANDIDATE: &str = include_str!("../../../schema/divide-candidate.schema.json");
const RESULT: &str = include_str!("../../../schema/divide-result.schema.json");

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn examples(schema: &Value) -> &[Value] {
    schema["examples"].as_array().unwrap()
}

/// Whether the value fits, for the keywords that our schemas use; panics on any other.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let number = || value.as_i64();
    let length = || value.as_str().map(|text| text.chars().count() as i64);
    schema
        .as_object()
        .unwrap()
        .iter()
        .all(|(keyword, rule)| match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "examples" => true,
            "$ref" => {
                let path = rule.as_str().unwrap().trim_start_matches('#');
                fits(root, root.pointer(path).unwrap(), value)
            }
            "oneOf" => {
                let fitting = |one: &&Value| fits(root, one, value);
                rule.as_array().unwrap().iter().filter(fitting).count() == 1
            }
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_of_type(one, value)),
                one => is_of_type(one, value),
            },
            "minimum" => number().is_none_or(|n| n >= rule.as_i64().unwrap()),
            "maximum" => number().is_none_or(|n| n <= rule.as_i64().unwrap()),
            "minLength" => length().is_none_or(|n| n >= rule.as_i64().unwrap()),
            "maxLength" => length().is_none_or(|n| n <= rule.as_i64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|a| a.len() <= rule.as_u64().unwrap() as usize),
            "items" => value
                .as_array()
                .is_none_or(|a| a.iter().all(|item| fits(root, rule, item))),
            "required" => {
                let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                !value.is_object() || rule.as_array().unwrap().iter().all(has)
            }
            "properties" => value.as_object().is_none_or(|object| {
                object
                    .iter()
                    .all(|(name, part)| rule.get(name).is_none_or(|rule| fits(root, rule, part)))
            }),
            "additionalProperties" => {
                assert_eq!(rule, &json!(false));
                let known = |name: &String| schema["properties"].get(name).is_some();
                value
                    .as_object()
                    .is_none_or(|object| object.keys().all(known))
            }
            other => panic!("keyword {other:?} is not checked here"),
        })
}

fn is_of_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("type {other:?} is not checked here"),
    }
}

/// Whether the engine takes the record, with the places of the examples.
fn taken(record: &Value, is_place: bool) -> bool {
    let mut places = Places::default();
    if is_place {
        return serde_json::from_value::<PlaceRecord>(record.clone())
            .is_ok_and(|place| places.add(place).is_ok());
    }
    for place in examples(&schema(PLACE)) {
        places
            .add(serde_json::from_value(place.clone()).unwrap())
            .unwrap();
    }
    serde_json::from_value::<CandidateRecord>(record.clone())
        .is_ok_and(|candidate| places.close().add(candidate).is_ok())
}

/// The result of the examples, as JSON.
fn results(method: Method) -> Vec<Value> {
    let mut places = Places::default();
    for place in examples(&schema(PLACE)) {
        places
            .add(serde_json::from_value(place.clone()).unwrap())
            .unwrap();
    }
    let mut intake = places.close();
    for candidate in examples(&schema(CANDIDATE)) {
        intake
            .add(serde_json::from_value(candidate.clone()).unwrap())
            .unwrap();
    }
    let case = intake.finish().unwrap();
    let outcome = case.divide(method).unwrap();
    outcome
        .records()
        .map(|record| serde_json::to_value(record).unwrap())
        .collect()
}

#[test]
fn examples_fit_and_are_taken() {
    for (text, is_place) in [(PLACE, true), (CANDIDATE, false)] {
        let schema = schema(text);
        for example in examples(&schema) {
            assert!(fits(&schema, &schema, example), "{example}");
            assert!(taken(example, is_place), "{example}");
        }
    }
}

#[test]
fn what_the_schema_refuses_the_engine_refuses() {
    let long = "x".repeat(201);
    let option =
        |place: &str, score: i64| json!({"id": "k", "options": [{"place": place, "score": score}]});
    let bad = [
        (true, json!({"id": "p"})),
        (true, json!({"id": "", "capacity": 1})),
        (true, json!({"id": long, "capacity": 1})),
        (true, json!({"id": 7, "capacity": 1})),
        (true, json!({"id": "p", "capacity": -1})),
        (true, json!({"id": "p", "capacity": 4_294_967_296_i64})),
        (true, json!({"id": "p", "capacity": 1, "name": "x"})),
        (false, json!({"id": "k"})),
        (false, json!({"id": "", "options": []})),
        (false, json!({"id": "k", "options": null})),
        (false, json!({"id": "k", "options": [], "priority": -1})),
        (
            false,
            json!({"id": "k", "options": [], "priority": 1_048_576}),
        ),
        (
            false,
            json!({"id": "k", "options": [{"place": "leerwerk-bakkerij"}]}),
        ),
        (false, option("leerwerk-bakkerij", 1001)),
        (false, option("leerwerk-bakkerij", -1)),
        (false, option("", 5)),
    ];
    for (is_place, record) in bad {
        let schema = schema(if is_place { PLACE } else { CANDIDATE });
        assert!(!fits(&schema, &schema, &record), "schema takes {record}");
        assert!(!taken(&record, is_place), "engine takes {record}");
    }
}

#[test]
fn results_fit_and_the_examples_are_the_results_of_the_examples() {
    let schema = schema(RESULT);
    for method in [Method::Optimal, Method::Stable] {
        for record in results(method) {
            assert!(fits(&schema, &schema, &record), "{record}");
        }
    }
    assert_eq!(examples(&schema), results(Method::Optimal));
    assert!(!fits(
        &schema,
        &schema,
        &json!({"kind": "candidate", "id": "k"})
    ));
}
