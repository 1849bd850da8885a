//! Marks that keep the direction of an inserted text apart from the text around it.
//!
//! Fluent wraps every argument in them. They belong in running text and nowhere else: not in
//! titles, file names, attribute values, CSV or search keys.

/// First strong isolate, left-to-right isolate, right-to-left isolate, pop directional isolate.
const MARKS: [char; 4] = ['\u{2068}', '\u{2066}', '\u{2067}', '\u{2069}'];

/// The text without isolation marks.
///
/// ```
/// assert_eq!(language::isolation::strip("Taal: \u{2068}العربية\u{2069}"), "Taal: العربية");
/// ```
#[must_use]
pub fn strip(text: &str) -> String {
    text.chars().filter(|c| !MARKS.contains(c)).collect()
}
