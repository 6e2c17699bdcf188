//! The second-best path and those after it: all paths through a lattice, the cheapest first.
//!
//! The forward search has left the least cost of a path to each node, so an A* search backwards from the sentence's end
//! finds the paths in the order of their costs without going astray (Nagata 1994, "A stochastic Japanese morphological
//! analyzer using a forward-DP backward-A* N-best search algorithm"; MeCab's `nbest_generator.cpp`).
//!
//! Of words that start and end together with the same tag and contexts, only the cheapest is taken: a path with another
//! would be the same to all who see it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::Tag;
use crate::lattice::endings::Costs;
use crate::lattice::{Lattice, NONE, Path, PathWord, START, Sources};
use crate::morpheme::Origin;

/// A path's part from a node to the sentence's end.
#[derive(Clone, Copy)]
struct Part {
    node: u32,
    /// What follows the node costs, with the connection to it.
    rest: i32,
    /// The part that begins after the node, an index into the list of all parts.
    after: u32,
}

/// What a node is to all who see it, and its own place and cost.
#[derive(Clone, Copy)]
struct Reading {
    start: u32,
    left: u16,
    right: u16,
    tag: Tag,
    node: u32,
    cost: i32,
}

/// The paths through the lattice of the sentence that was searched last.
pub(crate) struct Paths<'l> {
    lattice: &'l Lattice,
    sources: Sources<'l>,
    costs: Costs<'l>,
    parts: Vec<Part>,
    /// The parts that are still to be prolonged: the least cost of a path with it, and its index. Of equal ones the
    /// first made, so that the order is the same every time.
    open: BinaryHeap<Reverse<(i32, u32)>>,
    readings: Vec<Reading>,
    /// The nodes of the path that was given last, and its words.
    nodes: Vec<u32>,
    words: Vec<PathWord>,
}

/// What a path is to the words around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    /// The contexts of its first and its last word.
    pub left: u16,
    pub right: u16,
    /// What its words and the connections between them cost.
    pub cost: i32,
    /// What its first word pays for standing after white space.
    pub space_penalty: i32,
}

impl Lattice {
    /// What a word of the dictionary pays for standing after white space.
    fn space_penalty(&self, start: usize, word: u32, sources: Sources<'_>) -> i32 {
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

    /// The paths through the sentence that was searched last, the cheapest first. The sources are those of the search.
    pub fn paths<'l>(&'l self, sources: Sources<'l>) -> Paths<'l> {
        let mut paths = Paths {
            lattice: self,
            sources,
            costs: Costs::new(sources.dictionary, sources.dictionary.index().tables()),
            parts: Vec::new(),
            open: BinaryHeap::new(),
            readings: Vec::new(),
            nodes: Vec::new(),
            words: Vec::new(),
        };
        if let Some(&last) = self.ends.last() {
            paths.prolong(last, sources.dictionary.boundary_left(), 0, NONE);
        }
        paths
    }
}

impl Paths<'_> {
    /// The next path: the cheapest of those that have not been given yet.
    pub fn next(&mut self) -> Option<Path<'_>> {
        while let Some(Reverse((cost, index))) = self.open.pop() {
            let Part { node, rest, .. } = self.parts[index as usize];
            if node == START {
                self.collect_words(index);
                return Some(Path { words: &self.words, cost });
            }
            let word = self.lattice.nodes[node as usize];
            let position = self.lattice.nodes[word.previous as usize].end;
            self.prolong(self.lattice.ends[position as usize], word.left, rest + word.cost, index);
        }
        None
    }

    /// Puts each node of a list before what begins with a left context.
    fn prolong(&mut self, last: u32, left: u16, rest: i32, after: u32) {
        self.read(last);
        let row = self.costs.to(left);
        for reading in &self.readings {
            let rest = rest + i32::from(row[usize::from(reading.right)]);
            self.open.push(Reverse((reading.cost + rest, self.parts.len() as u32)));
            self.parts.push(Part { node: reading.node, rest, after });
        }
    }

    /// Takes the nodes of a list, of those that are the same to all who see them the cheapest.
    fn read(&mut self, last: u32) {
        self.readings.clear();
        let mut place = last;
        while place != NONE {
            let (link, node) = (self.lattice.links[place as usize], self.lattice.nodes[place as usize]);
            let tag = self.sources.kind(node.origin, node.word).0;
            let new =
                Reading { start: node.start, left: node.left, right: link.right, tag, node: place, cost: link.cost };
            let same = |other: &&mut Reading| {
                (other.start, other.left, other.right, other.tag) == (new.start, new.left, new.right, new.tag)
            };
            match self.readings.iter_mut().find(same) {
                Some(known) if known.cost <= new.cost => {}
                Some(known) => *known = new,
                None => self.readings.push(new),
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

    /// What the path that was given last, whose cost is `cost`, is to the words around it; none for an empty one.
    pub fn outside(&self, cost: i32) -> Option<Outside> {
        let (&first, &last) = (self.nodes.first()?, self.nodes.last()?);
        let first = self.lattice.nodes[first as usize];
        let right = self.lattice.links[last as usize].right;
        let connection = |right: u16, left: u16| i32::from(self.costs.to(left)[usize::from(right)]);
        let dictionary = self.sources.dictionary;
        let ends = connection(dictionary.boundary_right(), first.left) + connection(right, dictionary.boundary_left());
        let space_penalty = match first.origin {
            Origin::System => self.lattice.space_penalty(first.start as usize, first.word, self.sources),
            _ => 0,
        };
        Some(Outside { left: first.left, right, cost: cost - ends, space_penalty })
    }
}
