//! The inner loops for every processor; the compiler vectorises them as far as it may.

use super::{BLOCK, DenseList, Gate, MarkedList};

pub(super) fn start(board: &mut [u16], lists: &[DenseList<'_>]) {
    for (at, block) in board.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let mut sums = [0u16; BLOCK];
        for list in lists {
            let values = &list.values[at * BLOCK..][..BLOCK];
            if list.credit == 16 {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum = sum.wrapping_add(*value);
                }
            } else {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum = sum.wrapping_add(value.wrapping_mul(list.credit) >> 4);
                }
            }
        }
        for list in lists.iter().filter(|list| list.bonus > 0) {
            let values = &list.values[at * BLOCK..][..BLOCK];
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum = sum.wrapping_add(if *value > 0 { list.bonus } else { 0 });
            }
        }
        *block = sums;
    }
}

pub(super) fn start_marked(board: &mut [u16], lists: &[MarkedList<'_>]) {
    for (at, block) in board.as_chunks_mut::<64>().0.iter_mut().enumerate() {
        let mut sums = [0u16; 64];
        for list in lists {
            let marks = list.marks[at];
            if marks != 0 {
                for (bit, sum) in sums.iter_mut().enumerate() {
                    let chosen = 0u16.wrapping_sub((marks >> bit & 1) as u16);
                    *sum = sum.wrapping_add(list.value & chosen);
                }
            }
        }
        *block = sums;
    }
}

#[inline(always)]
pub(super) fn pass(gates: &[Gate<'_>], open: &mut [u64]) {
    const WORDS: usize = 8;
    let mut chunks = open.chunks_mut(WORDS).enumerate();
    chunks.by_ref().for_each(|(at, chunk)| {
        let mut passed = [u64::MAX; WORDS];
        for gate in gates {
            let bits = &gate.bits[at * WORDS..][..chunk.len()];
            for (word, bits) in passed.iter_mut().zip(bits) {
                *word &= bits ^ gate.flip;
            }
        }
        chunk.copy_from_slice(&passed[..chunk.len()]);
    });
}

pub(super) fn find(sums: &[u16], open: &[u64], least: u16, found: &mut Vec<u16>) {
    for (at, (sums, open)) in sums.as_chunks::<64>().0.iter().zip(open).enumerate() {
        if *open == 0 || sums.iter().copied().max().unwrap_or(0) < least {
            continue;
        }
        for (offset, sum) in sums.iter().enumerate() {
            if *sum >= least && open >> offset & 1 == 1 {
                found.push((at * 64 + offset) as u16);
            }
        }
    }
}
