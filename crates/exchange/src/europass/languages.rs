//! Languages as Europass files name them.

use domain::language::Language;

/// Codes of ISO 639-2 (both of its sets) and 639-3 for the languages known here, with their codes
/// of ISO 639-1. Dari and Farsi are one language here, as are the kinds of Kurdish.
const THREE_LETTERS: [(&str, &str); 53] = [
    ("nld", "nl"),
    ("dut", "nl"),
    ("eng", "en"),
    ("ara", "ar"),
    ("ukr", "uk"),
    ("tir", "ti"),
    ("tur", "tr"),
    ("fas", "fa"),
    ("per", "fa"),
    ("prs", "fa"),
    ("pes", "fa"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("spa", "es"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("isl", "is"),
    ("ice", "is"),
    ("ita", "it"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("mlt", "mt"),
    ("nor", "no"),
    ("nob", "no"),
    ("nno", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("swe", "sv"),
    ("amh", "am"),
    ("kur", "ku"),
    ("kmr", "ku"),
    ("ckb", "ku"),
    ("pus", "ps"),
    ("pbt", "ps"),
    ("pbu", "ps"),
    ("rus", "ru"),
    ("som", "so"),
];

/// The language that a code of two or three letters, an address that ends in one, or the
/// language's own name stands for.
pub(super) fn named(text: &str) -> Option<Language> {
    let code = text.rsplit(['/', '#']).next()?.trim().to_lowercase();
    let three = THREE_LETTERS.iter().find(|(three, _)| *three == code);
    let code = three.map_or(code.as_str(), |(_, two)| two);
    let known = code.parse().ok();
    known.or_else(|| Language::all().find(|one| one.own_name().to_lowercase() == code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_by_its_codes_and_its_own_name() {
        for language in Language::all() {
            assert_eq!(named(language.code()), Some(language));
            assert_eq!(named(language.own_name()), Some(language));
            let three = THREE_LETTERS
                .iter()
                .filter(|(_, two)| *two == language.code());
            let mut n = 0;
            for (three, _) in three {
                let address = format!("http://publications.europa.eu/authority/language/{three}");
                assert_eq!(named(&address.to_uppercase()), Some(language));
                n += 1;
            }
            assert!(n > 0, "{language} has no code of three letters");
        }
        assert_eq!(named("Klingon"), None);
    }
}
