//! Lines that belong to the printed page and not to the text: page numbers, letterheads.
//!
//! This module must not know where such a line stands.

/// Labels of a letterhead that stand on a line of their own with their value on the next.
const LABELS: [&str; 14] = [
    "datum",
    "onze referentie",
    "uw referentie",
    "ons kenmerk",
    "uw kenmerk",
    "directie",
    "opgesteld door",
    "contactpersoon",
    "bijlage(n)",
    "bijlagen",
    "kenmerk",
    "afdeling",
    "betreft",
    "uw brief",
];

/// Remembers the label of a letterhead whose value the next line may be.
#[derive(Debug, Default)]
pub(super) struct State {
    after_label: bool,
}

impl State {
    /// Whether this line (without white space around it) belongs to the page.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        let low = line.to_lowercase();
        let label = LABELS.contains(&low.trim_end_matches(':').trim());
        let value = self.after_label && looks_like_value(line);
        self.after_label = label;
        label || value || is_page_line(&low)
    }
}

/// A date, a reference or a bare number under a label.
fn looks_like_value(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= 4 && line.chars().any(|c| c.is_ascii_digit()) && !line.ends_with(['.', ':', ';', '?'])
}

fn is_page_line(low: &str) -> bool {
    let words: Vec<&str> = low.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        // A bare page number; four digits may be a year that a wrap left alone.
        [only] => number(only) && only.len() <= 3,
        ["pagina", page, "van", pages] => number(page) && number(pages),
        ["pagina", page] => number(page),
        ["tweede" | "eerste", "kamer,", "vergaderjaar", ..] => true,
        ["-", page, "-"] => number(page),
        [page, "/", pages] => number(page) && number(pages),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letterheads_are_taken_with_their_values() {
        let mut state = State::default();
        assert!(state.takes("Datum"));
        assert!(state.takes("28 september 2022"));
        assert!(state.takes("Onze referentie"));
        assert!(state.takes("2022-0000201290"));
        assert!(state.takes("Pagina 3 van 10"));
        assert!(state.takes("7"));
        assert!(!state.takes("Zeven gemeenten doen mee."));
        assert!(!state.takes("28 september 2022"));
    }
}
