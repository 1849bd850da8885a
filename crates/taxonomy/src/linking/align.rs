//! Estimates which words of two languages stand for one another from pairs of texts.
//!
//! Expectation maximisation over word pairs (Brown et al. 1993, "The Mathematics of Statistical
//! Machine Translation", model 1), with a word that stands for nothing.
//! It must not know words, only their numbers.

/// Rounds of expectation maximisation; more overfit words that occur rarely.
const ROUNDS: usize = 3;

/// Least probability of a counterpart that is kept.
const LEAST_PROBABILITY: f32 = 0.03;

/// Two texts that say the same, each as numbers of its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairing<'a> {
    /// Words of the text in the one language.
    pub source: &'a [u32],
    /// Words of the text in the other language.
    pub target: &'a [u32],
    /// What the pair counts.
    pub weight: f32,
}

/// All word pairs of all text pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Per target word of a text pair: weight of the pair and where its links end.
    groups: Vec<(f32, usize)>,
    /// Source and target; source 0 is the word that stands for nothing.
    links: Vec<(u32, u32)>,
}

impl Pairs {
    /// Links every word of the one text with every word of the other.
    pub(super) fn add(&mut self, pair: Pairing<'_>) {
        if pair.source.is_empty() {
            return;
        }
        for &target in pair.target {
            self.links.push((0, target));
            let sources = pair.source.iter();
            self.links
                .extend(sources.map(|&source| (source + 1, target)));
            self.groups.push((pair.weight, self.links.len()));
        }
    }

    /// Per source word its counterparts with their probabilities, in no order. All numbers must
    /// be below `sources` and `targets`.
    pub(super) fn estimate(self, sources: usize, targets: usize) -> Vec<Vec<(u32, f32)>> {
        let (kinds, kind_of) = number_kinds(&self.links, sources + 1, targets);
        let mut probability = vec![1.0_f32; kinds.len()];
        for _ in 0..ROUNDS {
            probability = self.round(&kinds, &kind_of, &probability, sources + 1);
        }
        let mut found = vec![Vec::new(); sources];
        for (&(source, target), &probability) in kinds.iter().zip(&probability) {
            let slot = (source as usize)
                .checked_sub(1)
                .and_then(|index| found.get_mut(index));
            if let Some(slot) = slot.filter(|_| probability >= LEAST_PROBABILITY) {
                slot.push((target, probability));
            }
        }
        found
    }

    /// One round: shares every target word out over its sources, then normalises per source.
    fn round(
        &self,
        kinds: &[(u32, u32)],
        kind_of: &[u32],
        probability: &[f32],
        sources: usize,
    ) -> Vec<f32> {
        let mut count = vec![0.0_f32; kinds.len()];
        let mut start = 0;
        for &(weight, end) in &self.groups {
            let group = kind_of.get(start..end).unwrap_or_default();
            let at = |kind: &u32| probability.get(*kind as usize).copied().unwrap_or(0.0);
            let total: f32 = group.iter().map(at).sum();
            if total > 0.0 {
                let scale = weight / total;
                for kind in group {
                    if let Some(slot) = count.get_mut(*kind as usize) {
                        *slot += scale * at(kind);
                    }
                }
            }
            start = end;
        }
        let mut total = vec![0.0_f32; sources];
        for (&(source, _), &share) in kinds.iter().zip(&count) {
            if let Some(slot) = total.get_mut(source as usize) {
                *slot += share;
            }
        }
        for (&(source, _), share) in kinds.iter().zip(&mut count) {
            let total = total.get(source as usize).copied().unwrap_or(0.0);
            *share = if total > 0.0 { *share / total } else { 0.0 };
        }
        count
    }
}

/// The different links, by source, and for every link which of them it is.
fn number_kinds(
    links: &[(u32, u32)],
    sources: usize,
    targets: usize,
) -> (Vec<(u32, u32)>, Vec<u32>) {
    let mut starts = vec![0_usize; sources + 1];
    for &(source, _) in links {
        if let Some(start) = starts.get_mut(source as usize + 1) {
            *start += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut by_source = vec![0_u32; links.len()];
    for (at, &(source, _)) in (0_u32..).zip(links) {
        if let Some(next) = starts.get_mut(source as usize) {
            if let Some(place) = by_source.get_mut(*next) {
                *place = at;
            }
            *next += 1;
        }
    }
    let mut kinds = Vec::new();
    let mut kind_of = vec![0_u32; links.len()];
    // Per target the last source it was linked with, and the kind of that link.
    let mut last = vec![(u32::MAX, 0_u32); targets];
    for at in by_source {
        let Some(&(source, target)) = links.get(at as usize) else {
            continue;
        };
        let (Some(last), Some(kind)) =
            (last.get_mut(target as usize), kind_of.get_mut(at as usize))
        else {
            continue;
        };
        if last.0 != source {
            *last = (source, kinds.len() as u32);
            kinds.push((source, target));
        }
        *kind = last.1;
    }
    (kinds, kind_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_links_are_one_kind() {
        let links = [(1, 0), (0, 1), (1, 1), (1, 0), (0, 1)];
        let (kinds, kind_of) = number_kinds(&links, 2, 2);
        assert_eq!(kinds, [(0, 1), (1, 0), (1, 1)]);
        assert_eq!(kind_of, [1, 0, 2, 1, 0]);
    }
}
