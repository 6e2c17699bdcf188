//! A sentence as the recognizers see it: the text, its morphemes, and its words.
//!
//! A word is a run of letters and digits inside an eojeol; signs, quotes and brackets divide words. Names begin where
//! words begin, and end before the particles of a word, which is surer than the borders of morphemes: an unknown name
//! is cut into morphemes at random.

use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::lists::Lists;
use crate::title::WordTitle;

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Where it stands, in bytes of the document.
    pub range: Range<usize>,
    /// Whether white space or the start of the sentence comes right before it, or only opening signs between.
    pub starts_eojeol: bool,
    /// The first morpheme that reaches into the word.
    pub first_morpheme: usize,
    /// The title with which it ends, particles aside, and whether it is nothing else ([`Lists::title_of_word`]).
    pub title: Option<WordTitle>,
}

/// A sentence of a document with its morphemes and words. All ranges are bytes of the document.
pub(crate) struct AnalyzedSentence<'s> {
    /// The whole document.
    pub text: &'s str,
    /// Where the sentence stands.
    pub range: Range<usize>,
    /// Its morphemes.
    pub morphemes: &'s [Morpheme],
    /// Its words.
    pub words: &'s [Word],
}

impl<'s> AnalyzedSentence<'s> {
    /// The sentence's text.
    pub fn str(&self) -> &'s str {
        &self.text[self.range.clone()]
    }

    /// The characters of a word.
    pub fn word(&self, index: usize) -> &'s str {
        self.words.get(index).map_or("", |word| &self.text[word.range.clone()])
    }

    /// What stands between a word and the one after it: white space and signs.
    pub fn gap_after(&self, index: usize) -> &'s str {
        let start = self.words[index].range.end;
        let end = self.words.get(index + 1).map_or(self.range.end, |next| next.range.start);
        &self.text[start..end]
    }

    /// What stands between a word and the one before it.
    pub fn gap_before(&self, index: usize) -> &'s str {
        let start = if index == 0 { self.range.start } else { self.words[index - 1].range.end };
        &self.text[start..self.words[index].range.start]
    }

    /// The rest of the word in which `at` lies, from `at` on.
    pub fn rest_of_word(&self, at: usize) -> &'s str {
        let index = self.words.partition_point(|word| word.range.end <= at);
        match self.words.get(index) {
            Some(word) if word.range.start <= at => &self.text[at..word.range.end],
            _ => "",
        }
    }

    /// The morphemes that reach into a word.
    pub fn morphemes_of(&self, index: usize) -> &'s [Morpheme] {
        let word = &self.words[index];
        let rest = &self.morphemes[word.first_morpheme..];
        &rest[..rest.partition_point(|morpheme| morpheme.start() < word.range.end)]
    }

    /// The morpheme that stands exactly on a range, if there is one.
    pub fn morpheme_on(&self, range: &Range<usize>) -> Option<&'s Morpheme> {
        let index = self.morphemes.partition_point(|morpheme| morpheme.start() < range.start);
        self.morphemes.get(index).filter(|morpheme| morpheme.range() == *range)
    }

    /// Whether a morpheme begins at this byte.
    pub fn is_border(&self, at: usize) -> bool {
        let index = self.morphemes.partition_point(|morpheme| morpheme.start() < at);
        match self.morphemes.get(index) {
            Some(morpheme) if morpheme.start() == at => true,
            _ => index == 0 || self.morphemes[index - 1].end() <= at,
        }
    }
}

/// Fills `words` with the words of a sentence.
pub(crate) fn find_words(
    lists: &Lists,
    text: &str,
    range: &Range<usize>,
    morphemes: &[Morpheme],
    words: &mut Vec<Word>,
) {
    words.clear();
    let mut start: Option<usize> = None;
    let mut fresh = true;
    let mut first_morpheme = 0;
    let mut push = |range: Range<usize>, fresh: bool| {
        while morphemes.get(first_morpheme).is_some_and(|morpheme| morpheme.end() <= range.start) {
            first_morpheme += 1;
        }
        let title = lists.title_of_word(&text[range.clone()]);
        words.push(Word { range, starts_eojeol: fresh, first_morpheme, title });
    };
    let mut starts_eojeol = true;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        if matches!(c, '가'..='힣') || c.is_alphanumeric() || is_joiner(text, at, c, start.is_some()) {
            if start.is_none() {
                start = Some(at);
                starts_eojeol = fresh;
            }
            continue;
        }
        if let Some(start) = start.take() {
            push(start..at, starts_eojeol);
            fresh = false;
        }
        if c.is_whitespace() {
            fresh = true;
        }
    }
    if let Some(start) = start {
        push(start..range.end, starts_eojeol);
    }
}

/// Whether a sign joins the letters around it into one word: `R&D`, `K-POP`, `S.H.E`.
fn is_joiner(text: &str, at: usize, c: char, inside: bool) -> bool {
    inside
        && matches!(c, '&' | '-' | '.')
        && text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphabetic())
        && text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic())
}
