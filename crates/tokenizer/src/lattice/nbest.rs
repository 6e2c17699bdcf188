//! N-best paths: all paths through a lattice, the cheapest first.
//!
//! The forward search has left the least cost of a path to each node, so an A* search backwards from the sentence's end
//! finds the paths in the order of their costs without a detour (Nagata 1994, "A stochastic Japanese morphological
//! analyzer using a forward-DP backward-A* N-best search algorithm"; MeCab's `nbest_generator.cpp`).
//!
//! Of words that start and end together with the same tag and contexts, only the cheapest is used: a path with another
//! of them would give the same analysis.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::lattice::Lattice;
use crate::lattice::endings::Costs;
use crate::lattice::node::{NONE, Path, PathWord, START};
use crate::lattice::sources::WordSources;
use crate::morpheme::MorphemeSource;
use crate::tag::Tag;

/// The part of a path from a node to the sentence's end.
#[derive(Clone, Copy)]
struct Part {
    node: u32,
    /// The cost of what follows the node, with the connection to it.
    rest: i32,
    /// The part that begins after the node, an index into the list of all parts.
    after: u32,
}

/// A node that differs from the others that end with it, in its start, its contexts or its tag.
#[derive(Clone, Copy)]
struct DistinctNode {
    start: u32,
    left: u16,
    right: u16,
    tag: Tag,
    node: u32,
    cost: i32,
}

/// Iterates over the paths through the lattice of the sentence that was searched last.
pub(crate) struct Paths<'l> {
    lattice: &'l Lattice,
    sources: WordSources<'l>,
    costs: Costs<'l>,
    parts: Vec<Part>,
    /// The parts that are still to be extended: the least cost of a path with it, and its index. Among equals the one
    /// made first wins, so that the order is always the same.
    open: BinaryHeap<Reverse<(i32, u32)>>,
    distinct: Vec<DistinctNode>,
    /// The nodes of the path returned last.
    nodes: Vec<u32>,
    /// The words of the path returned last.
    words: Vec<PathWord>,
}

/// The parts of a path that the words around it connect to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathBorder {
    /// The left context of its first word.
    pub left: u16,
    /// The right context of its last word.
    pub right: u16,
    /// The cost of its words and of the connections between them.
    pub cost: i32,
    /// The penalty of its first word for standing after white space.
    pub space_penalty: i32,
}

impl Lattice {
    /// Returns the penalty of a word of the dictionary for standing after white space.
    fn space_penalty(&self, start: usize, word: u32, sources: WordSources<'_>) -> i32 {
        let index = sources.dictionary.index().tables();
        let mut place = self.matches.at(start);
        while let Some(found) = self.matches.get(place) {
            if let Some(found) = index.words(found.words).find(|other| other.word == word) {
                return found.space_penalty;
            }
            place = found.next;
        }
        0
    }

    /// Returns the paths through the sentence that was searched last, the cheapest first. The sources are those of that
    /// search.
    pub fn paths<'l>(&'l self, sources: WordSources<'l>) -> Paths<'l> {
        let mut paths = Paths {
            lattice: self,
            sources,
            costs: Costs::new(sources.dictionary, sources.dictionary.index().tables()),
            parts: Vec::new(),
            open: BinaryHeap::new(),
            distinct: Vec::new(),
            nodes: Vec::new(),
            words: Vec::new(),
        };
        if let Some(&last) = self.ends.last() {
            paths.extend(last, sources.dictionary.boundary_left(), 0, NONE);
        }
        paths
    }
}

impl Paths<'_> {
    /// Returns the cheapest path that was not returned yet.
    pub fn next(&mut self) -> Option<Path<'_>> {
        while let Some(Reverse((cost, index))) = self.open.pop() {
            let Part { node, rest, .. } = self.parts[index as usize];
            if node == START {
                self.collect_words(index);
                return Some(Path { words: &self.words, cost });
            }
            let word = self.lattice.nodes[node as usize];
            let position = self.lattice.nodes[word.previous as usize].end;
            self.extend(self.lattice.ends[position as usize], word.left, rest + word.cost, index);
        }
        None
    }

    /// Puts each node of a list before a part that begins with a left context.
    fn extend(&mut self, last: u32, left: u16, rest: i32, after: u32) {
        self.collect_distinct(last);
        let row = self.costs.to(left);
        for ending in &self.distinct {
            let rest = rest + i32::from(row[usize::from(ending.right)]);
            self.open.push(Reverse((ending.cost + rest, self.parts.len() as u32)));
            self.parts.push(Part { node: ending.node, rest, after });
        }
    }

    /// Collects the nodes of a list; of those that differ in nothing, the cheapest.
    fn collect_distinct(&mut self, last: u32) {
        self.distinct.clear();
        let mut place = last;
        while place != NONE {
            let (link, node) = (self.lattice.links[place as usize], self.lattice.nodes[place as usize]);
            let tag = self.sources.tag_and_class(node.source, node.word).0;
            let new = DistinctNode {
                start: node.start,
                left: node.left,
                right: link.right,
                tag,
                node: place,
                cost: link.cost,
            };
            let same = |other: &&mut DistinctNode| {
                (other.start, other.left, other.right, other.tag) == (new.start, new.left, new.right, new.tag)
            };
            match self.distinct.iter_mut().find(same) {
                Some(known) if known.cost <= new.cost => {}
                Some(known) => *known = new,
                None => self.distinct.push(new),
            }
            place = link.next_end;
        }
    }

    fn collect_words(&mut self, first: u32) {
        self.nodes.clear();
        let mut part = self.parts[first as usize].after;
        while part != NONE {
            let Part { node, after, .. } = self.parts[part as usize];
            self.nodes.push(node);
            part = after;
        }
        self.words.clear();
        self.words.extend(self.nodes.iter().map(|&node| self.lattice.path_word(node)));
    }

    /// Returns what the words around the path returned last connect to, given its cost; none for an empty path.
    pub fn border(&self, cost: i32) -> Option<PathBorder> {
        let (&first, &last) = (self.nodes.first()?, self.nodes.last()?);
        let first = self.lattice.nodes[first as usize];
        let right = self.lattice.links[last as usize].right;
        let connection = |right: u16, left: u16| i32::from(self.costs.to(left)[usize::from(right)]);
        let dictionary = self.sources.dictionary;
        let ends = connection(dictionary.boundary_right(), first.left) + connection(right, dictionary.boundary_left());
        let space_penalty = match first.source {
            MorphemeSource::System => self.lattice.space_penalty(first.start as usize, first.word, self.sources),
            _ => 0,
        };
        Some(PathBorder { left: first.left, right, cost: cost - ends, space_penalty })
    }
}
