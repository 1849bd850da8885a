//! The inner loops over a scoreboard, in one portable and two wider forms with the same answers.
//!
//! A scoreboard holds one sum for each document of a segment; it fits the nearest caches.
//! This module and its children are the only place with unsafe code of this crate, and only for
//! what the processor can do: which form is right is found out at run time.

mod portable;
#[cfg(target_arch = "x86_64")]
mod wide;

/// Most documents of a segment: its documents have numbers of 16 bits.
pub(crate) const MOST_DOCUMENTS: usize = 1 << 16;

/// Documents that are summed together; lists are padded to whole blocks.
pub(crate) const BLOCK: usize = 128;

/// Sums of the documents of one segment.
#[repr(align(64))]
pub(crate) struct Scoreboard([u16; MOST_DOCUMENTS]);

impl Scoreboard {
    /// A scoreboard of zeros.
    pub(crate) fn new() -> Box<Scoreboard> {
        Box::new(Scoreboard([0; MOST_DOCUMENTS]))
    }

    /// The sum of a document.
    #[inline]
    pub(crate) fn get(&self, local: u16) -> u16 {
        self.0[usize::from(local)]
    }

    /// Sets the sum of a document.
    #[inline]
    pub(crate) fn set(&mut self, local: u16, sum: u16) {
        self.0[usize::from(local)] = sum;
    }

    /// Adds to the sum of a document; the arrays are as long as numbers reach, so nothing is
    /// checked at run time.
    #[inline]
    pub(crate) fn add(&mut self, local: u16, value: u16) {
        let sum = &mut self.0[usize::from(local)];
        *sum = sum.wrapping_add(value);
    }
}

/// Number of documents rounded up to whole blocks.
pub(crate) fn padded(documents: usize) -> usize {
    documents.next_multiple_of(BLOCK)
}

/// Asks the processor to fetch the start of a slice into its caches; never changes an answer.
#[inline]
pub(crate) fn prefetch<T>(slice: &[T]) {
    #[cfg(target_arch = "x86_64")]
    wide::prefetch(slice.as_ptr().cast());
    #[cfg(not(target_arch = "x86_64"))]
    let _ = slice;
}

/// A list with a value for every document.
#[derive(Clone, Copy)]
pub(crate) struct DenseList<'a> {
    /// Values, padded to whole blocks with zeros.
    pub(crate) values: &'a [u16],
    /// Credit in sixteenths that each value is multiplied with.
    pub(crate) credit: u16,
    /// What every value above zero gets on top.
    pub(crate) bonus: u16,
}

/// A list with a mark for some documents.
#[derive(Clone, Copy)]
pub(crate) struct MarkedList<'a> {
    /// Bit *n* of word *w* marks document 64 *w* + *n*; padded to whole blocks.
    pub(crate) marks: &'a [u64],
    /// What each marked document gets.
    pub(crate) value: u16,
}

/// A bitmap that documents must pass.
#[derive(Clone, Copy)]
pub(crate) struct Gate<'a> {
    /// Bit *n* of word *w* is document 64 *w* + *n*; padded to whole blocks.
    pub(crate) bits: &'a [u64],
    /// All ones if a set bit stops a document, zero if it lets it through.
    pub(crate) flip: u64,
}

/// A form of the inner loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// For every processor.
    Portable,
    /// 256 bits at a time, on x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512 bits at a time, on x86-64 with AVX-512 BW.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kernel {
    /// The widest form that this processor can run.
    #[must_use]
    pub fn widest() -> Kernel {
        Kernel::available()
            .last()
            .copied()
            .unwrap_or(Kernel::Portable)
    }

    /// All forms that this processor can run, narrowest first.
    #[must_use]
    pub fn available() -> Vec<Kernel> {
        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_mut, reason = "other processors have one form")
        )]
        let mut kernels = vec![Kernel::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                kernels.push(Kernel::Avx2);
            }
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") {
                kernels.push(Kernel::Avx512);
            }
        }
        kernels
    }

    /// Sets the first `documents` sums, rounded up to whole blocks, to the sums of the lists.
    #[cfg_attr(
        target_arch = "x86_64",
        expect(
            unsafe_code,
            reason = "calls the form that the processor was found to have"
        )
    )]
    pub(crate) fn start(self, board: &mut Scoreboard, documents: usize, lists: &[DenseList<'_>]) {
        let board = &mut board.0[..padded(documents)];
        match self {
            Kernel::Portable => portable::start(board, lists),
            // SAFETY: this variant is only made where AVX2 was detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { wide::start_avx2(board, lists) },
            // SAFETY: this variant is only made where AVX-512 F and BW were detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { wide::start_avx512(board, lists) },
        }
    }

    /// Sets the first `documents` sums, rounded up to whole blocks, to the values of the lists
    /// that mark each document.
    #[cfg_attr(
        target_arch = "x86_64",
        expect(
            unsafe_code,
            reason = "calls the form that the processor was found to have"
        )
    )]
    pub(crate) fn start_marked(
        self,
        board: &mut Scoreboard,
        documents: usize,
        lists: &[MarkedList<'_>],
    ) {
        let board = &mut board.0[..padded(documents)];
        match self {
            Kernel::Portable => portable::start_marked(board, lists),
            // SAFETY: this variant is only made where AVX2 was detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { wide::start_marked_avx2(board, lists) },
            // SAFETY: this variant is only made where AVX-512 F and BW were detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { wide::start_marked_avx512(board, lists) },
        }
    }

    /// Sets `open` to the first `documents` documents that pass all gates.
    #[cfg_attr(
        target_arch = "x86_64",
        expect(
            unsafe_code,
            reason = "calls the form that the processor was found to have"
        )
    )]
    pub(crate) fn pass(self, documents: usize, gates: &[Gate<'_>], open: &mut Vec<u64>) {
        open.clear();
        open.resize(padded(documents) / 64, 0);
        match self {
            Kernel::Portable => portable::pass(gates, open),
            // SAFETY: this variant is only made where AVX2 was detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { wide::pass_avx2(gates, open) },
            // SAFETY: this variant is only made where AVX-512 F and BW were detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { wide::pass_avx512(gates, open) },
        }
        let whole = documents / 64;
        for (at, word) in open.iter_mut().enumerate().skip(whole) {
            *word &= if at == whole {
                (1 << (documents % 64)) - 1
            } else {
                0
            };
        }
    }

    /// Puts the `open` documents whose sum is at least `least` into `found`, in order.
    #[cfg_attr(
        target_arch = "x86_64",
        expect(
            unsafe_code,
            reason = "calls the form that the processor was found to have"
        )
    )]
    pub(crate) fn find(self, board: &Scoreboard, open: &[u64], least: u16, found: &mut Vec<u16>) {
        found.clear();
        let sums = &board.0[..open.len() * 64];
        match self {
            Kernel::Portable => portable::find(sums, open, least, found),
            // SAFETY: this variant is only made where AVX2 was detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { wide::find_avx2(sums, open, least, found) },
            // SAFETY: this variant is only made where AVX-512 F and BW were detected.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { wide::find_avx512(sums, open, least, found) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boards() -> impl Strategy<Value = (usize, Vec<(Vec<u16>, u16)>, u16)> {
        (1usize..700).prop_flat_map(|documents| {
            let list = (
                proptest::collection::vec(0u16..60, padded(documents)),
                0u16..=16,
            );
            let lists = proptest::collection::vec(list, 0..12);
            (Just(documents), lists, 1u16..300)
        })
    }

    proptest! {
        #[test]
        fn all_forms_give_the_same_sums((documents, lists, least) in boards()) {
            let dense: Vec<DenseList<'_>> = lists
                .iter()
                .map(|(values, credit)| DenseList { values, credit: *credit, bonus: credit / 5 })
                .collect();
            let stop: Vec<u64> = (0..padded(documents) as u64 / 64)
                .map(|word| word.wrapping_mul(0x9E37_79B9_7F4A_7C15))
                .collect();
            let gates = [Gate { bits: &stop, flip: u64::MAX }];
            let mut answers = Vec::new();
            for kernel in Kernel::available() {
                let mut board = Scoreboard::new();
                board.0.fill(77);
                kernel.start(&mut board, documents, &dense);
                let (mut open, mut found) = (Vec::new(), Vec::new());
                kernel.pass(documents, &gates, &mut open);
                kernel.find(&board, &open, least, &mut found);
                answers.push((board.0[..documents].to_vec(), found));
            }
            for local in 0..documents {
                let value = |v: u16, c: u16| ((v * c) >> 4) + if v > 0 { c / 5 } else { 0 };
                let sum: u16 = lists.iter().map(|(v, c)| value(v[local], *c)).sum();
                prop_assert_eq!(answers[0].0[local], sum);
                let is_found = answers[0].1.contains(&(local as u16));
                let passes = stop[local / 64] >> (local % 64) & 1 == 0;
                prop_assert_eq!(is_found, passes && sum >= least);
            }
            for other in &answers[1..] {
                prop_assert_eq!(other, &answers[0]);
            }
        }

        #[test]
        fn all_forms_add_the_same_marks((documents, lists, least) in boards()) {
            let marks: Vec<Vec<u64>> = lists
                .iter()
                .map(|(values, _)| {
                    let mut marks = vec![0u64; padded(documents) / 64];
                    for (local, value) in values.iter().enumerate() {
                        marks[local / 64] |= u64::from(*value & 1) << (local % 64);
                    }
                    marks
                })
                .collect();
            let marked: Vec<MarkedList<'_>> = marks
                .iter()
                .zip(&lists)
                .map(|(marks, (_, value))| MarkedList { marks, value: *value })
                .collect();
            let stop: Vec<u64> = (0..padded(documents) as u64 / 64)
                .map(|word| word.wrapping_mul(0x9E37_79B9_7F4A_7C15))
                .collect();
            let gates = [Gate { bits: &stop, flip: u64::MAX }];
            let mut answers = Vec::new();
            for kernel in Kernel::available() {
                let mut board = Scoreboard::new();
                board.0.fill(77);
                kernel.start_marked(&mut board, documents, &marked);
                let (mut open, mut found) = (Vec::new(), Vec::new());
                kernel.pass(documents, &gates, &mut open);
                kernel.find(&board, &open, least, &mut found);
                answers.push((board.0[..documents].to_vec(), found));
            }
            for local in 0..documents {
                let sum: u16 = lists.iter().map(|(v, c)| (v[local] & 1) * c).sum();
                prop_assert_eq!(answers[0].0[local], sum);
            }
            for other in &answers[1..] {
                prop_assert_eq!(other, &answers[0]);
            }
        }
    }
}
