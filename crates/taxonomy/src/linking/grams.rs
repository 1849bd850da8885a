//! Character n-grams of one word, its two edges included.

/// Shortest and longest n-gram, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;

/// N-grams of this length have no postings: too many words share one. Their keys are odd.
const PAIR: usize = 2;

/// Whether a key stands for a pair of letters.
pub(super) fn is_pair(key: u32) -> bool {
    key & 1 == 1
}

/// Keys of the pairs of letters of `word`, in reading order.
pub(super) fn pair_keys(word: &str) -> impl Iterator<Item = u32> {
    let after = word.chars().take(MAX_WORD).chain([' ']);
    let mut before = ' ';
    after.map(move |letter| {
        let key = (hash(&[before, letter]) & !1) | 1;
        before = letter;
        key
    })
}

/// Longest word, in characters, whose n-grams are all taken; the rest of a longer word is ignored.
pub(super) const MAX_WORD: usize = 48;

/// Appends the keys of all n-grams of `word`, padded with one edge mark on both sides, sorted.
///
/// A key is a 32-bit hash; a collision only makes two n-grams count as one.
pub(super) fn gram_keys(word: &str, keys: &mut Vec<u32>) {
    let start = keys.len();
    let mut padded = [' '; MAX_WORD + 2];
    let mut length = 1;
    for (slot, letter) in padded.iter_mut().skip(1).zip(word.chars().take(MAX_WORD)) {
        *slot = letter;
        length += 1;
    }
    length += 1;
    for size in LENGTHS {
        for window in padded.get(..length).unwrap_or_default().windows(size) {
            let pair = u32::from(size == PAIR);
            keys.push((hash(window) & !1) | pair);
        }
    }
    if let Some(new) = keys.get_mut(start..) {
        new.sort_unstable();
    }
}

/// FNV-1a over the code points.
fn hash(letters: &[char]) -> u32 {
    letters.iter().fold(0x811c_9dc5, |state, &letter| {
        (state ^ u32::from(letter)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(word: &str) -> Vec<u32> {
        let mut keys = Vec::new();
        gram_keys(word, &mut keys);
        keys
    }

    #[test]
    fn counts_grams_with_edges() {
        // " kok ": 4 bigrams, 3 trigrams, 2 four-grams.
        assert_eq!(keys("kok").len(), 9);
        assert_eq!(keys("").len(), 1);
    }

    #[test]
    fn pairs_alone_are_the_odd_keys() {
        let mut pairs: Vec<u32> = pair_keys("brood").collect();
        pairs.sort_unstable();
        let odd: Vec<u32> = keys("brood")
            .into_iter()
            .filter(|&key| is_pair(key))
            .collect();
        assert_eq!(pairs, odd);
    }

    #[test]
    fn edges_matter() {
        let (inside, whole) = (keys("kokerij"), keys("kok"));
        assert!(whole.iter().any(|key| !inside.contains(key)));
        assert!(whole.iter().any(|key| inside.contains(key)));
    }

    #[test]
    fn very_long_words_are_bounded() {
        assert!(keys(&"a".repeat(10_000)).len() < 3 * (MAX_WORD + 2));
    }
}
