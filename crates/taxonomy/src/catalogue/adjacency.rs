//! Relations between concepts as compressed rows.

use crate::concept::ConceptId;

/// For every concept an ascending list of other concepts, each with a small mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Adjacency {
    /// Row `i` is `targets[starts[i]..starts[i + 1]]`; one element more than there are rows.
    starts: Vec<u32>,
    targets: Vec<u32>,
    /// One mark per target, for example the number of a `Relation`.
    marks: Vec<u8>,
}

impl Adjacency {
    /// Builds rows for `n_concepts` concepts from (from, to, mark).
    ///
    /// Of several entries with the same ends the lowest mark is kept.
    pub(crate) fn new(n_concepts: usize, mut entries: Vec<(u32, u32, u8)>) -> Adjacency {
        entries.sort_unstable();
        entries.dedup_by_key(|entry| (entry.0, entry.1));
        let mut starts = vec![0u32; n_concepts + 1];
        for &(from, _, _) in &entries {
            starts[from as usize + 1] += 1;
        }
        for i in 0..n_concepts {
            starts[i + 1] += starts[i];
        }
        Adjacency {
            starts,
            targets: entries.iter().map(|entry| entry.1).collect(),
            marks: entries.iter().map(|entry| entry.2).collect(),
        }
    }

    /// The same relation read from the other end.
    pub(crate) fn reversed(&self) -> Adjacency {
        let rows = self.starts.len().saturating_sub(1);
        let entries = (0..rows)
            .flat_map(|from| {
                self.row(ConceptId::new(from as u32))
                    .map(move |e| (from, e))
            })
            .map(|(from, (to, mark))| (to.number(), from as u32, mark))
            .collect();
        Adjacency::new(rows, entries)
    }

    /// The concepts of one row with their marks, in ascending order.
    pub(crate) fn row(
        &self,
        concept: ConceptId,
    ) -> impl ExactSizeIterator<Item = (ConceptId, u8)> + Clone + '_ {
        let range =
            self.starts[concept.index()] as usize..self.starts[concept.index() + 1] as usize;
        self.targets[range.clone()]
            .iter()
            .zip(&self.marks[range])
            .map(|(&target, &mark)| (ConceptId::new(target), mark))
    }

    /// How many entries there are in all rows.
    pub(crate) fn len(&self) -> usize {
        self.targets.len()
    }

    /// Starts, targets and marks, for writing.
    pub(crate) fn parts(&self) -> (&[u32], &[u32], &[u8]) {
        (&self.starts, &self.targets, &self.marks)
    }

    /// Puts a relation over `n_concepts` concepts together again, with marks up to `last_mark`;
    /// `None` when the parts do not fit each other.
    pub(crate) fn from_parts(
        n_concepts: usize,
        last_mark: u8,
        starts: Vec<u32>,
        targets: Vec<u32>,
        marks: Vec<u8>,
    ) -> Option<Adjacency> {
        let fits = starts.len() == n_concepts + 1
            && starts.first() == Some(&0)
            && starts.is_sorted()
            && starts.last().map(|&end| end as usize) == Some(targets.len())
            && marks.len() == targets.len()
            && marks.iter().all(|&mark| mark <= last_mark)
            && targets.iter().all(|&target| (target as usize) < n_concepts);
        fits.then_some(Adjacency {
            starts,
            targets,
            marks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_keep_the_lowest_mark() {
        let relation = Adjacency::new(3, vec![(2, 1, 1), (0, 2, 1), (0, 1, 0), (0, 2, 0)]);
        let row: Vec<_> = relation
            .row(ConceptId::new(0))
            .map(|(id, m)| (id.number(), m))
            .collect();
        assert_eq!(row, [(1, 0), (2, 0)]);
        assert_eq!(relation.row(ConceptId::new(1)).len(), 0);
        assert_eq!(relation.reversed().reversed(), relation);
    }

    #[test]
    fn refuses_parts_that_do_not_fit() {
        let whole = Adjacency::new(2, vec![(0, 1, 0)]);
        let (s, t, m) = whole.parts();
        let build = |n, s: &[u32], t: &[u32], m: &[u8]| {
            Adjacency::from_parts(n, 1, s.to_vec(), t.to_vec(), m.to_vec())
        };
        assert_eq!(build(2, s, t, m), Some(whole.clone()));
        assert_eq!(build(3, s, t, m), None);
        assert_eq!(build(2, s, &[2], m), None);
        assert_eq!(build(2, s, t, &[2]), None);
        assert_eq!(build(2, &[0, 2, 1], t, m), None);
    }
}
