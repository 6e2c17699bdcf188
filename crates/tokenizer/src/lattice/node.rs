//! Nodes: the words of a lattice, and what connects them.

use crate::morpheme::MorphemeSource;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// The node before the first word.
pub(super) const START: u32 = 0;

/// A word of the lattice.
#[derive(Clone, Copy)]
pub(super) struct Node {
    /// The node before it on the cheapest path to it.
    pub previous: u32,
    /// The first character.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// The word's id in the dictionary it comes from.
    pub word: u32,
    /// The cost of the word, with the penalty for following white space.
    pub cost: i32,
    pub left: u16,
    pub source: MorphemeSource,
}

/// The part of a node that words after it need. Stored apart from the rest, since the search reads nothing else.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// The cost of the cheapest path from the start to this word, with the word's own.
    pub cost: i32,
    /// The node made before it that ends at the same character.
    pub next_end: u32,
    pub right: u16,
}

/// A word that may start at a position, of the user dictionary or unknown.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub end: u32,
    pub word: u32,
    pub left: u16,
    pub right: u16,
    pub cost: i32,
    pub source: MorphemeSource,
}

/// A word on a path: its bytes in the sentence, and its id in the dictionary it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathWord {
    pub start: usize,
    pub end: usize,
    pub word: u32,
    pub source: MorphemeSource,
}

/// A path through a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'l> {
    /// Its words, in order.
    pub words: &'l [PathWord],
    /// The cost of its words and connections, including those with the sentence's ends.
    pub cost: i32,
}
