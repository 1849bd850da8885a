//! Finds words of the pivot language that are spelled almost like a part of the text.
//!
//! `hydraulisch` and `hydraulic` need no parallel text to be recognised. Only words with the same
//! beginning are compared, so no table is needed beyond the sorted words themselves.

use super::index::{LinkIndex, items};

/// Letters that both words begin with.
const SAME_START: usize = 3;

/// Fewest letters of a part and of its counterpart.
const SHORTEST: usize = 5;

/// Least share of common letter triples.
const LEAST_ALIKE: f32 = 0.5;

/// Counterparts of one part.
const MOST: usize = 3;

impl LinkIndex {
    /// Numbers of the pivot terms spelled like the folded `part`, with their likeness, best first.
    pub(super) fn cognates(&self, part: &str) -> Vec<(u32, f32)> {
        let Some((beginning, _)) = part.char_indices().nth(SAME_START) else {
            return Vec::new();
        };
        let letters: Vec<char> = padded(part);
        if letters.len() < SHORTEST + 2 {
            return Vec::new();
        }
        let beginning = part.get(..beginning).unwrap_or_default().as_bytes();
        let parts = &self.parts;
        let text = |term: u32| items(&parts.term_text, &parts.term_end, term as usize);
        let mut found: Vec<(u32, f32)> = self
            .terms_from(beginning)
            .take_while(|&term| text(term).starts_with(beginning))
            .filter_map(|term| {
                let other = padded(std::str::from_utf8(text(term)).ok()?);
                let alike = alike(&letters, &other);
                (other.len() >= SHORTEST + 2 && alike >= LEAST_ALIKE).then_some((term, alike))
            })
            .collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        found.truncate(MOST);
        found
    }

    /// Numbers of the pivot terms that do not stand before `beginning`, in byte order.
    fn terms_from(&self, beginning: &[u8]) -> std::ops::Range<u32> {
        let parts = &self.parts;
        let (mut low, mut high) = (0, parts.term_end.len());
        while low < high {
            let middle = low.midpoint(high);
            if items(&parts.term_text, &parts.term_end, middle) < beginning {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low as u32..parts.term_end.len() as u32
    }
}

fn padded(word: &str) -> Vec<char> {
    std::iter::once(' ')
        .chain(word.chars())
        .chain(std::iter::once(' '))
        .collect()
}

/// Dice's coefficient of the letter triples of two padded words.
fn alike(one: &[char], other: &[char]) -> f32 {
    let mut free: Vec<&[char]> = other.windows(3).collect();
    let all = one.len().saturating_sub(2) + free.len();
    let mut common = 0_usize;
    for triple in one.windows(3) {
        if let Some(at) = free.iter().position(|other| *other == triple) {
            free.swap_remove(at);
            common += 1;
        }
    }
    if all == 0 {
        return 0.0;
    }
    2.0 * common as f32 / all as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_the_share_of_triples() {
        let of = |one: &str, other: &str| alike(&padded(one), &padded(other));
        assert!(of("laser", "laser") == 1.0);
        assert!(of("hydraulisch", "hydraulic") > LEAST_ALIKE);
        assert!(of("bakker", "doctor") == 0.0);
        assert!(of("", "") <= 1.0);
    }
}
