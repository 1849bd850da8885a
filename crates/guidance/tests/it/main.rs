//! Tests of the guidance set as a whole and of what it refuses.
#![expect(
    clippy::expect_used,
    reason = "helpers of tests end the test when their own input is wrong"
)]

mod advice;
mod capabilities;
mod levers;
mod loading;
mod rules;

use std::path::PathBuf;
use std::sync::LazyLock;

use guidance::facts::{Fact, Facts};
use guidance::{Day, GuidanceSet, embedded};

static SET: LazyLock<GuidanceSet> =
    LazyLock::new(|| GuidanceSet::load(&embedded::bundle()).expect("the embedded set is right"));

/// The set in the program.
fn set() -> &'static GuidanceSet {
    &SET
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

fn facts(pairs: &[(&str, &str)]) -> Facts {
    pairs.iter().fold(Facts::none(), |facts, (name, value)| {
        let fact = Fact::named(name).expect("a fact");
        facts.with(fact, value).expect("a value")
    })
}

fn data_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/guidance")
}
