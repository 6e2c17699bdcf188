//! A sentence as the recognizers read it: its text, morphemes and words.
//!
//! Names begin where words ([`Word`]) begin and end before the particles of a word. Word boundaries are more reliable
//! than those of morphemes, since an unknown name is split into arbitrary morphemes.

use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::word::{Word, is_cut, is_hangul};

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

    /// Returns the morphemes of a range; none if it begins or ends inside a morpheme.
    pub fn morphemes_in(&self, range: &Range<usize>) -> &'s [Morpheme] {
        let first = self.morphemes.partition_point(|morpheme| morpheme.start() < range.start);
        let rest = &self.morphemes[first..];
        let inside = &rest[..rest.partition_point(|morpheme| morpheme.end() <= range.end)];
        let whole = inside.first().is_some_and(|first| first.start() == range.start)
            && inside.last().is_some_and(|last| last.end() == range.end);
        if whole { inside } else { &[] }
    }

    /// Returns a range extended to both sides as far as it cuts a word of another script than Hangul
    /// ([`is_cut`]): to where the word begins or ends, or has a Hangul syllable.
    pub fn without_cuts(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        if let Some(word) = self.word_around(start).filter(|word| is_cut(&self.text[word.clone()], start - word.start))
        {
            start -= self.text[word.start..start].rsplit(is_hangul).next().map_or(0, str::len);
        }
        if let Some(word) = self.word_around(end).filter(|word| is_cut(&self.text[word.clone()], end - word.start)) {
            end += self.text[end..word.end].split(is_hangul).next().map_or(0, str::len);
        }
        start..end
    }

    /// Returns the range of the word that has this byte inside, not at its start.
    fn word_around(&self, at: usize) -> Option<Range<usize>> {
        let index = self.words.partition_point(|word| word.range.end <= at);
        self.words.get(index).map(|word| word.range.clone()).filter(|word| word.start < at)
    }
}
