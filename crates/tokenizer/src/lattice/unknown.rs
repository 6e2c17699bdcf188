//! Unknown words: runs of characters of one class, where the dictionary has no word and for classes that always make
//! words (digits, Latin letters).
//!
//! `char.def` says for each class whether a whole run of it is a word (`group`), up to how many of its first characters
//! are words as well (`length`), and whether words are made even where the dictionary has some (`invoke`); `unk.def` has
//! their parts of speech and costs. The order and the limits are those of MeCab's `tokenizer.cpp`.

use std::ops::Range;

use crate::characters::{CharClass, CharInfo};
use crate::lattice::node::Candidate;
use crate::lattice::sources::WordSources;
use crate::morpheme::MorphemeSource;

/// The longest run of characters of one class that is one word, not counting its first (MeCab's `max-grouping-size`).
const MAX_GROUP: usize = 24;

/// The runs of characters of a class in a sentence.
#[derive(Default)]
pub(super) struct Runs {
    /// The run that was read last.
    last: Range<usize>,
}

impl Runs {
    /// Starts a new sentence.
    pub fn clear(&mut self) {
        self.last = 0..0;
    }

    /// Adds the unknown words that start at a character: the whole run of its class, and its first characters.
    pub fn unknown_words(
        &mut self,
        start: usize,
        characters: &[CharInfo],
        has_words: bool,
        sources: WordSources<'_>,
        candidates: &mut Vec<Candidate>,
    ) {
        let class = |position: usize| sources.characters.class(characters[position]);
        let first = class(start);
        let before = candidates.len();
        let mut group_end = None;
        if first.group {
            let end = self.end_of_run(start, characters, sources);
            if end - start - 1 <= MAX_GROUP {
                push(end, first, sources, candidates);
            }
            group_end = Some(end);
        }
        for end in start + 1..=(start + usize::from(first.length)).min(characters.len()) {
            if Some(end) == group_end {
                break; // The run was added, or is too long; no character of the class follows it.
            }
            push(end, first, sources, candidates);
            if end == characters.len() || !class(end).shares_class(first) {
                break;
            }
        }
        if !has_words && candidates.len() == before {
            push(start + 1, first, sources, candidates);
        }
    }

    /// Returns the end of the run of characters of which each shares a class with the one before it.
    ///
    /// The end is the same for each character of a run, so a long run is read once.
    fn end_of_run(&mut self, start: usize, characters: &[CharInfo], sources: WordSources<'_>) -> usize {
        if !self.last.contains(&start) {
            let class = |info: CharInfo| sources.characters.class(info);
            let pairs = characters[start..].windows(2);
            let same = pairs.take_while(|pair| class(pair[1]).shares_class(class(pair[0]))).count();
            self.last = start..start + 1 + same;
        }
        self.last.end
    }
}

fn push(end: usize, class: CharClass, sources: WordSources<'_>, candidates: &mut Vec<Candidate>) {
    let unknown = &sources.dictionary.lindera().unknown_dictionary;
    candidates.extend(unknown.lookup_word_ids(class.category()).iter().map(|&word| {
        let entry = unknown.word_entry(word);
        Candidate {
            end: end as u32,
            word,
            left: entry.left_id() as u16,
            right: entry.right_id() as u16,
            cost: i32::from(entry.word_cost()),
            source: MorphemeSource::Unknown,
        }
    }));
}
