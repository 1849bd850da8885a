//! The inventory of barriers per municipality, region and country, safe to publish.
//!
//! A count under the threshold is hidden, and further counts are hidden until no hidden count can
//! be worked out from the ones shown: whatever total is shown, the hidden counts below it are at
//! least two and together reach the threshold.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::barrier::BarrierCode;

/// Least number of people in a count that is shown.
pub const THRESHOLD: u32 = 10;

/// A person's open barriers and where the person lives; nothing else about the person.
#[derive(Clone, Debug)]
pub struct Row {
    /// Code of the region (AM…).
    pub region: String,
    /// Code of the municipality (GM…).
    pub municipality: String,
    /// Barriers that stand in the way.
    pub barriers: BTreeSet<BarrierCode>,
}

/// Counts of people with a barrier; a hidden count is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BarrierCount {
    /// The barrier.
    pub barrier: BarrierCode,
    /// People in the country.
    pub total: Option<u32>,
    /// People per region.
    pub regions: BTreeMap<String, Option<u32>>,
    /// People per municipality.
    pub municipalities: BTreeMap<String, Option<u32>>,
}

/// Counts people per barrier and place, and hides what must not be seen.
///
/// Every municipality that occurs in the rows is listed for every barrier, so that an absent row
/// tells nothing; a count of nobody is hidden like any other below the threshold.
#[must_use]
pub fn inventory(rows: &[Row]) -> Vec<BarrierCount> {
    let codes: BTreeSet<&BarrierCode> = rows.iter().flat_map(|row| &row.barriers).collect();
    codes.into_iter().map(|code| count(rows, code)).collect()
}

fn count(rows: &[Row], code: &BarrierCode) -> BarrierCount {
    let mut places: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for row in rows {
        let region = places.entry(&row.region).or_default();
        let people = region.entry(&row.municipality).or_insert(0);
        *people += u32::from(row.barriers.contains(code));
    }
    let mut tree = Tree::default();
    let root = tree.add(None);
    let mut regions: Vec<(usize, &str)> = Vec::new();
    let mut municipalities: Vec<(usize, &str)> = Vec::new();
    for (region, counts) in &places {
        let node = tree.add(Some(root));
        regions.push((node, region));
        for (municipality, people) in counts {
            let leaf = tree.add(Some(node));
            tree.nodes[leaf].value = *people;
            municipalities.push((leaf, municipality));
        }
    }
    tree.sum(root);
    tree.hide();
    let shown = |nodes: Vec<(usize, &str)>| {
        let counts = nodes.into_iter();
        counts
            .map(|(node, code)| (code.to_owned(), tree.shown(node)))
            .collect()
    };
    BarrierCount {
        barrier: code.clone(),
        total: tree.shown(root),
        regions: shown(regions),
        municipalities: shown(municipalities),
    }
}

#[derive(Clone, Debug, Default)]
struct Node {
    value: u32,
    hidden: bool,
    children: Vec<usize>,
}

/// Counts that add up: every node is the sum of its children.
#[derive(Clone, Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    fn add(&mut self, parent: Option<usize>) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node::default());
        if let Some(parent) = parent {
            self.nodes[parent].children.push(index);
        }
        index
    }

    fn sum(&mut self, node: usize) -> u32 {
        let children = self.nodes[node].children.clone();
        if !children.is_empty() {
            self.nodes[node].value = children.into_iter().map(|child| self.sum(child)).sum();
        }
        self.nodes[node].value
    }

    fn shown(&self, node: usize) -> Option<u32> {
        let node = &self.nodes[node];
        (!node.hidden).then_some(node.value)
    }

    /// Hides every small count and then as many others as needed.
    ///
    /// Each round hides at least one more count, so it ends.
    fn hide(&mut self) {
        for node in &mut self.nodes {
            node.hidden = node.value < THRESHOLD;
        }
        while let Some(node) = self.next_to_hide() {
            self.nodes[node].hidden = true;
        }
    }

    fn next_to_hide(&self) -> Option<usize> {
        for (index, node) in self.nodes.iter().enumerate() {
            if node.hidden {
                // A hidden total whose parts are all shown could be added up.
                let all_shown = node.children.iter().all(|c| !self.nodes[*c].hidden);
                if !node.children.is_empty() && all_shown {
                    return self.smallest(&node.children);
                }
                continue;
            }
            let (leaves, shown) = self.below(index);
            let people: u32 = leaves.iter().map(|leaf| self.nodes[*leaf].value).sum();
            let safe = leaves.is_empty() || (leaves.len() >= 2 && people >= THRESHOLD);
            if !safe {
                return self.smallest(&shown).or(Some(index));
            }
        }
        None
    }

    /// Hidden leaves whose sum a shown node gives away, and the shown nodes right beside them.
    fn below(&self, index: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut leaves, mut shown) = (Vec::new(), Vec::new());
        let mut open = self.nodes[index].children.clone();
        while let Some(child) = open.pop() {
            let node = &self.nodes[child];
            if !node.hidden {
                shown.push(child);
            } else if node.children.is_empty() {
                leaves.push(child);
            } else {
                open.extend(&node.children);
            }
        }
        (leaves, shown)
    }

    fn smallest(&self, among: &[usize]) -> Option<usize> {
        let shown = among.iter().copied().filter(|i| !self.nodes[*i].hidden);
        shown.min_by_key(|i| (self.nodes[*i].value, *i))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(regions: &[Vec<u32>]) -> Vec<Row> {
        let code: BarrierCode = "N1".parse().expect("a code");
        let mut rows = Vec::new();
        for (r, municipalities) in regions.iter().enumerate() {
            for (m, people) in municipalities.iter().enumerate() {
                let row = |barriers| Row {
                    region: format!("AM{r:02}"),
                    municipality: format!("GM{r:02}{m:02}"),
                    barriers,
                };
                // One person without the barrier, so that the municipality occurs.
                rows.push(row(BTreeSet::new()));
                rows.extend((0..*people).map(|_| row(BTreeSet::from([code.clone()]))));
            }
        }
        rows
    }

    /// Rank of a matrix over the field of 1,000,003 elements.
    fn rank(mut rows: Vec<Vec<i64>>) -> usize {
        const P: i64 = 1_000_003;
        let columns = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|r| rows[*r][column] % P != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let top = rows[rank].clone();
            for row in rows.iter_mut().skip(rank + 1) {
                let factor = row[column];
                for (value, above) in row.iter_mut().zip(&top) {
                    *value = (*value * top[column] - above * factor).rem_euclid(P);
                }
            }
            rank += 1;
        }
        rank
    }

    proptest! {
        /// No hidden count is a combination of the shown ones, and none shown is small.
        #[test]
        fn hidden_counts_cannot_be_worked_out(
            regions in prop::collection::vec(prop::collection::vec(0_u32..40, 1..5), 1..5)
        ) {
            let table = inventory(&rows(&regions));
            let Some(count) = table.first() else { return Ok(()) };
            let leaves: Vec<(usize, usize)> = regions.iter().enumerate()
                .flat_map(|(r, m)| (0..m.len()).map(move |i| (r, i))).collect();
            let vector = |keep: &dyn Fn(usize, usize) -> bool| -> Vec<i64> {
                leaves.iter().map(|(r, m)| i64::from(keep(*r, *m))).collect()
            };
            let (mut shown, mut hidden) = (Vec::new(), Vec::new());
            let mut sort = |value: Option<u32>, row: Vec<i64>| match value {
                Some(number) => { assert!(number >= THRESHOLD); shown.push(row); }
                None => hidden.push(row),
            };
            sort(count.total, vector(&|_, _| true));
            for (index, (region, value)) in count.regions.iter().enumerate() {
                assert_eq!(region, &format!("AM{index:02}"));
                sort(*value, vector(&|r, _| r == index));
            }
            for ((r, m), value) in leaves.iter().zip(count.municipalities.values()) {
                sort(*value, vector(&|a, b| a == *r && b == *m));
            }
            let known = rank(shown.clone());
            for row in hidden {
                let mut with = shown.clone();
                with.push(row);
                prop_assert_eq!(rank(with), known + 1);
            }
        }
    }

    #[test]
    fn large_counts_stay_as_they_were() {
        let table = inventory(&rows(&[vec![12, 30], vec![10, 11, 50]]));
        let shown: Vec<_> = table[0].municipalities.values().copied().collect();
        assert_eq!(shown, [Some(12), Some(30), Some(10), Some(11), Some(50)]);
        assert_eq!(table[0].total, Some(113));
    }

    #[test]
    fn one_small_count_takes_a_second_with_it() {
        let table = inventory(&rows(&[vec![3, 30, 12]]));
        let shown: Vec<_> = table[0].municipalities.values().copied().collect();
        assert_eq!(shown, [None, Some(30), None]);
        assert_eq!(table[0].regions["AM00"], Some(45));
    }
}
