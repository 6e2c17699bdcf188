//! The lattice: every segmentation of a sentence into words of the dictionary, and the search for the cheapest.
//!
//! This is MeCab-ko's search over lindera's dictionary parts. A word may start wherever another ends, after any white
//! space between them. The cost of a path is that of its words and of the connections between neighbours, and the
//! cheapest path wins (Kudo, Yamamoto, Matsumoto 2004, "Applying Conditional Random Fields to Japanese Morphological
//! Analysis"). The order of the search, and so the choice among equal costs, is that of MeCab's `viterbi.cpp` and
//! `tokenizer.cpp`; skipping white space is MeCab-ko's, like vibrato's `ignore_space`.
//!
//! A sentence goes through four steps, each in a file of its own: its characters (`characters`), the words that start
//! at each of them (`matches`, and `unknown` where the dictionary has none), the cheapest connection of each word to
//! those that end before it (`endings`), and the way back from the sentence's end ([`Lattice::search`]). `nbest` finds
//! the second-best path and those after it among the same nodes. `ARCHITECTURE.md` draws an example with its costs.
//!
//! The buffers are reused from sentence to sentence, so nothing is allocated once they have grown.

use crate::characters::CharInfo;
use crate::dictionary::index::Tables;
use crate::lattice::endings::{Costs, Endings};
use crate::lattice::matches::Matches;
use crate::lattice::node::{Candidate, Link, NONE, Node, START};
pub(crate) use crate::lattice::node::{Path, PathWord};
pub(crate) use crate::lattice::sources::WordSources;
use crate::lattice::unknown::Runs;
use crate::morpheme::MorphemeSource;
use crate::user_dictionary::FoldedSentence;

mod endings;
mod matches;
pub(crate) mod nbest;
mod node;
mod sources;
mod unknown;

/// The buffers of the search.
#[derive(Default)]
pub(crate) struct Lattice {
    infos: Vec<CharInfo>,
    /// The characters for the search in the user dictionary; empty without one.
    folded: FoldedSentence,
    /// The byte at which each character starts, and the end.
    offsets: Vec<u32>,
    matches: Matches,
    runs: Runs,
    candidates: Vec<Candidate>,
    nodes: Vec<Node>,
    /// The link of each node.
    links: Vec<Link>,
    /// The last node made that ends at each position.
    ends: Vec<u32>,
    endings: Endings,
    path: Vec<PathWord>,
}

impl Lattice {
    /// Finds the cheapest path through a sentence. The positions of its words are in bytes of the sentence.
    pub fn search(&mut self, sentence: &str, sources: WordSources<'_>) -> Path<'_> {
        let index = sources.dictionary.index().tables();
        let costs = Costs::new(sources.dictionary, index);
        self.read(sentence, sources);
        self.matches.find(&self.infos, index);
        self.start(sources);
        for position in 0..self.infos.len() {
            if self.ends[position] != NONE {
                self.connect_at(position, index, costs, sources);
            }
        }
        self.trace(costs, sources)
    }

    /// Reads the characters of the sentence, without white space at its end.
    fn read(&mut self, sentence: &str, sources: WordSources<'_>) {
        self.infos.clear();
        self.offsets.clear();
        for (at, c) in sentence.char_indices() {
            self.infos.push(sources.characters.info(c));
            self.offsets.push(at as u32);
        }
        self.offsets.push(sentence.len() as u32);
        let spaces = self.infos.iter().rev().take_while(|info| info.is_space).count();
        let length = self.infos.len() - spaces;
        self.infos.truncate(length);
        self.offsets.truncate(length + 1);
        if sources.user.is_some() {
            self.folded.read(sentence.chars().take(length));
        }
    }

    fn start(&mut self, sources: WordSources<'_>) {
        self.runs.clear();
        self.nodes.clear();
        self.links.clear();
        self.ends.clear();
        self.ends.resize(self.infos.len() + 1, NONE);
        self.nodes.push(Node {
            previous: NONE,
            start: 0,
            end: 0,
            word: 0,
            cost: 0,
            left: sources.dictionary.boundary_left(),
            source: MorphemeSource::System,
        });
        self.links.push(Link { cost: 0, next_end: NONE, right: sources.dictionary.boundary_right() });
        self.ends[0] = START;
    }

    /// Connects the words that may follow those that end at a position: the user's and unknown words, then words of the
    /// dictionary, in each case the last found first, as MeCab does.
    fn connect_at(&mut self, position: usize, index: Tables<'_>, costs: Costs<'_>, sources: WordSources<'_>) {
        let spaces = self.infos[position..].iter().take_while(|info| info.is_space).count();
        let start = position + spaces;
        self.endings.collect(self.ends[position], &self.links, costs);
        self.find_candidates(start, sources);
        for place in (0..self.candidates.len()).rev() {
            let candidate = self.candidates[place];
            self.push(start, candidate, costs);
        }
        let mut place = self.matches.at(start);
        while let Some(found) = self.matches.get(place) {
            for word in index.words(found.words) {
                let penalty = if spaces > 0 { word.space_penalty } else { 0 };
                let candidate = Candidate {
                    end: found.end,
                    word: word.word,
                    left: word.left,
                    right: word.right,
                    cost: word.cost + penalty,
                    source: MorphemeSource::System,
                };
                self.push(start, candidate, costs);
            }
            place = found.next;
        }
    }

    /// Finds the user's words that may start at a character, and unknown ones.
    fn find_candidates(&mut self, start: usize, sources: WordSources<'_>) {
        self.candidates.clear();
        if let Some(user) = sources.user {
            user.words_starting(start, &self.folded, |end, entry| {
                let end = end as u32;
                let (left, right, cost) = (entry.left, entry.right, i32::from(entry.cost));
                self.candidates.push(Candidate {
                    end,
                    word: entry.word,
                    left,
                    right,
                    cost,
                    source: MorphemeSource::User,
                });
            });
        }
        let has_words = !self.candidates.is_empty() || self.matches.any_at(start);
        let first = sources.characters.class(self.infos[start]);
        if !has_words || first.invoke {
            self.runs.unknown_words(start, &self.infos, has_words, sources, &mut self.candidates);
        }
    }

    /// Adds a node for a word, connected to the cheapest of those that end before it.
    #[inline]
    fn push(&mut self, start: usize, candidate: Candidate, costs: Costs<'_>) {
        let Candidate { end, word, left, right, cost, source } = candidate;
        let connection = self.endings.cheapest(left, costs);
        let last = &mut self.ends[end as usize];
        self.links.push(Link { cost: connection.cost + cost, next_end: *last, right });
        *last = self.nodes.len() as u32;
        self.nodes.push(Node { previous: connection.previous, start: start as u32, end, word, cost, left, source });
    }

    /// Follows the cheapest path back from the end of the sentence.
    fn trace(&mut self, costs: Costs<'_>, sources: WordSources<'_>) -> Path<'_> {
        let end = self.infos.len();
        self.endings.collect(self.ends[end], &self.links, costs);
        let last = self.endings.cheapest(sources.dictionary.boundary_left(), costs);
        self.path.clear();
        let mut node = last.previous;
        while node != START {
            self.path.push(self.path_word(node));
            node = self.nodes[node as usize].previous;
        }
        self.path.reverse();
        Path { words: &self.path, cost: last.cost }
    }

    fn path_word(&self, node: u32) -> PathWord {
        let Node { start, end, word, source, .. } = self.nodes[node as usize];
        let byte = |position: u32| self.offsets[position as usize] as usize;
        PathWord { start: byte(start), end: byte(end), word, source }
    }
}

#[cfg(test)]
mod tests {
    use gisa_testing::provided;

    use super::*;
    use crate::Error;
    use crate::dictionary::Dictionary;
    use crate::tokenizer::Tokenizer;

    /// The lattice that `ARCHITECTURE.md` draws: the characters of each word, its own cost, and the cheapest path to it
    /// with its cost.
    #[test]
    fn the_drawn_example_has_these_costs() {
        let Some(dictionary) = provided(Dictionary::find(None), Error::is_not_found) else { return };
        let tokenizer = Tokenizer::new(dictionary);
        let sources = tokenizer.word_sources();
        let mut lattice = Lattice::default();
        let text = "나는 새";
        let cost = lattice.search(text, sources).cost;
        let chars: Vec<char> = text.chars().collect();
        let name = |node: u32| {
            let Node { start, end, word, source, .. } = lattice.nodes[node as usize];
            let surface: String = chars[start as usize..end as usize].iter().collect();
            if node == START {
                "START".to_owned()
            } else {
                format!("{surface}/{}", sources.tag_and_class(source, word).0)
            }
        };
        let found: Vec<String> = (1..lattice.nodes.len() as u32)
            .map(|node| {
                let Node { start, end, cost, previous, .. } = lattice.nodes[node as usize];
                let (least, previous) = (lattice.links[node as usize].cost, name(previous));
                format!("{start}-{end} {} {cost} {least} after {previous}", name(node))
            })
            .collect();
        for word in [
            "0-1 나/NP 2288 523 after START",
            "0-1 나/VV 5252 4959 after START",
            "1-2 는/JX 1047 -2768 after 나/NP",
            "1-2 는/ETM 1661 560 after 나/VV",
            "3-4 새/NNG 3436 1844 after 는/JX",
            "3-4 새/VV+EC 3487 1838 after 는/JX",
            "3-4 새/MM 3800 1446 after 는/JX",
        ] {
            assert!(found.iter().any(|found| found == word), "{word} is not among {found:#?}");
        }
        assert_eq!(cost, 340);
        let costs: Vec<i64> = tokenizer.new_worker().analyses(text, 0..text.len(), 3).iter().map(|a| a.cost).collect();
        assert_eq!(costs, [340, 849, 1533]);
    }
}
