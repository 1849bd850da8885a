//! Any bytes as an office file or PDF: text or a refusal, and every part lies in the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.docx", "a.odt", "a.md", "a.txt", "a.pdf"] {
        if let Ok(extracted) = exchange::extract(name, bytes) {
            for (span, _) in &extracted.parts {
                assert!(span.of(&extracted.text).is_some());
            }
        }
    }
});
