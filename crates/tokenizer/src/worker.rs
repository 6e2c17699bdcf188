//! A worker: one thread's buffers, and the analysis of texts with them.

use std::ops::Range;

use crate::lattice::{Lattice, PathWord, Sources};
use crate::sentence::sentences;
use crate::{Morpheme, Origin, SemanticClass, Tag, Tokenizer};

/// The longest stretch that is searched as one lattice, in bytes. A sentence of a newspaper has a few hundred; what
/// is longer is no sentence (a table, a text without spaces or stops) and is cut so that time and memory stay linear.
const MAX_LATTICE_BYTES: usize = 8 * 1024;

/// One thread's means of analysing text: the lattice and the list of morphemes, kept from text to text.
pub struct Worker {
    tokenizer: Tokenizer,
    lattice: Lattice,
    morphemes: Vec<Morpheme>,
}

impl Worker {
    pub(crate) fn new(tokenizer: &Tokenizer) -> Worker {
        Worker { tokenizer: tokenizer.clone(), lattice: Lattice::default(), morphemes: Vec::new() }
    }

    /// Analyses a text of any length: sentence by sentence, with the ranges of the morphemes in the whole text.
    ///
    /// Morphemes come in order and do not overlap; white space belongs to none.
    pub fn tokenize(&mut self, text: &str) -> &[Morpheme] {
        self.morphemes.clear();
        for sentence in sentences(text) {
            self.push_sentence(text, sentence);
        }
        &self.morphemes
    }

    /// Analyses one sentence of a text, as [`sentences`] gives it. The ranges of the morphemes are
    /// places in the whole text.
    ///
    /// # Panics
    ///
    /// When the range does not lie on character boundaries of the text.
    pub fn tokenize_sentence(&mut self, text: &str, sentence: Range<usize>) -> &[Morpheme] {
        self.morphemes.clear();
        self.push_sentence(text, sentence);
        &self.morphemes
    }

    fn push_sentence(&mut self, text: &str, sentence: Range<usize>) {
        let mut start = sentence.start;
        while start < sentence.end {
            let end = lattice_end(text, start, sentence.end);
            self.push_lattice(text, start..end);
            start = end;
        }
    }

    fn push_lattice(&mut self, text: &str, range: Range<usize>) {
        let offset = range.start;
        let tokenizer = &self.tokenizer;
        let sources = Sources {
            dictionary: &tokenizer.dictionary,
            user: tokenizer.user.as_deref(),
            characters: &tokenizer.characters,
        };
        let path = self.lattice.search(&text[range], sources);
        self.morphemes.extend(path.iter().map(|word| {
            let (tag, class) = look_up(tokenizer, word);
            Morpheme { start: offset + word.start, end: offset + word.end, tag, class, origin: word.origin }
        }));
    }
}

/// Where the stretch that starts at `start` ends: at the sentence's end, or before it at the last white space that
/// keeps the stretch short enough, or at a character when there is none.
fn lattice_end(text: &str, start: usize, end: usize) -> usize {
    if end - start <= MAX_LATTICE_BYTES {
        return end;
    }
    let limit = text.floor_char_boundary(start + MAX_LATTICE_BYTES);
    match text[start..limit].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + space,
        _ => limit,
    }
}

fn look_up(tokenizer: &Tokenizer, path_word: &PathWord) -> (Tag, SemanticClass) {
    match (path_word.origin, &tokenizer.user) {
        (Origin::User, Some(user)) => user.word(path_word.word),
        (Origin::Unknown, _) => tokenizer.dictionary.unknown_word(path_word.word),
        _ => tokenizer.dictionary.word(path_word.word),
    }
}
