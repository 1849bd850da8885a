//! Lists of links per node in one stretch of memory, with room to grow and shrink.
//!
//! Knows nothing of candidates or places: the live division keeps one adjacency in each direction.

/// The other end of a link and its worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) to: u32,
    pub(super) worth: i64,
}

/// Where the links of one node stand.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: usize,
    len: u32,
    room: u32,
}

/// Links by node; within a node in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    spans: Vec<Span>,
    links: Vec<Link>,
    used: usize,
}

/// Unused slots that are never worth tidying.
const SLACK: usize = 1 << 12;

impl Adjacency {
    /// Nodes with room for exactly these numbers of links.
    pub(super) fn with_rooms(rooms: impl Iterator<Item = u32>) -> Adjacency {
        let mut start = 0;
        let spans: Vec<Span> = rooms
            .map(|room| {
                let span = Span {
                    start,
                    len: 0,
                    room,
                };
                start += room as usize;
                span
            })
            .collect();
        let links = vec![Link { to: 0, worth: 0 }; start];
        Adjacency {
            spans,
            links,
            used: 0,
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.spans.len()
    }

    pub(super) fn links(&self, node: usize) -> &[Link] {
        let span = self.spans[node];
        &self.links[span.start..span.start + span.len as usize]
    }

    pub(super) fn add_node(&mut self) {
        self.spans.push(Span {
            start: self.links.len(),
            ..Span::default()
        });
    }

    /// Adds a link at the end of the node's list.
    pub(super) fn push(&mut self, node: usize, link: Link) {
        if self.spans[node].len == self.spans[node].room {
            self.grow(node);
        }
        let span = &mut self.spans[node];
        self.links[span.start + span.len as usize] = link;
        span.len += 1;
        self.used += 1;
    }

    /// Moves the list to the end of the stretch, where there is room for twice as many.
    fn grow(&mut self, node: usize) {
        if self.links.len() > 4 * self.used + SLACK {
            self.tidy();
        }
        let Span { start, len, .. } = self.spans[node];
        let room = (2 * len).max(4);
        let moved = self.links.len();
        self.links.extend_from_within(start..start + len as usize);
        self.links
            .resize(moved + room as usize, Link { to: 0, worth: 0 });
        self.spans[node] = Span {
            start: moved,
            len,
            room,
        };
    }

    /// Gives back what moved and removed lists left behind.
    fn tidy(&mut self) {
        let mut links = Vec::with_capacity(2 * self.used);
        for span in &mut self.spans {
            let start = links.len();
            links.extend_from_slice(&self.links[span.start..span.start + span.len as usize]);
            span.start = start;
            span.room = span.len;
        }
        self.links = links;
    }

    /// Takes away the link to a node, keeping the order of the others.
    pub(super) fn remove(&mut self, node: usize, to: u32) {
        let span = &mut self.spans[node];
        let list = &mut self.links[span.start..span.start + span.len as usize];
        if let Some(at) = list.iter().position(|link| link.to == to) {
            list.copy_within(at + 1.., at);
            span.len -= 1;
            self.used -= 1;
        }
    }

    /// Takes away all links of a node and returns them.
    pub(super) fn take(&mut self, node: usize) -> Vec<Link> {
        let links = self.links(node).to_vec();
        self.spans[node].len = 0;
        self.used -= links.len();
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn behaves_as_a_list_per_node(steps in proptest::collection::vec((0usize..8, 0u32..6, 0u8..8), 0..20_000)) {
            let mut naive: Vec<Vec<Link>> = vec![Vec::new(); 3];
            let mut adjacency = Adjacency::with_rooms([0, 3, 1].into_iter());
            for (node, to, kind) in steps {
                let node = node % naive.len();
                match kind {
                    0 if naive.len() < 8 => {
                        naive.push(Vec::new());
                        adjacency.add_node();
                    }
                    1 => {
                        prop_assert_eq!(adjacency.take(node), std::mem::take(&mut naive[node]));
                    }
                    2 | 3 => {
                        if let Some(at) = naive[node].iter().position(|link| link.to == to) {
                            naive[node].remove(at);
                        }
                        adjacency.remove(node, to);
                    }
                    _ => {
                        let link = Link { to, worth: i64::from(kind) };
                        naive[node].push(link);
                        adjacency.push(node, link);
                    }
                }
            }
            prop_assert_eq!(adjacency.nodes(), naive.len());
            for (node, links) in naive.iter().enumerate() {
                prop_assert_eq!(adjacency.links(node), &links[..]);
            }
        }
    }
}
