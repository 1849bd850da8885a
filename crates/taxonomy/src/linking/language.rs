//! What the linker knows about each language: small words, endings, how compounds are joined.
//!
//! These are rules of the languages, not lists made from texts that people link.
//! A language without a profile uses [`LanguageProfile::of`]`("und")`: letters are folded, nothing
//! is cut, and n-grams do the work.

mod eastern;
mod germanic;
mod romance;
mod slavic;

/// Letter variants that depend on the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Accents go, scripts fold by themselves.
    Plain,
    /// ä, ae and a are one; ö and ü likewise.
    German,
    /// å, aa and a are one; æ, ae and a; ø, oe and o.
    Nordic,
    /// Dotted and dotless i are one.
    Turkish,
    /// є folds to е as well.
    Ukrainian,
}

/// What happens to the end of a stem after an ending was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endings {
    /// Nothing.
    Plain,
    /// Double consonants become single.
    Undouble,
    /// Dutch open and closed syllables, v/f and z/s.
    Dutch,
}

/// Ending rules: each group cuts at most one ending, the first that fits.
type Suffixes = &'static [&'static [(&'static str, &'static str)]];

/// The rules of one language.
#[derive(Debug)]
pub(crate) struct LanguageProfile {
    /// ISO 639-1 code.
    pub(super) code: &'static str,
    pub(super) letters: Letters,
    /// Words that say nothing about the concept.
    pub(super) stop: &'static [&'static str],
    /// Words of advertisements that say little: hours, level, "wanted".
    pub(super) noise: &'static [&'static str],
    /// Endings that stand for the other gender behind a slash or in brackets.
    pub(super) feminine: &'static [&'static str],
    /// Articles written onto the word.
    pub(super) articles: &'static [&'static str],
    pub(super) suffixes: Suffixes,
    pub(super) endings: Endings,
    /// Letters between the parts of a compound, none first; empty when the language has no
    /// compounds written as one word.
    pub(super) links: &'static [&'static str],
    /// An apostrophe between letters is part of the word.
    pub(super) apostrophe_joins: bool,
}

impl LanguageProfile {
    /// The profile of a language code (`nl`, `pt-BR`), or the one without rules.
    pub(crate) fn of(code: &str) -> &'static LanguageProfile {
        let base = code.split(['-', '_']).next().unwrap_or(code);
        profiles()
            .find(|profile| profile.code.eq_ignore_ascii_case(base))
            .unwrap_or(&UNDETERMINED)
    }

    /// The language code; `und` for the profile without rules.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }
}

const UNDETERMINED: LanguageProfile = LanguageProfile {
    code: "und",
    letters: Letters::Plain,
    stop: &[],
    noise: &[],
    feminine: &[],
    articles: &[],
    suffixes: &[],
    endings: Endings::Plain,
    links: &[],
    apostrophe_joins: false,
};

/// The profiles of all languages with rules.
fn profiles() -> impl Iterator<Item = &'static LanguageProfile> {
    [
        germanic::PROFILES,
        romance::PROFILES,
        slavic::PROFILES,
        eastern::PROFILES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::fold::fold_letters;

    #[test]
    fn words_of_every_profile_are_written_folded() {
        for profile in profiles() {
            let lists = [
                profile.stop,
                profile.noise,
                profile.feminine,
                profile.articles,
            ];
            for word in lists.into_iter().flatten() {
                assert_eq!(
                    &fold_letters(word, profile.letters, 99),
                    word,
                    "{}",
                    profile.code
                );
            }
            for (ending, _) in profile.suffixes.iter().copied().flatten() {
                assert_eq!(
                    &fold_letters(ending, profile.letters, 99),
                    ending,
                    "{}",
                    profile.code
                );
            }
        }
    }

    #[test]
    fn region_and_case_of_a_code_do_not_matter() {
        assert_eq!(LanguageProfile::of("PT-br").code(), "pt");
        assert_eq!(LanguageProfile::of("xx").code(), "und");
        assert_eq!(LanguageProfile::of("").code(), "und");
    }
}
