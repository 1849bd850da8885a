//! Any bytes as a compiled catalogue: refused or usable, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(catalogue) = taxonomy::compiled::read(bytes, bytes.len() as u64) {
        for kind in taxonomy::concept::ConceptKind::ALL {
            for concept in catalogue.of_kind(*kind) {
                std::hint::black_box((catalogue.uri(concept), catalogue.broader(concept).count()));
            }
        }
    }
});
