//! Titles: words that indicate a name before them (`이장우 대전시장`, `김 대표는`, `홍길동씨`).

use std::ops::Range;

use crate::lists::Lists;
use crate::sentence::AnalyzedSentence;
use gisa_text::particle::{MAX_CHAIN_CHARS, is_particle_chain};

/// The maximum number of words between a name and the word of its title: `이희학 목원대 총장`, `박정호 한빛통신 신임 대표`.
const MAX_WORDS: usize = 3;

/// The longest title, in characters.
const MAX_TITLE_CHARS: usize = 8;

/// Words between a name and its title: `박 전 차관`.
const FORMER: [&str; 4] = ["전", "前", "신임", "당시"];

/// A title at the end of a word, particles aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordTitle {
    /// The title as the list has it.
    pub form: &'static str,
    /// The byte offset in the word at which the title begins.
    pub start: usize,
    /// Whether the word is only the title, particles aside (`시장은`, not `대전시장은`).
    pub alone: bool,
}

/// A title found after a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// The title as the list has it.
    pub form: &'static str,
    /// The bytes of the title in the document.
    pub range: Range<usize>,
    /// The number of words between the name and the title's word; `None` if the title is attached to the name.
    pub distance: Option<usize>,
    /// Whether the word is only the title, particles aside (`시장은`, not `대전시장은`).
    pub alone: bool,
}

impl WordTitle {
    /// Returns the title as that of a name, given the byte of the document at which its word begins.
    fn after_name(self, word: usize, distance: Option<usize>) -> Title {
        let start = word + self.start;
        Title { form: self.form, range: start..start + self.form.len(), distance, alone: self.alone }
    }
}

impl Lists {
    /// Returns the title of a name that ends at byte `end` of the document, in word `index`.
    pub fn title_after(&self, sentence: &AnalyzedSentence<'_>, index: usize, end: usize) -> Option<Title> {
        let rest = &sentence.text[end..sentence.words[index].range.end];
        if !rest.is_empty() {
            let title = self.title_of_word(rest).filter(|title| title.alone)?;
            return Some(title.after_name(end, None));
        }
        for distance in 0..MAX_WORDS {
            let here = index + distance;
            if here + 1 >= sentence.words.len() || !is_space(sentence.gap_after(here)) {
                return None;
            }
            let next = &sentence.words[here + 1];
            if let Some(title) = next.title {
                return Some(title.after_name(next.range.start, Some(distance)));
            }
            let word = sentence.word(here + 1);
            let other_name = self.given_names.contains(word) || self.foreign_surnames.contains(word);
            let nominal = FORMER.contains(&word) || self.names.has(word) || !ends_with_particle(sentence, here + 1);
            if other_name || !nominal {
                return None;
            }
        }
        None
    }

    /// Returns the title of a name that begins in word `index` and may end in a later one, as
    /// [`title_after`](Self::title_after) does.
    pub fn title_of(&self, sentence: &AnalyzedSentence<'_>, index: usize, end: usize) -> Option<Title> {
        let more = sentence.words[index..].iter().take_while(|word| word.range.end < end).count();
        sentence.words.get(index + more).filter(|word| word.range.start < end)?;
        self.title_after(sentence, index + more, end)
    }

    /// Returns the title at the end of a word, particles aside.
    pub fn title_of_word(&self, word: &str) -> Option<WordTitle> {
        let may_end = |(at, c): (usize, char)| self.title_ends.may_have(c).then_some(at + c.len_utf8());
        let ends = word.char_indices().rev().take(MAX_CHAIN_CHARS + 1).filter_map(may_end);
        for end in ends.filter(|&end| is_particle_chain(&word[..end], &word[end..])) {
            let stem = &word[..end];
            let first = stem.char_indices().rev().nth(MAX_TITLE_CHARS - 1).map_or(0, |(at, _)| at);
            for start in stem[first..].char_indices().map(|(at, _)| first + at) {
                if let Some(&form) = self.titles.get(&stem[start..]) {
                    let alone = start == 0;
                    if alone || form.chars().count() >= 2 {
                        return Some(WordTitle { form, start, alone });
                    }
                }
            }
        }
        None
    }
}

/// Returns whether a gap is white space only.
fn is_space(gap: &str) -> bool {
    !gap.is_empty() && gap.chars().all(char::is_whitespace)
}

/// Returns whether the last morpheme of a word is a particle or an ending, so that the next word is in another phrase.
fn ends_with_particle(sentence: &AnalyzedSentence<'_>, index: usize) -> bool {
    sentence.morphemes_of(index).last().is_some_and(|morpheme| {
        let last = morpheme.tag().last();
        last.is_particle() || last.is_ending()
    })
}
