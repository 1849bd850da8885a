//! Learns what words have to do with one another from the texts of all concepts.
//!
//! Words that stand in the labels, descriptions and neighbourhood of the same concepts get vectors
//! that point the same way (latent semantic analysis: Deerwester et al. 1990, "Indexing by latent
//! semantic analysis"). Two languages share the space, so a pivot language with many labels lends
//! its knowledge to one with few.
//! It must not know an index; `build` copies from it what an index needs.

use std::collections::{BTreeSet, HashMap};

use super::bridge::known_stems;
use super::fixed::ln_ratio;
use super::language::LanguageProfile;
use super::words::{description_words, stems_of, words_of};

/// Dimensions of the space.
pub(super) const DIMENSIONS: usize = 64;

/// Rounds of subspace iteration; more do not change the links.
const ROUNDS: usize = 2;

/// Labels of one concept and language that are read.
const MOST_LABELS: usize = 15;

/// Neighbours of one kind that are read.
const MOST_NEIGHBOURS: usize = 60;

/// How much a word counts by where it stands; neighbours share their part by the square root of
/// their number.
const PREFERRED: f32 = 1.0;
const ALTERNATIVE: f32 = 0.5;
const DESCRIPTION: f32 = 0.5;
const NEEDED: f32 = 0.5;
const NEEDED_BY: f32 = 1.0;
const BROADER: f32 = 0.5;
const OPTIONAL: f32 = 0.5;

/// What is written about one concept; every part may be empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConceptTexts<'a> {
    /// Labels in the language of the texts to link, preferred label first.
    pub own: Vec<&'a str>,
    /// Description in that language.
    pub own_description: &'a str,
    /// Labels in the pivot language, preferred label first.
    pub pivot: Vec<&'a str>,
    /// Description in the pivot language.
    pub pivot_description: &'a str,
}

/// What a concept has to do with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// An occupation cannot do without a skill.
    Essential,
    /// A skill helps in an occupation.
    Optional,
    /// The other concept is the group, occupation or skill above this one.
    Broader,
}

/// A relation between two concepts, by their place in the list of texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbour {
    /// The occupation, or the narrower concept.
    pub from: usize,
    /// The skill, or the broader concept.
    pub to: usize,
    /// What they have to do with one another.
    pub relation: Relation,
}

/// Vectors of the word stems of a language and of all concepts.
#[derive(Debug)]
pub(crate) struct Space {
    stems: HashMap<String, u32>,
    terms: Vec<[f32; DIMENSIONS]>,
    concepts: Vec<[f32; DIMENSIONS]>,
}

impl Space {
    /// Learns from the concepts of all families together.
    pub(crate) fn learn(
        own: &LanguageProfile,
        pivot: &LanguageProfile,
        texts: &[ConceptTexts<'_>],
        neighbours: &[Neighbour],
    ) -> Space {
        let mut count = 0;
        let mut own_words = Reader::of(own, texts.iter().flat_map(|text| &text.own));
        let own_read: Vec<Read> = texts
            .iter()
            .map(|text| own_words.read(&text.own, text.own_description, &mut count))
            .collect();
        let mut pivot_words = Reader::of(pivot, texts.iter().flat_map(|text| &text.pivot));
        let pivot_read: Vec<Read> = texts
            .iter()
            .map(|text| pivot_words.read(&text.pivot, text.pivot_description, &mut count))
            .collect();
        let mut matrix = Matrix::of(&[own_read, pivot_read], neighbours, count as usize);
        let weights = matrix.weigh(count as usize);
        let mut terms = matrix.directions(count as usize);
        let concepts = matrix.times(&terms);
        for (vector, weight) in terms.iter_mut().zip(weights) {
            vector.iter_mut().for_each(|value| *value *= weight);
        }
        Space {
            stems: own_words.numbers,
            terms,
            concepts,
        }
    }

    /// Vector of a stem of the language of the texts.
    pub(super) fn stem(&self, stem: &str) -> Option<&[f32; DIMENSIONS]> {
        self.terms.get(*self.stems.get(stem)? as usize)
    }

    /// The stems that have a direction, in no order.
    pub(super) fn stems(&self) -> impl Iterator<Item = &String> {
        let placed = |number: u32| {
            let vector = self.terms.get(number as usize);
            vector.is_some_and(|vector| vector.iter().any(|value| *value != 0.0))
        };
        self.stems
            .iter()
            .filter(move |(_, number)| placed(**number))
            .map(|(stem, _)| stem)
    }

    /// Vector of the concept at this place in the list of texts.
    pub(super) fn concept(&self, at: usize) -> Option<&[f32; DIMENSIONS]> {
        self.concepts.get(at)
    }
}

/// Stem numbers of the labels and the description of one concept in one language.
struct Read {
    labels: Vec<Vec<u32>>,
    description: Vec<u32>,
}

/// Turns the texts of one language into stem numbers.
struct Reader<'p> {
    profile: &'p LanguageProfile,
    known: BTreeSet<String>,
    numbers: HashMap<String, u32>,
    of_word: HashMap<String, Vec<u32>>,
}

impl<'p> Reader<'p> {
    fn of<'a>(profile: &'p LanguageProfile, labels: impl Iterator<Item = &'a &'a str>) -> Self {
        let words: Vec<Vec<String>> = labels.map(|label| words_of(label, profile)).collect();
        Reader {
            profile,
            known: known_stems(words.iter(), profile),
            numbers: HashMap::new(),
            of_word: HashMap::new(),
        }
    }

    fn read(&mut self, labels: &[&str], description: &str, count: &mut u32) -> Read {
        let labels = labels
            .iter()
            .take(MOST_LABELS)
            .map(|label| self.stems(words_of(label, self.profile), count))
            .collect();
        let description = self.stems(description_words(description, self.profile), count);
        Read {
            labels,
            description,
        }
    }

    fn stems(&mut self, words: Vec<String>, count: &mut u32) -> Vec<u32> {
        let mut found = Vec::new();
        for word in words {
            if !super::words::is_content(&word, self.profile) {
                continue;
            }
            if let Some(stems) = self.of_word.get(&word) {
                found.extend(stems);
                continue;
            }
            let mut stems = Vec::new();
            for stem in stems_of(std::slice::from_ref(&word), self.profile, &self.known) {
                stems.push(*self.numbers.entry(stem).or_insert_with(|| {
                    *count += 1;
                    *count - 1
                }));
            }
            found.extend(&stems);
            self.of_word.insert(word, stems);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A sparse matrix of concepts by terms.
struct Matrix {
    ends: Vec<usize>,
    cells: Vec<(u32, f32)>,
}

impl Matrix {
    fn of(read: &[Vec<Read>; 2], neighbours: &[Neighbour], terms: usize) -> Matrix {
        let concepts = read[0].len();
        let near = neighbour_lists(neighbours, concepts);
        let mut matrix = Matrix {
            ends: Vec::with_capacity(concepts),
            cells: Vec::new(),
        };
        let mut row = vec![0.0_f32; terms];
        let mut touched: Vec<u32> = Vec::new();
        for concept in 0..concepts {
            let mut add = |terms: &[u32], weight: f32| {
                for &term in terms {
                    if let Some(cell) = row.get_mut(term as usize) {
                        if *cell == 0.0 {
                            touched.push(term);
                        }
                        *cell += weight;
                    }
                }
            };
            for language in read {
                let Some(text) = language.get(concept) else {
                    continue;
                };
                for (number, label) in text.labels.iter().enumerate() {
                    add(label, if number == 0 { PREFERRED } else { ALTERNATIVE });
                }
                add(&text.description, DESCRIPTION);
                for &(other, weight) in near.get(concept).into_iter().flatten() {
                    let label = language.get(other).and_then(|text| text.labels.first());
                    add(label.map(Vec::as_slice).unwrap_or_default(), weight);
                }
            }
            touched.sort_unstable();
            for term in touched.drain(..) {
                if let Some(cell) = row.get_mut(term as usize) {
                    matrix.cells.push((term, std::mem::take(cell)));
                }
            }
            matrix.ends.push(matrix.cells.len());
        }
        matrix
    }

    /// Brings the cells to saturated counts times inverse frequency, rows to length one; returns
    /// the inverse frequencies. A term of one concept alone relates nothing: its weight is 0.
    fn weigh(&mut self, terms: usize) -> Vec<f32> {
        let mut frequency = vec![0_u32; terms];
        for (term, _) in &self.cells {
            if let Some(count) = frequency.get_mut(*term as usize) {
                *count += 1;
            }
        }
        let total = self.ends.len() as u32;
        let weights: Vec<f32> = frequency
            .iter()
            .map(|&count| {
                if count < 2 {
                    0.0
                } else {
                    ln_ratio(total, count)
                }
            })
            .collect();
        let mut start = 0;
        for &end in &self.ends {
            let row = self.cells.get_mut(start..end).unwrap_or_default();
            for (term, value) in row.iter_mut() {
                let weight = weights.get(*term as usize).copied().unwrap_or(0.0);
                *value = weight * 3.0 * *value / (3.0 + *value);
            }
            let length = row.iter().map(|(_, value)| value * value).sum::<f32>();
            let length = length.sqrt().max(1e-6);
            row.iter_mut().for_each(|(_, value)| *value /= length);
            start = end;
        }
        weights
    }

    /// Orthonormal directions in which the rows vary most, one column per dimension.
    fn directions(&self, terms: usize) -> Vec<[f32; DIMENSIONS]> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut basis: Vec<[f32; DIMENSIONS]> = (0..terms)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                std::array::from_fn(|bit| if (state >> bit) & 1 == 0 { 1.0 } else { -1.0 })
            })
            .collect();
        for _ in 0..ROUNDS {
            let rows = self.times(&basis);
            basis = self.transposed_times(&rows, terms);
            orthonormalise(&mut basis);
        }
        basis
    }

    fn times(&self, basis: &[[f32; DIMENSIONS]]) -> Vec<[f32; DIMENSIONS]> {
        let mut start = 0;
        let sum = |end: usize| {
            let mut sum = [0.0; DIMENSIONS];
            for (term, value) in self.cells.get(start..end).unwrap_or_default() {
                if let Some(vector) = basis.get(*term as usize) {
                    add_scaled(&mut sum, vector, *value);
                }
            }
            start = end;
            sum
        };
        self.ends.iter().copied().map(sum).collect()
    }

    fn transposed_times(&self, rows: &[[f32; DIMENSIONS]], terms: usize) -> Vec<[f32; DIMENSIONS]> {
        let mut sums = vec![[0.0; DIMENSIONS]; terms];
        let mut start = 0;
        for (&end, row) in self.ends.iter().zip(rows) {
            for (term, value) in self.cells.get(start..end).unwrap_or_default() {
                if let Some(sum) = sums.get_mut(*term as usize) {
                    add_scaled(sum, row, *value);
                }
            }
            start = end;
        }
        sums
    }
}

/// Per concept its neighbours with what their labels count.
fn neighbour_lists(neighbours: &[Neighbour], concepts: usize) -> Vec<Vec<(usize, f32)>> {
    let mut needs = vec![Vec::new(); concepts];
    let mut needed_by = vec![Vec::new(); concepts];
    let mut lists = vec![Vec::new(); concepts];
    for neighbour in neighbours {
        let (from, to) = (neighbour.from, neighbour.to);
        if from >= concepts || to >= concepts {
            continue;
        }
        let weight = match neighbour.relation {
            Relation::Broader => {
                if let Some(list) = lists.get_mut(from) {
                    list.push((to, BROADER));
                }
                continue;
            }
            Relation::Essential => 1.0,
            Relation::Optional => OPTIONAL,
        };
        for (table, at, other) in [(&mut needs, from, to), (&mut needed_by, to, from)] {
            if let Some(list) = table.get_mut(at) {
                list.push((other, weight));
            }
        }
    }
    for (table, share) in [(needs, NEEDED), (needed_by, NEEDED_BY)] {
        for (list, near) in lists.iter_mut().zip(table) {
            let share = share / (near.len().max(1) as f32).sqrt();
            let most = near.into_iter().take(MOST_NEIGHBOURS);
            list.extend(most.map(|(other, weight)| (other, weight * share)));
        }
    }
    lists
}

#[inline]
fn add_scaled(sum: &mut [f32; DIMENSIONS], vector: &[f32; DIMENSIONS], scale: f32) {
    for (sum, value) in sum.iter_mut().zip(vector) {
        *sum += scale * value;
    }
}

/// Makes the columns of `rows` orthonormal, by the Cholesky factor of their products.
#[expect(
    clippy::indexing_slicing,
    reason = "every index is below DIMENSIONS, the length of all arrays indexed here"
)]
fn orthonormalise(rows: &mut [[f32; DIMENSIONS]]) {
    let mut gram = [[0.0_f64; DIMENSIONS]; DIMENSIONS];
    for row in rows.iter() {
        let wide = row.map(f64::from);
        for (line, &value) in gram.iter_mut().zip(&wide) {
            for (cell, other) in line.iter_mut().zip(&wide) {
                *cell += value * other;
            }
        }
    }
    let mut factor = [[0.0_f64; DIMENSIONS]; DIMENSIONS];
    for i in 0..DIMENSIONS {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            factor[i][j] = if i == j {
                (gram[i][i] - sum).max(1e-12).sqrt()
            } else {
                (gram[i][j] - sum) / factor[j][j]
            };
        }
    }
    for row in rows {
        let mut solved = row.map(f64::from);
        for i in 0..DIMENSIONS {
            let sum: f64 = (0..i).map(|k| factor[i][k] * solved[k]).sum();
            solved[i] = (solved[i] - sum) / factor[i][i];
        }
        *row = solved.map(|value| value as f32);
    }
}
