//! Lists of links per node.
//!
//! Knows nothing of candidates or places: the live division keeps one adjacency in each direction.
//! One list per node, not one stretch for all: lists grow and shrink one at a time, and moving a
//! stretch of millions of links would make single arrivals wait for tens of milliseconds.

/// The other end of a link and its worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) to: u32,
    pub(super) worth: i64,
}

/// Links by node; within a node in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    lists: Vec<Vec<Link>>,
}

impl Adjacency {
    /// Nodes with room for exactly these numbers of links.
    pub(super) fn with_rooms(rooms: impl Iterator<Item = u32>) -> Adjacency {
        let lists = rooms.map(|room| Vec::with_capacity(room as usize));
        Adjacency {
            lists: lists.collect(),
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.lists.len()
    }

    pub(super) fn links(&self, node: usize) -> &[Link] {
        &self.lists[node]
    }

    pub(super) fn add_node(&mut self) {
        self.lists.push(Vec::new());
    }

    /// Adds a link at the end of the node's list.
    pub(super) fn push(&mut self, node: usize, link: Link) {
        self.lists[node].push(link);
    }

    /// Takes away the link to a node, keeping the order of the others.
    ///
    /// Lists are in the order of the nodes that they lead to, because numbers only grow.
    pub(super) fn remove(&mut self, node: usize, to: u32) {
        let list = &mut self.lists[node];
        if let Ok(at) = list.binary_search_by_key(&to, |link| link.to) {
            list.remove(at);
        }
    }

    /// Takes away all links of a node and returns them.
    pub(super) fn take(&mut self, node: usize) -> Vec<Link> {
        std::mem::take(&mut self.lists[node])
    }
}
