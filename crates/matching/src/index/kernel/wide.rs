//! The inner loops for x86-64 with AVX2 or AVX-512.
#![expect(
    unsafe_code,
    reason = "vector loads and stores take raw pointers; every one stays inside a checked block"
)]

use std::arch::x86_64::*;

use super::{BLOCK, DenseList, Gate, MarkedList, portable};

/// Vectors of 512 bits in a block.
const WIDE: usize = BLOCK / 32;
/// Vectors of 256 bits in half a block: as many as there are registers to spare.
const HALF: usize = BLOCK / 2;

#[inline]
pub(super) fn prefetch(address: *const i8) {
    // SAFETY: a prefetch reads nothing as far as the program can tell, whatever the address.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(address) };
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn start_avx512(board: &mut [u16], lists: &[DenseList<'_>]) {
    for (at, block) in board.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let mut sums = [_mm512_setzero_si512(); WIDE];
        for list in lists {
            let values = &list.values[at * BLOCK..][..BLOCK];
            let credit = _mm512_set1_epi16(list.credit as i16);
            let bonus = _mm512_set1_epi16(list.bonus as i16);
            for (vector, sum) in sums.iter_mut().enumerate() {
                // SAFETY: `values` has BLOCK numbers and `vector` is less than BLOCK / 32.
                let value = unsafe { _mm512_loadu_si512(values.as_ptr().add(vector * 32).cast()) };
                let given = if list.credit == 16 {
                    value
                } else {
                    _mm512_srli_epi16::<4>(_mm512_mullo_epi16(value, credit))
                };
                *sum = _mm512_add_epi16(*sum, given);
                if list.bonus > 0 {
                    let present = _mm512_test_epi16_mask(value, value);
                    *sum = _mm512_mask_add_epi16(*sum, present, *sum, bonus);
                }
            }
        }
        for (vector, sum) in sums.iter().enumerate() {
            // SAFETY: `block` has BLOCK numbers and `vector` is less than BLOCK / 32.
            unsafe { _mm512_storeu_si512(block.as_mut_ptr().add(vector * 32).cast(), *sum) };
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn start_marked_avx512(board: &mut [u16], lists: &[MarkedList<'_>]) {
    for (at, block) in board.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
        let mut sums = [_mm512_setzero_si512(); WIDE];
        for list in lists {
            let value = _mm512_set1_epi16(list.value as i16);
            let marks = &list.marks[at * 2..][..2];
            for (vector, sum) in sums.iter_mut().enumerate() {
                let chosen = (marks[vector / 2] >> (vector % 2 * 32)) as u32;
                *sum = _mm512_mask_add_epi16(*sum, chosen, *sum, value);
            }
        }
        for (vector, sum) in sums.iter().enumerate() {
            // SAFETY: `block` has BLOCK numbers and `vector` is less than BLOCK / 32.
            unsafe { _mm512_storeu_si512(block.as_mut_ptr().add(vector * 32).cast(), *sum) };
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn find_avx512(sums: &[u16], open: &[u64], least: u16, found: &mut Vec<u16>) {
    let least = _mm512_set1_epi16(least as i16);
    for (at, (chunk, open)) in sums.as_chunks::<64>().0.iter().zip(open).enumerate() {
        // SAFETY: the chunk has 64 numbers: two vectors of 32.
        let (low, high) = unsafe {
            (
                _mm512_loadu_si512(chunk.as_ptr().cast()),
                _mm512_loadu_si512(chunk.as_ptr().add(32).cast()),
            )
        };
        let low = _mm512_cmpge_epu16_mask(low, least);
        let high = _mm512_cmpge_epu16_mask(high, least);
        push(
            (u64::from(low) | u64::from(high) << 32) & open,
            at * 64,
            found,
        );
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn pass_avx512(gates: &[Gate<'_>], open: &mut [u64]) {
    portable::pass(gates, open);
}

#[target_feature(enable = "avx2")]
pub(super) fn pass_avx2(gates: &[Gate<'_>], open: &mut [u64]) {
    portable::pass(gates, open);
}

#[target_feature(enable = "avx2")]
pub(super) fn start_avx2(board: &mut [u16], lists: &[DenseList<'_>]) {
    for (at, block) in board.as_chunks_mut::<HALF>().0.iter_mut().enumerate() {
        let mut sums = [_mm256_setzero_si256(); HALF / 16];
        for list in lists {
            let values = &list.values[at * HALF..][..HALF];
            let credit = _mm256_set1_epi16(list.credit as i16);
            let bonus = _mm256_set1_epi16(list.bonus as i16);
            for (vector, sum) in sums.iter_mut().enumerate() {
                // SAFETY: `values` has HALF numbers and `vector` is less than HALF / 16.
                let value = unsafe { _mm256_loadu_si256(values.as_ptr().add(vector * 16).cast()) };
                let given = if list.credit == 16 {
                    value
                } else {
                    _mm256_srli_epi16::<4>(_mm256_mullo_epi16(value, credit))
                };
                *sum = _mm256_add_epi16(*sum, given);
                if list.bonus > 0 {
                    let absent = _mm256_cmpeq_epi16(value, _mm256_setzero_si256());
                    *sum = _mm256_add_epi16(*sum, _mm256_andnot_si256(absent, bonus));
                }
            }
        }
        for (vector, sum) in sums.iter().enumerate() {
            // SAFETY: `block` has HALF numbers and `vector` is less than HALF / 16.
            unsafe { _mm256_storeu_si256(block.as_mut_ptr().add(vector * 16).cast(), *sum) };
        }
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn start_marked_avx2(board: &mut [u16], lists: &[MarkedList<'_>]) {
    // Lane n keeps bit n of the sixteen marks that are spread over all lanes.
    let bits = _mm256_setr_epi16(
        1,
        1 << 1,
        1 << 2,
        1 << 3,
        1 << 4,
        1 << 5,
        1 << 6,
        1 << 7,
        1 << 8,
        1 << 9,
        1 << 10,
        1 << 11,
        1 << 12,
        1 << 13,
        1 << 14,
        i16::MIN,
    );
    for (at, block) in board.as_chunks_mut::<HALF>().0.iter_mut().enumerate() {
        let mut sums = [_mm256_setzero_si256(); HALF / 16];
        for list in lists {
            let value = _mm256_set1_epi16(list.value as i16);
            let marks = list.marks[at];
            for (vector, sum) in sums.iter_mut().enumerate() {
                let spread = _mm256_set1_epi16((marks >> (vector * 16)) as i16);
                let chosen = _mm256_cmpeq_epi16(_mm256_and_si256(spread, bits), bits);
                *sum = _mm256_add_epi16(*sum, _mm256_and_si256(chosen, value));
            }
        }
        for (vector, sum) in sums.iter().enumerate() {
            // SAFETY: `block` has HALF numbers and `vector` is less than HALF / 16.
            unsafe { _mm256_storeu_si256(block.as_mut_ptr().add(vector * 16).cast(), *sum) };
        }
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn find_avx2(sums: &[u16], open: &[u64], least: u16, found: &mut Vec<u16>) {
    let least = _mm256_set1_epi16(least as i16);
    for (at, chunk) in sums.as_chunks::<32>().0.iter().enumerate() {
        // SAFETY: the chunk has 32 numbers: two vectors of 16.
        let (low, high) = unsafe {
            (
                _mm256_loadu_si256(chunk.as_ptr().cast()),
                _mm256_loadu_si256(chunk.as_ptr().add(16).cast()),
            )
        };
        // At least: the larger of both is the sum itself.
        let low = _mm256_cmpeq_epi16(_mm256_max_epu16(low, least), low);
        let high = _mm256_cmpeq_epi16(_mm256_max_epu16(high, least), high);
        // Packing works on halves of 128 bits, so the quarters come out as 0, 2, 1, 3.
        let packed = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(low, high));
        let enough = _mm256_movemask_epi8(packed) as u32;
        let open = (open[at / 2] >> (at % 2 * 32)) as u32;
        push(u64::from(enough & open), at * 32, found);
    }
}

#[inline]
fn push(mut chosen: u64, base: usize, found: &mut Vec<u16>) {
    while chosen != 0 {
        found.push((base + chosen.trailing_zeros() as usize) as u16);
        chosen &= chosen - 1;
    }
}
