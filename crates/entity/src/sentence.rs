//! A sentence as the recognizers read it: its text, morphemes and words.
//!
//! A word is a run of letters and digits inside an eojeol; punctuation marks divide words. Names begin where words
//! begin and end before the particles of a word. Word boundaries are more reliable than those of morphemes, since an
//! unknown name is split into arbitrary morphemes.

use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::lists::Lists;
use crate::title::WordTitle;

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The range in bytes of the document.
    pub range: Range<usize>,
    /// Whether only opening punctuation is between the word and the white space or start of the sentence before it.
    pub starts_eojeol: bool,
    /// The index of the first morpheme that overlaps the word.
    pub first_morpheme: usize,
    /// The title at its end, particles aside ([`Lists::title_of_word`]).
    pub title: Option<WordTitle>,
}

/// A sentence of a document with its morphemes and words. All ranges are bytes of the document.
pub(crate) struct AnalyzedSentence<'s> {
    /// The whole document.
    pub text: &'s str,
    /// The range of the sentence.
    pub range: Range<usize>,
    /// Its morphemes.
    pub morphemes: &'s [Morpheme],
    /// Its words.
    pub words: &'s [Word],
}

impl<'s> AnalyzedSentence<'s> {
    /// Returns the text of the sentence.
    pub fn str(&self) -> &'s str {
        &self.text[self.range.clone()]
    }

    /// Returns the text of a word.
    pub fn word(&self, index: usize) -> &'s str {
        self.words.get(index).map_or("", |word| &self.text[word.range.clone()])
    }

    /// Returns the white space and punctuation between a word and the next one.
    pub fn gap_after(&self, index: usize) -> &'s str {
        let start = self.words[index].range.end;
        let end = self.words.get(index + 1).map_or(self.range.end, |next| next.range.start);
        &self.text[start..end]
    }

    /// Returns the white space and punctuation between a word and the previous one.
    pub fn gap_before(&self, index: usize) -> &'s str {
        let start = if index == 0 { self.range.start } else { self.words[index - 1].range.end };
        &self.text[start..self.words[index].range.start]
    }

    /// Returns the rest, from byte `at`, of the word that contains it.
    pub fn rest_of_word(&self, at: usize) -> &'s str {
        let index = self.words.partition_point(|word| word.range.end <= at);
        match self.words.get(index) {
            Some(word) if word.range.start <= at => &self.text[at..word.range.end],
            _ => "",
        }
    }

    /// Returns the morphemes that overlap a word.
    pub fn morphemes_of(&self, index: usize) -> &'s [Morpheme] {
        let word = &self.words[index];
        let rest = &self.morphemes[word.first_morpheme..];
        &rest[..rest.partition_point(|morpheme| morpheme.start() < word.range.end)]
    }

    /// Returns the morpheme whose range is exactly this one.
    pub fn morpheme_on(&self, range: &Range<usize>) -> Option<&'s Morpheme> {
        let index = self.morphemes.partition_point(|morpheme| morpheme.start() < range.start);
        self.morphemes.get(index).filter(|morpheme| morpheme.range() == *range)
    }

    /// Returns whether this byte is a boundary of morphemes.
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

/// Returns whether a punctuation mark joins the letters around it into one word: `R&D`, `K-POP`, `S.H.E`.
fn is_joiner(text: &str, at: usize, c: char, inside: bool) -> bool {
    inside
        && matches!(c, '&' | '-' | '.')
        && text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphabetic())
        && text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic())
}
