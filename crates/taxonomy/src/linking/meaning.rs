//! Compares the meaning of a text with that of concepts by their directions in a [`Space`].
//!
//! Directions are stored as signed bytes; comparing them takes integers only.

use super::index::{LinkIndex, LinkParts};
use super::scratch::Scratch;
use super::space::{DIMENSIONS, Space};

/// Least similarity, in 1/255, of a stem that lends its direction to a part of the text.
const LEAST_NEAR: u8 = 128;

/// Stems that lend their direction to one part.
const MOST_NEAR: usize = 3;

/// Length one in the `stem_length` array.
const ONE: f32 = 65_536.0;

/// A space with the place that each concept of an index has in it.
#[derive(Clone, Copy)]
pub(crate) struct Placed<'a> {
    /// The space, learned from this catalogue.
    pub space: &'a Space,
    /// Place in the texts that the space was learned from, by dense number of the concept.
    pub place_of: &'a dyn Fn(u32) -> Option<usize>,
}

/// Adds the directions of all stems and concepts.
pub(super) fn add_vectors<'s>(
    parts: &mut LinkParts,
    placed: Placed<'_>,
    stems: impl Iterator<Item = &'s String>,
) {
    let none = [0.0; DIMENSIONS];
    for stem in stems {
        let vector = placed.space.stem(stem).unwrap_or(&none);
        parts.stem_length.push((length(vector) * ONE) as u32);
        parts.stem_vector.extend(direction(vector));
    }
    for &concept in &parts.concept_id {
        let vector = (placed.place_of)(concept).and_then(|at| placed.space.concept(at));
        parts
            .concept_vector
            .extend(direction(vector.unwrap_or(&none)));
    }
}

fn length(vector: &[f32; DIMENSIONS]) -> f32 {
    vector.iter().map(|value| value * value).sum::<f32>().sqrt()
}

/// A vector brought to length 127, each number as a signed byte.
fn direction(vector: &[f32; DIMENSIONS]) -> [u8; DIMENSIONS] {
    let length = length(vector).max(1e-9);
    vector.map(|value| ((value * 127.0 / length) as i8).cast_unsigned())
}

impl LinkIndex {
    /// How near every concept is to the text, from the units in the scratch memory.
    pub(super) fn compare_meanings(&self, scratch: &mut Scratch) {
        scratch.meanings.clear();
        let Some(text) = self.direction_of_text(scratch) else {
            return;
        };
        scratch
            .meanings
            .extend(self.directions.iter().map(|concept| {
                let product: i32 = text
                    .iter()
                    .zip(concept)
                    .map(|(&one, &other)| i32::from(one) * i32::from(other))
                    .sum();
                (product.max(0) as f32) * (1.0 / (127.0 * 127.0))
            }));
    }

    fn direction_of_text(&self, scratch: &Scratch) -> Option<[i16; DIMENSIONS]> {
        let parts = &self.parts;
        let (vectors, _) = parts.stem_vector.as_chunks::<DIMENSIONS>();
        let mut sum = [0.0_f32; DIMENSIONS];
        for (row, unit) in scratch.units.iter().enumerate() {
            let near_of = |stem: u32| {
                let cell = row * scratch.columns + stem as usize;
                scratch.near.get(cell).copied().unwrap_or(0)
            };
            let mut near: Vec<(u8, u32)> = unit
                .stems
                .iter()
                .map(|&stem| (near_of(stem), stem))
                .filter(|&(near, stem)| {
                    near >= LEAST_NEAR
                        && parts
                            .stem_length
                            .get(stem as usize)
                            .is_some_and(|&length| length > 0)
                })
                .collect();
            near.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
            near.truncate(MOST_NEAR);
            let fourth = |near: u8| {
                let near = f32::from(near) / 255.0;
                near * near * near * near
            };
            let total: f32 = near.iter().map(|&(near, _)| fourth(near)).sum();
            for (near, stem) in near {
                let (Some(vector), Some(&length)) = (
                    vectors.get(stem as usize),
                    parts.stem_length.get(stem as usize),
                ) else {
                    continue;
                };
                let share = fourth(near) * f32::from(near) / 255.0 / total * (length as f32 / ONE);
                for (sum, &value) in sum.iter_mut().zip(vector) {
                    *sum += share * f32::from(value.cast_signed());
                }
            }
        }
        let length = length(&sum);
        (length > 0.0).then(|| sum.map(|value| (value * 127.0 / length) as i16))
    }
}
