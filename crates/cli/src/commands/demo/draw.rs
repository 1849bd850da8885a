//! Seeded drawing for the demo.

/// Draws numbers in an order that only the seed decides.
///
/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): enough for a demo, not for secrets.
#[derive(Debug)]
pub(in crate::commands) struct Draw(u64);

impl Draw {
    pub(in crate::commands) fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(in crate::commands) fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            0
        } else {
            (self.next() % end as u64) as usize
        }
    }

    /// Whether something happens that happens in `percent` of cases.
    pub(in crate::commands) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; the list is never empty.
    pub(in crate::commands) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// At most `n` different ones of several, in their order.
    pub(in crate::commands) fn some<T: Copy>(&mut self, of: &[T], n: usize) -> Vec<T> {
        let mut left = n.min(of.len());
        let mut chosen = Vec::with_capacity(left);
        for (position, &item) in of.iter().enumerate() {
            if self.below(of.len() - position) < left {
                chosen.push(item);
                left -= 1;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_decides_and_some_are_different_ones() {
        let all: Vec<u32> = (0..50).collect();
        let chosen = Draw::new(3).some(&all, 10);
        assert_eq!(chosen, Draw::new(3).some(&all, 10));
        assert_ne!(chosen, Draw::new(4).some(&all, 10));
        assert_eq!(chosen.len(), 10);
        assert!(chosen.is_sorted_by(|a, b| a < b));
    }
}
