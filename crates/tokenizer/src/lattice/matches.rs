//! Matches: for each character of a sentence, the words of the dictionary that start there.
//!
//! The trie is followed from all characters at once: one step for all of them, then the next. The nodes lie far apart
//! in memory, and in this order the processor waits for many of them at a time instead of for one after another.

use crate::characters::CharInfo;
use crate::dictionary::index::{NO_CODE, Node, Tables};

/// No further match.
const NONE: u32 = u32::MAX;

/// The words of one surface that start at some character.
#[derive(Clone, Copy)]
pub(super) struct Match {
    /// The character after the last.
    pub end: u32,
    /// The position of the words in the index.
    pub words: u32,
    /// The next shorter match at the same character.
    pub next: u32,
}

/// A walk along the trie that has not ended yet.
#[derive(Clone, Copy, Default)]
struct Walk {
    start: u32,
    node: Node,
}

/// The matches of a sentence, and the buffers to find them.
#[derive(Default)]
pub(super) struct Matches {
    /// The codes of the characters, followed by one that no word has.
    codes: Vec<u16>,
    walks: Vec<Walk>,
    found: Vec<Match>,
    /// The longest match at each character.
    longest: Vec<u32>,
}

impl Matches {
    /// Finds the words that start at each character of a sentence.
    pub fn find(&mut self, characters: &[CharInfo], index: Tables<'_>) {
        self.found.clear();
        self.longest.clear();
        self.longest.resize(characters.len() + 1, NONE);
        self.codes.clear();
        self.codes.extend(characters.iter().map(|info| info.code));
        self.codes.push(NO_CODE);
        self.walks.clear();
        let root = index.root();
        self.walks.extend((0..characters.len() as u32).map(|start| Walk { start, node: root }));
        let mut length = 0;
        while !self.walks.is_empty() {
            self.step(length, index);
            length += 1;
            self.collect(length, index);
        }
    }

    /// Advances all walks by one character, and drops those that end.
    fn step(&mut self, length: u32, index: Tables<'_>) {
        let mut kept = 0;
        for place in 0..self.walks.len() {
            let Walk { start, node } = self.walks[place];
            let child = index.child(node, self.codes[(start + length) as usize]);
            // Written before it is known whether it is kept, which the processor could hardly predict.
            self.walks[kept] = Walk { start, node: child.unwrap_or_default() };
            kept += usize::from(child.is_some());
        }
        self.walks.truncate(kept);
    }

    /// Records the walks that have reached the end of a word.
    fn collect(&mut self, length: u32, index: Tables<'_>) {
        for walk in &self.walks {
            if let Some(words) = index.words_at(walk.node) {
                let longest = &mut self.longest[walk.start as usize];
                self.found.push(Match { end: walk.start + length, words, next: *longest });
                *longest = (self.found.len() - 1) as u32;
            }
        }
    }

    /// Returns whether words start at a character.
    pub fn any_at(&self, start: usize) -> bool {
        self.longest[start] != NONE
    }

    /// Returns the position of the longest match at a character.
    pub fn at(&self, start: usize) -> u32 {
        self.longest[start]
    }

    /// Returns the match at a position, or none after the last.
    pub fn get(&self, place: u32) -> Option<Match> {
        self.found.get(place as usize).copied()
    }
}
