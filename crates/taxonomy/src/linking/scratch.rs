//! Working memory of a search: what is known about the text so far.
//!
//! It knows numbers of words, labels and concepts, not what they mean.

/// Memory that is used again from text to text; it holds no results.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(super) dots: Vec<u32>,
    pub(super) touched_words: Vec<u32>,
    /// Similar words of one word: number, dot product, cosine.
    pub(super) similar: Vec<(u32, u32, f32)>,
    pub(super) labels: Accumulator,
    pub(super) pivots: Accumulator,
    pub(super) concepts: Accumulator,
    pub(super) bridged: Accumulator,
    pub(super) terms: Accumulator,
    /// Per concept slot how near its meaning is to that of the text; empty when unknown.
    pub(super) meanings: Vec<f32>,
    pub(super) keys: Vec<u32>,
    pub(super) units: Vec<Unit>,
    /// Length of a row of [`Scratch::near`].
    pub(super) columns: usize,
    /// Per unit one row over all stems: similarity in 1/255.
    pub(super) near: Vec<u8>,
    pub(super) covered: Vec<u8>,
}

/// Sums over a dense range that remember where they are not zero.
#[derive(Debug, Default)]
pub(super) struct Accumulator {
    pub(super) sums: Vec<f32>,
    pub(super) touched: Vec<u32>,
}

impl Accumulator {
    pub(super) fn reset(&mut self, length: usize) {
        for &at in &self.touched {
            if let Some(sum) = self.sums.get_mut(at as usize) {
                *sum = 0.0;
            }
        }
        self.touched.clear();
        if self.sums.len() != length {
            self.sums.clear();
            self.sums.resize(length, 0.0);
        }
    }

    #[inline]
    pub(super) fn add(&mut self, at: u32, value: f32) {
        if let Some(sum) = self.sums.get_mut(at as usize) {
            if *sum == 0.0 {
                self.touched.push(at);
            }
            *sum += value;
        }
    }

    #[inline]
    pub(super) fn raise(&mut self, at: u32, value: f32) {
        if let Some(sum) = self.sums.get_mut(at as usize) {
            if *sum == 0.0 {
                self.touched.push(at);
            }
            *sum = sum.max(value);
        }
    }

    #[inline]
    pub(super) fn get(&self, at: usize) -> f32 {
        self.sums.get(at).copied().unwrap_or(0.0)
    }
}

/// A word part of the text.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) weight: f32,
    /// Stems that differ from zero in the unit's row.
    pub(super) stems: Vec<u32>,
}

/// A word of the text.
pub(super) struct QueryWord {
    pub(super) text: String,
    pub(super) number: Option<u32>,
    pub(super) weight: u8,
    /// N-gram numbers with their values.
    pub(super) grams: Vec<(u32, u32)>,
}
