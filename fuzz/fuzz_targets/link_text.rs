//! Any text linked in every language of the starter catalogue.
#![no_main]

use std::sync::LazyLock;

use taxonomy::{Catalogue, Family, starter};

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| starter::catalogue().expect("the starter catalogue is tested"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    for language in CATALOGUE.languages() {
        for family in [Family::Occupation, Family::Skill] {
            for link in CATALOGUE.link(text, family, language, 10) {
                assert!(link.score <= 1000);
            }
        }
    }
});
