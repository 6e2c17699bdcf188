//! The lattice: every way of cutting a sentence into words of the dictionary, and the search for the cheapest.
//!
//! This is MeCab-ko's search over lindera's dictionary parts. A word may start wherever another ends, white space
//! between them skipped; a path costs the words on it and the connections between neighbours; the cheapest path wins
//! (Kudo, Yamamoto, Matsumoto 2004, "Applying Conditional Random Fields to Japanese Morphological Analysis"; the order
//! of search and so the choice among equal costs is that of MeCab's `viterbi.cpp` and `tokenizer.cpp`).
//!
//! ```text
//! 0    1    2    3    4     characters of `나는 새`
//! 나   는   _    새
//! ├─NP─┼─JX─┼────┤         나/NP 는/JX 새/NNG: white space belongs to no word; a word after white space pays
//! ├───VV+ETM┤    ├─NNG─┤   the dictionary's penalty if it is a particle or an ending
//! ```
//!
//! The buffers are kept from sentence to sentence, so nothing is allocated once they have grown.

use std::ops::Range;

use crate::characters::{CharInfo, Characters};
use crate::dictionary::Dictionary;
use crate::morpheme::Origin;
use crate::user_dictionary::UserDictionary;

/// No node, no position.
const NONE: u32 = u32::MAX;

/// A cost that no path has.
const NEVER: i32 = i32::MAX / 2;

/// The longest run of characters of one class that is one unknown word, without its first (MeCab's
/// `max-grouping-size`).
const MAX_GROUP: usize = 24;

/// A word of the lattice.
#[derive(Clone, Copy)]
struct Node {
    /// The node before it on the cheapest path to it.
    previous: u32,
    /// The first character, and the one after the last.
    start: u32,
    end: u32,
    word: u32,
    origin: Origin,
}

/// What words that follow a node need of it. Kept apart from the rest, since the search reads nothing else.
#[derive(Clone, Copy)]
struct Link {
    /// The least cost of a path from the start to this word, with the word's own.
    cost: i32,
    /// The next node that ends where this one does.
    next_end: u32,
    right: u16,
}

/// A word on the cheapest path: its characters, and its id in the dictionary it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathWord {
    pub start: usize,
    pub end: usize,
    pub word: u32,
    pub origin: Origin,
}

/// A word that may start at a position.
#[derive(Clone, Copy)]
struct Candidate {
    end: u32,
    word: u32,
    left: u16,
    right: u16,
    cost: i32,
    origin: Origin,
}

/// The cheapest connection to a left context from the nodes that end at the current position.
#[derive(Clone, Copy, Default)]
struct Connection {
    /// The position for which this was found, counted over all positions of all sentences.
    stamp: u32,
    cost: i32,
    previous: u32,
}

/// A node that ends at the current position, as far as what comes after it is concerned.
#[derive(Clone, Copy)]
struct Ending {
    /// The cost, and below it the place in the list: the least of such numbers is the first of the cheapest, and is
    /// found without a branch.
    key: i64,
    right: u16,
}

impl Ending {
    const PLACE_BITS: u32 = 32;

    fn new(cost: i32, place: u32, right: u16) -> Ending {
        Ending { key: i64::from(cost) << Ending::PLACE_BITS | i64::from(place), right }
    }

    fn cost(self) -> i32 {
        (self.key >> Ending::PLACE_BITS) as i32
    }
}

/// The place in the list of endings of the one with a right context.
#[derive(Clone, Copy, Default)]
struct Place {
    stamp: u32,
    index: u32,
}

/// The buffers of the search.
#[derive(Default)]
pub(crate) struct Lattice {
    chars: Vec<char>,
    /// The byte at which each character starts, and the end.
    offsets: Vec<usize>,
    infos: Vec<CharInfo>,
    nodes: Vec<Node>,
    /// For each node.
    links: Vec<Link>,
    /// The last node made that ends at each position.
    ends: Vec<u32>,
    /// The run of characters of a class that was read last.
    run: Range<usize>,
    candidates: Vec<Candidate>,
    /// The nodes that end at the current position, one for each right context.
    endings: Vec<Ending>,
    /// For each ending, its node.
    ending_nodes: Vec<u32>,
    /// By right context, where its ending is.
    places: Vec<Place>,
    /// By left context, the cheapest connection to it.
    connections: Vec<Connection>,
    /// Tells what in `places` and `connections` is of the current position.
    stamp: u32,
    path: Vec<PathWord>,
}

/// What is searched: the dictionaries and the character classes.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'d> {
    pub dictionary: &'d Dictionary,
    pub user: Option<&'d UserDictionary>,
    pub characters: &'d Characters,
}

impl Lattice {
    /// The words of the cheapest path through a sentence, in order; their places are bytes of the sentence.
    pub fn search(&mut self, sentence: &str, sources: Sources<'_>) -> &[PathWord] {
        self.path.clear();
        let sentence = sentence.trim_end_matches(|c| sources.characters.info(c).is_space);
        self.reset(sentence, sources);
        for position in 0..self.chars.len() {
            if self.ends[position] != NONE {
                let start = self.skip_spaces(position);
                self.find_candidates(start, sources);
                self.connect(position, start, sources);
            }
        }
        self.trace(sources);
        &self.path
    }

    fn reset(&mut self, sentence: &str, sources: Sources<'_>) {
        self.chars.clear();
        self.offsets.clear();
        self.infos.clear();
        self.nodes.clear();
        self.links.clear();
        self.ends.clear();
        self.run = 0..0;
        for (at, c) in sentence.char_indices() {
            self.chars.push(c);
            self.offsets.push(at);
            self.infos.push(sources.characters.info(c));
        }
        self.offsets.push(sentence.len());
        self.ends.resize(self.chars.len() + 1, NONE);
        let (left, right) = sources.dictionary.contexts_in_use();
        self.connections.resize(left, Connection::default());
        self.places.resize(right, Place::default());
        self.nodes.push(Node { previous: NONE, start: 0, end: 0, word: 0, origin: Origin::System });
        self.links.push(Link { cost: 0, next_end: NONE, right: sources.dictionary.boundary_right() });
        self.ends[0] = 0;
    }

    fn skip_spaces(&self, position: usize) -> usize {
        let spaces = self.infos[position..].iter().take_while(|info| info.is_space).count();
        position + spaces
    }

    /// The words that may start at a character, in the order in which MeCab connects them: unknown words, then words of
    /// the dictionaries, in each case the last found first.
    fn find_candidates(&mut self, start: usize, sources: Sources<'_>) {
        self.candidates.clear();
        if start == self.chars.len() {
            return;
        }
        let rest = &self.chars[start..];
        let parts = sources.dictionary.lindera();
        for (entries, length) in parts.prefix_dictionary.common_prefix_search(rest) {
            let end = (start + length) as u32;
            self.candidates.extend(entries.chunks_exact(RECORD).map(|record| Candidate::from_record(record, end)));
        }
        if let Some(user) = sources.user {
            user.words_starting(rest, |length, entry| {
                let end = (start + length) as u32;
                let (left, right, cost) = (entry.left, entry.right, i32::from(entry.cost));
                self.candidates.push(Candidate { end, word: entry.word, left, right, cost, origin: Origin::User });
            });
        }
        let first = self.infos[start];
        if self.candidates.is_empty() || first.invoke {
            self.add_unknown_words(start, first, sources);
        }
        self.candidates.reverse();
    }

    /// Unknown words from the classes of the characters: the whole run of a class, and its first characters.
    fn add_unknown_words(&mut self, start: usize, first: CharInfo, sources: Sources<'_>) {
        let mut group_end = None;
        if first.group {
            let end = self.end_of_class(start);
            if end - start - 1 <= MAX_GROUP {
                self.add_unknown_word(end, first, sources);
            }
            group_end = Some(end);
        }
        for end in start + 1..=start + usize::from(first.length) {
            if end > self.chars.len() {
                break;
            }
            if Some(end) == group_end {
                break; // The run was added, or is too long; there is nothing of the class after it.
            }
            self.add_unknown_word(end, first, sources);
            if !self.infos.get(end).is_some_and(|info| info.shares_class(first)) {
                break;
            }
        }
        if self.candidates.is_empty() {
            self.add_unknown_word(start + 1, first, sources);
        }
    }

    /// Where the run of characters ends of which each shares a class with the one before it.
    ///
    /// What was found for one character of a run holds for those after it, so a long run is read once.
    fn end_of_class(&mut self, start: usize) -> usize {
        if !self.run.contains(&start) {
            let run = self.infos[start..].windows(2).take_while(|pair| pair[1].shares_class(pair[0])).count();
            self.run = start..start + 1 + run;
        }
        self.run.end
    }

    fn add_unknown_word(&mut self, end: usize, first: CharInfo, sources: Sources<'_>) {
        let parts = sources.dictionary.lindera();
        for &word in parts.unknown_dictionary.lookup_word_ids(first.category()) {
            let entry = parts.unknown_dictionary.word_entry(word);
            self.candidates.push(Candidate {
                end: end as u32,
                word,
                left: entry.left_id() as u16,
                right: entry.right_id() as u16,
                cost: i32::from(entry.word_cost()),
                origin: Origin::Unknown,
            });
        }
    }

    /// Connects each candidate to the cheapest of the nodes that end at a position.
    fn connect(&mut self, position: usize, start: usize, sources: Sources<'_>) {
        self.collect_endings(position);
        let after_space = start > position;
        for index in 0..self.candidates.len() {
            let candidate = self.candidates[index];
            let connection = self.cheapest(candidate.left, sources);
            let penalty = if after_space { penalty(sources, candidate) } else { 0 };
            let end = candidate.end as usize;
            self.links.push(Link {
                cost: connection.cost + candidate.cost + penalty,
                next_end: self.ends[end],
                right: candidate.right,
            });
            self.ends[end] = self.nodes.len() as u32;
            let (previous, start, word) = (connection.previous, start as u32, candidate.word);
            self.nodes.push(Node { previous, start, end: candidate.end, word, origin: candidate.origin });
        }
    }

    /// Lists the nodes that end at a position, the last made first. Of those with the same right context only the
    /// cheapest can be on the cheapest path, and of equal ones the first.
    fn collect_endings(&mut self, position: usize) {
        self.next_stamp();
        self.endings.clear();
        self.ending_nodes.clear();
        let mut index = self.ends[position];
        while index != NONE {
            let Link { cost, next_end, right } = self.links[index as usize];
            let place = &mut self.places[usize::from(right)];
            let new = self.endings.len() as u32;
            let known = (place.stamp == self.stamp).then(|| &mut self.endings[place.index as usize]);
            if known.as_ref().is_none_or(|other| cost < other.cost()) {
                if let Some(other) = known {
                    // The cheaper one keeps its own turn, since the first of equal costs wins.
                    *other = Ending::new(NEVER, new, right);
                }
                *place = Place { stamp: self.stamp, index: new };
                self.endings.push(Ending::new(cost, new, right));
                self.ending_nodes.push(index);
            }
            index = next_end;
        }
    }

    fn next_stamp(&mut self) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.connections.fill(Connection::default());
            self.places.fill(Place::default());
            self.stamp = 1;
        }
    }

    /// The cheapest connection from the endings to a left context; of equal ones the first. Many words share a context,
    /// so what was found is kept for the position.
    fn cheapest(&mut self, left: u16, sources: Sources<'_>) -> Connection {
        let kept = self.connections[usize::from(left)];
        if kept.stamp == self.stamp {
            return kept;
        }
        let costs = sources.dictionary.lindera().connection_cost_matrix.row(u32::from(left));
        let key_of = |ending: &Ending| ending.key + (i64::from(costs[usize::from(ending.right)]) << Ending::PLACE_BITS);
        let key = self.endings.iter().map(key_of).fold(i64::MAX, i64::min);
        let place = (key & i64::from(u32::MAX)).cast_unsigned() as usize;
        let best = Connection {
            stamp: self.stamp,
            cost: (key >> Ending::PLACE_BITS) as i32,
            previous: self.ending_nodes.get(place).copied().unwrap_or(NONE),
        };
        self.connections[usize::from(left)] = best;
        best
    }

    /// Follows the cheapest path back from the end of the sentence.
    fn trace(&mut self, sources: Sources<'_>) {
        let Some(position) = self.ends.iter().rposition(|&node| node != NONE) else { return };
        self.collect_endings(position);
        let mut index = self.cheapest(sources.dictionary.boundary_left(), sources).previous;
        while index != 0 && index != NONE {
            let node = &self.nodes[index as usize];
            self.path.push(PathWord {
                start: self.offsets[node.start as usize],
                end: self.offsets[node.end as usize],
                word: node.word,
                origin: node.origin,
            });
            index = node.previous;
        }
        self.path.reverse();
    }
}

/// The length of lindera's record of a word: id (32 bits), cost, left and right context (16 bits each).
const RECORD: usize = 10;

impl Candidate {
    fn from_record(record: &[u8], end: u32) -> Candidate {
        let number = |at: usize| u16::from_le_bytes([record[at], record[at + 1]]);
        Candidate {
            end,
            word: u32::from(number(0)) | u32::from(number(2)) << 16,
            left: number(6),
            right: number(8),
            cost: i32::from(number(4).cast_signed()),
            origin: Origin::System,
        }
    }
}

/// What a word pays for standing after white space: particles and endings hardly ever do.
fn penalty(sources: Sources<'_>, candidate: Candidate) -> i32 {
    match candidate.origin {
        Origin::System => sources.dictionary.space_penalty(candidate.word),
        _ => 0,
    }
}
