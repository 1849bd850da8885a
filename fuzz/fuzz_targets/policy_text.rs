//! Any text read as an overview and as a letter: no crash, and every place lies in the text.
#![no_main]

use commitments::calendar::date;
use commitments::deadline::Conventions;
use commitments::known::Known;
use commitments::read::Document;
use commitments::{lint, miner};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let conventions = Conventions::default();
    let document = Document::read("fuzz", text, date(2022, 12, 1), &conventions);
    for record in &document.records {
        assert!(record.span.of(text).is_some());
        assert!(record.ask.span.of(text).is_some());
    }
    for mined in miner::mine(&document, &conventions) {
        assert!(mined.span.of(text).is_some());
    }
    for finding in lint::lint(&document, &Known::built_in(), &[]) {
        assert!(finding.span.of(text).is_some());
    }
});
